"""Wrapping of a row's segments on words into screen lines of a given number of cells.

A code point is first made harmless by `visible`, one for one, so that offsets stay. Text of one-cell code points, which
is nearly all of it, is wrapped by index; combining marks and wide characters go a slower way through clusters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from workbench.core.visible import visible
from workbench.services.document.rows import Segment

# A deliberate subset of what measures one cell: Latin, Greek, Cyrillic, the punctuation of typewriters and printers,
# and the signs that `visible` puts in.
_one_cell = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2116\u2400-\u2426\u2500-\u25fc\u2afd\ufffd]*"
).fullmatch
_BLANKS = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
_blank_run = re.compile(" *").match
_NARROWEST = 2  # a wide character has to fit


class Piece(NamedTuple):
    """The part of one segment that stands on one screen line."""

    text: str
    """Harmless text, as shown."""
    segment: Segment
    offset: int
    """Code points from the start of the segment to the start of the piece."""

    @property
    def start(self) -> int:
        """Raw offset of the piece: exact on the raw side, nearly so where the reading differs from it."""
        return self.segment.start + self.offset


class Line(NamedTuple):
    """One screen line of a wrapped text."""

    pieces: tuple[Piece, ...]
    cells: int


_EMPTY = Line((), 0)


def wrap(segments: Sequence[Segment], width: int) -> tuple[Line, ...]:
    """The segments as screen lines of at most `width` cells (at least two); an empty text is one empty line."""
    width = max(width, _NARROWEST)
    shown = [visible(segment.text) for segment in segments]
    text = "".join(shown)
    if not text:
        return (_EMPTY,)
    simple = _one_cell(text) is not None
    ends = _ends(shown) if simple else _snapped(text, segments, _ends(shown))
    ranges = breaks(_glued(segments, shown), width)
    lines = []
    for (start, end), pieces in zip(ranges, _dealt(text, segments, shown, ends, ranges), strict=True):
        cells = end - start if simple else sum(cell_len(piece.text) for piece in pieces)
        lines.append(Line(pieces, cells))
    return tuple(lines)


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Half-open code point ranges of the screen lines; what lies between two of them is blank.

    A word is broken only if it is wider than `width`, and never between a base and its combining marks.
    """
    width = max(width, _NARROWEST)
    return _breaks_by_index(text, width) if _one_cell(text) else _breaks_by_cluster(text, width)


def _breaks_by_index(text: str, width: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while length - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        end = start + len(text[start:cut].rstrip(" ")) if cut >= 0 else start
        if end > start:
            found.append((start, end))
            following = cut
        elif cut < 0:
            found.append((start, start + width))
            following = start + width
        else:  # an indent before a word that does not fit beside it
            following = cut
        run = _blank_run(text, following)
        start = run.end() if run else following
    if start < length:
        found.append((start, length))
    return found or [(0, min(length, width))]


def _breaks_by_cluster(text: str, width: int) -> list[tuple[int, int]]:
    starts = _clusters(text)
    count = len(starts)
    starts.append(len(text))
    parts = [text[first:last] for first, last in pairwise(starts)]
    blank = [part in _BLANKS for part in parts]
    reach = [0]  # cells before each cluster
    for part in parts:
        reach.append(reach[-1] + cell_len(part))

    def skipped(index: int) -> int:
        while index < count and blank[index]:
            index += 1
        return index

    found: list[tuple[int, int]] = []
    start = 0
    while reach[count] - reach[start] > width:
        fitting = bisect_right(reach, reach[start] + width) - 1  # the first cluster that does not fit
        cut = fitting
        while cut >= start and not blank[cut]:
            cut -= 1
        end = max(cut, start)
        while end > start and blank[end - 1]:
            end -= 1
        if end > start:
            found.append((starts[start], starts[end]))
            start = skipped(cut)
        elif cut < start:
            found.append((starts[start], starts[fitting]))
            start = skipped(fitting)
        else:
            start = skipped(cut)
    if start < count:
        found.append((starts[start], len(text)))
    return found or [(0, starts[bisect_right(reach, width) - 1])]


def _clusters(text: str) -> list[int]:
    """Where each base with its zero-width followers begins."""
    return [index for index, char in enumerate(text) if not index or cell_len(char)]


def _glued(segments: Sequence[Segment], shown: Sequence[str]) -> str:
    """The text to break: a marked run of blanks holds its neighbours together, or it could vanish at a break."""
    return "".join(
        text.replace(" ", "\u00a0") if segment.mark is not None and text.isspace() else text
        for segment, text in zip(segments, shown, strict=True)
    )


def _ends(shown: Sequence[str]) -> list[int]:
    ends: list[int] = []
    total = 0
    for text in shown:
        total += len(text)
        ends.append(total)
    return ends


def _snapped(text: str, segments: Sequence[Segment], ends: list[int]) -> list[int]:
    """Segment ends moved off the middle of a cluster, which goes to the segment that has something to say about it."""
    moved = ends.copy()
    for index, end in enumerate(ends[:-1]):
        if 0 < end < len(text) and not cell_len(text[end]):
            base, last = end, end
            while base and not cell_len(text[base]):
                base -= 1
            while last < len(text) and not cell_len(text[last]):
                last += 1
            told = segments[index].mark is not None or segments[index].role != "plain"
            moved[index] = last if told else base
    for index in range(1, len(moved)):  # a segment inside another's cluster is left empty, never negative
        moved[index] = max(moved[index], moved[index - 1])
    return moved


def _dealt(
    text: str,
    segments: Sequence[Segment],
    shown: Sequence[str],
    ends: Sequence[int],
    ranges: Sequence[tuple[int, int]],
) -> Iterator[tuple[Piece, ...]]:
    """For each range the pieces of the segments that fall into it."""
    index = 0
    origin = 0  # where the segment's own text begins, wherever its first piece does
    for start, end in ranges:
        pieces: list[Piece] = []
        at = start
        while at < end:
            while ends[index] <= at:
                origin += len(shown[index])
                index += 1
            stop = min(end, ends[index])
            pieces.append(Piece(text[at:stop], segments[index], at - origin))
            at = stop
        yield tuple(pieces)
