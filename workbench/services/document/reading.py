"""Reading: which lines of a document a person has read, marking one, and the way to the next unread one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.line_reading import vouched
from workbench.i18n import N_
from workbench.services.document.desk import Desk
from workbench.services.document.parts import Part
from workbench.services.persons import Person
from workbench.store import lines_of_text, read_lines, suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRead:
    """How far a document is read. Lines without a letter on them are not counted."""

    lines: int
    read: int


def mark_read(desk: Desk, row: int, person: Person) -> Entry:
    """Record that a person has read a line as it reads now; raises RefusedError for a line with nothing on it."""
    if desk.lines.added_at(row) is not None:
        raise RefusedError(N_("who added this line read it in the page: it counts as read"))
    if not can_be_read(desk, row):
        raise RefusedError(N_("there is nothing to read in this line"))
    return desk.record_at(person, *desk.line_span(row), act="read", hash=vouched(desk.line_reading(row)))


def can_be_read(desk: Desk, row: int) -> bool:
    """Is there anything on a raw line? Also where it was decided to read nothing: that can be vouched for."""
    if desk.lines.added_at(row) is not None:
        return False
    return bool(desk.line_reading(row).strip() or desk.raw(*desk.line_span(row)).strip())


def is_read(desk: Desk, row: int) -> bool:
    """Has a person read the line as it reads now?"""
    return desk.lines.rows(row, row + 1)[0].read


def left_open(desk: Desk, row: int) -> int:
    """Suggestions of a line that nobody has answered."""
    if desk.lines.added_at(row) is not None:
        return 0
    part = desk.lines.part_of(row)
    start, end = desk.lines.span(part, row)
    return len(suggestions.within(desk.edition.db, part.stretch.text, start, end))


def progress(desk: Desk) -> LinesRead:
    """Counts all lines of the document: not for the way of a key."""
    total = 0
    for part in desk.lines.parts:
        total += _written(part)
        total += lines_of_text.count_with_content(desk.edition.db, part.text_id, part.first_line, part.end_line)
    return LinesRead(lines=total, read=count_read(desk))


def count_read(desk: Desk) -> int:
    """How many lines are read; costs what they are, not what the document is."""
    return sum(
        _written(part) + read_lines.count_between(desk.edition.db, part.stretch.text, part.first_line, part.end_line)
        for part in desk.lines.parts
    )


def _written(part: Part) -> int:
    """Lines that persons added: who wrote one has read it."""
    return sum(1 for line in part.added if line.content.strip())


def next_unread(desk: Desk, row: int, *, backwards: bool = False) -> int | None:
    """The nearest row after (or before) one that has something on it and that nobody has read."""
    for part, low, high in _onward(desk, row, backwards):
        line = lines_of_text.unread(desk.edition.db, part.text_id, part.stretch.text, low, high, last_one=backwards)
        if line is not None:
            return part.row_of(line)
    return None


def next_line(desk: Desk, row: int) -> int | None:
    """The nearest row after one that has something on it."""
    for part, low, high in _onward(desk, row, False):
        line = lines_of_text.with_content(desk.edition.db, part.text_id, low, high)
        rows = [part.row_of(line)] if line is not None else []
        added = part.added_between(max(part.first_row, row + 1), part.end_row)
        rows += [r for r, one in added.items() if one.content.strip()]
        if rows:
            return min(rows)
    return None


def _onward(desk: Desk, row: int, backwards: bool) -> Iterator[tuple[Part, int, int]]:
    """Each part on the way with the raw lines, half open, that lie beyond the row."""
    if backwards:
        for part in reversed(desk.lines.parts):
            if part.first_row < row:
                yield part, part.first_line, part.line_from(row)
    else:
        for part in desk.lines.parts:
            if part.end_row > row + 1:
                yield part, part.line_from(row + 1), part.end_line


def unread_rows(desk: Desk) -> Iterator[int]:
    """Every row with something on it that nobody has read."""
    row = next_unread(desk, -1)
    while row is not None:
        yield row
        row = next_unread(desk, row)
