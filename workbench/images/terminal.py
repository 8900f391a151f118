"""What a terminal can show, by what its environment says: it is never asked, for its answer mixes with the keys."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Literal

from workbench.images.framing import Size

Protocol = Literal["kitty", "sixel", "halfblocks", "off"]

_USUAL_CELL = Size(10, 20)
_KITTY_TERMS = ("xterm-kitty", "xterm-ghostty")
_SIXEL_TERMS = ("foot", "mlterm", "contour", "yaft")
_SIXEL_PROGRAMS = ("WezTerm", "mintty", "iTerm.app")


def protocol(setting: str, environment: Mapping[str, str]) -> Protocol:
    """How images are shown: what the setting says, else what the terminal is known to have.

    Within a multiplexer the variables of the terminal outside are still there, but what it can do is not.
    """
    match setting:
        case "kitty" | "sixel" | "halfblocks" | "off":
            return setting
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or term.startswith(("tmux", "screen")):
        return "halfblocks"
    if environment.get("KITTY_WINDOW_ID") or term in _KITTY_TERMS or program == "ghostty":
        return "kitty"
    if term.startswith(_SIXEL_TERMS) or program in _SIXEL_PROGRAMS:
        return "sixel"
    return "halfblocks"


def cell_size() -> Size:
    """Pixels of a cell as the system keeps them for the terminal; the usual ones where it does not."""
    try:
        import fcntl
        import struct
        import termios

        stdout = sys.__stdout__
        assert stdout is not None
        said = fcntl.ioctl(stdout.fileno(), termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("HHHH", said)
    except (ImportError, OSError, ValueError, AssertionError):  # Windows, no terminal, a closed one
        return _USUAL_CELL
    if not (rows and columns and width >= columns and height >= rows):
        return _USUAL_CELL
    return Size(width // columns, height // rows)
