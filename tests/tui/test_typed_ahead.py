"""Keys that come faster than the screen: each has the meaning that it had for the person who typed it, or none."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.driving import acts, desk, here, on, press, running, settled
from workbench.services.edition import Edition
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.desk import DeskScreen
from workbench.tui.series import SeriesScreen

_NAMED = {"\r": "enter", "\x1b": "escape", " ": "space"}


async def burst(pilot: Pilot[int], typed: str) -> None:
    """Type in one piece, as a slow line hands it over: nothing is painted between two keys."""
    for sign in typed:
        pilot.app.post_message(events.Key(_NAMED.get(sign, sign), sign))
    for _ in range(6):
        await settled(pilot)
        await pilot.pause(0.05)


async def test_a_key_that_comes_before_the_next_place_is_painted_decides_nothing(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await burst(pilot, "\r\rs")
        assert here(app) == "яро-\nвых"
        await burst(pilot, "n\r")  # moving is obeyed, deciding about what nobody saw is not
        assert here(app) == "текущсм"
    assert acts(edition) == [("accept", "артелн", "артели")]


async def test_a_line_read_ahead_is_one_line(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "r", "end")
        await burst(pilot, "   ")
    assert len([e for e in entries.every(edition.db) if e.decision.act == "read"]) == 1


@pytest.mark.parametrize("typed", ["j12\r", "о12\r"])
async def test_what_is_typed_into_a_question_goes_into_it(app: WorkbenchApp, edition: Edition, typed: str) -> None:
    """Digits accept candidates at the desk; these are the number of a line."""
    async with running(app) as pilot:
        await burst(pilot, typed)
        on(app, DeskScreen)
        assert desk(app).row == 11
    assert acts(edition) == []


async def test_an_edited_line_takes_every_letter_and_the_keys_after_it_are_commands(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await burst(pilot, "eуды\r")
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления удыартелн."
        await burst(pilot, "n")
        assert here(app) != "артелн"
    assert [a[0] for a in acts(edition)] == ["edit"]


async def test_lines_written_in_one_go_lose_no_letter(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await burst(pilot, "aраз\rдва\rтри\r\x1b")
    written = [e.decision.page for e in entries.every(edition.db) if e.decision.layer == "line"]
    assert written == ["раз", "два", "три"]


async def test_a_mark_and_its_guess_are_typed_without_waiting(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await burst(pilot, "m1так\r")
    assert acts(edition) == [("unclear", "артелн", "так")]


async def test_enter_does_not_answer_a_question_that_nobody_read(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await burst(pilot, "A")
        on(app, SeriesScreen)
        await burst(pilot, "\r\r")  # the second one would record the batch
        assert acts(edition) == []
        await press(pilot, "enter")
    assert [a[0] for a in acts(edition)] == ["accept"]


async def test_keys_typed_before_the_first_screen_break_nothing(app: WorkbenchApp, edition: Edition) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await burst(pilot, "vvnr")
        await settled(pilot)
        on(app, DeskScreen)
    assert acts(edition) == []
