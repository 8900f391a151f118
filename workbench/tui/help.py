"""The keys of a screen as they are now, what has the focus first."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.i18n import _
from workbench.tui.command import Command, keys_of, shown, with_twins
from workbench.tui.commands import keyed
from workbench.tui.row_list import RowList


class Help(ModalScreen[None]):
    """Commands by group, with every key that reaches them."""

    DEFAULT_CSS = """
    Help { align: center middle; }
    Help > Vertical {
        width: 96%; max-width: 130; height: 94%; background: $surface; border: round $accent; padding: 0 1;
    }
    Help RowList { background: $surface; }
    Help .help { height: 1; color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(["escape", "q", "f1", "h"])), "dismiss(None)", "Close", show=False)
    ]

    def __init__(self, commands: tuple[Command, ...], *, moves: bool = True) -> None:
        """`moves`: does the pane in focus answer to arrows and pages as well? Else letters are typed in it."""
        super().__init__()
        self._commands, self._moves = commands, moves

    def compose(self) -> ComposeResult:
        rows = RowList(picks=False)
        rows.display = True  # its width says how the rows are made
        with Vertical():
            yield rows
            yield Static(
                Content(_("Letters answer on the Latin and on the Russian layout. Esc closes this.")), classes="help"
            )

    def on_resize(self) -> None:
        lines = help_lines(self._commands, moves=self._moves, width=self.query_one(RowList).size.width - 1)
        rows = self.query_one(RowList)
        rows.show(len(lines), lambda number: lines[number])
        rows.focus()


_KEYS, _NARROW_KEYS, _TITLE = 19, 16, 27  # columns
_ROOMY = 100  # columns from which on what a command does stands beside its name


def help_lines(commands: tuple[Command, ...], *, moves: bool = True, width: int = 120) -> list[Content]:
    """A command a line, or more where its help is long; groups under their names, digits of one meaning together."""
    found: list[Content] = []
    if moves:
        found += _lines("↑ ↓ PgUp PgDn", _("Lines and pages"), _("Home and End: first and last."), width)
    for group, members in groupby(commands, key=lambda c: c.group):
        found += [Content(""), Content(_(group).upper()).stylize("bold $text-accent")]
        done: set[str] = set()
        for command in members:
            if command.title in done:
                continue
            done.add(command.title)
            same = [c for c in commands if c.title == command.title and c.group == group]
            answers = [k for k in with_twins(keys_of(command)) if k.isascii() or "+" not in k]
            keys = "  ".join(shown(k) for k in answers if moves or len(k) > 1)
            if len(same) > 1 and all(len(c.keys) == 1 and c.keys[0].isdigit() for c in same):
                keys = f"{same[0].keys[0]} … {same[-1].keys[0]}"
            found += _lines(keys or _("palette"), _(command.title), keyed(command.help), width)
    return found


def _lines(keys: str, title: str, help_: str, width: int) -> list[Content]:
    if width < _ROOMY:
        below = Content(help_).wrap(max(20, width - _NARROW_KEYS))
        head = Content.assemble((keys.ljust(_NARROW_KEYS), "bold"), (title, "bold"))
        return [head, *(Content.assemble(" " * _NARROW_KEYS, part.stylize("$foreground-muted")) for part in below)]
    beside = max(_TITLE, len(title) + 1)
    first, *others = Content(help_).wrap(max(20, width - _KEYS - beside))
    head = Content.assemble((keys.ljust(_KEYS), "bold"), title.ljust(beside), first.stylize("$foreground-muted"))
    rest = [Content.assemble(" " * (_KEYS + beside), line.stylize("$foreground-muted")) for line in others]
    return [head, *rest]
