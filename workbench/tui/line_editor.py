"""Editing a line in place: its reading to type over, where it stands, the decisions it would become forming beneath."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from workbench.core.edit import hunks
from workbench.core.visible import as_typed, visible
from workbench.i18n import _, ngettext

_LINES = 8  # of the text that are shown at once
_BENEATH = 5  # screen lines for borders and for what it would become


class _Line(TextArea):
    """A text area in which Enter ends the line."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(LineEditor.Entered())
            return
        await super()._on_key(event)


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
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    class Entered(Message):
        """Enter was pressed."""

    class Done(Message):
        """Editing ended: with the new line, or None when it was left."""

        def __init__(self, row: int, old: str, new: str | None) -> None:
            super().__init__()
            self.row, self.old, self.new = row, old, new

    def __init__(self) -> None:
        super().__init__()
        self._row, self._old = 0, ""

    def compose(self) -> ComposeResult:
        yield _Line(soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Static()

    def begin(self, row: int, reading: str, at: int = 0, *, top: int = 0) -> None:
        """Edit the reading of a row, the cursor before a code point of it; `top`: the screen line it stands on."""
        self._row, self._old = row, reading
        screen = self.screen.size
        needed = min(_LINES, len(reading) // max(screen.width - 4, 1) + 1) + _BENEATH
        self.styles.offset = (0, max(1, min(top - 1, screen.height - needed - 1)))
        area = self.query_one(_Line)
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
        typed = self.query_one(_Line).text.replace("\n", " ")
        return as_typed(typed, self._old)

    def _preview(self) -> None:
        changes = list(reversed(hunks(self._old, self._new)))
        parts: list[Content] = []
        for i, j, text in changes:
            parts.append(
                Content.assemble((visible(self._old[i:j]) or "∅", "strike $text-error"), " → ",
                                 (visible(text) or "∅", "bold $text-success"))
            )  # fmt: skip
        said = Content("   ").join(parts) if parts else Content(_("nothing changed yet"))
        count = ngettext("{count} decision", "{count} decisions", len(changes)).format(count=len(changes))
        self.query_one(Static).update(Content("\n").join([said, Content(count)]))

    def on_line_editor_entered(self, event: LineEditor.Entered) -> None:
        event.stop()
        self.post_message(self.Done(self._row, self._old, self._new))

    def action_leave(self) -> None:
        self.post_message(self.Done(self._row, self._old, None))
