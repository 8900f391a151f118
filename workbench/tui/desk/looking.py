"""The page image at the desk: of the line the person is in, on and off by key, never in the way of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import _
from workbench.tui.desk.base import AtDesk

if TYPE_CHECKING:
    from workbench.services.desk import Place
    from workbench.tui.image_pane import ImagePane
    from workbench.tui.pictures import Request


class Looking(AtDesk):
    """Keys that show the page."""

    _pane: ImagePane | None = None

    async def action_image(self) -> None:
        """On and off; the pane is made when it is first wanted."""
        from workbench.tui.image_pane import ImagePane

        if self._request(self.place) is None:
            self.workbench.tell(_("There is no image of this page; `workbench add --image FILE DOC` attaches one"))
            return
        if self._pane is None:
            self._pane = ImagePane()
            await self.query_one("#left").mount(self._pane)
        else:
            self._pane.action_on_off()
        self.show_image()

    def action_image_zoom(self, by: int) -> None:
        if self._pane is not None and self._pane.display:
            self._pane.action_zoom(by)

    def action_page_image(self) -> None:
        from workbench.tui.page_screen import PageScreen

        request = self._request(self.place)
        if request is None:
            self.workbench.tell(_("There is no image of this page; `workbench add --image FILE DOC` attaches one"))
        else:
            self.app.push_screen(PageScreen(request))

    def show_image(self) -> None:
        if self._pane is None or not self._pane.display:
            return
        near = (self.next_open(self.place), self.next_open(self.place, backwards=True))
        ahead = [request for place in near if place is not None and (request := self._request(place)) is not None]
        self._pane.show(self._request(self.place), ahead=ahead)

    def _request(self, place: Place | None) -> Request | None:
        from workbench.services import images
        from workbench.tui import pictures

        if place is None:
            return None
        found = images.page_image(self.workbench.edition, place.text, place.start)
        return pictures.request(found, place.start, place.end) if found is not None else None
