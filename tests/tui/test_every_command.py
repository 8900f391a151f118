"""Every command of the desk by its own key, on the Latin layout and on the Russian one; the table names them all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.images.pages import saved
from tests.tui.driving import ask, asked, desk, press, running, settled, shown, until
from workbench.services import images
from workbench.services.edition import Edition
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.command import TWINS, Command
from workbench.tui.commands import DESK, EVERYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What pressing a command does at the first suggestion, «артелн», of the small edition."""

    before: tuple[str, ...] = ()
    """Keys pressed first."""
    after: tuple[str, ...] = ()
    """Keys that answer what it asks."""
    records: tuple[str, ...] = ()
    """Acts that are recorded then, those of `before` among them."""
    shows: str = ""
    """Words on the screen then."""
    opens: str = "DeskScreen"
    """The class of the screen that is open then."""


LINE = ("home", "a", "о", "д", "и", "н", "enter", "д", "в", "а", "enter", "escape")
"""Two added lines."""
TWO = ("add_line", "add_line")
EFFECTS: dict[str, Effect] = {
    "desk.accept": Effect(records=("accept",)),
    "desk.accept_1": Effect(records=("accept",), shows="артели."),
    "desk.accept_2": Effect(records=("accept",), shows="артель."),
    **{f"desk.accept_{n}": Effect() for n in range(3, 10)},
    "desk.keep": Effect(records=("keep",)),
    "desk.edit": Effect(after=("Ы", "enter"), records=("edit",), shows="Ыартелн"),
    "desk.add_line": Effect(after=("Ы", "enter", "escape"), records=("add_line",)),
    "desk.add_line_above": Effect(after=("Ы", "enter", "escape"), records=("add_line",)),
    "desk.delete_line": Effect(before=LINE, records=(*TWO, "delete_line")),
    "desk.join_line": Effect(before=LINE, records=(*TWO, "set_line", "delete_line"), shows="один два"),
    "desk.read": Effect(before=("r", "end"), records=("read",)),
    "desk.mark": Effect(after=("5",), records=("added",)),
    "desk.textual_note": Effect(after=("Ы", "enter"), records=("textual_note",)),
    "desk.content_note": Effect(after=("Ы", "enter"), records=("content_note",)),
    "desk.check": Effect(records=("check",)),
    "desk.class": Effect(after=("3",), records=("accept",)),
    "desk.zone": Effect(after=("1", "enter"), records=("zone",), shows="⟨letterhead⟩"),
    "desk.word_right": Effect(after=("3",), records=("word",)),
    "desk.tag": Effect(after=("3", "enter"), records=("tag",)),
    "desk.undo": Effect(before=("enter",), records=("accept", "revert"), shows="Taken back: accepted"),
    "desk.redo": Effect(before=("enter", "u"), records=("accept", "revert", "revert"), shows="Brought back: accepted"),
    "desk.series_accept": Effect(after=("enter", "enter"), records=("accept",)),
    "desk.series_keep": Effect(after=("enter", "enter"), records=("keep",)),
    "desk.series_edit": Effect(after=("enter", "enter"), records=("edit",)),
    "desk.series_mark": Effect(after=("enter", "enter"), records=("unclear",)),
    "desk.series_textual_note": Effect(after=("Ы", "enter", "enter", "enter"), records=("textual_note",)),
    "desk.series_content_note": Effect(after=("Ы", "enter", "enter", "enter"), records=("content_note",)),
    "desk.series_check": Effect(after=("enter", "enter"), records=("check",)),
    "desk.series_zone": Effect(after=("1", "enter", "enter"), records=("zone",)),
    "desk.series_class": Effect(after=("3", "enter", "enter"), records=("accept",)),
    "desk.series_find": Effect(opens="FindForm"),
    "desk.bulk": Effect(opens="Ask", shows="which chance"),
    "desk.next": Effect(after=("s",), records=("keep",), shows="Протокол заседания правления артел"),
    "desk.previous": Effect(before=("n",), shows="артелн  line 1"),
    "desk.back": Effect(before=("n",), shows="артелн  line 1"),
    "desk.right": Effect(before=("left",), shows="артелн  line 1"),
    "desk.left": Effect(shows="правления  line 1"),
    "desk.mode": Effect(shows="READING"),
    "desk.order": Effect(shows="QUEUE by chance"),
    "desk.find": Effect(after=("д", "о", "к"), shows="2 places"),
    "desk.goto": Effect(after=("4", "0", "enter"), shows="line 40"),
    "desk.library": Effect(opens="Library"),
    "desk.suggest": Effect(shows="QUEUE"),
    "desk.words": Effect(opens="WordsScreen"),
    "desk.breaks": Effect(opens="BreaksScreen"),
    "desk.diff": Effect(opens="DiffScreen"),
    "desk.printed": Effect(opens="PrintedScreen"),
    "desk.checking": Effect(opens="CheckingScreen"),
    "desk.review": Effect(opens="ReviewScreen"),
    "desk.history": Effect(opens="HistoryScreen"),
    "desk.past": Effect(opens="PastScreen"),
    "desk.describe": Effect(opens="DescriptionScreen"),
    "desk.image": Effect(shows="leaf.png"),
    "desk.page": Effect(opens="PageScreen"),
    "desk.image_closer": Effect(before=("i",), shows="×1.4"),
    "desk.image_further": Effect(before=("i", "ctrl+up", "ctrl+up"), shows="×1.4"),
    "desk.leaf": Effect(after=("1", "2", "enter"), records=("leaf",), shows="|л. 12|"),
    "desk.split": Effect(before=("down", "down"), after=("enter",), records=("split",)),
    "desk.join": Effect(shows="This is the last document"),
    "app.help": Effect(opens="Help"),
    "app.palette": Effect(opens="CommandPalette"),
    "app.theme": Effect(),
    "app.quit": Effect(before=("s",), records=("keep",)),
}  # fmt: skip


def test_the_table_names_every_command() -> None:
    assert {c.id for c in (*DESK, *EVERYWHERE)} == EFFECTS.keys()


def pressed() -> list[tuple[Command, str]]:
    """Each command with its key, and once more with the Russian twin of it; a command without one is in the palette."""
    found = []
    for command in (*DESK, *EVERYWHERE):
        key = command.keys[0] if command.keys else ""
        found.append((command, key))
        if (letter := key.rpartition("+")[2]) in TWINS:
            found.append((command, key.removesuffix(letter) + TWINS[letter]))
    return found


@pytest.mark.parametrize(("command", "key"), pressed(), ids=lambda v: v.id if isinstance(v, Command) else v)
async def test_a_command_does_what_it_says(
    app: WorkbenchApp, edition: Edition, document: str, tmp_path: Path, command: Command, key: str
) -> None:
    effect = EFFECTS[command.id]
    images.attach(edition, saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12)]), document)
    known = len(list(entries.every(edition.db)))
    async with running(app) as pilot:
        await press(pilot, *effect.before)
        if key:
            await ask(pilot, key)
        else:
            await app.run_action(command.action, default_namespace=app.screen)
            await asked(pilot)
        if command.id == "app.quit":
            assert app.return_code == 0 or app._exit
        else:
            for answer in effect.after:
                await ask(pilot, answer)
                await settled(pilot)
            await until(pilot, lambda: type(app.screen).__name__ == effect.opens and effect.shows in shown(app))
    made = [e.decision.act for e in entries.every(edition.db)][known:]
    assert [act for act in made if act != "person"] == list(effect.records)


async def test_the_third_candidate_of_two_is_none(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        for key in "3456789":
            await press(pilot, key)
        assert desk(app).desk.counts().open == 3
