"""Modal questions, each typed by its answer: a line of text, the person's name, help, yes or no."""

from __future__ import annotations

from typing import ClassVar

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
    Ask .help { color: $text-muted; margin-top: 1; }
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
        width: 90%; max-width: 96; height: 90%; background: $surface; border: round $accent; padding: 1 2;
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


def help_text(commands: tuple[Command, ...]) -> Content:
    """Commands by group, with every key that reaches them."""
    lines: list[Content] = []
    group = ""
    numbered = [c for c in commands if c.id.startswith("desk.accept_")]
    for command in commands:
        if command in numbered[1:]:
            continue
        if command.group != group:
            group = command.group
            lines += [Content(""), Content(group.upper()).stylize("bold $accent")]
        if numbered and command is numbered[0]:
            keys, title, words = "1 … 9", "Accept another", "Take the n-th candidate."
        else:
            keys, title, words = "  ".join(shown(k) for k in with_twins(command.keys)), command.title, command.help
        lines.append(Content.assemble((keys.ljust(22), "bold"), (title.ljust(24), ""), (words, "$text-muted")))
    lines += [
        Content(""),
        Content("Letters answer on the Latin and on the Russian layout. Esc closes this.").stylize("$text-muted"),
    ]
    return Content("\n").join(lines[1:])
