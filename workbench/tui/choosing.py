"""One of a few, by its digit, or with the arrows and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.core.visible import visible
from workbench.i18n import _

_MANY = 15  # options that leave no room for blank lines on a small screen


class Choose(ModalScreen[str | None]):
    """The value that was chosen; None when left. Digits stand on the same keys in every layout."""

    DEFAULT_CSS = """
    Choose { align: center middle; }
    Choose > Vertical {
        width: 80%; max-width: 72; height: auto; background: $surface; border: round $accent; padding: 0 2;
        max-height: 100%; overflow-y: auto;
    }
    Choose #options { margin: 1 0; }
    Choose .many { margin: 0; }
    Choose .help { color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("enter", "take", "Take", show=False),
        *(Binding(str(n), f"number({n})", str(n), show=False) for n in range(1, 10)),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, str]], *, at: str | None = None) -> None:
        """`options`: (value, words), nine at most to be reached by a digit; `at`: the value to begin with."""
        super().__init__()
        self._title, self._options = title, list(options)
        self._cursor = next((n for n, (value, _words) in enumerate(options) if value == at), 0)
        self._painted = False
        """Is it on the screen? A key that was pressed before was not meant for it."""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible(self._title)).stylize("bold"))
            yield Static(self._shown(), id="options", classes="many" if len(self._options) > _MANY else "")
            yield Static(Content(_("A digit or Enter takes one, Esc leaves")), classes="help")

    def on_mount(self) -> None:
        self.call_after_refresh(self._is_painted)

    def _is_painted(self) -> None:
        self._painted = True

    def _shown(self) -> Content:
        lines = []
        for number, (_value, words) in enumerate(self._options, 1):
            sign = "▸" if number - 1 == self._cursor else " "
            key = str(number) if number < 10 else " "
            line = Content.assemble((f"{sign} {key}  ", "bold $text-accent"), visible(words))
            lines.append(line.stylize("bold") if number - 1 == self._cursor else line)
        return Content("\n").join(lines)

    def action_move(self, by: int) -> None:
        self._cursor = (self._cursor + by) % len(self._options)
        self.query_one("#options", Static).update(self._shown(), layout=False)

    def action_take(self) -> None:
        self.action_number(self._cursor + 1)

    def action_number(self, number: int) -> None:
        if self._painted and number <= len(self._options):
            self.dismiss(self._options[number - 1][0])
