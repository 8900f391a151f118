"""A document as lines: raw text beside its reading, made for the rows that are asked for and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.core.acts import PROPOSED_ZONES
from workbench.core.added_lines import AddedLine
from workbench.core.documents import Leaf, leaves
from workbench.core.entry import Entry
from workbench.core.pieces import Fragment, Piece, effective_reading_class, replay
from workbench.core.placing import Place
from workbench.core.suggestion import LONGEST, Suggestion
from workbench.core.text import overlap
from workbench.i18n import shape
from workbench.services import library
from workbench.services.document.parts import Part
from workbench.services.document.rows import Role, Row, Segment
from workbench.services.edition import Edition
from workbench.store import added_lines, entries, read_lines, suggestions, texts

if TYPE_CHECKING:
    from workbench.core.style import HouseStyle

WORD = "@"
"""The mark of the word under the cursor, where there is neither a suggestion nor a decision."""

EMPTY = "∅"
"""Shown where a place has no text: before something was put in, after something was taken out."""


@dataclass(slots=True)
class Material:
    """What stands in some lines of one stretch, wide enough to cut no decision."""

    fragment: Fragment
    pieces: list[Piece]
    open: list[suggestions.Kept]
    zones: list[Entry]
    leaves: tuple[Leaf, ...]


class Lines:
    """The rows of one document, in the order of its stretches."""

    def __init__(self, edition: Edition, document: str) -> None:
        self.edition = edition
        self.document = document
        self.parts: list[Part] = []
        self.lay_out()
        self.word: tuple[str, int, int] | None = None
        """The plain word under the cursor, as (text, start, end): it gets the mark WORD."""

    def lay_out(self) -> None:
        """Number the rows, at first and when a line was added or taken out."""
        self.parts = list(self._laid_out())
        self._style: HouseStyle | None = None

    def _laid_out(self) -> Iterator[Part]:
        db, row = self.edition.db, 0
        for stretch in library.stretches(self.edition, self.document):
            known = texts.text_row(db, stretch.text)
            count = library.raw_line_count(self.edition, stretch)
            first = texts.line_of(db, known.id, stretch.start)
            added = tuple(added_lines.within(db, stretch, known.length))
            before = tuple(
                first + count if line.at >= stretch.end else texts.line_of(db, known.id, line.at) for line in added
            )
            part = Part(stretch, known.id, first, row, count, known.length, added, before)
            yield part
            row = part.end_row

    # rows

    @property
    def highest_line(self) -> int:
        """The highest number of a line that a row can have."""
        return max((p.first_line + (p.lines or p.rows) for p in self.parts), default=0)

    @property
    def has_raw(self) -> bool:
        """Did a machine read anything of it?"""
        return any(part.lines for part in self.parts)

    @property
    def row_count(self) -> int:
        return self.parts[-1].end_row if self.parts else 0

    def rows(self, first: int, last: int) -> list[Row]:
        out: list[Row] = []
        for part in self.parts:
            low, high = max(first, part.first_row), min(last, part.end_row)
            if low < high:
                raw = iter(self._raw_rows(part, part.line_from(low), part.line_from(high)))
                added = part.added_between(low, high)
                out.extend(_added_row(part, n, added[n]) if n in added else next(raw) for n in range(low, high))
        return out

    def span(self, part: Part, row: int) -> tuple[int, int]:
        """Span of a row within its stretch, line end included; of an added line the place where it stands."""
        line = part.added_at(row)
        if line is not None:
            return line.at, line.at
        ((start, end),) = self.spans(part, part.line_from(row), 1)
        return start, end

    def spans(self, part: Part, line: int, count: int) -> list[tuple[int, int]]:
        """Spans of raw lines within their stretch, line ends included."""
        starts = texts.line_starts(self.edition.db, part.text_id, line, line + count + 1)
        ends = [*starts[1:], part.stretch.end][:count]
        return [
            (max(s, part.stretch.start), min(e, part.stretch.end)) for s, e in zip(starts[:count], ends, strict=True)
        ]

    def material(self, part: Part, start: int, end: int) -> Material:
        db, text = self.edition.db, part.stretch.text
        bounds = part.stretch.start, part.stretch.end
        low, high, live = read_lines.widened(db, text, start, end, bounds)
        held = [e for e in live if part.stretch.holds(e.decision.span[0], part.length)]
        fragment = texts.fragment(db, part.text_id, low, high)
        reach_back = max(part.stretch.start, low - LONGEST)
        waiting = [
            k for k in suggestions.within(db, text, reach_back, high + 1)
            if k.suggestion.end >= low and k.suggestion.end <= part.stretch.end
        ]  # fmt: skip
        return Material(
            fragment=fragment,
            pieces=replay(fragment, held, in_conflict=entries.in_conflict(db)),
            open=waiting,
            zones=entries.live_at(db, text, "zone", low, high),
            leaves=leaves(entries.live_at(db, text, "document", low, high)),
        )

    def _raw_rows(self, part: Part, first: int, last: int) -> list[Row]:
        if first == last:
            return []
        spans = self.spans(part, first, last - first)
        material = self.material(part, spans[0][0], spans[-1][1])
        raw_spans = self._raw_spans(part, material)
        read = self._reading_segments(part, material)
        seen = read_lines.read_between(self.edition.db, part.stretch.text, first, last)
        out = []
        for line, (start, end) in enumerate(spans, first):
            content_end = start + len(material.fragment.raw(start, end).rstrip("\r\n"))
            out.append(
                Row(
                    number=part.row_of(line),
                    line=line + 1,
                    raw=tuple(_cut_raw(material.fragment, raw_spans, start, content_end)),
                    reading=(*_cut_reading(read, start, content_end), *self._zone_names(material, start, end)),
                    read=line in seen,
                )
            )
        return out

    def printed(self, kind: str) -> Place:
        """Where the house style of the edition prints zones of a kind."""
        if self._style is None:
            from workbench.services import settings  # which knows the house styles: the first screen waits for none

            self._style = settings.style(self.edition)
        return self._style.place(kind)

    def _zone_names(self, m: Material, start: int, end: int) -> Iterator[Segment]:
        """What zones begin in a line and where they are printed, said after it."""
        for zone in m.zones:
            at, data = zone.decision.span[0], zone.decision.data
            if start <= at < end and data["kind"] != "body":
                said = shape.zone(data, self.printed(data["kind"]))
                yield Segment(f"  ⟨{said}⟩", "leaf", at)

    def _raw_spans(self, part: Part, m: Material) -> list[tuple[int, int, Role, str | None]]:
        """Spans of the raw side with a role of their own, the stronger first."""
        found: list[tuple[int, int, Role, str | None]] = []
        for piece in m.pieces:
            if piece.entries:
                found.append((piece.start, piece.end, _role(piece), piece.entries[0].id))
        found += [(k.suggestion.start, k.suggestion.end, "open", k.id) for k in m.open]
        if self.word is not None and self.word[0] == part.stretch.text:
            found.append((*self.word[1:], "plain", WORD))
        found += [(leaf.start, leaf.end, "dropped", None) for leaf in m.leaves]
        found += [(mark.start, mark.end, "markup", None) for mark in m.fragment.markup]
        return found

    def _reading_segments(self, part: Part, m: Material) -> list[tuple[int, str, Role, str | None, bool]]:
        """The reading as (raw start, text, role, mark, may be cut), in order."""
        out: list[tuple[int, str, Role, str | None, bool]] = []
        reach_in = (k.suggestion.end for k in m.open if k.suggestion.start < m.fragment.start and not _is_zone(k))
        done = max(reach_in, default=-1)  # what is proposed from an earlier line on is shown there
        elsewhere = [z.decision.span for z in m.zones if self.printed(z.decision.data["kind"]) != "here"]
        milestones = sorted(m.leaves, key=lambda leaf: leaf.at, reverse=True)

        def begin_leaves(upto: int) -> None:
            while milestones and milestones[-1].at <= upto:
                leaf = milestones.pop()
                out.append((leaf.at, f"|л. {leaf.leaf}| ", "leaf", None, False))

        for piece in m.pieces:
            begin_leaves(piece.start)
            if piece.entries:
                out.append((piece.start, piece.reading or EMPTY, _role(piece), piece.entries[0].id, piece.stands))
                continue
            for start, end, role, mark, shown in self._cuts(part, m, piece, elsewhere):
                if start < done:
                    continue
                begin_leaves(start)
                if mark is not None and mark != WORD and shown is not None:
                    done = next(k.suggestion.end for k in m.open if k.id == mark)
                    out.append((start, shown or EMPTY, role, mark, False))
                elif piece.kind == "markup":
                    out.append((start, piece.reading, role, mark, False))
                else:
                    out.append((start, m.fragment.raw(start, end), role, mark, True))
        begin_leaves(m.fragment.end)
        return out

    def _cuts(
        self, part: Part, m: Material, piece: Piece, elsewhere: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, Role, str | None, str | None]]:
        """A raw or markup piece cut by suggestions, leaves, zones printed elsewhere and the word under the cursor.

        Each cut with what is shown in its place; None: the text itself.
        """
        borders = {piece.start, piece.end}
        spans = [(k.suggestion.start, k.suggestion.end) for k in m.open]
        spans += [(leaf.start, leaf.end) for leaf in m.leaves] + [(leaf.at, leaf.at) for leaf in m.leaves] + elsewhere
        word = self.word[1:] if self.word is not None and self.word[0] == part.stretch.text else (-1, -1)
        spans.append(word)
        for start, end in spans:
            borders |= {b for b in (start, end) if piece.start < b < piece.end}
        cuts = sorted(borders)
        for start, end in pairwise(cuts):
            kept = next((k for k in m.open if k.suggestion.start <= start < max(k.suggestion.end, start + 1)
                         and overlap(k.suggestion.start, k.suggestion.end, start, end)), None)  # fmt: skip
            if kept is not None:
                shown = None if _is_zone(kept) else shown_proposal(kept.suggestion, m.fragment)
                yield start, end, "open", kept.id, shown
            elif any(s <= start < e for s, e in elsewhere) or any(lf.start <= start < lf.end for lf in m.leaves):
                yield start, end, "dropped", None, None
            else:
                yield start, end, "plain", WORD if word[0] <= start < word[1] else None, None

    def part_of(self, row: int) -> Part:
        row = min(max(row, 0), max(0, self.row_count - 1))
        return next((p for p in self.parts if p.first_row <= row < p.end_row), self.parts[-1])

    def number_of(self, row: int) -> int | None:
        """Number of a row's line in its transcript, from 1; None for a line added among others."""
        return self.part_of(row).number(row)

    def row_of_added(self, name: str) -> int | None:
        """The row of an added line, by its id."""
        return next((row for part in self.parts if (row := part.row_of_added(name)) is not None), None)

    def added_at(self, row: int) -> AddedLine | None:
        """The added line of a row, if it is one."""
        return self.part_of(row).added_at(row) if 0 <= row < self.row_count else None

    def row_of(self, text: str, offset: int) -> int | None:
        """The row that holds an offset of a text, or that shows the added line of this id; None when none does."""
        if (row := self.row_of_added(text)) is not None:
            return row
        parts = [p for p in self.parts if p.stretch.text == text]
        part = next((p for p in parts if p.stretch.holds(offset, p.length)), None)
        if part is None:  # the cursor may stand at the end of the document, where another one begins
            part = next((p for p in parts if p.stretch.end == offset), None)
        return self.row_in(part, offset) if part is not None else None

    def row_in(self, part: Part, offset: int) -> int:
        """The row of a part that holds an offset of its text."""
        if not part.lines:
            return max(part.end_row - 1, part.first_row)
        line = texts.line_of(self.edition.db, part.text_id, offset)
        return part.row_of(min(max(line, part.first_line), part.end_line - 1))


def _is_zone(kept: suggestions.Kept) -> bool:
    """Is a zone proposed, whose text stays as it is?"""
    return not kept.suggestion.candidates and kept.suggestion.kind in PROPOSED_ZONES


def shown_proposal(suggestion: Suggestion, fragment: Fragment) -> str:
    """What the reading side shows at an open suggestion: its first candidate, or the raw text where it has none."""
    if suggestion.candidates and suggestion.change != "unseen":
        return suggestion.candidates[0].text
    return fragment.base(max(suggestion.start, fragment.start), min(suggestion.end, fragment.end))


def _added_row(part: Part, row: int, line: AddedLine) -> Row:
    role: Role = "conflict" if line.conflict else "changed"
    shown = Segment(line.content or EMPTY, role, 0, line.entries[0].id)
    # Who wrote it down read it in the page: nobody need vouch for it once more.
    return Row(number=row, raw=(), reading=(shown,), line=part.number(row) or 0, read=True)


def _role(piece: Piece) -> Role:
    if piece.kind == "conflict":
        return "conflict"
    decision = piece.entries[0].decision
    if decision.act in ("unclear", "gap", "blank"):
        return "unclear"
    if effective_reading_class(decision) == "source":
        return "noted"
    return "kept" if decision.act == "keep" else "changed"


def _cut_raw(
    fragment: Fragment, spans: list[tuple[int, int, Role, str | None]], start: int, end: int
) -> Iterator[Segment]:
    """Segments of one raw line."""
    here = [s for s in spans if s[0] <= end and s[1] >= start]
    put_in = {s[0]: s for s in here if s[0] == s[1] and s[3] is not None}
    borders = sorted({start, end} | {b for s in here for b in s[:2] if start < b < end})
    for low, high in pairwise([*borders, end] if end in put_in else borders):
        if low in put_in:
            _, _, role, mark = put_in.pop(low)
            yield Segment(EMPTY, role, low, mark)
        hit = next((s for s in here if s[0] <= low and high <= s[1] and s[0] < s[1]), None)
        if low < high:
            yield Segment(fragment.raw(low, high), hit[2] if hit else "plain", low, hit[3] if hit else None)


def _cut_reading(segments: list[tuple[int, str, Role, str | None, bool]], start: int, end: int) -> Iterator[Segment]:
    """Segments of one line of the reading: raw runs are cut at its ends, the rest belongs where it begins."""
    for at, text, role, mark, may_cut in segments:
        if may_cut:
            shown = text[max(0, start - at) : max(0, end - at)]
            if shown:
                yield Segment(shown, role, max(at, start), mark)
        elif start <= at <= end and text:
            yield Segment(text, role, at, mark)
