"""Suggestions in the database: a projection of texts and engine, written only by an explicit `suggest`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbench.core.documents import Stretch
from workbench.core.suggestion import LONGEST, Candidate, Evidence, Suggestion
from workbench.core.text import overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A suggestion as the database holds it."""

    id: str
    text: str
    suggestion: Suggestion
    closed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a search of a text was made with."""

    engine: str
    version: str
    """The suggesters with their versions."""
    started: str
    lexicon: str = ""
    model: str = ""
    """Hashes of the shipped prior, and of what the edition's decisions add to it."""
    inputs: str = ""
    """A digest of everything that the suggestions rest on: while it is the same, they are."""


def replace_all(
    db: sqlite3.Connection, text: str, found: Sequence[Suggestion], run: Run, *, milliseconds: int = 0,
    spare: str | None = None,
) -> None:  # fmt: skip
    """Put a run's suggestions in place of the text's former ones, within a write transaction.

    `spare`: one of the former that somebody is looking at; it stays, and nothing new is put beside it.
    """
    from workbench.store import projections

    found = [s for s in found if s.end - s.start <= LONGEST]
    looked_at = by_id(db, spare) if spare is not None else None
    if looked_at is not None and looked_at.text == text:
        old = looked_at.suggestion
        found = [s for s in found if not overlap(s.start, s.end, old.start, old.end)]
    number = db.execute(
        "INSERT INTO runs (engine, version, lexicon, model, inputs, started, milliseconds, text, suggestions)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (run.engine, run.version, run.lexicon, run.model, run.inputs, run.started, milliseconds, text, len(found)),
    ).lastrowid
    db.execute("DELETE FROM suggestions WHERE text = ? AND id IS NOT ?", (text, spare))
    rows = [_row(s, text, number, projections.closed_by(db, text, s.start, s.end, s.kind)) for s in found]
    if rows:
        columns = list(rows[0])
        names = ", ".join(columns)
        marks = ", ".join(f":{c}" for c in columns)
        db.executemany(f"INSERT OR IGNORE INTO suggestions ({names}) VALUES ({marks})", rows)
    projections.apply_memory(db, text)


def last_run(db: sqlite3.Connection, text: str) -> str | None:
    """The digest of what the text's suggestions rest on; None where none were looked for."""
    row = db.execute("SELECT inputs FROM runs WHERE text = ? ORDER BY id DESC LIMIT 1", (text,)).fetchone()
    return row[0] if row else None


def newest_run(db: sqlite3.Connection) -> int:
    """The number of the last search of any text, 0 for none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()[0])


def lexicon(db: sqlite3.Connection, text: str) -> str:
    """Name and version of the lexicon that the text's suggestions were made with; empty for none."""
    row = db.execute("SELECT lexicon FROM runs WHERE text = ? ORDER BY id DESC LIMIT 1", (text,)).fetchone()
    return row[0] if row else ""


def counts(db: sqlite3.Connection, text: str) -> tuple[int, int]:
    """How many suggestions a text has, and how many of them are open."""
    query = "SELECT count(*), count(*) FILTER (WHERE closed_by IS NULL) FROM suggestions WHERE text = ?"
    total, still_open = db.execute(query, (text,)).fetchone()
    return total, still_open


def count_closed_by(db: sqlite3.Connection, entry: str) -> int:
    """How many suggestions an entry closed."""
    return int(db.execute("SELECT count(*) FROM suggestions WHERE closed_by = ?", (entry,)).fetchone()[0])


def _row(s: Suggestion, text: str, run: int | None, closed: str | None) -> dict[str, Any]:
    provenance = s.provenance()
    return {
        "id": s.identity(text), "run": run, "text": text, "start": s.start, "end_": s.end, "quote": s.quote,
        "kind": s.kind, "class": s.change, "suggester": s.suggester, "version": s.version,
        "candidates": json.dumps(provenance["candidates"], ensure_ascii=False),
        "probability": s.candidates[0].ppm if s.candidates else 0,
        "evidence": json.dumps(provenance["evidence"], ensure_ascii=False), "closed_by": closed,
    }  # fmt: skip


_COLUMNS = "id, text, start, end_, quote, kind, class, suggester, version, candidates, evidence, closed_by"


def _kept(row: Sequence[Any]) -> Kept:
    sid, text, start, end, quote, kind, change, suggester, version, candidates, evidence, closed = row
    return Kept(
        id=sid, text=text, closed_by=closed,
        suggestion=Suggestion(
            start=start, end=end, quote=quote, kind=kind, change=change, suggester=suggester, version=version,
            candidates=tuple(Candidate(text=c["text"], ppm=c["ppm"]) for c in json.loads(candidates)),
            evidence=tuple(Evidence(code=e["code"], params=tuple(e["params"].items())) for e in json.loads(evidence)),
        ),
    )  # fmt: skip


def by_id(db: sqlite3.Connection, suggestion: str) -> Kept | None:
    row = db.execute(f"SELECT {_COLUMNS} FROM suggestions WHERE id = ?", (suggestion,)).fetchone()
    return _kept(row) if row else None


def within(db: sqlite3.Connection, text: str, start: int, end: int, *, only_open: bool = True) -> list[Kept]:
    """Suggestions that begin in `[start, end)`, by place."""
    openly = " AND closed_by IS NULL" if only_open else ""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM suggestions WHERE text = ? AND start >= ? AND start < ?{openly} ORDER BY start",
        (text, start, end),
    )
    return [_kept(row) for row in rows]


def about(db: sqlite3.Connection, text: str, start: int, end: int) -> list[Kept]:
    """Open suggestions about just this span."""
    query = f"SELECT {_COLUMNS} FROM suggestions WHERE text = ? AND start = ? AND end_ = ? AND closed_by IS NULL"
    return [_kept(row) for row in db.execute(query, (text, start, end))]


def met(db: sqlite3.Connection, text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened by the suggestions that it touches, answered ones too."""
    query = "SELECT min(start), max(end_) FROM suggestions WHERE text = ? AND start BETWEEN ? AND ? AND end_ >= ?"
    low, high = db.execute(query, (text, start - LONGEST, end, start)).fetchone()
    return (start, end) if low is None else (min(low, start), max(high, end))


def alike(db: sqlite3.Connection, stretch: Stretch, like: Suggestion) -> list[Kept]:
    """Open suggestions of a stretch with the quote and the first candidate of another; without one, of its kind."""
    query = (
        f"SELECT {_COLUMNS} FROM suggestions WHERE text = ? AND start >= ? AND start < ? AND closed_by IS NULL"
        " AND quote = ? ORDER BY start"
    )
    found = [_kept(row) for row in db.execute(query, (stretch.text, stretch.start, stretch.end, like.quote))]
    return [k for k in found if _proposes(k.suggestion) == _proposes(like)]


def _proposes(s: Suggestion) -> tuple[str, str]:
    return (s.candidates[0].text, "") if s.candidates else ("", s.kind)


def nearest(db: sqlite3.Connection, stretch: Stretch, at: int | None, *, backwards: bool = False) -> Kept | None:
    """The next open suggestion of a stretch that begins after an offset, or the last before it; None: from its end."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM suggestions WHERE text = ? AND closed_by IS NULL AND start >= ? AND start < ?"
        f" ORDER BY start {'DESC' if backwards else 'ASC'} LIMIT 1",
        (stretch.text, *_beyond(stretch, at, backwards)),
    ).fetchone()
    return _kept(row) if row else None


def _beyond(stretch: Stretch, at: int | None, backwards: bool) -> tuple[int, int]:
    """What of a stretch lies after an offset, or before it; all of it where there is none."""
    if at is None:
        return stretch.start, stretch.end
    return (stretch.start, min(at, stretch.end)) if backwards else (max(at + 1, stretch.start), stretch.end)


Rank = Literal["probability", "kind"]
"""By what suggestions are ranked: the likeliest first, or kinds in the order of the alphabet."""


def rank(kept: Kept, by: Rank) -> int | str:
    """The rank of a suggestion: parts per million of its first candidate, or its kind."""
    s = kept.suggestion
    return s.kind if by == "kind" else s.candidates[0].ppm if s.candidates else 0


def of_rank(
    db: sqlite3.Connection, stretch: Stretch, by: Rank, like: Kept, at: int | None, *, backwards: bool = False
) -> Kept | None:
    """`nearest`, of those of the same rank."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM suggestions WHERE text = ? AND closed_by IS NULL AND {by} = ?"
        f" AND start >= ? AND start < ? ORDER BY start {'DESC' if backwards else 'ASC'} LIMIT 1",
        (stretch.text, rank(like, by), *_beyond(stretch, at, backwards)),
    ).fetchone()
    return _kept(row) if row else None


def beyond_rank(
    db: sqlite3.Connection, stretch: Stretch, by: Rank, like: Kept | None, *, backwards: bool = False
) -> Kept | None:
    """The first open suggestion of a stretch whose rank comes after another's (or before it); of all ranks for None."""
    falls = (by == "probability") != backwards
    beyond = f" AND {by} {'<' if falls else '>'} ?" if like is not None else ""
    bounds = (rank(like, by),) if like is not None else ()
    # First the rank, then the place: an index runs one way, and the two may run against each other. The plus keeps
    # SQLite from looking for the rank by way of the places.
    ranked = (
        f"SELECT {by} FROM suggestions WHERE text = ? AND closed_by IS NULL{beyond} AND +start >= ? AND +start < ?"
        f" ORDER BY {by} {'DESC' if falls else 'ASC'} LIMIT 1"
    )
    row = db.execute(
        f"SELECT {_COLUMNS} FROM suggestions WHERE text = ? AND closed_by IS NULL AND {by} = ({ranked})"
        f" AND start >= ? AND start < ? ORDER BY start {'DESC' if backwards else 'ASC'} LIMIT 1",
        (stretch.text, stretch.text, *bounds, stretch.start, stretch.end, stretch.start, stretch.end),
    ).fetchone()
    return _kept(row) if row else None
