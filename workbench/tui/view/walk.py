"""Walking a long column of rows of unequal height, from an anchor, without measuring all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Anchor(NamedTuple):
    """A screen line of the column: a row and the line within it."""

    row: int
    sub: int


class Column:
    """Rows stacked on one another; `height(row)` is asked only near where the walk goes."""

    def __init__(self, count: int, height: Callable[[int], int]) -> None:
        self.count = count
        self._height = height

    def settled(self, at: Anchor) -> Anchor:
        """The anchor itself, or the nearest line that exists."""
        if not self.count:
            return Anchor(0, 0)
        row = min(max(at.row, 0), self.count - 1)
        return Anchor(row, min(max(at.sub, 0), self._height(row) - 1))

    def moved(self, at: Anchor, lines: int) -> Anchor:
        """The anchor that many lines further down, or up if negative, kept within the column."""
        if not self.count:
            return Anchor(0, 0)
        row, sub = at.row, at.sub + lines
        while sub < 0 and row > 0:
            row -= 1
            sub += self._height(row)
        while row < self.count - 1 and sub >= (height := self._height(row)):
            sub -= height
            row += 1
        return self.settled(Anchor(row, sub))

    def distance(self, start: Anchor, to: Anchor, limit: int) -> int | None:
        """Lines from one anchor down to the other, negative if it lies above; None if surely beyond `limit`."""
        if to.row >= start.row:
            lines = -start.sub
            for row in range(start.row, to.row):
                lines += self._height(row)
                if lines > limit:
                    return None
            return lines + to.sub
        lines = -start.sub
        for row in range(start.row - 1, to.row - 1, -1):
            lines -= self._height(row)
            if lines < -limit and row > to.row:
                return None
        return lines + to.sub

    def clamped(self, top: Anchor, view: int) -> Anchor:
        """A top that leaves no blank screen lines below the last row, if the column has enough of them."""
        top = self.settled(top)
        lines = -top.sub
        for row in range(top.row, self.count):
            lines += self._height(row)
            if lines >= view:
                return top
        return self.moved(top, lines - view)

    def lowest(self, view: int) -> Anchor:
        """The top that shows the end of the column."""
        last = self.count - 1
        return self.clamped(Anchor(last, self._height(last) - 1), view) if self.count else Anchor(0, 0)

    def lines(self, top: Anchor, view: int) -> Iterator[Anchor]:
        """The lines on a screen of `view` lines; fewer if the column ends."""
        row, sub = top
        while view > 0 and row < self.count:
            for line in range(sub, min(self._height(row), sub + view)):
                yield Anchor(row, line)
                view -= 1
            row, sub = row + 1, 0
