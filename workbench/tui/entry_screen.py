"""What the screens of entries share: rows, the entry under the cursor in full, and the image of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.core.review import CONCERNS
from workbench.core.visible import visible
from workbench.i18n import N_, _
from workbench.services.placed import Placed
from workbench.services.review import Said
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import Command
from workbench.tui.row_list import RowList

if TYPE_CHECKING:
    from workbench.tui.image_pane import ImagePane

CONCERN_WORDS = {
    "disputed": N_("disputed"), "conflict": N_("decided differently"), "low": N_("of low certainty"),
    "conjecture": N_("a conjecture"), "source": N_("a fault of the document"), "unseen": N_("nobody saw the page"),
    "name": N_("a name, a number, a date"), "bulk": N_("made in bulk"), "internal": N_("by the text itself"),
}  # fmt: skip
assert CONCERN_WORDS.keys() == set(CONCERNS)
_SAID = {"approve": N_("approves"), "dispute": N_("disputes"), "comment": N_("says")}


class EntryScreen(AtWork):
    """Rows of entries; the one under the cursor is told in full below."""

    table: ClassVar[tuple[Command, ...]] = ()
    """The commands of the screen."""
    DEFAULT_CSS = """
    EntryScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    EntryScreen #entry { height: 9; padding: 0 1; background: $surface; border-top: solid $panel; }
    """
    _pane: ImagePane | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="entry")
        yield KeyBar(self.table)

    def say(self, words: str) -> None:
        """Words where the rows will be."""
        self.query_one("#empty", Static).update(Content(words))

    def show_count(self, count: int, nothing: str, row: int = 0) -> None:
        """Show so many rows, or what to do where there are none."""
        rows = self.query_one(RowList)
        rows.display, self.query_one("#empty").display = bool(count), not count
        self.say(nothing)
        rows.show(count, self.row_of, cursor=min(row, max(count - 1, 0)))
        if count:
            rows.focus()
        self.tell_entry()

    def row_of(self, number: int) -> Content:
        raise NotImplementedError

    def told(self) -> tuple[Placed, list[Content]] | None:
        """The entry under the cursor, and what is said of it."""
        raise NotImplementedError

    def tell_entry(self) -> None:
        shown, told = self.query_one("#entry", Static), self.told()
        shown.display = told is not None
        if told is not None:
            shown.update(Content("\n").join(told[1]))
        self._show_image(told[0] if told else None)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self.tell_entry()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_goto()

    def action_goto(self) -> None:
        raise NotImplementedError

    def action_leave(self) -> None:
        self.dismiss(None)

    # the image

    async def action_image(self) -> None:
        """The image of the line, on and off."""
        from workbench.tui.image_pane import ImagePane

        if self._pane is None:
            self._pane = ImagePane()
            await self.mount(self._pane, before="#entry")
        else:
            self._pane.action_on_off()
        told = self.told()
        self._show_image(told[0] if told else None)

    def _show_image(self, placed: Placed | None) -> None:
        if self._pane is None or not self._pane.display:
            return
        from workbench.services import images
        from workbench.tui import pictures

        d = placed.entry.decision if placed is not None else None
        found = None
        if d is not None and d.text is not None and d.start is not None:
            found = images.page_image(self.workbench.edition, d.text, d.start)
        self._pane.show(
            pictures.request(found, d.start or 0, d.end or 0) if found is not None and d is not None else None
        )


def in_row(placed: Placed, width: int) -> Content:
    """The place of an entry on one line, the place itself always at the same column; `width`: of the screen."""
    room = max(8, (width - 60) // 3)
    right = Content.assemble(*change(placed), flat(placed.after)).truncate(room + 18, pad=True)
    return Content.assemble(flat(placed.before)[-room:].rjust(room), right)


def in_context(placed: Placed) -> Content:
    """The place of an entry with what stands around it."""
    return Content.assemble(flat(placed.before), *change(placed), flat(placed.after))


def change(placed: Placed) -> list[tuple[str, str]]:
    """What stood there and what stands."""
    quote = flat(placed.quote) or "∅"
    if placed.value is None:
        return [(quote, "bold underline")]
    return [(quote, "strike $text-error"), (" → ", ""), (flat(placed.value) or "∅", "bold $text-success")]


def made(placed: Placed) -> Content:
    """Who made an entry, when, as what."""
    d = placed.entry.decision
    facts = [d.act, *filter(None, (d.page_class, d.reading_class, d.ground, d.certainty))]
    if d.suggestion is not None:
        facts.append(str(d.suggestion.get("suggester", "")))
    return Content.assemble(
        (visible(placed.person), "$text-primary"), f", {placed.entry.time[:16].replace('T', ' ')} UTC",
        (" · " + " · ".join(facts), "$foreground-muted"),
    )  # fmt: skip


def reason(placed: Placed) -> list[Content]:
    words = placed.entry.decision.reason
    return [Content(visible(f"“{words}”"))] if words else []


def told_reviews(said: tuple[Said, ...]) -> list[Content]:
    """What others said of an entry, a line each."""
    lines = []
    for one in said:
        words = f": {one.words}" if one.words else ""
        lines.append(Content(visible(f"{one.person} {_(_SAID[one.act])}{words}")))
    return lines


def headed(title: str, where: str, width: int) -> Content:
    """A title cut to leave room for where it is."""
    cut = Content(visible(title)).truncate(max(1, width - len(where) - 4), ellipsis=True)
    return Content.assemble(cut.stylize("bold"), f"  {where}")


def flat(text: str) -> str:
    """Harmless text on one line."""
    return visible(text.replace("\r\n", "⏎").replace("\n", "⏎"))
