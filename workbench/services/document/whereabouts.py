"""Where one can be in a document: its places, the way from one to another, and what there is to say about each.

Everything is fetched for the rows that are asked for; nothing here grows with the document, `counts` apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from typing import Any, Literal

from workbench.core.acts import PROPOSED_ZONES
from workbench.core.entry import Entry
from workbench.core.line_reading import line_reading
from workbench.core.pieces import Piece
from workbench.core.suggestion import Suggestion
from workbench.core.text import overlap
from workbench.i18n import shape
from workbench.services import persons
from workbench.services.document.lines import WORD, Lines
from workbench.services.document.parts import Part
from workbench.services.edition import Edition
from workbench.store import entries, suggestions, texts

_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of the document that can be decided about."""

    text: str
    start: int
    end: int
    row: int
    mark: str
    """Id of the open suggestion or of the decision there, or WORD for a plain word."""
    kind: Literal["suggestion", "decision", "word", "line"]
    """`line`: a line that a person added; `text` is its id then, and the span is all of what it reads."""


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
    line: int | None
    """Number of the line in its transcript, from 1; None for a line added among others."""
    suggestion: Suggestion | None
    decided: tuple[Decided, ...]
    """The decision with its agreements, or the sides of a conflict."""
    conflict: bool
    zone: str
    """The zone that it stands in, in words; empty where it stands in none."""
    proposed_zone: str
    """The zone that the suggestion proposes, in words; empty where it proposes none."""
    said: tuple[Entry, ...]
    """What is said about it and changes no text: notes, names, hands, what is to be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    suggestions: int
    open: int
    decisions: int


class Whereabouts:
    """The places of one document."""

    def __init__(self, edition: Edition, document: str) -> None:
        self.edition = edition
        self.document = document
        self.lines = Lines(edition, document)
        self.seen: list[str] | None = None
        """Heads of the journal when the current place was shown."""

    def point_at(self, place: Place | None) -> None:
        """A place is shown: what the journal has now is known to the person; a word gets a mark for the view."""
        self.seen = list(entries.heads(self.edition.db))
        word = place is not None and place.kind == "word"
        self.lines.word = (place.text, place.start, place.end) if place is not None and word else None

    def decided_lines(self) -> Iterator[tuple[int, str, str]]:
        """Rows whose reading departs from the raw text, as (row, raw without markup, reading), in order."""
        for row in self.decided_rows():
            part = self.lines.part_of(row)
            start, end = self.lines.span(part, row)
            fragment = texts.fragment(self.edition.db, part.text_id, start, end)
            raw = fragment.base(start, start + len(fragment.content.rstrip("\r\n")))
            reading = self.line_reading(row)
            if raw != reading:
                yield row, raw, reading

    def decided_rows(self) -> Iterator[int]:
        """Rows that a live text decision touches, and those that were added, in order."""
        for part in self.lines.parts:
            yield from merge(self._touched_rows(part), part.added_between(part.first_row, part.end_row))

    def _touched_rows(self, part: Part) -> Iterator[int]:
        done = -1
        stretch = part.stretch
        if part.lines:
            for start, end in entries.live_spans(self.edition.db, stretch.text, "text", stretch.start, stretch.end):
                first, last = self.lines.row_in(part, start), self.lines.row_in(part, end)
                for row in range(max(done + 1, first), last + 1):
                    done = row
                    if part.added_at(row) is None:
                        yield row

    # places

    def places(self, row: int) -> list[Place]:
        """Places of a row in order: decisions, open suggestions, and the words that neither touches."""
        if not self.lines.parts or not self.lines.row_count:
            return []
        part = self.lines.part_of(row)
        if (line := part.added_at(row)) is not None:
            end = len(line.content)
            return [Place(text=line.id, start=0, end=end, row=row, mark=line.entries[0].id, kind="line")]
        start, end = self.lines.span(part, row)
        m = self.lines.material(part, start, end)
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
        taken = [(k.suggestion.start, k.suggestion.end) for k in m.open]
        taken += [(mark.start, mark.end) for mark in m.fragment.markup]
        taken += [(p.start, p.end) for p in m.pieces if p.entries]
        for match in _TOKEN.finditer(content):
            s, e = start + match.start(), start + match.end()
            if not any(overlap(s, e, a, b) for a, b in taken):
                found.append(place(s, e, WORD, "word"))
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
            if not 0 <= row < self.lines.row_count:
                return None
            if there := self.places(row):
                return there[0 if by > 0 else -1]
            row += 1 if by > 0 else -1
        return None

    def next_open(self, place: Place | None, *, backwards: bool = False) -> Place | None:
        """The nearest open suggestion after (or before) a place, in the order of the document."""
        parts = self.lines.parts[::-1] if backwards else self.lines.parts
        at: int | None = None
        if place is not None and parts:
            here = self.lines.part_of(place.row)
            parts = parts[parts.index(here) :]
            at = place.start
            if place.kind == "line":  # what it stands before comes after it
                at = self.lines.span(here, place.row)[0] - (not backwards)
        for part in parts:
            if (kept := suggestions.nearest(self.edition.db, part.stretch, at, backwards=backwards)) is not None:
                return self.place_of(kept)
            at = None
        return None

    def place_of(self, kept: suggestions.Kept) -> Place:
        s = kept.suggestion
        row = self.lines.row_of(kept.text, s.start)
        return Place(text=kept.text, start=s.start, end=s.end, row=row or 0, mark=kept.id, kind="suggestion")

    def detail(self, place: Place) -> Detail:
        """Everything the panel says about a place."""
        db = self.edition.db
        if place.kind == "line":
            return self._detail_of_line(place)
        part = self.lines.part_of(place.row)
        kept = suggestions.by_id(db, place.mark) if place.kind == "suggestion" else None
        m = self.lines.material(part, place.start, place.end)
        piece = next((p for p in m.pieces if p.entries and (p.start, p.end) == (place.start, place.end)), None)
        names = persons.names(self.edition)
        zone = next((z for z in m.zones for s, e in [z.decision.span] if s <= place.start < e), None)
        said = entries.live_at(db, place.text, "inline", place.start, place.end)
        return Detail(
            place=place, quote=texts.raw(db, place.text, place.start, place.end),
            line=texts.line_of(db, part.text_id, place.start) + 1, suggestion=kept.suggestion if kept else None,
            decided=tuple(
                Decided(entry=e, person=names.get(e.person, e.person), page=piece.page, reading=piece.reading)
                for e in piece.entries
            ) if piece else (),
            conflict=piece is not None and piece.kind == "conflict",
            zone=self._zone_words(zone.decision.data) if zone is not None else "",
            proposed_zone=self._zone_words(proposed_zone(kept.suggestion)) if kept is not None else "",
            said=tuple(e for e in said if overlap(*e.decision.span, place.start, place.end)),
        )  # fmt: skip

    def zone_at(self, place: Place) -> str | None:
        """The kind of the zone that a place stands in, or that is proposed there."""
        part = self.lines.part_of(place.row)
        m = self.lines.material(part, place.start, place.end)
        known = [(*z.decision.span, z.decision.data["kind"]) for z in m.zones]
        known += [(k.suggestion.start, k.suggestion.end, proposed_zone(k.suggestion).get("kind")) for k in m.open]
        return next((kind for start, end, kind in known if kind and start <= place.start < end), None)

    def _detail_of_line(self, place: Place) -> Detail:
        line = self.lines.added_at(place.row)
        names = persons.names(self.edition)
        sides = line.entries if line is not None else ()
        return Detail(
            place=place, quote="", line=self.lines.number_of(place.row), suggestion=None,
            decided=tuple(
                Decided(entry=e, person=names.get(e.person, e.person), page=e.decision.page or "",
                        reading=e.decision.page or "")
                for e in sides
            ),
            conflict=line is not None and line.conflict, zone="", proposed_zone="", said=(),
        )  # fmt: skip

    def _zone_words(self, data: Mapping[str, Any]) -> str:
        return shape.zone(data, self.lines.printed(data["kind"])) if data else ""

    def counts(self) -> Counts:
        """Progress of this document."""
        query = "SELECT suggestions, open, decisions FROM progress WHERE document = ?"
        suggested, still_open, decided = self.edition.db.execute(query, (self.document,)).fetchone() or (0, 0, 0)
        return Counts(suggestions=suggested, open=still_open, decisions=decided)

    def closed_by(self, made: Iterable[Entry]) -> int:
        """How many suggestions these entries answered."""
        return sum(suggestions.count_closed_by(self.edition.db, entry.id) for entry in made)

    def place_of_entry(self, entry: Entry) -> Place | None:
        """Where an entry stands in this document."""
        d = entry.decision
        if d.place is None:
            return None
        text, start, _ = d.place
        row = self.lines.row_of(entry.subject if d.layer == "line" else text, start)
        return self.place_at(row, start) if row is not None else None

    def rows_about(self, entry: Entry) -> range:
        """The rows that an entry and the suggestions it meets bear on, and those beside: a join moves text to them."""
        if entry.decision.place is None:
            return range(0)
        text, start, end = entry.decision.place
        low, high = suggestions.met(self.edition.db, text, start, end)
        rows = [row for at in (low, start, end, high) if (row := self.lines.row_of(text, at)) is not None]
        return range(max(0, min(rows) - 1), max(rows) + 2) if rows else range(0)

    def base(self, place: Place) -> str:
        """What the raw text of a place gives without the source's markup; nothing for a line that was added."""
        if place.kind == "line":
            return ""
        part = self.lines.part_of(place.row)
        return texts.fragment(self.edition.db, part.text_id, place.start, place.end).base(place.start, place.end)

    def raw(self, text: str, start: int, end: int) -> str:
        """The code points of a span as they are."""
        return texts.raw(self.edition.db, text, start, end)

    def line_reading(self, row: int) -> str:
        """The plain reading of a row: what editing the line begins with."""
        return self.line(row)[0]

    def line(self, row: int) -> tuple[str, int, list[Piece], Part]:
        """A row's reading, how much reading stands before it among its pieces, these pieces, and its part."""
        part = self.lines.part_of(row)
        start, end = self.lines.span(part, row)
        m = self.lines.material(part, start, end)
        if (line := part.added_at(row)) is not None:
            return line.content, 0, m.pieces, part
        content_end = start + len(m.fragment.raw(start, end).rstrip("\r\n"))
        reading, ahead = line_reading(m.pieces, start, content_end)
        return reading, ahead, m.pieces, part

    def column(self, place: Place) -> int:
        """Where a place begins in the reading of its row, in code points."""
        if place.kind == "line":
            return 0
        _, _, pieces, part = self.line(place.row)
        start, _ = self.lines.span(part, place.row)
        return len(line_reading((p for p in pieces if p.start < place.start), start, place.start)[0])

    def line_span(self, row: int) -> tuple[str, int, int]:
        """(text, start, end) of a row's raw line, its line end left out; of an added line its id and its length."""
        part = self.lines.part_of(row)
        if (line := part.added_at(row)) is not None:
            return line.id, 0, len(line.content)
        start, end = self.lines.span(part, row)
        content = texts.fragment(self.edition.db, part.text_id, start, end).content
        return part.stretch.text, start, start + len(content.rstrip("\r\n"))


def proposed_zone(suggestion: Suggestion) -> Mapping[str, str]:
    """What accepting a proposed zone records; nothing where no zone is proposed."""
    return {} if suggestion.candidates else PROPOSED_ZONES.get(suggestion.kind, {})
