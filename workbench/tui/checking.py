"""The checking list on screen: what waits for a look at the original, printed, and its answers taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import UnreadableError, UsageError, WorkbenchError
from workbench.core.visible import flat, visible
from workbench.i18n import N_, _, ngettext
from workbench.services import checking, checking_sheet, library
from workbench.services.checking import Answer, Place
from workbench.services.edition import Edition
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.command import bindings
from workbench.tui.commands import CHECKING, EVERYWHERE, keyed
from workbench.tui.preview import Preview
from workbench.tui.row_list import RowList

_FILES = {".html": "html", ".txt": "text", ".csv": "csv"}


class CheckingScreen(AtWork):
    """Answers with the place to go to; None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CHECKING)
    commands = (*CHECKING, *EVERYWHERE)
    DEFAULT_CSS = """
    CheckingScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    CheckingScreen #place { height: 5; padding: 0 1; background: $surface; border-top: solid $panel; }
    """

    def __init__(self, document: str | None) -> None:
        """`document`: None lists the whole edition."""
        super().__init__()
        self._document = document
        self._everywhere = document is None
        self._places: list[Place] = []

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="place")
        yield KeyBar(CHECKING)

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("CHECKING LIST"), "")
        self._list()

    def _list(self) -> None:
        where = None if self._everywhere else self._document

        def make(edition: Edition, told: Callable[[str], None]) -> list[Place]:
            told(_("Looking …") + self.stops)
            return checking.places(edition, library.headings(edition, where))

        self.prepare(make, self._have)

    def _have(self, places: list[Place]) -> None:
        self._places = places
        rows, empty = self.query_one(RowList), self.query_one("#empty", Static)
        rows.display, empty.display = bool(places), not places
        empty.update(Content(keyed("Nothing is to be checked. At the desk, [desk.check] puts a place on this list.")))
        rows.show(len(places), self._row, cursor=rows.cursor)
        if places:
            rows.focus()
        where = _("edition") if self._everywhere else _("document")
        count = ngettext("{count} place", "{count} places", len(places)).format(count=len(places))
        self.query_one(TitleBar).say(_("CHECKING LIST"), f"{count} · {where}")
        self._detail()

    def _row(self, number: int) -> Content:
        p = self._places[number]
        leaf = p.leaf or "–"
        room = max(10, (self.size.width - 40) // 3)
        before = flat(p.before)[-room:].rjust(room)
        return Content.assemble(
            (f" {p.code}  ", "$foreground-muted"), (f"{p.document.number:>3}  {leaf[:9]:>9}  {p.line:>5}  ", ""),
            before, (flat(p.reads) or "∅", "bold underline"), flat(p.after),
        )  # fmt: skip

    def _detail(self) -> None:
        shown = self.query_one("#place", Static)
        if not self._places:
            shown.update("")
            return
        p = self._places[self.query_one(RowList).cursor]
        lines = [
            Content(visible(checking_sheet.reference(p))).stylize("bold"),
            Content(visible(p.document.title))
            .truncate(self.size.width - 2, ellipsis=True)
            .stylize("$foreground-muted"),
            Content.assemble(flat(p.before), (flat(p.reads), "bold underline"), flat(p.after)),
        ]
        shown.update(Content("\n").join([*lines, Content(visible(p.body))] if p.body else lines))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._detail()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_goto()

    def action_goto(self) -> None:
        if self._places:
            self.dismiss(self._places[self.query_one(RowList).cursor])

    def action_scope(self) -> None:
        if self._document is not None:
            self._everywhere = not self._everywhere
            self._list()

    @work(exclusive=True, group="ask")
    async def action_print(self) -> None:
        if not self._places:
            self.workbench.tell(_("There is nothing to print"))
            return
        default = str(self.workbench.edition.folder / "checklist.html")
        typed = await self.app.push_screen_wait(
            Ask(_("Write the list to"), value=default, help=_(".html to print, .txt, .csv to fill in"))
        )
        if not typed:
            return
        path = Path(typed).expanduser().absolute()
        format_ = _FILES.get(path.suffix.lower())
        if format_ is None:
            self.workbench.complain(UsageError(N_("{path}: a list is written as .html, .txt or .csv"), path=path))
            return
        if path.exists() and format_ != "html" and not await self._may_replace(path):
            return
        try:
            path.write_text(checking_sheet.sheet(self._places, format_), "utf-8", newline="")
        except OSError as error:
            self.workbench.complain(UsageError(f"{path}: {error.strerror or error}"))
            return
        self.workbench.tell(_("Written: {path}").format(path=path))

    async def _may_replace(self, path: Path) -> bool:
        """Answers may be in a list that can be filled in: it is not written over unasked."""
        options = [("keep", _("leave it as it is")), ("replace", _("write over it"))]
        title = _("{name} is there already, perhaps filled in").format(name=path.name)
        return await self.app.push_screen_wait(Choose(title, options)) == "replace"

    @work(exclusive=True, group="ask")
    async def action_answers(self) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        typed = await self.app.push_screen_wait(
            Ask(
                _("Take the answers from which file?"),
                help=_("a filled-in .csv or .txt: the words, = for as read, ? for illegible"),
            )
        )
        if not typed:
            return
        try:
            written = Path(typed).expanduser().read_text("utf-8-sig")
            given = checking.answers(self.workbench.edition, written)
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else error
            self.workbench.complain(UnreadableError(f"{typed}: {said}"))
            return
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        good = [answer for answer in given if answer.place is not None]
        title = ngettext("{count} answer", "{count} answers", len(good)).format(count=len(good))
        act = keyed("records them with the page as ground; [checking.undo] takes them back together") if good else ""
        if await self.app.push_screen_wait(Preview(title, [_said(a) for a in given], act=act)):
            try:
                checking.take_in(self.workbench.edition, good, person)
                self.workbench.tell(keyed("recorded; [checking.undo] takes it back"))
            except WorkbenchError as error:
                self.workbench.complain(error)
            self._list()

    @work(exclusive=True, group="ask")
    async def action_off(self) -> None:
        person = await self.workbench.ask_person() if self._places else None
        if person is None:
            return
        try:
            checking.take_off(self.workbench.edition, self._places[self.query_one(RowList).cursor], person)
        except WorkbenchError as error:
            self.workbench.complain(error)
        self._list()

    @work(exclusive=True, group="decide")
    async def action_undo(self) -> None:
        if await self.workbench.take_back():
            self._list()

    def action_leave(self) -> None:
        self.dismiss(None)


def _said(answer: Answer) -> str:
    if answer.place is None:
        return f"{answer.code}  ✗ " + _("no such place on the list")
    return f"{answer.code}  “{flat(answer.place.reads)}” → {answer.typed}"
