"""Conflicts that a merge left: the sides of each, and settling one by an entry that supersedes them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.services import deciding, persons, states
from workbench.services.edition import Edition
from workbench.services.persons import Person, author
from workbench.services.placed import Placed, placed
from workbench.store import entries, journal

_CHANGES = frozenset({"accept", "edit", "supply"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Entries that contradict each other, and did not know of each other."""

    document: str | None
    """Id."""
    sides: tuple[Placed, ...]

    @property
    def hull(self) -> tuple[str, int, int]:
        """The least span that holds all sides, as (text, start, end)."""
        decisions = [s.entry.decision for s in self.sides if s.entry.decision.start is not None]
        starts, ends = [d.start or 0 for d in decisions], [d.end or 0 for d in decisions]
        return decisions[0].text or "", min(starts), max(ends)


def every(edition: Edition) -> list[Conflict]:
    """All conflicts, in text order; more than two sides where more than two persons decided."""
    groups: list[set[str]] = []
    for pair in edition.db.execute("SELECT one, other FROM conflicts ORDER BY one, other"):
        joined = set(pair).union(*(g for g in groups if g & set(pair)))
        groups = [g for g in groups if not g & joined] + [joined]
    names = persons.names(edition)
    found = [_conflict(edition, group, names) for group in groups]
    return sorted(found, key=lambda c: (c.document or "", c.sides[0].entry.decision.start or -1, c.sides[0].entry.id))


def _conflict(edition: Edition, group: set[str], names: dict[str, str]) -> Conflict:
    sides = sorted(entries.select(edition.db, group), key=lambda e: e.key)
    about = next((e for e in sides if e.decision.act != "revert"), sides[0])
    d = about.decision
    document = states.document_of(edition, d.text, d.start or 0) if d.text is not None else d.data.get("document")
    return Conflict(document, tuple(placed(edition, e, names) for e in sides))


def settle(
    edition: Edition, conflict: Conflict, person: Person, *, side: int | None = None, value: str | None = None,
    reason: str | None = None, batch: str | None = None,
) -> Entry:  # fmt: skip
    """Let one side stand (by its number from 0), or a value of one's own; raises RefusedError where neither can."""
    ids = frozenset(s.entry.id for s in conflict.sides)
    chosen = conflict.sides[side].entry if side is not None else None
    with edition.writing() as db:
        if missing := ids - {i for (i,) in _still(edition)}:
            raise RefusedError(f"this was settled meanwhile ({min(missing)[:12]}); look at it again")
        if chosen is not None and chosen.decision.act == "revert":
            others = [s.entry.id for s in conflict.sides if s.entry.id != chosen.id]
            return journal.revert(db, others, author(person), batch=journal.new_batch())
        if chosen is not None and chosen.decision.layer == "document":
            again = replace(chosen.decision, reason=reason or chosen.decision.reason)
            return journal.append(db, again, author(person), supersedes=ids, batch=batch)
        if chosen is not None and (again_ := _again(conflict, chosen, reason)) is not None:
            return journal.append(db, again_, author(person), batch=batch)
        return deciding.record(edition, _typed(edition, conflict, chosen, value, reason), person, batch=batch)


def _still(edition: Edition) -> Iterator[tuple[str]]:
    yield from edition.db.execute("SELECT one FROM conflicts UNION SELECT other FROM conflicts")


def _again(conflict: Conflict, chosen: Entry, reason: str | None) -> Decision | None:
    """The chosen decision once more, where its span is that of all sides."""
    d = chosen.decision
    if d.layer != "line" and (d.text, d.start, d.end) != conflict.hull:
        return None
    return replace(d, reason=reason or d.reason)


def _typed(
    edition: Edition, conflict: Conflict, chosen: Entry | None, value: str | None, reason: str | None
) -> dict[str, Any]:
    """A record over the span of all sides: a value of one's own, or the chosen one with what stands around it."""
    text, start, end = conflict.hull
    layer = conflict.sides[0].entry.decision.layer
    asked: dict[str, Any] = {"transcript": text, "start": start, "end": end, "reason": reason}
    if layer == "line" and value is not None:
        d = next(s.entry.decision for s in conflict.sides if s.entry.decision.layer == "line")
        line = {name: d.data[name] for name in ("line", "after", "added") if name in d.data}
        return {**asked, **line, "act": "set_line", "page": value, "ground": "page"}
    if layer == "zone" and chosen is not None:
        return {**asked, "act": "zone", **chosen.decision.data}
    if layer != "text":
        raise RefusedError("here one side or the other is chosen")
    if value is not None:
        quote = deciding.quote(edition, text, start, end)
        return {**asked, "act": "keep"} if value == quote else {**asked, "act": "edit", "page": value, "class": "ocr"}
    assert chosen is not None
    d = chosen.decision
    if d.act == "keep":
        return {**asked, "act": "keep"}
    if d.act not in _CHANGES or d.start is None or d.end is None:
        raise RefusedError("the sides reach differently far: e types what stands there")
    quote = deciding.quote(edition, text, start, end)
    before, after = quote[: d.start - start], quote[len(quote) - (end - d.end) :] if end > d.end else ""
    asked |= {"act": "edit", "page_class": d.page_class, "reading_class": d.reading_class, "ground": d.ground}
    asked |= {name: before + v + after for name in ("page", "reading") if (v := getattr(d, name)) is not None}
    return asked
