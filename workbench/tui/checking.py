"""The checking list on screen: what waits for a look at the original, printed, and its answers taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import work
from textual.content import Content

from workbench.core.errors import UnreadableError, UsageError, WorkbenchError
from workbench.core.visible import flat, visible
from workbench.i18n import N_, _, ngettext, quoted
from workbench.services import checking, checking_sheet, library
from workbench.services.checking import Answer, Place
from workbench.services.edition import Edition
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import CHECKING, keyed
from workbench.tui.list_screen import ListScreen
from workbench.tui.preview import Preview

_FILES = {".html": "html", ".txt": "text", ".csv": "csv"}


class CheckingScreen(ListScreen[Place]):
    """Answers with the place to go to; None when left."""

    table = CHECKING
    detail = "place"
    DEFAULT_CSS = "CheckingScreen #place { height: 5; }"

    def __init__(self, document: str | None) -> None:
        """`document`: None lists the whole edition."""
        super().__init__()
        self._document = document
        self._everywhere = document is None

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("CHECKING LIST"), "")
        self.listed()

    def listed(self) -> None:
        where = None if self._everywhere else self._document

        def make(edition: Edition, told: Callable[[str], None]) -> list[Place]:
            told(_("Looking …") + self.stops)
            return checking.places(edition, library.headings(edition, where))

        self.prepare(make, self._have)

    def _have(self, places: list[Place]) -> None:
        nothing = keyed("Nothing is to be checked. At the desk, [desk.check] puts a place on this list.")
        self.show_rows(places, nothing)
        where = _("edition") if self._everywhere else _("document")
        count = ngettext("{count} place", "{count} places", len(places)).format(count=len(places))
        self.query_one(TitleBar).say(_("CHECKING LIST"), f"{count} · {where}")

    def key_of(self, row: Place) -> object:
        return row.entry

    def row_of(self, number: int) -> Content:
        p = self.rows[number]
        leaf = p.leaf or "–"
        room = max(10, (self.size.width - 40) // 3)
        before = flat(p.before)[-room:].rjust(room)
        return Content.assemble(
            (f" {p.code}  ", "$foreground-muted"), (f"{p.document.number:>3}  {leaf[:9]:>9}  {p.line:>5}  ", ""),
            before, (flat(p.reads) or "∅", "bold underline"), flat(p.after),
        )  # fmt: skip

    def told(self) -> list[Content]:
        p = self.here
        if p is None:
            return [Content()]
        lines = [
            Content(visible(checking_sheet.reference(p))).stylize("bold"),
            Content(visible(p.document.title))
            .truncate(self.size.width - 2, ellipsis=True)
            .stylize("$foreground-muted"),
            Content.assemble(flat(p.before), (flat(p.reads), "bold underline"), flat(p.after)),
        ]
        return [*lines, Content(visible(p.body))] if p.body else lines

    def action_goto(self) -> None:
        if self.here is not None:
            self.dismiss(self.here)

    def action_scope(self) -> None:
        if self._document is not None:
            self._everywhere = not self._everywhere
            self.listed()

    @work(exclusive=True, group="ask")
    async def action_print(self) -> None:
        if not self.rows:
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
            path.write_text(checking_sheet.sheet(self.rows, format_), "utf-8", newline="")
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
                help=_("a filled-in .csv or .txt: the words, = as read, ? illegible, [] nothing there"),
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
            self.listed()

    @work(exclusive=True, group="ask")
    async def action_off(self) -> None:
        place = self.here
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        try:
            checking.take_off(self.workbench.edition, place, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
        self.listed()


def _said(answer: Answer) -> str:
    if answer.place is None:
        return f"{answer.code}  ✗ " + _("no such place on the list")
    return f"{answer.code}  {quoted(flat(answer.place.reads))} → {answer.typed}"
