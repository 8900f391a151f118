"""The board: every document with its state, whose work it is, who is at it now, and how many leaves are left."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import WorkbenchError
from workbench.core.states import STATE_WORDS, State, moves
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import library, persons
from workbench.services.edition import Edition
from workbench.services.reviewing import board, moving, review
from workbench.services.reviewing.board import Post
from workbench.store import entries
from workbench.tui.asking import Ask
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import BOARD, keyed
from workbench.tui.list_screen import ListScreen
from workbench.tui.row_list import RowList

_STYLES: dict[State, str] = {
    "raw": "$foreground-muted", "reopened": "$text-error", "transcribing": "", "transcribed": "$text-primary",
    "reviewing": "$text-warning", "approved": "$text-success",
}  # fmt: skip
_STATE = 17
"""Columns of a state."""


class BoardScreen(ListScreen[Post]):
    """Answers with the id of the document to open; None when left."""

    table = BOARD
    DEFAULT_CSS = """
    BoardScreen #head { height: 1; color: $foreground-muted; text-wrap: nowrap; }
    BoardScreen #left { height: auto; max-height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, document: str | None = None) -> None:
        """`document`: where the cursor begins."""
        super().__init__()
        self._at = document
        self._mine = False
        self._whole = False
        """Is the list there as it is to be, none on its way?"""
        self._seen = 0
        """The number of the last entry that it was made with."""
        self._titles: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._sigla: dict[str, str] = {}
        """By name."""

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Static(id="head")
        yield RowList()
        yield Static(id="empty")
        yield Static(id="left")
        yield KeyBar(self.table)

    def on_mount(self) -> None:
        self.listed()

    def listed(self) -> None:
        self._whole = False
        mine, own = self._mine, self.workbench.own_ids()

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[int, list[Post], dict[str, str]]:
            seen, found, titles = entries.last_seq(edition.db), [], {}
            count = len(library.ids(edition))
            for number, post in enumerate(board.posts(edition)):
                if number % 100 == 0:
                    told(_("Looking … {share:.0%}").format(share=number / count) + self.stops)
                now = post.standing
                if not mine or own & {now.assigned, now.holder}:
                    found.append(post)
                    titles[post.document] = library.heading(edition, post.document)
            return seen, found, titles

        self.prepare(make, self._have)

    def _have(self, made: tuple[int, list[Post], dict[str, str]]) -> None:
        self._seen, posts, self._titles = made
        self._whole = True
        self._show(posts)

    def _renew(self) -> None:
        """Look at those documents anew that anybody acted upon: at all would take seconds in a large edition."""
        edition, since = self.workbench.edition, self._seen
        self._seen = entries.last_seq(edition.db)
        touched = board.touched(edition, since) if self._whole and not self._mine else None
        if touched is None:
            self.listed()
            return
        self._titles |= {document: library.heading(edition, document) for document in touched}
        self._show([board.post(edition, p.document) if p.document in touched else p for p in self.rows])

    def _show(self, posts: list[Post]) -> None:
        self._names = persons.names(self.workbench.edition)
        self._sigla = {p.name: p.siglum for p in persons.everyone(self.workbench.edition)}
        nothing = keyed(
            "Nothing is yours here. [board.mine] shows everybody's, [board.assign] there makes a document somebody's."
        )
        first = None if self.rows else next((n for n, p in enumerate(posts) if p.document == self._at), None)
        self.show_rows(posts, nothing, first)
        left = sum(post.left for post in posts)
        count = ngettext("{count} document", "{count} documents", len(posts)).format(count=len(posts))
        leaves = _("{left} of {leaves} leaves left").format(left=f"{left:g}", leaves=sum(post.leaves for post in posts))
        self.query_one(TitleBar).say(_("BOARD"), f"{count} · {leaves}")
        self._tell_left()
        self._head()

    def on_resize(self) -> None:
        self._head()

    def _head(self) -> None:
        """What the columns are."""
        bar, who = self._widths
        parts = [" " * 7, _("state").ljust(_STATE + bar), " ", _("to do").rjust(9), "  ", _("whose").ljust(who), "  "]
        self.query_one("#head", Static).update(Content("".join(parts) + _("document")))

    def _tell_left(self) -> None:
        """How many leaves are left with whom."""
        left: dict[str, float] = {}
        for post in self.rows:
            whose = self._names.get(post.standing.assigned or post.standing.holder or "", "")
            left[whose] = left.get(whose, 0) + post.left
        parts = [(visible(name) or _("nobody")) + f" {count:g}" for name, count in sorted(left.items()) if count]
        self.query_one("#left", Static).update(Content(_("leaves left: {left}").format(left=" · ".join(parts) or "0")))

    @property
    def _widths(self) -> tuple[int, int]:
        """Columns of the bar, and of whose work it is."""
        return (5, 9) if self.narrow else (10, 22)

    def key_of(self, row: Post) -> object:
        return row.document

    def row_of(self, number: int) -> Content:
        post = self.rows[number]
        now = post.standing
        bar, who = self._widths
        full = round(post.done * bar)
        sign = "⚠" if now.contested else "✎" if now.holder else " "
        left = _("{left} of {leaves}").format(left=f"{post.left:g}", leaves=post.leaves)
        return Content.assemble(
            (f"{post.number:>4} {sign} ", "$foreground-muted"),
            (f"{_(STATE_WORDS[now.state]):{_STATE}}"[:_STATE], _STYLES[now.state]),
            "█" * full + "░" * (bar - full), f" {left:>9}  ", (f"{self._whose(post)[:who]:{who}}  ", "$text-primary"),
            visible(self._titles[post.document]),
        )  # fmt: skip

    def _whose(self, post: Post) -> str:
        """Whose work it is, and who is at it now if that is somebody else."""
        whose, holder = (self._names.get(i or "", "") for i in (post.standing.assigned, post.standing.holder))
        if not whose or whose == holder:
            return visible((self._sigla.get(holder or whose, "") if self.narrow else "") or holder or whose or "–")
        shown = self._sigla.get(whose, whose) if self.narrow else whose
        return visible(f"{shown} ✎{self._sigla.get(holder, holder)}" if holder else shown)

    # what is meant

    def action_open(self) -> None:
        if self.here is not None:
            self.dismiss(self.here.document)

    def action_mine(self) -> None:
        self._mine = not self._mine
        self.listed()

    @work(exclusive=True, group="ask")
    async def action_move(self) -> None:
        """Into another state, as far as one's role allows."""
        post = self.here
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
        options = [(state, _(STATE_WORDS[state]) + self._but(post, state)) for state in possible]
        to = await self.app.push_screen_wait(Choose(_("What is it from now on?"), options))
        if to is not None:
            self._do(lambda edition: moving.move(edition, post.document, to, person, was=post.standing.state))

    def _but(self, post: Post, state: State) -> str:
        """What who signs for a document should know before."""
        count = review.unapproved(self.workbench.edition, post.document) if state == "approved" else 0
        said = ngettext("{count} decision of it nobody approved", "{count} decisions of it nobody approved", count)
        return f" · {said.format(count=count)}" if count else ""

    @work(exclusive=True, group="ask")
    async def action_claim(self) -> None:
        post = self.here
        person = await self.workbench.ask_person() if post else None
        if post is not None and person is not None:
            mine = post.standing.holder is not None and self.workbench.is_me(post.standing.holder)
            hours = 0 if mine else moving.HOURS
            self._do(lambda edition: moving.claim(edition, post.document, person, hours=hours))

    @work(exclusive=True, group="ask")
    async def action_assign(self) -> None:
        post = self.here
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
            was = (post.standing.assigned,)
            self._do(lambda edition: moving.assign(edition, [post.document], whose, person, was=was))

    def _do(self, act: Callable[[Edition], object]) -> None:
        """Record it and look at what it is about; at what is refused too: others may have been there meanwhile."""
        try:
            act(self.workbench.edition)
        except WorkbenchError as error:
            self.workbench.complain(error)
        self._renew()
