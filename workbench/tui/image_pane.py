"""The image of the page beside the text: the line around the place, or the page, made by a worker, shown when ready.

A key only swaps pictures. The terminal is never asked what it can show: its environment and the person's settings say.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from workbench.core.errors import UnreadableError
from workbench.core.visible import visible
from workbench.i18n import _, in_words
from workbench.images import terminal
from workbench.images.framing import ZOOMS, Size
from workbench.images.terminal import Protocol
from workbench.services import places
from workbench.tui.pictures import Gallery, Made, Picture, Request, Wanted
from workbench.tui.view.strips import differences

if TYPE_CHECKING:
    from textual.driver import Driver

_PAN = 3
"""A step over the page is this part of what is seen, from one over it."""


class ImagePane(Widget):
    """Shows a Request below a line that names the image; never asks for one."""

    DEFAULT_CSS = """
    ImagePane { height: 10; max-height: 32%; background: $background; }
    ImagePane > .image-pane--caption { background: $panel; color: $foreground-muted; }
    """
    COMPONENT_CLASSES = {"image-pane--caption"}  # noqa: RUF012  Textual declares it so
    ALLOW_SELECT = False

    class Ready(Message):
        """The worker has made a picture."""

    def __init__(
        self, *, mode: Literal["line", "page"] = "line", id: str | None = None, protocol: Protocol | None = None,
        cell: Size | None = None,
    ) -> None:  # fmt: skip
        """`protocol`, `cell` (its pixels): else as the settings and the terminal have them."""
        super().__init__(id=id)
        self.mode: Literal["line", "page"] = mode
        self.request: Request | None = None
        self.zoom = 0
        self._ahead: tuple[Request, ...] = ()
        self._around: tuple[float, float] | None = None
        self._protocol, self._pinned = protocol, cell
        self._cell = cell
        self._gallery = Gallery()
        self._sent: set[int] = set()
        self._shown: Picture | None = None
        self._painted: list[Strip] = []

    def on_mount(self) -> None:
        setting = places.image_setting()
        chosen = self._protocol or terminal.protocol(setting, os.environ)
        if chosen == "off":
            self.display = self.mode == "page"
            chosen = terminal.protocol("auto", os.environ)
        if chosen == "kitty" and self.app.console.color_system != "truecolor":
            chosen = "halfblocks"  # the colours of a placeholder are its number
        self._protocol = chosen

    # what is shown

    def show(self, request: Request | None, ahead: Sequence[Request] = ()) -> None:
        """Show a place, or that there is no image; `ahead`: where the person may go next, made beforehand."""
        if request is None or self.request is None or (request.path, request.frame) != (
            self.request.path, self.request.frame
        ):  # fmt: skip
            self._shown = None
            self._around = None
        self.request, self._ahead = request, tuple(ahead)
        self._update()

    def action_on_off(self) -> None:
        """On and off."""
        self.display = not self.display
        if self.display:
            self.call_after_refresh(self._update)

    def action_zoom(self, by: int) -> None:
        """Closer by one step, or further away."""
        first = 0 if self.mode == "page" else ZOOMS.start
        self.zoom = min(max(self.zoom + by, first), ZOOMS.stop - 1)
        if self.mode == "page" and self._around is None and self.request is not None:
            self._around = self.request.place.centre
        self._update()

    def action_fit(self) -> None:
        """The usual size again."""
        self.zoom, self._around = 0, None
        self._update()

    def action_pan(self, across: int, down: int) -> None:
        """Move over the page."""
        if self.request is not None and self.size:
            window = self._wanted(self.request).window()
            x, y = window.centre
            self._around = x + across * window.width / _PAN, y + down * window.height / _PAN
            # What lies beyond the edge is no place to go on from.
            self._around = self._wanted(self.request).window().centre
            self._update()

    def _wanted(self, request: Request) -> Wanted:
        assert self._protocol is not None and self._cell is not None
        ground = self.background_colors[1].rgb
        return Wanted(
            request=request, mode=self.mode, zoom=self.zoom, around=self._around,
            cells=Size(self.size.width, self.size.height - 1), cell=self._cell, protocol=self._protocol, ground=ground,
            grey=self.app.no_color,
        )  # fmt: skip

    # making

    def on_resize(self) -> None:
        self._cell = self._pinned or terminal.cell_size()  # whose letters may have another size now
        self._shown = None
        self._update()

    def on_image_pane_ready(self) -> None:
        """Show it if it is what is wanted; a terminal gets what was made ahead before a key asks for it."""
        self._update(again=False)
        if self.display and self._protocol == "kitty" and self.size.height > 1:
            for request in self._ahead:
                made = self._gallery.ready(self._wanted(request))
                if isinstance(made, Picture):
                    self._send(made)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted and self.request is not None:
            self._update()

    def _update(self, *, again: bool = True) -> None:
        """Paint what is ready, and let the worker make what is not."""
        if not (self.display and self._cell is not None and self.size.height > 1):
            return
        made: Made | None = None
        if self.request is not None:
            wanted = self._wanted(self.request)
            made = self._gallery.ready(wanted)
            if again and self._gallery.want([wanted, *map(self._wanted, self._ahead)]):
                self.run_worker(self._work, thread=True, group="image", exit_on_error=False)
        if isinstance(made, Picture):
            self._send(made)
            self._shown = made
        self._paint(made)

    def _work(self) -> None:
        for _wanted in self._gallery.work():
            if not self.is_attached:
                return
            self.post_message(self.Ready())

    @property
    def _terminal(self) -> Driver | None:
        return self.app._driver

    def _send(self, picture: Picture) -> None:
        """Give the terminal a picture that it has not, before the cells that stand for it; take old ones back."""
        driver = self._terminal
        if driver is None:
            return
        if picture.number and picture.number not in self._sent:
            self._sent.add(picture.number)
            driver.write(picture.sent)
        while self._gallery.gone:
            self._forget(self._gallery.gone.pop())

    def _forget(self, number: int) -> None:
        from workbench.images import kitty

        if number in self._sent and self._terminal is not None:
            self._sent.discard(number)
            self._terminal.write(kitty.forgotten(number))

    def on_unmount(self) -> None:
        for number in tuple(self._sent):
            self._forget(number)

    # painting

    def _caption(self, made: Made | None) -> Content:
        if self.request is None:
            return Content(_("no page image"))
        r = self.request
        said = [visible(r.path.name), _("page {number}").format(number=r.page + 1)]
        if self.zoom:
            said.append(f"×{2 ** (self.zoom / 2):.2g}")
        if r.estimated:
            said.append(_("place estimated"))
        if made is None:
            said.append("…")
        return Content(" · ".join(said))

    def _words(self, made: Made | None) -> str:
        """What stands where there is no picture."""
        if self.request is None:
            return _("No image shows this page. Attach one: workbench add --image FILE DOC")
        return visible(in_words(made)) if isinstance(made, UnreadableError) else ""

    def _paint(self, made: Made | None) -> None:
        width, height = self.size
        plain, bar = self.visual_style, self.get_visual_style("image-pane--caption")
        lines = self._laid(self._caption(made).truncate(width - 2, ellipsis=True), 1, bar)
        if said := self._words(made):
            self._shown = None
            lines += self._laid(Content(said).stylize("$foreground-muted"), height - 1, plain)
        blank = Strip.blank(width, plain.rich_style)
        shown = self._shown.strips if self._shown is not None else ()
        lines = [*lines, *shown, *[blank] * height][:height]
        if self._protocol == "sixel":  # what is drawn takes no cells, so cells do not tell a row from another
            pairs = zip_longest(self._painted, lines)
            changed = [Region(0, y, width, 1) for y, (old, new) in enumerate(pairs) if old != new]
        else:
            changed = differences(self._painted, lines, width)
        self._painted = lines
        if changed:
            self.refresh(*changed)

    def _laid(self, words: Content, height: int, style: Style) -> list[Strip]:
        """Words a cell from the edge, with the filters (NO_COLOR, dim) that Textual's own rendering would apply."""
        width = self.size.width
        background = self.background_colors[1]
        lines = []
        for strip in Visual.to_strips(self, words, max(width - 2, 1), height, style):
            line = Strip([Segment(" ", style.rich_style), *strip]).adjust_cell_length(width, style.rich_style)
            for line_filter in self.app.get_line_filters():
                line = line.apply_filter(line_filter, background)
            lines.append(line)
        return lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the last painting; on a screen that is covered no picture, which would shine through."""
        blank = Strip.blank(self.size.width, self.visual_style.rich_style)
        covered = not self.screen.is_active
        lines = [*self._painted, *[blank] * self.size.height][: self.size.height]
        return [
            (blank if covered and y and self._protocol == "sixel" else line).crop(crop.x, crop.right)
            for y, line in enumerate(lines)
        ][crop.y : crop.bottom]
