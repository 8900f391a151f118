"""The one table of commands: keys, help, palette and footer all come from it.

Each letter key answers on the Latin and on the Russian layout: the twin of a key is the Cyrillic letter on the same
key. No command hangs on punctuation alone, for its place differs between layouts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from textual.binding import Binding, BindingType

from workbench.i18n import N_, _

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_RUSSIAN = "йцукенгшщзфывапролдячсмить"
TWINS: dict[str, str] = dict(zip(_LATIN + _LATIN.upper(), _RUSSIAN + _RUSSIAN.upper(), strict=True))
"""Cyrillic letter by the Latin letter of the same key."""
_NAMED = re.compile(r"\[([a-z_]+\.[a-z_]+)\]")


@dataclass(frozen=True, slots=True)
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
    rank: int = 1
    """How early it gives way where the footer is short: the highest first, of one rank the last one in the table."""

    def binding(self) -> Binding:
        # What is reached through the palette alone is bound too, to no key there is, so that a keymap can give it one.
        keys = ",".join(with_twins(self.keys)) or f"no-key-{self.id}"
        return Binding(keys, self.action, self.title, show=False, id=self.id)


_moved: dict[str, tuple[str, ...]] = {}


def move(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Reach commands by other keys from now on, by their ids; the person's keymap, checked."""
    _moved.clear()
    _moved.update(keys)


def keys_of(command: Command) -> tuple[str, ...]:
    """The keys that reach a command now."""
    return _moved.get(command.id, command.keys)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """What a screen binds."""
    return [c.binding() for c in commands]


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
             "left": "←", "right": "→", "up": "↑", "down": "↓", "home": "Home", "end": "End",
             "backspace": "Bksp", "delete": "Delete"}  # fmt: skip
    modifier, plus, letter = key.rpartition("+")
    letter = names.get(letter, letter.upper() if letter.startswith("f") and letter[1:].isdigit() else letter)
    if modifier == "ctrl":
        return f"Ctrl+{letter.upper() if len(letter) == 1 else letter}"
    if modifier == "shift":
        return f"Shift+{letter}"
    return modifier + plus + letter


def with_keys(words: str) -> str:
    """Words with the key that a person presses now in the place of each command they name: `[desk.keep] keeps it`."""
    return _NAMED.sub(lambda found: shown(keys_of(_by_id()[found[1]])[0]), words)


def keyed(message: str) -> str:
    """A message of the catalogue that names commands, translated, with their keys."""
    return with_keys(_(message))


@cache
def _by_id() -> Mapping[str, Command]:
    return {c.id: c for table in (EVERYWHERE, *SCREENS.values()) for c in table}


EVERYWHERE: tuple[Command, ...] = (
    Command("app.help", ("f1", "h"), "app.help", N_("Help"),
            N_("The keys, as you have them now."), N_("everywhere"), N_("help"), rank=0),
    Command("app.palette", ("ctrl+p",), "app.command_palette", N_("All commands"),
            N_("Find a command by name."), N_("everywhere")),
    Command("app.theme", ("f2",), "app.next_theme", N_("Theme"),
            N_("The next theme: dark, light, high contrast."), N_("everywhere")),
    Command("app.quit", ("ctrl+q", "q"), "app.leave", N_("Quit"),
            N_("Close; the next start comes back to this place."), N_("everywhere"), N_("quit")),
)  # fmt: skip

LIBRARY: tuple[Command, ...] = (
    Command("library.open", ("enter",), "open", N_("Open"),
            N_("Open the document at the desk."), N_("library"), N_("open it")),
    Command("library.suggest", ("g",), "suggest", N_("Look for suggestions"),
            N_("Run the suggesters over the document; nothing is decided by that."), N_("library"), N_("suggest")),
    Command("library.describe", ("d",), "describe", N_("Describe"),
            N_("What identifies the document: archive, date, persons, place."), N_("library"), N_("describe")),
    Command("library.checking", ("k",), "checking", N_("Checking list"),
            N_("Every place of the edition that waits for a look at the original."), N_("library")),
    Command("library.review", ("R",), "review", N_("Review"),
            N_("What waits for a second pair of eyes, in the whole edition."), N_("library")),
    Command("library.board", ("b",), "board", N_("Board"),
            N_("Every document with its state, whose work it is, and what is left."), N_("library"), N_("board")),
    Command("library.returned", ("y",), "returned", N_("What came back"),
            N_("Your own decisions as others changed them, with the reason."), N_("library")),
    Command("library.sample", ("S",), "sample", N_("Sample"),
            N_("How many errors are left: lines at random, looked at blind."), N_("library")),
    Command("library.collate", ("C",), "collate", N_("Collate"),
            N_("What two persons made of the document, each alone, line by line."), N_("library")),
    Command("library.conflicts", ("K",), "conflicts", N_("Conflicts"),
            N_("Places that merged copies decided differently: choose, combine, or ask."), N_("library")),
    Command("library.history", ("H",), "history", N_("History"),
            N_("Every entry of the edition: who, when, what, why."), N_("library")),
    Command("library.words", ("w",), "words", N_("Words of the edition"),
            N_("All words by frequency and by suspicion, forms that differ little."), N_("library"), N_("words")),
    Command("library.stop", ("escape",), "stop", N_("Stop looking"),
            N_("Stop the search for suggestions."), N_("library")),
    Command("library.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision back."), N_("library")),
)  # fmt: skip

DESK: tuple[Command, ...] = (
    Command("desk.accept", ("enter",), "accept(1)", N_("Accept"),
            N_("Take the first candidate and go on to the next place."), N_("decide"), N_("accept"), rank=0),
    *(
        Command(f"desk.accept_{n}", (str(n),), f"accept({n})", N_("Accept another"),
                N_("Take the n-th candidate."), N_("decide"))
        for n in range(1, 10)
    ),
    Command("desk.keep", ("s",), "keep", N_("Keep (stet)"),
            N_("It is right as it stands; the suggestion does not come back."), N_("decide"), N_("keep"), rank=0),
    Command("desk.edit", ("e",), "edit", N_("Edit the line"),
            N_("Rewrite the line; each changed place becomes a decision."), N_("decide"), N_("edit"), rank=0),
    Command("desk.add_line", ("a",), "add_line(False)", N_("Add a line"),
            N_("Write lines that the machine did not read, one after the other, beneath this one."), N_("decide")),
    Command("desk.add_line_above", (), "add_line(True)", N_("Add a line above"),
            N_("The same, above this line."), N_("decide")),
    Command("desk.delete_line", ("delete",), "delete_line", N_("Take an added line out"),
            N_("A line of the raw text stays; what it reads is changed with [desk.edit]."), N_("decide")),
    Command("desk.join_line", ("J",), "join_line", N_("Join with the line above"),
            N_("Two added lines become one."), N_("decide")),
    Command("desk.read", ("space",), "read", N_("Read"),
            N_("The line is read, on to the next; what waits in it is shown first."), N_("decide"), N_("read")),
    Command("desk.mark", ("m",), "mark", N_("Mark"),
            N_("Unclear, unread, blank, lost; added or deleted text, another hand."), N_("decide"), N_("mark")),
    Command("desk.textual_note", ("t",), "note('textual_note')", N_("Textual note"),
            N_("A note about the text at this place."), N_("decide"), N_("note"), rank=2),
    Command("desk.content_note", ("p",), "note('content_note')", N_("Content note"),
            N_("A note about a person, an event, a term."), N_("decide")),
    Command("desk.check", ("o",), "check", N_("Check at the original"),
            N_("Put this place on the checking list for the reading room."), N_("decide"), N_("to check"), rank=2),
    Command("desk.class", ("c",), "change_class", N_("Class"),
            N_("What kind of change this is; a fault with meaning asks for its reason."), N_("decide")),
    Command("desk.zone", ("z",), "zone", N_("Zone"),
            N_("What this line is: letterhead, resolution, signature; in what hand."), N_("decide"), N_("zone"),
            rank=2),
    Command("desk.word_right", ("w",), "word_right", N_("Word is right"),
            N_("Here, in this document, in this edition."), N_("decide"), N_("word is right"), rank=2),
    Command("desk.tag", ("y",), "tag", N_("Tag a name"),
            N_("A person, a place or a body, by the authority lists."), N_("decide")),
    Command("desk.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision back, however long ago."), N_("decide"), N_("undo")),
    Command("desk.redo", ("ctrl+r",), "redo", N_("Redo"),
            N_("Bring back what was undone."), N_("decide")),
    Command("desk.series_accept", ("A",), "series('accept')", N_("Accept everywhere"),
            N_("All places with the same suggestion: look, untick, accept as one batch."), N_("series")),
    Command("desk.series_keep", ("S",), "series('keep')", N_("Keep everywhere"),
            N_("All places where the same stands, kept as one batch."), N_("series")),
    Command("desk.series_edit", ("E",), "series('edit')", N_("Change everywhere"),
            N_("All places where the same stands, changed as one batch."), N_("series"), N_("everywhere"), rank=2),
    Command("desk.series_mark", ("M",), "series('unclear')", N_("Mark everywhere"),
            N_("All places where the same stands, marked unclear as one batch."), N_("series")),
    Command("desk.series_textual_note", ("T",), "series('textual_note')", N_("Textual note everywhere"),
            N_("The same note at all places where the same stands."), N_("series")),
    Command("desk.series_content_note", ("P",), "series('content_note')", N_("Content note everywhere"),
            N_("The same note at all places where the same stands."), N_("series")),
    Command("desk.series_check", ("O",), "series('check')", N_("Check everywhere"),
            N_("All places where the same stands, onto the checking list."), N_("series")),
    Command("desk.series_zone", ("Z",), "zone_series", N_("Zone everywhere"),
            N_("All lines that read like this one: a stamp, a running head."), N_("series")),
    Command("desk.series_class", ("C",), "class_series", N_("Class everywhere"),
            N_("All places with the same change, said to be of one kind."), N_("series")),
    Command("desk.series_find", ("F",), "series('find')", N_("Find and replace"),
            N_("By words or a regular expression, with a preview, as one batch."), N_("series")),
    Command("desk.bulk", ("B",), "accept_above", N_("Accept all above a chance"),
            N_("Shows what would be accepted, then accepts it as one batch; no name, number or date."), N_("series")),
    Command("desk.next", ("n", "tab"), "onward(False)", N_("Next"),
            N_("The next suggestion that waits; in reading mode the next unread line."), N_("move"), N_("next"),
            rank=0),
    Command("desk.previous", ("b", "shift+tab"), "onward(True)", N_("Previous"),
            N_("The one before."), N_("move")),
    Command("desk.back", ("backspace",), "back", N_("Back"),
            N_("To the place before this one."), N_("move"), N_("back")),
    Command("desk.right", ("right",), "step(1)", N_("Next word"),
            N_("The next word, suggestion or decision."), N_("move")),
    Command("desk.left", ("left",), "step(-1)", N_("Previous word"),
            N_("The word before."), N_("move")),
    Command("desk.mode", ("r",), "mode", N_("Queue or reading"),
            N_("From suggestion to suggestion, or line by line over all the text."), N_("move"), N_("mode")),
    Command("desk.order", ("x",), "order", N_("Order of the queue"),
            N_("As in the text, by chance, by kind."), N_("move")),
    Command("desk.find", ("f", "ctrl+f"), "find", N_("Find"),
            N_("Search as you type, in raw text and reading."), N_("move"), N_("find"), rank=2),
    Command("desk.goto", ("j",), "goto", N_("Go to"),
            N_("A leaf, a line, or quoted words."), N_("move"), N_("go to"), rank=2),
    Command("desk.library", ("escape", "l"), "library", N_("Library"),
            N_("Back to the list of documents."), N_("move"), N_("library")),
    Command("desk.suggest", ("g",), "suggest", N_("Look for suggestions"),
            N_("Run the suggesters over this document again."), N_("document")),
    Command("desk.words", ("W",), "words", N_("Words of the document"),
            N_("All words by frequency and by suspicion, forms that differ little."), N_("document")),
    Command("desk.breaks", ("X",), "breaks", N_("Line and page ends"),
            N_("Join, keep the hyphen, or no break: one key each."), N_("document")),
    Command("desk.diff", ("d",), "diff", N_("Differences"),
            N_("Raw text against reading, by word or by character."), N_("document")),
    Command("desk.printed", ("v",), "printed", N_("Preview"),
            N_("The document as it will be exported, with its notes."), N_("document"), N_("preview"), rank=2),
    Command("desk.checking", ("k",), "checking", N_("Checking list"),
            N_("Every place of this document that waits for a look at the original."), N_("document")),
    Command("desk.review", ("R",), "review", N_("Review"),
            N_("What others decided here and nobody has approved yet."), N_("document")),
    Command("desk.history", ("H",), "history", N_("History"),
            N_("Every entry of this document: who, when, what, why."), N_("document")),
    Command("desk.past", ("V",), "past", N_("The text then"),
            N_("Who stands behind each line, and the text as of any entry."), N_("document")),
    Command("desk.describe", ("D",), "describe", N_("Describe"),
            N_("What identifies the document; the text proposes, one key takes it."), N_("document")),
    Command("desk.image", ("i",), "image", N_("Page image"),
            N_("The image of the line beside it, or none."), N_("document"), N_("image"), rank=2),
    Command("desk.page", ("I",), "page_image", N_("Whole page"),
            N_("The whole page image."), N_("document")),
    Command("desk.image_closer", ("ctrl+up",), "image_zoom(1)", N_("Image closer"),
            N_("The image of the line, larger."), N_("document")),
    Command("desk.image_further", ("ctrl+down",), "image_zoom(-1)", N_("Image further away"),
            N_("The image of the line, smaller."), N_("document")),
    Command("desk.leaf", ("L",), "leaf", N_("Leaf"),
            N_("A leaf of the file begins here; its number counts on."), N_("document")),
    Command("desk.split", (), "split", N_("Split the document"),
            N_("Another document begins with this line."), N_("document")),
    Command("desk.join", (), "join", N_("Join with the next document"),
            N_("The next document of the list goes on here."), N_("document")),
)  # fmt: skip
"""Rows, pages, top and end of the text are the view's own: arrows up and down, PgUp, PgDn, Home, End."""

LINE: tuple[Command, ...] = (
    Command("line.end", ("enter",), "end", N_("Record"),
            N_("Each changed place becomes a decision; of a line that is added, the line."), N_("line"), N_("record")),
    Command("line.break", ("ctrl+j",), "break", N_("Break the line"),
            N_("Of an added line: what follows becomes a line of its own."), N_("line"), N_("break the line")),
    Command("line.leave", ("escape",), "leave", N_("Leave"),
            N_("What is typed is left; the line stays as it was."), N_("line"), N_("leave")),
)  # fmt: skip
"""While a line is typed."""

FIND: tuple[Command, ...] = (
    Command("find.next", ("down", "enter"), "onward(False)", N_("Next"),
            N_("The next place that has it; after the last one the first."), N_("find"), N_("next")),
    Command("find.previous", ("up",), "onward(True)", N_("Previous"),
            N_("The place before."), N_("find"), N_("previous")),
    Command("find.leave", ("escape",), "leave", N_("Done"),
            N_("The cursor stays where it found something."), N_("find"), N_("done")),
)  # fmt: skip
"""While one types what to find."""

SERIES: tuple[Command, ...] = (
    Command("series.apply", ("enter",), "apply", N_("Apply"),
            N_("Decide all ticked places as one batch, after a look at them."), N_("series"), N_("apply")),
    Command("series.tick", ("space",), "tick", N_("Tick or untick"),
            N_("Take this place in, or leave it out."), N_("series"), N_("tick")),
    Command("series.all", ("a",), "all", N_("Tick all"),
            N_("All places that nobody decided yet."), N_("series"), N_("all")),
    Command("series.none", ("n",), "none", N_("Tick none"),
            N_("Leave every place out."), N_("series"), N_("none")),
    Command("series.invert", ("i",), "invert", N_("Tick the others"),
            N_("Of the places that nobody decided, those that are not ticked."), N_("series"), N_("others")),
    Command("series.replacement", ("r", "e"), "replacement", N_("Replacement"),
            N_("Type what should stand at these places."), N_("series"), N_("replacement")),
    Command("series.pattern", ("f",), "pattern", N_("Pattern"),
            N_("What to look for: words or a regular expression."), N_("series"), N_("pattern")),
    Command("series.scope", ("d",), "scope", N_("Document or edition"),
            N_("Look in this document, or in all of them."), N_("series"), N_("scope")),
    Command("series.remember", ("w",), "remember", N_("Right everywhere"),
            N_("Where it is to be kept: right wherever it stands, suggestions about it are closed."), N_("series")),
    Command("series.leave", ("escape",), "leave", N_("Leave"),
            N_("Back, with nothing decided."), N_("series"), N_("leave")),
)  # fmt: skip

WORDS: tuple[Command, ...] = (
    Command("words.series", ("enter",), "series", N_("Its places"),
            N_("Every place of this word in context, to be decided as a series."), N_("words"), N_("its places")),
    *(
        Command(f"words.list_{n}", (str(n),), f"list({n - 1})", N_("Another list"),
                N_("The n-th list."), N_("words"))
        for n in range(1, 10)
    ),
    Command("words.next_list", ("right", "tab"), "turn(1)", N_("Next list"),
            N_("By frequency, by suspicion, alike but for case, hyphen, ё, alphabet, …"), N_("words"), N_("list")),
    Command("words.previous_list", ("left", "shift+tab"), "turn(-1)", N_("Previous list"),
            N_("The list before."), N_("words")),
    Command("words.filter", ("f",), "filter", N_("Filter"),
            N_("Only words that hold these letters."), N_("words"), N_("filter")),
    Command("words.right", ("w",), "right('edition')", N_("Word is right"),
            N_("Right wherever it stands in the edition: suggestions about it are closed."), N_("words"), N_("right")),
    Command("words.right_here", ("W",), "right('document')", N_("Word is right here"),
            N_("Right wherever it stands in this document."), N_("words")),
    Command("words.scope", ("d",), "scope", N_("Document or edition"),
            N_("Count this document, or all of them."), N_("words"), N_("scope")),
    Command("words.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("words"), N_("leave")),
)  # fmt: skip

DIFF: tuple[Command, ...] = (
    Command("diff.goto", ("enter",), "goto", N_("Go there"),
            N_("Back to the desk, to this line."), N_("differences"), N_("go there")),
    Command("diff.unit", ("c",), "unit", N_("Words or characters"),
            N_("Compare by words, or by characters."), N_("differences"), N_("words/characters")),
    Command("diff.sides", ("i",), "sides", N_("Inline or side by side"),
            N_("What goes and what comes in one line, or in two columns."), N_("differences"), N_("inline/sides")),
    Command("diff.leave", ("escape", "d"), "leave", N_("Leave"),
            N_("Back to the desk."), N_("differences"), N_("leave")),
)  # fmt: skip

PRINTED: tuple[Command, ...] = (
    Command("printed.text", ("t",), "text", N_("Which text"),
            N_("The reading, the diplomatic, the search text."), N_("preview"), N_("text")),
    Command("printed.style", ("s",), "style", N_("House style"),
            N_("Archival: faults with meaning stay; reader: they are corrected."), N_("preview"), N_("style")),
    Command("printed.leave", ("escape", "v"), "leave", N_("Leave"),
            N_("Back to the desk."), N_("preview"), N_("leave")),
)  # fmt: skip

CHECKING: tuple[Command, ...] = (
    Command("checking.goto", ("enter",), "goto", N_("Go there"),
            N_("To the desk, to this place."), N_("checking list"), N_("go there")),
    Command("checking.print", ("p",), "print", N_("Print"),
            N_("Write the list for the reading room: a page to print, a text, a table to fill in."),
            N_("checking list"), N_("print")),
    Command("checking.answers", ("a",), "answers", N_("Take answers in"),
            N_("From a filled-in list; each decision has the page as its ground."), N_("checking list"), N_("answers")),
    Command("checking.off", ("x",), "off", N_("Take off"),
            N_("Take the place off the list unanswered."), N_("checking list"), N_("take off")),
    Command("checking.scope", ("d",), "scope", N_("Document or edition"),
            N_("The places of this document, or of all of them."), N_("checking list"), N_("scope")),
    Command("checking.leave", ("escape", "k"), "leave", N_("Leave"),
            N_("Back to where you were."), N_("checking list"), N_("leave")),
)  # fmt: skip

REVIEW: tuple[Command, ...] = (
    Command("review.goto", ("enter",), "goto", N_("Go there"),
            N_("To the desk, to this place."), N_("review"), N_("go there")),
    Command("review.approve", ("a",), "approve", N_("Approve"),
            N_("It is right: this one, or all that are ticked, as one entry."), N_("review"), N_("approve")),
    Command("review.amend", ("e",), "amend", N_("Amend and approve"),
            N_("Decide otherwise, with a reason; who decided first sees it, and can approve it."), N_("review"),
            N_("amend")),
    Command("review.dispute", ("d",), "dispute", N_("Dispute"),
            N_("It is doubtful, with the reason: it goes back to who decided."), N_("review"), N_("dispute")),
    Command("review.comment", ("c",), "comment", N_("Comment"),
            N_("Say something that settles nothing."), N_("review"), N_("comment")),
    Command("review.revert", ("x",), "revert", N_("Take back"),
            N_("Take the decision back, with a reason: who decided reads it."), N_("review"), N_("take back")),
    Command("review.tick", ("space",), "tick", N_("Tick or untick"),
            N_("Several at once: what is ticked is meant."), N_("review"), N_("tick")),
    Command("review.tick_all", ("A",), "tick_all", N_("Tick all"),
            N_("All that are listed; [review.only] lists less: one person's work "
               "in a period, what one suggester proposed."),
            N_("review")),
    Command("review.tick_series", ("S",), "tick_alike('series')", N_("Tick the series"),
            N_("The same change wherever it was made."), N_("review")),
    Command("review.tick_batch", ("B",), "tick_alike('batch')", N_("Tick the batch"),
            N_("All that was decided together with this."), N_("review")),
    Command("review.tick_person", ("P",), "tick_alike('person')", N_("Tick the person's"),
            N_("All that the same person decided."), N_("review")),
    Command("review.tick_suggester", ("G",), "tick_alike('suggester')", N_("Tick the suggester's"),
            N_("All that answers the same suggester."), N_("review")),
    Command("review.tick_none", ("n",), "tick_none", N_("Tick none"),
            N_("Only the one under the cursor is meant."), N_("review")),
    Command("review.only", ("f",), "only", N_("Only some"),
            N_("By why they want a second look, by person, time, class, ground, suggester, batch, certainty, words."),
            N_("review"), N_("only some")),
    Command("review.approved", ("v",), "approved", N_("Approved too"),
            N_("Show what is approved as well, and your own."), N_("review")),
    Command("review.scope", ("s",), "scope", N_("Document or edition"),
            N_("This document, or all of them."), N_("review"), N_("scope")),
    Command("review.image", ("i",), "image", N_("Page image"),
            N_("The image of the line, on and off."), N_("review"), N_("image")),
    Command("review.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision or review back."), N_("review"), N_("undo")),
    Command("review.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("review"), N_("leave")),
)  # fmt: skip

BOARD: tuple[Command, ...] = (
    Command("board.open", ("enter",), "open", N_("Open"),
            N_("To the desk, with this document."), N_("board"), N_("go there")),
    Command("board.move", ("m",), "move", N_("Move on"),
            N_("Into another state: transcribed, in review, approved, as your role allows."), N_("board"),
            N_("move on")),
    Command("board.claim", ("c",), "claim", N_("Claim"),
            N_("Say that you are at work on it, for eight hours; again gives it back."), N_("board"), N_("claim")),
    Command("board.assign", ("a",), "assign", N_("Assign"),
            N_("Whose work it is."), N_("board"), N_("assign")),
    Command("board.mine", ("p",), "mine", N_("Mine or everybody's"),
            N_("Only what is your work, or all of it."), N_("board"), N_("mine")),
    Command("board.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision or review back."), N_("board"), N_("undo")),
    Command("board.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("board"), N_("leave")),
)  # fmt: skip

CONFLICTS: tuple[Command, ...] = (
    Command("conflicts.goto", ("enter",), "goto", N_("Go there"),
            N_("To the desk, to this place."), N_("conflicts"), N_("go there")),
    Command("conflicts.first", ("1",), "side(1)", N_("The first side"),
            N_("It stands, with the reason; the other is superseded."), N_("conflicts"), N_("first")),
    Command("conflicts.second", ("2",), "side(2)", N_("The second side"),
            N_("It stands, with the reason; the other is superseded."), N_("conflicts"), N_("second")),
    Command("conflicts.third", ("3",), "side(3)", N_("The third side"),
            N_("It stands, with the reason; the others are superseded."), N_("conflicts")),
    Command("conflicts.combine", ("e",), "combine", N_("Combine"),
            N_("Type what should stand there."), N_("conflicts"), N_("combine")),
    Command("conflicts.question", ("c",), "question", N_("Ask"),
            N_("Leave it open and put a question to those who decided."), N_("conflicts"), N_("ask")),
    Command("conflicts.image", ("i",), "image", N_("Page image"),
            N_("The image of the line, on and off."), N_("conflicts"), N_("image")),
    Command("conflicts.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision or review back."), N_("conflicts"), N_("undo")),
    Command("conflicts.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("conflicts"), N_("leave")),
)  # fmt: skip

RETURNED: tuple[Command, ...] = (
    Command("returned.goto", ("enter",), "goto", N_("Go there"),
            N_("To the desk, to this place."), N_("what came back"), N_("go there")),
    Command("returned.agree", ("a",), "agree", N_("Agree"),
            N_("Approve what another person put in the place of yours."), N_("what came back"), N_("agree")),
    Command("returned.answer", ("c",), "answer", N_("Answer"),
            N_("Say something to a dispute or a question."), N_("what came back"), N_("answer")),
    Command("returned.image", ("i",), "image", N_("Page image"),
            N_("The image of the line, on and off."), N_("what came back"), N_("image")),
    Command("returned.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision or review back."), N_("what came back"), N_("undo")),
    Command("returned.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("what came back"), N_("leave")),
)  # fmt: skip

SAMPLE: tuple[Command, ...] = (
    Command("sample.right", ("enter", "space"), "right", N_("It is right"),
            N_("The page has just this."), N_("sample"), N_("right")),
    Command("sample.wrong", ("e",), "wrong", N_("It is wrong"),
            N_("Type what the page has; the text stays as it is, the errors are counted."), N_("sample"), N_("wrong")),
    Command("sample.image", ("i",), "image", N_("Page image"),
            N_("The image of the line, on and off."), N_("sample"), N_("image")),
    Command("sample.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last answer back."), N_("sample"), N_("undo")),
    Command("sample.draw", ("d",), "draw", N_("Draw another"),
            N_("Another sample of what is transcribed."), N_("sample"), N_("draw")),
    Command("sample.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were; the sample goes on from here next time."), N_("sample"), N_("leave")),
)  # fmt: skip

COLLATE: tuple[Command, ...] = (
    Command("collate.goto", ("enter",), "goto", N_("Go there"),
            N_("To the desk, to this place."), N_("collation"), N_("go there")),
    Command("collate.first", ("1",), "side(1)", N_("The first side"),
            N_("The line reads as the first person had it."), N_("collation"), N_("first")),
    Command("collate.second", ("2",), "side(2)", N_("The second side"),
            N_("The line reads as the second person had it."), N_("collation"), N_("second")),
    Command("collate.type", ("e",), "type", N_("Combine"),
            N_("Type what should stand there."), N_("collation"), N_("combine")),
    Command("collate.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision or review back."), N_("collation"), N_("undo")),
    Command("collate.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("collation"), N_("leave")),
)  # fmt: skip

HISTORY: tuple[Command, ...] = (
    Command("history.goto", ("enter",), "goto", N_("Go there"),
            N_("To the desk, to this place."), N_("history"), N_("go there")),
    Command("history.filter", ("f",), "filter", N_("Only some"),
            N_("By person, time, act, class, ground, suggester, batch, certainty, state, or words."), N_("history"),
            N_("only some")),
    Command("history.all", ("n",), "all", N_("All again"),
            N_("Ask for everything again."), N_("history")),
    Command("history.order", ("o",), "order", N_("Order"),
            N_("Newest first, oldest first, or as in the text."), N_("history"), N_("order")),
    Command("history.scope", ("s",), "scope", N_("Document or edition"),
            N_("This document, or all of them."), N_("history"), N_("scope")),
    Command("history.as_of", ("t",), "as_of", N_("The text then"),
            N_("The document as it read just after this entry, to step on from there."), N_("history"),
            N_("the text then")),
    Command("history.image", ("i",), "image", N_("Page image"),
            N_("The image of the line, on and off."), N_("history"), N_("image")),
    Command("history.comment", ("c",), "comment", N_("Comment"),
            N_("Say something that settles nothing."), N_("history"), N_("comment")),
    Command("history.revert", ("x",), "revert", N_("Take back"),
            N_("Take the entry back, whoever made it."), N_("history"), N_("take back")),
    Command("history.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision or review back."), N_("history"), N_("undo")),
    Command("history.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("history"), N_("leave")),
)  # fmt: skip

PAST: tuple[Command, ...] = (
    Command("past.back", ("left",), "step(-1)", N_("A step back"),
            N_("Before the entry that was taken in last."), N_("as of"), N_("back")),
    Command("past.forward", ("right",), "step(1)", N_("A step forward"),
            N_("After the next entry of this document."), N_("as of"), N_("forward")),
    Command("past.first", ("r",), "to_end(0)", N_("The raw text"),
            N_("Before anybody decided anything."), N_("as of"), N_("raw")),
    Command("past.last", ("n",), "to_end(1)", N_("Now"),
            N_("After all entries: who stands behind each line."), N_("as of"), N_("now")),
    Command("past.go", ("g",), "go", N_("Go to a moment"),
            N_("A day, or the beginning of an entry's id."), N_("as of"), N_("moment")),
    Command("past.diff", ("d",), "diff", N_("Differences"),
            N_("Against the present, the raw text, another moment, or what one person decided."), N_("as of"),
            N_("differences")),
    Command("past.person", ("p",), "person", N_("One person's"),
            N_("What one person alone decided, as if nobody else had."), N_("as of"), N_("one person's")),
    Command("past.printed", ("v",), "printed", N_("Preview"),
            N_("The text at this moment with its notes, as it would have been exported."), N_("as of"), N_("preview")),
    Command("past.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to where you were."), N_("as of"), N_("leave")),
)  # fmt: skip

BREAKS: tuple[Command, ...] = (
    Command("breaks.accept", ("enter",), "proposed", N_("As proposed"),
            N_("What the edition's own words propose."), N_("line ends"), N_("as proposed")),
    Command("breaks.join", ("j",), "answer('join')", N_("Join"),
            N_("One word, without the hyphen."), N_("line ends"), N_("join")),
    Command("breaks.hyphen", ("k",), "answer('hyphen')", N_("Keep the hyphen"),
            N_("One word, with its hyphen."), N_("line ends"), N_("keep the hyphen")),
    Command("breaks.apart", ("s",), "answer('apart')", N_("Not a break"),
            N_("Two words, or as it stands."), N_("line ends"), N_("not a break")),
    Command("breaks.undo", ("u",), "undo", N_("Undo"),
            N_("Take your last decision back."), N_("line ends"), N_("undo")),
    Command("breaks.next", ("n", "tab"), "next(1)", N_("Next"),
            N_("The next break that is not decided."), N_("line ends"), N_("next")),
    Command("breaks.previous", ("b", "shift+tab"), "next(-1)", N_("Previous"),
            N_("The one before."), N_("line ends")),
    Command("breaks.leave", ("escape",), "leave", N_("Leave"),
            N_("Back to the desk."), N_("line ends"), N_("leave")),
)  # fmt: skip

DESCRIPTION: tuple[Command, ...] = (
    Command("description.take", ("f3", "ctrl+y"), "take", N_("Take the proposal"),
            N_("What the text itself says for this field; again for another."), N_("description"), N_("take proposal")),
    Command("description.save", ("f10", "ctrl+s"), "save", N_("Save"),
            N_("Record the fields that changed, as one entry."), N_("description"), N_("save")),
    Command("description.leave", ("escape",), "leave", N_("Leave"),
            N_("Back; what was typed is asked about."), N_("description"), N_("leave")),
)  # fmt: skip

PAGE_IMAGE: tuple[Command, ...] = (
    Command("page_image.close", ("escape", "I"), "close", N_("Back to the line"),
            N_("Leave the page image."), N_("page image"), N_("back")),
    Command("page_image.closer", ("i",), "zoom(1)", N_("Closer"),
            N_("Zoom in, to the word at first."), N_("page image"), N_("closer")),
    Command("page_image.further", ("o",), "zoom(-1)", N_("Further away"),
            N_("Zoom out, as far as the whole page."), N_("page image"), N_("further")),
    Command("page_image.fit", ("f",), "fit", N_("Whole page"),
            N_("All of the page again."), N_("page image"), N_("whole page")),
    Command("page_image.left", ("left",), "pan(-1, 0)", N_("Left"), N_("Move over the page."), N_("page image")),
    Command("page_image.right", ("right",), "pan(1, 0)", N_("Right"), N_("Move over the page."), N_("page image")),
    Command("page_image.up", ("up",), "pan(0, -1)", N_("Up"), N_("Move over the page."), N_("page image")),
    Command("page_image.down", ("down",), "pan(0, 1)", N_("Down"), N_("Move over the page."), N_("page image")),
)  # fmt: skip

SCREENS: Mapping[str, tuple[Command, ...]] = {
    "library": LIBRARY, "desk": DESK, "line": LINE, "find": FIND,
    "series": SERIES, "words": WORDS,
    "diff": DIFF, "printed": PRINTED, "checking": CHECKING, "breaks": BREAKS,
    "review": REVIEW, "history": HISTORY, "board": BOARD, "conflicts": CONFLICTS,
    "returned": RETURNED, "sample": SAMPLE, "collate": COLLATE,
    "past": PAST,
    "description": DESCRIPTION, "page_image": PAGE_IMAGE,
}  # fmt: skip
"""The commands of each screen; those of `EVERYWHERE` stand beside each."""
