"""Authority lists: names of persons, places and bodies that the documents may hold, with what is known of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.store import entrance, schema
from workbench.store.lacking import lacking

KINDS = ("person", "place", "body", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A name of a list."""

    name: str
    kind: str
    """One of KINDS."""
    note: str = ""
    source: str = ""
    """The list that it came with, by the name of its file."""


def replace(db: sqlite3.Connection, source: str, rows: Iterable[Authority]) -> int:
    """Put a list in place of the former one of the same source, within a write transaction; how many names it has."""
    remove(db, source)
    cursor = db.executemany(
        "INSERT OR REPLACE INTO authorities (name, kind, note, source) VALUES (?, ?, ?, ?)",
        ((row.name, row.kind, row.note, source) for row in rows),
    )
    return cursor.rowcount


def remove(db: sqlite3.Connection, source: str) -> int:
    """Take a list out; how many names it had."""
    return db.execute("DELETE FROM authorities WHERE source = ?", (source,)).rowcount


def every(db: sqlite3.Connection) -> list[Authority]:
    """All names, in order."""
    if not schema.has(db, "authorities"):
        return []
    rows = db.execute("SELECT name, kind, note, source FROM authorities ORDER BY name, kind")
    return [Authority(name=name, kind=kind, note=note, source=source) for name, kind, note, source in rows]


def copy(db: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Take over the names of another edition that are not here."""
    if schema.has(other, "authorities"):
        found = lacking(db, other, "authorities", ("name", "kind"), "note", "source")
        rows = entrance.typed("authorities", dict.fromkeys(("name", "kind", "note", "source"), str), found)
        db.executemany("INSERT INTO authorities (name, kind, note, source) VALUES (?, ?, ?, ?)", rows)
