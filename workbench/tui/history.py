"""The history screen: every entry of a document or of the edition, in any order, filtered, each with its change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Literal

from textual import work
from textual.binding import BindingType
from textual.content import Content

from workbench.core.acts import ACTS
from workbench.core.classes import CERTAINTIES, GROUNDS, PAGE_CLASSES, READING_CLASSES
from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import N_, _, ngettext
from workbench.services import deciding, history, library, persons, review
from workbench.services.edition import Edition
from workbench.services.history import Event, Order
from workbench.services.persons import Person
from workbench.services.placed import Placed
from workbench.store.chronicle import Selection
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import EVERYWHERE, HISTORY, bindings
from workbench.tui.entry_screen import EntryScreen, flat, headed, in_context, in_row, made, reason, told_reviews
from workbench.tui.row_list import RowList

Facet = Literal[
    "person", "since", "until", "act", "class_", "ground", "suggester", "batch", "certainty", "state", "words"
]

_FACETS: dict[Facet, str] = {
    "person": N_("a person"), "since": N_("since a day"), "until": N_("until a day"), "act": N_("an act"),
    "class_": N_("a class"), "ground": N_("a ground"), "suggester": N_("a suggester"), "batch": N_("this batch"),
    "certainty": N_("a certainty"), "state": N_("what became of it"), "words": N_("words"),
}  # fmt: skip
_VALUES: dict[Facet, tuple[str, ...]] = {
    "act": tuple(ACTS), "class_": (*PAGE_CLASSES, *READING_CLASSES), "ground": tuple(GROUNDS),
    "certainty": tuple(CERTAINTIES), "state": ("live", "superseded", "reverted"),
}  # fmt: skip
_ORDERS: dict[Order, str] = {"newest": N_("newest first"), "oldest": N_("oldest first"), "text": N_("as in the text")}
_SIGNS = {"live": "●", "superseded": "◌", "reverted": "×"}
_STYLES = {"live": "$text-success", "superseded": "$foreground-muted", "reverted": "$text-error"}


class HistoryScreen(EntryScreen):
    """Answers with the Event whose place to go to; None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(HISTORY)
    commands = (*HISTORY, *EVERYWHERE)
    table = HISTORY

    def __init__(self, document: str | None, selection: Selection = history.ALL) -> None:
        """`document`: None lists the whole edition."""
        super().__init__()
        self._document = document
        self._everywhere = document is None
        self._selection = selection
        self._order: Order = "newest"
        self._seqs: list[int] = []
        self._events: dict[int, Event] = {}

    def on_mount(self) -> None:
        self._list()

    def _list(self) -> None:
        where = None if self._everywhere else self._document
        selection, order = self._selection, self._order

        def make(edition: Edition, told: Callable[[str], None]) -> list[int]:
            told(_("looking …"))
            return history.choose(edition, selection, where, order)

        self.prepare(make, self._have, self.say)

    def _have(self, seqs: list[int]) -> None:
        self._seqs = seqs
        self._events.clear()
        nothing = _("Nothing like this is in the history. n asks for everything again, s looks elsewhere.")
        if not self._selection:
            nothing = _("Nothing is recorded here yet.")
        self.show_count(len(seqs), nothing, self.query_one(RowList).cursor)
        count = ngettext("{count} entry", "{count} entries", len(seqs)).format(count=f"{len(seqs):,}")
        asked = [f"{_(_FACETS[f])} {getattr(self._selection, f)}" for f in _FACETS if getattr(self._selection, f)]
        where = _("edition") if self._everywhere else _("document")
        self.query_one(TitleBar).say(_("HISTORY"), " · ".join([count, *asked, _(_ORDERS[self._order]), where]))

    # showing

    def _event(self, number: int) -> Event:
        seq = self._seqs[number]
        if seq not in self._events:
            self._events[seq] = history.event(self.workbench.edition, seq)
        return self._events[seq]

    @property
    def _here(self) -> Event | None:
        return self._event(self.query_one(RowList).cursor) if self._seqs else None

    def row_of(self, number: int) -> Content:
        event = self._event(number)
        d = event.entry.decision
        line = "" if event.line is None else str(event.line)
        place = f"{event.number or ''}:{line}" if self._everywhere else line
        if event.line is None:
            width = max(8, (self.size.width - 60) // 3)
            shown = Content(_about(event)).truncate(2 * width + 18, ellipsis=True, pad=True)
        else:
            shown = in_row(event, self.size.width)
        return Content.assemble(
            (f" {_SIGNS[event.state]} ", _STYLES[event.state]), (f"{place:>7}  ", "$foreground-muted"), shown,
            (f"  {visible(event.person)[:16]:16}", "$text-primary"),
            (f"  {event.entry.time[:10]}", "$foreground-muted"), f"  {d.act}",
        )  # fmt: skip

    def told(self) -> tuple[Placed, list[Content]] | None:
        event = self._here
        if event is None:
            return None
        title = library.heading(self.workbench.edition, event.document) if event.document else ""
        where = "" if event.line is None else _("line {number}").format(number=event.line)
        lines = [headed(title, where, self.size.width)]
        lines.append(in_context(event) if event.line is not None else Content(_about(event)))
        lines += [made(event), *reason(event)]
        state = {"live": _("stands"), "superseded": _("superseded"), "reverted": _("taken back")}[event.state]
        lines.append(Content.assemble((state, _STYLES[event.state]), (f"  {event.entry.id[:12]}", "$foreground-muted")))
        return event, lines + told_reviews(event.said)

    # looking otherwise

    def action_order(self) -> None:
        orders = list(_ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._list()

    def action_scope(self) -> None:
        if self._document is not None:
            self._everywhere = not self._everywhere
            self._list()

    def action_all(self) -> None:
        self._selection = history.ALL
        self._list()

    @work(exclusive=True, group="ask")
    async def action_filter(self) -> None:
        facets = [(name, _(words)) for name, words in _FACETS.items()]
        chosen = await self.app.push_screen_wait(Choose(_("Only entries with …"), facets))
        facet = next((name for name in _FACETS if name == chosen), None)
        if facet is None:
            return
        value = await self._value(facet)
        if value is not None:
            asked: dict[str, Any] = {facet: value or None}
            self._selection = replace(self._selection, **asked)
            self._list()

    async def _value(self, facet: Facet) -> str | None:
        """What is asked for of a facet; empty asks for nothing any more, None leaves it as it was."""
        event = self._here
        if facet == "batch":
            if event is None or event.entry.batch is None:
                self.workbench.tell(_("This was made by itself, in no batch"))
                return None
            return event.entry.batch
        now = getattr(self._selection, facet) or _as_here(event, facet)
        values = _VALUES.get(facet)
        if facet == "person":
            values = tuple(p.name for p in persons.everyone(self.workbench.edition))
        if values is not None:
            options = [("", _("any")), *((v, v) for v in values)]
            return await self.app.push_screen_wait(Choose(_(_FACETS[facet]), options, at=now))
        help = _("2026-01-31, or less of it") if facet in ("since", "until") else ""
        return await self.app.push_screen_wait(Ask(_(_FACETS[facet]), value=now, help=help, may_be_empty=True))

    # going and doing

    def action_goto(self) -> None:
        event = self._here
        if event is not None and event.line is not None:
            self.dismiss(event)

    def action_as_of(self) -> None:
        """The text as it was just after this entry."""
        from workbench.tui.past import PastScreen

        event = self._here
        if event is not None and event.document is not None and event.number is not None:
            title = library.heading(self.workbench.edition, event.document)
            self.app.push_screen(PastScreen(event.document, title, entry=event.entry.id))

    @work(exclusive=True, group="ask")
    async def action_comment(self) -> None:
        event = self._here
        person = await self.workbench.ask_person() if event else None
        body = await self.app.push_screen_wait(Ask(_("What is there to say?"))) if person else None
        if event is not None and person is not None and body:
            self._do(lambda edition: review.comment(edition, [event.entry.id], body, person))

    @work(exclusive=True, group="ask")
    async def action_revert(self) -> None:
        event = self._here
        person = await self.workbench.ask_person() if event else None
        if event is not None and person is not None:
            self._do(lambda edition: deciding.revert_all(edition, [event.entry.id], person))

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        person: Person | None = await self.workbench.ask_person()
        if person is not None:
            self._do(lambda edition: deciding.undo(edition, person))

    def _do(self, act: Callable[[Edition], object]) -> None:
        try:
            done = act(self.workbench.edition)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        if done is None:
            self.workbench.tell(_("There is nothing of yours to take back"))
        self._list()


def _as_here(event: Event | None, facet: Facet) -> str:
    """What the entry under the cursor has of a facet, as the value to begin with."""
    if event is None:
        return ""
    d = event.entry.decision
    here = {
        "person": event.person, "since": event.entry.time[:10], "until": event.entry.time[:10], "act": d.act,
        "class_": d.page_class or d.reading_class, "ground": d.ground, "certainty": d.certainty, "state": event.state,
        "suggester": (d.suggestion or {}).get("suggester"),
    }  # fmt: skip
    return str(here.get(facet) or "")


def _about(event: Event) -> str:
    """What an entry without a place is about, on one line."""
    if event.targets:
        first = event.targets[0].decision
        quote = f"“{first.quote}”" if first.quote else first.act
        more = f" +{len(event.targets) - 1}" if len(event.targets) > 1 else ""
        said = event.entry.decision.data.get("body") or event.entry.decision.reason or ""
        return flat(f"{quote}{more}{': ' if said else ''}{said}")
    told = (f"{name}: {value}" for name, value in event.entry.decision.data.items() if name != "document")
    return flat(", ".join(told))
