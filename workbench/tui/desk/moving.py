"""Finding one's way at the desk: from place to place, in a mode and an order, back, and to what is named or sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from workbench.core.errors import WorkbenchError
from workbench.i18n import _, ngettext
from workbench.services.document import reading
from workbench.services.document.desk import Place
from workbench.services.document.queue import ORDERS
from workbench.tui.bars import KeyBar
from workbench.tui.commands import FIND, keyed
from workbench.tui.desk.base import AtDesk
from workbench.tui.document_map import DocumentMap
from workbench.tui.view import FacingView

if TYPE_CHECKING:
    from workbench.services.document.searching import Search
    from workbench.tui.find_bar import FindBar


class Moving(AtDesk):
    """Keys that move and decide nothing."""

    def action_onward(self, backwards: bool) -> None:
        """To what waits next, or before: a suggestion in the queue, an unread line in reading."""
        if self.reading_mode:
            row = reading.next_unread(self.desk, self.row, backwards=backwards)
            if row is None:
                otherwise = _("No unread line before this one") if backwards else _("No unread line after this one")
                self.workbench.tell(otherwise)
            else:
                self.go_to_row(row)
            return
        following = self.next_open(self.here, backwards=backwards)
        if following is not None:
            self.go(following)
        elif backwards:
            self.workbench.tell(_("No suggestion waits before this place"))
        elif self.next_open(None) is not None and not self._is_first(self.next_open(None)):
            self.go(self.next_open(None))
            self.workbench.tell(_("None waits after that place: this is the first again"))
        else:
            self.workbench.tell(_("No other suggestion waits"))

    def _is_first(self, place: Place | None) -> bool:
        return place is not None and self.place is not None and place.mark == self.place.mark

    def action_step(self, by: int) -> None:
        if (here := self.here) is not None:
            self.go(self.desk.step(here, by) or self.place, jump=False)

    def action_back(self) -> None:
        if not self.go_back():
            self.workbench.tell(_("There is no place before this one"))

    def action_mode(self) -> None:
        """Queue or reading: the place stays."""
        self.reading_mode = not self.reading_mode
        self.tell_progress()
        if self.reading_mode:
            self.recount()
        self.workbench.keep_way("reading" if self.reading_mode else "queue", self.order)
        self.workbench.tell(
            keyed("Line by line: [desk.read] reads a line") if self.reading_mode else _("From suggestion to suggestion")
        )

    def action_order(self) -> None:
        """The next order of the queue."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.reading_mode = False
        self.workbench.keep_way("queue", self.order)
        self.tell_progress()
        if self.order != "text":
            self.go(self.next_open(None) or self.place)

    @work(exclusive=True, group="ask")
    async def action_goto(self) -> None:
        from workbench.services.document.going import goto

        typed = await self.ask(_("Go to"), help=_("a line: 120 · a leaf: л. 117 об. or f 117v · words: «…»"))
        if typed:
            try:
                text, start = goto(self.workbench.edition, self.document, typed)
            except WorkbenchError as error:
                self.workbench.complain(error)
                return
            self.go_to(text, start)

    # searching

    _search: Search | None = None
    _from: tuple[str, int] | None = None
    _found: tuple[str, int] | None = None
    """Where it found something last: within a word as well, so that the next one is another."""
    _began = ("", 0)
    """Where one was when the search began: however many places it finds, there one goes back to."""
    _bar: FindBar | None = None

    async def action_find(self) -> None:
        from workbench.services.document.searching import Search
        from workbench.tui.find_bar import FindBar

        self._search = Search(self.desk)
        self._began = text, start = self.at
        self._from, self._found = (text, start - 1) if text else None, None
        self.query_one(KeyBar).instead(FIND)
        if self._bar is None:
            self._bar = FindBar()
            await self.mount(self._bar, before=self.query_one(KeyBar))
        self._bar.begin()

    def on_find_bar_typed(self, event: FindBar.Typed) -> None:
        event.stop()
        self._seek(event.query, self._from, backwards=False)

    def on_find_bar_onward(self, event: FindBar.Onward) -> None:
        event.stop()
        self._seek(event.query, self._found or self.at, backwards=event.backwards)

    def _seek(self, query: str, after: tuple[str, int] | None, *, backwards: bool) -> None:
        bar = self._bar
        if self._search is None or bar is None:
            return
        found = self._search.next(query, after, backwards=backwards)
        if found is None:
            bar.tell(_("nowhere") if query.strip() else "")
            return
        count = self._search.count(query)
        bar.tell(ngettext("{count} place", "{count} places", count).format(count=count))
        self._found = found.text, found.start
        self.go_to(*self._found, jump=False)

    def on_find_bar_left(self, event: FindBar.Left) -> None:
        event.stop()
        self._search = None
        if self.at != self._began:
            self.leave_behind(self._began)
        self.query_one(KeyBar).instead(None)
        self.view.focus()

    def row_moved(self, row: int) -> None:
        """A key of the view made another row the current one."""
        self.go_to_row(row, jump=False)

    def on_facing_view_clicked(self, event: FacingView.Clicked) -> None:
        event.stop()
        self.go_to_row(event.row, event.raw_offset)

    def on_document_map_pointed(self, event: DocumentMap.Pointed) -> None:
        event.stop()
        self.go_to_row(event.row)
