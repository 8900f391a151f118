"""House style: how an edition prints what was decided: marks, placing, faults with meaning, accepted rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from workbench.core.entry import Entry
from workbench.core.errors import UsageError
from workbench.core.pieces import Marks
from workbench.core.placing import PLACING, Place
from workbench.core.rules import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    name: str
    faults: Literal["keep", "correct"] = "keep"
    """A fault with meaning: kept with a note, or corrected with a note."""
    marks: Marks = field(default_factory=Marks)
    placing: Mapping[str, Place] = field(default_factory=lambda: PLACING)
    rules: tuple[str, ...] = ()
    """Accepted normalising rules as `name@version`, in order of acceptance."""

    def place(self, kind: str | None) -> Place:
        return self.placing.get(kind, "here") if kind else "here"


STYLES: dict[str, HouseStyle] = {
    "archival": HouseStyle(name="archival", faults="keep"),
    "reader": HouseStyle(name="reader", faults="correct"),
}


def house_style(name: str, entries: Iterable[Entry] = ()) -> HouseStyle:
    """A shipped style with what the edition's entries (effective, in order) settled: rules, marks, places."""
    if name not in STYLES:
        raise UsageError(f"there is no house style {name!r}; known: {', '.join(STYLES)}")
    style = STYLES[name]
    rules: dict[str, str] = {}
    for entry in entries:
        data = entry.decision.data
        if entry.decision.act == "rule":
            if data["on"]:
                rules[data["rule"]] = data["version"]
            else:
                rules.pop(data["rule"], None)
        elif entry.decision.act == "style" and data["style"] in (name, "*"):
            style = set_value(style, data["key"], data["value"])
    accepted = tuple(f"{rule}@{version}" for rule, version in rules.items())
    return replace(style, rules=tuple(a for a in accepted if known_rule(a)))


def known_rule(accepted: str) -> bool:
    """Does this program have the rule in the version that the edition accepted?"""
    name, _, version = accepted.partition("@")
    return name in RULES and RULES[name].version == version


def set_value(style: HouseStyle, key: str, value: str) -> HouseStyle:
    """A style with one value changed: `faults`, `marks.NAME` or `placing.KIND`; raises UsageError for any other key."""
    group, _, name = key.partition(".")
    if key == "faults" and value in ("keep", "correct"):
        return replace(style, faults="keep" if value == "keep" else "correct")
    if group == "marks" and name in Marks.__dataclass_fields__:
        return replace(style, marks=replace(style.marks, **{name: value}))
    if group == "placing":
        places: dict[str, Place] = {"here": "here", "above": "above", "after": "after", "out": "out"}
        if value in places:
            return replace(style, placing={**style.placing, name: places[value]})
    raise UsageError(
        f"{key}={value} is no setting of a style; known: faults=keep|correct, "
        f"{', '.join('marks.' + m for m in Marks.__dataclass_fields__)}, placing.KIND=here|above|after|out"
    )
