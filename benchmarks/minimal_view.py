"""The floor that the desk is measured against: Textual's own ScrollView over lines that are ready.

python -m benchmarks.minimal_view FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class _Lines(ScrollView, can_focus=True):
    BINDINGS = [  # noqa: RUF012  Textual declares it so
        Binding("n,enter", "by(1)"), Binding("b", "by(-1)"), Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
    ]  # fmt: skip

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._strips = [Strip([Segment(line)]) for line in lines]
        self.virtual_size = Size(0, len(lines))

    def action_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def action_page(self, by: int) -> None:
        self.action_by(by * (self.size.height - 2))

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        strip = self._strips[at] if at < len(self._strips) else Strip([])
        return strip.adjust_cell_length(self.size.width, self.rich_style)


class Minimal(App[None]):
    """Nothing but the lines."""

    BINDINGS = [Binding("ctrl+q", "quit")]  # noqa: RUF012

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        yield _Lines(self._lines)

    def on_mount(self) -> None:
        self.query_one(_Lines).focus()


if __name__ == "__main__":
    Minimal(Path(sys.argv[1]).read_text("utf-8").splitlines()).run()
