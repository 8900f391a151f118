"""Conflicts under real keys: take a side, combine, ask, and take it back."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tui.conftest import TEXT
from tests.tui.driving import ask, here, on, press, running, settled, shown
from workbench.services import deciding, persons
from workbench.services.edition import Edition, open_edition
from workbench.services.exchange import merging
from workbench.store import connection, entries, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.conflicts import ConflictsScreen

Compare = Callable[..., bool]


@pytest.fixture
def apart(edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkbenchApp:
    """The application at the library; two copies decided two places differently and were merged."""
    numbers = itertools.count(1)
    monkeypatch.setattr(persons, "now", lambda: "2026-01-02T03:04:05.000000Z")
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers) << 80))
    with edition.writing():
        anna, boris = persons.ensure(edition, "Анна Ивлева"), persons.ensure(edition, "Борис Ветров")
    folder = tmp_path / "copy"
    folder.mkdir()
    connection.snapshot(edition.db, folder / "corrections.db").close()
    (row,) = texts.all_texts(edition.db)

    def decide(at: Edition, who: Any, quote: str, page: str, reason: str) -> None:
        start = TEXT.index(quote)
        asked: dict[str, Any] = {"act": "edit", "transcript": row.sha, "start": start, "end": start + len(quote)}
        asked |= {"page": page}
        deciding.record_all(at, [{**asked, "class": "ocr", "reason": reason}], who)

    decide(edition, anna, "артелн", "артели", "по смыслу")
    decide(edition, anna, "текущсм", "текущем", "по смыслу")
    with open_edition(folder) as other:
        decide(other, boris, "артелн", "артель", "так на листе")
        decide(other, boris, "текущсм", "текучем", "так на листе")
    assert merging.merge(edition, folder).conflicts == 2
    return WorkbenchApp(edition, person="Вера Лунина")


def live(edition: Edition) -> list[str]:
    return sorted(str(e.decision.page) for e in entries.live(edition.db, "text"))


async def test_a_side_is_taken_with_its_reason_and_taken_back(apart: WorkbenchApp, edition: Edition) -> None:
    async with running(apart) as pilot:
        await press(pilot, "K")
        assert "2 conflicts" in shown(apart) and "так на листе" in shown(apart)
        value = on(apart, ConflictsScreen).rows[0].sides[1].value
        await ask(pilot, "2", "2")
        await settled(pilot)
        assert "1 conflict" in shown(apart) and value in live(edition) and len(live(edition)) == 3
        await press(pilot, "u")
        assert len(on(apart, ConflictsScreen).rows) == 2 and "taken back" in shown(apart)


async def test_sides_are_combined_by_typing(apart: WorkbenchApp, edition: Edition) -> None:
    async with running(apart) as pilot:
        await press(pilot, "K", "down")
        await ask(pilot, "e", "ctrl+u", *"текущим", "enter", "1")
        await settled(pilot)
        assert "текущим" in live(edition) and "1 conflict" in shown(apart)


async def test_a_question_leaves_it_open(apart: WorkbenchApp, edition: Edition) -> None:
    async with running(apart) as pilot:
        await press(pilot, "K")
        await ask(pilot, "c", *"кто смотрел лист", "enter")
        await settled(pilot)
        (said,) = [e for e in entries.every(edition.db) if e.decision.act == "comment"]
        assert len(said.targets) == 2 and "2 conflicts" in shown(apart)
        await press(pilot, "enter")
        assert here(apart) == "артелн"


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_how_it_looks(apart: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def pressed(pilot: Any) -> None:
        await press(pilot, "K", "down")

    assert snap_compare(apart, terminal_size=size, run_before=pressed)


async def test_none_says_where_they_come_from(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "escape", "K")
        assert "come from merging" in shown(app)
