"""The two one-line bars: what is open and how far, above; the keys that matter, below."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from workbench.core.visible import visible
from workbench.tui.commands import EVERYWHERE, Command, shown


class TitleBar(Static):
    """Left: what is open. Right: how far it is."""

    DEFAULT_CSS = "TitleBar { height: 1; background: $panel; color: $foreground; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right = "", ""

    def say(self, left: str, right: str) -> None:
        self._left, self._right = visible(left), visible(right)
        self._lay()

    def on_resize(self) -> None:
        self._lay()

    def _lay(self) -> None:
        width = max(0, self.size.width - 2)
        right = Content(self._right)
        left = Content(self._left).truncate(max(0, width - right.cell_length - 2), ellipsis=True)
        gap = max(1, width - left.cell_length - right.cell_length)
        line = Content.assemble(left.stylize("bold"), " " * gap, right.stylize("$text-muted"))
        self.update(line, layout=False)


class KeyBar(Static):
    """As many commands as the width holds, the first ones first."""

    DEFAULT_CSS = "KeyBar { height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__()
        self._commands = [c for c in (*commands, *EVERYWHERE) if c.footer]

    def on_resize(self) -> None:
        parts: list[Content] = []
        used = 0
        for command in self._commands:
            part = Content.assemble(
                (shown(command.keys[0]), "bold $accent"), " ", (command.footer, "$text-muted"), "  "
            )
            if used + part.cell_length > self.size.width - 2:
                break
            used += part.cell_length
            parts.append(part)
        self.update(Content.assemble(*parts), layout=False)
