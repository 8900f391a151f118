"""Sixel: bands six pixels high, a colour at a time, each run of like columns counted.

A picture is cut into rows of cells, each a sixel picture of its own: a row of cells that the screen repaints brings its
part of the picture with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 16
"""Twice as many take half as much again to write, and show the grain of the paper."""
_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)
_SIGNS = bytes(63 + n for n in range(64)) + bytes(192)
_BIT = [bytes(n) + b"\x01" + bytes(255 - n) for n in range(256)]
"""Of each colour the table that leaves 1 where it is and 0 elsewhere."""


def rows(picture: Image, cell_height: int) -> list[str]:
    """A picture of few colours (mode `P`) as one sixel sequence for each row of cells."""
    palette = picture.getpalette() or []
    pixels, width = picture.tobytes(), picture.width
    return [
        _sequence(pixels[top * width : (top + cell_height) * width], width, palette)
        for top in range(0, picture.height, cell_height)
    ]


def _sequence(pixels: bytes, width: int, palette: list[int]) -> str:
    height = len(pixels) // width
    out = [f'\x1bP0;1;0q"1;1;{width};{height}']
    for colour in sorted(set(pixels)):
        shares = ";".join(str(round(v * 100 / 255)) for v in palette[colour * 3 : colour * 3 + 3])
        out.append(f"#{colour};2;{shares}")
    for top in range(0, height, 6):
        lines = [pixels[y * width : (y + 1) * width] for y in range(top, min(top + 6, height))]
        colours = sorted(set().union(*lines))
        out.append("$".join(f"#{colour}{_band(lines, colour)}" for colour in colours) + "-")
    return "".join(out) + "\x1b\\"


def _band(lines: list[bytes], colour: int) -> str:
    """The columns of one colour: bytes are bits, so six lines add up in one number."""
    table = _BIT[colour]
    total = 0
    for bit, line in enumerate(lines):
        total |= int.from_bytes(line.translate(table), "big") << bit
    columns = total.to_bytes(len(lines[0]), "big").rstrip(b"\x00").translate(_SIGNS)
    return _RUN.sub(lambda run: b"!%d%b" % (len(run[0]), run[1]), columns).decode("ascii")
