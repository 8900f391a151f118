"""The widget: raw lines on the left, their reading on the right, scrolling as one.

It is anchored at a row and a line within it, and never knows how high the document is: a height index would have to be
built again at each resize. What it shows is a list of Strips, compared with the last one, so that only what differs is
written to the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.services.document.rows import RowSource
from workbench.tui.unscrolled import Unscrolled
from workbench.tui.view.blocks import RowBlocks
from workbench.tui.view.strips import (
    FACING_CSS,
    OTHER_CLASSES,
    ROLE_CLASSES,
    Laid,
    Palette,
    blank,
    columns,
    differences,
    lay,
    palette,
    strip,
)
from workbench.tui.view.walk import Anchor, Column
from workbench.tui.view.wrap import Line, Piece

Side = Literal["raw", "reading"]

_MARGIN = 3  # lines kept in sight above and below the place
_WHEEL = 3  # lines a notch of the wheel
_SCREENS = 4  # of Strips and wrapped rows that are kept


class Place(NamedTuple):
    """Where the person is."""

    row: int
    """Index of the row within the document, from 0."""
    mark: str | None
    """The mark whose segments stand out, if any."""
    start: int
    """Raw offset."""


class FacingView(Unscrolled, can_focus=True):
    """Two texts that face each other; below `facing_from` columns, one with the raw line under the current row."""

    DEFAULT_CSS = FACING_CSS
    COMPONENT_CLASSES: ClassVar[set[str]] = {*ROLE_CLASSES.values(), *OTHER_CLASSES}
    # Selecting with the mouse repaints the whole widget; terminals select with Shift.
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", "Row up", show=False, id="facing.row_up"),
        Binding("down", "row(1)", "Row down", show=False, id="facing.row_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="facing.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="facing.page_down"),
        Binding("home,ctrl+home", "first_row", "To the top", show=False, id="facing.top"),
        Binding("end,ctrl+end", "last_row", "To the end", show=False, id="facing.bottom"),
    ]

    class Clicked(Message):
        """A segment was clicked; the place stays where it is until somebody moves it."""

        def __init__(self, row: int, raw_offset: int, side: Side, mark: str | None = None) -> None:
            super().__init__()
            self.row = row
            self.raw_offset = raw_offset
            """Where the segment starts in the raw text."""
            self.side = side
            self.mark = mark

    def __init__(self, *, facing_from: int = 100) -> None:
        super().__init__()
        self._facing_from = facing_from
        self._faces = True
        self.when_moved: Callable[[int], None] = lambda row: None
        """Told at once of another current row: what follows is then painted together with the scrolling."""
        self._blocks: RowBlocks | None = None
        self._place = Place(0, None, 0)
        self._top = Anchor(0, 0)
        self._fitted = Size(0, 0)
        self._shape = columns(0, 0, facing_from)
        self._palette: Palette | None = None
        self._reveal_when_sized = False
        self._waits = False
        self._paged: tuple[Anchor, Place, int] | None = None
        self._laid: LRUCache[int, Laid] = LRUCache(64)
        self._strips: LRUCache[tuple[int, int, bool, str | None], Strip] = LRUCache(256)
        self._painted: list[Strip] = []
        self._anchors: list[Anchor] = []

    # What it shows

    def show(self, source: RowSource, *, row: int = 0, facing: bool = True) -> None:
        """Show the rows of a source, the given one in sight and current; `facing`: side by side where there is room."""
        self._faces = facing
        self._fit()
        self._blocks = RowBlocks(source)
        self._forget_all()
        self._top = Anchor(min(max(row, 0), max(self._count - 1, 0)), 0)
        self._place = self._start_of(self._top.row)
        self._reveal()
        self._repaint()

    def source_changed(self, row: int | None = None) -> None:
        """Ask the source for everything again; the place stays where it is on the screen if it can.

        `row`: that of the place by now, where rows came or went above it.
        """
        self._changed(None, row)

    def refresh_rows(self, first: int, last: int) -> None:
        """Ask again for rows `first` to `last`, half open; the place stays where it is on the screen if it can."""
        self._changed((first, last))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Paint what is changed meanwhile together with where one goes then."""
        self._waits = True
        try:
            yield
        finally:
            if self._waits:
                self._waits = False
                self._repaint()

    # Where the person is

    @property
    def place(self) -> Place:
        """Where the person is; `go` moves it."""
        return self._place

    @property
    def visible_rows(self) -> tuple[int, int]:
        """The rows in sight, half open."""
        self._fit()
        return (self._anchors[0].row, self._anchors[-1].row + 1) if self._anchors else (0, 0)

    def line_of_row(self, row: int) -> int:
        """The line of the screen on which a row begins, 0 where it is not in sight."""
        self._fit()
        at = next((y for y, anchor in enumerate(self._anchors) if anchor.row == row), 0)
        return self.region.y + at

    def go(self, row: int, mark: str | None, start: int) -> None:
        """Make this the current place, and scroll no more than it takes to see it."""
        self._waits = False
        self._fit()
        self._place = Place(min(max(row, 0), max(self._count - 1, 0)), mark, start)
        if self._fitted:
            self._top = self._column.settled(self._top)
        self._reveal()
        self._repaint()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by screen lines, down or (negative) up; the place stays in its row."""
        self._fit()
        column = self._column
        self._top = column.clamped(column.moved(self._top, lines), self._fitted.height)
        self._repaint()

    # Keys and mouse

    def action_row(self, by: int) -> None:
        """Make the next or previous row current; a row too tall for the screen is scrolled through first."""
        self._fit()
        view, row = self._fitted.height, self._place.row
        if not self._count or not view:
            return
        tall = self._height(row)
        at = self._column.distance(self._top, Anchor(row, 0), view)
        if at is not None and tall > view and at < view and at + tall > 0:
            hidden = at + tall - view if by > 0 else -at
            if hidden > 0:
                self.scroll_lines(by * min(hidden, max(view - 2, 1)))
                return
        self._move_to(row + by, from_below=by < 0)

    def action_page(self, by: int) -> None:
        """Scroll by a screen, less two lines to hold on to; the current row keeps its height on the screen."""
        self._fit()
        view, count = self._fitted.height, self._count
        if not count or not view:
            return
        column, was = self._column, self._top
        if self._paged is not None and self._paged[:2] == (was, self._place):
            at = self._paged[2]  # rows begin above it: page after page the cursor would creep up
        else:
            found = column.distance(was, Anchor(self._place.row, 0), view)
            at = min(max(found, 0), view - 1) if found is not None else 0
        self._top = column.clamped(column.moved(was, by * max(view - 2, 1)), view)
        edge = count - 1 if by > 0 else 0
        row = edge if self._top == was else column.moved(self._top, at).row
        moved = row != self._place.row
        if moved:
            self._place = self._start_of(row)
            self._top = self._column.clamped(self._top, view)
        if self._top == was:
            self._reveal_row()
        self._paged = self._top, self._place, at
        with self.at_once():
            if moved:
                self.when_moved(row)

    def action_first_row(self) -> None:
        """Go to the top of the document."""
        self._fit()
        self._top = Anchor(0, 0)
        self._move_to(0)

    def action_last_row(self) -> None:
        """Go to the end of the document."""
        self._fit()
        self._move_to(self._count - 1, to_end=True)

    def _move_to(self, row: int, *, from_below: bool = False, to_end: bool = False) -> None:
        row = min(max(row, 0), max(self._count - 1, 0))
        moved = row != self._place.row
        if moved:
            self._place = self._start_of(row)
            self._top = self._column.settled(self._top)
        if to_end:
            self._top = self._column.lowest(self._fitted.height)
        self._reveal_row(from_below=from_below or to_end)
        with self.at_once():
            if moved:
                self.when_moved(row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if not (event.ctrl or event.shift):
            event.stop()
            self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if not (event.ctrl or event.shift):
            event.stop()
            self.scroll_lines(-_WHEEL)

    def on_click(self, event: events.Click) -> None:
        self._fit()
        if not 0 <= event.y < len(self._anchors):
            return
        event.stop()
        row, sub = self._anchors[event.y]
        laid, shape = self._laid_row(row), self._shape
        x = event.x - shape.gutter
        side: Side = "raw"
        if shape.facing and x > shape.raw:
            side, x = "reading", x - (shape.width - shape.gutter - shape.reading)
        elif not shape.facing:
            side = "reading" if sub < len(laid.reading) else "raw"
            sub -= len(laid.reading) if side == "raw" else 0
        piece = _piece_at(laid.raw if side == "raw" else laid.reading, sub, x)
        if piece is None:
            self.post_message(self.Clicked(row, self._start_of(row).start, side))
        else:
            self.post_message(self.Clicked(row, piece.segment.start, side, piece.segment.mark))

    # Painting

    def on_resize(self) -> None:
        self._fit()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the last repaint, with the filters (NO_COLOR, dim) that Textual's own rendering would apply."""
        self._fit()
        if self._palette is None or self._palette.base != self.rich_style:
            self._repaint(ask=False)
        _, background = self.background_colors
        filters = self.get_line_filters()
        lines = []
        for painted in self._painted[crop.y : crop.bottom]:
            line = painted.crop(crop.x, crop.right)
            for line_filter in filters:
                line = line.apply_filter(line_filter, background)
            lines.append(line)
        return lines

    def _fit(self) -> None:
        """Take the size the widget has now: the same text stays at the top, and the place in sight if it was."""
        size = self.size
        if size == self._fitted or not size:
            return
        first, was = not self._fitted, self._sight()
        side, start = self._top_text()
        self._fitted = size
        self._reshape()
        self._laid.grow(_SCREENS * size.height)
        self._strips.grow(_SCREENS * size.height)
        if not first and self._count:
            laid = self._laid_row(self._top.row)
            sub = _line_of(laid.raw if side == "raw" else laid.reading, None, start)
            under = len(laid.reading) if side == "raw" and not laid.facing else 0
            self._top = Anchor(self._top.row, under + sub)
        self._top = self._column.clamped(self._top, size.height)
        if self._reveal_when_sized or (was is not None and self._sight() is None):
            self._reveal()
        self._repaint(ask=False)

    def _reshape(self) -> None:
        shape = columns(self._fitted.width, self._highest_line, self._facing_from if self._faces else 1 << 30)
        if shape != self._shape:
            self._shape = shape
            self._laid.clear()
            self._strips.clear()

    def _repaint(self, ask: bool = True) -> None:
        """Work out the screen anew, and ask Textual to paint what differs."""
        if not self._fitted or self._waits:
            return
        width, view = self._fitted
        styles = self._styles_now()
        self._anchors = list(self._column.lines(self._top, view))
        painted = [self._strip(anchor, styles) for anchor in self._anchors]
        painted += [blank(self._shape, styles)] * (view - len(painted))
        was, self._painted = self._painted, painted
        if ask and (regions := differences(was, painted, width)):
            self.refresh(*regions)

    def _styles_now(self) -> Palette:
        if self._palette is None or self._palette.base != self.rich_style:
            self._palette = palette(self)
            self._strips.clear()
        return self._palette

    def _strip(self, at: Anchor, styles: Palette) -> Strip:
        laid = self._laid_row(at.row)
        current = at.row == self._place.row
        mark = self._place.mark if self._place.mark in laid.marks else None
        key = (at.row, at.sub, current, mark)
        found = self._strips.get(key)
        if found is None:
            found = strip(laid, at.sub, self._shape, styles, current=current, mark=mark)
            self._strips[key] = found
        return found

    # Rows

    @property
    def _highest_line(self) -> int:
        return self._blocks.highest_line if self._blocks is not None else 0

    @property
    def _count(self) -> int:
        return self._blocks.count if self._blocks else 0

    @property
    def _column(self) -> Column:
        return Column(self._count, self._height)

    def _height(self, row: int) -> int:
        return self._laid_row(row).height(row == self._place.row)

    def _laid_row(self, row: int) -> Laid:
        laid = self._laid.get(row)
        if laid is None:
            assert self._blocks is not None
            laid = lay(self._blocks.row(row), self._shape)
            self._laid[row] = laid
        return laid

    def _start_of(self, row: int) -> Place:
        if self._blocks is None or not 0 <= row < self._count:
            return Place(0, None, 0)
        shown = self._blocks.row(row)
        first = (*shown.raw, *shown.reading)[:1]
        return Place(row, None, first[0].start if first else 0)

    def _forget_all(self) -> None:
        self._reshape()
        self._laid.clear()
        self._strips.clear()

    def _changed(self, rows: tuple[int, int] | None, now: int | None = None) -> None:
        if self._blocks is None:
            return
        self._fit()
        if not self._fitted:
            self._blocks.clear()
            return
        seen = self._sight()
        if rows is None:
            self._blocks.clear()
            self._forget_all()
        else:
            first, last = rows
            self._blocks.renew(first, last)
            for row in list(self._laid.keys()):
                if first <= row < last:
                    self._laid.discard(row)
            for key in list(self._strips.keys()):
                if first <= key[0] < last:
                    self._strips.discard(key)
        row = self._place.row if now is None else now
        self._place = self._place._replace(row=min(row, max(self._count - 1, 0)))
        column = self._column
        if seen is not None and self._count:
            self._top = column.moved(Anchor(self._place.row, self._lines_of_place()[0]), -seen)
        self._top = column.clamped(self._top, self._fitted.height)
        self._repaint()

    # Sight

    def _lines_of_place(self) -> tuple[int, int]:
        """The first and last line, within its row, that show the place in either text."""
        laid = self._laid_row(self._place.row)
        raw = _line_of(laid.raw, self._place.mark, self._place.start)
        reading = _line_of(laid.reading, self._place.mark, self._place.start)
        if not laid.facing:
            return reading, len(laid.reading) + raw
        return min(raw, reading), max(raw, reading)

    def _sight(self) -> int | None:
        """The screen line of the place, if it is in sight."""
        if not self._count or not self._fitted:
            return None
        view = self._fitted.height
        at = self._column.distance(self._top, Anchor(self._place.row, self._lines_of_place()[0]), view)
        return at if at is not None and 0 <= at < view else None

    def _top_text(self) -> tuple[Side, int]:
        """The raw offset of the text at the top of the screen, to find it again in other columns."""
        if not self._count or not self._fitted:
            return "reading", 0
        laid, sub = self._laid_row(self._top.row), self._top.sub
        side: Side = "reading" if sub < len(laid.reading) else "raw"
        lines = laid.reading if side == "reading" else laid.raw
        pieces = lines[min(sub, len(lines) - 1)].pieces
        return side, pieces[0].start if pieces else 0

    def _reveal(self) -> None:
        """Scroll so that the place is in sight."""
        if not self._fitted:
            self._reveal_when_sized = True
        elif self._count:
            first, last = self._lines_of_place()
            view, margin = self._fitted.height, self._margin
            at = self._column.distance(self._top, Anchor(self._place.row, first), view)
            if at is not None and margin <= at and at + last - first < view - margin:
                self._reveal_when_sized = False
            elif self._height(self._place.row) <= view:
                # Once it has to scroll, the rest of the row comes too: the next place is likely to be there.
                self._reveal_row()
            else:
                self._reveal_lines(first, last, margin)

    def _reveal_row(self, *, from_below: bool = False) -> None:
        """Scroll so that the current row is in sight, or as much of it as there is room for."""
        if self._count and self._fitted:
            view, height = self._fitted.height, self._height(self._place.row)
            margin = min(self._margin, max((view - height) // 2, 0))
            room = view - 2 * margin
            first = max(0, height - room) if from_below else 0
            self._reveal_lines(first, min(height, first + room) - 1, margin)

    @property
    def _margin(self) -> int:
        return min(_MARGIN, (self._fitted.height - 1) // 2)

    def _reveal_lines(self, first: int, last: int, margin: int) -> None:
        """Scroll no more than it takes to see these lines of the current row; from afar, to a third of the screen."""
        self._reveal_when_sized = False
        column, view = self._column, self._fitted.height
        anchor = Anchor(self._place.row, first)
        at = column.distance(self._top, anchor, 2 * view)
        if at is None or not -view <= at < 2 * view:
            self._top = column.moved(anchor, -max(view // 3, margin))
        else:
            deep = last - first
            if deep + 1 + 2 * margin > view:
                deep = 0
            if at < margin:
                self._top = column.moved(self._top, at - margin)
            elif at + deep > view - 1 - margin:
                self._top = column.moved(self._top, at + deep - (view - 1 - margin))
        self._top = column.clamped(self._top, view)


def _line_of(lines: tuple[Line, ...], mark: str | None, start: int) -> int:
    """The line where a mark begins, or else the last one that starts no later than the raw offset."""
    found = 0
    for index, line in enumerate(lines):
        if mark is not None and any(piece.segment.mark == mark for piece in line.pieces):
            return index
        if any(piece.start <= start for piece in line.pieces):
            found = index
    return found


def _piece_at(lines: tuple[Line, ...], index: int, x: int) -> Piece | None:
    """The piece under a cell, or the nearest on its line."""
    found = None
    for piece in lines[index].pieces if index < len(lines) else ():
        if found is not None and x < 0:
            break
        found = piece
        x -= cell_len(piece.text)
    return found
