"""What the screens of lists share: rows, the one under the cursor told below, or what to do where there are none."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.row_list import RowList, kept

Row = TypeVar("Row")

NARROW = 100
"""Columns below which persons stand with their sigla."""


class ListScreen(AtWork, Generic[Row]):
    """Shows things in rows.

    Enter on a row, or a click on the one under the cursor, runs the command that the table has at Enter.
    """

    detail: ClassVar[str] = ""
    """Id of where more is told of the row under the cursor; empty: it says all itself."""
    DEFAULT_CSS = """
    ListScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    ListScreen .detail { padding: 0 1; background: $surface; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        if self.detail:
            yield Static(id=self.detail, classes="detail")
        yield KeyBar(self.table)

    @property
    def narrow(self) -> bool:
        return self.size.width < NARROW

    @property
    def here(self) -> Row | None:
        """What the cursor is on."""
        return self.rows[self.query_one(RowList).cursor] if self.rows else None

    def key_of(self, row: Row) -> object:
        """By which a row is known again when the list is made anew."""
        return row

    def show_rows(self, rows: list[Row], nothing: str, cursor: int | None = None) -> None:
        """Show rows, the cursor on what it was on, or on the next that is left, if not at `cursor`.

        Where there are none, say what to do.
        """
        shown = self.query_one(RowList)
        if cursor is None:
            onward = map(self.key_of, self.rows[shown.cursor :])
            cursor = kept(map(self.key_of, rows), onward, shown.cursor)
        self.rows = rows
        shown.show(len(rows), self.row_of, cursor=cursor)
        self.query_one("#empty").display = not rows
        self.say(nothing)
        if rows:
            shown.focus()
        self.tell_here()

    def row_of(self, number: int) -> Content:
        raise NotImplementedError

    def told(self) -> list[Content]:
        """The lines that are told of the row under the cursor; none leave their room to the rows."""
        raise NotImplementedError

    def tell_here(self) -> None:
        if self.detail:
            shown, lines = self.query_one(f"#{self.detail}", Static), self.told()
            shown.display = bool(lines)
            shown.update(Content("\n").join(lines))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self.tell_here()

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()  # the list has the key before the screen
        for command in self.table:
            if "enter" in command.keys:
                await self.app.run_action(command.action, default_namespace=self)

    def listed(self) -> None:
        """List anew."""
        raise NotImplementedError

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        await self.workbench.take_back()
        self.listed()

    def action_leave(self) -> None:
        self.dismiss(None)
