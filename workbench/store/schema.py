"""The schema of corrections.db: applying the changes that a file lacks, and what a file consists of."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbench.store.changes import CHANGES

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS_SET = "workbench"

KNOWN: tuple[str, ...] = tuple(CHANGES)
"""Migrations that this program knows, in order; a database with another one was written by a newer program."""


@cache
def _empty() -> sqlite3.Connection:
    """A database of this schema in memory, into which nothing was put."""
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(made)
    return made


def make(connection: sqlite3.Connection) -> None:
    """Give a new database the schema: a copy, for making all changes one after the other takes ten times as long."""
    _empty().backup(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the schema of this program. Runs inside sqlite-utils' own transactions."""
    from sqlite_utils import Database, Migrations

    for view in ("placed", "standing"):
        connection.execute(f"DROP VIEW IF EXISTS temp.{view}")
    migrations = Migrations(MIGRATIONS_SET)
    for name, script in CHANGES.items():

        @migrations(name=name)
        def change(db: Database, script: str = script) -> None:
            for statement in _statements(script):
                db.execute(statement)

    migrations.apply(Database(connection))


_OLDER_STANDING = """
CREATE TEMP VIEW standing AS
SELECT e.seq, s.layer, e.act, e.person, e.batch, json_extract(e.body, '$.data.document') AS document,
  coalesce(json_extract(e.body, '$.data.word'), json_extract(e.body, '$.data.pattern')) AS word, s.effective, s.live,
  s.text, s.start, s.end_
FROM main.standing s JOIN main.entries e ON e.id = s.entry
"""
_OLDER_PLACED = """
CREATE TEMP VIEW placed AS
SELECT p.document, e.seq, p.layer, p.live, e.person FROM main.placed p JOIN main.entries e ON e.id = p.entry
"""


def show_as_now(connection: sqlite3.Connection) -> None:
    """Let a database of an older schema be read as one of this program's, by this connection; nothing is written."""
    if "m008_standing_by_number" not in (applied(connection) or ()):
        connection.execute(_OLDER_STANDING)
        connection.execute(_OLDER_PLACED)


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit the migration's own transaction."""
    found: list[str] = []
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found


def applied(connection: sqlite3.Connection) -> tuple[str, ...] | None:
    """Names of the applied migrations, in order; None when the file is no edition at all."""
    columns = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info('_sqlite_migrations')")}
    if not columns >= {"migration_set", "name"}:
        return None
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (MIGRATIONS_SET,)
    )
    return tuple(name for (name,) in rows)


def has(connection: sqlite3.Connection, table: str) -> bool:
    """Is there such a table? One that came with a later change is not, until somebody writes."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def has_column(connection: sqlite3.Connection, table: str, column: str) -> bool:
    """Is there such a column? One that came with a later change is not, until somebody writes."""
    query = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?"
    return connection.execute(query, (table, column)).fetchone() is not None


class Part(NamedTuple):
    """A table, index, view or trigger."""

    kind: str
    name: str
    table: str
    sql: str


def parts(connection: sqlite3.Connection) -> dict[str, Part]:
    """What a database consists of, by name; what SQLite makes by itself is left out."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {row[1]: Part(*row) for row in rows}


@cache
def expected(changes: tuple[str, ...]) -> Mapping[str, Part]:
    """What it consists of once these changes were made."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for name in changes:
            for statement in _statements(CHANGES[name]):
                made.execute(statement)
        return parts(made)
