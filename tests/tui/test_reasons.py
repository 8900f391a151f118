"""A reason is asked where one is owed, by one key, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.images.pages import saved
from tests.tui.conftest import proposal
from tests.tui.driving import acts, ask, desk, here, press, running, settled, shown, to_row, until
from workbench.services import images, persons
from workbench.services.clock import now
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, again
from workbench.services.reviewing import review
from workbench.store import entries, suggestions, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.choosing import Choose
from workbench.tui.desk import DeskScreen


def decided_by_pavel(edition: Edition, document: str) -> None:
    with again(edition) as theirs:
        with theirs.writing():
            other = persons.ensure(theirs, "Павел")
        Desk(theirs, document).edit_line(0, "Протокол заседания правления артель.", other)


async def at_the_decision(pilot: Pilot[int], app: WorkbenchApp) -> None:
    """To the word that is decided, what others did known."""
    await until(pilot, lambda: desk(app).desk.counts().decisions)
    await to_row(pilot, 0)
    for _ in range(4):
        if here(app) != "артелн":
            await press(pilot, "right")
    assert here(app) == "артелн"


@pytest.mark.parametrize("keys", [("s", "2"), ("m", "3", "2"), ("w", "1", "2"), ("ы", "2"), ("ь", "3", "2")])
async def test_against_somebody_elses_decision(
    app: WorkbenchApp, edition: Edition, document: str, keys: tuple[str, ...]
) -> None:
    async with running(app) as pilot:
        decided_by_pavel(edition, document)
        await at_the_decision(pilot, app)
        await ask(pilot, *keys)
        await settled(pilot)
        assert "seen on the page" in shown(app)
    assert acts(edition)[-1][0] in ("keep", "blank")


async def test_an_edit_against_it_asks_too_and_left_loses_nothing(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    async with running(app) as pilot:
        decided_by_pavel(edition, document)
        await at_the_decision(pilot, app)
        await ask(pilot, "e")
        desk(app).query_one(TextArea).text = "Протокол заседания правления артелей."
        await ask(pilot, "enter", "escape")
        assert desk(app).query_one(TextArea).text == "Протокол заседания правления артелей."
        await ask(pilot, "enter", "1")
        await settled(pilot)
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления артелей."
    (live,) = [e.decision for e in entries.live(edition.db, "text")]
    assert live.reason


async def test_ones_own_decision_is_changed_as_it_could_be_taken_back(app: WorkbenchApp, edition: Edition) -> None:
    """Until somebody approved it: then it is no longer one's own alone."""
    async with running(app) as pilot:
        await press(pilot, "enter")
        await at_the_decision(pilot, app)
        await press(pilot, "s")
        assert [a[0] for a in acts(edition)][-1] == "keep"
        (live,) = [e for e in entries.live(edition.db, "text") if e.decision.quote == "артелн"]
        with again(edition) as theirs:
            with theirs.writing():
                editor = persons.ensure(theirs, "Редактор")
            review.approve(theirs, [live.id], editor)
        await at_the_decision(pilot, app)
        await ask(pilot, "m", "3")
        assert isinstance(app.screen, Choose) and "approved" in shown(app)
        await ask(pilot, "escape")


@pytest.fixture
def unseen(edition: Edition) -> Edition:
    """A suggestion that may be the machine's misreading or the document's own fault."""
    (row,) = texts.all_texts(edition.db)
    found = [replace(proposal("Ивлева", "Иглева"), change="unseen")]
    with edition.writing() as db:
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="test", version="1", started=now()))
    return edition


@pytest.mark.parametrize("keys", [("enter", "1"), ("1", "1")])
async def test_what_nobody_saw_is_accepted_with_a_reason(
    app: WorkbenchApp, unseen: Edition, keys: tuple[str, ...]
) -> None:
    async with running(app) as pilot:
        await ask(pilot, *keys)
        await settled(pilot)
    (live,) = [e.decision for e in entries.live(unseen.db, "text")]
    assert (live.page_class, live.ground, bool(live.reason)) == ("unseen", "internal", True)


@pytest.mark.parametrize(
    ("keys", "page", "reading", "classes"),
    [
        (("1",), "Иглева", None, ("ocr", None)),
        (("2",), None, "Иглева", (None, "slip")),
        (("3", "1"), None, "Иглева", (None, "source")),
    ],
)
async def test_with_the_page_in_sight_it_is_asked_what_the_page_has(
    app: WorkbenchApp, unseen: Edition, document: str, tmp_path: Path, keys: tuple[str, ...], page: str | None,
    reading: str | None, classes: tuple[str | None, str | None],
) -> None:  # fmt: skip
    images.attach(unseen, saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12)]), document)
    async with running(app) as pilot:
        await press(pilot, "i")
        await ask(pilot, "enter", *keys)
        await settled(pilot)
        assert isinstance(app.screen, DeskScreen)
        live = next(e.decision for e in entries.live(unseen.db, "text"))
        assert (live.page, live.reading, live.ground) == (page, reading, "page")
        assert (live.page_class, live.reading_class) == classes
        await press(pilot, "i", "right", "s")  # without the image a decision rests on the text again
    assert sorted(str(e.decision.ground) for e in entries.live(unseen.db, "text")) == ["internal", "page"]
