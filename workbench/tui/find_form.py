"""What to find and what to put in its place: words or a regular expression, in the raw text or in the reading."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Label, Static

from workbench.core.errors import UsageError
from workbench.core.visible import as_typed, visible
from workbench.i18n import _, in_words
from workbench.services import series
from workbench.services.series import Wanted


class _Toggle(Checkbox, inherit_bindings=False):
    """A checkbox that shows its state by its sign and not by colour alone, and leaves Enter to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", "Toggle", show=False)]

    def render(self) -> Content:
        return Content.assemble("☑ " if self.value else "☐ ", self.label)


class FindForm(ModalScreen[Wanted | None]):
    """Answers with what is wanted; None when left. Enter looks for it, wherever one is in the form."""

    DEFAULT_CSS = """
    FindForm { align: center middle; }
    FindForm > Vertical {
        width: 90%; max-width: 84; height: auto; background: $surface; border: round $accent; padding: 0 2;
    }
    FindForm Checkbox { border: none; padding: 0; background: $surface; height: 1; &:focus { border: none; } }
    FindForm Input { margin-bottom: 1; }
    FindForm #wrong { color: $text-error; }
    FindForm .help { color: $foreground-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", "Look for it", show=False),
        Binding("escape", "dismiss(None)", "Leave", show=False),
    ]

    def __init__(self, wanted: Wanted | None = None) -> None:
        """`wanted`: what was looked for before; where it changes no text, only what is looked for can be changed."""
        super().__init__()
        self._was = wanted
        self._replaces = wanted is None or wanted.replacement is not None
        plain = series.plain(wanted.pattern) if wanted is not None else ("", True)
        self._pattern = wanted.pattern if plain is None and wanted is not None else plain[0] if plain else ""
        self._plain, self._words = plain is not None, plain is not None and plain[1]
        replacement = (wanted.replacement or "") if wanted is not None else ""
        self._replacement = (series.plain_replacement(replacement) or "") if self._plain else replacement

    def compose(self) -> ComposeResult:
        was = self._was
        with Vertical():
            yield Label(_("Find"))
            yield Input(value=visible(self._pattern), id="pattern", select_on_focus=False)
            if self._replaces:
                yield Label(_("Replace by"))
                yield Input(value=visible(self._replacement), id="replacement", select_on_focus=False)
            yield _Toggle(_("a regular expression"), value=not self._plain, id="regex")
            yield _Toggle(
                _("in the reading, with what was decided"), value=bool(was and was.over == "reading"), id="reading"
            )
            yield _Toggle(_("whole words"), value=self._words, id="words", disabled=not self._plain)
            yield _Toggle(_("capital or small alike"), value=bool(was and was.any_case), id="case")
            yield Static(id="wrong")
            yield Static(Content(_("Enter looks for it · Tab goes on · Space ticks · Esc leaves")), classes="help")

    def _ticked(self, name: str) -> bool:
        return self.query_one(f"#{name}", Checkbox).value

    def _typed(self, name: str, was: str) -> str:
        return as_typed(self.query_one(f"#{name}", Input).value, was)

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        event.stop()
        if event.checkbox.id == "regex":  # which says itself where words begin and end
            self.query_one("#words", Checkbox).disabled = event.value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_look()

    def action_look(self) -> None:
        typed = self._typed("pattern", self._pattern)
        if not typed:
            self._wrong(_("Nothing to look for is typed yet"))
            return
        replacement = self._typed("replacement", self._replacement) if self._replaces else None
        if self._ticked("regex"):
            pattern = typed
        else:
            pattern = series.words(typed) if self._ticked("words") else series.exactly(typed)
            replacement = series.literal(replacement) if replacement is not None else None
        was = self._was if self._was is not None and not self._replaces else Wanted(pattern=pattern)
        wanted = replace(
            was, pattern=pattern, replacement=replacement, over="reading" if self._ticked("reading") else "raw",
            any_case=self._ticked("case"), like=None,
        )  # fmt: skip
        try:
            wanted.compiled()
        except UsageError as error:
            self._wrong(in_words(error))
            return
        self.dismiss(wanted)

    def _wrong(self, words: str) -> None:
        self.query_one("#wrong", Static).update(Content(visible(words)))
