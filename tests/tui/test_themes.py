"""Every theme can be read: the contrast of WCAG, computed for what is shown on what."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from workbench.services.edition import init
from workbench.tui.app import WorkbenchApp
from workbench.tui.themes import CONTRAST, THEMES

_TEXTS = (
    "foreground", "foreground-muted", "text-primary", "text-success", "text-warning", "text-error", "text-accent",
)  # fmt: skip
_GROUNDS = ("background", "surface", "panel")


def _luminance(color: Color) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(color.r) + 0.7152 * part(color.g) + 0.0722 * part(color.b)


def _contrast(one: Color, other: Color) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", _GROUNDS)
@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_colour_can_be_read_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    """4.5 to 1 as WCAG asks, 7 to 1 where high contrast is promised."""
    colors = {**theme.to_color_system().generate(), **theme.variables}
    least = 7.0 if theme is CONTRAST else 4.5
    assert _contrast(Color.parse(colors[text]), Color.parse(colors[ground])) >= least


async def test_a_key_goes_round_the_themes_and_the_choice_is_kept(tmp_path: Path) -> None:
    with init(tmp_path / "edition") as edition:
        app = WorkbenchApp(edition)
        async with app.run_test() as pilot:
            seen = [app.theme]
            for _ in THEMES:
                await pilot.press("f2")
                seen.append(app.theme)
            await pilot.press("f2")
            chosen = app.theme
            await pilot.press("ctrl+q")
        assert seen == [*(t.name for t in THEMES), THEMES[0].name]
        assert WorkbenchApp(edition).theme == chosen
