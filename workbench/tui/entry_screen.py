"""What the screens of entries share: rows, the entry under the cursor in full, and the image of its line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.looking_back.placed import Placed
from workbench.tui.list_screen import ListScreen, Row

if TYPE_CHECKING:
    from workbench.tui.image_pane import ImagePane


class EntryScreen(ListScreen[Row]):
    """Rows of entries; the one under the cursor is told in full below."""

    detail = "entry"
    DEFAULT_CSS = "EntryScreen #entry { height: 9; }"
    _pane: ImagePane | None = None

    def __init__(self) -> None:
        super().__init__()
        self._sigla: dict[str, str] = {}
        """By name."""

    def show_rows(self, rows: list[Row], nothing: str, cursor: int | None = None) -> None:
        self._sigla = {p.name: p.siglum for p in persons.everyone(self.workbench.edition)}
        super().show_rows(rows, nothing, cursor)

    def who(self, name: str) -> str:
        """A person in a column: the name, or on a narrow screen the siglum."""
        return f"{visible(self._sigla.get(name, name))[:6]:6}" if self.narrow else f"{visible(name)[:16]:16}"

    def placed(self) -> Placed | None:
        """The entry under the cursor."""
        raise NotImplementedError

    def do(self, act: Callable[[Edition], object], said: str = "") -> None:
        """Record something, say so, and list anew; what is refused too, for others may have decided there meanwhile."""
        try:
            act(self.workbench.edition)
        except WorkbenchError as error:
            self.workbench.complain(error)
        else:
            if said:
                self.workbench.tell(said)
        self.listed()

    def tell_here(self) -> None:
        super().tell_here()
        self._show_image()

    # the image

    async def action_image(self) -> None:
        """The image of the line, on and off."""
        from workbench.tui.image_pane import ImagePane

        if self._pane is None:
            self._pane = ImagePane()
            await self.mount(self._pane, before="#entry")
        else:
            self._pane.action_on_off()
        self._show_image()

    def _show_image(self) -> None:
        if self._pane is None or not self._pane.display:
            return
        from workbench.services import images
        from workbench.tui import pictures

        placed = self.placed()
        found = images.of_entry(self.workbench.edition, placed.entry) if placed is not None else None
        if placed is None or found is None:
            self._pane.show(None)
            return
        d = placed.entry.decision
        start, end = (0, len(d.page or "")) if d.layer == "line" else d.span
        self._pane.show(pictures.request(found, start, end))
