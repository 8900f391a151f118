"""The history screen: every entry of a document or of the edition, in any order, filtered, each with its change."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.content import Content

from workbench.core.entry import Entry
from workbench.core.visible import flat, visible
from workbench.i18n import N_, _, ngettext, quoted
from workbench.services import deciding, library, persons
from workbench.services.edition import Edition
from workbench.services.looking_back import history
from workbench.services.looking_back.choosing import ALL
from workbench.services.looking_back.history import Event, Order
from workbench.services.looking_back.placed import Placed
from workbench.services.reviewing import review
from workbench.store.chronicle import Selection
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import HISTORY, keyed
from workbench.tui.filtering import BECAME, FACETS, Facet, Filtered
from workbench.tui.reasons import ask_reason
from workbench.tui.telling import (
    ACT_WORDS,
    headed,
    in_context,
    in_row,
    made,
    reason,
    told_particulars,
    told_reviews,
    why,
)

_ORDERS: dict[Order, str] = {"newest": N_("newest first"), "oldest": N_("oldest first"), "text": N_("as in the text")}
_SIGNS = {"live": "●", "superseded": "◌", "reverted": "×"}
_STYLES = {"live": "$text-success", "superseded": "$foreground-muted", "reverted": "$text-error"}
_ACT = 20
"""Columns of an act, with how many entries it is about; on a narrow screen four less."""


class HistoryScreen(Filtered[int]):
    """Rows by number of the entry; answers with the Event whose place to go to, None when left."""

    table = HISTORY

    def __init__(self, document: str | None, selection: Selection = ALL) -> None:
        """`document`: None lists the whole edition."""
        super().__init__(selection)
        self._document = document
        self._everywhere = document is None
        self._order: Order = "newest"
        self._events: dict[int, Event] = {}
        self._known: dict[str, str] = {}
        """Names of persons, by id."""

    def on_mount(self) -> None:
        self.listed()

    def listed(self) -> None:
        where = None if self._everywhere else self._document
        selection, order = self.selection, self._order

        def make(edition: Edition, told: Callable[[str], None]) -> list[int]:
            told(_("Looking …") + self.stops)
            return history.choose(edition, selection, where, order)

        self.prepare(make, self._have)

    def _have(self, seqs: list[int]) -> None:
        self._events.clear()
        self._known = persons.names(self.workbench.edition)
        nothing = keyed(
            "Nothing like this is in the history. [history.all] asks for "
            "everything again, [history.scope] looks elsewhere."
        )
        if not self.selection:
            nothing = _("Nothing is recorded here yet.")
        self.show_rows(seqs, nothing)
        count = ngettext("{count} entry", "{count} entries", len(seqs)).format(count=f"{len(seqs):,}")
        where = _("edition") if self._everywhere else _("document")
        self.query_one(TitleBar).say(_("HISTORY"), " · ".join([count, *self.asked(), _(_ORDERS[self._order]), where]))

    # showing

    def _event(self, seq: int) -> Event:
        if seq not in self._events:
            within = None if self._everywhere else self._document
            self._events[seq] = history.event(self.workbench.edition, seq, within)
        return self._events[seq]

    @property
    def _event_here(self) -> Event | None:
        return self._event(self.here) if self.here is not None else None

    def entry_here(self) -> Entry | None:
        event = self._event_here
        return event.entry if event is not None else None

    def row_of(self, number: int) -> Content:
        event = self._event(self.rows[number])
        at = event.shown
        line = "" if at.line is None else str(at.line)
        place = f"{event.number}:{line}" if self._everywhere and event.number is not None else line
        who = self.who(event.person)
        cells = max(30, self.size.width - 26 - len(who) - _ACT + 4 * self.narrow)
        if at.line is None:
            shown = Content(self._about(event)).truncate(cells, ellipsis=True, pad=True)
        else:
            shown = in_row(at, cells)
        more = f" +{event.targets - 1}" if event.targets > 1 else ""
        return Content.assemble(
            (f" {_SIGNS[event.state]} ", _STYLES[event.state]), (f"{place:>7}  ", "$foreground-muted"), shown,
            (f"  {who}", "$text-primary"), (f"  {event.entry.time[:10]}", "$foreground-muted"),
            f"  {_(ACT_WORDS[event.entry.decision.act])}{more}",
        )  # fmt: skip

    def placed(self) -> Placed | None:
        return self._event_here.shown if self._event_here is not None else None

    def told(self) -> list[Content]:
        event = self._event_here
        if event is None:
            return []
        at = event.shown
        title = library.heading(self.workbench.edition, event.document) if event.document else ""
        where = "" if at.line is None else _("line {number}").format(number=at.line)
        lines = [headed(title, where, self.size.width)]
        lines.append(in_context(at) if at.line is not None else Content(self._about(event)))
        lines += [made(event), *reason(event), *why(event)]
        if event.line is None and event.target and (said := told_particulars(event.entry.decision, self._known)):
            lines.append(Content(quoted(said)))
        lines += [_instead(one) for one in event.instead]
        if event.carried_by is not None:
            lines.append(Content(_("carried over from an older text by {name}").format(name=visible(event.carried_by))))
        batch = _("batch {batch}").format(batch=visible(event.entry.batch)) if event.entry.batch else ""
        state = (_(BECAME[event.state]), _STYLES[event.state])
        lines.append(Content.assemble(state, (f"  {event.entry.id[:12]}  {batch}", "$foreground-muted")))
        return lines + told_reviews(event.said)

    def _about(self, event: Event) -> str:
        """What an entry without a place is about, on one line."""
        said = told_particulars(event.entry.decision, self._known) or event.entry.decision.reason or ""
        of = [_(ACT_WORDS[event.target.entry.decision.act])] if event.target is not None else []
        return flat(" · ".join([*of, *filter(None, [said])]))

    # looking otherwise

    def action_order(self) -> None:
        orders = list(_ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.listed()

    def action_scope(self) -> None:
        if self._document is not None:
            self._everywhere = not self._everywhere
            self.listed()

    @work(exclusive=True, group="ask")
    async def action_filter(self) -> None:
        facets: list[tuple[Facet, str]] = [(name, _(words)) for name, words in FACETS.items()]
        chosen = await self.app.push_screen_wait(Choose(_("Only entries with …"), facets))
        facet = next((name for name in FACETS if name == chosen), None)
        if facet is not None:
            await self.narrow_by(facet)

    # going and doing

    def action_goto(self) -> None:
        event = self._event_here
        if event is not None and event.shown.line is not None:
            self.dismiss(event)

    def action_as_of(self) -> None:
        """The text as it was just after this entry."""
        from workbench.tui.past import PastScreen

        event = self._event_here
        if event is not None and event.document is not None and event.number is not None:
            title = library.heading(self.workbench.edition, event.document)
            self.app.push_screen(PastScreen(event.document, title, entry=event.entry.id))

    @work(exclusive=True, group="ask")
    async def action_comment(self) -> None:
        event = self._event_here
        person = await self.workbench.ask_person() if event else None
        body = await self.app.push_screen_wait(Ask(_("What is there to say?"))) if person else None
        if event is not None and person is not None and body:
            self.do(lambda edition: review.comment(edition, [event.entry.id], body, person))

    @work(exclusive=True, group="ask")
    async def action_revert(self) -> None:
        event = self._event_here
        person = await self.workbench.ask_person() if event else None
        if event is None or person is None:
            return
        words = "" if self.workbench.is_me(event.entry.person) else await ask_reason(self.workbench, "earlier")
        if words is not None:
            self.do(lambda edition: deciding.revert_all(edition, [event.entry.id], person, reason=words))


def _instead(one: Placed) -> Content:
    """What stood there before, and who had decided so."""
    stood = one.value if one.value is not None else one.quote
    return Content.assemble(
        (_("before") + "  ", "$foreground-muted"), (flat(stood) or "∅", "strike"), "  ",
        (visible(one.person), "$text-primary"), (f", {one.entry.time[:10]}", "$foreground-muted"),
    )  # fmt: skip
