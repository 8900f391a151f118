"""Editing a line in place: its reading to type over, the decisions it would become forming live beneath."""

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
    """Shown in the place of the panel while a line is edited."""

    DEFAULT_CSS = """
    LineEditor { height: auto; max-height: 14; background: $surface; border-top: solid $accent; }
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

        def __init__(self, row: int, new: str | None) -> None:
            super().__init__()
            self.row, self.new = row, new

    def __init__(self) -> None:
        super().__init__()
        self._row, self._old = 0, ""

    def compose(self) -> ComposeResult:
        yield _Line(soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Static()

    def begin(self, row: int, reading: str, at: int = 0) -> None:
        """Edit the reading of a row, the cursor before a code point of it."""
        self._row, self._old = row, reading
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
        said = Content("   ").join(parts) if parts else Content("nothing changed yet")
        count = f"{len(changes)} decision{'' if len(changes) == 1 else 's'}"
        self.query_one(Static).update(Content("\n").join([said, Content(count)]))

    def on_line_editor_entered(self, event: LineEditor.Entered) -> None:
        event.stop()
        self.post_message(self.Done(self._row, self._new))

    def action_leave(self) -> None:
        self.post_message(self.Done(self._row, None))
