"""Double keying on the screen: each line that two persons made different things of, settled with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import deciding
from workbench.services.document.differing import Change, changes
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.quality import collating
from workbench.services.quality.collating import Collation, Differing
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.command import bindings
from workbench.tui.commands import COLLATE, EVERYWHERE
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


class CollateScreen(AtWork):
    """Answers with the place to go to, as (text, offset); None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COLLATE)
    commands = (*COLLATE, *EVERYWHERE)
    DEFAULT_CSS = """
    CollateScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    CollateScreen #both { height: 8; padding: 0 1; background: $surface; border-top: solid $panel; }
    """

    def __init__(self, document: str, first: Person, second: Person) -> None:
        super().__init__()
        self._document, self._two = document, (first, second)
        self._lines: tuple[Differing, ...] = ()

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="both")
        yield KeyBar(COLLATE)

    def on_mount(self) -> None:
        self._list()

    def _list(self) -> None:
        document, (first, second) = self._document, self._two

        def make(edition: Edition, told: Callable[[str], None]) -> Collation:
            told(_("comparing …"))
            return collating.collate(edition, document, first.id, second.id)

        self.prepare(make, self._have)

    def _have(self, found: Collation) -> None:
        self._lines = found.lines
        rows = self.query_one(RowList)
        rows.display, self.query_one("#empty").display = bool(self._lines), not self._lines
        self.query_one("#empty", Static).update(Content(_("The two made the same of it.")))
        rows.show(len(self._lines), self._row, cursor=rows.cursor)
        if self._lines:
            rows.focus()
        count = ngettext("{count} line differs", "{count} lines differ", len(self._lines))
        settled = _("{count} settled").format(count=sum(line.settled for line in self._lines))
        rate = f"CER {found.rate.value:.3%} · {count.format(count=len(self._lines))} · {settled}"
        self.query_one(TitleBar).say(_("COLLATION") + "  " + " / ".join(p.name for p in self._two), rate)
        self._detail()

    @property
    def _here(self) -> Differing | None:
        return self._lines[self.query_one(RowList).cursor] if self._lines else None

    def _row(self, number: int) -> Content:
        line = self._lines[number]
        sign = "✓" if line.settled else " "
        parts: list[tuple[str, str]] = [(f"{line.one.number or '+':>6} ", "$foreground-muted"), (f"{sign} ", _SETTLED)]
        for change in shortened(changes(line.one.reading, line.other.reading)):
            if change.same:
                parts.append((visible(change.old), ""))
            else:
                parts += [("‹", ""), (visible(change.old), _DIFFERS), (" | ", "")]
                parts += [(visible(change.new), _DIFFERS), ("›", "")]
        return Content.assemble(*(part for part in parts if part[0]))

    def _detail(self) -> None:
        shown, line = self.query_one("#both", Static), self._here
        shown.display = line is not None
        if line is None:
            return
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
        told = (Content.assemble(*(p for p in parts if p[0])) for parts in (first, second, now))
        shown.update(Content("\n").join(told))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._detail()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_goto()

    # what is meant

    def action_goto(self) -> None:
        if self._here is not None:
            self.dismiss((self._here.one.text, self._here.one.start))

    @work(exclusive=True, group="ask")
    async def action_side(self, number: int) -> None:
        if (line := self._here) is not None:
            await self._settle(line, (line.one, line.other)[number - 1].reading)

    @work(exclusive=True, group="ask")
    async def action_type(self) -> None:
        line = self._here
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
        self._list()

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        person = await self.workbench.ask_person()
        if person is not None and deciding.undo(self.workbench.edition, person) is None:
            self.workbench.tell(_("There is nothing of yours to take back"))
        self._list()

    def action_leave(self) -> None:
        self.dismiss(None)
