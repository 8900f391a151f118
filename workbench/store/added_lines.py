"""Added lines in the database: what persons put in where the machine read no line."""

from __future__ import annotations

import sqlite3

from workbench.core.added_lines import LAYER, AddedLine, fold_lines
from workbench.core.entry import Entry
from workbench.store import entries


def live_between(db: sqlite3.Connection, text: str, start: int, end: int, length: int) -> list[Entry]:
    """Live entries of the line layer that stand in `[start, end)`, or at the end of the text where `end` is its end."""
    return [
        e for e in entries.live_at(db, text, LAYER, start, end)
        if e.decision.start is not None and (e.decision.start < end or end == length)
    ]  # fmt: skip


def between(db: sqlite3.Connection, text: str, start: int, end: int, length: int) -> list[AddedLine]:
    """The added lines that stand there, in order."""
    return fold_lines(live_between(db, text, start, end, length))


def count(db: sqlite3.Connection, text: str, start: int, end: int, length: int) -> int:
    """How many they are."""
    query = (
        "SELECT count(DISTINCT coalesce(json_extract(e.data, '$.line'), e.id)) FROM standing s"
        " JOIN entries e ON e.seq = s.seq WHERE s.text = ?1 AND s.layer = 'line' AND s.live = 1"
        " AND s.start >= ?2 AND (s.start < ?3 OR ?3 = ?4) AND s.act != 'delete_line'"
    )
    return int(db.execute(query, (text, start, end, length)).fetchone()[0])
