"""The journal guards itself, and `verify` names what was changed behind its back."""

from __future__ import annotations

import sqlite3

import pytest

from tests.store.workspace import TEXT, fork, put, revert
from workbench.core.errors import RefusedError
from workbench.services.edition import Edition
from workbench.store import connection, interchange, schema, verify


@pytest.fixture
def worked(edition: Edition) -> Edition:
    """Four entries: two changes, one over another, one taken back."""
    put(edition, 0, 2, "X")
    put(edition, 0, 3, "Y", who="boris")
    revert(edition, {put(edition, 11, 13, "Z").id})
    return edition


def said(db: sqlite3.Connection) -> list[str]:
    """What verify says of a database."""
    return [str(problem) for problem in verify.problems(db)]


def drop_guards(db: sqlite3.Connection) -> dict[str, str]:
    """Take the triggers away; their SQL, to put them back."""
    guards = {p.name: p.sql for p in schema.parts(db).values() if p.kind == "trigger"}
    for name in guards:
        db.execute(f"DROP TRIGGER {name}")
    return guards


def behind_its_back(db: sqlite3.Connection, *statements: str) -> list[str]:
    """Change a database as somebody would who knows SQLite, guards put back; what verify says of it."""
    guards = drop_guards(db)
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        db.execute(statement)
    for sql in guards.values():
        db.execute(sql)
    return said(db)


def test_an_intact_journal_has_no_problems(worked: Edition) -> None:
    """Also with several heads joined by a merge."""
    assert not list(verify.problems(worked.db))
    with fork(worked, worked.folder.parent / "copy") as copy:
        put(copy, 14, 16, "A", who="boris")
        put(worked, 14, 16, "B")
        with worked.writing() as db:
            interchange.merge(db, copy.db)
        assert not list(verify.problems(worked.db))
        put(worked, 14, 16, "C")
        assert not list(verify.problems(worked.db))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = '{}'",
        "UPDATE entries SET lamport = lamport + 1",
        "UPDATE OR REPLACE entries SET id = 'x' WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 1",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT seq, id, parents, lamport, '{}' FROM entries WHERE seq = 1",
        "REPLACE INTO entries (seq, id, parents, lamport, body) VALUES (1, 'x', '', 1, '{}')",
        "INSERT INTO entries (seq, id, parents, lamport, body) SELECT 99, id, parents, lamport, body FROM entries",
    ],
)
def test_an_entry_is_neither_changed_nor_deleted_nor_replaced(worked: Edition, statement: str) -> None:
    """The database itself refuses, whoever asks."""
    before = worked.db.execute("SELECT * FROM entries").fetchall()
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        worked.db.execute(statement)
    assert worked.db.execute("SELECT * FROM entries").fetchall() == before


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("body = replace(body, '\"Y\"', '\"Q\"')", "does not have the hash of its content"),
        ("body = '{}'", "does not have the hash of its content"),
        ("body = '[]'", "does not have the hash of its content"),
        ("body = '{\"time\": 7}'", "does not have the hash of its content"),
        ("body = replace(body, 'boris', 'olga')", "does not have the hash of its content"),
        ("id = 'f' || substr(id, 2)", "does not have the hash of its content"),
        ("lamport = lamport + 7", "has a wrong place in the order"),
        ("parents = ''", "does not have the hash of its content"),
    ],
)
def test_a_changed_entry_is_named(worked: Edition, change: str, named: str) -> None:
    """Whatever column is changed, and however badly, verify says which entry it is and goes on."""
    (entry_id,) = worked.db.execute("SELECT id FROM entries WHERE seq = 2").fetchone()
    found = behind_its_back(worked.db, f"UPDATE entries SET {change} WHERE seq = 2")
    (shown,) = worked.db.execute("SELECT id FROM entries WHERE seq = 2").fetchone()
    assert any(named in line and (entry_id[:12] in line or shown[:12] in line) for line in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"act":"edit"', b"no json at al"),
        (b'{"act":"edit"', b'{"act":"\xff\xff\xff\xff"'),
        (b'"page":"Z"', b'"page":"Q"'),
        (b'"time":"', b'"tame":"'),
    ],
)
def test_bytes_changed_in_the_file_are_named(worked: Edition, old: bytes, new: bytes) -> None:
    """Below SQLite, what is no JSON or no UTF-8 any more is named as well; such a journal is not merged."""
    copy = fork(worked, worked.folder.parent / "copy")
    put(copy, 14, 16, "Z", who="boris")
    copy.close()
    content = copy.database.read_bytes()
    assert old in content
    copy.database.write_bytes(content.replace(old, new))
    db = connection.connect(copy.database)
    found = said(db)
    assert any("hash of its content" in line or "cannot be read" in line for line in found)
    before = list(interchange.export_lines(worked.db))
    with pytest.raises(RefusedError), worked.writing() as mine:
        interchange.merge(mine, db)
    assert list(interchange.export_lines(worked.db)) == before
    db.close()


def test_a_deleted_entry_is_named_by_what_follows_it(worked: Edition) -> None:
    """In the middle of the chain its id is missed as a parent."""
    (entry_id,) = worked.db.execute("SELECT id FROM entries WHERE seq = 2").fetchone()
    found = behind_its_back(worked.db, "DELETE FROM entries WHERE seq = 2")
    assert any(f"follows {entry_id[:12]}, which is missing" in line for line in found)


def test_a_deleted_last_entry_is_missed_as_a_head(worked: Edition) -> None:
    """Nothing follows it, but the heads name it."""
    found = behind_its_back(worked.db, "DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)")
    assert found == ["the heads are not those that follow from the entries"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE transcripts SET bytes = CAST('another' AS BLOB)", "the kept bytes of letter.txt"),
        ("UPDATE lines SET content = 'abcd' || substr(content, 5) WHERE line = 0", "the text of letter.txt"),
        ("DELETE FROM lines WHERE line = 1", "the text of letter.txt"),
        ("DELETE FROM lines", "the text of letter.txt"),
        ("UPDATE texts SET sha256 = 'x' || substr(sha256, 2)", "the text of letter.txt"),
    ],
)
def test_a_changed_transcript_is_named(worked: Edition, statement: str, named: str) -> None:
    """The bytes as received and the text that decisions refer to are hashed anew."""
    assert any(line.startswith(named) for line in behind_its_back(worked.db, statement))


def test_a_lost_text_is_named(worked: Edition) -> None:
    """Decisions about a text that is no longer kept are not intact."""
    found = behind_its_back(worked.db, "DELETE FROM lines", "DELETE FROM texts", "DELETE FROM transcripts")
    assert any(TEXT.sha[:12] in line for line in found)


def test_a_missing_guard_is_named(worked: Edition) -> None:
    """Each trigger that the program made is looked for."""
    for name in drop_guards(worked.db):
        assert f"the guard {name} is missing" in said(worked.db)


def test_a_changed_guard_is_named(worked: Edition) -> None:
    """A trigger of the same name that does nothing is no guard."""
    worked.db.execute("DROP TRIGGER entries_keep_no_delete")
    worked.db.execute("CREATE TRIGGER entries_keep_no_delete BEFORE DELETE ON entries BEGIN SELECT 1; END")
    assert said(worked.db) == ["the guard entries_keep_no_delete is changed"]


def test_a_foreign_trigger_on_the_journal_is_named(worked: Edition) -> None:
    """A trigger might write beside the journal whatever is recorded."""
    worked.db.execute("CREATE TRIGGER spy AFTER INSERT ON entries BEGIN SELECT 1; END")
    assert said(worked.db) == ["the table entries has a trigger spy that the program did not make"]


def test_changed_heads_are_named(worked: Edition) -> None:
    """Else the next entry would not know what it follows."""
    found = behind_its_back(worked.db, "UPDATE heads SET entry = (SELECT id FROM entries WHERE seq = 1)")
    assert found == ["the heads are not those that follow from the entries"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = replace(body, '\"A\"', '\"Q\"')",
        "UPDATE entries SET body = '{}' WHERE seq = (SELECT max(seq) FROM entries)",
        "DELETE FROM entries WHERE seq = (SELECT max(seq) - 1 FROM entries)",
        "UPDATE entries SET lamport = 9 WHERE seq = (SELECT max(seq) FROM entries)",
    ],
)
def test_a_tampered_journal_is_not_merged(worked: Edition, statement: str) -> None:
    """It is refused whole, in words, and the edition stays as it was."""
    with fork(worked, worked.folder.parent / "copy") as copy:
        put(copy, 14, 16, "A", who="boris")
        put(copy, 16, 17, "B", who="boris")
        behind_its_back(copy.db, statement)
        before = list(interchange.export_lines(worked.db))
        with pytest.raises(RefusedError), worked.writing() as db:
            interchange.merge(db, copy.db)
        assert list(interchange.export_lines(worked.db)) == before
        assert not list(verify.problems(worked.db))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE entries SET body = replace(body, '\"Z\"', '\"Q\"')", "DELETE FROM entries WHERE seq = 1"],
)
def test_what_was_tampered_with_is_not_taken_where_the_truth_is_known(worked: Edition, statement: str) -> None:
    """Only what is new here is taken, and hashed again first."""
    with fork(worked, worked.folder.parent / "copy") as copy:
        put(copy, 14, 16, "A", who="boris")
        behind_its_back(copy.db, statement)
        before = list(interchange.export_lines(worked.db))
        with worked.writing() as db:
            assert interchange.merge(db, copy.db).entries == 1
        assert list(interchange.export_lines(worked.db))[: len(before)] == before
        assert not list(verify.problems(worked.db))
