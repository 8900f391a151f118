"""The journal as JSON Lines and the union of two journals.

A journal file has a line a record: `{"person": …}`, then `{"entry": {"id", "parents", "lamport", "body"}}` in an order
that names parents first. The body is the string that was hashed, so ids can be derived again from the file alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.core.entry import Entry, entry_id
from workbench.core.errors import RefusedError
from workbench.store import authorities, entries, images, journal, people, projections, schema, texts, witnesses
from workbench.store.lacking import lacking

_PERSON = ("id", "name", "siglum", "role", "aliases")


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
    for person in _persons(db):
        yield json.dumps({"person": person}, ensure_ascii=False, sort_keys=True)
    rows = db.execute("SELECT id, parents, lamport, body FROM entries ORDER BY lamport, id")
    for eid, parents, lamport, body in rows:
        record = {"id": eid, "parents": parents.split(), "lamport": lamport, "body": body}
        yield json.dumps({"entry": record}, ensure_ascii=False, sort_keys=True)


def _persons(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The persons as records; `same_as` only of one who turned out to be another."""
    same = "same_as" if schema.has_column(db, "persons", "same_as") else "''"
    for *row, other in db.execute(f"SELECT {', '.join(_PERSON)}, {same} FROM persons ORDER BY id"):
        yield dict(zip(_PERSON, row, strict=True)) | ({"same_as": other} if other else {})


def read_lines(lines: Iterable[str]) -> tuple[list[dict[str, Any]], list[Entry]]:
    """Persons and entries of a journal file; raises RefusedError naming the line that is not sound."""
    persons: list[dict[str, Any]] = []
    found: dict[int, Entry] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if "person" in record:
                persons.append(_person(record["person"]))
                continue
            raw = record["entry"]
            found[number] = _sound(raw["id"], raw["parents"], raw["lamport"], raw["body"])
        except RefusedError as error:
            raise RefusedError(f"line {number} of the journal file: {error}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise RefusedError(f"line {number} of the journal file is no record: {error}") from error
    lamports = {entry.id: entry.lamport for entry in found.values()}
    for number, entry in found.items():
        # Where a parent is not in the file the journal that takes the entry in looks at its place.
        above = [lamports.get(parent) for parent in entry.parents]
        if None not in above and entry.lamport != 1 + max((n for n in above if n is not None), default=0):
            raise RefusedError(f"line {number} of the journal file: {_misplaced(entry)}")
    return persons, list(found.values())


def _person(record: dict[str, Any]) -> dict[str, Any]:
    person = {name: record[name] for name in _PERSON} | {"same_as": record.get("same_as", "")}
    if not all(isinstance(value, str) for value in person.values()) or not isinstance(
        json.loads(person["aliases"]), list
    ):
        raise TypeError("a person has an id, a name, a siglum, a role and a list of aliases")
    return person


def _sound(eid: str, parents: Sequence[str], lamport: int, body: str) -> Entry:
    """An entry from elsewhere, its hash derived again; raises RefusedError."""
    try:
        if entry_id(parents, body) != eid:
            raise RefusedError(f"entry {str(eid)[:12]} does not have the hash of its content")
        if not isinstance(lamport, int):
            raise RefusedError(f"entry {eid[:12]} has no place in the order")
        return Entry.open(id=eid, parents=parents, lamport=lamport, body=body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(f"entry {str(eid)[:12]} cannot be read: {error}") from error


def _misplaced(entry: Entry) -> str:
    return f"entry {entry.id[:12]} has a wrong place in the order"


def unite(db: sqlite3.Connection, persons: Iterable[dict[str, Any]], incoming: Iterable[Entry]) -> tuple[int, int]:
    """Take the union with other entries, within a write transaction; how many (persons, entries) were new.

    Raises RefusedError when an entry's parents are in neither journal, or its place in the order is wrong.
    """
    new = [e for e in sorted(incoming, key=lambda e: e.key) if _lamport(db, e.id) is None]
    heads = set(entries.heads(db))
    for entry in new:
        above = {parent: _lamport(db, parent) for parent in entry.parents}
        if orphaned := next((parent for parent, lamport in above.items() if lamport is None), None):
            raise RefusedError(f"entry {entry.id[:12]} follows {orphaned[:12]}, which is in neither journal")
        if entry.lamport != 1 + max((n for n in above.values() if n is not None), default=0):
            raise RefusedError(_misplaced(entry))
        seq = journal.insert(db, entry)
        heads = heads - set(entry.parents) | {entry.id}
        if len(heads) > 1:
            projections.came_by_merge(db, seq)
    db.execute("DELETE FROM heads")
    db.executemany("INSERT INTO heads (entry) VALUES (?)", ((head,) for head in heads))
    added = people.unite(db, persons)
    if new:
        projections.recompute(db, [e.id for e in new])
    return added, len(new)


def _lamport(db: sqlite3.Connection, entry: str) -> int | None:
    row = db.execute("SELECT lamport FROM entries WHERE id = ?", (entry,)).fetchone()
    return row[0] if row else None


def merge(db: sqlite3.Connection, other: sqlite3.Connection) -> Merged:
    """Take the union with another database: transcripts, texts, persons, entries; in a write transaction of `db`.

    Costs what is new: the other journal is walked back from its heads to what is known here. Raises RefusedError where
    it is another edition's, or what it brings is not sound; `db` then is as it was once the transaction is rolled back.
    """
    _refuse_another_edition(db, other)
    transcripts = _copy_texts(db, other)
    witnesses.copy(db, other)
    images.copy(db, other)
    authorities.copy(db, other)
    persons = list(_persons(other))
    if transcripts:
        projections.rebuild_documents(db)
    added, new = unite(db, persons, _unknown(db, other))
    conflicts = db.execute("SELECT count(*) FROM conflicts").fetchone()[0]
    return Merged(entries=new, transcripts=transcripts, persons=added, conflicts=conflicts)


def _refuse_another_edition(db: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Refuse where both have a history, and nothing in them is the same. Who has none yet takes any."""
    own, theirs = (c.execute("SELECT value FROM edition WHERE key = 'id'").fetchone() for c in (db, other))
    if own == theirs:
        return
    roots = [root for (root,) in other.execute("SELECT id FROM entries WHERE lamport = 1")]
    if roots and db.execute("SELECT 1 FROM entries LIMIT 1").fetchone() and not any(_lamport(db, r) for r in roots):
        raise RefusedError("this is another edition: nothing was recorded that both have")


def _unknown(db: sqlite3.Connection, other: sqlite3.Connection) -> Iterator[Entry]:
    """The entries of another journal that are not here, their hashes derived again."""
    todo = [head for (head,) in other.execute("SELECT entry FROM heads")]
    seen: set[str] = set()
    while todo:
        entry_id = todo.pop()
        if entry_id in seen or _lamport(db, entry_id) is not None:
            continue
        seen.add(entry_id)
        query = "SELECT parents, lamport, CAST(body AS BLOB) FROM entries WHERE id = ?"
        row = other.execute(query, (entry_id,)).fetchone()
        if row is None:
            raise RefusedError(f"the other journal lacks the entry {entry_id[:12]}, which others there follow")
        parents, lamport, body = row
        yield _sound(entry_id, parents.split(), lamport, body.decode("utf-8", "surrogateescape"))
        todo += parents.split()


def _copy_texts(db: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """Take over the texts that are not here, with their transcripts; how many transcripts are new."""
    count = 0
    for sha, transcript in lacking(db, other, "texts", ("sha256",), "transcript"):
        whole = texts.whole_text(other, sha)
        if whole.sha != sha:
            raise RefusedError(f"the other edition's text {sha[:12]} is not the one that decisions refer to")
        count += _copy_transcript(db, other, transcript)
        texts.keep_text(db, transcript=transcript, text=whole)
    return count


def _copy_transcript(db: sqlite3.Connection, other: sqlite3.Connection, sha: str) -> bool:
    """Take over a transcript; False if its bytes are here already."""
    if db.execute("SELECT 1 FROM transcripts WHERE sha256 = ?", (sha,)).fetchone():
        return False
    query = "SELECT sha256, name, size, bytes, added_at FROM transcripts WHERE sha256 = ?"
    row = other.execute(query, (sha,)).fetchone()
    if row is None or hashlib.sha256(row[3]).hexdigest() != sha:
        named = sha[:12] if row is None else row[1]
        raise RefusedError(f"the other edition's bytes of {named} are not those that were received")
    db.execute("INSERT INTO transcripts (sha256, name, size, bytes, added_at) VALUES (?, ?, ?, ?, ?)", row)
    return True
