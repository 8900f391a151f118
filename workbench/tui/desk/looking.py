"""The page image at the desk: of the line the person is in, on and off by key, never in the way of one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UnreadableError
from workbench.i18n import _
from workbench.tui.desk.base import AtDesk

if TYPE_CHECKING:
    from workbench.core.added_lines import AddedLine
    from workbench.images.framing import Area
    from workbench.services.document.desk import Place
    from workbench.services.images import PageImage
    from workbench.tui.image_pane import ImagePane
    from workbench.tui.pictures import Request


_WIDE = 0.5
"""A sign of type is about so wide, its line with what is above and below taken as high as 1."""


class Looking(AtDesk):
    """Keys that show the page."""

    _pane: ImagePane | None = None
    _next: Area | None = None
    """Where the next line to be added is on its page, as far as its ink says."""
    _awaited: PageImage | None = None
    """The image of that line."""

    async def action_image(self) -> None:
        """On and off; the pane is made when it is first wanted."""
        from workbench.tui.image_pane import ImagePane

        if self._request(self.here) is None:
            self._no_image()
            return
        if self._pane is None:
            self._pane = ImagePane()
            await self.query_one("#left").mount(self._pane)
        else:
            self._pane.action_on_off()
            self.desk.page_shown = False
        self.set_class(self._pane.display, "-looking")
        self.show_image()

    def _no_image(self) -> None:
        said = _("There is no image of this page; `workbench add --image FILE DOC` attaches one")
        self.workbench.tell(said, severity="warning")

    def action_image_zoom(self, by: int) -> None:
        if self._pane is not None and self._pane.display:
            self._pane.action_zoom(by)

    def action_page_image(self) -> None:
        from workbench.tui.page_screen import PageScreen

        request = self._request(self.here)
        if request is None:
            self._no_image()
        else:
            self.app.push_screen(PageScreen(request))

    def show_image(self) -> None:
        if self._pane is None or not self._pane.display:
            return
        near = (self.next_open(self.place), self.next_open(self.place, backwards=True))
        ahead = [request for place in near if place is not None and (request := self._request(place)) is not None]
        request = self._request(self.here)
        self._pane.show(request, ahead=ahead)
        self.desk.page_shown = request is not None

    def _request(self, place: Place | None) -> Request | None:
        from workbench.services import images
        from workbench.tui import pictures

        edition, lines = self.workbench.edition, self.desk.lines
        if place is None and not lines.row_count and lines.parts:
            stretch = lines.parts[0].stretch
            found = images.line_image(edition, stretch.text, stretch.start, box=None, nth=0, length=1)
            return pictures.request(found, 0, 0) if found is not None else None
        if place is None:
            return None
        if (line := lines.added_at(place.row)) is not None and place.kind == "line":
            nth = lines.part_of(place.row).nth(line)
            found = images.line_image(
                edition, line.text, line.at, box=_area(line), nth=nth, length=max(len(line.content), 1)
            )
        else:
            found = images.page_image(edition, place.text, place.start)
        return pictures.request(found, place.start, place.end) if found is not None else None

    # the next line of a page that no machine has read

    async def show_next_line(self, row: int | None) -> None:
        """Show where the line after a row should be on the page; the pane opens where the page has nothing but it."""
        from workbench.services import images

        self._next = self._awaited = None
        text, at, before, nth = self.desk.after(row)
        found = images.line_image(self.workbench.edition, text, at, box=None, nth=nth, length=1)
        if found is None:
            return
        lines = await asyncio.to_thread(_lines, found.path, found.frame)
        self._next = images.next_line(lines, _area(before) if before is not None else None, nth)
        if self._next is not None:
            signs = max(1, round(self._next.width / (self._next.height * _WIDE)))
            found = images.line_image(self.workbench.edition, text, at, box=self._next, nth=nth, length=signs) or found
        self._awaited = found
        if self._pane is None and not self.desk.lines.part_of(row or 0).lines:
            await self.action_image()
        self.follow(0)

    def follow(self, typed: int) -> None:
        """Show of the next line what comes after so many signs, as far as that can be guessed."""
        from workbench.tui import pictures

        if self._awaited is not None and self._pane is not None and self._pane.display:
            self._pane.show(pictures.request(self._awaited, typed, typed))

    def box_of_next(self) -> Mapping[str, int] | None:
        """Where the line that was shown last is on the page, for the journal."""
        if self._next is None:
            return None
        return dict(zip(("x", "y", "width", "height"), (max(0, round(n)) for n in self._next), strict=True))


@lru_cache(maxsize=8)
def _lines(path: Path, frame: int) -> tuple[Area, ...]:
    """The lines of a page by its ink; none of one that cannot be opened, which the pane says."""
    from workbench.images import ink, opening

    try:
        return ink.lines(opening.page(path, frame))
    except UnreadableError:
        return ()


def _area(line: AddedLine) -> Area | None:
    from workbench.images.framing import Area

    if line.box is None:
        return None
    return Area(line.box["x"], line.box["y"], line.box["width"], line.box["height"])
