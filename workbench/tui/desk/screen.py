"""The screen of the desk: the view, the map, the panel and the line editor, put together."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size

from workbench.core.entry import Entry
from workbench.i18n import _
from workbench.services import library
from workbench.services.document.desk import Desk
from workbench.services.document.others import Others
from workbench.tui.ahead import Ahead
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.command import bindings
from workbench.tui.commands import DESK, EVERYWHERE
from workbench.tui.desk.editing import Editing
from workbench.tui.desk.looking import Looking
from workbench.tui.desk.moving import Moving
from workbench.tui.desk.opening import Opening
from workbench.tui.desk.shaping import Shaping
from workbench.tui.desk.transcribing import Transcribing
from workbench.tui.document_map import DocumentMap
from workbench.tui.panel import Panel
from workbench.tui.unscrolled import Frame
from workbench.tui.view import FacingView

_MOVING = ("line", "document", "revert")
"""Layers of entries after which rows can have other numbers."""
_LISTENS = 0.25
"""Seconds between two looks at what others decided."""


class DeskScreen(Editing, Transcribing, Shaping, Moving, Looking, Opening):
    """Composes the desk, and listens for what others decide."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DESK)
    commands = (*DESK, *EVERYWHERE)
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  Textual declares it so
        (0, "-narrow"),
        (100, "-facing"),
        (170, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    DEFAULT_CSS = """
    DeskScreen { layers: base over; }
    DeskScreen #work, DeskScreen #left, DeskScreen #text { width: 1fr; height: 1fr; }
    DeskScreen #text { layout: horizontal; }
    DeskScreen.-wide #work { layout: grid; grid-size: 2 2; grid-columns: 1fr 52; grid-rows: 13 1fr; }
    DeskScreen.-wide #left { row-span: 2; }
    DeskScreen.-narrow ImagePane { max-height: 50%; }
    DeskScreen.-low Panel, DeskScreen.-narrow.-looking Panel { height: 7; }
    DeskScreen.-wide Panel { height: 1fr; border-top: none; border-left: solid $panel; }
    DeskScreen.-wide Ahead { display: block; height: 1fr; border-left: solid $panel; }
    """

    def layout_for(self, size: Size) -> list[str]:
        """The classes of the layout for a size of the screen."""
        both = (self.HORIZONTAL_BREAKPOINTS, size.width), (self.VERTICAL_BREAKPOINTS, size.height)
        return [next(name for least, name in reversed(steps) if extent >= least) for steps, extent in both]

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Frame(id="work"):
            with Frame(id="left"), Frame(id="text"):
                yield FacingView(facing_from=98)
                yield DocumentMap()
            yield Panel()
            yield Ahead()
        yield KeyBar(DESK)

    def on_mount(self) -> None:
        self.desk = Desk(self.workbench.edition, self.document)
        self.heading = library.heading(self.workbench.edition, self.document)
        self.view.when_moved = self.row_moved
        self.view.show(self.desk.lines, facing=self.desk.lines.has_raw)
        self.view.focus()
        self._others = Others(self.workbench.edition)
        self._theirs: list[Entry] = []
        self._reshaped = False
        self.set_interval(_LISTENS, self._listen)
        self._begin()

    def _begin(self) -> None:
        row = self.desk.lines.row_of(*self._begin_at) if self._begin_at is not None else None
        if row is None or self._begin_at is None:
            self.go(self.next_open(None) or self.desk.place_at(0), jump=False)
        else:
            self.go_to_row(row, self._begin_at[1], jump=False)
        self.tell_progress()

    def on_document_map_sized(self) -> None:
        """Count once the first screen stands there, and for another height of the map."""
        self.recount()

    def on_ahead_sized(self) -> None:
        self.tell_ahead()

    def _listen(self) -> None:
        """Show what others decided; the cursor stays, and what is decided under it is said."""
        news = self._others.news()
        if news is not None and not self._reshaped:
            stretches = library.stretches(self.workbench.edition, self.document)
            self._reshaped = stretches != tuple(part.stretch for part in self.desk.lines.parts)
        # Else rows stay, for a question or a line is being answered; beneath a question the desk is "current" still.
        is_free = self.is_active and self.view.has_focus
        if self._reshaped:
            if is_free:
                self.reopen(self.at, _("Split, joined or read anew by others: your line is here"))
            return
        if news is not None:
            self._theirs += [e for e in news if not self.workbench.is_me(e.person) and e.decision.act != "person"]
            self.recount()
        if self._theirs and (is_free or not any(e.decision.layer in _MOVING for e in self._theirs)):
            theirs, self._theirs = self._theirs, []
            self._show_theirs(theirs)

    def _show_theirs(self, theirs: list[Entry]) -> None:
        if any(e.decision.layer == "revert" for e in theirs):
            self.lay_out()
        self.repaint_rows(theirs)
        here = self.place
        if here is not None and here.kind == "line" and self.desk.lines.row_of_added(here.text) is None:
            self.go(self.place_now, jump=False)
        else:
            self.tell_place()
        self.workbench.tell(_("{count} by others").format(count=len(theirs)))
