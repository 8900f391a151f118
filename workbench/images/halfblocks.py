"""A picture as cells of `▀`: two pixels a cell, the upper one in the colour of the sign, the lower one behind it.

Colours are few, so that neighbours are alike and a row is a handful of runs: what is written is what a terminal pays
for.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workbench.images.drawing import Colour

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 16
Run = tuple[int, Colour, Colour]
"""Cells, the colour of their upper and of their lower half."""


def rows(picture: Image) -> list[list[Run]]:
    """The rows of cells, as runs of like cells; the picture has an even height."""
    width = picture.width
    data = picture.convert("RGB").tobytes()
    pixels = [(data[i], data[i + 1], data[i + 2]) for i in range(0, len(data), 3)]
    out = []
    for at in range(0, len(pixels) - width, 2 * width):
        cells = zip(pixels[at : at + width], pixels[at + width : at + 2 * width], strict=True)
        out.append([(len(list(same)), *pair) for pair, same in groupby(cells)])
    return out
