"""A write that fails says why, leaves nothing half-written, and keeps what was acknowledged before."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.store import writer
from tests.store.workspace import author, beside, change, ids, make, projected, put, rebuilt, sha, waiting
from workbench.core.errors import EditionError, LockedError, RefusedError
from workbench.services import deciding, persons
from workbench.services.edition import Edition, open_edition
from workbench.store import connection, journal, verify


def test_a_locked_database_names_who_keeps_it(edition: Edition) -> None:
    """After waiting, the error names the other process; nothing is recorded, and later writing works."""
    first = put(edition, 0, 2, "X")
    holder = writer.start(edition.folder, "boris", "hold")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    try:
        with waiting(50), open_edition(edition.folder) as late:
            with pytest.raises(LockedError) as caught:
                put(late, 11, 13, "Y")
            assert not late.db.in_transaction
            assert ids(late.db) == {first.id}
        message = str(caught.value)
        assert str(edition.database) in message
        assert "nothing of this was recorded" in message
        if Path("/proc/locks").exists():
            assert f"(process {holder.pid})" in message
            assert str(os.getpid()) not in message
    finally:
        holder.kill()
        holder.communicate()
    second = put(edition, 11, 13, "Y")
    assert ids(edition.db) == {first.id, second.id}
    assert not list(verify.problems(edition.db))


def test_a_database_locked_by_this_process_is_still_a_locked_one(edition: Edition) -> None:
    """Two threads of one program: there is no other process to name."""
    refused = pytest.raises(LockedError, match="being written by another process")
    with edition.writing(), waiting(20), open_edition(edition.folder) as late, refused:
        put(late, 0, 2, "X")


def test_closing_does_not_wait_for_a_writer(edition: Edition) -> None:
    """Who only looked something up is not kept: the one who writes will tidy up."""
    put(edition, 0, 2, "X")
    with edition.writing(), waiting(20_000):
        late = open_edition(edition.folder)
        begun = time.monotonic()
        late.close()
        assert time.monotonic() - begun < 5


def test_a_reader_does_not_wait_for_a_writer(edition: Edition) -> None:
    """What was recorded before can be read meanwhile."""
    first = put(edition, 0, 2, "X")
    with edition.writing() as db:
        journal.append(db, change(11, 13, "Y"), author())
        reader = connection.connect(edition.database, read_only=True)
        assert ids(reader) == {first.id}
        reader.close()


def test_a_full_disk_keeps_what_was_acknowledged(edition: Edition) -> None:
    """The write that finds no room fails whole, in words; with room again, work goes on."""
    edition.db.execute("PRAGMA max_page_count = 1")  # not below what is there
    acknowledged = []
    with pytest.raises(EditionError, match="what was acknowledged before is kept"):
        for number in range(1000):
            acknowledged.append(put(edition, 11, 13, f"{number}-" + "X" * 500).id)
    assert acknowledged
    assert ids(edition.db) == set(acknowledged)
    assert projected(edition.db) == rebuilt_with_room(edition)
    acknowledged.append(put(edition, 11, 13, "Y").id)
    assert ids(edition.db) == set(acknowledged)
    assert not list(verify.problems(edition.db))


def rebuilt_with_room(edition: Edition) -> dict[str, set[tuple[object, ...]]]:
    edition.db.execute("PRAGMA max_page_count = 1000000")
    return rebuilt(edition)


def test_a_write_refused_at_once_leaves_no_transaction_open(edition: Edition) -> None:
    """However early a write fails, the next one begins anew."""
    edition.db.execute("PRAGMA query_only = ON")
    with pytest.raises(EditionError):
        put(edition, 0, 2, "X")
    assert not edition.db.in_transaction
    edition.db.execute("PRAGMA query_only = OFF")
    made = put(edition, 0, 2, "X")
    assert ids(edition.db) == {made.id}


def test_a_batch_is_recorded_whole_or_not_at_all(edition: Edition) -> None:
    """One refusal among many leaves nothing of the others."""
    with edition.writing():
        anna = persons.ensure(edition, "Anna")
    before = ids(edition.db)
    good = {"transcript": "letter.txt", "act": "edit", "start": 0, "end": 2, "page": "X"}
    bad = good | {"start": 11, "end": 13, "before": "something else"}
    with pytest.raises(RefusedError, match="stands 'gh', not 'something else'"):
        deciding.record_all(edition, [good, bad], anna, batch="two")
    assert ids(edition.db) == before
    assert projected(edition.db) == rebuilt(edition)


def test_an_error_in_the_midst_of_a_transaction_rolls_it_back(edition: Edition) -> None:
    """Whatever goes wrong, and an interruption by the keyboard too."""
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error), edition.writing() as db:
            journal.append(db, change(0, 2, "X"), author())
            raise error
        assert not edition.db.in_transaction
        assert not ids(edition.db)


def test_a_read_only_connection_does_not_write(edition: Edition) -> None:
    """It reads, and a write is refused in words."""
    first = put(edition, 0, 2, "X")
    reader = Edition(edition.folder, connection.connect(edition.database, read_only=True))
    assert ids(reader.db) == {first.id}
    with pytest.raises(EditionError, match="cannot be written here"):
        put(reader, 11, 13, "Y")
    reader.db.close()


def test_a_folder_that_cannot_be_written_opens_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is made or changed beside it, reading works, and a write is refused in words."""
    with make(tmp_path / "edition") as edition:
        first = put(edition, 0, 2, "X")
    before = sha(edition.database)
    # the system's answer, for the one who runs the tests may be allowed everything
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with open_edition(tmp_path / "edition") as closed:
        assert ids(closed.db) == {first.id}
        assert not beside(tmp_path / "edition")
        with pytest.raises(EditionError, match="cannot be written here; what was recorded before is kept"):
            put(closed, 11, 13, "Y")
    assert sha(edition.database) == before
    assert not beside(tmp_path / "edition")
