"""A preview of what one key would do to many places: looked at, then done or left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.core.visible import visible
from workbench.i18n import _
from workbench.tui.typed import Considered


class Preview(Considered[bool]):
    """True when it shall be done."""

    DEFAULT_CSS = """
    Preview { align: center middle; }
    Preview > Vertical {
        width: 96%; max-width: 110; height: auto; max-height: 90%; background: $surface; border: round $accent;
        padding: 1 2;
    }
    Preview VerticalScroll { height: auto; max-height: 100%; margin: 1 0; }
    Preview .help { color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Do it", show=False),
        Binding("escape", "answer(False)", "Leave", show=False),
    ]

    def __init__(self, title: str, lines: Iterable[str], *, act: str) -> None:
        """`act`: what Enter does, in words; empty where nothing can be done."""
        super().__init__()
        self._title, self._lines, self._act = title, list(lines), act

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible(self._title)).stylize("bold"))
            with VerticalScroll():
                yield Static(Content("\n".join(visible(line) for line in self._lines)))
            words = (
                _("Enter {act} · Esc leaves everything as it is").format(act=self._act)
                if self._act
                else _("Esc closes this")
            )
            yield Static(Content(visible(words)), classes="help")

    def action_answer(self, answer: bool) -> None:
        if self.is_read or not answer:
            self.dismiss(answer and bool(self._act))
