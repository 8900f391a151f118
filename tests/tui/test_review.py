"""The review screen under real keys: one gesture each, several at once, one undo, and back to the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.tui.driving import ask, desk, here, press, running, settled
from workbench.services import deciding, library, persons, review, settings
from workbench.services.edition import Edition
from workbench.store import entries, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.bars import TitleBar
from workbench.tui.preview import Preview
from workbench.tui.review import ReviewScreen
from workbench.tui.row_list import RowList

EDITOR = "Борис Ветров"
Compare = Callable[..., bool]


@pytest.fixture
def reviewed(edition: Edition, document: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkbenchApp]:
    """The application for an editor; a transcriber decided four things, two of them as a batch."""
    monkeypatch.setattr(persons, "now", lambda: "2026-01-02T03:04:05.000000Z")
    (row,) = texts.all_texts(edition.db)
    text = texts.whole_text(edition.db, row.sha).content

    def about(quote: str, **more: Any) -> dict[str, Any]:
        start = text.index(quote)
        return {"transcript": row.sha, "start": start, "end": start + len(quote), **more}

    with edition.writing():
        anna = persons.ensure(edition, "Анна Ивлева")
    deciding.record_all(edition, [about("артелн", act="edit", page="артели", reason="по смыслу")], anna)
    deciding.record_all(edition, [about("текущсм", act="edit", page="текущем", certainty="low")], anna)
    both = [about("Пункт 1", act="edit", page="Пункт I"), about("Пункт 2", act="edit", page="Пункт II")]
    deciding.record_all(edition, both, anna, batch="разом")
    yield WorkbenchApp(edition, document=document, person=EDITOR)


def screen(app: WorkbenchApp) -> ReviewScreen:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


def waits(app: WorkbenchApp) -> list[str]:
    return [item.quote for item in screen(app)._items]


def verdicts(edition: Edition) -> dict[str, str]:
    return {item.quote: item.verdict for item in review.items(edition, library.listings(edition))}


async def test_one_key_approves_and_the_next_one_waits(reviewed: WorkbenchApp, edition: Edition) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        assert waits(reviewed) == ["артелн", "текущсм", "Пункт 1", "Пункт 2"]
        await press(pilot, "a")
        assert waits(reviewed) == ["текущсм", "Пункт 1", "Пункт 2"]
        await press(pilot, "ф")
        assert verdicts(edition)["текущсм"] == "approved"
        await press(pilot, "u")
        assert waits(reviewed) == ["текущсм", "Пункт 1", "Пункт 2"]


async def test_a_batch_is_ticked_looked_at_and_approved_as_one_entry(reviewed: WorkbenchApp, edition: Edition) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R", "down", "down", "B")
        await press(pilot, "up", "up", "up", "space", "up", "space")  # an exception more, and not
        await press(pilot, "a")
        assert isinstance(reviewed.screen, Preview)
        await press(pilot, "enter")
        assert waits(reviewed) == ["артелн", "текущсм"]
        said = [e for e in entries.every(edition.db) if e.decision.layer == "review"]
        assert len(said) == 1 and len(said[0].targets) == 2
        await press(pilot, "u")
        assert len(waits(reviewed)) == 4


async def test_a_dispute_has_its_reason_and_is_seen(reviewed: WorkbenchApp, edition: Edition) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "d", *"или артель?", "enter")
        await settled(pilot)
        assert verdicts(edition)["артелн"] == "disputed"
        (item, *_) = screen(reviewed)._items
        assert item.concerns[0] == "disputed" and item.said[0].words == "или артель?"
        await ask(pilot, "c", *"см. опись", "enter")
        await settled(pilot)
        assert [s.act for s in screen(reviewed)._items[0].said] == ["dispute", "comment"]


async def test_an_amendment_is_a_decision_of_the_editor_with_its_reason(
    reviewed: WorkbenchApp, edition: Edition
) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "e", "backspace", *"ь", "enter", "2")
        await settled(pilot)
        live = {e.decision.quote: e for e in entries.live(edition.db, "text")}
        made = live["артелн"]
        assert made.decision.page == "артель" and made.decision.reason
        assert persons.names(edition)[made.person] == EDITOR
        assert "артелн" not in waits(reviewed)  # one's own waits for another person
        await press(pilot, "v")
        assert "артелн" in waits(reviewed)


async def test_a_decision_is_taken_back_whoever_made_it(reviewed: WorkbenchApp, edition: Edition) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R", "x")
        assert waits(reviewed) == ["текущсм", "Пункт 1", "Пункт 2"]
        await press(pilot, "u")
        assert len(waits(reviewed)) == 4


async def test_only_what_wants_a_look_for_one_reason(reviewed: WorkbenchApp) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "f", "down", "down", "down", "enter")
        await settled(pilot)
        assert waits(reviewed) == ["текущсм"]
        assert "low certainty" in str(reviewed.screen.query_one(TitleBar).render())


async def test_enter_leads_to_the_place_at_the_desk(reviewed: WorkbenchApp) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R", "down", "enter")
        assert here(reviewed) == "текущсм"
        await press(pilot, "escape", "R", "down", "down", "enter")  # from the library, over the whole edition
        assert here(reviewed) == "Пункт 1"
        assert desk(reviewed).document


async def test_nobody_approves_his_own_unless_he_is_alone(reviewed: WorkbenchApp, edition: Edition) -> None:
    document = library.listings(edition)[0].id
    anna = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(anna) as pilot:
        await press(pilot, "R")
        assert waits(anna) == []  # known by name, though nothing was asked or recorded yet
        await press(pilot, "v")
        await press(pilot, "a")
        assert "approved" not in verdicts(edition).values()
    person = persons.find(edition, "Анна Ивлева")
    assert person is not None
    settings.put(edition, "review", "alone", person)
    async with running(WorkbenchApp(edition, document=document, person="Анна Ивлева")) as pilot:
        await press(pilot, "R", "a")
        assert "approved" in verdicts(edition).values()


async def test_what_one_decided_under_another_name_is_ones_own(reviewed: WorkbenchApp, edition: Edition) -> None:
    with edition.writing():
        other = persons.ensure(edition, "А. Ивлева")
    persons.unite(edition, other, persons.known(edition, "Анна Ивлева"))
    app = WorkbenchApp(edition, document=library.listings(edition)[0].id, person="А. Ивлева")
    async with running(app) as pilot:
        await press(pilot, "R")
        assert waits(app) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_the_review_screen(reviewed: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def keys(pilot: Any) -> None:
        await press(pilot, "R", "space", "down")

    assert snap_compare(reviewed, terminal_size=size, run_before=keys)


async def test_nothing_to_review_says_what_to_do(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "R")
        assert not screen(app).query_one(RowList).display
        assert "Nothing waits" in str(screen(app).query_one("#empty").render())
