"""An edition from before a change of the schema: what the change brings follows from the journal that is there."""

from __future__ import annotations

from pathlib import Path

from tests.store.workspace import as_before, fork, make, projected, put
from workbench.services import library, persons
from workbench.services.edition import Edition, open_edition
from workbench.services.quality import statistics
from workbench.services.reviewing import board, review
from workbench.services.verification import verifying
from workbench.store import connection, interchange, schema

BEFORE = schema.KNOWN[:-1]


def test_what_merges_brought_is_found_in_an_older_edition(tmp_path: Path) -> None:
    with make(tmp_path / "one") as one:
        put(one, 0, 2, "X")
        with fork(one, tmp_path / "other") as other:
            for edition, start in ((one, 11), (other, 14), (other, 16), (one, 12)):
                put(edition, start, start + 1, "Y", who=edition.folder.name)
            for page in "VW":  # merged, worked on apart, merged again
                with one.writing() as db:
                    interchange.merge(db, other.db)
                put(one, 5, 6, page)
                put(other, 6, 7, page, who="other")
        kept = projected(one.db)
        assert len(kept["merged"]) == 2
        as_before(one, tmp_path / "before", knowing=BEFORE)
    with open_edition(tmp_path / "before") as older:
        assert schema.applied(older.db) == BEFORE
        assert verifying.check(older, full=True).intact
        older.upgrade()
        assert connection.is_current(older.db)
        assert projected(older.db) == kept
        assert verifying.check(older, full=True).intact


def test_lists_boards_and_statistics_are_those_of_the_newest_schema_before_anybody_writes(tmp_path: Path) -> None:
    with make(tmp_path / "one") as one:
        first = put(one, 0, 2, "X")
        put(one, 5, 6, "Y", who="other")
        with one.writing():
            editor = persons.ensure(one, "Редактор")
        review.approve(one, [first.id], editor)

        def seen(edition: Edition) -> tuple[object, ...]:
            headings = library.headings(edition)
            return (library.listings(edition), list(board.posts(edition)), list(review.items(edition, headings)),
                    statistics.statistics(edition, headings), statistics.statistics(edition, headings[:1]))  # fmt: skip

        now = seen(one)
        as_before(one, tmp_path / "before", knowing=BEFORE)
    with open_edition(tmp_path / "before") as older:
        assert seen(older) == now and schema.applied(older.db) == BEFORE
        older.upgrade()
        assert seen(older) == now and connection.is_current(older.db)
