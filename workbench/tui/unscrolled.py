"""A widget that Textual need not scroll: it shows what fits, or scrolls by itself."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget


class Unscrolled(Widget):
    """Given a size, it is painted once. Others ask for a second layout and repaint, to see whether scrollbars fit."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)


class Frame(Unscrolled):
    """Lays out what it holds and paints nothing: blank lines beneath would be cut and coloured again at each key."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return []
