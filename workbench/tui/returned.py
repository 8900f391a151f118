"""What came back: one's own decisions as others changed them, with the reason, and the image of the line beside it."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.content import Content

from workbench.core.visible import flat, visible
from workbench.i18n import _, ngettext, quoted
from workbench.services import library, persons, verdicts
from workbench.services.document.differing import changes
from workbench.services.edition import Edition
from workbench.services.looking_back.placed import Placed
from workbench.services.persons import Person
from workbench.services.reviewing import came_back, review
from workbench.services.reviewing.returned import Returned, returned
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.commands import RETURNED, keyed
from workbench.tui.entry_screen import EntryScreen
from workbench.tui.telling import ACT_WORDS, headed, in_context, in_row, made, reason, told_reviews

_ACT = 20
"""Columns of what was done last."""


class ReturnedScreen(EntryScreen[Returned]):
    """Answers with the Returned whose place to go to; None when left."""

    table = RETURNED

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._seen = 0
        self._names: dict[str, str] = {}

    def on_mount(self) -> None:
        edition = self.workbench.edition
        self._seen = came_back.seen(edition, self.workbench.own_ids())
        came_back.see(edition, self._person.id)
        self.listed()

    def listed(self) -> None:
        person = self._person

        def make(edition: Edition, told: Callable[[str], None]) -> list[Returned]:
            told(_("Looking …") + self.stops)
            return list(returned(edition, person))

        self.prepare(make, self._have)

    def _have(self, found: list[Returned]) -> None:
        self._names = persons.names(self.workbench.edition)
        nothing = _("Nothing came back: nobody changed what you decided, or said anything of it.")
        self.show_rows(found, nothing)
        count = ngettext("{count} decision", "{count} decisions", len(found)).format(count=len(found))
        new = sum(one.number > self._seen for one in found)
        fresh = [ngettext("{count} new", "{count} new", new).format(count=new)] if new else []
        self.query_one(TitleBar).say(_("WHAT CAME BACK"), " · ".join([*fresh, count]))

    def key_of(self, row: Returned) -> object:
        return row.entry.id

    def row_of(self, number: int) -> Content:
        one = self.rows[number]
        new = "●" if one.number > self._seen else " "
        listed = library.number(self.workbench.edition, one.document) if one.document else None
        place = f"{listed or ''}:{one.line or ''}"
        who = self.who(one.last.person)
        cells = max(30, self.size.width - 14 - len(who) - _ACT)
        return Content.assemble(
            (f" {new} ", "$text-warning"), (f"{place:>7}  ", "$foreground-muted"), in_row(one, cells),
            (f"  {who}", "$text-primary"), f"  {_(ACT_WORDS[one.last.entry.decision.act])}",
        )  # fmt: skip

    def placed(self) -> Placed | None:
        return self.here

    def told(self) -> list[Content]:
        one = self.here
        if one is None:
            return []
        title = library.heading(self.workbench.edition, one.document) if one.document else ""
        lines = [headed(title, _("line {number}").format(number=one.line), self.size.width), in_context(one)]
        if one.now is not None:
            yours, now = one.value if one.value is not None else one.quote, one.now
            parts: list[tuple[str, str]] = [(_("now") + "  ", "$foreground-muted")]
            for change in changes(yours, now, "character"):
                if change.same:
                    parts.append((flat(change.old), ""))
                else:
                    parts += [(flat(change.old), "strike $text-error"), (flat(change.new), "bold $text-success")]
            lines.append(Content.assemble(*parts))
        for other in one.by:
            body = other.entry.decision.data.get("body")
            lines += [made(other), *reason(other), *([Content(visible(quoted(body)))] if body else [])]
            if other.entry.decision.layer != "review":
                lines += told_reviews(verdicts.said_of(self.workbench.edition, other.entry, self._names))
        return lines

    # what is meant

    def action_goto(self) -> None:
        if self.here is not None and self.here.place is not None and self.here.document is not None:
            self.dismiss(self.here)

    def action_agree(self) -> None:
        """Approve what another person put there, which needs somebody else's approval."""
        change = self.here.change if self.here is not None else None
        if change is None or change.entry.decision.act == "revert":
            self.workbench.tell(
                keyed(
                    "Nothing stands there that could be approved: [returned.answer] answers, [returned.goto] goes there"
                )
            )
            return
        self.do(lambda edition: review.approve(edition, [change.entry.id], self._person), _("approved"))

    @work(exclusive=True, group="ask")
    async def action_answer(self) -> None:
        one = self.here
        body = await self.app.push_screen_wait(Ask(_("What is there to say?"))) if one is not None else None
        if one is not None and body:
            ids = {one.entry.id, *([one.change.entry.id] if one.change is not None else [])}
            self.do(lambda edition: review.comment(edition, ids, body, self._person), _("said"))
