"""Which part of a page is looked at: a line around a word, or the page. Only numbers, no picture.

A window has the proportions of the room it is shown in. Its scale follows from the page and not from the line, and its
left edge moves by leaps, so that going from word to word leaves the picture where it is.
"""

from __future__ import annotations

from typing import NamedTuple

LEGIBLE = 13
"""Pixels on the screen that a line of type needs at least in height to be read."""
ZOOMS = range(-6, 9)
"""Steps of zoom; two of them double or halve."""
_ROOM = 1.15
"""A line and what of its neighbours is seen with it."""
_LEAPS = 4


class Size(NamedTuple):
    width: int
    height: int


class Area(NamedTuple):
    """A part of a page, in pixels of its image; it may reach over the edges."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


def whole(page: Size, room: Size, *, zoom: int = 0, around: tuple[float, float] | None = None) -> Area:
    """The whole page, or as much of it as zoom leaves around a point."""
    scale = min(room.width / page.width, room.height / page.height) * 2 ** (max(zoom, 0) / 2)
    across, down = around or (page.width / 2, page.height / 2)
    width, height = room.width / scale, room.height / scale
    return Area(
        _held(across - width / 2, width, page.width), _held(down - height / 2, height, page.height), width, height
    )


def of_line(line: Area, place: Area, page: Size, room: Size, *, line_height: float, zoom: int = 0) -> Area:
    """The window around a line: the place in it is in sight, and type is legible where zoom leaves it so."""
    whole_page = min(room.width / page.width, room.height / page.height)
    scale = max(room.width / page.width, LEGIBLE / line_height)
    scale = max(min(scale, room.height / (line_height * _ROOM)) * 2 ** (zoom / 2), whole_page)
    width, height = room.width / scale, room.height / scale
    across, down = place.centre[0], line.centre[1]
    if abs(place.centre[1] - down) > (height - place.height) / 2:  # a line that is askew
        down = place.centre[1]
    leap = width / _LEAPS
    left = round((across - width / 2) / leap) * leap
    return Area(_held(left, width, page.width), _held(down - height / 2, height, page.height), width, height)


def _held(start: float, length: float, limit: float) -> float:
    """Where a stretch begins so that it lies within the page, in its middle where the page is smaller."""
    return (limit - length) / 2 if length >= limit else min(max(start, 0.0), limit - length)
