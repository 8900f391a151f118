"""A snapshot of corrections.db for other programs: a copy with two tables that say what became of each decision.

The copy has the newest schema, whatever the edition has, and no -wal: it can be opened as a file that never changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from workbench.core.errors import EditionError
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.reviewing import judging
from workbench.services.reviewing.judging import Judged
from workbench.store import connection, texts

SNAPSHOT = "snapshot.db"
"""Not `corrections.db`: a folder with a snapshot is no edition, and nobody shall decide in it."""

_TABLES = """
CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY, time TEXT NOT NULL, person TEXT NOT NULL, document TEXT, transcript TEXT, line INTEGER,
  act TEXT NOT NULL, raw TEXT, becomes TEXT, class TEXT NOT NULL, ground TEXT, certainty TEXT, reason TEXT,
  state TEXT NOT NULL, verdict TEXT, ended_by TEXT, overturned INTEGER NOT NULL, concerns TEXT NOT NULL,
  names INTEGER NOT NULL, suggester TEXT, answer TEXT, probability REAL, was_right INTEGER, batch TEXT,
  entry TEXT NOT NULL
);
CREATE TABLE reviews (
  decision INTEGER NOT NULL REFERENCES decisions(seq), time TEXT NOT NULL, person TEXT NOT NULL, act TEXT NOT NULL,
  words TEXT, entry TEXT NOT NULL, PRIMARY KEY (decision, entry)
);
"""


def take(edition: Edition, path: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Path:
    """Write the snapshot; raises EditionError where the file is there already or cannot be written."""
    if path.exists():
        raise EditionError(f"{path} is there already; nothing is overwritten")
    try:
        _write(edition, path, progress)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, sqlite3.OperationalError):
            raise EditionError(f"{path} cannot be written: {error}") from error
        raise
    return path


def _write(edition: Edition, path: Path, progress: Callable[[int, int], None]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        edition.db.backup(db)
        db.execute("PRAGMA journal_mode = DELETE")
        connection.upgrade(db)
        _add(Edition(path.parent, db), progress)


def _add(copy: Edition, progress: Callable[[int, int], None]) -> None:
    """The two tables, from what the copy holds."""
    db = copy.db
    names = persons.names(copy)
    titles = dict(db.execute("SELECT id, title FROM documents"))
    db.execute("BEGIN")
    for statement in _TABLES.strip().split(";\n"):
        db.execute(statement)
    lines = _Lines(db)
    for number, one in _numbered(db, judging.judged(copy, told=progress)):
        _insert(db, "decisions", _decision(number, one, names, titles, lines))
        for review in one.reviews:
            d = review.decision
            values = {
                "decision": number, "time": review.time, "person": names.get(review.person, review.person),
                "act": d.act, "words": d.data.get("body", d.reason), "entry": review.id,
            }  # fmt: skip
            _insert(db, "reviews", values)
    db.execute("COMMIT")


def _numbered(db: sqlite3.Connection, found: Iterator[Judged]) -> Iterator[tuple[int, Judged]]:
    """With the number that the entry has in the journal of this database."""
    numbers = dict(db.execute("SELECT id, seq FROM entries"))
    for one in found:
        yield numbers[one.entry.id], one


class _Lines:
    """Finds the transcript of a text and the line of a place in it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._texts = {row.sha: row for row in texts.all_texts(db)}

    def where(self, text: str | None, start: int | None) -> tuple[str | None, int | None]:
        row = self._texts.get(text or "")
        if row is None or start is None:
            return None, None
        return row.name, texts.line_of(self._db, row.id, start) + 1


def _decision(
    number: int, one: Judged, names: dict[str, str], titles: dict[str, str], lines: _Lines
) -> dict[str, Any]:  # fmt: skip
    entry, d, said = one.entry, one.entry.decision, one.said
    transcript, line = lines.where(d.text, d.start)
    return {
        "seq": number, "time": entry.time, "person": names.get(one.author, one.author),
        "document": titles.get(one.document or ""), "transcript": transcript, "line": line, "act": d.act,
        "raw": d.quote, "becomes": one.value, "class": one.kind, "ground": d.ground, "certainty": d.certainty,
        "reason": d.reason, "state": one.state, "verdict": one.verdict if one.fate.live else None,
        "ended_by": ", ".join(sorted(names.get(p, p) for p in one.ended_by)) or None,
        "overturned": int(one.fate.overturned), "concerns": ", ".join(one.concerns), "names": int(one.names),
        "suggester": one.suggester, "answer": one.answer,
        "probability": None if said is None else said.ppm / 1_000_000,
        "was_right": None if said is None else int(said.right), "batch": entry.batch, "entry": entry.id,
    }  # fmt: skip


def _insert(db: sqlite3.Connection, table: str, values: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(values))
    names = ", ".join(f'"{name}"' for name in values)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
