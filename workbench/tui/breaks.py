"""The fix-up of line and page ends: one key each, the edition's own words proposing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import N_, _, ngettext
from workbench.services import deciding, library
from workbench.services.document import breaks
from workbench.services.document.breaks import Answer, Break
from workbench.services.edition import Edition
from workbench.services.library import Listing
from workbench.services.words import words
from workbench.store import entries
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.command import bindings
from workbench.tui.commands import BREAKS, EVERYWHERE, keyed
from workbench.tui.row_list import RowList

_ANSWERS: dict[Answer, str] = {
    "join": N_("join"), "hyphen": N_("keep the hyphen"), "apart": N_("not a break"),
}  # fmt: skip

_WIDEST = 24
"""Cells that a half of a word gets at most, before its neighbours move."""


class BreaksScreen(AtWork):
    """Answers whether anything was decided."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BREAKS)
    commands = (*BREAKS, *EVERYWHERE)
    DEFAULT_CSS = """
    BreaksScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    BreaksScreen #why {
        height: 3; padding: 0 1; background: $surface; border-top: solid $panel; text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, document: Listing) -> None:
        super().__init__()
        self._document = document
        self._breaks: list[Break] = []
        self._heads: Sequence[str] = ()
        self._rooms = (0, 0)
        """Cells for what stands before the line ends, and for what stands after them."""
        self._decided = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="why")
        yield KeyBar(BREAKS)

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("LINE AND PAGE ENDS") + f"  {self._document.title}", "")
        self._find(cursor=None)

    def _find(self, cursor: int | None) -> None:
        document = self._document

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[list[Break], tuple[str, ...]]:
            told(_("reading the words of the edition …"))
            known = words.count(edition, library.headings(edition)).words
            heads = entries.heads(edition.db)
            return breaks.breaks(edition, document, known), heads

        def have(found: tuple[list[Break], tuple[str, ...]]) -> None:
            self._breaks, self._heads = found
            self._rooms = _room(b.head + b.sign for b in self._breaks), _room(b.tail for b in self._breaks)
            rows, empty = self.query_one(RowList), self.query_one("#empty", Static)
            rows.display, empty.display = bool(self._breaks), not self._breaks
            empty.update(Content(keyed("No line or page end cuts a word here. [breaks.leave] goes back.")))
            first = next((n for n, b in enumerate(self._breaks) if b.decided is None), 0)
            rows.show(len(self._breaks), self._row, cursor=first if cursor is None else cursor)
            if self._breaks:
                rows.focus()
            self._tell()

        self.prepare(make, have)

    def _tell(self) -> None:
        left = sum(b.decided is None for b in self._breaks)
        count = ngettext("{count} break", "{count} breaks", len(self._breaks)).format(count=len(self._breaks))
        self.query_one(TitleBar).say(
            _("LINE AND PAGE ENDS") + f"  {self._document.title}",
            _("{left} left of {count}").format(left=left, count=count),
        )
        why = self.query_one("#why", Static)
        if not self._breaks:
            why.update("")
            return
        b = self._here
        said = _("“{joined}” stands {count} times in the edition, “{hyphened}” {other} times").format(
            joined=b.head + b.tail, count=b.joined, hyphened=f"{b.head}-{b.tail}", other=b.hyphened
        )
        edge = "⏎⏎" if b.page else "⏎"
        line = f"{visible(b.before)}{visible(b.head + b.sign)}{edge}"
        cells = max(10, (self.size.width - 2) // 2)
        context = Content.assemble(line[-cells:], visible(b.tail + b.after)).stylize("$foreground-muted")
        why.update(Content("\n").join([Content(visible(said)), context]))

    @property
    def _here(self) -> Break:
        return self._breaks[self.query_one(RowList).cursor]

    def _row(self, number: int) -> Content:
        b = self._breaks[number]
        sign, style = ("✓", "$text-success") if b.decided is not None else ("○", "$text-warning")
        edge = " ⏎⏎ " if b.page else " ⏎  "
        reading = b.reading(b.proposed) or f"{b.head}{b.sign} {b.tail}"
        shown = b.decided if b.decided is not None else reading
        parts: list[tuple[str, str] | str] = [
            (f" {sign} ", style), (f"{b.line:>6}  ", "$foreground-muted"),
            visible(b.head + b.sign).rjust(self._rooms[0]), (edge, "$foreground-muted"),
            visible(b.tail).ljust(self._rooms[1]), " → ",
            (visible(" ".join(shown.split())), "bold $text-success" if b.decided is not None else "bold"),
        ]  # fmt: skip
        if b.decided is None:
            parts.append((f"   {_(_ANSWERS[b.proposed])}", "$foreground-muted"))
        return Content.assemble(*parts)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._tell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_proposed()

    def action_proposed(self) -> None:
        if self._breaks:
            self.action_answer(self._here.proposed)

    @work(exclusive=True, group="decide")
    async def action_answer(self, given: str) -> None:
        person = await self.workbench.ask_person() if self._breaks else None
        if person is None:
            return
        rows = self.query_one(RowList)
        number, chosen = rows.cursor, cast("Answer", given)
        one = self._breaks[number]
        try:
            made = breaks.answer(self.workbench.edition, one, chosen, person, self._heads)
        except WorkbenchError as error:
            self.workbench.complain(error)
            self._find(cursor=number)
            return
        self._heads, self._decided = (made.id,), True
        reading = one.reading(chosen)
        self._breaks[number] = replace(one, decided=reading or f"{one.head}{one.sign} {one.tail}", suggestion=None)
        rows.repaint(number)
        self._next(number, 1)
        self._tell()

    def action_next(self, by: int) -> None:
        self._next(self.query_one(RowList).cursor, by)

    def _next(self, number: int, by: int) -> None:
        order = range(number + 1, len(self._breaks)) if by > 0 else range(number - 1, -1, -1)
        following = next((n for n in order if self._breaks[n].decided is None), None)
        if following is None:
            done = all(b.decided is not None for b in self._breaks)
            self.workbench.tell(_("Every break is decided") if done else _("No open break that way"))
        else:
            self.query_one(RowList).move_to(following)

    @work(exclusive=True, group="decide")
    async def action_undo(self) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            done = deciding.undo(self.workbench.edition, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self.workbench.tell(_("taken back") if done else _("There is nothing of yours to take back"))
        self._decided = self._decided or done is not None
        starts = {e.decision.start for e in done[1]} if done else set()
        at = next((n for n, b in enumerate(self._breaks) if b.start in starts), self.query_one(RowList).cursor)
        self._find(cursor=at)

    def action_leave(self) -> None:
        self.dismiss(self._decided)


def _room(words: Iterable[str]) -> int:
    return min(_WIDEST, max(map(len, words), default=0))
