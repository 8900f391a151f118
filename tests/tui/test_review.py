"""The review screen under real keys: one gesture each, several at once, one undo, and back to the desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.tui.conftest import TEXT
from tests.tui.driving import ask, desk, here, press, running, settled, shown
from workbench.services import deciding, library, persons, settings
from workbench.services.edition import Edition
from workbench.services.reviewing import review
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
    return [item.quote for item in screen(app).rows]


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
        (item, *_) = screen(reviewed).rows
        assert item.concerns[0] == "disputed" and item.said[0].words == "или артель?"
        await ask(pilot, "c", *"см. опись", "enter")
        await settled(pilot)
        assert [s.act for s in screen(reviewed).rows[0].said] == ["dispute", "comment"]


async def test_an_amendment_is_a_decision_of_the_editor_with_its_reason(
    reviewed: WorkbenchApp, edition: Edition
) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "e", "backspace", *"ь", "enter", "2")
        await settled(pilot)
        live = {e.decision.quote: e for e in entries.live(edition.db, "text")}
        made = live["артелн"]
        assert (made.decision.page, made.decision.reason) == ("артель", "seen on the page")
        assert made.decision.ground == "page"  # what the reason says
        assert persons.names(edition)[made.person] == EDITOR
        assert "артелн" not in waits(reviewed)  # one's own waits for another person
        await press(pilot, "v")
        assert "артелн" in waits(reviewed)


async def test_an_amendment_that_changes_nothing_approves(reviewed: WorkbenchApp, edition: Edition) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "e", "enter")
        await settled(pilot)
        assert verdicts(edition)["артелн"] == "approved"


async def test_a_decision_is_taken_back_whoever_made_it(reviewed: WorkbenchApp, edition: Edition) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "x", "1")  # not without a reason, which who decided reads
        await settled(pilot)
        assert waits(reviewed) == ["текущсм", "Пункт 1", "Пункт 2"]
        (revert,) = [e for e in entries.every(edition.db) if e.decision.act == "revert"]
        assert revert.decision.reason == "a slip of the earlier decision"
        await press(pilot, "u")
        assert len(waits(reviewed)) == 4


@pytest.mark.parametrize("before", [(), ("v",), ("s",)], ids=["waiting", "approved too", "edition"])
async def test_what_is_acted_upon_is_looked_at_anew_and_nothing_else(
    reviewed: WorkbenchApp, edition: Edition, monkeypatch: pytest.MonkeyPatch, before: tuple[str, ...]
) -> None:
    """In a large edition all of it takes minutes; what is listed is what it would be then, whatever was done."""
    whole = review.items
    async with running(reviewed) as pilot:
        await press(pilot, "R", *before)
        monkeypatch.setattr(review, "items", lambda *asked: pytest.fail("everything was looked at"))
        for keys in (
            ("a",), ("d", *"нет", "enter"), ("c", *"да", "enter"), ("a",), ("down", "e", *"х", "enter", "2"), ("u",),
            ("x", "1"), ("u",), ("A", "x", "enter", "1"), ("u",), ("A", "space", "d", "enter", *"все", "enter"), ("u",),
            ("u",), ("u",),
        ):  # fmt: skip
            await ask(pilot, *keys)
            await settled(pilot)
            every = list(whole(edition, library.headings(edition)))
            assert screen(reviewed).rows == [item for item in every if screen(reviewed)._shows()(item)], keys
        acts = [e.decision.act for e in entries.every(edition.db)]
        assert {"approve", "dispute", "comment", "revert"} <= set(acts) and acts.count("edit") == 5


async def test_the_undo_of_a_setting_makes_the_whole_list_anew(
    reviewed: WorkbenchApp, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    with edition.writing():
        editor = persons.ensure(edition, EDITOR)
    keep = {"act": "keep", "transcript": "protokol.txt", "start": 0, "end": 8}
    deciding.record_all(edition, [keep], editor)
    deciding.put_setting(edition, "review", "alone", editor)
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        assert len(waits(reviewed)) == 5
        await press(pilot, "u")
        assert len(waits(reviewed)) == 4 and not settings.alone(edition)


async def test_only_what_wants_a_look_for_one_reason(reviewed: WorkbenchApp) -> None:
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "f", "1", "down", "down", "down", "enter")
        await settled(pilot)
        assert waits(reviewed) == ["текущсм"]
        assert "low certainty" in str(reviewed.screen.query_one(TitleBar).render())
        await ask(pilot, "f", *["down"] * 10, "enter")
        await settled(pilot)
        assert len(waits(reviewed)) == 4


async def test_one_persons_work_in_a_period_is_ticked_with_exceptions_and_approved_as_one_entry(
    reviewed: WorkbenchApp, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = persons.known(edition, "Анна Ивлева")
    monkeypatch.setattr(persons, "now", lambda: "2026-02-03T03:04:05.000000Z")
    for number in (3, 4, 5):
        start = TEXT.index(f"Пункт {number}")
        asked = {"transcript": "protokol.txt", "start": start, "end": start + 7, "act": "edit", "page": f"§ {number}"}
        deciding.record_all(edition, [asked], anna)
    async with running(reviewed) as pilot:
        await press(pilot, "R")
        await ask(pilot, "f", "2", "2")
        await settled(pilot)
        await ask(pilot, "f", "3", "ctrl+u", *"2026-02", "enter")
        await settled(pilot)
        assert waits(reviewed) == ["Пункт 3", "Пункт 4", "Пункт 5"]
        assert "a person: Анна Ивлева · since a day: 2026-02" in shown(reviewed)
        await press(pilot, "A", "down", "space", "a")
        assert "Approve: 2 decisions" in shown(reviewed)
        assert "among them: by the text itself 2 · a name, a number, a date 2" in shown(reviewed)
        await press(pilot, "enter")
        assert waits(reviewed) == ["Пункт 4"] and "2 approved; u takes it back" in shown(reviewed)
        await press(pilot, "u")
        assert waits(reviewed) == ["Пункт 3", "Пункт 4", "Пункт 5"]


async def test_the_same_change_is_ticked_wherever_it_was_made(reviewed: WorkbenchApp, edition: Edition) -> None:
    anna = persons.known(edition, "Анна Ивлева")
    for found in list(re.finditer("Работы", TEXT))[:3]:
        asked = {
            "transcript": "protokol.txt",
            "start": found.start(),
            "end": found.end(),
            "act": "edit",
            "page": "Дела",
        }
        deciding.record_all(edition, [asked], anna)
    async with running(reviewed) as pilot:
        await press(pilot, "R", "end", "S")
        assert "3 ticked" in shown(reviewed)
        await press(pilot, "n", "P")
        assert "7 ticked" in shown(reviewed)
        await press(pilot, "n", "G")  # nothing here answers a suggester
        assert "in no batch" in shown(reviewed) and "ticked" not in shown(reviewed)


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
    deciding.put_setting(edition, "review", "alone", person)
    alone = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(alone) as pilot:
        await press(pilot, "R", "a")
        assert verdicts(edition)["артелн"] == "approved"
        await ask(pilot, "e", "backspace", *"!", "enter", "1")  # amended and approved in one gesture, and undone so
        await settled(pilot)
        assert verdicts(edition)["текущсм"] == "approved" and "amended and approved" in shown(alone)
        await press(pilot, "u")
        assert verdicts(edition)["текущсм"] == "unreviewed"


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
