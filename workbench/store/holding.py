"""Which document holds a place of a text, as SQL asks it. The rule is that of `core.documents.Stretch.last`."""

from __future__ import annotations

import sqlite3


def held(place: str) -> str:
    """SQL: the stretch `h` of the text `t` holds an offset of it. An index that has the offset can be used."""
    return f"{place} BETWEEN h.start AND h.end_ - (h.end_ < t.length)"


def document_of(db: sqlite3.Connection, text: str, offset: int) -> str | None:
    """Id of the document that holds a place of a text; None where none does."""
    row = db.execute(
        f"SELECT h.document FROM stretches h JOIN texts t ON t.sha256 = h.text WHERE h.text = ? AND {held('?')}"
        " ORDER BY h.start DESC LIMIT 1",
        (text, offset),
    ).fetchone()
    return row[0] if row else None
