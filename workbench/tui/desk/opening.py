"""What the desk opens on top of itself: series, words, breaks, differences, the preview, the description."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from workbench.core.errors import UsageError, WorkbenchError
from workbench.i18n import N_, _
from workbench.tui.commands import keyed
from workbench.tui.desk.base import AtDesk

if TYPE_CHECKING:
    from workbench.services.looking_back.placed import Placed
    from workbench.services.series import Wanted

_BULK = "0.95"
"""The chance from which on bulk acceptance is proposed."""


class Opening(AtDesk):
    """Keys that open another screen, and what comes back from it."""

    @work(exclusive=True, group="ask")
    async def action_accept_above(self) -> None:
        """Accept what is likely enough, all at once: asked how likely, shown, then done as one batch."""
        from workbench.services.suggestions import bulk, bulk_report

        person = await self.workbench.ask_person()
        if person is None:
            return
        answer = await self.ask(
            _("Accept every suggestion from which chance on?"), value=_BULK, help=_("names, numbers and dates stay")
        )
        if answer is None:
            return
        try:
            offered = bulk.offer(self.workbench.edition, [self.listing], _chance(answer))
            lines = bulk_report.in_words(self.workbench.edition, offered)
            count = len(offered.accepted)
            act = (
                keyed("accepts {count} as one batch, which [desk.undo] takes back").format(count=count) if count else ""
            )
            title = _("From {chance} on, in this document").format(chance=answer)
            if await self.preview(title, lines, act=act):
                bulk.accept(self.workbench.edition, offered, person)
                self.renew()
                self.workbench.tell(keyed("{count} accepted; [desk.undo] takes them back together").format(count=count))
        except WorkbenchError as error:
            self.workbench.complain(error)

    # series

    @work(exclusive=True, group="ask")
    async def action_series(self, act: str) -> None:
        """The same act at every place where the same stands."""
        wanted = self._wanted(act) if act != "find" else None
        if wanted is None and act != "find":
            if self.place is None or self.place.kind != "line":
                self.workbench.tell(_("Go to a word first: the arrows walk over the words"))
            return
        if wanted is not None and act in ("textual_note", "content_note"):
            body = await self.ask(_("The note, the same at every place"))
            if not body:
                return
            wanted = replace(wanted, more={"body": body})
        await self.run_series(wanted)

    @work(exclusive=True, group="ask")
    async def action_words(self) -> None:
        from workbench.tui.words import WordsScreen

        if await self.app.push_screen_wait(WordsScreen(self.document)):
            self.renew()

    def _wanted(self, act: str) -> Wanted | None:
        """What a series about the current place looks for."""
        from workbench.services import series

        if self.text_place() is None or self.place is None:
            return None
        detail = self.desk.detail(self.place)
        if not detail.quote:
            return None
        if act == "accept" and detail.suggestion is not None:
            return series.of_suggestions(detail.suggestion)
        proposed = None
        if act in ("accept", "edit"):
            proposed = detail.decided[0].reading if detail.decided else detail.quote
            if detail.suggestion is not None and detail.suggestion.candidates:
                proposed = detail.suggestion.candidates[0].text
        replacement = series.literal(proposed) if proposed is not None else None
        return series.Wanted(pattern=series.words(detail.quote), act=act, replacement=replacement)

    # looking at the whole of it

    @work(exclusive=True, group="ask")
    async def action_diff(self) -> None:
        from workbench.tui.diff import DiffScreen

        row = await self.app.push_screen_wait(DiffScreen(self.document, self.heading))
        if row is not None:
            self.go_to_row(row)

    def action_printed(self) -> None:
        from workbench.tui.printed import PrintedScreen

        self.app.push_screen(PrintedScreen(self.document, self.heading))

    @work(exclusive=True, group="ask")
    async def action_checking(self) -> None:
        from workbench.tui.checking import CheckingScreen

        place = await self.app.push_screen_wait(CheckingScreen(self.document))
        self.renew()
        if place is not None and place.document.id == self.document:
            self.go_to(place.text, place.start)
        elif place is not None:
            self.workbench.switch_desk(place.document.id, (place.text, place.start))

    @work(exclusive=True, group="ask")
    async def action_review(self) -> None:
        from workbench.tui.review import ReviewScreen

        item = await self.app.push_screen_wait(ReviewScreen(self.document))
        self.renew()
        if item is not None:
            self._go_to_placed(item.document.id, item)

    @work(exclusive=True, group="ask")
    async def action_history(self) -> None:
        from workbench.tui.history import HistoryScreen

        event = await self.app.push_screen_wait(HistoryScreen(self.document))
        self.renew()
        if event is not None and event.document is not None:
            self._go_to_placed(event.document, event.shown)

    def action_past(self) -> None:
        from workbench.tui.past import PastScreen

        self.app.push_screen(PastScreen(self.document, self.heading))

    def _go_to_placed(self, document: str, placed: Placed) -> None:
        if placed.place is None:
            return
        if document == self.document:
            self.go_to(*placed.place)
        else:
            self.workbench.switch_desk(document, placed.place)

    # suggestions

    def action_suggest(self) -> None:
        self._suggest()

    @work(exclusive=True, group="suggest")
    async def _suggest(self) -> None:
        await self.workbench.run_suggest(self.listing, self.tell_progress)
        if not self.is_attached:
            return
        self.view.source_changed()
        self.recount()
        self.go(self.next_open(None) or self.place, jump=False)

    def action_library(self) -> None:
        if self.workbench.stop_suggest():
            return
        self.workbench.close_desk()


def _chance(typed: str) -> float:
    """A chance as it is typed: `0.95`, `.95`, `0,95` or `95%`; raises UsageError."""
    text = typed.strip().replace(",", ".")
    try:
        return float(text.rstrip("% ")) / 100 if text.endswith("%") else float(text)
    except ValueError as error:
        raise UsageError(N_("{typed!r} is no chance; type one such as 0.95"), typed=typed) from error
