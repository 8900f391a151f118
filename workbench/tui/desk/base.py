"""What every part of the desk stands on: the document, the current place, and showing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual import work
from textual.screen import Screen
from textual.worker import get_current_worker

from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, WorkbenchError
from workbench.i18n import _, in_words, ngettext
from workbench.services import library
from workbench.services.document import reading
from workbench.services.document.desk import Counts, Desk, Detail, Place
from workbench.services.document.lines import WORD
from workbench.services.document.overview import Bucket, overview
from workbench.services.document.queue import Order, ahead, next_open
from workbench.services.document.reading import LinesRead
from workbench.services.edition import again
from workbench.services.library import Listing
from workbench.store import holding
from workbench.tui.ahead import Ahead
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import keyed, with_keys
from workbench.tui.document_map import DocumentMap
from workbench.tui.panel import Panel
from workbench.tui.typed import AT_MOST
from workbench.tui.view import FacingView

if TYPE_CHECKING:
    from workbench.services.series import Wanted
    from workbench.tui.app import WorkbenchApp
    from workbench.tui.line_editor import LineEditor

_FEW = 20
"""Entries of one gesture whose effect on the counts is worked out from themselves."""
_KEPT_BACK = 200
"""Places that one can go back to."""


class AtDesk(Screen[None]):
    """Holds the place and shows it; the parts of the desk add what can be done there."""

    desk: Desk
    heading: str
    """What the document is called."""

    def __init__(
        self, document: str, *, at: tuple[str, int] | None = None, mode: str = "queue", order: Order = "text"
    ) -> None:
        super().__init__()
        self.document = document
        self.place: Place | None = None
        self.told: Detail | None = None
        """What the panel says of that place."""
        self.reading_mode = mode == "reading"
        self.order: Order = order
        self._painted_at = 0.0
        self._begin_at = at
        self._behind: list[tuple[str, int]] = []
        self._counts: Counts | None = None
        self._lines: LinesRead | None = None

    @property
    def workbench(self) -> WorkbenchApp:
        return cast("WorkbenchApp", self.app)

    @property
    def listing(self) -> Listing:
        """The document in the list, counted anew: not for the way of a key."""
        return library.listing(self.workbench.edition, self.document)

    @property
    def view(self) -> FacingView:
        return self.query_one(FacingView)

    # asking: what is not on the way to the first screen is loaded when it is needed

    async def ask(self, title: str, *, value: str = "", help: str = "", may_be_empty: bool = False) -> str | None:
        """A line of text; None when left."""
        from workbench.tui.asking import Ask

        return await self.app.push_screen_wait(Ask(title, value=value, help=help, may_be_empty=may_be_empty))

    async def choose(self, title: str, options: Sequence[tuple[str, str]], *, at: str | None = None) -> str | None:
        """The value of one of some (value, words); None when left."""
        from workbench.tui.choosing import Choose

        return await self.app.push_screen_wait(Choose(title, options, at=at))

    async def preview(self, title: str, lines: Iterable[str], *, act: str) -> bool:
        """What would be done, looked at; shall it be?"""
        from workbench.tui.preview import Preview

        answer: bool = await self.app.push_screen_wait(Preview(title, lines, act=act))
        return answer

    async def editor(self) -> LineEditor:
        """The line editor, made when it is first wanted."""
        from workbench.tui.line_editor import LineEditor

        found = self.query(LineEditor)
        if not found:
            await self.mount(LineEditor())
        return self.query_one(LineEditor)

    async def close_editor(self) -> None:
        (await self.editor()).display = False
        self.query_one(KeyBar).instead(None)
        self.view.focus()

    async def run_series(self, wanted: Wanted | None) -> None:
        """The places of a series on a screen of their own (None: what to look for is asked there), and what it made."""
        from workbench.tui.series import SeriesScreen

        made = await self.app.push_screen_wait(SeriesScreen(wanted, self.document))
        if made:
            self.workbench.meter.decided(made)
            self.renew()
            recorded = with_keys(
                ngettext(
                    "{count} recorded; [desk.undo] takes it back",
                    "{count} recorded; [desk.undo] takes them back together",
                    made,
                )
            )
            self.workbench.tell(recorded.format(count=made))

    # where one is

    def go(self, place: Place | None, *, row: int | None = None, jump: bool = True) -> None:
        """Make a place the current one, or a `row` that has none: view, panel, title. A jump can be gone back on."""
        before = self.here
        if place is not None:
            row = place.row
        elif row is None:
            row = self.view.place.row
        if jump and before is not None:
            self.leave_behind((before.text, before.start))
        self.place = place
        self._painted_at = monotonic() + AT_MOST
        self.desk.point_at(place)
        view = self.view
        with view.at_once():
            for word in {one.row for one in (before, place) if one is not None and one.kind == "word"}:
                view.refresh_rows(word, word + 1)
            if place is not None:
                view.go(row, place.mark, place.start)
            else:
                view.go(row, None, 0)
        self.query_one(DocumentMap).here(row)
        if (here := self.here) is not None:
            self.workbench.remember(self.document, here.text, here.start)
        self.tell_place()
        self.show_image()
        self.call_after_refresh(self._is_painted)

    def _is_painted(self) -> None:
        self._painted_at = monotonic()

    @property
    def painted(self) -> bool:
        """Was the current place on the screen before the key that is obeyed? One that decides is dropped else."""
        return self.workbench.typed_at >= self._painted_at

    def leave_behind(self, at: tuple[str, int]) -> None:
        """Keep where one was, to go back to."""
        self._behind = [*self._behind[-_KEPT_BACK:], at]

    def go_back(self) -> bool:
        """To the place before this one; was there one?"""
        here = self.at
        while self._behind:
            at = self._behind.pop()
            if at != here and self.go_to(*at, jump=False) and self.at != here:
                return True
        return False

    def go_to(self, text: str, start: int, *, jump: bool = True) -> bool:
        """To an offset of a text; does the document hold it?"""
        row = self.desk.lines.row_of(text, start)
        if row is not None:
            self.go_to_row(row, start, jump=jump)
        return row is not None

    def go_to_row(self, row: int, start: int | None = None, *, jump: bool = True) -> None:
        """To a row: its first place, or that at an offset, or the bare row where it has none."""
        self.go(self.desk.place_at(row, start), row=row, jump=jump)

    @property
    def row(self) -> int:
        return self.place.row if self.place is not None else self.view.place.row

    @property
    def here(self) -> Place | None:
        """The current place, or where a line begins that has none; None where there is no line."""
        if self.place is not None or not self.desk.lines.row_count:
            return self.place
        text, start, _end = self.desk.line_span(self.row)
        return Place(text=text, start=start, end=start, row=self.row, mark=WORD, kind="word")

    @property
    def at(self) -> tuple[str, int]:
        """Where one is, as (text, offset); no text where there is no line."""
        here = self.here
        return (here.text, here.start) if here is not None else ("", 0)

    def reopen(self, at: tuple[str, int], said: str) -> None:
        """Open the document that holds a place, now that documents begin and end elsewhere."""
        self.workbench.switch_desk(holding.document_of(self.workbench.edition.db, *at) or self.document, at)
        self.workbench.call_after_refresh(self.workbench.tell, said)

    def next_open(self, place: Place | None, *, backwards: bool = False) -> Place | None:
        return next_open(self.desk, place, self.order, backwards=backwards)

    def tell_place(self) -> None:
        """Say what there is to say about the current place."""
        self.told = self.desk.detail(self.place) if self.place is not None else None
        empty = (
            keyed("No line yet: [desk.add_line] adds one, [desk.image] shows the page.")
            if not self.desk.lines.row_count
            else _("An empty line.")
        )
        self.query_one(Panel).tell(self.told, empty)
        self.tell_ahead()

    def tell_ahead(self) -> None:
        """Say what waits after the current place, where there is room for that."""
        beside = self.query_one(Ahead)
        if beside.room:
            beside.tell(ahead(self.desk, self.here, self.order, beside.room))

    def show_image(self) -> None:
        """Show the page image of the current place, where it is wanted."""

    def text_place(self) -> Place | None:
        """The current place, where raw text stands there that can be decided about; where not, that is said."""
        if self.place is None:
            self.workbench.tell(_("An empty line: nothing stands here to decide about"))
        elif self.place.kind == "line":
            self.workbench.tell(keyed("A line that was added: [desk.edit] changes it, [desk.delete_line] takes it out"))
            return None
        return self.place

    def line_place(self) -> Place | None:
        """The same for what begins with a line, an empty one too."""
        here = self.here
        return here if here is not None and here.kind != "line" else self.text_place()

    # how far it is

    def tell_progress(self, instead: str = "") -> None:
        """The title: what mode this is, what is open, how far it is, or other words `instead` of that."""
        if self.reading_mode:
            mode = _("READING")
        else:
            mode = {"text": _("QUEUE"), "chance": _("QUEUE by chance"), "kind": _("QUEUE by kind")}[self.order]
        parts: list[str] = []
        if self._counts is not None and self._counts.suggestions:
            parts.append(
                _("{open} of {total} open").format(open=self._counts.open, total=self._counts.suggestions)
            )  # fmt: skip
        if self._counts is not None:
            parts.append(decisions(self._counts.decisions))
        if self._lines is not None and (self.reading_mode or self._lines.read):
            parts.append(_("{read} of {lines} lines read").format(read=self._lines.read, lines=self._lines.lines))
        if self.desk.lines.has_raw and self._counts and not self._counts.suggestions and not self._counts.decisions:
            parts.append(keyed("[desk.suggest] looks for suggestions"))
        self.query_one(TitleBar).say(f"{mode}  {self.heading}", instead or " · ".join(parts))

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def recount(self) -> None:
        """Count everything anew, with a connection of its own: that grows with the document.

        How many lines there are to read takes longest: it is counted where it is said.
        """
        worker = get_current_worker()
        height = max(1, self.query_one(DocumentMap).size.height)
        with again(self.workbench.edition) as own:
            desk = Desk(own, self.document)
            counts, buckets = desk.counts(), overview(desk.lines, height)
            lines = reading.progress(desk) if self.reading_mode or reading.count_read(desk) else None
        if not worker.is_cancelled:
            self.app.call_from_thread(self._counted, counts, lines, buckets)

    def _counted(self, counts: Counts, lines: LinesRead | None, buckets: list[Bucket]) -> None:
        if not self.is_attached:
            return
        if self._counts is None:
            self.call_after_refresh(self._tell_standing)
        self._counts, self._lines = counts, lines
        self.query_one(DocumentMap).show(buckets)
        self.tell_progress()
        self.tell_ahead()

    def _tell_standing(self) -> None:
        """Say at the beginning what keeps one from working here."""
        from workbench.services import persons, states

        edition = self.workbench.edition
        now = states.standing(edition, self.document)
        if now.state == "approved":
            self.workbench.tell(_("This document is approved: what is decided now opens it again"))
        elif now.holder is not None and not self.workbench.is_me(now.holder):
            name = persons.names(edition).get(now.holder, now.holder)
            until = (now.until or "")[11:16]
            self.workbench.tell(_("{name} is at work here, until {until} UTC").format(name=name, until=until))

    def changed(self, made: Sequence[Entry]) -> None:
        """Repaint the rows that entries touch, those before and after them too: a join moves text between lines."""
        self.repaint_rows(made)
        few = len(made) <= _FEW and all(e.decision.layer == "text" and not e.supersedes for e in made)
        read = self._lines is not None and self._lines.read  # a change makes its line unread
        if few and self._counts is not None and not read and not self._is_counting:
            still_open = max(0, self._counts.open - self.desk.closed_by(made))
            self._counts = replace(self._counts, open=still_open, decisions=self._counts.decisions + len(made))
            self.tell_progress()
        else:
            self.recount()

    def line_was_read(self, mark: Entry, *, again: bool) -> None:
        """Show that a line is read, and count it, `again` or for the first time: nothing else is counted anew."""
        self.repaint_rows([mark])
        if self._lines is None or self._is_counting:
            self.recount()
        elif not again:
            self._lines = replace(self._lines, read=self._lines.read + 1)
            self.tell_progress()

    @property
    def _is_counting(self) -> bool:
        """Is a count under way that does not know of what was recorded since?"""
        return any(w.group == "count" and w.node is self and w.is_running for w in self.workers)

    def repaint_rows(self, made: Iterable[Entry]) -> None:
        """Ask again for the rows that entries touch; for all where lines came or went or a word is right everywhere."""
        made = list(made)
        if any(e.decision.layer in ("line", "document") for e in made):
            self.lay_out()
        elif any(e.decision.layer == "memory" for e in made):
            self.view.source_changed()
        chart = self.query_one(DocumentMap)
        buckets: set[int | None] = set()
        for rows in map(self.desk.rows_about, made):
            self.view.refresh_rows(rows.start, rows.stop)
            buckets.update(map(chart.bucket_of, rows))
        for bucket in buckets - {None}:
            assert bucket is not None
            chart.renew(bucket, self.desk.lines)

    def lay_out(self) -> None:
        """Number the rows anew, the cursor in its line; a document without a title is called by its first words."""
        at = self.at
        self.desk.lines.lay_out()
        self.heading = library.heading(self.workbench.edition, self.document)
        row = self.desk.lines.row_of(*at)
        if row is not None and self.place is not None:
            self.place = replace(self.place, row=row)
        self.view.source_changed(row)

    def renew(self) -> None:
        """Show everything anew: another screen may have changed any of it."""
        self.lay_out()
        self.go(self.place_now, jump=False)
        self.recount()

    @property
    def place_now(self) -> Place | None:
        """What stands at the current place by now."""
        if self.place is None:
            return None
        row = min(self.place.row, max(self.desk.lines.row_count - 1, 0))
        return self.desk.place_at(row, self.place.start)

    def refused(self, error: WorkbenchError, place: Place, yours: str | None = None) -> None:
        """Nothing was recorded: say why, and show what stands there now, beside what was to stand there (`yours`)."""
        now = self.desk.place_at(place.row, place.start) or place
        decided = self.desk.detail(now).decided
        if yours is not None and decided:
            both = _("“{theirs}” stands there now, by {person}; yours was “{yours}”").format(
                theirs=decided[0].reading, person=decided[0].person, yours=yours
            )
            error = RefusedError(f"{in_words(error)}. {both}")
        self.workbench.complain(error)
        self.view.source_changed()  # somebody else may have decided here meanwhile
        self.go(now, jump=False)
        self.recount()


def decisions(count: int) -> str:
    return ngettext("{count} decision", "{count} decisions", count).format(count=count)
