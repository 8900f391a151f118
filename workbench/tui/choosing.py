"""One of a few, by its key, or with the arrows and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from workbench.core.visible import visible
from workbench.i18n import _
from workbench.tui.command import with_twins
from workbench.tui.typed import Considered

_KEYS = "123456789bcdfghijklmnqrst"
"""Letters that look Cyrillic and are another key there (a, e, o, p) would be pressed for what stands beside them."""
_MANY = 15  # options that leave no room for blank lines on a small screen


class Choose(Considered[str | None]):
    """The value that was chosen; None when left. The first nine have their digits, further ones letters."""

    DEFAULT_CSS = """
    Choose { align: center middle; }
    Choose > Vertical {
        width: 80%; max-width: 72; height: auto; background: $surface; border: round $accent; padding: 0 2;
        max-height: 100%; overflow-y: auto;
    }
    Choose #options { margin: 1 0; }
    Choose #options.many { margin: 0; }
    Choose .help { color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("enter", "take", "Take", show=False),
        *(Binding(",".join(with_twins([key])), f"number({n})", key, show=False) for n, key in enumerate(_KEYS)),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, str]], *, at: str | None = None) -> None:
        """`options`: (value, words), the first ones reached by a key each; `at`: the value to begin with."""
        super().__init__()
        self._title, self._options = title, list(options)
        self._cursor = next((n for n, (value, _words) in enumerate(options) if value == at), 0)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible(self._title)).stylize("bold"))
            yield Static(self._shown(), id="options", classes="many" if len(self._options) > _MANY else "")
            yield Static(Content(_("Its key or Enter takes one, Esc leaves")), classes="help")

    def _shown(self) -> Content:
        lines = []
        for number, (_value, words) in enumerate(self._options):
            sign = "▸" if number == self._cursor else " "
            line = Content.assemble(
                (f"{sign} {_KEYS[number : number + 1] or ' '}  ", "bold $text-accent"), visible(words)
            )
            lines.append(line.stylize("bold") if number == self._cursor else line)
        return Content("\n").join(lines)

    def action_move(self, by: int) -> None:
        self._cursor = (self._cursor + by) % len(self._options)
        self.query_one("#options", Static).update(self._shown(), layout=False)

    def action_take(self) -> None:
        if self.is_read:
            self.dismiss(self._options[self._cursor][0])

    def action_number(self, number: int) -> None:
        if number < len(self._options):
            self.dismiss(self._options[number][0])
