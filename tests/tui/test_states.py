"""How the screens look with nothing to show, while they are at work, and when something failed: at two widths."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.images.pages import saved
from tests.tui.driving import after, settled
from workbench.services import adding, images, library, persons
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, again, init
from workbench.tui.app import WorkbenchApp
from workbench.tui.at_work import AtWork, Stopped
from workbench.tui.view import FacingView

Compare = Callable[..., bool]
SIZES = [(80, 24), (120, 34)]
BOTH = pytest.mark.parametrize("size", SIZES, ids=str)


@pytest.fixture(autouse=True)
def pinned_ids_and_time(monkeypatch: pytest.MonkeyPatch, edition: Edition) -> None:
    """What is decided is always decided at the same time under the same ids: codes and times are shown."""
    numbers = itertools.count(1)
    monkeypatch.setattr(persons, "now", lambda: "2026-01-02T03:04:05.000000Z")
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers) << 80))


ASKED = {
    "series-of-one": ("A",), "preview": ("A", "enter"), "note": ("t",), "goto": ("j",), "class": ("c",), "tag": ("y",),
    "leaf": ("L",), "word": ("w",), "whole-edition": ("S", "d"), "bulk": ("B", "enter"), "resolution": ("z", "f"),
    "added-lines": ("a", "о", "д", "и", "н", "enter", "д", "в"), "checking": ("o", "n", "o", "k"),
    "breaks-done": ("X", "enter"), "kept-and-marked": ("s", "m", "3", "m", "1", "enter", "up"),
    "description-left": ("D", "x", "escape"), "words-of-the-edition": ("W", "d", "1"), "editor-help": ("e", "f1"),
}  # fmt: skip
"""What is asked and shown on the way, by the keys that lead there."""


@BOTH
@pytest.mark.parametrize("name", ASKED)
def test_on_the_way(app: WorkbenchApp, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=after(*ASKED[name]))


BUSY = {"series": ("S",), "words": ("W",), "breaks": ("X",), "diff": ("d",), "printed": ("v",), "checking": ("k",)}


@BOTH
@pytest.mark.parametrize("name", BUSY)
def test_at_work(
    app: WorkbenchApp, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
) -> None:
    """What a screen says first is what it shows."""

    def prepare(self: AtWork, make: Callable[..., Any], then: object) -> None:
        def told(words: str) -> None:
            self.say(words)
            raise Stopped

        with again(self.workbench.edition) as own, suppress(Stopped):
            make(own, told)

    monkeypatch.setattr(AtWork, "prepare", prepare)
    assert snap_compare(app, terminal_size=size, run_before=after(*BUSY[name]))


@BOTH
def test_the_desk_while_suggestions_are_looked_for(
    app: WorkbenchApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await after()(pilot)
        pilot.app.screen.tell_progress("looking for suggestions 40% · Esc stops")  # type: ignore[attr-defined]
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=run)


FAILED = {
    "goto": ("j", "9", "9", "9", "enter"), "pattern": ("F", "(", "tab", "tab", "space", "shift+tab", "enter"),
    "answers": ("k", "a", "x", "enter"), "nothing-to-undo": ("u",), "no-candidate": ("9",),
}  # fmt: skip


@BOTH
@pytest.mark.parametrize("name", FAILED)
def test_what_failed_is_said(app: WorkbenchApp, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    said = {"nothing-to-undo": "There is nothing of yours to take back", "no-candidate": "There is no candidate 9"}
    assert snap_compare(app, terminal_size=size, run_before=after(*FAILED[name], keep=said.get(name, "")))


@BOTH
def test_an_edition_without_documents(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    with init(tmp_path / "letters") as empty:
        assert snap_compare(WorkbenchApp(empty, person="А"), terminal_size=size, run_before=after())


@BOTH
def test_a_page_that_no_machine_has_read(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    with init(tmp_path / "letters") as edition:
        list(adding.add(edition, [saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12)])]))
        app = WorkbenchApp(edition, document=library.ids(edition)[0], person="А")
        assert snap_compare(app, terminal_size=size, run_before=after())


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half blocks on every machine."""
    monkeypatch.setattr("workbench.images.terminal.protocol", lambda setting, env: "halfblocks")


@pytest.mark.parametrize("size", [*SIZES, (200, 40)], ids=str)
def test_the_image_of_the_line(
    app: WorkbenchApp, edition: Edition, document: str, tmp_path: Path, snap_compare: Compare, pinned: None,
    size: tuple[int, int],
) -> None:  # fmt: skip
    images.attach(edition, saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12), (20, 80, 120, 12)]), document)
    assert snap_compare(app, terminal_size=size, run_before=after("i"))


@BOTH
def test_the_whole_page(
    app: WorkbenchApp, edition: Edition, document: str, tmp_path: Path, snap_compare: Compare, pinned: None,
    size: tuple[int, int],
) -> None:  # fmt: skip
    images.attach(edition, saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12), (20, 80, 120, 12)]), document)
    assert snap_compare(app, terminal_size=size, run_before=after("I"))


@BOTH
def test_an_image_that_cannot_be_opened(
    app: WorkbenchApp, edition: Edition, document: str, tmp_path: Path, snap_compare: Compare, pinned: None,
    size: tuple[int, int],
) -> None:  # fmt: skip
    images.attach(edition, saved(tmp_path / "leaf.png"), document)
    for kept in (edition.folder / "transcripts" / images.FOLDER).iterdir():
        kept.write_bytes(b"\x89PNG")
    assert snap_compare(app, terminal_size=size, run_before=after("i"))


@BOTH
def test_what_somebody_else_decided_stands_beside_what_was_proposed(
    app: WorkbenchApp, edition: Edition, document: str, snap_compare: Compare, size: tuple[int, int]
) -> None:

    async def run(pilot: Pilot[Any]) -> None:
        await after()(pilot)
        with again(edition) as theirs:
            with theirs.writing():
                other = persons.ensure(theirs, "Павел")
            Desk(theirs, document).edit_line(0, "Протокол заседания правления артель.", other)
        await pilot.press("enter")
        await settled(pilot)
        pilot.app.clear_notifications()
        pilot.app.screen.query_one(FacingView).refresh()
        await after()(pilot)

    assert snap_compare(app, terminal_size=size, run_before=run)
