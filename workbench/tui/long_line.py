"""A long line to type over: wrapped, and ended by Enter."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class LongLine(TextArea):
    """A text area of one line."""

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, value: str) -> None:
        super().__init__(value, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        return self.text.replace("\n", " ")

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        await super()._on_key(event)
