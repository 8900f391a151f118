"""Reviews in the database: what was said of entries, and how large the batches are that they came in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from workbench.core.entry import Entry
from workbench.store import entries, holding


def of(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, list[Entry]]:
    """The effective reviews that name some entries, by entry, in the order of the journal."""
    # CROSS: from the few links on; SQLite would rather begin with all reviews that there are.
    query = (
        "SELECT l.target, l.entry FROM links l CROSS JOIN entries e ON e.id = l.entry"
        " CROSS JOIN standing s ON s.seq = e.seq WHERE l.target IN (SELECT value FROM json_each(?))"
        " AND l.kind = 'targets' AND s.layer = 'review' AND s.effective = 1"
    )
    found: dict[str, list[str]] = {}
    for target, entry in db.execute(query, (json.dumps(list(ids)),)):
        found.setdefault(target, []).append(entry)
    known = {e.id: e for e in entries.select(db, {one for some in found.values() for one in some})}
    return {target: sorted((known[one] for one in some), key=lambda e: e.key) for target, some in found.items()}


def batch_sizes(db: sqlite3.Connection, batches: Collection[str]) -> dict[str, int]:
    """How many entries some batches have."""
    return {
        batch: int(db.execute("SELECT count(*) FROM standing WHERE batch = ?", (batch,)).fetchone()[0])
        for batch in batches
    }


def touched(db: sqlite3.Connection, since: int, also: Collection[str] = ()) -> list[tuple[str, int, str, bool]]:
    """What was written after an entry, by its number, and what that speaks of, takes back or replaces, and so on.

    As (id, number, act, is it live?). `also`: ids of further entries.
    """
    query = (
        "WITH RECURSIVE t (id) AS (SELECT id FROM entries WHERE seq > ? UNION SELECT value FROM json_each(?)"
        " UNION SELECT l.target FROM t JOIN links l ON l.entry = t.id)"
        " SELECT t.id, s.seq, s.act, s.live FROM t JOIN entries e ON e.id = t.id JOIN standing s ON s.seq = e.seq"
    )
    return [(i, seq, act, bool(live)) for i, seq, act, live in db.execute(query, (since, json.dumps(list(also))))]


def first_in(db: sqlite3.Connection, entry: str, document: str) -> str | None:
    """The first of what an entry speaks of or takes back that lies in a document, by place."""
    row = db.execute(
        "SELECT l.target FROM links l CROSS JOIN entries e ON e.id = l.target CROSS JOIN standing s ON s.seq = e.seq"
        " JOIN texts t ON t.sha256 = s.text"
        f" JOIN stretches h ON h.text = s.text AND {holding.held('s.start')}"
        " WHERE l.entry = ? AND l.kind = 'targets' AND h.document = ? ORDER BY h.position, s.start, l.target LIMIT 1",
        (entry, document),
    ).fetchone()
    return row[0] if row else None
