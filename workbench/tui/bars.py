"""The two one-line bars: what is open and how far, above; the keys that matter, below.

Each is laid out when it is painted, for the width that it has then: so it is on the first screen, and once only.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from textual.content import Content
from textual.timer import Timer

from workbench.core.visible import visible
from workbench.i18n import _
from workbench.tui.command import Command, keys_of, shown
from workbench.tui.commands import EVERYWHERE
from workbench.tui.unscrolled import Unscrolled

_FLASH_SECONDS = 4
_FEW = 5
"""Cells of a heading that say less than none."""


class TitleBar(Unscrolled):
    """Left: what is open. Right: how far it is, or for a moment what was just done.

    What stands before two blanks at the left, the name of the screen or of the mode, is never cut.
    """

    DEFAULT_CSS = "TitleBar { height: 1; background: $panel; color: $foreground; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right, self._flash, self._meanwhile = "", "", "", ""
        self._fades: Timer | None = None

    def say(self, left: str, right: str) -> None:
        self._left, self._right = visible(left), visible(right)
        self.refresh()

    def meanwhile(self, words: str) -> None:
        """Say what goes on, in the place of how far it is, until it is told that nothing does any more."""
        self._meanwhile = visible(words)
        self.refresh()

    def flash(self, words: str) -> None:
        """Say for a moment what was done, in the place of how far it is."""
        self._flash = visible(words)
        self.refresh()
        if self._fades is not None:
            self._fades.stop()
        self._fades = self.set_timer(_FLASH_SECONDS, self._fade)

    def _fade(self) -> None:
        self._flash = ""
        self.refresh()

    def render(self) -> Content:
        width = max(0, self.size.width - 2)
        now = self._flash or self._meanwhile
        right = Content(now).stylize("bold $text-accent") if now else Content(self._right)
        mode, apart, _rest = self._left.partition("  ")
        name = Content(mode if apart or not now else "")  # a title that names no mode gives way to what was done
        right = right.truncate(max(0, width - name.cell_length - 2), ellipsis=True)
        room = max(0, width - right.cell_length - 2)
        left = Content(self._left).truncate(room, ellipsis=True) if room > name.cell_length + _FEW else name
        gap = max(1, width - left.cell_length - right.cell_length)
        return Content.assemble(left.stylize("bold"), " " * gap, right if now else right.stylize("$foreground-muted"))


class KeyBar(Unscrolled):
    """As many commands as the width holds, in the order of their table; those of a high rank give way first."""

    DEFAULT_CSS = "KeyBar { height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__()
        self._offered = _offered((*EVERYWHERE[:1], *commands, *EVERYWHERE[1:]))
        self._instead: list[Command] | None = None

    def instead(self, commands: Iterable[Command] | None) -> None:
        """Show other commands for a while; None brings one's own back."""
        self._instead = _offered((*commands, *EVERYWHERE[:1])) if commands is not None else None
        self.refresh()

    def render(self) -> Content:
        offered = self._offered if self._instead is None else self._instead
        parts = [
            Content.assemble(
                (shown(keys_of(c)[0]), "bold $text-accent"), " ", (_(c.footer), "$foreground-muted"), "  "
            )
            for c in offered
        ]  # fmt: skip
        order = sorted(range(len(parts)), key=lambda number: offered[number].rank)
        lengths = accumulate(parts[number].cell_length for number in order)
        fitting = sum(length - 2 <= self.size.width for length in lengths)
        return Content.assemble(*(parts[number] for number in sorted(order[:fitting])))


def _offered(commands: Iterable[Command]) -> list[Command]:
    """The commands that have a key, and a word for the footer."""
    return [c for c in commands if c.footer and keys_of(c)]
