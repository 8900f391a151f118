"""The journal in the database: reading entries, appending decisions, taking back.

Everything here runs on a connection that the caller put into a write transaction (`connection.writing`), heads read
after it began. Appending costs what the place costs, not what the journal holds.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from workbench.core.acts import may_supersede
from workbench.core.append import admit
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.core.history import History
from workbench.core.revert import REVERT, rising, superseded_by
from workbench.core.words import N_
from workbench.store import entries, projections, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes, and when: handed in, for neither the core nor the store asks anybody."""

    person: str
    role: str
    now: str
    """UTC, ISO 8601 with microseconds and Z."""


def append(
    db: sqlite3.Connection,
    decision: Decision,
    author: Author,
    *,
    batch: str | None = None,
    also: frozenset[str] = frozenset(),
    supersedes: frozenset[str] = frozenset(),
    seen: Sequence[str] | None = None,
    targets: frozenset[str] = frozenset(),
) -> Entry:
    """Append one decision, or refuse it.

    `also`: zero-width neighbours that an edit takes over. `supersedes`: earlier entries that this one replaces in a
    layer without overlaps (an edited note). `seen`: heads that the writer knew; a live overlapping decision unknown to
    them refuses the append. `targets`: the entries that a review speaks of.
    """
    raw = texts.raw(db, *decision.place) if decision.place is not None else None
    meeting = entries.meeting(db, decision)
    knew = None
    if seen is not None:
        known_heads = list(seen)

        def knew(entry_id: str) -> bool:
            return any(head == entry_id or entries.knows(db, head, entry_id) for head in known_heads)

    contested = entries.in_conflict(db) if meeting or supersedes else frozenset[str]()
    taken = admit(decision, raw=raw, meeting=meeting, also=also, in_conflict=contested, seen=knew)
    if supersedes:
        _refuse_replacing(db, decision, supersedes)
    sealed = _seal(db, decision, author, batch=batch, supersedes=taken | supersedes, targets=targets)
    projections.appended(db, sealed, in_conflict=contested)
    return sealed


def new_batch() -> str:
    """A name for a batch that nobody named."""
    return uuid.uuid4().hex[:12]


def _refuse_replacing(db: sqlite3.Connection, decision: Decision, supersedes: frozenset[str]) -> None:
    """Refuse to replace what is not here, what the table forbids, and what somebody ended already."""
    found = {e.id: e for e in entries.select(db, supersedes)}
    if lacking := supersedes - found.keys():
        raise RefusedError(f"no entry {min(lacking)[:12]}")
    for old in found.values():
        may_supersede(decision.act, old.decision.act)
        if not projections.is_live(db, old.id):
            message = N_("what is to be replaced no longer stands ({entry}); look at the place first")
            raise RefusedError(message, entry=old.id[:12])


def revert(
    db: sqlite3.Connection, targets: Iterable[str], author: Author, *, batch: str | None = None, reason: str = ""
) -> Entry:
    """Take entries back (decisions, or earlier reverts); a revert supersedes what stands where something rises."""
    wanted = frozenset(targets)
    found = {e.id for e in entries.select(db, wanted)}
    if not wanted or found != wanted:
        raise RefusedError(
            N_("there is nothing to take back") if not wanted else f"no entry {min(wanted - found)[:12]}"
        )
    if dead := [t for t in wanted if not projections.is_effective(db, t)]:
        raise RefusedError(N_("{entry} is taken back already"), entry=dead[0][:12])
    component = History(entries.select(db, projections.component(db, wanted)))
    back, stay = rising(component, wanted)
    ended = frozenset(component.live) - stay | wanted
    beside: dict[str, Entry] = {}
    for risen in back:
        beside |= {e.id: e for e in entries.meeting(db, risen.decision)}
    sealed = _seal(db, replace(REVERT, reason=reason or None), author, batch=batch, targets=wanted,
                   supersedes=superseded_by(back, beside.values(), ended, partial(entries.knows, db)))  # fmt: skip
    projections.recompute(db, [sealed.id])
    return sealed


def _seal(
    db: sqlite3.Connection,
    decision: Decision,
    author: Author,
    *,
    batch: str | None,
    supersedes: frozenset[str] = frozenset(),
    targets: frozenset[str] = frozenset(),
) -> Entry:
    parents = db.execute("SELECT e.id, e.lamport, e.time FROM heads h JOIN entries e ON e.id = h.entry").fetchall()
    sealed = Entry.seal(
        decision, parents=[p[0] for p in parents], lamport=1 + max((p[1] for p in parents), default=0),
        person=author.person, role=author.role, time=max([author.now, *(p[2] for p in parents)]), batch=batch,
        supersedes=supersedes, targets=targets,
    )  # fmt: skip
    insert(db, sealed)
    if len(parents) == 1:
        db.execute("UPDATE heads SET entry = ?", (sealed.id,))
    else:
        db.execute("DELETE FROM heads")
        db.execute("INSERT INTO heads (entry) VALUES (?)", (sealed.id,))
    return sealed


def insert(db: sqlite3.Connection, sealed: Entry) -> int:
    """Write an entry as it is sealed, with its links; its number. Heads and projections are the caller's."""
    cursor = db.execute(
        "INSERT INTO entries (id, parents, lamport, body) VALUES (?, ?, ?, ?)",
        (sealed.id, " ".join(sealed.parents), sealed.lamport, sealed.body),
    )
    projections.link(db, sealed)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def stands(db: sqlite3.Connection, entry_id: str) -> bool:
    """Is an entry live: effective, and superseded by nothing?"""
    return projections.is_live(db, entry_id)


def last_unit(db: sqlite3.Connection, person: str) -> frozenset[str]:
    """The person's last unit that is not taken back: a batch or a single entry; empty when there is none.

    A revert in a batch was meant as an act of its own (an editor takes something back); one without is an undo.
    """
    row = db.execute(
        "SELECT e.id, s.batch FROM standing s JOIN entries e ON e.seq = s.seq"
        " WHERE s.person = ? AND s.effective = 1 AND s.act != 'person' AND (s.act != 'revert' OR s.batch IS NOT NULL)"
        " ORDER BY s.seq DESC LIMIT 1",
        (person,),
    ).fetchone()
    if row is None:
        return frozenset()
    return unit(db, row[1], person) if row[1] else frozenset({row[0]})


def unit(db: sqlite3.Connection, batch: str, person: str | None = None) -> frozenset[str]:
    """Effective entries of a batch, what it took back among them."""
    rows = db.execute(
        "SELECT e.id FROM standing s JOIN entries e ON e.seq = s.seq"
        " WHERE s.batch = ? AND s.effective = 1 AND (? IS NULL OR s.person = ?)",
        (batch, person, person),
    )
    return frozenset(i for (i,) in rows)


def last_undo(db: sqlite3.Connection, person: str) -> str | None:
    """The person's last revert of decisions that may be redone: effective, and nothing was decided since."""
    rows = db.execute(
        "SELECT e.id, s.seq FROM standing s JOIN entries e ON e.seq = s.seq"
        " WHERE s.person = ? AND s.act = 'revert' AND s.batch IS NULL AND s.effective = 1 ORDER BY s.seq DESC",
        (person,),
    )
    for entry_id, seq in rows:
        undo = db.execute(
            "SELECT 1 FROM links l JOIN entries e ON e.id = l.target JOIN standing t ON t.seq = e.seq"
            " WHERE l.entry = ? AND l.kind = 'targets' AND (t.act != 'revert' OR t.batch IS NOT NULL) LIMIT 1",
            (entry_id,),
        ).fetchone()
        if not undo:  # it brought something back
            continue
        later = db.execute(
            "SELECT 1 FROM standing WHERE person = ? AND seq > ?"
            " AND (act != 'revert' OR batch IS NOT NULL) AND effective = 1 LIMIT 1",
            (person, seq),
        ).fetchone()
        return None if later else str(entry_id)
    return None
