"""Reading the journal from the database: by id, by place, by layer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from workbench.core.entry import Entry
from workbench.core.errors import RefusedError

if TYPE_CHECKING:
    from workbench.core.history import History

_COLUMNS = "e.id, e.parents, e.lamport, e.body"


def _entry(row: Sequence[object]) -> Entry:
    entry_id, parents, lamport, body = row
    assert isinstance(lamport, int)
    return Entry.open(id=str(entry_id), parents=str(parents).split(), lamport=lamport, body=str(body))


def every(db: sqlite3.Connection) -> Iterator[Entry]:
    """All entries in the order they were written here."""
    return map(_entry, db.execute(f"SELECT {_COLUMNS} FROM entries e ORDER BY e.seq"))


def last_seq(db: sqlite3.Connection) -> int:
    """The number of the entry that was written here last, 0 for none."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()[0])


def since(db: sqlite3.Connection, seq: int) -> Iterator[Entry]:
    """The entries written here after one, by its number."""
    yield from map(_entry, db.execute(f"SELECT {_COLUMNS} FROM entries e WHERE e.seq > ? ORDER BY e.seq", (seq,)))


def select(db: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Entry]:
    """The entries of some ids, in no order; unknown ids are passed over."""
    wanted = list(ids)
    for first in range(0, len(wanted), 500):
        part = wanted[first : first + 500]
        marks = ",".join("?" * len(part))
        yield from map(_entry, db.execute(f"SELECT {_COLUMNS} FROM entries e WHERE e.id IN ({marks})", part))


def linked(db: sqlite3.Connection, entry: str, kind: str, most: int) -> list[Entry]:
    """The first entries that one supersedes or targets (`kind`), in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM links l JOIN entries e ON e.id = l.target WHERE l.entry = ? AND l.kind = ?"
        " ORDER BY e.lamport, e.id LIMIT ?",
        (entry, kind, most),
    )
    return [_entry(r) for r in rows]


def numbered(db: sqlite3.Connection, seqs: Iterable[int]) -> Iterator[Entry]:
    """The entries of some numbers, in no order."""
    yield from map(
        _entry,
        db.execute(f"SELECT {_COLUMNS} FROM entries e WHERE e.seq IN (SELECT value FROM json_each(?))",
                   (json.dumps(list(seqs)),)),
    )  # fmt: skip


def one(db: sqlite3.Connection, prefix: str) -> Entry:
    """The one entry whose id begins with a prefix."""
    upper = prefix + "g"
    rows = db.execute(f"SELECT {_COLUMNS} FROM entries e WHERE e.id >= ? AND e.id < ? LIMIT 2", (prefix, upper))
    found = rows.fetchall()
    if len(found) != 1:
        raise RefusedError(f"{prefix!r} names {'no entry' if not found else 'more than one entry'}")
    return _entry(found[0])


def origin(db: sqlite3.Connection, entry: Entry) -> Entry:
    """The entry itself, or the decision about an older text of the page that it goes on from.

    A question put where a decision could not be carried is not that decision.
    """
    while (before := entry.decision.carried_from) is not None:
        found = next(select(db, [before]), None)
        if found is None or (entry.decision.act == "check" != found.decision.act):
            break
        entry = found
    return entry


def carried(db: sqlite3.Connection) -> dict[str, str]:
    """Who decided what somebody carried over to a new text: ids of persons, by entry."""
    query = (
        f"SELECT {_COLUMNS} FROM entries e WHERE e.batch IN (SELECT r.batch FROM standing s JOIN entries r"
        " ON r.id = s.entry WHERE s.layer = 'document' AND r.act = 'rebase')"
    )
    found = map(_entry, db.execute(query).fetchall())
    return {e.id: origin(db, e).person for e in found if e.decision.carried_from is not None}


def history(db: sqlite3.Connection) -> History:
    """The whole journal as a value."""
    from workbench.core.history import History

    return History(every(db))


def heads(db: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(head for (head,) in db.execute("SELECT entry FROM heads ORDER BY entry"))


def knows(db: sqlite3.Connection, one: str, other: str) -> bool:
    """Is `other` an ancestor of `one`? Walks back no further than the other's lamport number."""
    row = db.execute("SELECT lamport FROM entries WHERE id = ?", (other,)).fetchone()
    if row is None:
        return False
    floor, seen, todo = row[0], set[str](), [one]
    while todo:
        found = db.execute("SELECT parents, lamport FROM entries WHERE id = ?", (todo.pop(),)).fetchone()
        if found is None or found[1] <= floor:
            continue
        for parent in found[0].split():
            if parent == other:
                return True
            if parent not in seen:
                seen.add(parent)
                todo.append(parent)
    return False


def unknown_to(db: sqlite3.Connection, one: str) -> int:
    """How many entries are neither an entry nor among its ancestors; costs what came since."""
    queue: list[tuple[int, str]] = []
    known: dict[str, bool] = {}
    """Of what waits in the queue: is it that entry, or one of its ancestors?"""
    parents: dict[str, list[str]] = {}

    def wait(entry: str, is_known: bool) -> None:
        if entry not in known:
            row = db.execute("SELECT parents, lamport FROM entries WHERE id = ?", (entry,)).fetchone()
            if row is None:
                return
            parents[entry] = row[0].split()
            heappush(queue, (-row[1], entry))
        known[entry] = known.get(entry, False) or is_known

    wait(one, True)
    for head in heads(db):
        wait(head, False)
    count = 0
    while not all(known.values()):
        _, entry = heappop(queue)  # all that follow it were met before
        is_known = known.pop(entry)
        count += not is_known
        for parent in parents.pop(entry):
            wait(parent, is_known)
    return count


def signatures(db: sqlite3.Connection) -> list[Entry]:
    """Signatures that stand, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.id = s.entry WHERE s.layer = 'review'"
        " AND s.effective = 1 AND s.live = 1 AND e.body GLOB ? ORDER BY e.lamport, e.id",
        ('{"act":"sign",*',),
    )
    return [_entry(r) for r in rows]


def in_conflict(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of the entries that stand against another."""
    return frozenset(i for row in db.execute("SELECT one, other FROM conflicts") for i in row)


def live_at(db: sqlite3.Connection, text: str, layer: str, start: int, end: int) -> list[Entry]:
    """Live entries of a layer whose spans overlap or touch `[start, end]`, by place."""
    row = db.execute("SELECT longest FROM reach WHERE text = ? AND layer = ?", (text, layer)).fetchone()
    if row is None:
        return []
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.id = s.entry WHERE s.text = ? AND s.layer = ?"
        " AND s.live = 1 AND s.start BETWEEN ? AND ? AND s.end_ >= ? ORDER BY s.start, s.end_, e.lamport, e.id",
        (text, layer, start - row[0], end, start),
    )
    return [_entry(r) for r in rows]


def live_spans(db: sqlite3.Connection, text: str, layer: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of live entries that begin in `[start, end]`, by place."""
    query = (
        "SELECT start, end_ FROM standing WHERE text = ? AND layer = ? AND live = 1 AND start BETWEEN ? AND ?"
        " ORDER BY start, end_"
    )
    return list(db.execute(query, (text, layer, start, end)))


def live(db: sqlite3.Connection, layer: str) -> Iterator[Entry]:
    """Live entries of a layer, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.id = s.entry WHERE s.layer = ? AND s.live = 1"
        " ORDER BY e.lamport, e.id",
        (layer,),
    )
    yield from map(_entry, rows)


def live_about(db: sqlite3.Connection, document: str | None = None) -> list[Entry]:
    """Live entries that say how a document, or each, stands: its state, who has it, whose it is."""
    named = "json_extract(e.body, '$.data.document')"
    where = f"{named} = ?" if document is not None else "s.layer = 'document'"
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM entries e JOIN standing s ON s.entry = e.id WHERE {where} AND s.live = 1"
        " AND e.act IN ('state', 'claim', 'assign') ORDER BY e.lamport, e.id",
        () if document is None else (document,),
    )
    return [_entry(r) for r in rows]


def effective(db: sqlite3.Connection, layer: str) -> list[Entry]:
    """Effective entries of a layer, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.id = s.entry WHERE s.layer = ? AND s.effective = 1"
        " ORDER BY e.lamport, e.id",
        (layer,),
    )
    return [_entry(r) for r in rows]
