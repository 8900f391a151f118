"""An edition of some texts only: the whole journal, which cannot be cut, with what belongs to those texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from workbench.store import projections
from workbench.store.connection import writing

_BY_ID = ("lines", "markup", "confidences", "scans", "boxes")
_BY_SHA = ("witnesses", "images", "suggestions", "runs", "read_lines")


def keep_only(db: sqlite3.Connection, shas: Collection[str]) -> list[tuple[str, bytes]]:
    """Take out of a copy what belongs to other texts; the transcripts that stay, as (name, bytes)."""
    with writing(db):
        gone = [
            (text_id, sha) for text_id, sha in db.execute("SELECT id, sha256 FROM texts").fetchall() if sha not in shas
        ]
        for table in _BY_SHA:
            db.executemany(f"DELETE FROM {table} WHERE text = ?", ((sha,) for _, sha in gone))
        for table in _BY_ID:
            db.executemany(f"DELETE FROM {table} WHERE text_id = ?", ((text_id,) for text_id, _ in gone))
        db.executemany("DELETE FROM texts WHERE id = ?", ((text_id,) for text_id, _ in gone))
        db.execute("DELETE FROM transcripts WHERE sha256 NOT IN (SELECT transcript FROM texts)")
        db.execute("INSERT OR REPLACE INTO edition (key, value) VALUES ('bundle', ?)", (str(len(shas)),))
        projections.rebuild_documents(db)
        kept = db.execute("SELECT name, bytes FROM transcripts ORDER BY name").fetchall()
    db.execute("VACUUM")
    return kept
