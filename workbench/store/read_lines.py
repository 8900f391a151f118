"""Which lines a person has read, as they stand: a projection of the read marks and of all that changes a line.

A read mark vouches for one reading of its line; a later change makes the line unread, taking the change back makes it
read again.
"""

from __future__ import annotations

import sqlite3

from workbench.core.entry import Entry
from workbench.core.line_reading import line_reading, vouched
from workbench.core.pieces import replay
from workbench.store import entries, schema, texts


def widened(
    db: sqlite3.Connection, text: str, low: int, high: int, bounds: tuple[int, int]
) -> tuple[int, int, list[Entry]]:
    """A span widened until it cuts no live text decision, within bounds, and the decisions that meet it."""
    while True:
        live = entries.live_at(db, text, "text", low, high)
        starts, ends = zip((low, high), *(e.decision.span for e in live), strict=True)
        wider_low, wider_high = max(bounds[0], min(starts)), min(bounds[1], max(ends))
        if (wider_low, wider_high) == (low, high):
            return low, high, live
        low, high = wider_low, wider_high


def reading_of(db: sqlite3.Connection, row: texts.TextRow, start: int, end: int) -> str:
    """The reading of the raw line `[start, end)`, its line end left out."""
    low, high, live = widened(db, row.sha, start, end, (0, row.length))
    pieces = replay(texts.fragment(db, row.id, low, high), live, in_conflict=entries.in_conflict(db))
    return line_reading(pieces, start, end)[0]


def refresh(db: sqlite3.Connection, entry: Entry) -> None:
    """See anew which lines are read where an entry, standing or no longer, touches the text."""
    d = entry.decision
    if d.layer not in ("text", "read") or d.place is None:
        return
    text, start, end = d.place
    marks = entries.live_at(db, text, "read", start, end)
    if d.layer == "text" and not marks:
        return  # nobody vouches for anything there
    if not texts.has(db, text):
        return  # a bundle has the whole journal, and the texts of some documents
    row = texts.text_row(db, text)
    first, last = texts.line_of(db, row.id, start), texts.line_of(db, row.id, end)
    begin = next(iter(texts.line_starts(db, row.id, first, first + 1)), start)
    beyond = next(iter(texts.line_starts(db, row.id, last + 1, last + 2)), row.length)
    db.execute("DELETE FROM read_lines WHERE text = ? AND line BETWEEN ? AND ?", (text, first, last))
    for mark in entries.live_at(db, text, "read", begin, beyond):  # the whole of each line, not where it is touched
        _mark(db, row, mark)


def rebuild(db: sqlite3.Connection) -> None:
    """See anew which lines are read, everywhere."""
    db.execute("DELETE FROM read_lines")
    for mark in entries.live(db, "read"):
        if mark.decision.text is not None and texts.has(db, mark.decision.text):
            _mark(db, texts.text_row(db, mark.decision.text), mark)


def _mark(db: sqlite3.Connection, row: texts.TextRow, mark: Entry) -> None:
    start, end = mark.decision.span
    if vouched(reading_of(db, row, start, end)) == mark.decision.data["hash"]:
        db.execute(
            "INSERT OR REPLACE INTO read_lines (text, line, entry) VALUES (?, ?, ?)",
            (row.sha, texts.line_of(db, row.id, start), mark.id),
        )


def read_between(db: sqlite3.Connection, text: str, first: int, last: int) -> frozenset[int]:
    """The lines `[first, last)` of a text that are read; none where the edition has no table of them yet."""
    if not schema.has(db, "read_lines"):
        return frozenset()
    rows = db.execute("SELECT line FROM read_lines WHERE text = ? AND line >= ? AND line < ?", (text, first, last))
    return frozenset(line for (line,) in rows)


def count_between(db: sqlite3.Connection, text: str, first: int, last: int) -> int:
    """How many of the lines `[first, last)` are read."""
    if not schema.has(db, "read_lines"):
        return 0
    query = "SELECT count(*) FROM read_lines WHERE text = ? AND line >= ? AND line < ?"
    return int(db.execute(query, (text, first, last)).fetchone()[0])
