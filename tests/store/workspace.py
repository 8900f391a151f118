"""What the tests of the store share: a small text on a real file, decisions about it, the slow way to a reading."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from workbench.core.edit import plan
from workbench.core.entry import Decision, Entry
from workbench.core.history import History
from workbench.core.pieces import Fragment, Piece, reading, replay
from workbench.core.suggestion import Candidate, Suggestion
from workbench.core.text import Markup, Text
from workbench.services.edition import Edition, init, open_edition
from workbench.store import changes, connection, entries, journal, projections, schema, suggestions, texts
from workbench.store.journal import Author

REPOSITORY = Path(__file__).parents[2]

RAW = "abc**def**\ngh ab\n"
MARKUP = (Markup(start=3, end=5, kind="emphasis"), Markup(start=8, end=10, kind="emphasis"))
TEXT = Text(content=RAW, reader="plain", markup=MARKUP)
NOW = "2020-01-01T00:00:00.000000Z"

PROPOSED = (("ab", 0, "ob"), ("c**d", 2, "cd"), ("ef", 6, "et"), ("gh", 11, "qh"), ("ab", 14, "ob"), ("\n", 16, " "))
"""Suggestions about the text: quote, start, candidate."""


def author(person: str = "anna") -> Author:
    return Author(person=person, role="transcriber", now=NOW)


def make(folder: Path, *, text: Text = TEXT, name: str = "letter.txt") -> Edition:
    """An edition with one text and nothing decided."""
    edition = init(folder)
    with edition.writing() as db:
        texts.add_transcript(db, name=name, data=text.content.encode(), text=text, now=NOW)
        projections.rebuild_documents(db)
    return edition


def suggest(db: sqlite3.Connection) -> None:
    """Put the proposals in, within a write transaction."""
    found = [
        Suggestion(
            start=start, end=start + len(quote), quote=quote, kind="word", change="ocr", suggester="words", version="1",
            candidates=(Candidate(text=answer, ppm=700_000),),
        )
        for quote, start, answer in PROPOSED
    ]  # fmt: skip
    suggestions.replace_all(db, TEXT.sha, found, suggestions.Run(engine="test", version="1", started=NOW))


def fork(edition: Edition, folder: Path) -> Edition:
    """The edition copied as a file, as somebody would who takes it along."""
    edition.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder.mkdir(parents=True)
    shutil.copyfile(edition.database, folder / edition.database.name)
    return open_edition(folder)


def as_before(edition: Edition, folder: Path, *, knowing: Sequence[str]) -> Path:
    """The edition in a folder of its own, as a program left it that knew only some changes of the schema."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / edition.database.name, isolation_level=None)) as older:
        migrations = Migrations(schema.MIGRATIONS_SET)
        for name in knowing:

            @migrations(name=name)
            def change(db: Database, script: str = changes.CHANGES[name]) -> None:
                for statement in schema._statements(script):
                    db.execute(statement)

        migrations.apply(Database(older))
        older.execute("ATTACH ? AS newer", (str(edition.database),))
        for table in Database(older).table_names():
            columns = [name for (name,) in older.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            source = f"newer.{table}"
            if "entry" in columns and table == "standing":
                source = "(SELECT e.id AS entry, s.* FROM newer.standing s JOIN newer.entries e ON e.seq = s.seq)"
            if not table.startswith("_"):
                older.execute(
                    f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM {source}"
                )
    return folder


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def beside(edition_folder: Path) -> set[str]:
    """Names of what SQLite left beside the database."""
    return {path.name for path in edition_folder.glob("corrections.db?*")}


def ids(db: sqlite3.Connection) -> set[str]:
    return {i for (i,) in db.execute("SELECT id FROM entries")}


def live_ids(db: sqlite3.Connection) -> set[str]:
    """The ids of live entries, as the projection has them."""
    query = "SELECT e.id FROM entries e JOIN standing s ON s.seq = e.seq WHERE s.live = 1"
    return {i for (i,) in db.execute(query)}


# deciding


def about(act: str, start: int, end: int, *, text: Text = TEXT, **values: Any) -> Decision:
    """A decision about a span, quoted as it stands there."""
    return Decision(act=act, text=text.sha, start=start, end=end, quote=text.content[start:end], **values)


def change(start: int, end: int, new: str, *, text: Text = TEXT) -> Decision:
    return about("edit", start, end, text=text, page=new, page_class="ocr")


def put(edition: Edition, start: int, end: int, new: str, *, who: str = "anna", batch: str | None = None) -> Entry:
    """Record a change of a raw span in a transaction of its own."""
    with edition.writing() as db:
        return journal.append(db, change(start, end, new), author(who), batch=batch)


def edit(edition: Edition, i: int, j: int, new: str, *, who: str = "anna") -> Entry:
    """Record `reading[i:j] := new` as the desk does."""
    p = plan(pieces(edition.db), i, j, new)
    page = p.reading if p.page is None else p.page
    decision = about("keep", p.start, p.end) if p.restores_raw else about(
        "edit", p.start, p.end, page=page, reading=None if p.page is None else p.reading, page_class="ocr",
        reading_class=p.reading_class,
    )  # fmt: skip
    with edition.writing() as db:
        return journal.append(db, decision, author(who), also=p.supersedes)


def revert(edition: Edition, targets: Iterable[str], *, who: str = "anna") -> Entry:
    with edition.writing() as db:
        return journal.revert(db, targets, author(who))


# reading


def pieces(db: sqlite3.Connection, low: int = 0, high: int = len(RAW)) -> list[Piece]:
    """The pieces of a range, from the projections, as screens make them."""
    row = texts.text_row(db, TEXT.sha)
    live = [e for layer in ("text", "line") for e in entries.live_at(db, TEXT.sha, layer, low, high)]
    return replay(texts.fragment(db, row.id, low, high), live, in_conflict=entries.in_conflict(db))


def read(edition: Edition) -> str:
    return reading(pieces(edition.db))


def slow_pieces(history: History) -> list[Piece]:
    """The pieces of the whole text from the entries alone."""
    contested = frozenset(i for conflict in history.conflicts for i in conflict.ids)
    return replay(Fragment(RAW, 0, MARKUP), history.live.values(), in_conflict=contested)


# projections

_PROJECTIONS: Mapping[str, str] = {
    "heads": "SELECT * FROM heads",
    "merged": "SELECT * FROM merged",
    "links": "SELECT * FROM links",
    "standing": "SELECT e.id, s.effective, s.live, s.* FROM standing s LEFT JOIN entries e ON e.seq = s.seq",
    "reach": "SELECT * FROM reach",
    "conflicts": "SELECT * FROM conflicts",
    "documents": "SELECT * FROM documents",
    "stretches": "SELECT * FROM stretches",
    # Of several decisions that agree any may be the one that closed a suggestion.
    "closed": "SELECT id, closed_by IS NOT NULL FROM suggestions",
}


def projected(db: sqlite3.Connection) -> dict[str, set[tuple[Any, ...]]]:
    """The projections as sets of rows."""
    return {name: set(db.execute(query)) for name, query in _PROJECTIONS.items()}


def rebuilt(edition: Edition) -> dict[str, set[tuple[Any, ...]]]:
    """The projections after they were emptied and made anew; nothing of it is kept."""
    db = edition.db
    db.execute("BEGIN IMMEDIATE")
    try:
        for table in ("heads", "merged", "links", "standing", "reach", "conflicts", "documents", "stretches"):
            db.execute(f"DELETE FROM {table}")
        db.execute("UPDATE suggestions SET closed_by = NULL")
        projections.rebuild(db)
        return projected(db)
    finally:
        db.execute("ROLLBACK")


@contextmanager
def waiting(milliseconds: int) -> Iterator[None]:
    """Connections opened meanwhile wait only so long for another writer."""
    before = connection.BUSY_MS
    connection.BUSY_MS = milliseconds
    try:
        yield
    finally:
        connection.BUSY_MS = before
