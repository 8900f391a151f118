"""The review screen: what waits for a second pair of eyes, one gesture each, several at once where they are ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress

from textual import work
from textual.content import Content
from textual.worker import WorkerCancelled

from workbench.core.entry import Entry
from workbench.core.errors import WorkbenchError
from workbench.core.review import CONCERNS
from workbench.core.visible import flat
from workbench.i18n import _, ngettext
from workbench.services import deciding, library, settings
from workbench.services.edition import Edition
from workbench.services.looking_back.placed import Placed
from workbench.services.persons import Person
from workbench.services.reviewing import review
from workbench.services.reviewing.review import Item
from workbench.store import entries
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import REVIEW, keyed, with_keys
from workbench.tui.filtering import FACETS, Filtered
from workbench.tui.preview import Preview
from workbench.tui.reasons import ask_reason, ground_of
from workbench.tui.row_list import RowList
from workbench.tui.telling import CONCERN_WORDS, headed, in_context, in_row, made, reason, told_reviews, why

_SIGNS = {"unreviewed": "○", "approved": "✓", "disputed": "✗"}
_STYLES = {"unreviewed": "$foreground-muted", "approved": "$text-success", "disputed": "bold $text-error"}
_SAMPLES = 12
_MANY = 200
"""Entries that are looked at anew without a word."""
_WHY = 22
"""Columns for why something wants a look, on a narrow screen."""


class ReviewScreen(Filtered[Item]):
    """Answers with the place to go to, as an Item; None when left."""

    table = REVIEW
    facets = tuple(f for f in FACETS if f not in ("act", "state"))

    def __init__(self, document: str | None) -> None:
        """`document`: None lists the whole edition."""
        super().__init__()
        self._document = document
        self._everywhere = document is None
        self._only = ""
        self._approved_too = False
        self._whole = False
        """Is the list there as it is to be, none on its way?"""
        self._seen = 0
        """The number of the last entry that it was made with."""
        self._ticked: set[str] = set()
        """Ids of entries."""

    def on_mount(self) -> None:
        self.listed()

    def listed(self) -> None:
        where = None if self._everywhere else self._document
        selection, shows = self.selection, self._shows()
        self._whole = False

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[int, list[Item]]:
            told(_("Looking …") + self.stops)
            seen, found = entries.last_seq(edition.db), []
            for number, item in enumerate(review.items(edition, library.headings(edition, where), selection)):
                if number % 500 == 0:
                    told(_("{count} looked through …").format(count=number) + self.stops)
                if shows(item):
                    found.append(item)
            return seen, found

        def have(made: tuple[int, list[Item]]) -> None:
            self._whole, (self._seen, items) = True, made
            self._have(items)

        self.prepare(make, have)

    def _shows(self) -> Callable[[Item], bool]:
        """Is an entry among those that are listed?"""
        where = None if self._everywhere else self._document
        only, too, mine = self._only, self._approved_too, self.workbench.own_ids()
        alone = settings.alone(self.workbench.edition)

        def shows(item: Item) -> bool:
            waits = item.verdict != "approved" and (alone or item.author not in mine)
            return (waits or too) and (not only or only in item.concerns) and where in (None, item.document.id)

        return shows

    async def _renew(self, acted: Entry | None, *, back: bool = False) -> None:
        """Look anew at what was acted upon since the list was made, by others too, and `back` to what comes back.

        All of a large edition takes so long that it would be acted upon twice.
        """
        if not self._whole:
            self.listed()
            return
        selection, shows, since = self.selection, self._shows(), self._seen
        contested = [item.entry.id for item in self.rows if "conflict" in item.concerns]

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[int, dict[str, Item | None] | None]:
            if acted is not None and len(acted.targets) > _MANY:
                told(_("Looking …") + self.stops)
            seen = entries.last_seq(edition.db)
            return seen, review.renewed(edition, since, contested, selection)

        def have(made: tuple[int, dict[str, Item | None] | None]) -> None:
            self._seen, renewed = made
            if renewed is None:
                self.listed()
                return
            kept = [item for item in self.rows if item.entry.id not in renewed]
            new = [item for item in renewed.values() if item is not None and shows(item)]
            items, known = sorted([*kept, *new], key=lambda item: item.order), {item.entry.id for item in self.rows}
            risen = (number for number, item in enumerate(items) if item.entry.id not in known)
            self._have(items, next(risen, None) if back else None)

        with suppress(WorkerCancelled):  # left meanwhile
            await self.prepare(make, have).wait()

    def _have(self, items: list[Item], cursor: int | None = None) -> None:
        self._ticked &= {item.entry.id for item in items}
        nothing = keyed(
            "Nothing waits for a second look. [review.approved] shows what is approved, [review.scope] looks elsewhere."
        )
        if self._only or self.selection:
            nothing = keyed("Nothing like this waits. [review.only] asks for something else.")
        self.show_rows(items, nothing, cursor)
        self._title()

    def _title(self) -> None:
        where = _("edition") if self._everywhere else _("document")
        waiting = sum(item.verdict != "approved" for item in self.rows)
        count = ngettext("{count} waits", "{count} wait", waiting).format(count=waiting)
        parts = [count, *([_(CONCERN_WORDS[self._only])] if self._only else []), *self.asked(), where]
        if self._ticked:
            parts.insert(0, _("{count} ticked").format(count=len(self._ticked)))
        self.query_one(TitleBar).say(_("REVIEW"), " · ".join(parts))

    # showing

    def placed(self) -> Placed | None:
        return self.here

    def entry_here(self) -> Entry | None:
        return self.here.entry if self.here is not None else None

    def key_of(self, row: Item) -> object:
        return row.entry.id

    def row_of(self, number: int) -> Content:
        item = self.rows[number]
        tick = "☑" if item.entry.id in self._ticked else _SIGNS[item.verdict]
        place = f"{item.document.number}:{item.line}" if self._everywhere else str(item.line)
        because = ", ".join(_(CONCERN_WORDS[concern]) for concern in item.concerns[:2])
        who = self.who(item.person)
        cells = max(30, self.size.width - 16 - len(who) - max(_WHY, self.size.width // 4))
        return Content.assemble(
            (f" {tick} ", _STYLES[item.verdict]), (f"{place:>7}  ", "$foreground-muted"),
            in_row(item, cells), (f"  {who}", "$text-primary"), ("  " + because, "italic $text-warning"),
        )  # fmt: skip

    def told(self) -> list[Content]:
        item = self.here
        if item is None:
            return []
        where = _("line {number}").format(number=item.line)
        lines = [headed(item.document.title, where, self.size.width), in_context(item), made(item)]
        lines += [*reason(item), *why(item)]
        if item.concerns:
            because = ", ".join(_(CONCERN_WORDS[concern]) for concern in item.concerns)
            lines.append(Content(because).stylize("italic $text-warning"))
        return lines + told_reviews(item.said)

    # what is meant

    def action_goto(self) -> None:
        if self.here is not None:
            self.dismiss(self.here)

    def action_tick(self) -> None:
        if (item := self.here) is not None:
            self._ticked ^= {item.entry.id}
            self._repaint()
            self.query_one(RowList).action_move(1)

    def action_tick_alike(self, what: str) -> None:
        """Tick all that is the same change, or came with the same batch, from the same person or suggester."""
        if (item := self.here) is None:
            return
        like = _OF[what]
        if like(item) is None:
            self.workbench.tell(_("This was made by itself, in no batch"))
            return
        self._ticked |= {one.entry.id for one in self.rows if like(one) == like(item)}
        self._repaint()

    def action_tick_all(self) -> None:
        self._ticked = {item.entry.id for item in self.rows}
        self._repaint()

    def action_tick_none(self) -> None:
        self._ticked.clear()
        self._repaint()

    def _repaint(self) -> None:
        self.query_one(RowList).repaint()
        self._title()

    @work(exclusive=True, group="ask")
    async def action_only(self) -> None:
        facets: list[tuple[str, str]] = [("why", _("a reason to look")), *((f, _(FACETS[f])) for f in self.facets)]
        if self._only or self.selection:
            facets.append(("", _("everything again")))
        chosen = await self.app.push_screen_wait(Choose(_("Only decisions with …"), facets))
        if chosen == "why":
            await self._only_because()
        elif chosen == "":
            self._only = ""
            self.action_all()
        elif (facet := next((f for f in self.facets if f == chosen), None)) is not None:
            await self.narrow_by(facet)

    async def _only_because(self) -> None:
        options = [("", _("all that waits")), *((concern, _(CONCERN_WORDS[concern])) for concern in CONCERNS)]
        chosen = await self.app.push_screen_wait(Choose(_("What shall be looked at?"), options, at=self._only))
        if chosen is not None:
            self._only = chosen
            self.listed()

    def action_approved(self) -> None:
        self._approved_too = not self._approved_too
        self.listed()

    def action_scope(self) -> None:
        if self._document is not None:
            self._everywhere = not self._everywhere
            self.listed()

    # saying what one thinks

    @work(exclusive=True, group="ask")
    async def action_approve(self) -> None:
        person, meant = await self._meant(_("Approve"))
        if person is not None:
            said = with_keys(
                ngettext(
                    "{count} approved; [review.undo] takes it back",
                    "{count} approved; [review.undo] takes it back",
                    len(meant),
                )
            )
            await self._do(lambda edition: review.approve(edition, _ids(meant), person), said.format(count=len(meant)))

    @work(exclusive=True, group="ask")
    async def action_dispute(self) -> None:
        person, meant = await self._meant(_("Dispute"))
        reason = await self.app.push_screen_wait(Ask(_("What is doubtful? Who decided reads it."))) if person else None
        if person is not None and reason:
            said = _("disputed: it goes back to who decided")
            await self._do(lambda edition: review.dispute(edition, _ids(meant), reason, person), said)

    @work(exclusive=True, group="ask")
    async def action_comment(self) -> None:
        person, meant = await self._meant(_("Comment on"))
        body = await self.app.push_screen_wait(Ask(_("What is there to say?"))) if person else None
        if person is not None and body:
            await self._do(lambda edition: review.comment(edition, _ids(meant), body, person))

    @work(exclusive=True, group="ask")
    async def action_revert(self) -> None:
        """Take back; what another person decided not without a reason."""
        person, meant = await self._meant(_("Take back"))
        if person is None:
            return
        own = self.workbench.own_ids()
        words = await ask_reason(self.workbench, "earlier") if any(item.author not in own for item in meant) else ""
        if words is not None:
            await self._do(
                lambda edition: deciding.revert_all(edition, _ids(meant), person, reason=words),
                keyed("taken back; [review.undo] brings it back"),
            )

    @work(exclusive=True, group="ask")
    async def action_amend(self) -> None:
        """Decide otherwise, in one's own name; left as it is, it is approved."""
        item = self.here
        if item is None or item.entry.decision.layer not in ("text", "line"):
            self.workbench.tell(_("Enter goes to the desk, where this is changed"))
            return
        person = await self.workbench.ask_person()
        if person is None:
            return
        now = item.quote if item.value is None else item.value
        typed = await self.app.push_screen_wait(Ask(_("What should stand there?"), value=now, may_be_empty=True))
        if typed == now:
            await self._do(lambda edition: review.approve(edition, [item.entry.id], person))
            return
        words = await ask_reason(self.workbench, "earlier") if typed is not None else None
        if typed is None or words is None:
            return
        said = _("amended and approved")
        if not settings.alone(self.workbench.edition):
            said = _("amended; who decided first, or another person, approves it")
        await self._do(
            lambda edition: review.amend(edition, item.entry, typed, words, person, ground=ground_of(words)), said
        )  # fmt: skip

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        person = await self.workbench.ask_person()
        if person is not None:
            await self._do(lambda edition: _undone(edition, person), _("taken back"), back=True)

    async def _meant(self, act: str) -> tuple[Person | None, list[Item]]:
        """Who acts, and on what: the ticked entries after a look at them, or the one under the cursor."""
        here, meant = self.here, [one for one in self.rows if one.entry.id in self._ticked]
        person = await self.workbench.ask_person() if here is not None else None
        if person is None or here is None:
            return None, []
        if not meant:
            return person, [here]
        samples = [*_among(meant), *(flat(_sample(one)) for one in meant[:_SAMPLES])]
        if len(meant) > _SAMPLES:
            samples.append(_("… and {count} more").format(count=len(meant) - _SAMPLES))
        title = ngettext("{act}: {count} decision", "{act}: {count} decisions", len(meant))
        act_said = keyed("as one entry, which [review.undo] takes back")
        if await self.app.push_screen_wait(
            Preview(title.format(act=act, count=len(meant)), samples, act=act_said)
        ):  # fmt: skip
            return person, meant
        return None, []

    async def _do(self, act: Callable[[Edition], Entry | None], said: str = "", *, back: bool = False) -> None:
        """Record it; what it was about leaves the list, the next one takes its place.

        What is refused is looked at anew: others may have decided there meanwhile.
        """
        try:
            done = act(self.workbench.edition)
        except WorkbenchError as error:
            self.workbench.complain(error)
            await self._renew(None)
            return
        self._ticked.clear()
        if done is None:
            self.workbench.tell(_("There is nothing of yours to take back"))
        elif said:
            self.workbench.tell(said)
        await self._renew(done, back=back)


def _ids(items: Iterable[Item]) -> list[str]:
    return [item.entry.id for item in items]


_OF: dict[str, Callable[[Item], object]] = {
    "series": lambda item: (item.quote, item.value, item.entry.decision.act),
    "batch": lambda item: item.entry.batch,
    "person": lambda item: item.author,
    "suggester": lambda item: (item.entry.decision.suggestion or {}).get("suggester"),
}


def _undone(edition: Edition, person: Person) -> Entry | None:
    undone = deciding.undo(edition, person)
    return undone[0] if undone is not None else None


def _among(meant: Collection[Item]) -> Iterator[str]:
    """How many of what is meant want a look, and why: whoever decides about many reads few of them."""
    why = Counter[str](concern for item in meant for concern in item.concerns)
    if why:
        counts = (f"{_(CONCERN_WORDS[concern])} {why[concern]}" for concern in CONCERNS if concern in why)
        yield _("among them: {concerns}").format(concerns=" · ".join(counts))
        yield ""


def _sample(item: Item) -> str:
    new = "" if item.value is None else f" → {item.value or '∅'}"
    place = f"{item.document.number}:{item.line}"
    return f"{place:>8}  {item.before[-20:]}[{item.quote}]{item.after[:20]}{new}  {item.person}"
