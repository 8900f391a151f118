"""Rows of a document by number: which are raw lines, which are lines that persons added, and where each stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from workbench.core.added_lines import AddedLine
from workbench.core.documents import Stretch


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch with the rows it gives: its raw lines, and the added lines between them."""

    stretch: Stretch
    text_id: int
    first_line: int
    """Index in the text, from 0, of the line that its first row shows, or would show."""
    first_row: int
    lines: int
    """How many raw lines it has."""
    length: int
    """Of the text that the stretch is of, in code points."""
    added: tuple[AddedLine, ...] = ()
    """In order."""
    before: tuple[int, ...] = ()
    """Of each added line the index of the raw line that it stands before; one beyond the last for those at the end."""
    _rows: tuple[int, ...] = field(init=False, repr=False)
    """Of each added line its row within the part."""
    _by_id: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows = tuple(line - self.first_line + n for n, line in enumerate(self.before))
        object.__setattr__(self, "_rows", rows)
        by_id = {one.id: self.first_row + row for one, row in zip(self.added, rows, strict=True)}
        object.__setattr__(self, "_by_id", by_id)

    @property
    def rows(self) -> int:
        return self.lines + len(self.added)

    @property
    def end_row(self) -> int:
        return self.first_row + self.rows

    @property
    def end_line(self) -> int:
        return self.first_line + self.lines

    def added_at(self, row: int) -> AddedLine | None:
        """The added line of a row; None where the row shows a raw line."""
        at = bisect_left(self._rows, row - self.first_row)
        return self.added[at] if at < len(self._rows) and self._rows[at] == row - self.first_row else None

    def line_from(self, row: int) -> int:
        """Index of the first raw line that is shown in a row or after it."""
        row = min(max(row - self.first_row, 0), self.rows)
        return self.first_line + row - bisect_left(self._rows, row)

    def row_of(self, line: int) -> int:
        """The row that shows a raw line of this part, by its index in the text."""
        return self.first_row + line - self.first_line + bisect_right(self.before, line)

    def row_of_added(self, name: str) -> int | None:
        """The row of an added line, by its id."""
        return self._by_id.get(name)

    def nth(self, line: AddedLine) -> int:
        """How many added lines stand before one at its place."""
        first = bisect_left(self.added, line.at, key=lambda one: one.at)
        return bisect_left(self._rows, self._by_id[line.id] - self.first_row) - first

    def added_between(self, low: int, high: int) -> dict[int, AddedLine]:
        """The added lines of the rows `[low, high)`, by row."""
        first, last = (bisect_left(self._rows, row - self.first_row) for row in (low, high))
        return {self.first_row + self._rows[n]: self.added[n] for n in range(first, last)}

    def number(self, row: int) -> int | None:
        """Number of a row's line in its transcript, from 1; None for a line added to a text that has lines itself."""
        if self.added_at(row) is None:
            return self.line_from(row) + 1
        return None if self.lines else row - self.first_row + 1
