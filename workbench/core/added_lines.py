"""Lines that persons added where the machine read none: objects of the line layer, folded from what is live.

An added line is named by the entry that added it. It stands at a place of the raw text where a line begins or the text
ends, after another added line of that place or first; of several the one added last stands first. Each later entry
about it (`set_line`, `delete_line`) repeats where it stands, so that the live entries alone tell the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.core.entry import Entry

LAYER = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedLine:
    """A line that stands in no raw text."""

    id: str
    """Id of the entry that added it."""
    text: str
    """SHA-256 of the text."""
    at: int
    """The raw offset it stands before, in code points; the length of the text for one that ends it."""
    after: str
    """Id of the added line that it was put after; empty for one put first."""
    lamport: int
    """The place in the journal of the entry that added it."""
    entries: tuple[Entry, ...]
    """The entry that says what it reads, with its agreements, or the sides of a conflict."""
    box: Mapping[str, int] | None = None
    """Where it is on the page image, as `x`, `y`, `width`, `height` in its pixels, as far as somebody said."""

    @property
    def content(self) -> str:
        """What it reads; of a conflict one side, for there is no raw text to fall back to."""
        return next((e.decision.page or "" for e in self.entries if e.decision.act != "delete_line"), "")

    @property
    def conflict(self) -> bool:
        return len({_answer(e) for e in self.entries}) > 1

    @property
    def deleted(self) -> bool:
        return all(e.decision.act == "delete_line" for e in self.entries)

    def standing(self) -> dict[str, Any]:
        """What each later entry about it repeats."""
        placed = {"line": self.id, "after": self.after, "added": self.lamport}
        return placed | ({"box": dict(self.box)} if self.box is not None else {})


def fold_lines(live: Iterable[Entry]) -> list[AddedLine]:
    """The added lines of live entries, in order, those taken out left out; one whose `after` is gone stands first."""
    tips: dict[str, list[Entry]] = {}
    for entry in sorted((e for e in live if e.decision.layer == LAYER), key=lambda e: e.key):
        tips.setdefault(entry.subject, []).append(entry)
    lines = {name: _line(name, entries) for name, entries in tips.items()}
    following: dict[tuple[str, int, str], list[AddedLine]] = {}
    for line in lines.values():
        host = lines.get(line.after)
        after = line.after if host is not None and (host.text, host.at) == (line.text, line.at) else ""
        following.setdefault((line.text, line.at, after), []).append(line)
    for siblings in following.values():
        siblings.sort(key=lambda one: (one.lamport, one.id))
    ordered: list[AddedLine] = []
    for text, at in sorted({(line.text, line.at) for line in lines.values()}):
        waiting = following.pop((text, at, ""), [])
        while waiting:
            line = waiting.pop()
            if not line.deleted:
                ordered.append(line)
            waiting += following.pop((text, at, line.id), [])
    return ordered


def _line(name: str, entries: list[Entry]) -> AddedLine:
    first = entries[0]
    d = first.decision
    return AddedLine(
        id=name, text=d.text or "", at=d.span[0], after=str(d.data.get("after", "")),
        lamport=int(d.data.get("added", first.lamport)), entries=tuple(entries), box=d.data.get("box"),
    )  # fmt: skip


def _answer(entry: Entry) -> str | None:
    return None if entry.decision.act == "delete_line" else entry.decision.page or ""
