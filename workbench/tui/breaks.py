"""The fix-up of line and page ends: one key each, the edition's own words proposing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from textual import work
from textual.content import Content

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
from workbench.tui.bars import TitleBar
from workbench.tui.commands import BREAKS, keyed
from workbench.tui.list_screen import ListScreen
from workbench.tui.row_list import RowList

_ANSWERS: dict[Answer, str] = {
    "join": N_("join"), "hyphen": N_("keep the hyphen"), "apart": N_("not a break"),
}  # fmt: skip

_WIDEST = 24
"""Cells that a half of a word gets at most, before its neighbours move."""


class BreaksScreen(ListScreen[Break]):
    """Answers whether anything was decided."""

    table = BREAKS
    detail = "why"
    DEFAULT_CSS = "BreaksScreen #why { height: 3; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, document: Listing) -> None:
        super().__init__()
        self._document = document
        self._heads: Sequence[str] = ()
        """Of the journal, when the breaks were found."""
        self._answered: dict[tuple[str, int], str] = {}
        """Id of the answer that was given here, by text and start: of what others decided since it knows nothing."""
        self._rooms = (0, 0)
        """Cells for what stands before the line ends, and for what stands after them."""
        self._decided = False

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
            rows, self._heads = found
            self._answered.clear()
            self._rooms = _room(b.head + b.sign for b in rows), _room(b.tail for b in rows)
            first = next((n for n, b in enumerate(rows) if b.decided is None), 0)
            nothing = keyed("No line or page end cuts a word here. [breaks.leave] goes back.")
            self.show_rows(rows, nothing, first if cursor is None else cursor)
            self._title()

        self.prepare(make, have)

    def _title(self) -> None:
        left = sum(b.decided is None for b in self.rows)
        count = ngettext("{count} break", "{count} breaks", len(self.rows)).format(count=len(self.rows))
        self.query_one(TitleBar).say(
            _("LINE AND PAGE ENDS") + f"  {self._document.title}",
            _("{left} left of {count}").format(left=left, count=count),
        )

    def told(self) -> list[Content]:
        b = self.here
        if b is None:
            return [Content()]
        said = _("in the edition: “{joined}” × {count}, “{hyphened}” × {other}").format(
            joined=b.head + b.tail, count=b.joined, hyphened=f"{b.head}-{b.tail}", other=b.hyphened
        )
        edge = "⏎⏎" if b.page else "⏎"
        line = f"{visible(b.before)}{visible(b.head + b.sign)}{edge}"
        cells = max(10, (self.size.width - 2) // 2)
        context = Content.assemble(line[-cells:], visible(b.tail + b.after)).stylize("$foreground-muted")
        return [Content(visible(said)), context]

    def row_of(self, number: int) -> Content:
        b = self.rows[number]
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

    def action_proposed(self) -> None:
        if self.here is not None:
            self.action_answer(self.here.proposed)

    @work(exclusive=True, group="decide")
    async def action_answer(self, given: str) -> None:
        rows, one = self.query_one(RowList), self.here
        number, chosen = rows.cursor, cast("Answer", given)
        person = await self.workbench.ask_person() if one is not None else None
        if one is None or person is None:
            return
        last = self._answered.get((one.text, one.start))
        try:
            made = breaks.answer(self.workbench.edition, one, chosen, person, (last,) if last else self._heads)
        except WorkbenchError as error:
            self.workbench.complain(error)
            self._find(cursor=number)
            return
        self._answered[one.text, one.start], self._decided = made.id, True
        reading = one.reading(chosen)
        self.rows[number] = replace(one, decided=reading or f"{one.head}{one.sign} {one.tail}", suggestion=None)
        rows.repaint(number)
        self._next(number, 1)
        self._title()
        self.tell_here()

    def action_next(self, by: int) -> None:
        self._next(self.query_one(RowList).cursor, by)

    def _next(self, number: int, by: int) -> None:
        order = range(number + 1, len(self.rows)) if by > 0 else range(number - 1, -1, -1)
        following = next((n for n in order if self.rows[n].decided is None), None)
        if following is None:
            done = all(b.decided is not None for b in self.rows)
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
        at = next((n for n, b in enumerate(self.rows) if b.start in starts), self.query_one(RowList).cursor)
        self._find(cursor=at)

    def action_leave(self) -> None:
        self.dismiss(self._decided)


def _room(words: Iterable[str]) -> int:
    return min(_WIDEST, max(map(len, words), default=0))
