"""The journal as JSON Lines and the union of two journals.

A journal file has a line a record: `{"person": …}`, then `{"entry": {"id", "parents", "lamport", "body"}}` in an order
that names parents first. The body is the string that was hashed, so ids can be derived again from the file alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.core import soundness
from workbench.core.entry import Entry, entry_id
from workbench.core.errors import RefusedError
from workbench.core.text import Text
from workbench.store import (
    authorities,
    entrance,
    entries,
    images,
    journal,
    people,
    projections,
    schema,
    texts,
    witnesses,
)
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
        except (ValueError, KeyError, TypeError, RecursionError) as error:
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
    if not all(isinstance(value, str) for value in person.values()) or not _is_list_of_words(person["aliases"]):
        raise TypeError("a person has an id, a name, a siglum, a role and a list of aliases")
    return person


def _is_list_of_words(words: str) -> bool:
    found = json.loads(words)
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _sound(eid: str, parents: Sequence[str], lamport: int, body: str) -> Entry:
    """An entry from elsewhere, its hash derived again, and every value looked at; raises RefusedError."""
    try:
        if entry_id(parents, body) != eid:
            raise RefusedError(f"entry {str(eid)[:12]} does not have the hash of its content")
        if not isinstance(lamport, int) or isinstance(lamport, bool):
            raise RefusedError(f"entry {eid[:12]} has no place in the order")
        opened = Entry.open(id=eid, parents=parents, lamport=lamport, body=body)
        soundness.check(body)
    except RefusedError as error:
        raise RefusedError(f"entry {str(eid)[:12]}: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(f"entry {str(eid)[:12]} cannot be read: {error}") from error
    return opened


def _misplaced(entry: Entry) -> str:
    return f"entry {entry.id[:12]} has a wrong place in the order"


def unite(db: sqlite3.Connection, persons: Iterable[dict[str, Any]], incoming: Iterable[Entry]) -> tuple[int, int]:
    """Take the union with other entries, within a write transaction; how many (persons, entries) were new.

    Raises RefusedError when an entry's parents are in neither journal, or its place in the order is wrong.
    """
    once = {entry.id: entry for entry in incoming}
    new = [e for e in sorted(once.values(), key=lambda e: e.key) if _lamport(db, e.id) is None]
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


Reread = Callable[[bytes, str, str, str], Text | None]
"""(bytes, name, reader, encoding) -> what this program reads there; None where it reads nothing."""


def merge(
    db: sqlite3.Connection, other: sqlite3.Connection, *, reread: Reread = lambda data, name, reader, encoding: None
) -> Merged:
    """Take the union with another database: transcripts, texts, persons, entries; in a write transaction of `db`.

    Costs what is new: the other journal is walked back from its heads to what is known here. Of what the other keeps
    for speed nothing is taken, and texts are read again from their bytes (`reread`) where the reader is the same.
    Raises RefusedError where it is another edition's, or what it brings is not sound; `db` then is as it was once the
    transaction is rolled back.
    """
    entrance.refuse_other_tables(other)
    _refuse_another_edition(db, other)
    transcripts = _copy_texts(db, other, reread)
    witnesses.copy(db, other)
    images.copy(db, other)
    authorities.copy(db, other)
    persons = list(_sound_persons(other))
    if transcripts:
        projections.rebuild_documents(db)
    added, new = unite(db, persons, _unknown(db, other))
    conflicts = db.execute("SELECT count(*) FROM conflicts").fetchone()[0]
    return Merged(entries=new, transcripts=transcripts, persons=added, conflicts=conflicts)


def _sound_persons(other: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for person in _persons(other):
        try:
            yield _person(person)
        except (ValueError, TypeError) as error:
            raise RefusedError(f"the other edition's person {person['id']!r:.40} cannot be read: {error}") from error


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
    last = other.execute("SELECT id FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    if last and last[0] not in todo:  # what was written last, nothing follows
        raise RefusedError("the heads of the other journal are not those of its entries")
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
        if not isinstance(parents, str) or not isinstance(body, bytes):
            raise RefusedError(f"the other journal's entry {entry_id[:12]} is none")
        yield _sound(entry_id, parents.split(), lamport, body.decode("utf-8", "surrogateescape"))
        todo += parents.split()


def _copy_texts(db: sqlite3.Connection, other: sqlite3.Connection, reread: Reread) -> int:
    """Take over the texts that are not here, with their transcripts; how many transcripts are new."""
    count = 0
    for sha, transcript, reader, version, encoding in lacking(
        db, other, "texts", ("sha256",), "transcript", "reader", "reader_version", "encoding"
    ):
        named, data, is_new = _copy_transcript(db, other, transcript)
        count += is_new
        text = reread(data, named, reader, encoding)
        if text is None or (text.sha, text.reader_version) != (sha, version):
            text = _whole_text(other, sha)
        texts.keep_text(db, transcript=transcript, text=text)
    return count


def _copy_transcript(db: sqlite3.Connection, other: sqlite3.Connection, sha: str) -> tuple[str, bytes, bool]:
    """Take over a transcript: its name, its bytes, and whether they are new here."""
    query = "SELECT name, bytes FROM transcripts WHERE sha256 = ?"
    if found := db.execute(query, (sha,)).fetchone():
        return *found, False
    row = other.execute(
        "SELECT sha256, name, size, bytes, added_at FROM transcripts WHERE sha256 = ?", (sha,)
    ).fetchone()
    if row is None or not isinstance(row[3], bytes) or hashlib.sha256(row[3]).hexdigest() != sha:
        named = str(sha)[:12] if row is None else row[1]
        raise RefusedError(f"the other edition's bytes of {named} are not those that were received")
    if not entrance.is_file_name(row[1]) or row[2] != len(row[3]) or not isinstance(row[4], str):
        raise RefusedError(f"the other edition's transcript {row[1]!r} is described as none can be")
    db.execute("INSERT INTO transcripts (sha256, name, size, bytes, added_at) VALUES (?, ?, ?, ?, ?)", row)
    return row[1], row[3], True


def _whole_text(other: sqlite3.Connection, sha: str) -> Text:
    """A text as the other edition keeps it, where it is not read again from its bytes."""
    try:
        whole = texts.whole_text(other, sha)
    except (ValueError, TypeError, KeyError) as error:
        raise RefusedError(f"the other edition's text {sha[:12]} cannot be read: {error}") from error
    if whole.sha != sha:
        raise RefusedError(f"the other edition's text {sha[:12]} is not the one that decisions refer to")
    return whole
