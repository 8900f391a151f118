"""Editing a line in place: its reading to type over, where it stands, the decisions it would become forming beneath."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from workbench.core.edit import hunks
from workbench.core.visible import as_typed, visible
from workbench.i18n import _, ngettext
from workbench.tui.command import bindings
from workbench.tui.commands import EVERYWHERE, LINE

_LINES = 8  # of the text that are shown at once
_BENEATH = 5  # screen lines for borders and for what it would become


class LineEditor(Vertical):
    """Laid over the text at the line that is edited."""

    DEFAULT_CSS = """
    LineEditor {
        layer: over; display: none; width: 100%; height: auto; max-height: 14; background: $surface;
        border-top: solid $accent; border-bottom: solid $accent;
    }
    LineEditor TextArea {
        height: auto; min-height: 1; max-height: 8; background: $surface; padding: 0 1;
        &, &:focus { border: none; }
    }
    LineEditor Static { padding: 0 1; height: auto; max-height: 5; color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(LINE)
    commands = (*LINE, *EVERYWHERE)

    class Done(Message):
        """Editing ended: with the new line, or None when it was left."""

        def __init__(self, old: str, new: str | None) -> None:
            super().__init__()
            self.old, self.new = old, new

    class Typed(Message):
        """So many signs of a new line are typed."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Added(Message):
        """A line that was to be added is written, or (None) no more are wanted."""

        def __init__(self, row: int | None, new: str | None) -> None:
            super().__init__()
            self.row, self.new = row, new

    def __init__(self) -> None:
        super().__init__()
        self._row: int | None = None  # after which a line is added
        self._old = ""
        self._adding = self._may_break = False

    def compose(self) -> ComposeResult:
        yield TextArea(soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Static()

    def begin(
        self, reading: str, at: int = 0, *, top: int = 0, may_break: bool = False, typed: str | None = None
    ) -> None:
        """Edit the reading of a line, the cursor before a code point of it; `top`: the screen line it stands on.

        `may_break`: Ctrl+J makes two lines of it. `typed`: what was made of it before, to go on with.
        """
        self._adding, self._may_break = False, may_break
        self._open(reading, at, top)
        if typed is not None:
            self.query_one(TextArea).load_text(visible(typed))
            self._preview()

    def begin_new(self, row: int | None, *, top: int = 0) -> None:
        """Write a line to be added after a row, or before the first (None)."""
        self._adding = self._may_break = True
        self._row = row
        self._open("", 0, top)

    def _open(self, reading: str, at: int, top: int) -> None:
        self._old = reading
        screen = self.screen.size
        needed = min(_LINES, len(reading) // max(screen.width - 4, 1) + 1) + _BENEATH
        self.styles.offset = (0, max(1, min(top - 1, screen.height - needed - 1)))
        area = self.query_one(TextArea)
        area.load_text(visible(reading))
        area.move_cursor((0, min(at, len(reading))))
        self.display = True
        area.focus()
        self._preview()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._preview()

    @property
    def _new(self) -> str:
        typed = self.query_one(TextArea).text
        return as_typed(typed if self._may_break else typed.replace("\n", " "), self._old)

    def _preview(self) -> None:
        if self._adding:
            lines = self._new.count("\n") + 1
            words = ngettext("{count} line to be added", "{count} lines to be added", lines).format(count=lines)
            self.query_one(Static).update(Content(words))
            self.post_message(self.Typed(len(self._new)))
            return
        changes = list(reversed(hunks(self._old, self._new)))
        parts: list[Content] = []
        for i, j, text in changes:
            parts.append(
                Content.assemble((visible(self._old[i:j]) or "∅", "strike $text-error"), " → ",
                                 (visible(text) or "∅", "bold $text-success"))
            )  # fmt: skip
        if not parts:
            self.query_one(Static).update(Content(_("nothing changed yet")))
            return
        count = ngettext("{count} decision", "{count} decisions", len(changes)).format(count=len(changes))
        self.query_one(Static).update(Content("\n").join([Content("   ").join(parts), Content(count)]))

    def action_end(self) -> None:
        self._end(self._new)

    def action_break(self) -> None:
        if self._may_break:
            self.query_one(TextArea).insert("\n")

    def action_leave(self) -> None:
        self._end(None)

    def _end(self, new: str | None) -> None:
        if self._adding:
            self.post_message(self.Added(self._row, new))
        else:
            self.post_message(self.Done(self._old, new))
