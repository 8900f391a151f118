"""The desk: one document, raw beside reading, a place at a time."""

from workbench.tui.desk.screen import DeskScreen

__all__ = ["DeskScreen"]
