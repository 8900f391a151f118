"""What waits after the current place, in the order of the queue: beside the text where the screen has the room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from workbench.core.suggestion import Suggestion
from workbench.core.visible import flat
from workbench.i18n import _
from workbench.services.document.queue import Waiting
from workbench.tui.panel import KIND_WORDS
from workbench.tui.unscrolled import Unscrolled


class Ahead(Unscrolled, Static):
    """Shows as many as it has lines for; never asks for one."""

    DEFAULT_CSS = "Ahead { display: none; background: $surface; padding: 0 1; text-wrap: nowrap; overflow: hidden; }"

    class Sized(Message):
        """There is room for more of them, or for fewer."""

    @property
    def room(self) -> int:
        """So many can be shown; none while the list is out of sight."""
        return max(0, self.size.height - 1) if self.display else 0

    def on_resize(self) -> None:
        self.post_message(self.Sized())

    def tell(self, waiting: Sequence[Waiting]) -> None:
        head = _("Waits next") if waiting else _("Nothing waits after this place")
        lines = [Content(head).stylize("$foreground-muted"), *(_line(w.line, w.suggestion) for w in waiting)]
        self.update(Content("\n").join(line.truncate(self.size.width, ellipsis=True) for line in lines), layout=False)


def _line(number: int | None, suggestion: Suggestion) -> Content:
    quote = flat(suggestion.quote) or "∅"
    if suggestion.candidates:
        after = Content.assemble(" → ", (flat(suggestion.candidates[0].text) or "∅", "$text-success"))
    else:
        after = Content("  " + _(KIND_WORDS.get(suggestion.kind, suggestion.kind))).stylize("$foreground-muted")
    shown = "+" if number is None else str(number)
    return Content.assemble((f"{shown:>5}  ", "$foreground-muted"), (quote, "$text-warning"), after)
