"""Opening, looking and closing leave the database as it was, byte for byte, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.workspace import TEXT, beside, ids, make, put, read, revert, sha, suggest
from workbench.services import library, persons
from workbench.services.document.lines import Lines
from workbench.services.edition import Edition, again, open_edition
from workbench.services.looking_back import history, provenance
from workbench.store import connection, entries, interchange, suggestions, texts, verify


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of an edition with suggestions, decisions and one taken back."""
    with make(tmp_path / "edition") as edition:
        with edition.writing() as db:
            suggest(db)
            persons.ensure(edition, "Anna")
        put(edition, 0, 2, "X")
        revert(edition, {put(edition, 11, 13, "Y").id})
    return tmp_path / "edition"


def browse(edition: Edition) -> None:
    """Look at all there is."""
    assert read(edition)
    assert library.listings(edition)
    assert list(provenance.told(edition, history.choose(edition)))
    assert list(interchange.export_lines(edition.db))
    assert not list(verify.problems(edition.db))
    assert suggestions.within(edition.db, TEXT.sha, 0, 99)
    assert texts.whole_text(edition.db, TEXT.sha) == TEXT
    lines = Lines(edition, library.listings(edition)[0].id)
    assert len(lines.rows(0, lines.row_count)) == 2
    for view in ("history", "open_suggestions", "progress"):
        assert edition.db.execute(f"SELECT * FROM {view}").fetchall()


def by_opening(folder: Path) -> None:
    with open_edition(folder) as edition:
        browse(edition)


def by_opening_from_within(folder: Path) -> None:
    with open_edition(folder / "transcripts") as edition:
        browse(edition)


def by_two_connections(folder: Path) -> None:
    with open_edition(folder) as edition, again(edition) as second:
        browse(edition)
        browse(second)


def by_reading_only(folder: Path) -> None:
    reader = Edition(folder, connection.connect(folder / "corrections.db", read_only=True))
    browse(reader)
    reader.db.close()


def by_merging_it_into_another(folder: Path) -> None:
    with make(folder.parent / "another") as other:
        theirs = connection.connect(folder / "corrections.db", read_only=True)
        with other.writing() as db:
            interchange.merge(db, theirs)
        theirs.close()


def by_a_refused_write(folder: Path) -> None:
    with open_edition(folder) as edition:
        with pytest.raises(ValueError, match="not now"), edition.writing():
            raise ValueError("not now")
        browse(edition)


@pytest.mark.parametrize(
    "look",
    [
        by_opening,
        by_opening_from_within,
        by_two_connections,
        by_reading_only,
        by_merging_it_into_another,
        by_a_refused_write,
    ],
)
def test_looking_leaves_the_bytes_as_they_were(closed: Path, look: Callable[[Path], None]) -> None:
    """A file under version control is not changed by being read, and no -wal or -shm is left."""
    before = sha(closed / "corrections.db")
    assert not beside(closed)
    look(closed)
    assert sha(closed / "corrections.db") == before
    assert not beside(closed)


def test_the_last_to_close_leaves_one_file_that_stands_alone(closed: Path) -> None:
    """While another has it open, what was written may wait in the -wal; then it is in the file."""
    first, second = open_edition(closed), open_edition(closed)
    new = put(first, 14, 16, "Z")
    first.close()
    assert new.id in ids(second.db)
    second.close()
    assert not beside(closed)
    (closed / "corrections.db").rename(closed.parent / "corrections.db")
    with open_edition(closed.parent) as moved:
        assert new.id in ids(moved.db)
        assert entries.heads(moved.db) == (new.id,)
