"""The document at a glance, beside the text: a sign for each part of its rows, by shape first and by colour too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from workbench.services.document.lines import Lines
from workbench.services.document.overview import Bucket, bucket
from workbench.tui.unscrolled import Unscrolled

_SIGNS = (("disputed", "!"), ("open", "○"), ("decided", "●"), ("unread", "·"))
"""The first that holds for a part is shown; a part of which everything is read and nothing was decided stays blank."""


class DocumentMap(Unscrolled):
    """Two columns at the edge: signs of the parts, and where the person is."""

    DEFAULT_CSS = """
    DocumentMap {
        width: 2; height: 1fr; background: $background;
        & > .map--disputed { color: $text-error; text-style: bold; }
        & > .map--open { color: $text-warning; }
        & > .map--decided { color: $text-success 80%; }
        & > .map--unread { color: $foreground 50%; }
        & > .map--here { color: $primary; text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "map--disputed", "map--open", "map--decided", "map--unread", "map--here",
    }  # fmt: skip
    ALLOW_SELECT = False

    class Pointed(Message):
        """A part was clicked."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Sized(Message):
        """It has its height, which is the number of parts that it shows."""

    def __init__(self) -> None:
        super().__init__()
        self._buckets: list[Bucket] = []
        self._here: int | None = None

    def show(self, buckets: Sequence[Bucket]) -> None:
        """Show the parts, one a screen line."""
        if list(buckets) != self._buckets:
            self._buckets = list(buckets)
            self.refresh()

    def here(self, row: int) -> None:
        """The row in which the person is."""
        now = self.bucket_of(row)
        if now != self._here:
            before, self._here = self._here, now
            for y in (before, now):
                if y is not None:
                    self.refresh(Region(0, y, self.size.width, 1))

    def bucket_of(self, row: int) -> int | None:
        """The part that holds a row."""
        if not self._buckets:
            return None
        total = self._buckets[-1].last
        guess = min(row * len(self._buckets) // max(total, 1), len(self._buckets) - 1)
        near = range(max(guess - 1, 0), min(guess + 2, len(self._buckets)))
        return next((n for n in near if self._buckets[n].first <= row < self._buckets[n].last), None)

    def renew(self, number: int, lines: Lines) -> None:
        """See anew what lies in one part."""
        old = self._buckets[number]
        new = bucket(lines, old.first, old.last)
        if new != old:
            self._buckets[number] = new
            self.refresh(Region(0, number, self.size.width, 1))

    def on_resize(self) -> None:
        self.post_message(self.Sized())

    def on_click(self, event: events.Click) -> None:
        if event.y < len(self._buckets):
            event.stop()
            self.post_message(self.Pointed(self._buckets[event.y].first))

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        if y >= len(self._buckets):
            return Strip.blank(self.size.width, base)
        part = self._buckets[y]
        name, sign = next(((n, s) for n, s in _SIGNS if getattr(part, n)), ("unread", " "))
        style = self.get_component_rich_style("map--here" if y == self._here else f"map--{name}")
        return Strip([Segment(" ", base), Segment(sign, style)]).adjust_cell_length(self.size.width, base)
