"""Where a pattern matches in a stretch of text, raw or as it is read, with the raw span that a decision would take.

A stretch is searched a range of lines at a time, so that memory does not grow with it and a search can be stopped
between two ranges. A match belongs to the range in which it begins and may run on beyond it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

import regex

from workbench.core.documents import Stretch
from workbench.core.edit import Plan, plan
from workbench.core.entry import Entry
from workbench.core.pieces import replay
from workbench.services import library
from workbench.services.edition import Edition
from workbench.store import entries, read_lines, texts

LINES = 2000
"""Lines searched at once."""
AROUND = 20
"""Lines read on either side of them: what looks back, and what runs on, is found whole."""
SECONDS = 2.0
"""After so long a pattern is given up in one range."""
CONTEXT = 60
"""Code points kept on either side of a match."""

Over = Literal["raw", "reading"]
_Position = tuple[int, int, int]
"""A place of the reading that is the same in every range: raw offset, 0 before what stands there, signs into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One match, or several that fall into one decision and can only be changed together."""

    start: int
    end: int
    """The raw span that a decision would take."""
    line: int
    """Number of the line in its transcript, from 1."""
    before: str
    quote: str
    after: str
    """What was found, and what stands around it, in the text that was searched."""
    proposed: str | None
    plan: Plan | None
    """How a change of the reading is recorded; None where the raw text was searched."""


def matches(
    edition: Edition, stretch: Stretch, pattern: regex.Pattern[str], replacement: str | None, over: Over,
    step: Callable[[int], None],
) -> Iterator[Match]:  # fmt: skip
    """The matches of a stretch in order, empty ones left out; `step(lines)` is told after each range.

    Raises TimeoutError for a pattern that takes longer than `SECONDS` over one range.
    """
    resume = (stretch.start, -1, 0)
    for window in _windows(edition, stretch, over):
        open_match: _Found | None = None
        for match in pattern.finditer(window.searched, window.offset(max(resume, window.first)), timeout=SECONDS):
            if match.start() == match.end():
                continue
            new = match.group() if replacement is None else match.expand(replacement)
            found = _Found(window, match.start(), match.end(), new)
            if open_match is not None and open_match.meets(found):
                open_match = open_match.joined(found)
            elif match.start() >= window.limit:
                break
            else:
                if open_match is not None:
                    yield open_match.match(valued=replacement is not None)
                open_match = found
            resume = window.position(match.end())
        if open_match is not None:
            yield open_match.match(valued=replacement is not None)
        step(window.lines)


class _Window:
    """A range of lines as it is searched, with what is around it."""

    def __init__(
        self, edition: Edition, stretch: Stretch, over: Over, starts: list[int], first_line: int, own: tuple[int, int]
    ) -> None:
        """`starts`: where the lines from `first_line` on begin; `own`: which of them are the range, half open."""
        db, row = edition.db, texts.text_row(edition.db, stretch.text)
        self.starts, self.first_line, self.lines = starts, first_line, own[1] - own[0]
        low, high = starts[0], starts[-1]
        live: list[Entry] = []
        if over == "reading":
            low, high, live = read_lines.widened(db, stretch.text, low, high, (stretch.start, stretch.end))
        fragment = texts.fragment(db, row.id, low, high)
        self.low, self.high = low, high
        self.pieces = replay(fragment, live, in_conflict=entries.in_conflict(db)) if over == "reading" else []
        self.ends = list(accumulate(len(p.reading) for p in self.pieces))
        self.searched = "".join(p.reading for p in self.pieces) if over == "reading" else fragment.content
        self.over = over
        self.first: _Position = (starts[own[0]], -1, 0)
        last = own[1] == len(starts) - 1
        self.limit = len(self.searched) + 1 if last else self.offset((starts[own[1]], -1, 0))
        """Matches that begin from this offset on belong to the next range."""

    def position(self, offset: int) -> _Position:
        if self.over == "raw":
            return self.low + offset, 1, 0
        number = bisect_right(self.ends, offset)
        if number == len(self.pieces):
            return self.high, 0, 0
        piece, inside = self.pieces[number], offset - (self.ends[number - 1] if number else 0)
        if piece.kind == "raw":
            return piece.start + inside, 1, 0
        return piece.start, int(piece.start < piece.end), inside

    def offset(self, position: _Position) -> int:
        """The first offset that is not before a position."""
        return bisect_left(range(len(self.searched) + 1), position, key=self.position)

    def line(self, raw: int) -> int:
        """Number of the line that holds a raw offset, from 1."""
        return self.first_line + max(1, bisect_right(self.starts, raw, hi=len(self.starts) - 1))

    def plan(self, i: int, j: int, new: str) -> Plan:
        """Plan a change over the pieces it touches and their neighbours."""
        first = max(0, bisect_left(self.ends, i) - 1)
        last = bisect_right(self.ends, j) + 2
        ahead = self.ends[first - 1] if first else 0
        return plan(self.pieces[first:last], i - ahead, j - ahead, new)


class _Found:
    """A match within its range."""

    def __init__(self, window: _Window, start: int, end: int, new: str) -> None:
        self.window, self.start, self.end, self.new = window, start, end, new
        self.plan = window.plan(start, end, new) if window.over == "reading" else None

    def meets(self, other: _Found) -> bool:
        """Would both be decisions about the same?"""
        one, two = self.plan, other.plan
        if one is None or two is None:
            return False
        return bool(one.supersedes & two.supersedes) or (one.start < two.end and two.start < one.end)

    def joined(self, later: _Found) -> _Found:
        between = self.window.searched[self.end : later.start]
        return _Found(self.window, self.start, later.end, self.new + between + later.new)

    def match(self, *, valued: bool) -> Match:
        window, searched = self.window, self.window.searched
        start, end = window.low + self.start, window.low + self.end
        if self.plan is not None:
            start, end = self.plan.start, self.plan.end
        return Match(
            start=start, end=end, line=window.line(start),
            before=searched[max(0, self.start - CONTEXT) : self.start], quote=searched[self.start : self.end],
            after=searched[self.end : self.end + CONTEXT], proposed=self.new if valued else None, plan=self.plan,
        )  # fmt: skip


def _windows(edition: Edition, stretch: Stretch, over: Over) -> Iterator[_Window]:
    db, row = edition.db, texts.text_row(edition.db, stretch.text)
    first = texts.line_of(db, row.id, stretch.start)
    after = first + library.raw_line_count(edition, stretch)
    for line in range(first, after, LINES):
        last = min(line + LINES, after)
        low, high = max(first, line - AROUND), min(last + AROUND, after)
        starts = [max(s, stretch.start) for s in texts.line_starts(db, row.id, low, high + 1)][: high - low + 1]
        if high == after:
            starts[high - low :] = [stretch.end]
        yield _Window(edition, stretch, over, starts, low, (line - low, last - low))
