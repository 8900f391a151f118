"""A keymap of one's own: twins come along, what cannot hold is named and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import acts, press, running
from workbench.core.errors import UnreadableError
from workbench.services.edition import Edition
from workbench.store import entries
from workbench.tui import keymap
from workbench.tui.app import WorkbenchApp
from workbench.tui.bars import KeyBar
from workbench.tui.command import move
from workbench.tui.commands import SCREENS
from workbench.tui.panel import Panel
from workbench.tui.row_list import RowList
from workbench.tui.view import FacingView


@pytest.fixture
def keys_file() -> Path:
    path = keymap.path()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture(autouse=True)
def as_they_come() -> None:
    move({})


def test_no_file_moves_nothing() -> None:
    assert keymap.read(keymap.path()) == {}


def test_one_key_or_several_by_the_commands_id(keys_file: Path) -> None:
    keys_file.write_text('[desk]\nkeep = "f6"\nnext = ["n", "f7"]\n', "utf-8")
    assert keymap.read(keys_file) == {"desk.keep": ("f6",), "desk.next": ("n", "f7")}


def test_a_file_that_is_no_toml_is_named(keys_file: Path) -> None:
    keys_file.write_text("[desk\n", "utf-8")
    with pytest.raises(UnreadableError, match=r"keys\.toml"):
        keymap.read(keys_file)


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"desk.nonsense": ("k",)}, "no command desk.nonsense"),
        ({"desk.keep": (";",)}, "';'"),
        ({"desk.keep": ("u",)}, "desk.undo"),
        ({"desk.keep": ("г",)}, "desk.undo"),
        ({"desk.keep": ("q",)}, "app.quit"),
        ({"desk.keep": ("f6",), "desk.undo": ("f6",)}, "f6"),
        ({"desk.keep": ()}, "no key is given"),
        ({"desk.next": ("down",)}, "moves in the text"),
        ({"words.filter": ("enter",)}, "chooses in the list"),
        ({"description.save": ("k",)}, "is typed there"),
    ],
)
def test_what_cannot_hold_is_named_and_left_out(wanted: dict[str, tuple[str, ...]], named: str) -> None:
    good, problems = keymap.checked(wanted)
    assert len(good) == len(wanted) - 1
    assert len(problems) == 1 and named in problems[0]


def test_two_commands_may_change_places() -> None:
    swapped = {"desk.keep": ("u",), "desk.undo": ("s",)}
    assert keymap.checked(swapped) == (swapped, [])


def test_the_keys_as_they_come_clash_nowhere() -> None:
    for table in SCREENS.values():
        assert keymap.checked({c.id: c.keys for c in table if c.keys})[1] == []


@pytest.mark.parametrize("key", ["y", "н"])
@pytest.mark.parametrize("wanted", ["y", "н"])
async def test_a_moved_command_answers_on_both_layouts_and_the_footer_says_so(
    keys_file: Path, edition: Edition, document: str, key: str, wanted: str
) -> None:
    keys_file.write_text(f'[desk]\nkeep = "{wanted}"\ntag = "f6"\n', "utf-8")
    app = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(app) as pilot:
        assert f"{wanted} keep" in str(app.screen.query_one(KeyBar).render())
        await press(pilot, "s")
        assert acts(edition) == []
        await press(pilot, key)
    assert acts(edition) == [("keep", "артелн", None)]


def test_what_the_panes_answer_themselves_is_known() -> None:
    bound = {key for pane in (FacingView, RowList) for b in pane.BINDINGS for key in b.key.split(",")}  # type: ignore[union-attr]
    assert bound - {"enter"} == keymap.PANE_KEYS


async def test_what_cannot_hold_is_said_at_the_start_in_plain_words(
    edition: Edition, document: str, keys_file: Path
) -> None:
    keys_file.write_text('[desk]\nkeep = "e"\nmark = "щ"\nnonsense = "q"\n', "utf-8")
    mine = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(mine):
        (said,) = [n.message for n in mine._notifications]
    assert "desk.nonsense; " in said and "desk.edit" in said and "desk.check" in said and "␊" not in said


async def test_a_sentence_names_the_key_that_a_person_presses(edition: Edition, document: str, keys_file: Path) -> None:
    keys_file.write_text('[desk]\nkeep = "y"\ntag = "f6"\nedit = "f7"\n', "utf-8")
    mine = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(mine) as pilot:
        await press(pilot, "right")
        assert "y keeps it, F7 edits the line" in str(mine.screen.query_one(Panel).render())


async def test_a_command_that_comes_without_a_key_can_be_given_one(
    edition: Edition, document: str, keys_file: Path
) -> None:
    keys_file.write_text('[desk]\nadd_line_above = "f6"\n', "utf-8")
    mine = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(mine) as pilot:
        await press(pilot, "home", "f6", *"Сверху", "enter", "escape")
    assert [e.decision.page for e in entries.every(edition.db) if e.decision.layer == "line"] == ["Сверху"]


async def test_a_key_is_counted_once(app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[None] = []
    async with running(app) as pilot:
        monkeypatch.setattr(app.meter, "key", lambda: counted.append(None))
        await press(pilot, "n", "b", "f9", "down")
    assert len(counted) == 4
