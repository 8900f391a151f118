"""The lines of a document at a moment, with what stands behind each span; two moments against each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.core.entry import Entry
from workbench.core.pieces import PieceKind, replay
from workbench.core.printing import Source
from workbench.core.text import LINE_END
from workbench.services.document.differing import LineDifference, Unit, changes
from workbench.services.edition import Edition
from workbench.services.moments import Moment, Side, side
from workbench.services.printing import sources
from workbench.store import texts


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that one thing stands behind."""

    text: str
    kind: PieceKind
    start: int
    end: int
    """Its span in the raw text, in code points."""
    entries: tuple[Entry, ...] = ()
    """The decision with its agreements, or the sides of a conflict; nothing: the machine alone."""


@dataclass(slots=True)
class PastLine:
    """A line of the raw text, or one that a person added, as it reads at a moment."""

    key: tuple[int, int | str]
    """The number of the stretch, and the raw line or the added line: the same at every moment."""
    text: str
    """SHA-256 of the text."""
    start: int
    number: int | None
    """In its transcript, from 1; None for an added line."""
    runs: list[Run] = field(default_factory=list)

    @property
    def reading(self) -> str:
        return "".join(run.text for run in self.runs)


def lines(edition: Edition, document: str, moment: Moment) -> list[PastLine]:
    """The lines of a document at a moment. What a decision made stands in the line where its span begins."""
    found: list[PastLine] = []
    for number, source in enumerate(sources(edition, document, moment)):
        raw = _raw_lines(edition, number, source)
        added: dict[int, list[PastLine]] = {}
        """By the index of the raw line that they stand before."""
        starts = [line.start for line in raw]
        for piece in replay(source.fragment, source.entries, in_conflict=source.in_conflict):
            index = max(bisect_right(starts, piece.start) - 1, 0)
            if piece.line is not None:
                line = PastLine((number, piece.line.id), source.text, piece.start, None)
                line.runs.append(Run(piece.line.content, piece.kind, piece.start, piece.end, piece.entries))
                added.setdefault(bisect_left(starts, piece.start) if not piece.trails else len(raw), []).append(line)
            elif piece.kind == "raw":
                at = piece.start
                for part in _ended(piece.reading):
                    raw[index].runs.append(Run(part.rstrip("\r\n"), "raw", at, at + len(part)))
                    at, index = at + len(part), index + 1
            else:
                if not raw:  # something was put into a text without words
                    raw.append(PastLine((number, 0), source.text, piece.start, 1))
                raw[index].runs.append(Run(piece.reading, piece.kind, piece.start, piece.end, piece.entries))
        for index in range(len(raw) + 1):
            found += [*added.get(index, ()), *raw[index : index + 1]]
    return found


def _raw_lines(edition: Edition, number: int, source: Source) -> list[PastLine]:
    """The raw lines of a stretch, empty yet."""
    row = texts.text_row(edition.db, source.text)
    low, high = source.fragment.start, source.fragment.end
    if low == high:
        return []
    first = source.line_of(low)
    starts = texts.line_starts(edition.db, row.id, first, source.line_of(high - 1) + 1)
    return [
        PastLine((number, first + n), source.text, max(start, low), first + n + 1) for n, start in enumerate(starts)
    ]


def _ended(text: str) -> Iterator[str]:
    at = 0
    for end in LINE_END.finditer(text):
        yield text[at : end.end()]
        at = end.end()
    if at < len(text):
        yield text[at:]


def between(edition: Edition, document: str, sides: tuple[Side, Side], unit: Unit = "word") -> Iterator[LineDifference]:
    """How a document reads at one moment, or by one person alone, against another."""
    old, new = (lines(edition, document, side(edition, document, wanted)) for wanted in sides)
    return compare(old, new, unit)


def compare(old: list[PastLine], new: list[PastLine], unit: Unit = "word") -> Iterator[LineDifference]:
    """The lines that differ between two moments of one document, in order."""
    before = {line.key: line for line in old}
    after = {line.key: line for line in new}
    for row, key in enumerate(_all_keys(list(before), list(after))):
        a, b = before.get(key), after.get(key)
        was, now = a.reading if a else "", b.reading if b else ""
        if was != now or (a is None) != (b is None):
            shown = b or a
            assert shown is not None
            yield LineDifference(row=row, line=shown.number, changes=changes(was, now, unit))


def _all_keys(old: list[tuple[int, int | str]], new: list[tuple[int, int | str]]) -> Iterator[tuple[int, int | str]]:
    """The keys of both, those of the old ones alone where they stood."""
    known, at = set(new), {key: n for n, key in enumerate(old)}
    told = 0
    for key in new:
        if key in at:
            yield from (k for k in old[told : at[key]] if k not in known)
            told = max(told, at[key])
        yield key
    yield from (k for k in old[told:] if k not in known)
