"""Questions about the lines of a text that SQLite answers without reading the text into memory."""

from __future__ import annotations

import sqlite3

from workbench.store import schema

_BLANKS = " \t\r\n\f\v\u00a0"


def count_with_content(db: sqlite3.Connection, text_id: int, first: int, last: int) -> int:
    """How many of the lines `[first, last)` have anything but blanks on them."""
    query = "SELECT count(*) FROM lines WHERE text_id = ? AND line >= ? AND line < ? AND trim(content, ?) != ''"
    return int(db.execute(query, (text_id, first, last, _BLANKS)).fetchone()[0])


def with_content(db: sqlite3.Connection, text_id: int, first: int, last: int, *, last_one: bool = False) -> int | None:
    """The first (or last) of the lines `[first, last)` with anything but blanks on it."""
    query = "SELECT line FROM lines WHERE text_id = ? AND line >= ? AND line < ? AND trim(content, ?) != ''"
    return _one(db, query, (text_id, first, last, _BLANKS), last_one)


def unread(
    db: sqlite3.Connection, text_id: int, text: str, first: int, last: int, *, last_one: bool = False
) -> int | None:
    """The first (or last) such line that no valid read mark vouches for."""
    if not schema.has(db, "read_lines"):
        return with_content(db, text_id, first, last, last_one=last_one)
    query = (
        "SELECT line FROM lines l WHERE text_id = ? AND line >= ? AND line < ? AND trim(content, ?) != ''"
        " AND NOT EXISTS (SELECT 1 FROM read_lines r WHERE r.text = ? AND r.line = l.line)"
    )
    return _one(db, query, (text_id, first, last, _BLANKS, text), last_one)


def _one(db: sqlite3.Connection, query: str, bounds: tuple[object, ...], last_one: bool) -> int | None:
    row = db.execute(f"{query} ORDER BY line {'DESC' if last_one else 'ASC'} LIMIT 1", bounds).fetchone()
    return row[0] if row else None
