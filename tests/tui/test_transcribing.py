"""Lines written at the desk that no machine has read, under real keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.images.pages import saved
from tests.tui.driving import desk, press, running
from workbench.services import adding, library
from workbench.services.edition import Edition, init
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.image_pane import ImagePane
from workbench.tui.panel import Panel

BARS = [(20, 40, 200, 12), (20, 80, 240, 12), (20, 120, 100, 12)]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Edition]:
    """A document of one page image that no machine has read."""
    scan = saved(tmp_path / "leaf.png", bars=BARS)
    with init(tmp_path / "page") as edition:
        assert [a.outcome for a in adding.add(edition, [scan])] == ["added"]
        yield edition


def opened(edition: Edition) -> WorkbenchApp:
    return WorkbenchApp(edition, document=library.listings(edition)[0].id, person="Анна Ивлева")


def shown(app: WorkbenchApp) -> list[str]:
    lines = desk(app).desk.lines
    return ["".join(s.text for s in row.reading) for row in lines.rows(0, lines.row_count)]


async def test_a_page_is_written_down_line_by_line_beside_its_image(page: Edition) -> None:
    app = opened(page)
    async with running(app) as pilot:
        assert "a adds one" in str(app.screen.query_one(Panel).render())
        await press(pilot, "ф", *"Один", "enter", *"Два", "enter", "enter", *"Три", "enter", "escape")
        assert shown(app) == ["Один", "Два", "∅", "Три"]
        assert app.screen.query_one(ImagePane).display
    boxes = [e.decision.data.get("box") for e in entries.every(page.db) if e.decision.act == "add_line"]
    found = [None if box is None else box["y"] // 40 for box in boxes]
    assert found == [0, 1, None, 2]  # a blank line is nowhere on the page


async def test_a_new_line_shows_the_part_of_the_image_that_is_being_typed(page: Edition) -> None:
    app = opened(page)
    async with running(app) as pilot:
        await press(pilot, "a")
        pane = app.screen.query_one(ImagePane)
        assert pane.request is not None
        at_first = pane.request.place.x
        await press(pilot, *"несколько слов")
        assert pane.request.place.x > at_first
        await press(pilot, "escape")
        assert shown(app) == []


async def test_a_line_is_broken_joined_and_taken_out_by_keys_and_undone(page: Edition) -> None:
    app = opened(page)
    async with running(app) as pilot:
        await press(pilot, "a", *"одна", "space", *"две", "enter", "escape")
        await press(pilot, "e", "home", "right", "right", "right", "right", "delete", "ctrl+j", "enter")
        assert shown(app) == ["одна", "две"]
        await press(pilot, "end", "J")
        assert shown(app) == ["одна две"]
        await press(pilot, "u", "end", "delete")
        assert shown(app) == ["одна"]
        await press(pilot, "u")
        assert shown(app) == ["одна", "две"]


async def test_a_line_the_machine_overlooked_is_added_among_its_own(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        rows = desk(app).desk.lines.row_count
        await press(pilot, "home", "a", *"Пропущено", "enter", "escape")
        assert desk(app).desk.lines.row_count == rows + 1
        assert shown(app)[1] == "Пропущено"
        assert "no raw line" in str(app.screen.query_one(Panel).render())
        await press(pilot, "s", "m", "w", "z", "c", "t", "A")  # nothing of these is done to it, no question is asked
        assert app.screen is desk(app)
        await press(pilot, "n", "enter")  # and the way goes on as before
    assert [e.decision.act for e in entries.every(app.edition.db) if e.decision.act != "person"] == [
        "add_line", "accept",
    ]  # fmt: skip


async def test_a_line_of_the_raw_text_is_not_taken_out(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "delete", "J")
    assert [e for e in entries.every(app.edition.db) if e.decision.layer == "line"] == []


async def test_one_can_come_back_to_an_added_line(page: Edition) -> None:
    app = opened(page)
    async with running(app) as pilot:
        await press(pilot, "a", *"раз", "enter", *"два", "enter", *"три", "enter", "escape", "home", "end")
        assert desk(app).row == 2
        await press(pilot, "j", "1", "enter")
        assert desk(app).row == 0
        await press(pilot, "backspace")
        assert desk(app).row == 2
        await press(pilot, "f", *"два", "escape")
        assert desk(app).row == 1
