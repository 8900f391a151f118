"""A window of a page as a picture of a given size, with frames around words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench.images.framing import Area, Size
from workbench.images.opening import Page

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]
FRAME: Colour = (200, 60, 0)
"""Halfway between paper and ink, so that it is told from both without its colour."""
_GREY_FRAME: Colour = (110, 110, 110)


def draw(page: Page, window: Area, room: Size, *, ground: Colour, clear: bool = False, grey: bool = False) -> Image:
    """The window, as large as the room, in colour; what lies beyond the page has the colour of the ground.

    `clear`: paper white and ink black, for a screen that has few pixels.
    """
    from PIL import Image

    scale = room.width / window.width
    left, top = max(window.x, 0.0), max(window.y, 0.0)
    right, bottom = min(window.x + window.width, page.width), min(window.y + window.height, page.height)
    picture = Image.new("RGB", room, ground)
    wide, high = round((right - left) * scale), round((bottom - top) * scale)
    if wide < 1 or high < 1:
        return picture
    small = page.image.width / page.width
    part = page.image.resize(
        (wide, high), Image.Resampling.LANCZOS, reducing_gap=2.0,
        box=(left * small, top * small, min(right * small, page.image.width), min(bottom * small, page.image.height)),
    )  # fmt: skip
    if clear:
        part = part.point([v for levels in page.levels for v in _stretched(*levels)])
    if grey:
        part = part.convert("L")
    picture.paste(part.convert("RGB"), (round((left - window.x) * scale), round((top - window.y) * scale)))
    return picture


def marked(
    picture: Image, window: Area, words: Iterable[Area], *, thick: int = 1, colours: int, grey: bool = False
) -> Image:
    """The picture with frames around words, so many pixels thick and a pixel away from the letters.

    It has so many colours and the frame's, none of them mixed from dots: a palette (mode `P`).
    """
    from PIL import Image, ImageDraw

    picture = picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = (picture.getpalette() or [])[: 3 * colours]
    picture.putpalette([*palette, *[0] * (3 * colours - len(palette)), *(_GREY_FRAME if grey else FRAME)])
    scale = picture.width / window.width
    pen = ImageDraw.Draw(picture)
    for word in words:
        left, top = (word.x - window.x) * scale, (word.y - window.y) * scale
        away = thick + 1
        frame = [round(left) - away, max(round(top) - away, 0), round(left + word.width * scale) + away,
                 min(round(top + word.height * scale) + away, picture.height - 1)]  # fmt: skip
        if frame[1] < frame[3]:
            pen.rectangle(frame, outline=colours, width=thick)
    return picture


def _stretched(ink: int, paper: int) -> list[int]:
    return [min(max(round((v - ink) * 255 / (paper - ink)), 0), 255) for v in range(256)]
