"""The board: every document with its state, whose work it is, who is at it now, and how many leaves are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import WorkbenchError
from workbench.core.states import STATE_WORDS, State, moves
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import deciding, library, persons, states
from workbench.services.edition import Edition
from workbench.services.states import Post
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import BOARD, EVERYWHERE, bindings
from workbench.tui.row_list import RowList

_STYLES: dict[State, str] = {
    "raw": "$foreground-muted", "reopened": "$text-error", "transcribing": "", "transcribed": "$text-primary",
    "reviewing": "$text-warning", "approved": "$text-success",
}  # fmt: skip
_BAR = 10


class BoardScreen(AtWork):
    """Answers with the id of the document to open; None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BOARD)
    commands = (*BOARD, *EVERYWHERE)
    DEFAULT_CSS = "BoardScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }"

    def __init__(self, document: str | None = None) -> None:
        """`document`: where the cursor begins."""
        super().__init__()
        self._at = document
        self._mine = False
        self._posts: list[Post] = []
        self._titles: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield KeyBar(BOARD)

    def on_mount(self) -> None:
        self._list()

    def _list(self) -> None:
        mine, is_me = self._mine, self.workbench.is_me

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[list[Post], dict[str, str], dict[str, str]]:
            found, titles = [], {}
            for number, post in enumerate(states.board(edition)):
                if number % 100 == 0:
                    told(_("{count} looked through …").format(count=number))
                now = post.standing
                if not mine or any(i is not None and is_me(i) for i in (now.assigned, now.holder)):
                    found.append(post)
                    titles[post.document] = library.heading(edition, post.document)
            return found, titles, persons.names(edition)

        self.prepare(make, self._have, self._say)

    def _say(self, words: str) -> None:
        self.query_one("#empty", Static).update(Content(words))

    def _have(self, made: tuple[list[Post], dict[str, str], dict[str, str]]) -> None:
        self._posts, self._titles, self._names = made
        rows = self.query_one(RowList)
        rows.display, self.query_one("#empty").display = bool(self._posts), not self._posts
        self._say(_("Nothing is yours here. p shows everybody's, a there makes a document somebody's."))
        at = next((n for n, p in enumerate(self._posts) if p.document == self._at), rows.cursor)
        rows.show(len(self._posts), self._row, cursor=at)
        if self._posts:
            rows.focus()
        left = sum(post.left for post in self._posts)
        count = ngettext("{count} document", "{count} documents", len(self._posts)).format(count=len(self._posts))
        leaves = _("{left} of {leaves} leaves left").format(
            left=f"{left:g}", leaves=sum(post.leaves for post in self._posts)
        )
        self.query_one(TitleBar).say(_("BOARD"), f"{count} · {leaves}")

    def _row(self, number: int) -> Content:
        post = self._posts[number]
        now = post.standing
        full = round(post.done * _BAR)
        who = visible(self._names.get(now.assigned or now.holder or "", "–"))[:18]
        sign = "⚠" if now.contested else "✎" if now.holder else " "
        left = _("{left} of {leaves}").format(left=f"{post.left:g}", leaves=post.leaves)
        return Content.assemble(
            (f"{post.number:>5} {sign} ", "$foreground-muted"), (f"{_(STATE_WORDS[now.state]):18}", _STYLES[now.state]),
            "█" * full + "░" * (_BAR - full), f" {left:>12}  ", (f"{who:18}  ", "$text-primary"),
            visible(self._titles[post.document]),
        )  # fmt: skip

    @property
    def _here(self) -> Post | None:
        return self._posts[self.query_one(RowList).cursor] if self._posts else None

    # what is meant

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        if self._here is not None:
            self.dismiss(self._here.document)

    def action_mine(self) -> None:
        self._mine = not self._mine
        self._list()

    @work(exclusive=True, group="ask")
    async def action_move(self) -> None:
        """Into another state, as far as one's role allows."""
        post = self._here
        person = await self.workbench.ask_person() if post else None
        if post is None or person is None:
            return
        possible = moves(post.standing.state, person.role)
        if not possible:
            self.workbench.tell(
                _("A {role} cannot move it on from here; `workbench persons role` gives another role").format(
                    role=person.role
                )
            )
            return
        options = [(state, _(STATE_WORDS[state])) for state in possible]
        to = await self.app.push_screen_wait(Choose(_("What is it from now on?"), options))
        if to is not None:
            self._do(lambda edition: states.move(edition, post.document, to, person))

    @work(exclusive=True, group="ask")
    async def action_claim(self) -> None:
        post = self._here
        person = await self.workbench.ask_person() if post else None
        if post is not None and person is not None:
            mine = post.standing.holder is not None and self.workbench.is_me(post.standing.holder)
            hours = 0 if mine else states.HOURS
            self._do(lambda edition: states.claim(edition, post.document, person, hours=hours))

    @work(exclusive=True, group="ask")
    async def action_assign(self) -> None:
        post = self._here
        person = await self.workbench.ask_person() if post else None
        if post is None or person is None:
            return
        edition = self.workbench.edition
        options = [("", _("nobody")), *((p.id, p.name) for p in persons.everyone(edition)), ("+", _("a new name …"))]
        chosen = await self.app.push_screen_wait(Choose(_("Whose work is it?"), options, at=post.standing.assigned))
        if chosen == "+":
            chosen = await self.app.push_screen_wait(Ask(_("Whose work is it?")))
            if chosen:
                with edition.writing():
                    persons.ensure(edition, chosen)
        if chosen is not None:
            whose = persons.find(edition, chosen) if chosen else None
            self._do(lambda edition: states.assign(edition, [post.document], whose, person))

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
        self._at = None
        self._list()

    def action_leave(self) -> None:
        self.dismiss(None)
