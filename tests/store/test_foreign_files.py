"""Files that are no edition, or one of a newer program: said in words, and not a byte of them changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.workspace import beside, ids, make, put, sha
from workbench.core.errors import EditionError, NewerSchemaError
from workbench.services.edition import DATABASE, init, open_edition
from workbench.store import schema

FOREIGN = {
    "a text": b"this is a letter, not a database\n" * 40,
    "an empty file": b"",
    "one byte": b"S",
    "the beginning of a database": b"SQLite format 3\0" + b"\x10\x00\x02\x02\x00\x40\x20\x20" * 3,
    "zeros": bytes(8192),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_is_no_database_is_refused_and_stays_as_it_was(tmp_path: Path, content: bytes) -> None:
    """The message names the file; nothing is left beside it."""
    path = tmp_path / DATABASE
    path.write_bytes(content)
    with pytest.raises(EditionError, match=r"corrections.db"):
        open_edition(tmp_path)
    assert path.read_bytes() == content
    assert not beside(tmp_path)


def test_a_damaged_edition_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    """A file cut short, in its first page or as git leaves it that is killed while it writes: what helps is said."""
    make(tmp_path).close()
    path = tmp_path / DATABASE
    whole = path.read_bytes()
    for kept in (1000, len(whole) // 2):
        path.write_bytes(whole[:kept])
        before = sha(path)
        with pytest.raises(EditionError, match=r"not a database that can be read: .*git restore"):
            open_edition(tmp_path)
        assert sha(path) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE notes (body TEXT)", "INSERT INTO notes VALUES ('mine')"],
        # as another program leaves it that keeps its migrations with sqlite-utils
        [
            "CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT)",
            "INSERT INTO _sqlite_migrations VALUES ('other', 'm001', '2020')",
        ],
        ["CREATE TABLE _sqlite_migrations (odd TEXT)"],
    ],
)
def test_a_foreign_database_is_refused_and_stays_as_it_was(tmp_path: Path, mode: str, statements: list[str]) -> None:
    """It is a database, but not one of the workbench."""
    path = tmp_path / DATABASE
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        for statement in statements:
            other.execute(statement)
    before = sha(path)
    with pytest.raises(EditionError, match="not one of the workbench"):
        open_edition(tmp_path)
    assert sha(path) == before
    assert not beside(tmp_path)


def test_the_wal_of_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    """Another program's unfinished business is not ours to tidy."""
    source, copy = tmp_path / "source.db", tmp_path / "edition" / DATABASE
    copy.parent.mkdir()
    with closing(sqlite3.connect(source, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE notes (body TEXT)")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.execute("INSERT INTO notes VALUES ('mine')")
        copy.write_bytes(source.read_bytes())
        copy.with_name(DATABASE + "-wal").write_bytes(source.with_name("source.db-wal").read_bytes())
    with pytest.raises(EditionError, match="not one of the workbench"):
        open_edition(copy.parent)
    with closing(sqlite3.connect(copy)) as other:
        assert other.execute("SELECT body FROM notes").fetchall() == [("mine",)]


def test_a_newer_schema_names_the_version_that_it_needs(tmp_path: Path) -> None:
    """An older program does not touch what it does not understand."""
    with make(tmp_path) as edition:
        put(edition, 0, 2, "X")
        with edition.writing() as db:
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, 'm999_later', '2099')",
                (schema.MIGRATIONS_SET,),
            )
            db.execute("UPDATE edition SET value = '7.5' WHERE key = 'needs'")
    before = sha(tmp_path / DATABASE)
    with pytest.raises(NewerSchemaError, match=r"m999_later.*needs version 7[.]5"):
        open_edition(tmp_path)
    assert sha(tmp_path / DATABASE) == before
    assert not beside(tmp_path)


def test_changes_of_another_program_in_the_same_file_do_not_matter(tmp_path: Path) -> None:
    """Only the workbench's own set of migrations is looked at."""
    with make(tmp_path) as edition:
        first = put(edition, 0, 2, "X")
        with edition.writing() as db:
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('other', 'm001', '2020')"
            )
    with open_edition(tmp_path) as edition:
        assert ids(edition.db) == {first.id}


def test_no_edition_is_said_with_the_way_to_make_one(tmp_path: Path) -> None:
    """Looking for one makes nothing."""
    with pytest.raises(EditionError, match="workbench init"):
        open_edition(tmp_path)
    assert not (tmp_path / DATABASE).exists()


def test_a_folder_in_place_of_the_database_is_refused(tmp_path: Path) -> None:
    """In words, as any other file that is none."""
    (tmp_path / DATABASE).mkdir()
    with pytest.raises(EditionError, match=r"corrections.db"):
        open_edition(tmp_path)


def test_an_edition_is_not_made_over_another_file(tmp_path: Path) -> None:
    """Whatever lies there under that name."""
    (tmp_path / DATABASE).write_bytes(b"mine")
    with pytest.raises(EditionError, match="already"):
        init(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == b"mine"
