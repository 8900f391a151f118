"""The facing texts: raw lines beside their reading, however long the document."""

from workbench.tui.view.facing import FacingView, Place, Side

__all__ = ["FacingView", "Place", "Side"]
