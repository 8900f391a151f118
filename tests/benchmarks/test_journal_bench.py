"""The benchmark of the journal measures what it says: an edition that the program itself has written, and all rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import growth
from benchmarks.archive import ENTRIES
from benchmarks.copies import build
from benchmarks.figures import Figure, compared
from benchmarks.journal import Effort, measure, report
from tests.store.workspace import projected, rebuilt
from workbench.services import library
from workbench.services.edition import open_edition
from workbench.services.verification import verifying
from workbench.store import entries


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """An edition of two thousand entries, and a copy of it when it had one."""
    return build(tmp_path_factory.mktemp("editions"), [1_000, 2_000])


def test_the_editions_are_as_large_as_asked_for(made: dict[int, Path]) -> None:
    for size, folder in made.items():
        with open_edition(folder) as edition:
            assert entries.last_seq(edition.db) == size
            assert len(library.ids(edition)) == size // ENTRIES
            said = edition.db.execute("SELECT json_extract(body, '$.data.document'), count(*) FROM entries GROUP BY 1")
            assert dict(said).keys() == {None, *library.ids(edition)}


def test_what_was_made_is_intact_and_what_is_kept_for_speed_follows_from_it(made: dict[int, Path]) -> None:
    for folder in made.values():
        with open_edition(folder) as edition:
            assert verifying.check(edition, full=True).intact
            assert projected(edition.db) == rebuilt(edition)
            acts = {act for (act,) in edition.db.execute("SELECT DISTINCT act FROM entries")}
            assert acts >= {"accept", "edit", "keep", "revert", "approve", "dispute", "read", "zone", "state", "word"}
            (overturned,) = edition.db.execute("SELECT count(*) FROM standing WHERE live = 0").fetchone()
            assert overturned > 0


def test_the_same_numbers_give_the_same_entries(made: dict[int, Path], tmp_path: Path) -> None:
    again = build(tmp_path, [1_000])[1_000]
    with open_edition(again) as one, open_edition(made[1_000]) as other, open_edition(made[2_000]) as longer:
        ids = [e.id for e in entries.every(one.db)]
        assert ids == [e.id for e in entries.every(other.db)] == [e.id for e in entries.every(longer.db)][:1_000]


def test_the_report_has_every_figure(tmp_path: Path) -> None:
    effort = Effort(openings=2, processes=1, appends=24, new=(20, 40), times=1)
    told: list[str] = []
    bounded, same, surveys, said = measure(tmp_path, 2_000, effort, told.append)
    written = report(bounded, same, surveys, said)
    assert said.startswith("2,000 entries")
    assert [f.what for f in bounded] == [
        "history of a document, from the file to a screenful", "history of a document that was open",
        "`workbench log DOC`, the process", "verify", "verify --full, by the clock on the wall",
        "verify --full, both its programs", "merge of 40 onto 2,000, an entry", "append of the store, onto 1,000",
        "decision as a key of the desk records it, onto 1,000", "append of the store, onto 2,000",
        "decision as a key of the desk records it, onto 2,000",
    ]  # fmt: skip
    assert all(f.value > 0 and f.other > 0 for f in bounded)
    for asked in (*growth.QUESTIONS, *growth.SURVEYS):
        assert f"| {asked} |" in written


def test_a_bound_that_does_not_hold_is_said() -> None:
    rows = compared(
        [
            Figure("opening", 30.0, "ms", "another", 20.0, 1.5), Figure("opening", 31.0, "ms", "another", 20.0, 1.5),
            Figure("append", 400.0, "µs", "another", 100.0, 300, over=True),
            Figure("append", 401.0, "µs", "another", 100.0, 300, over=True), Figure("seen", 9.0, "s", "another", 1.0),
        ]
    ).splitlines()[2:]  # fmt: skip
    assert [row.rsplit("|", 2)[1].strip() for row in rows] == ["ok", "NOT", "ok", "NOT", ""]
    assert rows[0].startswith("| opening | 30.0 ms | another | 20.0 ms | × 1.50 | 1.5 |")
    assert "| +301 | 300 |" in rows[3]
