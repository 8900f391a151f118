"""Reviews in the database: what was said of entries, and how large the batches are that they came in."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from workbench.core.entry import Entry
from workbench.store import entries


def of(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, list[Entry]]:
    """The effective reviews that name some entries, by entry, in the order of the journal."""
    found: dict[str, list[str]] = {}
    wanted = sorted(ids)
    for first in range(0, len(wanted), 500):
        part = wanted[first : first + 500]
        marks = ",".join("?" * len(part))
        # CROSS: from the few links on; SQLite would rather begin with all reviews that there are.
        rows = db.execute(
            "SELECT l.target, l.entry FROM links l CROSS JOIN entries e ON e.id = l.entry"
            " CROSS JOIN standing s ON s.seq = e.seq"
            f" WHERE l.target IN ({marks}) AND l.kind = 'targets' AND s.layer = 'review' AND s.effective = 1",
            part,
        )
        for target, entry in rows:
            found.setdefault(target, []).append(entry)
    known = {e.id: e for e in entries.select(db, {one for some in found.values() for one in some})}
    return {target: sorted((known[one] for one in some), key=lambda e: e.key) for target, some in found.items()}


def batch_sizes(db: sqlite3.Connection, batches: Collection[str]) -> dict[str, int]:
    """How many entries some batches have."""
    return {
        batch: int(db.execute("SELECT count(*) FROM standing WHERE batch = ?", (batch,)).fetchone()[0])
        for batch in batches
    }
