"""The journal as JSON Lines and the union of two journals.

A journal file has a line a record: `{"person": …}`, then `{"entry": {"id", "parents", "lamport", "body"}}` in an order
that names parents first. The body is the string that was hashed, so ids can be derived again from the file alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.core.entry import Entry, entry_id
from workbench.core.errors import RefusedError
from workbench.store import entries, journal, projections


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge brought."""

    entries: int
    transcripts: int
    persons: int
    conflicts: int
    """Conflicts that stand in the union."""


def export_lines(db: sqlite3.Connection) -> Iterator[str]:
    """The journal as lines of JSON, parents first."""
    for row in db.execute("SELECT id, name, siglum, role, aliases FROM persons ORDER BY id"):
        person = dict(zip(("id", "name", "siglum", "role", "aliases"), row, strict=True))
        yield json.dumps({"person": person}, ensure_ascii=False, sort_keys=True)
    rows = db.execute("SELECT id, parents, lamport, body FROM entries ORDER BY lamport, id")
    for eid, parents, lamport, body in rows:
        record = {"id": eid, "parents": parents.split(), "lamport": lamport, "body": body}
        yield json.dumps({"entry": record}, ensure_ascii=False, sort_keys=True)


def read_lines(lines: Iterable[str]) -> tuple[list[dict[str, Any]], list[Entry]]:
    """Persons and entries of a journal file; raises RefusedError naming the line that is not sound."""
    persons: list[dict[str, Any]] = []
    found: list[Entry] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if "person" in record:
                persons.append(record["person"])
                continue
            raw = record["entry"]
            entry = Entry.open(id=raw["id"], parents=raw["parents"], lamport=raw["lamport"], body=raw["body"])
        except (ValueError, KeyError, TypeError) as error:
            raise RefusedError(f"line {number} of the journal file is no record: {error}") from error
        if entry_id(entry.parents, entry.body) != entry.id:
            raise RefusedError(f"line {number}: entry {entry.id[:12]} does not have the hash of its content")
        found.append(entry)
    return persons, found


def unite(db: sqlite3.Connection, persons: Iterable[dict[str, Any]], incoming: Iterable[Entry]) -> tuple[int, int]:
    """Take the union with other entries, within a write transaction; how many (persons, entries) were new.

    Raises RefusedError when an entry's parents are in neither journal, or its place in the order is wrong.
    """
    here = {row[0]: row[1] for row in db.execute("SELECT id, lamport FROM entries")}
    new = [e for e in sorted(incoming, key=lambda e: e.key) if e.id not in here]
    for entry in new:
        if lacking := [p for p in entry.parents if p not in here]:
            raise RefusedError(f"entry {entry.id[:12]} follows {lacking[0][:12]}, which is in neither journal")
        if entry.lamport != 1 + max((here[p] for p in entry.parents), default=0):
            raise RefusedError(f"entry {entry.id[:12]} has a wrong place in the order")
        here[entry.id] = entry.lamport
        journal.insert(db, entry)
    added = 0
    for person in persons:
        cursor = db.execute(
            "INSERT INTO persons (id, name, siglum, role, aliases) VALUES (:id, :name, :siglum, :role, :aliases)"
            " ON CONFLICT (id) DO NOTHING",
            person,
        )
        added += cursor.rowcount
    if new:
        db.execute("INSERT INTO edition (key, value) VALUES ('merged', '1') ON CONFLICT (key) DO NOTHING")
        projections.rebuild(db)
    return added, len(new)


def merge(db: sqlite3.Connection, other: sqlite3.Connection) -> Merged:
    """Take the union with another database: transcripts, texts, persons, entries; in a write transaction of `db`."""
    transcripts = _copy_texts(db, other)
    columns = ("id", "name", "siglum", "role", "aliases")
    persons = [
        dict(zip(columns, row, strict=True)) for row in other.execute(f"SELECT {', '.join(columns)} FROM persons")
    ]
    incoming = list(entries.every(other))
    for entry in incoming:
        if entry_id(entry.parents, entry.body) != entry.id:
            raise RefusedError(f"entry {entry.id[:12]} of the other journal does not have the hash of its content")
    added, new = unite(db, persons, incoming)
    if transcripts and not new:
        projections.rebuild_documents(db)
    conflicts = db.execute("SELECT count(*) FROM conflicts").fetchone()[0]
    return Merged(entries=new, transcripts=transcripts, persons=added, conflicts=conflicts)


def _copy_texts(db: sqlite3.Connection, other: sqlite3.Connection) -> int:
    known = {sha for (sha,) in db.execute("SELECT sha256 FROM transcripts")}
    count = 0
    for row in other.execute("SELECT sha256, name, size, bytes, added_at FROM transcripts").fetchall():
        if row[0] in known:
            continue
        db.execute("INSERT INTO transcripts (sha256, name, size, bytes, added_at) VALUES (?, ?, ?, ?, ?)", row)
        count += 1
    columns = (
        "sha256, transcript, reader, reader_version, encoding, newline, length, line_count, page_starts, page_names,"
        " renditions, notices"
    )
    have = {sha for (sha,) in db.execute("SELECT sha256 FROM texts")}
    for text in other.execute(f"SELECT id, {columns} FROM texts").fetchall():
        if text[1] in have:
            continue
        marks = ", ".join("?" * (len(text) - 1))
        text_id = db.execute(f"INSERT INTO texts ({columns}) VALUES ({marks})", text[1:]).lastrowid
        lines = other.execute("SELECT line, start, content FROM lines WHERE text_id = ?", (text[0],))
        db.executemany("INSERT INTO lines (text_id, line, start, content) VALUES (?, ?, ?, ?)",
                       ((text_id, *line) for line in lines))  # fmt: skip
        marks_rows = other.execute("SELECT start, end_, kind, replacement FROM markup WHERE text_id = ?", (text[0],))
        db.executemany("INSERT INTO markup (text_id, start, end_, kind, replacement) VALUES (?, ?, ?, ?, ?)",
                       ((text_id, *mark) for mark in marks_rows))  # fmt: skip
    return count
