"""Kitty's graphics protocol: a picture is sent once, then stands where cells hold its placeholder.

Placeholders are text like any other, so the screen may be repainted, scrolled and covered as it likes. See
https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

from workbench.images.drawing import Colour

if TYPE_CHECKING:
    from PIL.Image import Image

PLACEHOLDER = "\U0010eeee"
COLOURS = 255
"""No fewer to be seen, and half as much to send."""
_CHUNK = 4096
_RANGES = (
    (0x305, 0x305), (0x30D, 0x30E), (0x310, 0x310), (0x312, 0x312), (0x33D, 0x33F), (0x346, 0x346), (0x34A, 0x34C),
    (0x350, 0x352), (0x357, 0x357), (0x35B, 0x35B), (0x363, 0x36F), (0x483, 0x487), (0x592, 0x595), (0x597, 0x599),
    (0x59C, 0x5A1), (0x5A8, 0x5A9), (0x5AB, 0x5AC), (0x5AF, 0x5AF), (0x5C4, 0x5C4), (0x610, 0x617), (0x657, 0x65B),
    (0x65D, 0x65E), (0x6D6, 0x6DC), (0x6DF, 0x6E2), (0x6E4, 0x6E4), (0x6E7, 0x6E8), (0x6EB, 0x6EC), (0x730, 0x730),
    (0x732, 0x733), (0x735, 0x736), (0x73A, 0x73A), (0x73D, 0x73D), (0x73F, 0x741), (0x743, 0x743), (0x745, 0x745),
    (0x747, 0x747), (0x749, 0x74A), (0x7EB, 0x7F1), (0x7F3, 0x7F3), (0x816, 0x819), (0x81B, 0x823),
)  # fmt: skip
_NUMBERS = [chr(code) for first, last in _RANGES for code in range(first, last + 1)]
"""The signs above a placeholder that say which row it is; a terminal counts the columns itself."""
MAX_ROWS = len(_NUMBERS)


def sent(picture: Image, number: int, columns: int, rows: int) -> str:
    """What sends a picture under a number, to be shown in so many cells; the terminal answers nothing."""
    buffer = BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    data = b64encode(buffer.getvalue()).decode("ascii")
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    out = []
    for index, chunk in enumerate(chunks):
        head = f"a=T,U=1,f=100,i={number},c={columns},r={rows},q=2," if index == 0 else ""
        out.append(f"\x1b_G{head}m={int(index + 1 < len(chunks))};{chunk}\x1b\\")
    return "".join(out)


def forgotten(number: int) -> str:
    """What frees a picture in the terminal."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def colour(number: int) -> Colour:
    """The colour of a placeholder tells its picture, a number of 24 bits."""
    return number >> 16 & 255, number >> 8 & 255, number & 255


def placeholders(row: int, columns: int) -> str:
    """The cells of one row of a picture."""
    return PLACEHOLDER + _NUMBERS[row] + _NUMBERS[0] + PLACEHOLDER * (columns - 1)
