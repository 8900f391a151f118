"""Whatever keys are pressed, the journal verifies and the reading is what a slow replay gives."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.images.pages import saved
from tests.tui.conftest import TEXT, proposal
from tests.tui.driving import running, settled
from workbench.services import adding, images, library, moments, printing, settings
from workbench.services.clock import now
from workbench.services.edition import Edition, init
from workbench.store import entries, suggestions, texts, verify
from workbench.tui.app import WorkbenchApp

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


@pytest.mark.parametrize("seed", range(6))
async def test_any_keys_leave_a_journal_that_verifies_and_a_reading_equal_to_its_replay(
    tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    with made(tmp_path / "one") as edition:
        document = library.listings(edition)[0].id
        app = WorkbenchApp(edition, document=document, person="Анна Ивлева")
        app.learns = False
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
