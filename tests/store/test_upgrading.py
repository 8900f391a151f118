"""An edition from before a change of the schema: what the change brings follows from the journal that is there."""

from __future__ import annotations

from pathlib import Path

from tests.store.workspace import as_before, fork, make, projected, put
from workbench.services.edition import open_edition
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
