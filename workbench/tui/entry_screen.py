"""What the screens of entries share: rows, the entry under the cursor in full, and the image of its line."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.core.visible import visible
from workbench.services import persons
from workbench.services.looking_back.placed import Placed
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.command import Command
from workbench.tui.row_list import RowList

if TYPE_CHECKING:
    from workbench.tui.image_pane import ImagePane

NARROW = 100
"""Columns below which persons stand with their sigla."""


class EntryScreen(AtWork):
    """Rows of entries; the one under the cursor is told in full below."""

    table: ClassVar[tuple[Command, ...]] = ()
    """The commands of the screen."""
    DEFAULT_CSS = """
    EntryScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    EntryScreen #entry { height: 9; padding: 0 1; background: $surface; border-top: solid $panel; }
    """
    _pane: ImagePane | None = None

    @cached_property
    def _sigla(self) -> dict[str, str]:
        """By name."""
        return {p.name: p.siglum for p in persons.everyone(self.workbench.edition)}

    @property
    def narrow(self) -> bool:
        return self.size.width < NARROW

    def who(self, name: str) -> str:
        """A person in a column: the name, or on a narrow screen the siglum."""
        return f"{visible(self._sigla.get(name, name))[:6]:6}" if self.narrow else f"{visible(name)[:16]:16}"

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="entry")
        yield KeyBar(self.table)

    def show_count(self, count: int, nothing: str, row: int = 0) -> None:
        """Show so many rows, or what to do where there are none."""
        rows = self.query_one(RowList)
        rows.display, self.query_one("#empty").display = bool(count), not count
        self.say(nothing)
        rows.show(count, self.row_of, cursor=min(row, max(count - 1, 0)))
        if count:
            rows.focus()
        self.tell_entry()

    def row_of(self, number: int) -> Content:
        raise NotImplementedError

    def told(self) -> tuple[Placed, list[Content]] | None:
        """The entry under the cursor, and what is said of it."""
        raise NotImplementedError

    def tell_entry(self) -> None:
        shown, told = self.query_one("#entry", Static), self.told()
        shown.display = told is not None
        if told is not None:
            shown.update(Content("\n").join(told[1]))
        self._show_image(told[0] if told else None)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self.tell_entry()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_goto()

    def action_goto(self) -> None:
        raise NotImplementedError

    def action_leave(self) -> None:
        self.dismiss(None)

    # the image

    async def action_image(self) -> None:
        """The image of the line, on and off."""
        from workbench.tui.image_pane import ImagePane

        if self._pane is None:
            self._pane = ImagePane()
            await self.mount(self._pane, before="#entry")
        else:
            self._pane.action_on_off()
        told = self.told()
        self._show_image(told[0] if told else None)

    def _show_image(self, placed: Placed | None) -> None:
        if self._pane is None or not self._pane.display:
            return
        from workbench.services import images
        from workbench.tui import pictures

        found = images.of_entry(self.workbench.edition, placed.entry) if placed is not None else None
        if placed is None or found is None:
            self._pane.show(None)
            return
        d = placed.entry.decision
        start, end = (0, len(d.page or "")) if d.layer == "line" else d.span
        self._pane.show(pictures.request(found, start, end))
