"""The desk: one document as rows of raw text beside its reading, the places in it, and what can be done at a place.

Everything is fetched for the rows that are shown; nothing here grows with the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from workbench.core.documents import Leaf, Stretch, leaves
from workbench.core.edit import hunks, plan
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.pieces import Fragment, Piece, effective_reading_class, replay
from workbench.core.style import PLACING
from workbench.core.suggestion import Suggestion
from workbench.core.text import overlap
from workbench.services import deciding, library, persons
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.rows import Role, Row, Segment
from workbench.store import entries, journal, suggestions, texts
from workbench.store.projections import LONGEST_SUGGESTION

_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]+")

CURSOR = "@"
"""The mark of a word that has neither a suggestion nor a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of the document that can be decided about."""

    text: str
    start: int
    end: int
    row: int
    mark: str
    """Id of the open suggestion or of the decision there, or CURSOR for a plain word."""
    kind: Literal["suggestion", "decision", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A live decision as the panel shows it."""

    entry: Entry
    person: str
    """Name of the person."""
    page: str
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What there is to say about a place."""

    place: Place
    quote: str
    line: int
    """Number of the line in its transcript, from 1."""
    suggestion: Suggestion | None
    decided: tuple[Decided, ...]
    """The decision with its agreements, or the sides of a conflict."""
    conflict: bool
    zone: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    suggestions: int
    open: int
    decisions: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch with the rows it gives."""

    stretch: Stretch
    text_id: int
    first_line: int
    first_row: int
    rows: int


@dataclass(slots=True)
class _Range:
    """Material of some lines of one stretch, wide enough to cut no decision."""

    fragment: Fragment
    pieces: list[Piece]
    open: list[suggestions.Kept]
    zones: list[Entry]
    leaves: tuple[Leaf, ...]


class Desk:
    """One document at work; a RowSource for the view."""

    def __init__(self, edition: Edition, document: str) -> None:
        self.edition = edition
        self.document = document
        self.cursor: Place | None = None
        self._parts = list(self._lay_out())

    def _lay_out(self) -> Iterator[_Part]:
        row = 0
        for stretch in library.stretches(self.edition, self.document):
            known = texts.text_row(self.edition.db, stretch.text)
            count = library.line_count(self.edition, stretch)
            first = texts.line_of(self.edition.db, known.id, stretch.start)
            yield _Part(stretch, known.id, first, row, count)
            row += count

    # rows

    @property
    def row_count(self) -> int:
        return self._parts[-1].first_row + self._parts[-1].rows if self._parts else 0

    def rows(self, first: int, last: int) -> list[Row]:
        out: list[Row] = []
        for part in self._parts:
            low, high = max(first, part.first_row), min(last, part.first_row + part.rows)
            if low < high:
                out.extend(self._rows_of(part, low, high))
        return out

    def _spans(self, part: _Part, low: int, high: int) -> list[tuple[int, int]]:
        """Spans of rows within their stretch, line ends included."""
        line = part.first_line + low - part.first_row
        count = high - low
        starts = texts.line_starts(self.edition.db, part.text_id, line, line + count + 1)
        ends = [*starts[1:], part.stretch.end][:count]
        return [
            (max(s, part.stretch.start), min(e, part.stretch.end)) for s, e in zip(starts[:count], ends, strict=True)
        ]

    def _material(self, part: _Part, start: int, end: int) -> _Range:
        db, text = self.edition.db, part.stretch.text
        low, high = start, end
        while True:
            live = entries.live_at(db, text, "text", low, high)
            wider_low = min([low, *(e.decision.start or 0 for e in live)])
            wider_high = max([high, *(e.decision.end or 0 for e in live)])
            wider_low, wider_high = max(wider_low, part.stretch.start), min(wider_high, part.stretch.end)
            if (wider_low, wider_high) == (low, high):
                break
            low, high = wider_low, wider_high
        fragment = texts.fragment(db, part.text_id, low, high)
        reach_back = max(part.stretch.start, low - LONGEST_SUGGESTION)
        waiting = [
            k for k in suggestions.within(db, text, reach_back, high + 1)
            if k.suggestion.end >= low and k.suggestion.end <= part.stretch.end
        ]  # fmt: skip
        return _Range(
            fragment=fragment,
            pieces=replay(fragment, live, in_conflict=entries.in_conflict(db)),
            open=waiting,
            zones=entries.live_at(db, text, "zone", low, high),
            leaves=leaves(entries.live_at(db, text, "document", low, high)),
        )

    def _rows_of(self, part: _Part, low: int, high: int) -> list[Row]:
        spans = self._spans(part, low, high)
        material = self._material(part, spans[0][0], spans[-1][1])
        raw_spans = self._raw_spans(part, material)
        read = self._reading_segments(part, material)
        out = []
        for number, (start, end) in enumerate(spans, low):
            content_end = start + len(material.fragment.raw(start, end).rstrip("\r\n"))
            out.append(
                Row(
                    number=number,
                    raw=tuple(_cut_raw(material.fragment, raw_spans, start, content_end)),
                    reading=tuple(_cut_reading(read, start, content_end)),
                )
            )
        return out

    def _mark(self, part: _Part, start: int, end: int) -> str | None:
        at = self.cursor
        if at and at.mark == CURSOR and at.text == part.stretch.text and overlap(start, end, at.start, at.end):
            return CURSOR
        return None

    def _raw_spans(self, part: _Part, m: _Range) -> list[tuple[int, int, Role, str | None]]:
        """Spans of the raw side with a role of their own, the stronger first."""
        found: list[tuple[int, int, Role, str | None]] = []
        for piece in m.pieces:
            if piece.entries:
                found.append((piece.start, piece.end, _role(piece), piece.entries[0].id))
        found += [(k.suggestion.start, k.suggestion.end, "open", k.id) for k in m.open]
        at = self.cursor
        if at and at.mark == CURSOR and at.text == part.stretch.text:
            found.append((at.start, at.end, "plain", CURSOR))
        found += [(leaf.start, leaf.end, "dropped", None) for leaf in m.leaves]
        found += [(mark.start, mark.end, "markup", None) for mark in m.fragment.markup]
        return found

    def _reading_segments(self, part: _Part, m: _Range) -> list[tuple[int, str, Role, str | None, bool]]:
        """The reading as (raw start, text, role, mark, may be cut), in order."""
        out: list[tuple[int, str, Role, str | None, bool]] = []
        done = -1
        out_zones = [
            (z.decision.start or 0, z.decision.end or 0)
            for z in m.zones
            if PLACING.get(z.decision.data["kind"]) == "out"
        ]
        milestones = list(m.leaves)
        for piece in m.pieces:
            while milestones and milestones[0].at <= piece.start:
                leaf = milestones.pop(0)
                out.append((leaf.at, f"|л. {leaf.leaf}|", "leaf", None, False))
            if piece.entries:
                out.append((piece.start, piece.reading, _role(piece), piece.entries[0].id, False))
                continue
            for start, end, role, mark, shown in self._cuts(part, m, piece, out_zones):
                if start < done:
                    continue
                if mark is not None and mark != CURSOR:
                    done = next(k.suggestion.end for k in m.open if k.id == mark)
                    out.append((start, shown, role, mark, False))
                elif piece.kind == "markup":
                    out.append((start, piece.reading, role, mark, False))
                else:
                    out.append((start, m.fragment.raw(start, end), role, mark, True))
        out += [(leaf.at, f"|л. {leaf.leaf}|", "leaf", None, False) for leaf in milestones]
        return out

    def _cuts(
        self, part: _Part, m: _Range, piece: Piece, out_zones: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, Role, str | None, str]]:
        """A raw or markup piece cut by suggestions, leaves, dropped zones and the word under the cursor."""
        borders = {piece.start, piece.end}
        spans = [(k.suggestion.start, k.suggestion.end) for k in m.open]
        spans += [(leaf.start, leaf.end) for leaf in m.leaves] + out_zones
        if self.cursor is not None and self.cursor.text == part.stretch.text:
            spans.append((self.cursor.start, self.cursor.end))
        for start, end in spans:
            borders |= {b for b in (start, end) if piece.start < b < piece.end}
        cuts = sorted(borders)
        for start, end in pairwise(cuts):
            kept = next((k for k in m.open if k.suggestion.start <= start < max(k.suggestion.end, start + 1)
                         and overlap(k.suggestion.start, k.suggestion.end, start, end)), None)  # fmt: skip
            if kept is not None:
                yield start, end, "open", kept.id, shown_proposal(kept.suggestion, m.fragment)
            elif any(s <= start < e for s, e in out_zones) or any(lf.start <= start < lf.end for lf in m.leaves):
                yield start, end, "dropped", None, ""
            else:
                yield start, end, "plain", self._mark(part, start, end), ""

    def decided_lines(self, first: int, last: int) -> Iterator[tuple[int, str, str]]:
        """Rows whose reading departs from the raw text, as (row, raw without markup, reading)."""
        for part in self._parts:
            low, high = max(first, part.first_row), min(last, part.first_row + part.rows)
            for row in range(low, high):
                ((start, end),) = self._spans(part, row, row + 1)
                fragment = texts.fragment(self.edition.db, part.text_id, start, end)
                raw = fragment.base(start, start + len(fragment.content.rstrip("\r\n")))
                reading = self.line_reading(row)
                if raw != reading:
                    yield row, raw, reading

    # places

    def _part_of(self, row: int) -> _Part:
        row = min(max(row, 0), max(0, self.row_count - 1))
        return next(p for p in self._parts if p.first_row <= row < p.first_row + p.rows)

    def row_of(self, text: str, offset: int) -> int | None:
        """The row that holds an offset, None when the document does not hold it."""
        for part in self._parts:
            if part.stretch.text == text and part.stretch.start <= offset <= part.stretch.end:
                line = texts.line_of(self.edition.db, part.text_id, offset)
                return min(part.first_row + max(0, line - part.first_line), part.first_row + part.rows - 1)
        return None

    def places(self, row: int) -> list[Place]:
        """Places of a row in order: decisions, open suggestions, and the words that neither touches."""
        if not self._parts or not self.row_count:
            return []
        part = self._part_of(row)
        ((start, end),) = self._spans(part, row, row + 1)
        m = self._material(part, start, end)
        content = m.fragment.raw(start, end).rstrip("\r\n")
        found: list[Place] = []

        def place(s: int, e: int, mark: str, kind: Literal["suggestion", "decision", "word"]) -> Place:
            return Place(text=part.stretch.text, start=s, end=e, row=row, mark=mark, kind=kind)

        for piece in m.pieces:
            if piece.entries and start <= piece.start <= start + len(content):
                found.append(place(piece.start, piece.end, piece.entries[0].id, "decision"))
        for kept in m.open:
            low, high = kept.suggestion.start, kept.suggestion.end
            if start <= low <= start + len(content):
                found.append(place(low, high, kept.id, "suggestion"))
        taken = [(p.start, p.end) for p in found]
        taken += [(mark.start, mark.end) for mark in m.fragment.markup]
        taken += [(p.start, p.end) for p in m.pieces if p.entries]
        for match in _TOKEN.finditer(content):
            s, e = start + match.start(), start + match.end()
            if not any(overlap(s, e, a, b) for a, b in taken):
                found.append(place(s, e, CURSOR, "word"))
        return sorted(found, key=lambda p: (p.start, p.end))

    def place_at(self, row: int, offset: int | None = None) -> Place | None:
        """The place of a row at or after an offset, the row's last one where none follows."""
        here = self.places(row)
        if not here:
            return None
        return next((p for p in here if offset is None or p.end > offset), here[-1])

    def step(self, place: Place, by: int) -> Place | None:
        """The neighbouring place, in the next or previous row where the row ends."""
        here = self.places(place.row)
        index = next((n for n, p in enumerate(here) if (p.start, p.end) >= (place.start, place.end)), len(here) - 1)
        if here and 0 <= index + by < len(here):
            return here[index + by]
        row = place.row + (1 if by > 0 else -1)
        for _ in range(50):
            if not 0 <= row < self.row_count:
                return None
            if there := self.places(row):
                return there[0 if by > 0 else -1]
            row += 1 if by > 0 else -1
        return None

    def next_open(self, place: Place | None, *, backwards: bool = False) -> Place | None:
        """The nearest open suggestion after (or before) a place, in the order of the document."""
        parts = self._parts[::-1] if backwards else self._parts
        begin = place is None
        for part in parts:
            stretch = part.stretch
            at = -1 if not backwards else stretch.end + 1
            if not begin and place is not None:
                if stretch.text != place.text or not stretch.start <= place.start <= stretch.end:
                    continue
                begin, at = True, place.start
            kept = suggestions.nearest(
                self.edition.db, stretch.text, stretch.start, stretch.end,
                after=None if backwards else at, before=at if backwards else None,
            )  # fmt: skip
            if kept is not None:
                return self._place_of(kept)
        return None

    def _place_of(self, kept: suggestions.Kept) -> Place:
        s = kept.suggestion
        row = self.row_of(kept.text, s.start)
        return Place(text=kept.text, start=s.start, end=s.end, row=row or 0, mark=kept.id, kind="suggestion")

    def detail(self, place: Place) -> Detail:
        """Everything the panel says about a place."""
        db = self.edition.db
        part = next(p for p in self._parts if p.stretch.text == place.text)
        kept = suggestions.by_id(db, place.mark) if place.kind == "suggestion" else None
        m = self._material(part, place.start, place.end)
        piece = next((p for p in m.pieces if p.entries and (p.start, p.end) == (place.start, place.end)), None)
        names = persons.names(self.edition)
        zone = next((z for z in m.zones if (z.decision.start or 0) <= place.start < (z.decision.end or 0)), None)
        notes = [
            str(e.decision.data.get("body", ""))
            for e in entries.live_at(db, place.text, "inline", place.start, place.end)
            if overlap(e.decision.start or 0, e.decision.end or 0, place.start, place.end)
        ]  # fmt: skip
        return Detail(
            place=place, quote=texts.fragment(db, part.text_id, place.start, place.end).content,
            line=texts.line_of(db, part.text_id, place.start) + 1, suggestion=kept.suggestion if kept else None,
            decided=tuple(
                Decided(entry=e, person=names.get(e.person, e.person), page=piece.page, reading=piece.reading)
                for e in piece.entries
            ) if piece else (),
            conflict=piece is not None and piece.kind == "conflict",
            zone=_zone_words(zone), notes=tuple(n for n in notes if n),
        )  # fmt: skip

    def counts(self) -> Counts:
        """Progress of this document."""
        row = self.edition.db.execute(
            "SELECT suggestions, open, decisions FROM progress WHERE document = ?", (self.document,)
        ).fetchone()
        return (
            Counts(suggestions=row[0], open=row[1], decisions=row[2])
            if row
            else Counts(suggestions=0, open=0, decisions=0)
        )

    # acts

    def accept(self, place: Place, number: int, person: Person) -> Entry:
        """Take the n-th candidate, from 0, of the suggestion at a place."""
        kept = suggestions.by_id(self.edition.db, place.mark)
        if kept is None:
            raise RefusedError("there is no suggestion here to accept")
        if number >= len(kept.suggestion.candidates):
            raise RefusedError(f"this suggestion has no candidate {number + 1}")
        chosen = kept.suggestion.candidates[number].text
        return self.record(person, place, act="accept", page=chosen, suggestion=place.mark, **_class(kept.suggestion))

    def answer(self, place: Place, text: str, person: Person) -> Entry:
        """An answer of one's own for the whole place."""
        kept = suggestions.by_id(self.edition.db, place.mark) if place.kind == "suggestion" else None
        asked: dict[str, Any] = {"page": text, **(_class(kept.suggestion) if kept else {"class": "ocr"})}
        if text == self.base(place):
            return self.keep(place, person)
        if kept is not None:
            asked["suggestion"] = place.mark
        return self.record(person, place, act="edit", **asked)

    def base(self, place: Place) -> str:
        """What the raw text of a place gives without the source's markup."""
        part = next(p for p in self._parts if p.stretch.text == place.text)
        return texts.fragment(self.edition.db, part.text_id, place.start, place.end).base(place.start, place.end)

    def keep(self, place: Place, person: Person) -> Entry:
        return self.record(person, place, act="keep", **self._answering(place))

    def unclear(self, place: Place, person: Person, guess: str = "") -> Entry:
        asked: dict[str, Any] = {"page": guess, "class": "ocr"} if guess and guess != self.base(place) else {}
        if guess and not asked:
            asked = {"page": guess}
        return self.record(person, place, act="unclear", **asked, **self._answering(place))

    def note(self, place: Place, body: str, person: Person, *, series: str = "textual_note") -> Entry:
        return self.record(person, place, act=series, body=body)

    def _answering(self, place: Place) -> dict[str, Any]:
        return {"suggestion": place.mark} if place.kind == "suggestion" else {}

    def record(self, person: Person, place: Place, **asked: Any) -> Entry:
        """Record an act about a place; refused when somebody decided there after it was shown."""
        record = {"transcript": place.text, "start": place.start, "end": place.end, **asked}
        return deciding.record_all(self.edition, [record], person)[0]

    def line_reading(self, row: int) -> str:
        """The plain reading of a row: what editing the line begins with."""
        return self._line(row)[0]

    def _line(self, row: int) -> tuple[str, int, list[Piece], _Part]:
        part = self._part_of(row)
        ((start, end),) = self._spans(part, row, row + 1)
        m = self._material(part, start, end)
        content_end = start + len(m.fragment.raw(start, end).rstrip("\r\n"))
        ahead, out = 0, []
        for piece in m.pieces:
            if piece.kind == "raw":
                ahead += max(0, min(piece.end, start) - piece.start)
                out.append(piece.reading[max(0, start - piece.start) : max(0, content_end - piece.start)])
            elif piece.start < start:
                ahead += len(piece.reading)
            elif piece.start <= content_end:
                out.append(piece.reading)
        return "".join(out), ahead, m.pieces, part

    def edit_line(self, row: int, new: str, person: Person) -> list[Entry]:
        """Rewrite the reading of a row: each changed place a decision, all of them one batch."""
        old = self.line_reading(row)
        changes = hunks(old, new)
        if not changes:
            return []
        batch = deciding.new_batch() if len(changes) > 1 else None
        made = []
        with self.edition.writing():
            for i, j, text in changes:
                _, ahead, pieces, part = self._line(row)
                p = plan(pieces, ahead + i, ahead + j, text)
                asked: dict[str, Any] = {
                    "transcript": part.stretch.text, "start": p.start, "end": p.end, "also": sorted(p.supersedes),
                    "act": "keep" if p.restores_raw else "edit",
                }  # fmt: skip
                if not p.restores_raw:
                    asked |= {"page": p.reading if p.page is None else p.page, "page_class": "ocr"}
                    if p.page is not None:
                        asked |= {"reading": p.reading, "reading_class": p.reading_class}
                made.append(deciding.record(self.edition, asked, person, batch=batch))
        return made

    def undo(self, person: Person) -> list[Entry]:
        done = deciding.undo(self.edition, person)
        return done[1] if done else []

    def redo(self, person: Person) -> list[Entry]:
        done = deciding.redo(self.edition, person)
        return done[1] if done else []

    def place_of_entry(self, entry: Entry) -> Place | None:
        """Where an entry stands in this document."""
        d = entry.decision
        if d.text is None or d.start is None or d.end is None:
            return None
        row = self.row_of(d.text, d.start)
        return self.place_at(row, d.start) if row is not None else None

    def can_undo(self, person: Person) -> bool:
        return bool(journal.last_unit(self.edition.db, person.id))


def _class(suggestion: Suggestion) -> dict[str, Any]:
    return {"class": "ocr" if suggestion.change == "uncertain" else suggestion.change}


def shown_proposal(suggestion: Suggestion, fragment: Fragment) -> str:
    """What the reading side shows at an open suggestion: its first candidate, or the raw text where it has none."""
    if suggestion.candidates and suggestion.change != "unseen":
        return suggestion.candidates[0].text
    return fragment.base(max(suggestion.start, fragment.start), min(suggestion.end, fragment.end))


def _role(piece: Piece) -> Role:
    if piece.kind == "conflict":
        return "conflict"
    decision = piece.entries[0].decision
    if decision.act in ("unclear", "gap", "blank"):
        return "unclear"
    if effective_reading_class(decision) == "source":
        return "noted"
    return "kept" if decision.act == "keep" else "changed"


def _zone_words(zone: Entry | None) -> str:
    if zone is None:
        return ""
    data = zone.decision.data
    return " · ".join(str(data[key]) for key in ("kind", "hand", "person") if data.get(key))


def _cut_raw(
    fragment: Fragment, spans: list[tuple[int, int, Role, str | None]], start: int, end: int
) -> Iterator[Segment]:
    """Segments of one raw line."""
    here = [s for s in spans if s[0] <= end and s[1] >= start]
    borders = sorted({start, end} | {b for s in here for b in s[:2] if start < b < end})
    for low, high in pairwise(borders):
        hit = next((s for s in here if s[0] <= low and high <= s[1] and s[0] < s[1]), None)
        role: Role = hit[2] if hit else "plain"
        yield Segment(fragment.raw(low, high), role, low, hit[3] if hit else None)


def _cut_reading(segments: list[tuple[int, str, Role, str | None, bool]], start: int, end: int) -> Iterator[Segment]:
    """Segments of one line of the reading: raw runs are cut at its ends, the rest belongs where it begins."""
    for at, text, role, mark, may_cut in segments:
        if may_cut:
            shown = text[max(0, start - at) : max(0, end - at)]
            if shown:
                yield Segment(shown, role, max(at, start), mark)
        elif start <= at <= end and text:
            yield Segment(text, role, at, mark)
