"""The full verification: what is kept for speed is compared with what follows from the journal, and nothing written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.workspace import (
    TEXT,
    about,
    author,
    beside,
    fork,
    ids,
    make,
    projected,
    put,
    revert,
    sha,
    suggest,
)
from workbench.core.entry import Decision, entry_id
from workbench.core.errors import VerifyError
from workbench.core.line_reading import vouched
from workbench.services.edition import Edition, open_edition
from workbench.services.exchange import merging
from workbench.services.verification import verifying
from workbench.store import interchange, journal, read_lines, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Something of everything that the projections hold: a place in conflict, read lines, a state, words, documents."""
    with make(tmp_path / "edition") as edition:
        with edition.writing() as db:
            suggest(db)
        put(edition, 0, 2, "X")
        put(edition, 0, 3, "Y")
        revert(edition, {put(edition, 14, 16, "Z").id})
        with fork(edition, tmp_path / "fork") as other:
            put(other, 11, 13, "A", who="boris")
            put(edition, 11, 13, "B")
            with edition.writing() as db:
                interchange.merge(db, other.db)
        words = read_lines.reading_of(edition.db, texts.text_row(edition.db, TEXT.sha), 0, 10)
        document = TEXT.sha[:12]
        for decision in (
            about("read", 0, 10, data={"hash": vouched(words)}),
            about("add_line", 17, 17, page="below", data={"after": ""}),
            about("zone", 0, 2, data={"kind": "body"}),
            Decision(act="describe", data={"document": document, "fields": {"author": "Анна"}}),
            Decision(act="state", data={"document": document, "state": "transcribed"}),
            Decision(act="word", data={"word": "ef", "scope": "edition"}),
        ):
            with edition.writing() as db:
                journal.append(db, decision, author())
        with edition.writing() as db:
            journal.append(db, Decision(act="approve"), author("boris"), targets=frozenset({journal_head(edition)}))
    return tmp_path / "edition"


@pytest.fixture
def worked(folder: Path) -> Iterator[Edition]:
    with open_edition(folder, untouched=True) as edition:
        yield edition


def journal_head(edition: Edition) -> str:
    (head,) = edition.db.execute("SELECT entry FROM heads").fetchone()
    return str(head)


def said(edition: Edition, *, full: bool = True) -> list[str]:
    return [str(problem) for problem in verifying.check(edition, full=full).problems]


def rebuilt(edition: Edition) -> None:
    verifying.rebuild(edition, verifying.check(edition, full=True))


def test_what_was_only_recorded_is_intact(worked: Edition) -> None:
    found = verifying.check(worked, full=True)
    assert found.intact and said(worked) == []
    assert found.checked == ("schema", "entries", "texts", "file", "projections")
    assert found.entries == len(ids(worked.db)) and found.heads == (journal_head(worked),)
    assert all(projected(worked.db).values())  # else the tests below would doctor nothing


DOCTORED = [
    ("UPDATE standing SET live = 0 WHERE seq = 2", "standing"),
    ("UPDATE standing SET live = 1, effective = 1", "standing"),
    ("UPDATE standing SET effective = 0 WHERE seq = 2", "standing"),
    ("UPDATE standing SET start = start + 1 WHERE seq = 2", "standing"),
    ("UPDATE standing SET end_ = NULL WHERE seq = 2", "standing"),
    ("UPDATE standing SET layer = 'inline' WHERE seq = 2", "standing"),
    ("UPDATE standing SET text = NULL WHERE seq = 2", "standing"),
    ("UPDATE standing SET seq = 99 WHERE seq = 2", "standing"),
    ("DELETE FROM standing WHERE seq = 2", "standing"),
    (
        "INSERT INTO standing (seq, layer, act, person, effective, live) VALUES (99, 'text', 'edit', 'x', 1, 1)",
        "standing",
    ),
    ("UPDATE standing SET act = 'keep' WHERE seq = 2", "standing"),
    ("UPDATE standing SET person = 'x' WHERE seq = 2", "standing"),
    ("UPDATE standing SET batch = 'x' WHERE seq = 2", "standing"),
    ("UPDATE standing SET document = 'x' WHERE seq = 2", "standing"),
    ("UPDATE standing SET document = 'x' WHERE document IS NOT NULL", "standing"),
    ("UPDATE standing SET word = NULL WHERE act = 'word'", "standing"),
    ("DELETE FROM links WHERE kind = 'supersedes'", "links"),
    ("DELETE FROM links WHERE kind = 'targets'", "links"),
    ("INSERT INTO links SELECT target, entry, kind FROM links WHERE kind = 'supersedes'", "links"),
    ("UPDATE links SET kind = 'targets'", "links"),
    ("DELETE FROM conflicts", "conflicts"),
    ("INSERT INTO conflicts SELECT one || 'x', other FROM conflicts", "conflicts"),
    ("UPDATE reach SET longest = 0 WHERE layer = 'text'", "reach"),
    ("DELETE FROM reach WHERE layer = 'zone'", "reach"),
    ("UPDATE documents SET title = 'mine'", "documents"),
    ("UPDATE documents SET description = '{}'", "documents"),
    ("DELETE FROM documents", "documents"),
    ("UPDATE stretches SET end_ = end_ - 1", "stretches"),
    ("INSERT INTO stretches SELECT document, 7, text, start, end_ FROM stretches", "stretches"),
    ("DELETE FROM read_lines", "read_lines"),
    ("UPDATE read_lines SET line = 1", "read_lines"),
    ("UPDATE read_lines SET entry = 'x'", "read_lines"),
    ("UPDATE suggestions SET closed_by = NULL", "suggestions"),
    ("UPDATE suggestions SET closed_by = (SELECT id FROM entries WHERE seq = 1)", "suggestions"),
]


@pytest.mark.parametrize(("statement", "projection"), DOCTORED, ids=[statement for statement, _ in DOCTORED])
def test_a_doctored_projection_is_named_and_made_anew(worked: Edition, statement: str, projection: str) -> None:
    """The journal itself holds, so the short verification finds nothing; the entries stay as they are."""
    before, entries = projected(worked.db), list(interchange.export_lines(worked.db))
    worked.db.execute(statement)
    assert said(worked, full=False) == []
    named = [line.partition(":")[0] for line in said(worked)]
    assert projection in named
    assert set(named) <= {projection, "readings"}
    rebuilt(worked)
    assert said(worked) == [] and projected(worked.db) == before
    assert list(interchange.export_lines(worked.db)) == entries


def test_a_reading_that_a_screen_would_show_otherwise_is_named(worked: Edition) -> None:
    """Where a decision hides that stands, the place in conflict reads as one side of it."""
    worked.db.execute("UPDATE standing SET live = 0 WHERE seq = (SELECT seq FROM entries, conflicts WHERE id = one)")
    worked.db.execute("DELETE FROM conflicts")
    assert any(line.startswith("readings:") and f"{TEXT.sha[:0]}letter.txt 11..13" in line for line in said(worked))


def test_many_differences_are_counted_and_a_few_named(worked: Edition) -> None:
    worked.db.execute("DELETE FROM standing")
    count = len(ids(worked.db))
    (line,) = [line for line in said(worked) if line.startswith("standing:")]
    assert f"{count} times" in line and line.count(": None") == 3 and "; …" in line


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM transcripts", "rows of the table texts name what is not in the table transcripts: 1"),
        ("UPDATE suggestions SET run = 99", "rows of the table suggestions name what is not in the table runs: 6"),
    ],
)
def test_rows_that_point_to_nothing_are_counted(worked: Edition, statement: str, words: str) -> None:
    worked.db.execute("PRAGMA foreign_keys = OFF")
    worked.db.execute(statement)
    assert words in said(worked)


def test_what_sqlite_finds_damaged_is_named(folder: Path) -> None:
    """An index that lost an entry, as after a fault of the disk: below SQLite's own care."""
    path = folder / "corrections.db"
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'standing_by_place'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    at = (root - 1) * size + 3
    cells = int.from_bytes(content[at : at + 2], "big")
    content[at : at + 2] = (cells - 1).to_bytes(2, "big")
    path.write_bytes(content)
    with open_edition(folder, untouched=True) as edition:
        assert any("SQLite finds the file damaged" in line for line in said(edition))
        assert said(edition, full=False) == []


def sealed(db: sqlite3.Connection, body: str) -> None:
    """Append a body whatever it says, its hash and place as they should be."""
    (head, lamport) = db.execute("SELECT id, lamport FROM entries JOIN heads ON entry = id").fetchone()
    new = entry_id([head], body)
    db.execute("INSERT INTO entries (id, parents, lamport, body) VALUES (?, ?, ?, ?)", (new, head, lamport + 1, body))
    db.execute("UPDATE heads SET entry = ?", (new,))


def test_an_entry_that_says_nothing_known_is_named(worked: Edition) -> None:
    """It has its hash; what follows from it nobody can say, so the projections are not compared."""
    sealed(worked.db, '{"act":"dance","person":"anna","role":"r","time":"2020-01-01T00:00:00.000000Z"}')
    found = verifying.check(worked, full=True)
    assert any("says nothing that this program knows" in str(p) for p in found.problems)
    assert "projections" not in found.checked
    with pytest.raises(VerifyError):
        rebuilt(worked)


def test_what_is_no_json_cannot_be_put_in(worked: Edition) -> None:
    """The indexes look into every body."""
    with pytest.raises(sqlite3.OperationalError, match="malformed JSON"):
        sealed(worked.db, 'no json,"time":"2020-01-01T00:00:00.000000Z"}')


def test_where_the_journal_is_not_intact_nothing_is_said_of_what_follows(worked: Edition) -> None:
    worked.db.execute("DROP TRIGGER entries_keep_no_update")
    worked.db.execute("UPDATE entries SET body = replace(body, '\"Y\"', '\"Q\"')")
    found = verifying.check(worked, full=True)
    assert {p.area for p in found.problems} == {"schema", "entries"} and "projections" not in found.checked
    with pytest.raises(VerifyError, match="nothing was made anew"):
        rebuilt(worked)


def test_progress_rises_to_its_end(worked: Edition) -> None:
    told: list[tuple[int, int]] = []
    verifying.check(worked, full=True, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1] == (2 * len(ids(worked.db)),) * 2


def test_a_bundle_verifies(worked: Edition, tmp_path: Path) -> None:
    """It has the whole journal, and the texts of some documents, here of all and of none."""
    for number, documents in enumerate(([TEXT.sha[:12]], [])):
        merging.bundle(worked, documents, tmp_path / f"bundle-{number}")
        with open_edition(tmp_path / f"bundle-{number}") as taken:
            assert said(taken) == []


# nothing is written


def test_verifying_writes_nothing(folder: Path) -> None:
    """Byte for byte, with nothing left beside it."""
    before = sha(folder / "corrections.db")
    with open_edition(folder, untouched=True) as edition:
        assert said(edition) == []
    assert sha(folder / "corrections.db") == before and not beside(folder)


CRASHING = """
import sys
from pathlib import Path
from tests.store.workspace import put
from workbench.services.edition import open_edition
edition = open_edition(Path(sys.argv[1]))
put(edition, 16, 17, "W")
import os
os._exit(0)
"""


def test_a_wal_that_a_crash_left_is_read_and_left_there(folder: Path) -> None:
    """What waits in it counts, and neither file is touched."""
    with open_edition(folder) as edition:
        count = len(ids(edition.db))
    subprocess.run([sys.executable, "-c", CRASHING, str(folder)], check=True, cwd=Path(__file__).parents[2],
                   env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})  # fmt: skip
    files = folder / "corrections.db", folder / "corrections.db-wal"
    before = [sha(path) for path in files]
    with open_edition(folder, untouched=True) as edition:
        found = verifying.check(edition, full=True)
    assert found.intact and found.entries == count + 1
    assert [sha(path) for path in files] == before


def test_what_others_write_meanwhile_does_not_disturb(worked: Edition) -> None:
    """All is seen at one moment."""
    with open_edition(worked.folder) as other:
        wrote: list[str] = []

        def write(done: int, total: int) -> None:
            if len(wrote) < 2:
                wrote.append(put(other, 16, 17, f"W{len(wrote)}").id)

        before = len(ids(worked.db))
        found = verifying.check(worked, full=True, progress=write)
        assert found.intact and found.entries == before and len(wrote) == 2


def test_an_interruption_ends_the_check_of_the_file_as_well(worked: Edition) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verifying.check(worked, full=True, progress=stop)
    assert not worked.db.in_transaction
    assert said(worked) == []
