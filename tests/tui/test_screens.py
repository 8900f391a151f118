"""How the screens look: pictures at three widths, compared with the ones that were looked at and found good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.driving import after
from workbench.services.edition import Edition
from workbench.tui.app import WorkbenchApp

Compare = Callable[..., bool]
SIZES = [(80, 24), (120, 34), (200, 40)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_desk(app: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=after("n"))


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_the_desk_after_a_removal_and_an_insertion(
    app: WorkbenchApp, edition: Edition, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """What was taken out and what was put in can both be seen where they are."""

    async def edit(pilot: Pilot[Any]) -> None:
        from workbench.services import persons

        await after("down", "down", "down", "down")(pilot)
        with edition.writing():
            person = persons.ensure(edition, "Анна Ивлева")
        app.screen.desk.edit_line(4, "Постановили: доклад к  сведению!.", person)  # type: ignore[attr-defined]
        app.screen.query_one("FacingView").source_changed()  # type: ignore[attr-defined]
        await after("right")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=edit)


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_the_line_editor(app: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def type_into(pilot: Pilot[Any]) -> None:
        from textual.widgets import TextArea

        await after("e")(pilot)
        app.screen.query_one(TextArea).cursor_blink = False
        await after("end", "Ы")(pilot)  # a line that was painted without its cursor would be kept so

    assert snap_compare(app, terminal_size=size, run_before=type_into)


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_the_library(app: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=after("escape"))


def test_help(app: WorkbenchApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=after("f1"))


def test_the_light_theme(app: WorkbenchApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(120, 34), run_before=after("f2"))


OPENED = {
    "series": ("S",), "series-none": ("F", "z", "enter"), "find": ("F",), "words": ("W", "1"), "words-none": ("W", "5"),
    "diff": ("enter", "d"), "diff-none": ("d",), "printed": ("enter", "v"), "checking-none": ("k",),
    "breaks": ("X",), "description": ("D",), "marks": ("m",), "reading": ("r", "space"),
    "finding": ("f", "д", "о"), "zones": ("z",),
}  # fmt: skip
"""Screens by the keys that open them at the desk, empty states among them."""


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
@pytest.mark.parametrize("name", OPENED)
def test_what_the_desk_opens(app: WorkbenchApp, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=after(*OPENED[name]))
