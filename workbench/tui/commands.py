"""The one table of commands: keys, help, palette and footer all come from it.

Each letter key answers on the Latin and on the Russian layout: the twin of a key is the Cyrillic letter on the same
key. No command hangs on punctuation alone, for its place differs between layouts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding

from workbench.i18n import N_

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_RUSSIAN = "йцукенгшщзфывапролдячсмить"
TWINS: dict[str, str] = dict(zip(_LATIN + _LATIN.upper(), _RUSSIAN + _RUSSIAN.upper(), strict=True))
"""Cyrillic letter by the Latin letter of the same key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    id: str
    """Stable name, by which a keymap can move it."""
    keys: tuple[str, ...]
    """Keys in Textual's notation, the first one shown."""
    action: str
    title: str
    help: str
    group: str
    footer: str = ""
    """A word for the footer; empty keeps it out of there."""

    def binding(self) -> Binding:
        return Binding(",".join(with_twins(self.keys)), self.action, self.title, show=False, id=self.id)


def with_twins(keys: Iterable[str]) -> list[str]:
    """Keys with their Russian twins, modifiers kept."""
    found: list[str] = []
    for key in keys:
        modifier, plus, letter = key.rpartition("+")
        twin = TWINS.get(letter)
        found += [key, modifier + plus + twin] if twin else [key]
    return list(dict.fromkeys(found))


def shown(key: str) -> str:
    """A key as help prints it."""
    names = {"enter": "Enter", "escape": "Esc", "tab": "Tab", "space": "Space", "pageup": "PgUp", "pagedown": "PgDn",
             "left": "←", "right": "→", "up": "↑", "down": "↓", "home": "Home", "end": "End"}  # fmt: skip
    modifier, plus, letter = key.rpartition("+")
    letter = names.get(letter, letter.upper() if letter.startswith("f") and letter[1:].isdigit() else letter)
    if modifier == "ctrl":
        return f"Ctrl+{letter.upper() if len(letter) == 1 else letter}"
    if modifier == "shift":
        return f"Shift+{letter}"
    return modifier + plus + letter


EVERYWHERE: tuple[Command, ...] = (
    Command(id="app.help", keys=("f1", "h"), action="app.help", title="Help", help="The keys, as you have them now.",
            group="everywhere", footer="help"),
    Command(id="app.palette", keys=("ctrl+p",), action="app.command_palette", title="All commands",
            help="Find a command by name.", group="everywhere"),
    Command(id="app.theme", keys=("f2",), action="app.next_theme", title="Theme",
            help="The next theme: dark, light, high contrast.", group="everywhere"),
    Command(id="app.quit", keys=("ctrl+q", "q"), action="app.leave", title="Quit",
            help="Close; the next start comes back to this place.", group="everywhere", footer="quit"),
)  # fmt: skip

LIBRARY: tuple[Command, ...] = (
    Command(id="library.open", keys=("enter",), action="open", title="Open", help="Open the document at the desk.",
            group="library", footer="open"),
    Command(id="library.suggest", keys=("g",), action="suggest", title="Look for suggestions",
            help="Run the suggesters over the document; nothing is decided by that.", group="library",
            footer="suggest"),
    Command(id="library.stop", keys=("escape",), action="stop", title="Stop looking",
            help="Stop the search for suggestions.", group="library"),
    Command(id="library.undo", keys=("u",), action="undo", title="Undo", help="Take your last decision back.",
            group="library"),
)  # fmt: skip

DESK: tuple[Command, ...] = (
    Command(id="desk.accept", keys=("enter",), action="accept(1)", title="Accept",
            help="Take the first candidate and go on to the next place.", group="decide", footer="accept"),
    *(
        Command(id=f"desk.accept_{n}", keys=(str(n),), action=f"accept({n})", title=f"Accept no. {n}",
                help=f"Take candidate {n}.", group="decide")
        for n in range(1, 10)
    ),
    Command(id="desk.keep", keys=("s",), action="keep", title="Keep (stet)",
            help="It is right as it stands; the suggestion does not come back.", group="decide", footer="keep"),
    Command(id="desk.answer", keys=("a",), action="answer", title="Own answer",
            help="Type what should stand at this place.", group="decide", footer="answer"),
    Command(id="desk.edit", keys=("e",), action="edit", title="Edit the line",
            help="Rewrite the line; each changed place becomes a decision.", group="decide", footer="edit line"),
    Command(id="desk.unclear", keys=("m",), action="unclear", title="Mark unclear",
            help="Doubtful with a guess, or unread without one.", group="decide", footer="unclear"),
    Command(id="desk.textual_note", keys=("t",), action="note('textual_note')", title="Textual note",
            help="A note about the text at this place.", group="decide", footer="note"),
    Command(id="desk.content_note", keys=("p",), action="note('content_note')", title="Content note",
            help="A note about a person, an event, a term.", group="decide"),
    Command(id="desk.check", keys=("o",), action="check", title="Check at the original",
            help="Put this place on the checking list for the reading room.", group="decide"),
    Command(id="desk.accept_above", keys=("A",), action="accept_above", title="Accept all above a chance",
            help="Shows what would be accepted, then accepts it as one batch; no name, number or date.",
            group="decide"),
    Command(id="desk.undo", keys=("u",), action="undo", title="Undo",
            help="Take your last decision back, however long ago.", group="decide", footer="undo"),
    Command(id="desk.redo", keys=("ctrl+r",), action="redo", title="Redo", help="Bring back what was undone.",
            group="decide"),
    Command(id="desk.next", keys=("n", "tab"), action="next_open", title="Next suggestion",
            help="The next place that waits for a decision.", group="move", footer="next"),
    Command(id="desk.back", keys=("b", "shift+tab"), action="previous_open", title="Previous suggestion",
            help="The one before.", group="move", footer="back"),
    Command(id="desk.right", keys=("right",), action="step(1)", title="Next word",
            help="The next word, suggestion or decision.", group="move"),
    Command(id="desk.left", keys=("left",), action="step(-1)", title="Previous word",
            help="The word before.", group="move"),
    Command(id="desk.suggest", keys=("g",), action="suggest", title="Look for suggestions",
            help="Run the suggesters over this document again.", group="move"),
    Command(id="desk.library", keys=("escape", "l"), action="library", title="Library",
            help="Back to the list of documents.", group="move", footer="library"),
)  # fmt: skip
"""Rows, pages, top and end of the text are the view's own: arrows up and down, PgUp, PgDn, Home, End."""

PAGE_IMAGE: tuple[Command, ...] = (
    Command(id="page_image.close", keys=("escape", "w"), action="close", title=N_("Back to the line"),
            help=N_("Leave the page image."), group=N_("page image"), footer=N_("back")),
    Command(id="page_image.closer", keys=("i",), action="zoom(1)", title=N_("Closer"),
            help=N_("Zoom in, to the word at first."), group=N_("page image"), footer=N_("closer")),
    Command(id="page_image.further", keys=("o",), action="zoom(-1)", title=N_("Further away"),
            help=N_("Zoom out, as far as the whole page."), group=N_("page image"), footer=N_("further")),
    Command(id="page_image.fit", keys=("f",), action="fit", title=N_("Whole page"),
            help=N_("All of the page again."), group=N_("page image"), footer=N_("whole page")),
    Command(id="page_image.left", keys=("left",), action="pan(-1, 0)", title=N_("Left"),
            help=N_("Move over the page."), group=N_("page image")),
    Command(id="page_image.right", keys=("right",), action="pan(1, 0)", title=N_("Right"),
            help=N_("Move over the page."), group=N_("page image")),
    Command(id="page_image.up", keys=("up",), action="pan(0, -1)", title=N_("Up"),
            help=N_("Move over the page."), group=N_("page image")),
    Command(id="page_image.down", keys=("down",), action="pan(0, 1)", title=N_("Down"),
            help=N_("Move over the page."), group=N_("page image")),
)  # fmt: skip
