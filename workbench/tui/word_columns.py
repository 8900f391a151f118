"""The columns of the word lists: what each list is called, what it says, and its rows laid out."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import set_cell_size
from textual.content import Content

from workbench.core.visible import visible
from workbench.i18n import N_, _
from workbench.services.words.word_lists import ListName, Word

_COUNT = 8
_MARK = 3
_SHORT = 4  # letters


@dataclass(frozen=True, slots=True)
class Look:
    """How a list is shown."""

    tab: str
    said: str
    columns: tuple[tuple[str, int], ...]
    """Titles of the further columns with their cells; the last one takes what is left."""


_LIKE = ((N_("beside"), 0),)
LOOKS: dict[ListName, Look] = {
    "frequency": Look(N_("all"), N_("All words, the most frequent first"), ((N_("in the raw text"), 0),)),
    "suspicion": Look(N_("odd"), N_("Odd words, the oddest first"),
                      ((N_("suggested"), 11), (N_("why"), 0))),
    "case": Look(N_("case"), N_("Alike but for capitals"), _LIKE),
    "hyphen": Look(N_("hyphen"), N_("Alike but for a hyphen or a blank"), _LIKE),
    "yo": Look(N_("ё/е"), N_("Alike but for ё and е"), _LIKE),
    "script": Look(N_("alphabet"), N_("Alike but for the alphabet, or in two"), _LIKE),
    "near": Look(N_("near"), N_("Rare, one letter from a frequent one"), _LIKE),
    "signs": Look(N_("signs"), N_("Every sign, the rarest first"), ((N_("code"), 10), (N_("name"), 0))),
    "changed": Look(N_("changed"), N_("Sometimes changed, sometimes left"),
                    ((N_("changed, %"), 12), (N_("last changed to"), 20), (N_("changed"), 10), (N_("left"), 0))),
}  # fmt: skip
_WHY = {
    "alphabets": N_("letters of two alphabets"), "capital": N_("a capital inside"), "unknown": N_("in no word list"),
    "once": N_("stands but once"), "": "",
}  # fmt: skip


def tabs(current: ListName, width: int) -> Content:
    """The names of the lists by their digits, the current one in brackets; others cut short where room is scarce."""
    whole = _tabs(current, None)
    return whole if whole.cell_length <= width else _tabs(current, _SHORT)


def _tabs(current: ListName, letters: int | None) -> Content:
    parts: list[tuple[str, str] | str] = []
    for number, (name, look) in enumerate(LOOKS.items(), 1):
        tab = _(look.tab)
        shown = (f"[{tab}]", "bold reverse") if name == current else (tab[:letters], "$foreground-muted")
        parts += [(f"{number} ", "$text-accent"), shown, " "]
    return Content.assemble(*parts[:-1])


def header(name: ListName, width: int) -> Content:
    """The titles of the columns, over a list as wide as `width` cells."""
    titles = [_(title) for title, _cells in LOOKS[name].columns]
    word = _("sign") if name == "signs" else _("word")
    return Content(" " * _MARK + _("count").rjust(_COUNT) + "  " + _cut(word, name, width) + _laid(name, titles))


def line(name: ListName, word: Word, mark: str, width: int) -> Content:
    """A row; `mark` is one cell."""
    notes = [visible(note) for note in word.notes]
    if name == "suspicion":
        notes[1] = _(_WHY[word.notes[1]])
    elif name == "signs":
        notes[1] = notes[1] or _("(no name)")
    text = "␣" if word.text == " " else visible(word.text)
    return Content.assemble(
        (f" {mark} ", "bold $text-success"), (str(word.count).rjust(_COUNT), "$foreground-muted"), "  ",
        _cut(text, name, width), (_laid(name, notes), "$foreground-muted"),
    )  # fmt: skip


def _cut(text: str, name: ListName, width: int) -> str:
    """A word in its column, which leaves the further columns their room."""
    room = 8 if name == "signs" else max(18, min(40, width // 4))
    return set_cell_size(text, room) if len(text) < room else set_cell_size(text, room - 2) + "… "


def _laid(name: ListName, cells: list[str]) -> str:
    columns = LOOKS[name].columns
    return "".join(
        set_cell_size(cell, room) if room else cell for cell, (_title, room) in zip(cells, columns, strict=True)
    )
