"""Reading: which lines of a document a person has read, marking one, and the way to the next unread one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.line_reading import vouched
from workbench.services.desk import Desk
from workbench.services.lines import Part
from workbench.services.persons import Person
from workbench.store import lines_of_text, read_lines, suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRead:
    """How far a document is read. Lines without a letter on them are not counted."""

    lines: int
    read: int


def mark_read(desk: Desk, row: int, person: Person) -> Entry:
    """Record that a person has read a line as it reads now; raises RefusedError for a line with nothing on it."""
    reading = desk.line_reading(row)
    if not reading.strip():
        raise RefusedError("there is nothing to read in this line")
    return desk.record_at(person, *desk.line_span(row), act="read", hash=vouched(reading))


def left_open(desk: Desk, row: int) -> int:
    """Suggestions of a line that nobody has answered."""
    part = desk.lines.part_of(row)
    ((start, end),) = desk.lines.spans(part, row, row + 1)
    return len(suggestions.within(desk.edition.db, part.stretch.text, start, end))


def progress(desk: Desk) -> LinesRead:
    """Counts all lines of the document: not for the way of a key."""
    total = read = 0
    for part in desk.lines.parts:
        first, last = part.first_line, part.first_line + part.rows
        total += lines_of_text.count_with_content(desk.edition.db, part.text_id, first, last)
        read += read_lines.count_between(desk.edition.db, part.stretch.text, first, last)
    return LinesRead(lines=total, read=read)


def next_unread(desk: Desk, row: int, *, backwards: bool = False) -> int | None:
    """The nearest row after (or before) one that has something on it and that nobody has read."""
    for part in _onward(desk, row, backwards):
        first, last = part.first_line, part.first_line + part.rows
        at = part.first_line + row - part.first_row
        low, high = (first, min(at, last)) if backwards else (max(at + 1, first), last)
        line = lines_of_text.unread(desk.edition.db, part.text_id, part.stretch.text, low, high, last_one=backwards)
        if line is not None:
            return part.first_row + line - part.first_line
    return None


def next_line(desk: Desk, row: int, *, backwards: bool = False) -> int | None:
    """The nearest row after (or before) one that has something on it."""
    for part in _onward(desk, row, backwards):
        first, last = part.first_line, part.first_line + part.rows
        at = part.first_line + row - part.first_row
        low, high = (first, min(at, last)) if backwards else (max(at + 1, first), last)
        line = lines_of_text.with_content(desk.edition.db, part.text_id, low, high, last_one=backwards)
        if line is not None:
            return part.first_row + line - part.first_line
    return None


def _onward(desk: Desk, row: int, backwards: bool) -> Iterator[Part]:
    parts = desk.lines.parts
    if backwards:
        yield from (p for p in reversed(parts) if p.first_row < row)
    else:
        yield from (p for p in parts if p.first_row + p.rows > row + 1)


def unread_rows(desk: Desk) -> Iterator[int]:
    """Every row with something on it that nobody has read."""
    row = next_unread(desk, -1)
    while row is not None:
        yield row
        row = next_unread(desk, row)
