"""Samples and double keying under real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tui.conftest import TEXT
from tests.tui.driving import ask, on, press, running, settled, shown
from workbench.services import deciding, library, persons
from workbench.services.document.desk import Desk
from workbench.services.document.differing import changes
from workbench.services.edition import Edition, open_edition
from workbench.services.exchange import merging
from workbench.services.quality import collating, sampling
from workbench.services.reviewing import moving, review
from workbench.store import connection
from workbench.tui.app import WorkbenchApp
from workbench.tui.collating import CollateScreen, shortened
from workbench.tui.sampling import SampleScreen

Compare = Callable[..., bool]
ANNA, BORIS = "Анна Ивлева", "Борис Ветров"


def edit(edition: Edition, name: str, quote: str, page: str) -> None:
    start = TEXT.index(quote)
    asked = {"act": "edit", "transcript": "protokol.txt", "start": start, "end": start + len(quote), "page": page}
    deciding.record_all(edition, [{**asked, "class": "ocr"}], persons.known(edition, name))


@pytest.fixture
def transcribed(edition: Edition) -> WorkbenchApp:
    """The application for an editor; the document is transcribed."""
    with edition.writing():
        anna = persons.ensure(edition, ANNA)
    edit(edition, ANNA, "артелн", "артели")
    moving.move(edition, library.ids(edition)[0], "transcribed", anna)
    return WorkbenchApp(edition, person=BORIS)


async def test_a_sample_line_by_line(transcribed: WorkbenchApp, edition: Edition) -> None:
    async with running(transcribed) as pilot:
        await press(pilot, "S")
        await ask(pilot, "ctrl+u", *"60", "enter")
        await settled(pilot)
        screen = on(transcribed, SampleScreen)
        count = len(screen._waiting)
        assert count >= 2 and f"0 of {count} lines" in shown(transcribed) and ANNA not in shown(transcribed)
        await press(pilot, "enter")
        await ask(pilot, "e", "backspace", "backspace", "!", "enter")
        await settled(pilot)
        assert f"2 of {count} lines" in shown(transcribed)
        await press(pilot, "u")
        assert f"1 of {count} lines" in shown(transcribed)
        await press(pilot, *["space"] * count)
        assert "0 errors in" in shown(transcribed) and "is not shown" in shown(transcribed)
        await press(pilot, "escape", "S")
        assert "0 errors in" in shown(transcribed)  # gone on with where it was left
    report = sampling.report(edition, sampling.sample(edition, sampling.every(edition)[-1].id))
    assert (report.looked_at, report.errors) == (count, 0)


async def test_nothing_to_draw_from_says_what_to_do(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "escape", "S")
        assert "Nothing is transcribed yet" in shown(app)


@pytest.fixture
def keyed(transcribed: WorkbenchApp, edition: Edition, tmp_path: Path) -> WorkbenchApp:
    """Two persons worked on two copies, each alone; both are merged."""
    with edition.writing():
        persons.ensure(edition, BORIS)
        persons.ensure(edition, "Вера Лунина")
    (tmp_path / "copy").mkdir()
    connection.snapshot(edition.db, tmp_path / "copy" / "corrections.db").close()
    edit(edition, ANNA, "текущсм", "текучем")
    with open_edition(tmp_path / "copy") as other:
        edit(other, BORIS, "текущсм", "текущем")
        edit(other, BORIS, "Ивлева", "Иевлева")
    merging.merge(edition, tmp_path / "copy")
    return WorkbenchApp(edition, person="Вера Лунина")


def line(edition: Edition, number: int) -> str:
    return Desk(edition, library.ids(edition)[0]).line_reading(number - 1)


async def test_the_differences_of_two_are_settled_by_a_third(keyed: WorkbenchApp, edition: Edition) -> None:
    async with running(keyed) as pilot:
        await ask(pilot, "C", "1", "1")
        await settled(pilot)
        assert on(keyed, CollateScreen) and "3 lines differ" in shown(keyed)
        await press(pilot, "1")  # the first line was decided by one of them alone
        assert line(edition, 1).endswith("артели.")
        await press(pilot, "1")
        assert "тов. Ивлева" in line(edition, 3)
        await press(pilot, "2")
        assert "текущем" in line(edition, 4)
        assert edition.db.execute("SELECT count(*) FROM conflicts").fetchone() == (0,)
        assert "3 settled" in shown(keyed)
        await press(pilot, "escape")
        await ask(pilot, "C", "1", "1")
        await settled(pilot)
        assert "3 settled" in shown(keyed)  # it is in the journal, not on the screen
        waits = [i.quote for i in review.waiting(edition, library.listings(edition), person=None)]
        assert "артелн" not in waits  # what the third person let stand is looked at with that
        await press(pilot, "u")
        assert edition.db.execute("SELECT count(*) FROM conflicts").fetchone() == (1,)
        assert sum(line.settled for line in on(keyed, CollateScreen).rows) == 2 and "taken back" in shown(keyed)
        await press(pilot, "end")
        await ask(pilot, "e", "ctrl+u", *"так", "enter")
        await settled(pilot)
        assert line(edition, 4) == "так"


async def test_one_of_the_two_does_not_settle(keyed: WorkbenchApp, edition: Edition) -> None:
    app = WorkbenchApp(edition, person=ANNA)
    async with running(app) as pilot:
        await ask(pilot, "C", "1", "1")
        await settled(pilot)
        await press(pilot, "2")
        assert "A third person settles this" in shown(app)
    assert "текущем" not in line(edition, 4)


def test_what_is_the_same_in_a_long_line_is_cut() -> None:
    found = shortened(changes("а" * 100 + " б " + "в" * 100, "а" * 100 + " г " + "в" * 100))
    assert "".join(c.old for c in found) == " … " + "а" * 29 + " б " + "в" * 29 + " … "


def test_two_who_made_the_same(keyed: WorkbenchApp, edition: Edition) -> None:
    found = collating.collate(edition, library.ids(edition)[0], ANNA, ANNA)
    assert not found.lines and not found.rate.errors


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
@pytest.mark.parametrize("name", ["sample", "collate"])
def test_how_it_looks(
    keyed: WorkbenchApp, edition: Edition, snap_compare: Compare, name: str, size: tuple[int, int]
) -> None:
    sampling.make(edition, library.ids(edition), 60, 4, persons.known(edition, BORIS))

    async def pressed(pilot: Any) -> None:
        await ask(pilot, *(("S",) if name == "sample" else ("C", "1", "1", "end")))
        await settled(pilot)

    assert snap_compare(keyed, terminal_size=size, run_before=pressed)
