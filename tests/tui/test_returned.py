"""What came back under real keys: one's own decisions as an editor changed them, with the reason."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.tui.conftest import TEXT
from tests.tui.driving import ask, here, on, press, running, settled, shown
from workbench.services import deciding, library, persons
from workbench.services.edition import Edition
from workbench.services.reviewing import review
from workbench.services.reviewing.returned import returned
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.returned import ReturnedScreen

Compare = Callable[..., bool]


@pytest.fixture
def back(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> WorkbenchApp:
    """The application of a transcriber; an editor amended one decision, took one back, disputed one, left one."""
    numbers = itertools.count(1)
    times = (f"2026-01-02T03:04:{n:02}.000000Z" for n in itertools.count(1))
    monkeypatch.setattr(persons, "now", lambda: next(times))
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers) << 80))
    with edition.writing():
        anna, boris = persons.ensure(edition, "Анна Ивлева"), persons.ensure(edition, "Борис Ветров")
    made = []
    for quote, page in (("артелн", "артеле"), ("текущсм", "текучем"), ("Ивлева", "Иевлева"), ("доклад", "докладу")):
        start = TEXT.index(quote)
        asked: dict[str, Any] = {"act": "edit", "transcript": "protokol.txt", "start": start, "end": start + len(quote)}
        made += deciding.record_all(edition, [{**asked, "page": page, "class": "ocr"}], anna)
    review.amend(edition, made[0], "артели", "родительный падеж", boris)
    deciding.revert_all(edition, [made[1].id], boris)
    review.dispute(edition, [made[2].id], "в списке Ивлев", boris)
    return WorkbenchApp(edition, person="Анна Ивлева")


def test_what_was_changed_last_comes_first_and_what_stands_is_left_out(back: WorkbenchApp, edition: Edition) -> None:
    anna = persons.known(edition, "Анна Ивлева")
    found = list(returned(edition, anna))
    assert [(r.quote, r.value, r.now) for r in found] == [
        ("Ивлева", "Иевлева", None), ("текущсм", "текучем", "текущсм"), ("артелн", "артеле", "артели"),
    ]  # fmt: skip
    assert found[2].last.entry.decision.reason == "родительный падеж"
    assert not list(returned(edition, persons.known(edition, "Борис Ветров")))


def test_what_the_editor_took_back_again_is_no_change(back: WorkbenchApp, edition: Edition) -> None:
    boris = persons.known(edition, "Борис Ветров")
    for _ in range(3):
        deciding.undo(edition, boris)
    assert not list(returned(edition, persons.known(edition, "Анна Ивлева")))
    assert len(list(entries.live(edition.db, "text"))) == 4


async def test_the_change_and_its_reason_stand_together(back: WorkbenchApp) -> None:
    async with running(back) as pilot:
        await press(pilot, "y")
        assert "3 decisions" in shown(back) and "“в списке Ивлев”" in shown(back)
        await press(pilot, "end")
        assert "артелеи" in shown(back) and "“родительный падеж”" in shown(back)
        assert on(back, ReturnedScreen)
        await press(pilot, "enter")
        assert here(back) == "артелн"


async def test_what_is_new_is_told_once(back: WorkbenchApp) -> None:
    async with running(back) as pilot:
        assert "3 came back: y" in shown(back)
        await press(pilot, "y")
        assert "3 new · 3 decisions" in shown(back)
        await press(pilot, "escape")
        assert "came back" not in shown(back)
        await press(pilot, "y")
        assert "new" not in shown(back) and "3 decisions" in shown(back)


async def test_what_one_person_saw_at_a_machine_is_new_to_another(back: WorkbenchApp, edition: Edition) -> None:
    async with running(back) as pilot:
        await press(pilot, "y", "c")
        await ask(pilot, *"нет", "enter")
        await settled(pilot)
    boris = persons.known(edition, "Борис Ветров")
    (amended,) = (e for e in entries.live(edition.db, "text") if e.decision.page == "артели")
    review.comment(edition, [amended.id], "откуда?", persons.known(edition, "Анна Ивлева"))
    app = WorkbenchApp(edition, person=boris.name)
    async with running(app) as pilot:
        assert "1 came back: y" in shown(app)
        await press(pilot, "y")
        assert "1 new · 1 decision" in shown(app)


def test_an_approval_that_settled_a_dispute_comes_back_with_it(back: WorkbenchApp, edition: Edition) -> None:
    """What was only approved does not come back, and an approval is no news."""
    anna, boris = persons.known(edition, "Анна Ивлева"), persons.known(edition, "Борис Ветров")
    before = list(returned(edition, anna))
    standing = {e.decision.quote: e.id for e in entries.live(edition.db, "text")}
    review.approve(edition, [standing["Ивлева"], standing["доклад"]], boris)
    after = list(returned(edition, anna))
    assert [(r.quote, r.number) for r in after] == [(r.quote, r.number) for r in before]
    assert [other.entry.decision.act for other in after[0].by] == ["dispute", "approve"]
    assert after[0].last.entry.decision.act == "approve" and after[0].change is None


async def test_who_decided_first_approves_what_took_its_place(back: WorkbenchApp, edition: Edition) -> None:
    """So a change by an editor has its second person, in an edition of two as well."""
    async with running(back) as pilot:
        await press(pilot, "y", "a")
        assert "Nothing stands there that could be approved" in shown(back)
        await press(pilot, "end", "a")
        verdicts = {i.quote: i.verdict for i in review.items(edition, library.listings(edition))}
        assert verdicts["артелн"] == "approved"
        await press(pilot, "u")
        verdicts = {i.quote: i.verdict for i in review.items(edition, library.listings(edition))}
        assert verdicts["артелн"] == "unreviewed"


async def test_a_dispute_is_answered(back: WorkbenchApp, edition: Edition) -> None:
    async with running(back) as pilot:
        await press(pilot, "y")
        await ask(pilot, "c", *"в описи так", "enter")
        await settled(pilot)
        (item,) = [i for i in review.items(edition, library.listings(edition)) if i.quote == "Ивлева"]
        assert [(s.act, s.words) for s in item.said] == [("dispute", "в списке Ивлев"), ("comment", "в описи так")]


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_how_it_looks(back: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def pressed(pilot: Any) -> None:
        await press(pilot, "y", "end")

    assert snap_compare(back, terminal_size=size, run_before=pressed)


async def test_nothing_came_back(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "escape", "y")
        assert "Nothing came back" in shown(app)
