"""The three themes: dark, light, high contrast.

Hues are of the Okabe–Ito set, which colour-blind people tell apart; no role is told by its hue alone. A test computes
the contrast of every text colour on every ground.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="workbench-dark",
    dark=True,
    primary="#56b4e9",
    secondary="#cc79a7",
    accent="#e69f00",
    foreground="#dcdfe4",
    background="#16191d",
    surface="#1e2227",
    panel="#2a3038",
    success="#4cc9a0",
    warning="#f0c75e",
    error="#ff8a5c",
    variables={
        "text-primary": "#8accf2", "text-success": "#5fd6ae", "text-warning": "#f0c75e", "text-error": "#ff9d76",
        "text-accent": "#f2b441", "foreground-muted": "#9aa3ae", "scrollbar": "#3a424c", "scrollbar-hover": "#4b5561",
        "scrollbar-active": "#5b6673", "scrollbar-background": "#1a1d21",
    },
)  # fmt: skip

LIGHT = Theme(
    name="workbench-light",
    dark=False,
    primary="#00609c",
    secondary="#8a3d6a",
    accent="#8a5300",
    foreground="#22262b",
    background="#faf8f4",
    surface="#f1eee8",
    panel="#e2ded5",
    success="#00664a",
    warning="#7a4d00",
    error="#a83200",
    variables={
        "text-primary": "#00568c", "text-success": "#005f45", "text-warning": "#744800", "text-error": "#9c2e00",
        "text-accent": "#7d4b00", "foreground-muted": "#545b63", "scrollbar": "#cdc7bb", "scrollbar-hover": "#b9b2a4",
        "scrollbar-active": "#a59d8d", "scrollbar-background": "#f1eee8",
    },
)  # fmt: skip

CONTRAST = Theme(
    name="workbench-contrast",
    dark=True,
    primary="#7fd0ff",
    secondary="#ffb3de",
    accent="#ffd24d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#66ffcc",
    warning="#ffe14d",
    error="#ffb08a",
    variables={
        "text-primary": "#99dcff", "text-success": "#66ffcc", "text-warning": "#ffe14d", "text-error": "#ffb899",
        "text-accent": "#ffd24d", "foreground-muted": "#d0d0d0", "scrollbar": "#808080", "scrollbar-hover": "#a0a0a0",
        "scrollbar-active": "#c0c0c0", "scrollbar-background": "#000000",
    },
)  # fmt: skip

THEMES: tuple[Theme, ...] = (DARK, LIGHT, CONTRAST)
