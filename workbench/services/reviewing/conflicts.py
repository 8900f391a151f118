"""Conflicts that a merge left: the sides of each, and settling one by an entry that supersedes them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from workbench.core.acts import CHANGES
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.core.states import claimed
from workbench.i18n import N_
from workbench.services import deciding, library, persons, states
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.services.looking_back.placed import Placed, placed
from workbench.services.persons import Person, author
from workbench.services.reviewing import moving
from workbench.services.verdicts import Said, said_of
from workbench.store import entries, holding, journal, texts


@dataclass(frozen=True, slots=True)
class Conflict:
    """Entries that contradict each other, and did not know of each other."""

    document: str | None
    """Id."""
    sides: tuple[Placed, ...]
    readings: tuple[str | None, ...]
    """How the whole place reads by each side, as far as the side that reaches furthest; None where it is no text."""
    said: tuple[tuple[Said, ...], ...]
    """What was asked and answered about each side."""

    @property
    def hull(self) -> tuple[str, int, int]:
        """The least span that holds all sides, as (text, start, end)."""
        return _hull([s.entry for s in self.sides])


def every(edition: Edition) -> list[Conflict]:
    """All conflicts, in the order of the documents and of their texts.

    There are more than two sides where more than two persons decided. Two claims of which one has ended by itself
    contradict each other no more.
    """
    groups: list[set[str]] = []
    for pair in edition.db.execute("SELECT one, other FROM conflicts ORDER BY one, other"):
        joined = set(pair).union(*(g for g in groups if g & set(pair)))
        groups = [g for g in groups if not g & joined] + [joined]
    names = persons.names(edition)
    found = [_conflict(edition, group, names) for group in groups if not _ended(edition, group)]

    def order(one: Conflict) -> tuple[int, int, str]:
        first = one.sides[0].entry
        _, start, _ = first.decision.place or ("", -1, -1)
        return library.number(edition, one.document or "") or 0, start, first.id

    return sorted(found, key=order)


def _ended(edition: Edition, group: set[str]) -> bool:
    sides = list(entries.select(edition.db, group))
    claims = [e for e in sides if e.decision.act == "claim"]
    return claims == sides and sum(claimed([e], now()) is not None for e in claims) < 2


def _conflict(edition: Edition, group: set[str], names: dict[str, str]) -> Conflict:
    sides = sorted(entries.select(edition.db, group), key=lambda e: e.key)
    about = next((e for e in sides if e.decision.act != "revert"), sides[0])
    d = about.decision
    document = holding.document_of(edition.db, *d.place[:2]) if d.place is not None else d.data.get("document")
    shown = tuple(placed(edition, e, names) for e in sides)
    return Conflict(document, shown, _readings(edition, sides), tuple(said_of(edition, e, names) for e in sides))


def _hull(sides: Iterable[Entry]) -> tuple[str, int, int]:
    """The least span that holds all sides that have a place, as (text, start, end)."""
    places = [e.decision.place for e in sides if e.decision.place is not None]
    return places[0][0], min(start for _, start, _ in places), max(end for _, _, end in places)


def _readings(edition: Edition, sides: list[Entry]) -> tuple[str | None, ...]:
    """How a place reads by each side, over the span of all."""
    spanning = [e.decision for e in sides if e.decision.place is not None]
    if not spanning or spanning[0].layer != "text" or not texts.has(edition.db, spanning[0].text or ""):
        return tuple(e.decision.page for e in sides)
    text, start, end = _hull(sides)
    quote = texts.raw(edition.db, text, start, end)
    return tuple(_reading(e.decision, start, end, quote) for e in sides)


def _reading(d: Decision, start: int, end: int, quote: str) -> str | None:
    if d.act in ("keep", "revert"):
        return quote
    return None if d.value is None else _around(d, start, end, quote, d.value)


def _around(d: Decision, start: int, end: int, quote: str, value: str) -> str:
    """A value of a decision with the raw text that stands around it in a longer span."""
    low, high = d.span
    return quote[: low - start] + value + quote[high - start :]


def settle(
    edition: Edition, conflict: Conflict, person: Person, *, side: int | None = None, value: str | None = None,
    reason: str | None = None, ground: str | None = None, batch: str | None = None,
) -> Entry:  # fmt: skip
    """Let one side stand (by its number from 0), or a value of one's own; raises RefusedError where neither can.

    `ground`: of what stands then, where it is not that of the side.
    """
    ids = frozenset(s.entry.id for s in conflict.sides)
    chosen = conflict.sides[side].entry if side is not None else None
    if chosen is not None and chosen.decision.act == "state":
        document, state = str(chosen.decision.data["document"]), str(chosen.decision.data["state"])
        _refuse_settled(edition, ids)
        if states.standing(edition, document).state != state:  # else it holds already, and only the other is ended
            return moving.move(edition, document, state, person, reason)
    with edition.writing() as db:
        _refuse_settled(edition, ids)
        if chosen is not None and chosen.decision.layer in ("revert", "document"):
            others = [s.entry.id for s in conflict.sides if s.entry.id != chosen.id]
            return journal.revert(db, others, author(person), batch=journal.new_batch(), reason=reason or "")
        if chosen is not None and (again := _again(conflict, chosen, reason, ground)) is not None:
            return journal.append(db, again, author(person), batch=batch)
        asked = _typed(edition, conflict, chosen, value) | {"reason": reason}
        return deciding.record(edition, asked | ({"ground": ground} if ground else {}), person, batch=batch)


def _refuse_settled(edition: Edition, sides: frozenset[str]) -> None:
    if missing := sides - entries.in_conflict(edition.db):
        raise RefusedError(N_("this was settled meanwhile ({entry}); look at it again"), entry=min(missing)[:12])


def _again(conflict: Conflict, chosen: Entry, reason: str | None, ground: str | None) -> Decision | None:
    """The chosen decision once more, where its span is that of all sides."""
    d = chosen.decision
    if d.layer != "line" and d.place != conflict.hull:
        return None
    return replace(d, reason=reason or d.reason, ground=ground or d.ground)


def _typed(edition: Edition, conflict: Conflict, chosen: Entry | None, value: str | None) -> dict[str, Any]:
    """A record over the span of all sides: a value of one's own, or the chosen one with what stands around it."""
    text, start, end = conflict.hull
    layer = conflict.sides[0].entry.decision.layer
    asked: dict[str, Any] = {"transcript": text, "start": start, "end": end}
    if layer == "line" and value is not None:
        d = next(s.entry.decision for s in conflict.sides if s.entry.decision.layer == "line")
        line = {name: d.data[name] for name in ("line", "after", "added") if name in d.data}
        return {**asked, **line, "act": "set_line", "page": value, "ground": "page"}
    if layer == "zone" and chosen is not None:
        return {**asked, "act": "zone", **chosen.decision.data}
    if layer != "text":
        raise RefusedError(N_("here one side or the other is chosen"))
    if value is not None:
        quote = texts.raw(edition.db, text, start, end)
        return {**asked, "act": "keep"} if value == quote else {**asked, "act": "edit", "page": value, "class": "ocr"}
    assert chosen is not None
    d = chosen.decision
    if d.act == "keep":
        return {**asked, "act": "keep"}
    if d.act not in CHANGES:
        raise RefusedError(N_("the sides reach differently far: what stands there is typed"))
    quote = texts.raw(edition.db, text, start, end)
    asked |= {"act": "edit", "page_class": d.page_class, "reading_class": d.reading_class, "ground": d.ground}
    values = {name: v for name in ("page", "reading") if (v := getattr(d, name)) is not None}
    asked |= {name: _around(d, start, end, quote, v) for name, v in values.items()}
    return asked
