"""The journal as people look through it: the entries of a document or of all, chosen by what they say, in an order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal, NamedTuple, get_args

from workbench.core.acts import Layer
from workbench.core.documents import Stretch

State = Literal["live", "superseded", "reverted"]

_STATE = {
    "live": "(s.live = 1 OR (s.effective = 1 AND s.act = 'revert'))",
    "superseded": "(s.live = 0 AND s.effective = 1 AND s.act != 'revert')",
    "reverted": "s.effective = 0",
}


class Ender(NamedTuple):
    """An entry that ended another."""

    id: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What entries are looked for; None asks for nothing of the kind."""

    person: str | None = None
    """Any name of a person, which `services.history` turns into `persons`."""
    persons: tuple[str, ...] | None = None
    """Ids."""
    since: str | None = None
    until: str | None = None
    """Times, or beginnings of them (`2026-01`): from the first moment of the one to the last of the other."""
    act: str | None = None
    class_: str | None = None
    """Of the page or of the reading."""
    ground: str | None = None
    suggester: str | None = None
    batch: str | None = None
    certainty: str | None = None
    state: State | None = None
    words: str | None = None
    """Anywhere in the raw text, the values, the reason, the particulars; letter case does not matter."""

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) is not None for f in fields(self))


def choose(db: sqlite3.Connection, selection: Selection, among: Iterable[int] | None = None) -> list[int]:
    """The numbers (`seq`) of the entries that a selection means, in the order they were written here."""
    clauses, values = _clauses(selection)
    if among is not None:
        clauses.append("s.seq IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(among)))
    if selection.words is not None:
        db.create_function("folded", 1, lambda text: None if text is None else str(text).casefold(), deterministic=True)
    query = (
        "SELECT s.seq FROM standing s JOIN entries e ON e.seq = s.seq"
        f" WHERE {' AND '.join(clauses or ['1'])} ORDER BY s.seq"
    )
    return [seq for (seq,) in db.execute(query, values)]


def ids(db: sqlite3.Connection, seqs: Iterable[int]) -> list[str]:
    """The ids of entries by their numbers."""
    query = "SELECT id FROM entries WHERE seq IN (SELECT value FROM json_each(?))"
    return [i for (i,) in db.execute(query, (json.dumps(list(seqs)),))]


def suggesters(db: sqlite3.Connection) -> list[str]:
    """Names of the suggesters that any decision answers."""
    rows = db.execute("SELECT DISTINCT suggester FROM entries WHERE suggester IS NOT NULL ORDER BY suggester")
    return [name for (name,) in rows]


def _clauses(selection: Selection) -> tuple[list[str], list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for column in ("s.act", "s.batch", "e.ground", "e.suggester", "e.certainty"):
        if (wanted := getattr(selection, column[2:])) is not None:
            clauses.append(f"{column} = ?")
            values.append(wanted)
    if selection.persons is not None:
        clauses.append("s.person IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(selection.persons))
    if selection.class_ is not None:
        clauses.append("? IN (e.page_class, e.reading_class)")
        values.append(selection.class_)
    if selection.since is not None:
        clauses.append("e.time >= ?")
        values.append(selection.since)
    if selection.until is not None:
        clauses.append("e.time <= ?")
        values.append(selection.until + "\U0010ffff")
    if selection.state is not None:
        clauses.append(_STATE[selection.state])
    if selection.words is not None:
        said = ("e.quote", "e.page", "e.reading", "e.reason", "e.data")
        clauses.append("instr(folded(" + " || char(10) || ".join(f"coalesce({part}, '')" for part in said) + "), ?)")
        values.append(selection.words.casefold())
    return clauses, values


def of_document(db: sqlite3.Connection, document: str, stretches: Iterable[Stretch]) -> dict[int, int]:
    """The entries of a document: place in its text by `seq`; what lies in its stretches, names it, or speaks of those.

    A place is counted over the stretches one after the other; what has none comes before all.
    """
    found: dict[str, tuple[int, int]] = {}
    """(seq, place) by entry."""
    ahead = 0
    for stretch in stretches:
        (length,) = db.execute("SELECT length FROM texts WHERE sha256 = ?", (stretch.text,)).fetchone()
        for layer in get_args(Layer):
            for live in (0, 1):  # the index begins with all three
                rows = db.execute(
                    "SELECT e.id, s.seq, s.start FROM standing s JOIN entries e ON e.seq = s.seq"
                    " WHERE s.text = ? AND s.layer = ? AND s.live = ? AND s.start BETWEEN ? AND ?",
                    (stretch.text, layer, live, stretch.start, stretch.last(length)),
                )
                found |= {entry: (seq, ahead + start - stretch.start) for entry, seq, start in rows}
        ahead += stretch.end - stretch.start
    query = "SELECT e.id, s.seq FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.document = ?"
    for entry, seq in db.execute(query, (document,)):
        found.setdefault(entry, (seq, -1))
    new = list(found)
    while new:
        spoken_of, new = new, []
        for target in spoken_of:
            for entry, seq in _speaking_of(db, target):
                if entry not in found:
                    found[entry] = seq, found[target][1]
                    new.append(entry)
    return dict(found.values())


def _speaking_of(db: sqlite3.Connection, entry: str) -> list[tuple[str, int]]:
    return db.execute(
        "SELECT e.id, e.seq FROM links l JOIN entries e ON e.id = l.entry WHERE l.target = ? AND l.kind = 'targets'",
        (entry,),
    ).fetchall()


def in_order(db: sqlite3.Connection, seqs: Iterable[int]) -> list[int]:
    """Numbers of entries in the order of the journal, which is the same in every copy."""
    query = "SELECT seq FROM entries WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY lamport, id"
    return [seq for (seq,) in db.execute(query, (json.dumps(list(seqs)),))]


def states(db: sqlite3.Connection, seqs: Iterable[int]) -> Iterator[tuple[int, str, State]]:
    """What became of some entries, as (number, id, state), in the order of the journal here."""
    query = (
        "SELECT s.seq, e.id, s.live, s.effective, s.act FROM standing s JOIN entries e ON e.seq = s.seq"
        " WHERE s.seq IN (SELECT value FROM json_each(?)) ORDER BY s.seq"
    )
    for seq, entry, live, effective, act in db.execute(query, (json.dumps(list(seqs)),)):
        yield seq, entry, state(live=bool(live), effective=bool(effective), act=act)


def state(*, live: bool, effective: bool, act: str) -> State:
    """What became of an entry. A revert has nothing live, and stands while nothing takes it back."""
    return "live" if live or (effective and act == "revert") else "superseded" if effective else "reverted"


def enders(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[Ender]]:
    """What ended some entries, by entry, in the order of the journal.

    What was itself taken back ended nothing, but what was put upon it did.
    """
    query = """
        WITH RECURSIVE upon (entry, by_) AS (
          SELECT value, value FROM json_each(?)
          UNION SELECT u.entry, l.entry FROM upon u JOIN links l ON l.target = u.by_ AND l.kind = 'supersedes'
            JOIN entries e ON e.id = l.entry JOIN standing s ON s.seq = e.seq WHERE s.effective = 0
        )
        SELECT DISTINCT u.entry, e.id, s.person, e.lamport FROM upon u JOIN links l ON l.target = u.by_
          JOIN entries e ON e.id = l.entry JOIN standing s ON s.seq = e.seq
        WHERE s.effective = 1 AND (l.kind = 'supersedes' OR (s.act = 'revert' AND u.by_ = u.entry))
        ORDER BY e.lamport, e.id
    """
    found: dict[str, list[Ender]] = {}
    for entry, ender, person, _ in db.execute(query, (json.dumps(list(ids)),)):
        found.setdefault(entry, []).append(Ender(ender, person))
    return found


def first_targets(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The first of what each of some entries speaks of or takes back, in the order of the journal."""
    query = (
        "SELECT l.entry, e.id FROM links l JOIN entries e ON e.id = l.target WHERE l.kind = 'targets'"
        " AND l.entry IN (SELECT value FROM json_each(?)) ORDER BY e.lamport DESC, e.id DESC"
    )
    return dict(db.execute(query, (json.dumps(list(ids)),)).fetchall())
