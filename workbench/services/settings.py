"""Settings of an edition as they are read: entries of its journal like any other. What applies is the last one said."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.core.rules import RULES
from workbench.core.settings import SETTINGS
from workbench.core.style import STYLES, HouseStyle, house_style
from workbench.services.edition import Edition
from workbench.store import entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    key: str
    value: str
    help: str
    settled: bool
    """Was it set in this edition, or is it the default?"""


def get(edition: Edition, key: str) -> str:
    """The value of a setting, the default where nobody set it."""
    value = SETTINGS[key][0]
    for entry in entries.few(edition.db, {"setting"}):
        if entry.decision.data["key"] == key:
            value = str(entry.decision.data["value"])
    return value


def alone(edition: Edition) -> bool:
    """Is this an edition of one person, whose own approval counts?"""
    return get(edition, "review") == "alone"


def style(edition: Edition, name: str | None = None) -> HouseStyle:
    """A house style as this edition settled it; its own default style when none is named."""
    return house_style(name or get(edition, "style"), entries.few(edition.db, {"rule", "style"}))


def every(edition: Edition) -> list[Setting]:
    """All settings, rules and marks with their values."""
    memory = entries.few(edition.db, {"setting", "style"})
    settled = {e.decision.data["key"] for e in memory if e.decision.act == "setting"}
    found = [
        Setting(key=key, value=get(edition, key), help=words, settled=key in settled)
        for key, (_, words) in SETTINGS.items()
    ]
    accepted = {rule.partition("@")[0] for rule in style(edition).rules}
    for name, rule in RULES.items():
        found.append(
            Setting(key=f"rule.{name}", value="on" if name in accepted else "off", help=f"version {rule.version}",
                    settled=name in accepted)
        )  # fmt: skip
    for name in STYLES:
        house = style(edition, name)
        changed = {
            e.decision.data["key"] for e in memory if e.decision.act == "style" and e.decision.data["style"] == name
        }
        values = {"faults": house.faults} | {f"marks.{m}": getattr(house.marks, m) for m in house.marks.__slots__}
        values |= {f"placing.{kind}": place for kind, place in house.placing.items()}
        found += [
            Setting(key=f"style.{name}.{key}", value=str(value), help="", settled=key in changed)
            for key, value in values.items()
        ]
    return found
