"""What came back: one's own decisions as others changed them, with the reason, and the image of the line beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import library
from workbench.services.differing import changes
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.placed import Placed
from workbench.services.returned import Returned, returned
from workbench.tui.bars import TitleBar
from workbench.tui.commands import EVERYWHERE, RETURNED, bindings
from workbench.tui.entry_screen import EntryScreen, flat, headed, in_context, in_row, made, reason
from workbench.tui.row_list import RowList


class ReturnedScreen(EntryScreen):
    """Answers with the Returned whose place to go to; None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(RETURNED)
    commands = (*RETURNED, *EVERYWHERE)
    table = RETURNED

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._found: list[Returned] = []

    def on_mount(self) -> None:
        person = self._person

        def make(edition: Edition, told: Callable[[str], None]) -> list[Returned]:
            told(_("looking …"))
            return list(returned(edition, person))

        self.prepare(make, self._have, self.say)

    def _have(self, found: list[Returned]) -> None:
        self._found = found
        self.show_count(len(found), _("Nothing came back: nobody changed what you decided, or said anything of it."))
        count = ngettext("{count} decision", "{count} decisions", len(found)).format(count=len(found))
        self.query_one(TitleBar).say(_("WHAT CAME BACK"), count)

    @property
    def _here(self) -> Returned | None:
        return self._found[self.query_one(RowList).cursor] if self._found else None

    def row_of(self, number: int) -> Content:
        one = self._found[number]
        sign = _SIGNS.get(one.last.entry.decision.act, "≠")
        return Content.assemble(
            (f" {one.line or '':>6}  ", "$foreground-muted"), in_row(one, self.size.width),
            (f"  {visible(one.last.person)[:16]:16}", "$text-primary"), f"  {sign}",
        )  # fmt: skip

    def told(self) -> tuple[Placed, list[Content]] | None:
        one = self._here
        if one is None:
            return None
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
            lines += [made(other), *reason(other), *([Content(visible(f"“{body}”"))] if body else [])]
        return one, lines

    def action_goto(self) -> None:
        if self._here is not None and self._here.place is not None and self._here.document is not None:
            self.dismiss(self._here)


_SIGNS = {"revert": "↶", "dispute": "✗", "comment": "…"}
