"""Whatever keys are pressed, the journal verifies and the reading is what a slow replay gives."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from pathlib import Path

import pytest

from tests.images.pages import saved
from tests.tui.conftest import TEXT, proposal
from tests.tui.driving import ask, desk, running, settled
from workbench.core.errors import WorkbenchError
from workbench.services import adding, images, library, moments, persons, printing, settings
from workbench.services.clock import now
from workbench.services.document import reading
from workbench.services.document.desk import Desk
from workbench.services.document.overview import overview
from workbench.services.edition import Edition, init, open_edition
from workbench.store import entries, suggestions, texts, verify
from workbench.tui.app import WorkbenchApp
from workbench.tui.desk import DeskScreen
from workbench.tui.document_map import DocumentMap
from workbench.tui.panel import Panel

_KEYS = (
    "enter", "enter", "2", "s", "e", "m", "w", "t", "o", "c", "z", "L", "y", "u", "u", "ctrl+r", "n", "b", "r", "space",
    "space", "x", "right", "left", "down", "up", "pagedown", "home", "end", "backspace", "A", "S", "E", "M", "F", "X",
    "W", "d", "v", "k", "D", "f", "j", "B", "escape", "1", "а", "б", "tab", "delete", "a", "J", "ctrl+j", "f2", "i",
    "T", "P", "O", "Z", "C", "p", "H", "R", "V", "I", "3", "f1", "ctrl+p", "enter", "n", "K", "y",
)  # fmt: skip
_PRESSES = 45


def made(folder: Path) -> Edition:
    folder.mkdir()
    source = folder / "protokol.txt"
    source.write_text(TEXT, "utf-8")
    edition = init(folder / "edition")
    list(adding.add(edition, [source]))
    (row,) = texts.all_texts(edition.db)
    found = [
        proposal("артелн", "артели", "артель"), proposal("яро-\nвых", "яровых", kind="hyphen"),
        proposal("текущсм", "текущем"),
    ]  # fmt: skip
    with edition.writing() as db:
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="test", version="1", started=now()))
    images.attach(edition, saved(folder / "leaf.png", bars=[(20, 40, 200, 12)]), library.ids(edition)[0])
    return edition


def opened(edition: Edition) -> WorkbenchApp:
    """The application at the desk of the one document."""
    app = WorkbenchApp(edition, document=library.listings(edition)[0].id, person="Анна Ивлева")
    app.learns = False
    return app


@pytest.mark.parametrize("seed", range(6))
async def test_any_keys_leave_a_journal_that_verifies_and_a_reading_equal_to_its_replay(
    tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    with made(tmp_path / "one") as edition:
        app = opened(edition)
        async with running(app, 100, 30) as pilot:
            for _ in range(_PRESSES):
                await pilot.press(draw.choice(_KEYS))
                await asyncio.sleep(0)
            for _ in range(4):
                await pilot.press("escape")
            await settled(pilot)
        assert list(verify.problems(edition.db)) == []
        house = settings.style(edition)
        replayed = moments.of_history(edition, entries.history(edition.db))
        for listing in library.listings(edition):
            kept = printing.printed(edition, listing.id, "reading", house, moments.present(edition))
            assert kept == printing.printed(edition, listing.id, "reading", house, replayed)


_AT_DESK = (
    "enter", "2", "s", "ctrl+r", "u", "u", "n", "b", "r", "space", "space", "right", "left", "down", "up", "pagedown",
    "home", "backspace", "J", "o",
)  # fmt: skip
_ASKED = (
    ("w", "2"), ("w", "3"), ("m", "3"), ("m", "1", "к", "enter"), ("z", "1"), ("c", "3"), ("t", "к", "enter"),
    ("e", "end", "к", "enter"), ("a", "к", "enter", "escape"), ("S", "enter", "enter"), ("L", "enter"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_after_any_keys_the_desk_shows_what_a_new_look_at_the_edition_shows(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    with made(tmp_path / "one") as edition:
        app, document = opened(edition), library.listings(edition)[0].id
        async with running(app, 100, 30) as pilot:
            pressed: list[str] = []
            for _ in range(_PRESSES):
                keys = draw.choice(_ASKED) if draw.random() < 0.3 else (draw.choice(_AT_DESK),)
                pressed += keys
                await ask(pilot, *keys)
                for _ in range(3):
                    if not (isinstance(app.screen, DeskScreen) and app.screen.view.has_focus):
                        await ask(pilot, "escape")
                if not isinstance(app.screen, DeskScreen):
                    await ask(pilot, "enter")
                if draw.random() < 0.2:
                    pressed.append(by_others(edition, document, draw))
                    desk(app)._listen()
                await settled(pilot)
                at = desk(app)
                seen = looked_at(at)
                at.lay_out()
                at.tell_place()
                lines = at._lines and reading.progress(at.desk)
                at._counted(at.desk.counts(), lines, overview(at.desk.lines, at.query_one(DocumentMap).size.height))
                for before, now_seen in zip(seen, looked_at(at), strict=True):
                    assert before == now_seen, " ".join(pressed[-14:])


def by_others(edition: Edition, document: str, draw: random.Random) -> str:
    """Somebody else decides at the beginning of a line, or takes that back; what it was."""
    with open_edition(edition.folder) as own:
        with own.writing():
            person = persons.ensure(own, "Борис Лунин")
        theirs = Desk(own, document)
        place = theirs.place_at(draw.randrange(8))
        theirs.point_at(place)
        act = draw.choice(("keep", "note", "word_right", "undo", "add_line"))
        with suppress(WorkbenchError):
            if act == "undo":
                theirs.undo(person)
            elif place is not None and act == "keep":
                theirs.keep(place, person)
            elif place is not None and act == "note":
                theirs.note(place, "так", person)
            elif place is not None and act == "word_right":
                theirs.word_right(place, "document", person)
            elif act == "add_line":
                theirs.add_line(0, "строка", person)
        return f"others: {act}"


def looked_at(at: DeskScreen) -> list[object]:
    """All that the desk shows: the lines with their colours, the panel, the counts, the map; and the place."""
    lines = [[(s.text, str(s.style)) for s in strip] for strip in at.view._painted]
    return [
        *lines,
        str(at.query_one(Panel).render()),
        at._counts,
        at._lines,
        *at.query_one(DocumentMap)._buckets,
        at.place,
    ]
