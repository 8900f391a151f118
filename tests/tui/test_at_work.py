"""Work that takes long: it is said while what was there before still stands, and Esc ends it within a query."""

from __future__ import annotations

import sqlite3
from threading import Event
from typing import Any

import pytest

from tests.tui.driving import ask, desk, on, press, running, settled, shown, until
from workbench.core.errors import EditionError
from workbench.services.edition import Edition, again
from workbench.services.looking_back import history
from workbench.store import chronicle
from workbench.tui.app import WorkbenchApp
from workbench.tui.choosing import Choose
from workbench.tui.history import HistoryScreen

FOR_EVER = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


class Endless:
    """A query that never ends by itself, in the place of one that is quick in a small edition."""

    def __init__(self) -> None:
        self.begun, self.ended = Event(), Event()

    def __call__(self, where: Any, *others: object) -> list[Any]:
        db: sqlite3.Connection = getattr(where, "db", where)
        self.begun.set()
        try:
            return db.execute(FOR_EVER).fetchall()
        finally:
            self.ended.set()


async def test_a_list_made_anew_says_so_over_the_old_one_and_esc_ends_it(
    app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(app) as pilot:
        await press(pilot, "enter", "H")
        assert "1 entry" in shown(app) and "Looking" not in shown(app)
        monkeypatch.setattr(history, "choose", slow := Endless())
        await ask(pilot, "f", *["down"] * 10, "enter", *"slovo", "enter")
        assert slow.begun.wait(5)
        await until(pilot, lambda: "Looking …  Esc stops" in shown(app).split("\n")[0])
        assert "артелн" in shown(app).split("\n")[1]
        await press(pilot, "escape")
        assert desk(app) and slow.ended.wait(5)


async def test_the_suggesters_are_looked_for_beside_the_screen(
    app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(app) as pilot:
        await press(pilot, "enter", "H")
        await ask(pilot, "f", "7")
        await settled(pilot)
        assert "words" in shown(app) and on(app, Choose)
        await press(pilot, "escape")
        monkeypatch.setattr(chronicle, "suggesters", slow := Endless())
        await ask(pilot, "f", "7", "x")
        assert slow.begun.wait(5)
        await until(pilot, lambda: "Looking …  Esc stops" in shown(app).split("\n")[0])
        on(app, HistoryScreen)
        await press(pilot, "escape")
        assert desk(app) and slow.ended.wait(5)


async def test_a_database_that_cannot_be_read_is_said(app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*asked: object) -> list[int]:
        raise sqlite3.DatabaseError("database disk image is malformed")

    said: list[str] = []
    monkeypatch.setattr(history, "choose", broken)
    monkeypatch.setattr(app, "complain", lambda error: said.append(f"{type(error).__name__}: {error}"))
    async with running(app) as pilot:
        await press(pilot, "H")
    assert len(said) == 1 and EditionError.__name__ in said[0] and "is malformed" in said[0] and "verify" in said[0]


def test_a_query_asks_whether_anybody_waits(edition: Edition) -> None:
    asked = iter([False, False, True])
    with again(edition, lambda: next(asked, True)) as own, pytest.raises(sqlite3.OperationalError, match="interrupted"):
        own.db.execute(FOR_EVER).fetchall()
