"""Two processes that write at once wait for each other, and each knows what the other wrote before."""

from __future__ import annotations

from pathlib import Path

from tests.store import writer
from tests.store.workspace import beside, ids, make, projected, rebuilt
from workbench.services.edition import open_edition
from workbench.store import entries, verify

EACH = 30


def test_two_racing_writers_make_one_chain(tmp_path: Path) -> None:
    """All entries are there, none beside another, so there is nothing to merge and no conflict."""
    make(tmp_path / "edition").close()
    processes = [writer.start(tmp_path / "edition", who, str(EACH)) for who in ("anna", "boris")]
    acknowledged = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(lines) for lines in acknowledged] == [EACH, EACH]
    with open_edition(tmp_path / "edition") as edition:
        assert ids(edition.db) == {i for lines in acknowledged for i in lines}
        history = entries.history(edition.db)
        assert [e.lamport for e in history] == list(range(1, 2 * EACH + 1))
        assert not history.conflicts
        assert not list(verify.problems(edition.db))
        assert projected(edition.db) == rebuilt(edition)
    assert not beside(tmp_path / "edition")


def test_a_reader_sees_whole_transactions_while_another_writes(tmp_path: Path) -> None:
    """Whatever moment a reader takes, heads and entries agree."""
    make(tmp_path / "edition").close()
    process = writer.start(tmp_path / "edition", "anna", str(EACH))
    with open_edition(tmp_path / "edition") as edition:
        seen = [len(ids(edition.db))]
        while process.poll() is None:
            edition.db.execute("BEGIN")
            assert not list(verify.problems(edition.db))
            seen.append(len(ids(edition.db)))
            edition.db.execute("COMMIT")
    process.communicate()
    assert process.returncode == 0
    assert seen == sorted(seen)
