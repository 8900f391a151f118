"""The board under real keys: states as the role allows, claims, work given out, and into a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.tui.driving import ask, desk, on, press, running, settled, shown
from workbench.services import adding, deciding, library, persons, states
from workbench.services.edition import Edition
from workbench.services.reviewing import moving
from workbench.services.reviewing.board import post, posts
from workbench.tui.app import WorkbenchApp
from workbench.tui.board import BoardScreen

Compare = Callable[..., bool]
ANNA = "Анна Ивлева"


@pytest.fixture
def board(edition: Edition, tmp_path: Any) -> WorkbenchApp:
    """The application at the library of two documents; an editor and a transcriber are registered."""
    source = tmp_path / "spravka.txt"
    source.write_text("Справка о севе.\n", "utf-8")
    assert [a.outcome for a in adding.add(edition, [source])] == ["added"]
    with edition.writing():
        persons.ensure(edition, "Борис Ветров", role="editor")
        persons.ensure(edition, ANNA)
    return WorkbenchApp(edition, person=ANNA)


def standing(edition: Edition, number: int = 1) -> states.Standing:
    return states.standing(edition, library.ids(edition)[number - 1])


async def test_a_transcriber_moves_a_document_as_far_as_the_role_goes(board: WorkbenchApp, edition: Edition) -> None:
    async with running(board) as pilot:
        await press(pilot, "b")
        await ask(pilot, "m", "1")
        await settled(pilot)
        await ask(pilot, "m", "2")
        await settled(pilot)
        assert standing(edition).state == "transcribed"
        await ask(pilot, "m")
        assert "in transcription" in shown(board) and "approved" not in shown(board)
        await press(pilot, "escape", "u")
        assert standing(edition).state == "transcribing"


async def test_claimed_and_given_back(board: WorkbenchApp, edition: Edition) -> None:
    async with running(board) as pilot:
        await press(pilot, "b", "c")
        assert standing(edition).holder is not None and "✎" in shown(board)
        await press(pilot, "c")
        assert standing(edition).holder is None


async def test_a_document_is_made_somebodys_work(board: WorkbenchApp, edition: Edition) -> None:
    async with running(board) as pilot:
        await press(pilot, "b", "down")
        await ask(pilot, "a", "2")
        await settled(pilot)
        assert persons.names(edition)[standing(edition, 2).assigned or ""] == ANNA
        await press(pilot, "p")
        assert [p.number for p in on(board, BoardScreen).rows] == [2]
        await ask(pilot, "a", "4", *"Нина", "enter")
        await settled(pilot)
        assert persons.names(edition)[standing(edition, 2).assigned or ""] == "Нина"
        assert "Nothing is yours here" in shown(board)


async def test_what_is_done_about_one_document_looks_at_no_other(
    board: WorkbenchApp, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(board) as pilot:
        await press(pilot, "b")
        whole = "workbench.services.reviewing.board.posts"
        monkeypatch.setattr(whole, lambda edition: pytest.fail("the whole board was made"))
        await press(pilot, "down", "c")
        rows = on(board, BoardScreen).rows
        assert [row.standing.holder is not None for row in rows] == [False, True]
        monkeypatch.undo()
        assert rows == list(posts(edition)) == [post(edition, d) for d in library.ids(edition)]


async def test_what_is_left_is_said_with_whom(board: WorkbenchApp, edition: Edition) -> None:
    anna, boris = persons.known(edition, ANNA), persons.known(edition, "Борис Ветров")
    moving.assign(edition, library.ids(edition)[:1], anna, boris)
    moving.claim(edition, library.ids(edition)[0], boris)
    async with running(board) as pilot:
        await press(pilot, "b")
        assert "leaves left: nobody 1 · Анна Ивлева 1" in shown(board)
        assert "Анна Ивлева ✎БВ" in shown(board)


async def test_who_signs_for_a_document_hears_before_what_nobody_approved(
    board: WorkbenchApp, edition: Edition
) -> None:
    anna, boris = persons.known(edition, ANNA), persons.known(edition, "Борис Ветров")
    document = library.ids(edition)[0]
    asked = {"act": "keep", "transcript": "protokol.txt", "start": 0, "end": 8}
    deciding.record_all(edition, [asked], anna)
    moving.move(edition, document, "transcribed", anna)
    moving.move(edition, document, "reviewing", boris)
    app = WorkbenchApp(edition, person="Борис Ветров")
    async with running(app) as pilot:
        await press(pilot, "b")
        await ask(pilot, "m")
        assert "approved · 1 decision of it nobody approved" in shown(app)
        await ask(pilot, "2")
        await settled(pilot)
    assert standing(edition).state == "approved"


async def test_the_desk_says_who_is_at_work_and_what_is_approved(board: WorkbenchApp, edition: Edition) -> None:
    boris = persons.known(edition, "Борис Ветров")
    moving.claim(edition, library.ids(edition)[0], boris)
    async with running(board) as pilot:
        await press(pilot, "b", "enter")
        assert desk(board) and "Борис Ветров is at work here" in shown(board)
    with edition.writing():
        anna = persons.known(edition, ANNA)
    for to, who in (("transcribing", anna), ("transcribed", anna), ("reviewing", boris), ("approved", boris)):
        moving.move(edition, library.ids(edition)[0], to, who)
    app = WorkbenchApp(edition, document=library.ids(edition)[0], person=ANNA)
    async with running(app) as pilot:
        assert "what is decided now opens it again" in shown(app)
        await press(pilot, "s")
        assert standing(edition).state == "reopened"
        await press(pilot, "u")
        assert standing(edition).state == "approved"


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_how_it_looks(board: WorkbenchApp, edition: Edition, snap_compare: Compare, size: tuple[int, int]) -> None:
    boris = persons.known(edition, "Борис Ветров")
    first, second = library.ids(edition)
    moving.move(edition, first, "transcribing", boris)
    moving.move(edition, first, "transcribed", boris)
    moving.assign(edition, [second], boris, boris)

    async def pressed(pilot: Any) -> None:
        await press(pilot, "b", "down")

    assert snap_compare(board, terminal_size=size, run_before=pressed)
