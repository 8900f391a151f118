"""A question that is answered by a line of text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from workbench.core.visible import as_typed, visible
from workbench.i18n import _

_SHORT = 60
"""Code points from which on a value is typed over in several lines."""


class Ask(ModalScreen[str | None]):
    """One line of text; None when left with Escape."""

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical {
        width: 80%; max-width: 90; height: auto; background: $surface; border: round $accent; padding: 1 2;
    }
    Ask LongLine { height: auto; max-height: 12; margin-top: 1; }
    Ask .help { color: $foreground-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave", show=False)]

    def __init__(self, title: str, *, value: str = "", help: str = "", may_be_empty: bool = False) -> None:
        super().__init__()
        self._title, self._value, self._help, self._may_be_empty = title, value, help, may_be_empty

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible(self._title)).stylize("bold"))
            if len(self._value) < _SHORT:
                yield Input(value=visible(self._value), select_on_focus=False)
            else:
                from workbench.tui.long_line import LongLine

                yield LongLine(visible(self._value))
            words = " · ".join(w for w in (self._help, _("Enter takes it, Esc leaves")) if w)
            yield Static(Content(visible(words)), classes="help")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._answer(event.value)

    def on_long_line_submitted(self, event: Message) -> None:
        from workbench.tui.long_line import LongLine

        event.stop()
        self._answer(self.query_one(LongLine).value)

    def _answer(self, typed: str) -> None:
        answer = as_typed(typed, self._value)
        if answer or self._may_be_empty:
            self.dismiss(answer)
        else:
            self.query_one(".help", Static).update(Content(visible(_("Nothing is typed yet · Esc leaves"))))
