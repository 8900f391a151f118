"""Reading line by line, the orders of the queue, and the way back."""

from __future__ import annotations

import pytest

from tests.tui.conftest import TEXT
from tests.tui.driving import acts, desk, here, press, running, shown, to_row
from workbench import i18n
from workbench.services.document import reading
from workbench.services.edition import Edition
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.bars import TitleBar


def rows_read(app: WorkbenchApp) -> list[int]:
    return [row.number for row in desk(app).desk.lines.rows(0, 10) if row.read]


@pytest.mark.parametrize("key", ["r", "к"])
async def test_the_mode_is_always_on_the_screen_and_one_key_changes_it(app: WorkbenchApp, key: str) -> None:
    async with running(app) as pilot:
        assert shown(app).startswith(" QUEUE")
        await press(pilot, key)
        assert shown(app).startswith(" READING")
        await press(pilot, key)
        assert shown(app).startswith(" QUEUE")


async def test_space_first_shows_what_waits_then_reads_the_line_and_decides_nothing(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await press(pilot, "r", "home", "space")
        assert here(app) == "артелн" and rows_read(app) == []
        await press(pilot, "space")
        assert rows_read(app) == [0]
        assert desk(app).row == 2  # the empty line between is passed over
        assert "left open" in str(app.screen.query_one(TitleBar).render())
    assert acts(edition) == []
    assert desk_open(edition) == 3


def desk_open(edition: Edition) -> int:
    return int(edition.db.execute("SELECT count(*) FROM suggestions WHERE closed_by IS NULL").fetchone()[0])


async def test_a_line_without_anything_open_is_read_with_one_space(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "r")
        await to_row(pilot, 4)
        await press(pilot, "space", "space")
        assert rows_read(app) == [4, 5]
        assert "✓" in shown(app)


async def test_next_and_previous_visit_unread_lines_when_reading(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "r")
        await to_row(pilot, 5)
        await press(pilot, "space")  # reads 5, goes to 6
        await press(pilot, "b")
        assert desk(app).row == 4
        await press(pilot, "n")
        assert desk(app).row == 6


async def test_a_change_makes_the_line_unread_and_undo_read_again(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "r")
        await to_row(pilot, 0)
        await press(pilot, "space", "space")
        await to_row(pilot, 0)
        await press(pilot, "space", "enter")
        assert rows_read(app) == []
        await press(pilot, "u")
        assert rows_read(app) == [0]


async def test_the_last_line_says_what_is_left(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "r", "end", "space")
        assert "The end" in str(app.screen.query_one(TitleBar).render())
        assert reading.progress(desk(app).desk).read == 1


async def test_reading_on_counts_lines_without_counting_the_document(
    app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.tui.bars._FLASH_SECONDS", 0.01)
    async with running(app) as pilot:
        await press(pilot, "r")
        await to_row(pilot, 4)
        counted: list[None] = []
        monkeypatch.setattr(desk(app), "recount", lambda: counted.append(None))
        await press(pilot, "space", "space")
        assert "2 of 63 lines read" in shown(app)
        await to_row(pilot, 4)
        await press(pilot, "space")
        assert "2 of 63 lines read" in shown(app)
        assert counted == []


async def test_a_line_of_which_nothing_is_left_is_read_like_any_other(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "r")
        await to_row(pilot, 4)
        await press(pilot, "e", "ctrl+a", "delete", "enter", "space")
        assert rows_read(app) == [4]


async def test_an_added_line_is_passed_over(app: WorkbenchApp, edition: Edition) -> None:
    """Who wrote it read it in the page."""
    async with running(app) as pilot:
        await press(pilot, "r")
        await to_row(pilot, 4)
        await press(pilot, "a", *"Новая", "enter", "escape")
        await to_row(pilot, 5)
        await press(pilot, "space")
        assert desk(app).row == 6
    assert "read" not in [e.decision.act for e in entries.every(edition.db)]


async def test_the_orders_of_the_queue(app: WorkbenchApp) -> None:
    """By the text, by chance, by kind; the name is in the title."""
    async with running(app) as pilot:
        await press(pilot, "x")
        assert "QUEUE by chance" in shown(app)
        await press(pilot, "x")
        assert "QUEUE by kind" in shown(app)
        assert here(app) == "яро-\nвых"
        await press(pilot, "n")
        assert here(app) == "артелн"


async def test_backspace_goes_to_the_place_before_each_jump(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "n", "n", "backspace")
        assert here(app) == "яро-\nвых"
        await press(pilot, "backspace")
        assert here(app) == "артелн"
        await press(pilot, "backspace")
        assert here(app) == "артелн"


async def test_the_mode_and_the_place_are_there_at_the_next_start(edition: Edition, document: str) -> None:
    first = WorkbenchApp(edition, document=document, person="Анна")
    async with running(first) as pilot:
        await press(pilot, "r", "n", "ctrl+q")
    again = WorkbenchApp(edition, person="Анна")
    async with running(again):
        assert shown(again).startswith(" READING")
        assert desk(again).row == 2


async def test_the_order_is_there_at_the_next_start_even_if_the_terminal_was_closed(
    edition: Edition, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.tui.app._KEEPS", 0.1)
    first = WorkbenchApp(edition, document=document, person="Анна")
    async with running(first) as pilot:
        await press(pilot, "x", "x", "n")
        at = here(first)
        await pilot.pause(0.3)  # and nobody says goodbye
    again = WorkbenchApp(edition, person="Анна")
    async with running(again):
        assert shown(again).startswith(" QUEUE by kind")
        assert here(again) == at


async def test_an_empty_line_is_a_place_to_come_back_to(edition: Edition, document: str) -> None:
    first = WorkbenchApp(edition, document=document, person="Анна")
    async with running(first) as pilot:
        await press(pilot, "home", "down", "ctrl+q")
    again = WorkbenchApp(edition, person="Анна")
    async with running(again):
        assert desk(again).row == 1


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_no_message_pushes_the_mode_off_a_narrow_screen(
    edition: Edition, document: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_current", i18n._current)
    app = WorkbenchApp(edition, document=document, person="Анна")
    i18n.use(language)
    async with running(app, 80, 24) as pilot:
        await press(pilot, "r")
        app.tell("What was done and what happens next, in more words than a narrow screen has room for. " * 2)
        await pilot.pause()
        assert shown(app).startswith(f" {i18n._('READING')}  ")


async def test_backspace_goes_back_to_what_was_decided_or_read_just_now(app: WorkbenchApp) -> None:
    """The desk went on by itself: one looks again at what one has just done."""
    async with running(app) as pilot:
        decided = here(app)
        await press(pilot, "enter", "backspace")
        assert here(app) == decided
        await press(pilot, "r")
        await to_row(pilot, 4)
        await press(pilot, "space")
        assert desk(app).row == 5
        await press(pilot, "n", "n", "backspace", "backspace", "backspace")
        assert desk(app).row == 4


async def test_backspace_goes_back_within_a_line_and_to_an_empty_one(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "home", "down")
        assert desk(app).place is None
        await press(pilot, "n")
        assert desk(app).place is not None
        await press(pilot, "backspace")
        assert (desk(app).place, desk(app).row) == (None, 1)
        await press(pilot, "j", "5", "enter", "right", "right")
        second = here(app)
        await press(pilot, "j", *f"«{TEXT.splitlines()[4][:4]}»", "enter", "backspace")
        assert here(app) == second


async def test_an_empty_line_that_one_goes_to_is_where_one_is(app: WorkbenchApp, edition: Edition) -> None:
    """Not the place before it: what is decided there would be about a line that nobody looks at."""
    async with running(app) as pilot:
        await press(pilot, "j", "2", "enter")
        assert desk(app).place is None
        assert "An empty line" in shown(app)
        before = entries.last_seq(edition.db)
        await press(pilot, "s")
        assert entries.last_seq(edition.db) == before
        await press(pilot, "right")
        assert desk(app).row == 2
        await press(pilot, "left")
        assert desk(app).row == 0


async def test_from_an_empty_line_the_queue_goes_on_below_it(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "n")
        after = here(app)
        await press(pilot, "j", "2", "enter", "n")
        assert here(app) == after


async def test_a_search_is_one_step_back_and_its_next_place_is_another(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        first = here(app)
        await press(pilot, "f", *"должать", "down", "down")
        found = desk(app).at
        await press(pilot, "up")
        assert desk(app).at != found
        await press(pilot, "escape", "backspace")
        assert here(app) == first
