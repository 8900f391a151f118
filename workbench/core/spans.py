"""Spans of one text by place: which touch a range, how far it has to be widened to cut none, which lie together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Placed = tuple[int, int, int]
"""A span `[start, end)` in code points, and the number of whose it is."""


class Spans:
    """An immutable collection of them, by start, then end."""

    def __init__(self, spans: Iterable[Placed] = ()) -> None:
        self.all = sorted(spans)
        self._starts = [start for start, _, _ in self.all]
        self._longest = max((end - start for start, end, _ in self.all), default=0)

    def touching(self, low: int, high: int) -> list[Placed]:
        """Those that overlap or touch `[low, high]`."""
        first, beyond = bisect_left(self._starts, low - self._longest), bisect_right(self._starts, high)
        return [span for span in self.all[first:beyond] if span[1] >= low]

    def widened(self, low: int, high: int) -> tuple[int, int, list[Placed]]:
        """A range widened until it cuts none, and those that touch it."""
        while True:
            found = self.touching(low, high)
            wider = min([low, *(start for start, _, _ in found)]), max([high, *(end for _, end, _ in found)])
            if wider == (low, high):
                return low, high, found
            low, high = wider

    def clusters(self) -> list[list[Placed]]:
        """Groups of two or more that overlap or touch, each with the next."""
        found: list[list[Placed]] = []
        some: list[Placed] = []
        furthest = -1
        for span in self.all:
            if span[0] > furthest:
                some, furthest = [span], span[1]
                continue
            if len(some) == 1:
                found.append(some)
            some.append(span)
            furthest = max(furthest, span[1])
        return found
