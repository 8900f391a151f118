"""A page image on the whole screen: the page, closer, further, across."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from workbench.i18n import _
from workbench.images.framing import Size
from workbench.images.terminal import Protocol
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.command import bindings
from workbench.tui.commands import EVERYWHERE, PAGE_IMAGE
from workbench.tui.image_pane import ImagePane
from workbench.tui.pictures import Request


class PageScreen(Screen[None]):
    """Shows the page of a request, the word in its frame."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAGE_IMAGE)
    commands = (*PAGE_IMAGE, *EVERYWHERE)
    DEFAULT_CSS = "PageScreen ImagePane { height: 1fr; max-height: 100%; }"

    def __init__(self, request: Request, *, protocol: Protocol | None = None, cell: Size | None = None) -> None:
        super().__init__()
        self._request = request
        self._pane = ImagePane(mode="page", protocol=protocol, cell=cell)

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield self._pane
        yield KeyBar(PAGE_IMAGE)

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("Page image"), "")
        self._pane.show(self._request)

    def action_zoom(self, by: int) -> None:
        self._pane.action_zoom(by)

    def action_fit(self) -> None:
        self._pane.action_fit()

    def action_pan(self, across: int, down: int) -> None:
        self._pane.action_pan(across, down)

    def action_close(self) -> None:
        self.dismiss()
