"""Conflicts on the screen: all sides with their reasons; one key takes a side, others combine or ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import conflicts, deciding, library, review
from workbench.services.conflicts import Conflict
from workbench.services.edition import Edition
from workbench.services.placed import Placed
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.commands import CONFLICTS, EVERYWHERE, bindings
from workbench.tui.entry_screen import EntryScreen, flat, headed, made, reason
from workbench.tui.reasons import ask_reason
from workbench.tui.row_list import RowList


class ConflictsScreen(EntryScreen):
    """Answers with the Conflict whose place to go to; None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CONFLICTS)
    commands = (*CONFLICTS, *EVERYWHERE)
    table = CONFLICTS
    DEFAULT_CSS = "ConflictsScreen #entry { height: 13; }"

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Conflict] = []

    def on_mount(self) -> None:
        self._list()

    def _list(self) -> None:
        def make(edition: Edition, told: Callable[[str], None]) -> list[Conflict]:
            told(_("looking …"))
            return conflicts.every(edition)

        self.prepare(make, self._have, self.say)

    def _have(self, found: list[Conflict]) -> None:
        self._found = found
        nothing = _("No conflicts. They come from merging copies in which a place was decided differently.")
        self.show_count(len(found), nothing, self.query_one(RowList).cursor)
        count = ngettext("{count} conflict", "{count} conflicts", len(found)).format(count=len(found))
        self.query_one(TitleBar).say(_("CONFLICTS"), count)

    @property
    def _here(self) -> Conflict | None:
        return self._found[self.query_one(RowList).cursor] if self._found else None

    def row_of(self, number: int) -> Content:
        conflict = self._found[number]
        first = next((s for s in conflict.sides if s.line is not None), conflict.sides[0])
        listed = library.number(self.workbench.edition, conflict.document) if conflict.document else None
        place = f"{listed or ''}:{first.line or ''}"
        sides = [flat(_value(side)) or "∅" for side in conflict.sides]
        who = " / ".join(visible(side.person) for side in conflict.sides)
        return Content.assemble(
            (f" {place:>8}  ", "$foreground-muted"), (flat(first.quote)[:30], "underline"), "  ",
            (" | ".join(sides), "bold $text-error"), ("  " + who, "$text-primary"),
        )  # fmt: skip

    def told(self) -> tuple[Placed, list[Content]] | None:
        conflict = self._here
        if conflict is None:
            return None
        first = next((s for s in conflict.sides if s.line is not None), conflict.sides[0])
        title = library.heading(self.workbench.edition, conflict.document) if conflict.document else ""
        where = "" if first.line is None else _("line {number}").format(number=first.line)
        lines = [headed(title, where, self.size.width)]
        lines.append(Content.assemble(flat(first.before), (flat(first.quote), "bold underline"), flat(first.after)))
        for number, side in enumerate(conflict.sides, 1):
            lines.append(
                Content.assemble(
                    (f"{number}  ", "bold $text-accent"), (flat(_value(side)) or "∅", "bold"), "  ", made(side)
                )
            )
            lines += [Content.assemble("   ", words) for words in reason(side)]
            proposed = side.entry.decision.suggestion
            if proposed is not None and proposed.get("evidence"):
                codes = ", ".join(str(e.get("code", "")) for e in proposed["evidence"])
                lines.append(Content.assemble("   ", (visible(codes), "$foreground-muted")))
        return first, lines

    # what is meant

    def action_goto(self) -> None:
        conflict = self._here
        if conflict is not None and any(side.place for side in conflict.sides):
            self.dismiss(conflict)

    @work(exclusive=True, group="ask")
    async def action_side(self, number: int) -> None:
        conflict = self._here
        if conflict is None or number > len(conflict.sides):
            return
        person = await self.workbench.ask_person()
        why = await ask_reason(self.workbench, "earlier") if person else None
        if person is not None and why is not None:
            self._do(lambda edition: conflicts.settle(edition, conflict, person, side=number - 1, reason=why))

    @work(exclusive=True, group="ask")
    async def action_combine(self) -> None:
        conflict = self._here
        person = await self.workbench.ask_person() if conflict else None
        if conflict is None or person is None:
            return
        value = await self.app.push_screen_wait(
            Ask(_("What should stand there?"), value=_value(conflict.sides[0]), may_be_empty=True)
        )
        why = await ask_reason(self.workbench, "earlier") if value is not None else None
        if value is not None and why is not None:
            self._do(lambda edition: conflicts.settle(edition, conflict, person, value=value, reason=why))

    @work(exclusive=True, group="ask")
    async def action_question(self) -> None:
        """Leave it open, and put a question to those who decided."""
        conflict = self._here
        person = await self.workbench.ask_person() if conflict else None
        words = (
            await self.app.push_screen_wait(Ask(_("What is the question? Those who decided read it.")))
            if person
            else None
        )
        if conflict is not None and person is not None and words:
            ids = [side.entry.id for side in conflict.sides]
            self._do(lambda edition: review.comment(edition, ids, words, person))

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        person = await self.workbench.ask_person()
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


def _value(side: Placed) -> str:
    """What a side says, in words where it is no text."""
    d = side.entry.decision
    if d.act == "revert":
        return _("(taken back)")
    if d.layer == "document":
        return str(d.data.get("state") or d.data.get("until", ""))
    if side.value is not None:
        return side.value
    return side.quote if d.act == "keep" else f"({d.act})"
