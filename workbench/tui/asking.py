"""Modal questions, each typed by its answer: a line of text, the person's name, help, yes or no."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text as RichText
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from workbench.core.visible import as_typed, visible
from workbench.tui.commands import Command, shown, with_twins


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
            words = " · ".join(w for w in (self._help, "Enter records, Esc leaves") if w)
            yield Static(Content(visible(words)), classes="help")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        answer = as_typed(event.value, self._value)
        if answer or self._may_be_empty:
            self.dismiss(answer)


class Help(ModalScreen[None]):
    """The keys of a screen as they are now."""

    DEFAULT_CSS = """
    Help { align: center middle; }
    Help > VerticalScroll {
        width: 96%; max-width: 96; height: 94%; background: $surface; border: round $accent; padding: 0 2;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(["escape", "q", "f1", "h"])), "dismiss(None)", "Close", show=False)
    ]

    def __init__(self, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(help_text(self._commands))


def help_text(commands: tuple[Command, ...]) -> Table:
    """Commands by group, with every key that reaches them."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    group = ""
    for command in commands:
        if command.group != group:
            if group == "move":
                table.add_row("↑  ↓  PgUp  PgDn", "Lines and pages", RichText("Home and End: first and last.", "dim"))
            group = command.group
            table.add_row()
            table.add_row(RichText(group.upper(), "bold"))
        if command.id.startswith("desk.accept_"):
            if command.id == "desk.accept_1":
                table.add_row("1 … 9", "Accept another", RichText("Take the n-th candidate.", "dim"))
            continue
        keys = "  ".join(shown(k) for k in with_twins(command.keys) if k.isascii() or "+" not in k)
        table.add_row(RichText(keys, "bold"), command.title, RichText(command.help, "dim"))
    table.add_row()
    table.add_row("Esc", "closes this", RichText("Letters answer on the Latin and on the Russian layout.", "dim"))
    return table
