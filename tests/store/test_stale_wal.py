"""A left-over -wal: replayed when it belongs to the database beside it, set aside and named when it does not."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.store import writer
from tests.store.workspace import beside, ids, make, projected, put, rebuilt
from workbench.core.text import Text
from workbench.services.edition import DATABASE, LEFT_OPEN, Edition, open_edition
from workbench.store import connection, verify

WAL = DATABASE + "-wal"


def copied(folder: Path, to: Path) -> Path:
    """A folder as a crash leaves it: the database and its -wal as they are at this moment."""
    to.mkdir()
    for name in (DATABASE, WAL):
        if (folder / name).exists():
            shutil.copyfile(folder / name, to / name)
    return to


def folded(edition: Edition) -> None:
    """Move what the -wal holds into the database."""
    edition.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def grown(edition: Edition, count: int, who: str = "anna") -> set[str]:
    return {put(edition, n % 16, n % 16 + 1, f"{who}{n}-" + "X" * 200, who=who).id for n in range(count)}


def assert_sound(edition: Edition) -> None:
    assert not list(verify.problems(edition.db))
    assert projected(edition.db) == rebuilt(edition)


@pytest.mark.parametrize("entries", [1, 5, 60])
def test_a_wal_of_its_own_is_replayed(edition: Edition, tmp_path: Path, entries: int) -> None:
    """Entries that were only in the -wal are there, and nothing is said."""
    grown(edition, 3)
    folded(edition)
    grown(edition, entries)
    with open_edition(copied(edition.folder, tmp_path / "crashed")) as again:
        assert not again.notices
        assert ids(again.db) == ids(edition.db)
        assert_sound(again)


def test_who_waits_for_a_wal_to_be_looked_at_is_told_why_once(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a second; and nobody where nothing was left."""
    grown(edition, 5)
    monkeypatch.setattr(connection, "_OFTEN", 1)
    for seconds, heard in ((0, []), (0.5, [LEFT_OPEN])):
        monkeypatch.setattr("workbench.services.edition.monotonic", count(0, seconds).__next__)
        told: list[str] = []
        crashed = copied(edition.folder, tmp_path / f"crashed-{seconds}")
        open_edition(crashed, told=told.append).close()
        assert told == heard
        open_edition(crashed, told=told.append).close()
        assert told == heard


def test_the_whole_edition_may_be_in_the_wal(tmp_path: Path) -> None:
    """Made and killed before anything was moved into the file."""
    with make(tmp_path / "edition") as edition:
        first = put(edition, 0, 2, "X")
        with open_edition(copied(edition.folder, tmp_path / "crashed")) as again:
            assert ids(again.db) == {first.id}
            assert_sound(again)


def test_a_wal_torn_at_its_end_is_replayed_up_to_there(edition: Edition, tmp_path: Path) -> None:
    """The last transaction, not yet whole, was not acknowledged."""
    folded(edition)
    grown(edition, 5)
    crashed = copied(edition.folder, tmp_path / "crashed")
    with (crashed / WAL).open("r+b") as wal:
        wal.truncate((crashed / WAL).stat().st_size - 100)
    with open_edition(crashed) as again:
        assert not again.notices
        assert ids(again.db) < ids(edition.db)
        assert len(ids(again.db)) == 4
        assert_sound(again)


@pytest.mark.parametrize("before", [0, 1, 3, 40])
@pytest.mark.parametrize("between", [1, 3, 40])
@pytest.mark.parametrize("after", [1, 40])
def test_a_wal_beside_an_older_copy_is_set_aside(tmp_path: Path, before: int, between: int, after: int) -> None:
    """The older database is what somebody put there: it is read as it is, and the -wal is kept under a name."""
    with make(tmp_path / "edition") as edition:
        grown(edition, before)
        folded(edition)
        old = ids(edition.db)
        shutil.copyfile(edition.database, tmp_path / "older.db")
        grown(edition, between)
        folded(edition)
        grown(edition, after)
        restored = copied(edition.folder, tmp_path / "restored")
        shutil.copyfile(tmp_path / "older.db", restored / DATABASE)
    wal = (restored / WAL).read_bytes()
    with open_edition(restored) as again:
        assert ids(again.db) == old
        assert_sound(again)
        (notice,) = again.notices
        (aside,) = beside(restored) - {WAL, DATABASE + "-shm"}
        assert aside in notice
        assert (restored / aside).read_bytes() == wal
        put(again, 0, 2, "Z")
    assert beside(restored) == {aside}
    with open_edition(restored) as again:
        assert not again.notices
        assert len(ids(again.db)) == len(old) + 1


@pytest.mark.parametrize("theirs", [0, 2, 60])
@pytest.mark.parametrize("mine", [1, 60])
def test_a_wal_beside_another_edition_is_set_aside(tmp_path: Path, theirs: int, mine: int) -> None:
    """Another edition's database, larger or smaller, is not mixed with it."""
    other = make(tmp_path / "other", text=Text(content="another text\n" * 30, reader="plain"), name="other.txt")
    with other:
        for n in range(theirs):
            with other.writing() as db:
                db.execute("INSERT INTO edition VALUES (?, ?)", (f"k{n}", "v" * 300))
    with make(tmp_path / "edition") as edition:
        folded(edition)
        grown(edition, mine)
        mixed = copied(edition.folder, tmp_path / "mixed")
    shutil.copyfile(other.database, mixed / DATABASE)
    with open_edition(mixed) as again:
        assert len(again.notices) == 1
        assert not ids(again.db)
        assert [name for (name,) in again.db.execute("SELECT name FROM transcripts")] == ["other.txt"]
        assert again.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert_sound(again)


@pytest.mark.parametrize("mine", [1, 40])
@pytest.mark.parametrize("theirs", [1, 40])
def test_a_wal_beside_a_fork_of_the_database_is_set_aside(tmp_path: Path, mine: int, theirs: int) -> None:
    """A checked-out branch that went on from the same state keeps its own entries."""
    with make(tmp_path / "edition") as edition:
        grown(edition, 3)
        folded(edition)
        branch = copied(edition.folder, tmp_path / "branch")
        with open_edition(branch) as forked:
            grown(forked, theirs, who="boris")
            kept = ids(forked.db)
        grown(edition, mine)
        shutil.copyfile(edition.folder / WAL, branch / WAL)
    with open_edition(branch) as again:
        assert len(again.notices) == 1
        assert ids(again.db) == kept
        assert_sound(again)


def test_a_wal_in_use_is_left_alone(edition: Edition) -> None:
    """While another process works here its -wal is nobody's business."""
    process = writer.start(edition.folder, "boris", "hold")
    assert process.stdout is not None
    process.stdout.readline()
    try:
        assert connection.set_stale_wal_aside(edition.database, stamp="now") is None
    finally:
        process.kill()
        process.communicate()


def test_a_wal_of_no_length_is_left_alone(edition: Edition, tmp_path: Path) -> None:
    """It holds nothing that could be replayed."""
    folded(edition)
    quiet = copied(edition.folder, tmp_path / "quiet")
    (quiet / WAL).write_bytes(b"")
    assert connection.set_stale_wal_aside(quiet / DATABASE, stamp="now") is None


def test_a_wal_of_rubbish_is_harmless(edition: Edition, tmp_path: Path) -> None:
    """Whether set aside or passed over, what was recorded is read."""
    put(edition, 0, 2, "X")
    folded(edition)
    odd = copied(edition.folder, tmp_path / "odd")
    (odd / WAL).write_bytes(b"rubbish" * 1000)
    with open_edition(odd) as again:
        assert ids(again.db) == ids(edition.db)
        assert_sound(again)
