"""Conflicts on the screen: all sides with their reasons; one key takes a side, others combine or ask."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.content import Content

from workbench.core.visible import flat
from workbench.i18n import _, ngettext
from workbench.services import library
from workbench.services.edition import Edition
from workbench.services.looking_back.placed import Placed
from workbench.services.reviewing import conflicts, review
from workbench.services.reviewing.conflicts import Conflict
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.commands import CONFLICTS
from workbench.tui.entry_screen import EntryScreen
from workbench.tui.reasons import ask_reason, ground_of
from workbench.tui.telling import ACT_WORDS, headed, made, reason, told_particulars, told_reviews, why


class ConflictsScreen(EntryScreen[Conflict]):
    """Answers with the Conflict whose place to go to; None when left."""

    table = CONFLICTS
    DEFAULT_CSS = "ConflictsScreen #entry { height: 13; }"

    def on_mount(self) -> None:
        self.listed()

    def listed(self) -> None:
        def make(edition: Edition, told: Callable[[str], None]) -> list[Conflict]:
            told(_("Looking …") + self.stops)
            return conflicts.every(edition)

        self.prepare(make, self._have)

    def _have(self, found: list[Conflict]) -> None:
        nothing = _("No conflicts. They come from merging copies in which a place was decided differently.")
        self.show_rows(found, nothing)
        count = ngettext("{count} conflict", "{count} conflicts", len(found)).format(count=len(found))
        self.query_one(TitleBar).say(_("CONFLICTS"), count)

    def key_of(self, row: Conflict) -> object:
        return frozenset(side.entry.id for side in row.sides)

    def row_of(self, number: int) -> Content:
        conflict = self.rows[number]
        first = _first(conflict)
        listed = library.number(self.workbench.edition, conflict.document) if conflict.document else None
        place = f"{listed or ''}:{first.line or ''}"
        sides = [flat(_value(conflict, n)) or "∅" for n in range(len(conflict.sides))]
        who = " / ".join(self.who(side.person).strip() for side in conflict.sides)
        stands = max((side.quote for side in conflict.sides), key=len)
        return Content.assemble(
            (f" {place:>8}  ", "$foreground-muted"), (flat(stands)[:30], "underline"), "  ",
            (" | ".join(sides), "bold $text-error"), ("  " + who, "$text-primary"),
        )  # fmt: skip

    def placed(self) -> Placed | None:
        return _first(self.here) if self.here is not None else None

    def told(self) -> list[Content]:
        conflict = self.here
        if conflict is None:
            return []
        first = _first(conflict)
        title = library.heading(self.workbench.edition, conflict.document) if conflict.document else ""
        where = "" if first.line is None else _("line {number}").format(number=first.line)
        lines = [headed(title, where, self.size.width)]
        lines.append(Content.assemble(flat(first.before), (flat(first.quote), "bold underline"), flat(first.after)))
        for number, side in enumerate(conflict.sides):
            value = flat(_value(conflict, number)) or "∅"
            lines.append(
                Content.assemble((f"{number + 1}  ", "bold $text-accent"), (value, "bold"), "  ", made(side))
            )  # fmt: skip
            beneath = [*reason(side), *why(side), *told_reviews(conflict.said[number])]
            lines += [Content.assemble("   ", words) for words in beneath]
        return lines

    # what is meant

    def action_goto(self) -> None:
        conflict = self.here
        if conflict is not None and any(side.place for side in conflict.sides):
            self.dismiss(conflict)

    @work(exclusive=True, group="ask")
    async def action_side(self, number: int) -> None:
        conflict = self.here
        if conflict is None or number > len(conflict.sides):
            return
        person = await self.workbench.ask_person()
        words = await self._reason(conflict) if person else None
        if person is not None and words is not None:
            self.do(
                lambda edition: conflicts.settle(
                    edition, conflict, person, side=number - 1, reason=words, ground=ground_of(words)
                )
            )

    async def _reason(self, conflict: Conflict) -> str | None:
        """On what grounds: of what is read, not of who is at work and how far."""
        if all(side.entry.decision.layer == "document" for side in conflict.sides):
            return ""
        return await ask_reason(self.workbench, "earlier")

    @work(exclusive=True, group="ask")
    async def action_combine(self) -> None:
        conflict = self.here
        person = await self.workbench.ask_person() if conflict else None
        if conflict is None or person is None:
            return
        value = await self.app.push_screen_wait(
            Ask(_("What should stand there?"), value=conflict.readings[0] or "", may_be_empty=True)
        )
        words = await ask_reason(self.workbench, "earlier") if value is not None else None
        if value is not None and words is not None:
            self.do(
                lambda edition: conflicts.settle(
                    edition, conflict, person, value=value, reason=words, ground=ground_of(words)
                )
            )

    @work(exclusive=True, group="ask")
    async def action_question(self) -> None:
        """Leave it open, and put a question to those who decided."""
        conflict = self.here
        person = await self.workbench.ask_person() if conflict else None
        words = (
            await self.app.push_screen_wait(Ask(_("What is the question? Those who decided read it.")))
            if person
            else None
        )
        if conflict is not None and person is not None and words:
            ids = [side.entry.id for side in conflict.sides]
            self.do(lambda edition: review.comment(edition, ids, words, person))


def _first(conflict: Conflict) -> Placed:
    """The side that says where it is."""
    return next((side for side in conflict.sides if side.line is not None), conflict.sides[0])


def _value(conflict: Conflict, number: int) -> str:
    """What a side says, in words where it is no text."""
    d, reading = conflict.sides[number].entry.decision, conflict.readings[number]
    if d.act == "revert":
        return _("(taken back)")
    if reading is not None:
        return reading
    return told_particulars(d) or f"({_(ACT_WORDS[d.act])})"
