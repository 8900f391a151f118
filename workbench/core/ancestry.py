"""Who knows whom in a journal, kept small: entries by number, and only where one does not just follow the one before.

Nearly every entry follows the one written before it, so a journal of a million entries is some hundred runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence


class Ancestry:
    """Runs of entries with rising numbers, without gaps, each following the one before it."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        """The numbers with which runs begin, rising."""
        self._above: list[tuple[int, ...]] = []
        """What the first entry of each run follows."""
        self._rising = True
        """Does every entry follow smaller numbers only?"""

    def begin(self, number: int, parents: Sequence[int]) -> None:
        """A run begins with an entry that follows others than the one before it, whose numbers may be still to come."""
        self._firsts.append(number)
        self._above.append(tuple(parents))
        self._rising = self._rising and all(parent < number for parent in parents)

    def knows(self, one: int, other: int) -> bool:
        """Is `other` an ancestor of `one`?"""
        floor = other if self._rising else -1
        return other != one and any(first <= other <= last for first, last in self._runs(one, floor))

    def apart(self, last: int) -> Iterator[tuple[int, int]]:
        """Stretches of numbers, first and last, whose entries did not know all that came before; `last` of all."""
        heads: set[int] = set()
        begun: int | None = None
        for n, (first, above) in enumerate(zip(self._firsts, self._above, strict=True)):
            heads.difference_update(above)
            heads.add(self._firsts[n + 1] - 1 if n + 1 < len(self._firsts) else last)
            if len(heads) == 1 and begun is not None:
                yield begun, first - 1
            begun = None if len(heads) == 1 else first if begun is None else begun
        if begun is not None:
            yield begun, last

    def count(self, one: int) -> int:
        """How many ancestors an entry has."""
        furthest: dict[int, int] = {}
        for first, last in self._runs(one, -1):
            furthest[first] = max(furthest.get(first, last), last)
        return sum(last - first + 1 for first, last in furthest.items()) - 1

    def _runs(self, one: int, floor: int) -> Iterator[tuple[int, int]]:
        """The parts of runs, from their first number to a last one, that an entry and its ancestors make up.

        What lies below `floor` is left out.
        """
        reached: dict[int, int] = {}
        todo = [one]
        while todo:
            at = todo.pop()
            run = bisect_right(self._firsts, at) - 1
            before = reached.get(run)
            if at < floor or (before is not None and before >= at):
                continue
            reached[run] = at
            yield self._firsts[run], at
            if before is None:
                todo += self._above[run]
