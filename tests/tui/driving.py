"""Driving the application in tests: real keys, and waiting until nothing is on its way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, TypeVar, cast

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from tests.tui.conftest import TEXT
from workbench.services.edition import Edition
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.bars import TitleBar
from workbench.tui.desk import DeskScreen
from workbench.tui.typed import Considered

T = TypeVar("T", bound=Screen[Any])


@asynccontextmanager
async def running(app: WorkbenchApp, width: int = 120, height: int = 30) -> AsyncIterator[Pilot[int]]:
    """The application with everything painted that it paints at its start."""
    async with app.run_test(size=(width, height)) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[int]) -> None:
    """Wait until no key, message or decision is on its way, and a question that was asked for is on the screen."""
    await asked(pilot)
    for _ in range(3):
        waiting = [w for w in pilot.app.workers if w.group not in ("ask", "sources") and not w.is_finished]
        if waiting:  # of none it would wait for all, a question that is on the screen among them
            with suppress(WorkerCancelled):  # a newer one took its place
                await pilot.app.workers.wait_for_complete(waiting)
        await pilot.pause()


async def until(pilot: Pilot[int], condition: Callable[[], object], within: float = 20.0) -> None:
    """Wait until something holds, at most so many seconds.

    Raises:
        TimeoutError: It did not come to hold.
    """
    deadline = monotonic() + within
    while not condition():
        if monotonic() > deadline:
            raise TimeoutError(f"not within {within} s")
        await pilot.pause(0.01)


async def asked(pilot: Pilot[int]) -> None:
    """Wait until the last key is done with, or what it asks is painted."""

    def answerable() -> bool:
        screen = pilot.app.screen
        return not cast(WorkbenchApp, pilot.app).is_busy and (
            not isinstance(screen, Considered) or screen._painted_at <= monotonic()
        )

    with suppress(TimeoutError):  # something is held up on purpose
        await until(pilot, answerable, within=3.0)


def after(*keys: str, keep: str = "") -> Callable[[Pilot[Any]], Any]:
    """Press keys and let everything come to rest, what blinks and what fades too; `keep`: words of the title."""

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
            await pilot.pause(0.1)
        for line in (*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)):
            line.cursor_blink = False
        for bar in pilot.app.screen.query(TitleBar):
            bar._fade()
            if keep:
                bar.flash(keep)
        await pilot.pause(0.1)

    return run


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def acts(edition: Edition) -> list[tuple[str, str | None, str | None]]:
    """What was recorded about the text, as (act, quote, page)."""
    decisions = [e.decision for e in entries.every(edition.db)]
    return [(d.act, d.quote, d.page) for d in decisions if d.layer in ("text", "inline")]


async def ask(pilot: Pilot[int], *keys: str) -> None:
    """Press keys that ask one question after the other, and end with one on the screen."""
    for key in keys:
        await pilot.press(key)
        await asked(pilot)
        await pilot.pause()


def desk(app: WorkbenchApp) -> DeskScreen:
    assert isinstance(app.screen, DeskScreen)
    return app.screen


async def to_row(pilot: Pilot[int], row: int) -> None:
    """Put the cursor on a row and wait until that is painted."""
    assert isinstance(pilot.app.screen, DeskScreen)
    pilot.app.screen.go_to_row(row)
    await settled(pilot)


def here(app: WorkbenchApp) -> str:
    """The raw text of the current place."""
    place = desk(app).place
    assert place is not None
    return TEXT[place.start : place.end]


def shown(app: WorkbenchApp) -> str:
    """Every sign on the screen, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def on(app: WorkbenchApp, kind: type[T]) -> T:
    """The screen that is open, which is of this kind."""
    assert isinstance(app.screen, kind), app.screen
    return app.screen
