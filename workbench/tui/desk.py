"""The desk: one document, raw beside reading, a place at a time; each gesture one decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen

from workbench.core.entry import Entry
from workbench.core.errors import UsageError, WorkbenchError
from workbench.services import library
from workbench.services.desk import Desk, Place, zone_words
from workbench.services.persons import Person
from workbench.tui.asking import Ask
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import DESK, EVERYWHERE
from workbench.tui.line_editor import LineEditor
from workbench.tui.panel import Panel
from workbench.tui.preview import Preview
from workbench.tui.view import FacingView

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp

_LEARNS_AFTER = 10
"""Decisions after which the suggestions of the document are looked for again, behind the scenes."""
_BULK = "0.95"
"""The chance from which on bulk acceptance is proposed."""


class DeskScreen(Screen[None]):
    """Composes the view, the panel and the line editor; holds the current place."""

    BINDINGS: ClassVar[list[BindingType]] = [c.binding() for c in DESK]
    commands = (*DESK, *EVERYWHERE)
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  Textual declares it so
        (0, "-narrow"),
        (100, "-facing"),
        (170, "-wide"),
    ]

    DEFAULT_CSS = """
    DeskScreen #work { height: 1fr; layout: vertical; }
    DeskScreen FacingView { height: 1fr; }
    DeskScreen LineEditor { display: none; }
    DeskScreen.-wide #work { layout: horizontal; }
    DeskScreen.-wide FacingView { width: 1fr; height: 1fr; }
    DeskScreen.-wide Panel { width: 52; height: 1fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self, document: str, *, at: tuple[str, int] | None = None) -> None:
        super().__init__()
        self.document = document
        self._begin_at = at
        self.place: Place | None = None
        self._undigested = 0
        """Decisions that the suggestions have not learnt from."""

    @property
    def workbench(self) -> WorkbenchApp:
        return cast("WorkbenchApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Container(id="work"):
            yield FacingView()
            yield Panel()
        yield LineEditor()
        yield KeyBar(DESK)

    def on_mount(self) -> None:
        self.desk = Desk(self.workbench.edition, self.document)
        self.listing = next(d for d in library.listings(self.workbench.edition) if d.id == self.document)
        view = self.query_one(FacingView)
        view.show(self.desk.lines)
        view.focus()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        place = None
        if self._begin_at is not None:
            row = self.desk.lines.row_of(*self._begin_at)
            place = self.desk.place_at(row, self._begin_at[1]) if row is not None else None
        self._go(place or self.desk.next_open(None) or self.desk.place_at(0))
        self._recount()

    # moving

    def _go(self, place: Place | None) -> None:
        """Make a place the current one: view, panel, title."""
        before = self.place
        self.place = place
        self.desk.point_at(place)
        view = self.query_one(FacingView)
        for one in (before, place):
            if one is not None and one.kind == "word":
                view.refresh_rows(one.row, one.row + 1)
        if place is not None:
            view.go(place.row, place.mark, place.start)
            self.workbench.remember(self.document, place.text, place.start)
        self._tell()

    def _tell(self) -> None:
        detail = self.desk.detail(self.place) if self.place is not None else None
        empty = "This document has no text." if not self.desk.lines.row_count else "An empty line."
        self.query_one(Panel).tell(detail, empty)

    def _recount(self) -> None:
        counts = self.desk.counts()
        if counts.suggestions:
            right = f"{counts.open} of {counts.suggestions} open · {_decisions(counts.decisions)}"
        else:
            right = f"{_decisions(counts.decisions)} · g looks for suggestions"
        self.query_one(TitleBar).say(self.listing.title, right)

    def action_next_open(self) -> None:
        left = self.desk.counts().open
        otherwise = f"None waits after this place, {left} before it: b goes back" if left else "No suggestion waits"
        self._to(self.desk.next_open(self.place), otherwise)

    def action_previous_open(self) -> None:
        self._to(self.desk.next_open(self.place, backwards=True), "No suggestion waits before this place")

    def action_step(self, by: int) -> None:
        if self.place is None:
            self._go(self.desk.place_at(self.query_one(FacingView).place.row))
        else:
            self._go(self.desk.step(self.place, by) or self.place)

    def _to(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            self.workbench.tell(otherwise)
        else:
            self._go(place)

    def on_facing_view_row_moved(self, event: FacingView.RowMoved) -> None:
        event.stop()
        place = self.desk.place_at(event.row)
        if place is None:
            self.place = None
            self.desk.point_at(None)
            self._tell()
        else:
            self._go(place)

    def on_facing_view_clicked(self, event: FacingView.Clicked) -> None:
        event.stop()
        self._go(self.desk.place_at(event.row, event.raw_offset))

    # deciding

    def _decide(self, act: Callable[[Place, Person], Entry | Sequence[Entry]], *, onward: bool = True) -> None:
        """Do something at the current place as the person at the keyboard, then go on to what waits next."""
        if self.place is not None:
            self._decide_at(self.place, act, onward)

    @work(exclusive=True, group="decide")
    async def _decide_at(
        self, place: Place, act: Callable[[Place, Person], Entry | Sequence[Entry]], onward: bool
    ) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            made = act(place, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            self.query_one(FacingView).source_changed()  # somebody else may have decided here meanwhile
            self._go(self.desk.place_at(place.row, place.start) or place)
            return
        self._changed([made] if isinstance(made, Entry) else list(made))
        self._learn()
        answered = onward and place.kind == "suggestion"
        following = self.desk.next_open(place) if answered else None
        if answered and not self.desk.counts().open:
            self.workbench.tell("Every suggestion of this document is answered")
        self._go(following or self.desk.place_at(place.row, place.start) or place)

    def _changed(self, made: list[Entry]) -> None:
        """Repaint the rows that decisions touch, those before and after them too: a join moves text between lines."""
        view = self.query_one(FacingView)
        for entry in made:
            d = entry.decision
            if d.text is None or d.start is None or d.end is None:
                continue
            first, last = self.desk.lines.row_of(d.text, d.start), self.desk.lines.row_of(d.text, d.end)
            if first is not None and last is not None:
                view.refresh_rows(max(0, first - 1), last + 2)
        self._recount()

    def action_accept(self, number: int) -> None:
        if self.place is None or self.place.kind != "suggestion":
            self.workbench.tell("Nothing is suggested here: a types an answer, e edits the line")
            return
        detail = self.desk.detail(self.place)
        if detail.suggestion is not None and not detail.suggestion.candidates and not zone_words(detail.suggestion):
            self.workbench.tell("Nothing is proposed here: s keeps it, a types an answer")
            return
        self._decide(lambda place, person: self.desk.accept(place, number - 1, person))

    def action_keep(self) -> None:
        self._decide(self.desk.keep)

    def action_check(self) -> None:
        self._decide(lambda place, person: self.desk.record(person, place, act="check"), onward=False)
        self.workbench.tell("On the checking list")

    @work(exclusive=True, group="ask")
    async def action_answer(self) -> None:
        place = self.place
        if place is None or await self.workbench.ask_person() is None:
            return
        detail = self.desk.detail(place)
        value = detail.decided[0].reading if detail.decided else self.desk.base(place)
        if detail.suggestion is not None and detail.suggestion.candidates:
            value = detail.suggestion.candidates[0].text
        answer = await self.app.push_screen_wait(
            Ask(f"What stands here for “{' '.join(detail.quote.split())}”?", value=value, may_be_empty=True,
                help="an empty answer takes it out")
        )  # fmt: skip
        if answer is not None:
            self._decide_at(place, lambda p, person: self.desk.answer(p, answer, person), True)

    @work(exclusive=True, group="ask")
    async def action_unclear(self) -> None:
        place = self.place
        if place is None or await self.workbench.ask_person() is None:
            return
        guess = await self.app.push_screen_wait(
            Ask("Unclear. What might it be?", may_be_empty=True, help="empty: unread")
        )
        if guess is not None:
            self._decide_at(place, lambda p, person: self.desk.unclear(p, person, guess), True)

    @work(exclusive=True, group="ask")
    async def action_note(self, series: str) -> None:
        place = self.place
        if place is None or await self.workbench.ask_person() is None:
            return
        title = "Textual note: about the text here" if series == "textual_note" else "Content note: person, event, term"
        body = await self.app.push_screen_wait(Ask(title))
        if body:
            self._decide_at(place, lambda p, person: self.desk.note(p, body, person, series=series), False)

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        if await self.workbench.ask_person() is None:  # asked first: what is typed shall not be lost to a question
            return
        view = self.query_one(FacingView)
        row = self.place.row if self.place is not None else view.place.row
        reading = self.desk.line_reading(row)
        quote = self.desk.base(self.place) if self.place is not None else ""
        self.query_one(Panel).display = False
        self.query_one(KeyBar).instead([("Enter", "record"), ("Esc", "leave the line as it was")])
        self.query_one(LineEditor).begin(row, reading, max(0, reading.find(quote)) if quote else 0)

    def on_line_editor_done(self, event: LineEditor.Done) -> None:
        event.stop()
        self.query_one(LineEditor).display = False
        self.query_one(Panel).display = True
        self.query_one(KeyBar).instead(None)
        self.query_one(FacingView).focus()
        new = event.new
        if new is not None:
            self._edit_line(event.row, new)

    @work(exclusive=True, group="decide")
    async def _edit_line(self, row: int, new: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            made = self.desk.edit_line(row, new, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self._changed(made)
        self._learn()
        self.workbench.tell(f"{_decisions(len(made))} recorded" if made else "Nothing changed")
        start = self.place.start if self.place is not None else None
        self._go(self.desk.place_at(row, start))

    def action_undo(self) -> None:
        self._take_back(self.desk.undo, "taken back", "There is nothing of yours to take back")

    def action_redo(self) -> None:
        self._take_back(self.desk.redo, "brought back", "There is nothing to bring back")

    @work(exclusive=True, group="decide")
    async def _take_back(self, act: Callable[[Person], list[Entry]], done: str, otherwise: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            entries = act(person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        if not entries:
            self.workbench.tell(otherwise)
            return
        self._changed(entries)
        self.workbench.tell(f"{len(entries)} {done}" if len(entries) > 1 else f"{entries[0].decision.act} {done}")
        self._go(next(filter(None, map(self.desk.place_of_entry, entries)), self.place))

    @work(exclusive=True, group="ask")
    async def action_accept_above(self) -> None:
        """Accept what is likely enough, all at once: asked how likely, shown, then done as one batch."""
        from workbench.services import bulk, bulk_report

        person = await self.workbench.ask_person()
        if person is None:
            return
        answer = await self.app.push_screen_wait(
            Ask("Accept every suggestion from which chance on?", value=_BULK, help="names, numbers and dates stay")
        )
        if answer is None:
            return
        try:
            offered = bulk.offer(self.workbench.edition, [self.listing], _chance(answer))
            lines = bulk_report.in_words(self.workbench.edition, offered)
            count = len(offered.accepted)
            act = f"accepts {count} as one batch, which u takes back" if count else ""
            if await self.app.push_screen_wait(Preview(f"From {answer} on, in this document", lines, act=act)):
                bulk.accept(self.workbench.edition, offered, person)
                self.query_one(FacingView).source_changed()
                self._recount()
                self.workbench.tell(f"{count} accepted; u takes them back together")
                self._go(self.desk.next_open(None) or self.place)
        except WorkbenchError as error:
            self.workbench.complain(error)

    # suggestions

    def action_suggest(self) -> None:
        self._suggest()

    @work(exclusive=True, group="suggest")
    async def _suggest(self) -> None:
        await self.workbench.run_suggest(self.listing, self._progress)
        if not self.is_attached:
            return
        self.query_one(FacingView).source_changed()
        self._recount()
        self._go(self.desk.next_open(None) or self.place)

    def _learn(self) -> None:
        """After some decisions, let the suggestions of this document learn from them."""
        self._undigested += 1
        if self._undigested >= _LEARNS_AFTER and self.desk.counts().open:
            self._undigested = 0
            self._learn_now()

    @work(exclusive=True, group="learn")
    async def _learn_now(self) -> None:
        def looking_at() -> str | None:
            return self.place.mark if self.place is not None and self.place.kind == "suggestion" else None

        if await self.workbench.learn(self.listing, looking_at) and self.is_attached:
            self.query_one(FacingView).source_changed()
            self._recount()

    def _progress(self, words: str) -> None:
        self.query_one(TitleBar).say(self.listing.title, words)

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
        raise UsageError(f"{typed!r} is no chance; type one such as 0.95") from error


def _decisions(count: int) -> str:
    return f"{count} decision" if count == 1 else f"{count} decisions"
