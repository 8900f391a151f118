"""A writer killed in the middle of its work loses nothing that it acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store import writer
from tests.store.workspace import beside, ids, make, projected, rebuilt, slow_pieces
from tests.store.workspace import pieces as pieces_of
from workbench.services.edition import open_edition
from workbench.store import entries, verify


def killed(folder: Path, after: int) -> list[str]:
    """Ids acknowledged by a writer that was killed after so many of them, and a few more under way."""
    process = writer.start(folder, "anna", "0")
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(after)]
    process.kill()
    acknowledged += process.stdout.read().split("\n")
    process.stdout.close()
    process.wait()
    return [line for line in acknowledged if len(line) == 64]


@pytest.mark.parametrize("after", [1, 7, 40])
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path, after: int) -> None:
    """The left-over -wal belongs to the database and is replayed; the file verifies, its projections are sound."""
    make(tmp_path / "edition").close()
    acknowledged = killed(tmp_path / "edition", after)
    assert len(acknowledged) >= after
    assert "corrections.db-wal" in beside(tmp_path / "edition")
    with open_edition(tmp_path / "edition") as edition:
        assert not edition.notices
        assert set(acknowledged) <= ids(edition.db)
        assert not list(verify.problems(edition.db))
        assert projected(edition.db) == rebuilt(edition)
        assert pieces_of(edition.db) == slow_pieces(entries.history(edition.db))
    assert not beside(tmp_path / "edition")


def test_a_second_writer_goes_on_where_the_first_was_killed(tmp_path: Path) -> None:
    """Kill after kill, the entries of all of them stand in one chain."""
    make(tmp_path / "edition").close()
    acknowledged = [i for after in (3, 5, 2) for i in killed(tmp_path / "edition", after)]
    with open_edition(tmp_path / "edition") as edition:
        assert set(acknowledged) <= ids(edition.db)
        history = entries.history(edition.db)
        assert [e.lamport for e in history] == list(range(1, len(history) + 1))
        assert not list(verify.problems(edition.db))
