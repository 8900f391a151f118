"""A question that is answered by a line of text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from workbench.core.visible import as_typed, visible
from workbench.i18n import _


class Ask(ModalScreen[str | None]):
    """One line of text; None when left with Escape."""

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical {
        width: 80%; max-width: 90; height: auto; background: $surface; border: round $accent; padding: 1 2;
    }
    Ask .help { color: $foreground-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave", show=False)]

    def __init__(self, title: str, *, value: str = "", help: str = "", may_be_empty: bool = False) -> None:
        super().__init__()
        self._title, self._value, self._help, self._may_be_empty = title, value, help, may_be_empty

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible(self._title)).stylize("bold"))
            yield Input(value=visible(self._value), select_on_focus=False)
            words = " · ".join(w for w in (self._help, _("Enter takes it, Esc leaves")) if w)
            yield Static(Content(visible(words)), classes="help")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        answer = as_typed(event.value, self._value)
        if answer or self._may_be_empty:
            self.dismiss(answer)
