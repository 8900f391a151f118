"""The line in which one types what to find; every letter looks onward."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from workbench.i18n import _
from workbench.tui.command import bindings
from workbench.tui.commands import EVERYWHERE, FIND


class FindBar(Horizontal):
    """Hidden until it is asked for; says what is typed and which way to go on."""

    DEFAULT_CSS = """
    FindBar { display: none; height: 1; background: $panel; padding: 0 1; }
    FindBar Input { border: none; height: 1; width: 1fr; padding: 0; background: $panel; &:focus { border: none; } }
    FindBar .name { width: auto; text-style: bold; padding-right: 1; }
    FindBar #told { width: auto; color: $foreground-muted; padding-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(FIND)
    commands = (*FIND, *EVERYWHERE)

    class Typed(Message):
        """Something else is looked for."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Onward(Message):
        """To the next match, or the one before."""

        def __init__(self, query: str, backwards: bool) -> None:
            super().__init__()
            self.query, self.backwards = query, backwards

    class Left(Message):
        """Done."""

    def compose(self) -> ComposeResult:
        yield Static(Content(_("Find")), classes="name")
        yield Input(select_on_focus=True)
        yield Static(id="told")

    @property
    def typed(self) -> str:
        return self.query_one(Input).value

    def begin(self) -> None:
        self.display = True
        self.query_one(Input).focus()

    def tell(self, words: str) -> None:
        self.query_one("#told", Static).update(Content(words))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_onward(False)

    def action_onward(self, backwards: bool) -> None:
        self.post_message(self.Onward(self.typed, backwards))

    def action_leave(self) -> None:
        self.display = False
        self.post_message(self.Left())
