"""Living with others: what they decide shows at once, and is never overwritten."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from tests.tui.conftest import TEXT
from tests.tui.driving import acts, ask, desk, here, press, running, settled, shown, to_row, until
from workbench.services import deciding, persons
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, again
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.desk import DeskScreen, screen
from workbench.tui.line_editor import LineEditor


def elsewhere(edition: Edition, document: str, row: int, new: str) -> None:
    """Somebody else rewrites a line by a connection of their own."""
    with again(edition) as theirs:
        with theirs.writing():
            other = persons.ensure(theirs, "Павел")
        there = Desk(theirs, document)
        there.edit_line(row, new, other)


async def test_a_decision_of_another_process_shows_within_a_second_and_the_cursor_stays(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    async with running(app) as pilot:
        elsewhere(edition, document, 4, "Постановили: доклад отклонить.")
        await until(pilot, lambda: "отклонить" in shown(app))
        assert screen._LISTENS <= 0.5  # with the painting a second, on a machine that has the time
        assert here(app) == "артелн"
        assert "by others" in shown(app)


async def test_a_place_that_somebody_just_decided_shows_both_and_is_not_overwritten(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    async with running(app) as pilot:
        elsewhere(edition, document, 0, "Протокол заседания правления артель.")
        await press(pilot, "enter")
        assert [a for a in acts(edition) if a[0] == "accept"] == []
        assert desk(app).desk.line_reading(0).endswith("артель.")
        assert "Павел" in shown(app)


@pytest.mark.parametrize(("keys", "yours"), [("enter", "артели"), ("2", "артель"), ("s 1", "артелн")])
async def test_who_decides_a_moment_later_is_shown_both_readings(
    app: WorkbenchApp, edition: Edition, document: str, monkeypatch: pytest.MonkeyPatch, keys: str, yours: str
) -> None:
    """Before the desk has heard of it: nothing is overwritten, and what was to stand there is not lost from sight."""
    monkeypatch.setattr(DeskScreen, "_listen", lambda screen: None)
    async with running(app) as pilot:
        elsewhere(edition, document, 0, "Протокол заседания правления артелей.")
        await press(pilot, *keys.split())
        assert [a[0] for a in acts(edition)] == ["edit"]
        (said,) = [n.message for n in app._notifications]
        assert "“артелей”" in said and "Павел" in said and f"“{yours}”" in said
        assert here(app) == "артелн" and "артелей" in shown(app)


async def test_a_line_that_somebody_changed_meanwhile_is_not_rewritten(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    """Both readings are said, and what was typed stays to go on with: Enter again is a decision against theirs."""
    async with running(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        elsewhere(edition, document, 0, "Протокол собрания правления артелн.")
        await pilot.press("end", "!")
        await press(pilot, "enter")
        assert desk(app).desk.line_reading(0) == "Протокол собрания правления артелн."
        assert any("changed meanwhile" in n.message for n in app._notifications)
        assert "заседания правления артелн.!" in app.screen.query_one(TextArea).text
        assert "собрания → заседания" in shown(app)
        await ask(pilot, "enter")
        await press(pilot, "1")
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления артелн.!"


@pytest.mark.parametrize("whose", ["Павел", "Анна Ивлева"])
async def test_what_was_typed_over_a_line_that_somebody_took_out_meanwhile_falls_on_no_other(
    app: WorkbenchApp, edition: Edition, document: str, whose: str
) -> None:
    """Nor where a reason was asked for first, while the lines are numbered anew."""
    with edition.writing():
        other = persons.ensure(edition, "Павел")
        author = persons.ensure(edition, whose)
    Desk(edition, document).add_line(0, "Одна\nДругая", author)
    async with running(app) as pilot:
        await to_row(pilot, 1)
        await press(pilot, "e", "!")
        with again(edition) as theirs:
            Desk(theirs, document).delete_line(1, other)
        await ask(pilot, "enter")
        if author == other:
            await press(pilot, "1")  # the reason
        (said,) = [n.message for n in app._notifications]
        assert "took this line out" in said and "“!Одна”" in said
        assert [desk(app).desk.line_reading(n) for n in (1, 2)] == ["Другая", ""]
        assert not app.screen.query_one(LineEditor).display


async def test_deciding_against_somebody_else_asks_for_a_reason(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    async with running(app) as pilot:
        elsewhere(edition, document, 0, "Протокол заседания правления артель.")
        await until(pilot, lambda: "by others" in shown(app))
        await to_row(pilot, 0)
        while here(app) != "артелн":
            await press(pilot, "right")
        await press(pilot, "s", "2")
        (kept,) = [e for e in acts(edition) if e[0] == "keep"]
        assert kept[1] == "артелн"
        assert "because" in shown(app) and "seen on the page" in shown(app)


def remade(edition: Edition, asked: dict[str, object]) -> None:
    """Somebody else splits or joins."""
    with again(edition) as theirs:
        with theirs.writing():
            other = persons.ensure(theirs, "Павел")
        deciding.record_all(theirs, [asked], other)


async def test_a_question_is_not_closed_when_somebody_splits_the_document(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    async with running(app) as pilot:
        await to_row(pilot, 10)
        text, start = desk(app).at[0], TEXT.index("Пункт 2.")
        await ask(pilot, "t", *"на по")
        remade(edition, {"act": "split", "document": document, "transcript": text, "start": start})
        await pilot.pause(2 * screen._LISTENS)
        await pilot.press(*"лях", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen) and desk(app).document != document)
        await settled(pilot)
        assert here(app) == "Пункт"
        assert [e.decision.data["body"] for e in entries.every(edition.db) if e.decision.act == "textual_note"] == [
            "на полях"
        ]


async def test_a_line_is_followed_into_the_document_that_somebody_else_made_of_it(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    """What is being typed is not lost to it."""
    async with running(app) as pilot:
        await to_row(pilot, 10)
        await press(pilot, "e", "end", "!")
        text, start = desk(app).at[0], TEXT.index("Пункт 2.")
        remade(edition, {"act": "split", "document": document, "transcript": text, "start": start})
        await pilot.pause(2 * screen._LISTENS)
        await press(pilot, "enter")
        await until(pilot, lambda: desk(app).document != document)
        await settled(pilot)
        assert desk(app).desk.line_reading(desk(app).row) == "Пункт 6. Работы продолжать.!"
        await until(pilot, lambda: "by others" in shown(app))
        remade(edition, {"act": "join", "document": document, "other": desk(app).document})
        await until(pilot, lambda: desk(app).document == document)
        await settled(pilot)
        assert desk(app).row == 10


async def test_lines_that_others_add_move_neither_the_cursor_nor_what_is_typed(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    def added(content: str) -> None:
        with again(edition) as theirs:
            with theirs.writing():
                other = persons.ensure(theirs, "Павел")
            Desk(theirs, document).add_line(0, content, other)

    async with running(app) as pilot:
        await to_row(pilot, 10)
        place, line = here(app), desk(app).desk.line_reading(10)
        added("Первая строка")
        await until(pilot, lambda: desk(app).row == 11)
        assert (here(app), desk(app).desk.line_reading(11)) == (place, line)
        await press(pilot, "e", "end", "!")
        added("Ещё одна строка")
        await pilot.pause(2 * screen._LISTENS)
        await press(pilot, "enter")
        await until(pilot, lambda: desk(app).row == 12)
        assert desk(app).desk.line_reading(12) == line + "!"
        assert {desk(app).desk.line_reading(row) for row in (1, 2)} == {"Первая строка", "Ещё одна строка"}
