"""Reading the journal from the database: by id, by place, by layer."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from workbench.core.acts import Layer
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.store import schema

if TYPE_CHECKING:
    from workbench.core.history import History

_COLUMNS = "e.id, e.parents, e.lamport, e.body"
FEW = "act IN ('join', 'rebase', 'rule', 'setting', 'split', 'style')"
"""Acts of which an edition has a handful among a million others; a query that says just this may use their index."""


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


def standing(db: sqlite3.Connection, seq: int) -> tuple[Entry, bool, bool]:
    """The entry of a number; is it effective, is it live?"""
    row = db.execute(
        f"SELECT {_COLUMNS}, s.effective, s.live FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.seq = ?",
        (seq,),
    ).fetchone()
    return _entry(row[:4]), bool(row[4]), bool(row[5])


def one(db: sqlite3.Connection, prefix: str) -> Entry:
    """The one entry whose id begins with a prefix."""
    return next(select(db, [named(db, prefix)]))


def named(db: sqlite3.Connection, prefix: str) -> str:
    """The one id that begins with a prefix."""
    found = db.execute("SELECT id FROM entries WHERE id >= ? AND id < ? LIMIT 2", (prefix, prefix + "g")).fetchall()
    if len(found) != 1:
        raise RefusedError(f"{prefix!r} names {'no entry' if not found else 'more than one entry'}")
    return str(found[0][0])


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
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.batch IN"
        f" (SELECT batch FROM standing WHERE {FEW} AND act = 'rebase')"
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
    """Is `other` an ancestor of `one`? Walks back no further than to an entry that knows all before it (`merged`)."""
    row = db.execute("SELECT seq, lamport FROM entries WHERE id = ?", (other,)).fetchone()
    if row is None:
        return False
    at, floor = row
    merged = "(SELECT last FROM merged WHERE first <= e.seq ORDER BY first DESC LIMIT 1)"
    query = (
        "SELECT e.parents, e.lamport, e.seq,"
        f" {merged if schema.has(db, 'merged') else 'e.seq'} >= e.seq FROM entries e WHERE e.id = ?"
    )
    seen, todo = set[str](), [one]
    while todo:
        found = db.execute(query, (todo.pop(),)).fetchone()
        if found is None or found[1] <= floor:
            continue
        parents, _, seq, came_by_merge = found
        if seq > at and not came_by_merge:
            return True
        for parent in parents.split():
            if parent == other:
                return True
            if parent not in seen and seq > at:
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
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE {of('review')}"
        " AND s.effective = 1 AND s.live = 1 AND s.act = 'sign' ORDER BY e.lamport, e.id"
    )
    return [_entry(r) for r in rows]


def heads_until(db: sqlite3.Connection, time: str) -> tuple[str, ...]:
    """The heads of what was written until a time.

    The last of those who know all before them, whose times rise, and what merges brought later that is of that time.
    """

    def time_of(seq: int) -> str:
        query = "SELECT json_extract(body, '$.time') FROM entries WHERE seq >= ? ORDER BY seq LIMIT 1"
        return str(db.execute(query, (seq,)).fetchone()[0])

    last = last_seq(db)
    brought = [(1, last)] if last else []
    if schema.has(db, "merged"):
        brought = db.execute("SELECT first, last FROM merged ORDER BY first").fetchall()
    edges = [0, *(edge for stretch in brought for edge in stretch), last + 1]
    at = 0
    for before, after in reversed([*zip(edges[::2], edges[1::2], strict=True)]):
        numbers = range(before + 1, after)  # of entries who know all before them
        if count := bisect_right(numbers, time, key=time_of):
            at = numbers[count - 1]
            break
    rows = list(db.execute("SELECT id, parents FROM entries WHERE seq <= ? ORDER BY seq DESC LIMIT 1", (at,)))
    for stretch in brought:
        if stretch[0] > at:
            query = "SELECT id, parents FROM entries WHERE seq BETWEEN ? AND ? AND json_extract(body, '$.time') <= ?"
            rows += db.execute(query, (*stretch, time))
    named = {parent for _, parents in rows for parent in parents.split()}
    return tuple(sorted(entry for entry, _ in rows if entry not in named))


def in_conflict(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of the entries that stand against another."""
    return frozenset(i for row in db.execute("SELECT one, other FROM conflicts") for i in row)


def live_at(db: sqlite3.Connection, text: str, layer: str, start: int, end: int) -> list[Entry]:
    """Live entries of a layer whose spans overlap or touch `[start, end]`, by place."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.text = ?1 AND s.layer = ?2"
        " AND s.live = 1 AND s.start BETWEEN ?3 - (SELECT longest FROM reach WHERE text = ?1 AND layer = ?2) AND ?4"
        " AND s.end_ >= ?3 ORDER BY s.start, s.end_, e.lamport, e.id",
        (text, layer, start, end),
    )
    return [_entry(r) for r in rows]


def meeting(db: sqlite3.Connection, decision: Decision) -> list[Entry]:
    """Live entries of the layer of a decision that overlap or touch its span; none where it is about no place."""
    if decision.place is None:
        return []
    text, start, end = decision.place
    return live_at(db, text, decision.layer, start, end)


def live_spans(db: sqlite3.Connection, text: str, layer: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of live entries that begin in `[start, end]`, by place."""
    query = (
        "SELECT start, end_ FROM standing WHERE text = ? AND layer = ? AND live = 1 AND start BETWEEN ? AND ?"
        " ORDER BY start, end_"
    )
    return list(db.execute(query, (text, layer, start, end)))


_APART = "s.layer IN ('memory', 'document', 'review')"
"""Layers that an index holds apart from those of the text; a query that says just this may use it."""


def of(layer: Layer) -> str:
    """SQL: `standing s` is of a layer."""
    apart = f" AND {_APART}" if layer in ("memory", "document", "review") else ""
    return f"s.layer = '{layer}'{apart}"


def live(db: sqlite3.Connection, layer: Layer) -> Iterator[Entry]:
    """Live entries of a layer, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE {of(layer)} AND s.live = 1"
        " ORDER BY e.lamport, e.id"
    )
    yield from map(_entry, rows)


def live_about(db: sqlite3.Connection, document: str | None = None) -> list[Entry]:
    """Live entries that say how a document, or each, stands: its state, who has it, whose it is."""
    which, bounds = (of("document"), ()) if document is None else ("s.document = ?", (document,))
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE {which} AND s.live = 1"
        " AND s.act IN ('state', 'claim', 'assign') ORDER BY e.lamport, e.id",
        bounds,
    )
    return [_entry(r) for r in rows]


def effective(db: sqlite3.Connection, layer: Layer) -> list[Entry]:
    """Effective entries of a layer, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE {of(layer)} AND s.effective = 1"
        " ORDER BY e.lamport, e.id"
    )
    return [_entry(r) for r in rows]


def few(db: sqlite3.Connection, acts: Collection[str]) -> list[Entry]:
    """Effective entries of some acts among `FEW`, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.{FEW} AND s.effective = 1"
        " ORDER BY e.lamport, e.id"
    )
    return [entry for entry in map(_entry, rows) if entry.decision.act in acts]


def ids_of_few(db: sqlite3.Connection, acts: Collection[str]) -> list[str]:
    """The ids of all entries of some acts among `FEW`."""
    rows = db.execute(f"SELECT e.id, s.act FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.{FEW}")
    return [entry for entry, act in rows if act in acts]


def ids_about(db: sqlite3.Connection, document: str, act: str) -> list[str]:
    """The ids of all entries of an act that name a document."""
    query = f"SELECT e.id FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.document = ? AND s.act = '{act}'"
    return [entry for (entry,) in db.execute(query, (document,))]


def ids_of_text(db: sqlite3.Connection, text: str) -> list[str]:
    """The ids of all entries that lie in a text."""
    query = "SELECT e.id FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.text = ?"
    return [entry for (entry,) in db.execute(query, (text,))]


def effective_about(db: sqlite3.Connection, document: str, act: str) -> list[Entry]:
    """Effective entries of an act that name a document, in the order of the journal."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM standing s JOIN entries e ON e.seq = s.seq"
        f" WHERE s.document = ? AND s.act = '{act}' AND s.effective = 1 ORDER BY e.lamport, e.id",
        (document,),
    )
    return [_entry(r) for r in rows]
