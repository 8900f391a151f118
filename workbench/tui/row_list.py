"""A list of one-line rows, however many: each is made when it is painted, by a function of its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from workbench.tui.typed import InOrder


def kept(rows: Iterable[object], onward: Iterable[object], cursor: int) -> int:
    """Where the cursor is in rows that were made anew, by their keys: on what it was on, or on the next that is left.

    `onward`: keys of the rows that were there, from the cursor on.
    """
    numbers = {key: number for number, key in enumerate(rows)}
    return next((numbers[key] for key in onward if key in numbers), cursor)


class RowList(ScrollView, can_focus=True):
    """Shows rows and a cursor; Enter chooses, arrows and pages move, with no animation in between."""

    DEFAULT_CSS = """
    RowList {
        height: 1fr; background: $background; scrollbar-size-vertical: 1;
        & > .row-list--cursor { background: $primary 25%; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor"}
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Row up", show=False),
        Binding("down", "move(1)", "Row down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "to_row(0)", "First row", show=False),
        Binding("end", "to_row(-1)", "Last row", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, row_list: RowList, row: int) -> None:
            super().__init__()
            self.row_list, self.row = row_list, row

        @property
        def control(self) -> RowList:
            return self.row_list

    class Chosen(Moved):
        """Enter, or a click, on a row."""

    def __init__(self, *, id: str | None = None, picks: bool = True) -> None:
        """`picks`: is there a cursor? Else the keys scroll, as in a text that is only read."""
        super().__init__(id=id)
        self._picks = picks
        self.display = False  # until there are rows: what is said meanwhile has the room
        self.count = 0
        self.cursor = 0
        self._row: Callable[[int], Content] = lambda number: Content("")

    def show(self, count: int, row: Callable[[int], Content], *, cursor: int = 0) -> None:
        """Show rows `0` to `count`, each made by `row(number)` as one line of harmless text."""
        self.count, self._row = count, row
        self.virtual_size = Size(0, count)
        self.display = bool(count)
        self.cursor = min(max(cursor, 0), max(count - 1, 0))
        self._reveal()
        self.refresh()

    def repaint(self, number: int | None = None) -> None:
        """Make one row anew, or all of them."""
        if number is None:
            self.refresh()
        else:
            self.refresh(Region(0, number - self.scroll_offset.y, self.size.width, 1))

    def move_to(self, row: int) -> None:
        """Put the cursor on a row and scroll no more than it takes to see it."""
        row = min(max(row, 0), max(self.count - 1, 0))
        if row == self.cursor or not self.count:
            return
        before, self.cursor = self.cursor, row
        self._reveal()
        self.repaint(before)
        self.repaint(row)
        self.post_message(self.Moved(self, row))

    def action_move(self, by: int) -> None:
        if self._picks:
            self.move_to(self.cursor + by)
        else:
            self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def action_page(self, by: int) -> None:
        self.action_move(by * max(self.size.height - 1, 1))

    def action_to_row(self, row: int) -> None:
        row = row if row >= 0 else self.count - 1
        if self._picks:
            self.move_to(row)
        else:
            self.scroll_to(y=row, animate=False)

    def action_choose(self) -> None:
        if self.count and self._picks:
            self.post_message(self.Chosen(self, self.cursor))
            cast("InOrder", self.app).await_told(self)

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if row < self.count and self._picks:
            event.stop()
            if row == self.cursor:
                self.action_choose()
            else:
                self.move_to(row)

    def on_resize(self) -> None:
        self._reveal()

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self._picks and height and not top <= self.cursor < top + height:
            self.scroll_to(y=self.cursor if self.cursor < top else self.cursor - height + 1, animate=False)

    def render_line(self, y: int) -> Strip:
        number, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        style = self.visual_style
        if number >= self.count:
            return Strip.blank(width, style.rich_style)
        if number == self.cursor and self.has_focus and self._picks:
            style = self.get_visual_style("row-list--cursor")
        row = self._row(number).truncate(width, ellipsis=True, pad=True)
        strips = Visual.to_strips(self, row, width, 1, style)
        return strips[0].adjust_cell_length(width, style.rich_style) if strips else Strip.blank(width, style.rich_style)
