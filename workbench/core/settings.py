"""What an edition can settle for itself, beside its house styles and rules."""

from __future__ import annotations

from workbench.core.errors import UsageError
from workbench.core.style import STYLES, house_style

SETTINGS: dict[str, tuple[str, str]] = {
    "language": ("ru", "language of the documents and of what exports say about them: ru, en"),
    "style": ("archival", f"house style of show and export: {', '.join(STYLES)}"),
    "review": ("others", "who approves: others, or alone (an edition of one person, whose exports say so)"),
}
"""Settings with their defaults and help."""


def check_setting(key: str, value: str) -> None:
    """Raises UsageError where a setting has no such value, or there is no such setting."""
    if key not in SETTINGS:
        raise UsageError(f"{key}={value} is no setting; see: workbench settings")
    if key == "language" and value not in ("ru", "en"):
        raise UsageError(f"{value!r} is no language of exports; known: ru, en")
    if key == "review" and value not in ("others", "alone"):
        raise UsageError(f"{value!r} is no way of reviewing; known: others, alone")
    if key == "style":
        house_style(value)
