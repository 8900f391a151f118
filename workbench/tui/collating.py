"""Double keying on the screen: each line that two persons made different things of, settled with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import work
from textual.content import Content

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services.document.differing import Change, changes
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.quality import collating
from workbench.services.quality.collating import Collation, Differing
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.commands import COLLATE
from workbench.tui.list_screen import ListScreen
from workbench.tui.row_list import RowList

_DIFFERS, _SETTLED = "bold $text-warning", "$text-success"
_SAME = 30
"""Code points that are shown of what is the same, on either side of a difference."""


def shortened(found: Sequence[Change]) -> list[Change]:
    """The changes of a line, what is the same between them cut to what stands beside a difference."""
    out = []
    for number, change in enumerate(found):
        text, first, last = change.old, number == 0, number == len(found) - 1
        if change.same and len(text) > 2 * _SAME + 3:
            text = ("" if first else text[:_SAME]) + " … " + ("" if last else text[-_SAME:])
        out.append(Change(old=text, new=text) if change.same else change)
    return out


class CollateScreen(ListScreen[Differing]):
    """Answers with the place to go to, as (text, offset); None when left."""

    table = COLLATE
    detail = "both"
    DEFAULT_CSS = "CollateScreen #both { height: 8; }"

    def __init__(self, document: str, first: Person, second: Person) -> None:
        super().__init__()
        self._document, self._two = document, (first, second)

    def on_mount(self) -> None:
        self.listed()

    def listed(self) -> None:
        document, (first, second) = self._document, self._two

        def make(edition: Edition, told: Callable[[str], None]) -> Collation:
            told(_("comparing …"))
            return collating.collate(edition, document, first.id, second.id)

        self.prepare(make, self._have)

    def _have(self, found: Collation) -> None:
        self.show_rows(list(found.lines), _("The two made the same of it."))
        count = ngettext("{count} line differs", "{count} lines differ", len(self.rows))
        settled = _("{count} settled").format(count=sum(line.settled for line in self.rows))
        rate = f"CER {found.rate.value:.3%} · {count.format(count=len(self.rows))} · {settled}"
        self.query_one(TitleBar).say(_("COLLATION") + "  " + " / ".join(p.name for p in self._two), rate)

    def key_of(self, row: Differing) -> object:
        return row.one.key

    def row_of(self, number: int) -> Content:
        line = self.rows[number]
        sign = "✓" if line.settled else " "
        parts: list[tuple[str, str]] = [(f"{line.one.number or '+':>6} ", "$foreground-muted"), (f"{sign} ", _SETTLED)]
        for change in shortened(changes(line.one.reading, line.other.reading)):
            if change.same:
                parts.append((visible(change.old), ""))
            else:
                parts += [("‹", ""), (visible(change.old), _DIFFERS), (" | ", "")]
                parts += [(visible(change.new), _DIFFERS), ("›", "")]
        return Content.assemble(*(part for part in parts if part[0]))

    def told(self) -> list[Content]:
        line = self.here
        if line is None:
            return []
        one, other = (visible(person.name) for person in self._two)
        first: list[tuple[str, str]] = [("1  ", "bold $text-accent"), (f"{one}: ", "$text-primary")]
        second: list[tuple[str, str]] = [("2  ", "bold $text-accent"), (f"{other}: ", "$text-primary")]
        for change in shortened(changes(line.one.reading, line.other.reading, "character")):
            first.append((visible(change.old), "" if change.same else _DIFFERS))
            second.append((visible(change.new), "" if change.same else _DIFFERS))
        now: list[tuple[str, str]] = [(_("now") + "  ", "$foreground-muted")]
        if line.now in (line.one.reading, line.other.reading):
            now.append((_("as {number}").format(number=1 if line.now == line.one.reading else 2), ""))
        else:
            for change in shortened(changes(line.one.reading, line.now, "character")):
                now.append((visible(change.new), "" if change.same else "bold"))
        return [Content.assemble(*(p for p in parts if p[0])) for parts in (first, second, now)]

    # what is meant

    def action_goto(self) -> None:
        if self.here is not None:
            self.dismiss((self.here.one.text, self.here.one.start))

    @work(exclusive=True, group="ask")
    async def action_side(self, number: int) -> None:
        if (line := self.here) is not None:
            await self._settle(line, (line.one, line.other)[number - 1].reading)

    @work(exclusive=True, group="ask")
    async def action_type(self) -> None:
        line = self.here
        if line is None:
            return
        typed = await self.app.push_screen_wait(
            Ask(_("What should stand there?"), value=line.one.reading, may_be_empty=True)
        )  # fmt: skip
        if typed is not None:
            await self._settle(line, typed)

    async def _settle(self, line: Differing, value: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        if any(self.workbench.is_me(one.id) for one in self._two):
            # or what each of the two made alone would no longer be that
            self.workbench.tell(_("A third person settles this: your own pass is one of the two"))
            return
        try:
            collating.settle(self.workbench.edition, self._document, line, value, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self.query_one(RowList).action_move(1)
        self.listed()
