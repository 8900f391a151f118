"""The description of a document: a field a line, what the text itself proposes beside it, one key away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from workbench.core.description import FIELDS
from workbench.core.errors import WorkbenchError
from workbench.core.visible import as_typed, visible
from workbench.i18n import N_, _
from workbench.services import deciding
from workbench.services.document import describing
from workbench.services.document.describing import Proposal
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.services.library import Listing
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.command import bindings
from workbench.tui.commands import DESCRIPTION, EVERYWHERE

NAMES: Mapping[str, str] = {
    "title": N_("title"), "kind": N_("kind"), "author": N_("author"), "addressee": N_("addressee"),
    "contents": N_("contents"), "number": N_("office number"), "date_written": N_("date as written"),
    "date": N_("date"), "date_reason": N_("reason for the date"), "place": N_("place"), "archive": N_("archive"),
    "fond": N_("fond"), "opis": N_("opis"), "delo": N_("delo"), "leaves": N_("leaves"), "copy": N_("original or copy"),
    "technique": N_("technique"), "language": N_("language"), "publications": N_("publications"),
    "collated": N_("collated with"), "parent": N_("belongs to"), "remarks": N_("remarks"),
}  # fmt: skip
"""Fields with what they are called."""


class DescriptionScreen(AtWork):
    """Answers whether anything was recorded."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DESCRIPTION)
    commands = (*DESCRIPTION, *EVERYWHERE[:1])
    DEFAULT_CSS = """
    DescriptionScreen VerticalScroll { height: 1fr; padding: 0 1; }
    DescriptionScreen .field { height: 1; }
    DescriptionScreen .name { width: 22; color: $foreground-muted; }
    DescriptionScreen Input {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $surface;
        &:focus { border: none; background: $panel; }
    }
    DescriptionScreen .proposal { width: 30%; padding-left: 2; color: $text-success; text-wrap: nowrap; }
    DescriptionScreen #help { height: 2; padding: 0 1; background: $surface; color: $foreground-muted; }
    """

    def __init__(self, document: Listing) -> None:
        super().__init__()
        self._document = document
        self._was = dict(document.description)
        self._proposals: Mapping[str, list[Proposal]] = {}

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with VerticalScroll(can_focus=False):
            for name in FIELDS:
                with Horizontal(classes="field"):
                    yield Static(Content(_(NAMES[name])), classes="name")
                    yield Input(visible(self._was.get(name, "")), id=f"field-{name}", select_on_focus=False)
                    yield Static(id=f"proposal-{name}", classes="proposal")
        yield Static(id="help")
        yield KeyBar(DESCRIPTION)

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("DESCRIPTION") + f"  {self._document.title}", "")
        document = self._document.id

        def make(edition: Edition, told: Callable[[str], None]) -> Mapping[str, list[Proposal]]:
            return describing.propose(Desk(edition, document))

        self.prepare(make, self._have)
        empty = [name for name in FIELDS if name != "title" and not self._was.get(name)]
        self._input(empty[0] if empty else "title").focus()

    def _input(self, name: str) -> Input:
        return self.query_one(f"#field-{name}", Input)

    def _have(self, proposals: Mapping[str, list[Proposal]]) -> None:
        self._proposals = proposals
        for name in FIELDS:
            self._propose(name)

    def _propose(self, name: str) -> None:
        """Show what the text proposes, unless it stands there already."""
        offered = self._offered(name)
        self.query_one(f"#proposal-{name}", Static).update(Content(visible(f"← {offered.value}") if offered else ""))

    def _offered(self, name: str) -> Proposal | None:
        """The proposal after the one that stands in the field."""
        here = self._proposals.get(name, [])
        values = [p.value for p in here]
        now = self._value(name)
        if now in values:
            return here[(values.index(now) + 1) % len(here)] if len(here) > 1 else None
        return here[0] if here and not now else None

    def _value(self, name: str) -> str:
        return as_typed(self._input(name).value, self._was.get(name, "")).strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id:
            self._propose(event.input.id.removeprefix("field-"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def on_descendant_focus(self) -> None:
        name = self._focused_name
        if name:
            offered = self._offered(name)
            line = _("; line {number} says so").format(number=offered.line) if offered else ""
            self.query_one("#help", Static).update(Content(visible(_(NAMES[name]) + ": " + _(FIELDS[name]) + line)))

    @property
    def _focused_name(self) -> str:
        focused = self.focused
        return (focused.id or "").removeprefix("field-") if isinstance(focused, Input) else ""

    def action_take(self) -> None:
        name = self._focused_name
        offered = self._offered(name) if name else None
        if offered is None:
            self.workbench.tell(_("The text proposes nothing here"))
            return
        self._input(name).value = visible(offered.value)
        self._input(name).cursor_position = len(offered.value)

    @property
    def _changed(self) -> dict[str, str]:
        return {name: self._value(name) for name in FIELDS if self._value(name) != self._was.get(name, "")}

    @work(exclusive=True, group="ask")
    async def action_save(self) -> None:
        await self._save()

    async def _save(self) -> None:
        changed = self._changed
        person = await self.workbench.ask_person() if changed else None
        if changed and person is None:
            return
        if changed and person is not None:
            asked = {"act": "describe", "document": self._document.id, "fields": changed}
            try:
                deciding.record_all(self.workbench.edition, [asked], person)
            except WorkbenchError as error:
                self.workbench.complain(error)
                return
        self.dismiss(bool(changed))

    @work(exclusive=True, group="ask")
    async def action_leave(self) -> None:
        if not self._changed:
            self.dismiss(False)
            return
        options = [("save", _("record what was typed")), ("drop", _("leave it unrecorded"))]
        chosen = await self.app.push_screen_wait(Choose(_("The description was changed"), options))
        if chosen == "save":
            await self._save()
        elif chosen == "drop":
            self.dismiss(False)
