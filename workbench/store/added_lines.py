"""Added lines in the database: what persons put in where the machine read no line."""

from __future__ import annotations

import sqlite3

from workbench.core.added_lines import LAYER, AddedLine, fold_lines
from workbench.core.documents import Stretch
from workbench.core.entry import Entry
from workbench.store import entries


def live_within(db: sqlite3.Connection, stretch: Stretch, length: int) -> list[Entry]:
    """Live entries of the line layer that a stretch holds; `length`: of its text, in code points."""
    found = entries.live_at(db, stretch.text, LAYER, stretch.start, stretch.end)
    return [e for e in found if stretch.holds(e.decision.span[0], length)]


def within(db: sqlite3.Connection, stretch: Stretch, length: int) -> list[AddedLine]:
    """The added lines that stand there, in order."""
    return fold_lines(live_within(db, stretch, length))


def count(db: sqlite3.Connection, stretch: Stretch, length: int) -> int:
    """How many they are."""
    query = (
        "SELECT count(DISTINCT coalesce(json_extract(e.data, '$.line'), e.id)) FROM standing s"
        " JOIN entries e ON e.seq = s.seq WHERE s.text = ?1 AND s.layer = 'line' AND s.live = 1"
        " AND s.start BETWEEN ?2 AND ?3 AND s.act != 'delete_line'"
    )
    return int(db.execute(query, (stretch.text, stretch.start, stretch.last(length))).fetchone()[0])
