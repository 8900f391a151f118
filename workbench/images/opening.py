"""Opening page images: turned upright, no larger than memory allows, and with an error that names the file."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workbench.core.errors import UnreadableError
from workbench.core.words import N_

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_PIXELS = 120_000_000
"""Of one picture: a newspaper page at 300 dots an inch has 100 million."""
_KEPT_PIXELS = 12_000_000
"""More than this is halved once it is read, and again, until it fits: no terminal shows more."""
_MAX_FRAMES = 2_000
_ORIENTATION = 0x0112
_ON_THEIR_SIDE = (5, 6, 7, 8)
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "JPEG2000", "GIF", "BMP", "PPM")
"""What pages come in. Others that Pillow knows would start other programs or are no pictures of pages."""
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError, MemoryError,
           struct.error, zlib.error)  # fmt: skip
"""What Pillow's readers raise for a broken file."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page image in memory."""

    image: Picture
    """Upright, without transparency; grey (`L`) or in colour (`RGB`)."""
    width: int
    height: int
    """Of the file's picture; the one in memory may be smaller."""
    levels: tuple[tuple[int, int], ...]
    """Of each channel the brightness of the ink and of the paper."""


def sizes(path: Path) -> tuple[tuple[int, int], ...]:
    """Width and height of each picture in a file, as a person sees them; only a TIFF has more than one.

    Raises UnreadableError that names the file.
    """
    from PIL import Image

    found: list[tuple[int, int]] = []
    try:
        with Image.open(path, formats=_FORMATS) as image:
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            for frame in range(min(frames, _MAX_FRAMES)):
                image.seek(frame)
                _bounded(path, image.size)
                width, height = image.size
                turned = image.getexif().get(_ORIENTATION) in _ON_THEIR_SIDE
                found.append((height, width) if turned else (width, height))
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise _unreadable(path, error) from error
    return tuple(found)


def page(path: Path, frame: int = 0) -> Page:
    """A picture of a file; the last two are kept. Raises UnreadableError that names the file."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        message = N_("{name}: there is no such image any more in {folder}")
        raise UnreadableError(message, name=path.name, folder=path.parent) from error
    return _page(path, frame, changed)


@lru_cache(maxsize=2)
def _page(path: Path, frame: int, changed: int) -> Page:
    from PIL import Image, ImageOps

    try:
        with Image.open(path, formats=_FORMATS) as file:
            if frame:
                file.seek(frame)
            _bounded(path, file.size)
            upright = ImageOps.exif_transpose(file)
            width, height = upright.size
            image = _plain(upright)
            while image.width * image.height > _KEPT_PIXELS:
                image = image.reduce(2)
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise _unreadable(path, error) from error
    return Page(image, width, height, tuple(_levels(band) for band in image.split()))


def _bounded(path: Path, size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        message = N_("{name} has {width:,} × {height:,} pixels, more than the {most:,} of one page")
        raise UnreadableError(message, name=path.name, width=size[0], height=size[1], most=MAX_PIXELS)


def _unreadable(path: Path, error: Exception) -> UnreadableError:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):
        return UnreadableError(f"{path.name} is no image of a kind that is known: {', '.join(_FORMATS)}")
    said = getattr(error, "strerror", None) or next(iter(str(error).splitlines()), type(error).__name__)
    return UnreadableError(f"{path.name} is no image that can be shown: {said}")


def _plain(image: Picture) -> Picture:
    """In grey or in colour, what is transparent on white."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):  # sixteen bits and more: Pillow would cut them off at 255
        low, high = cast("tuple[float, float]", image.convert("F").getextrema())  # of one channel
        factor = 255 / max(high - low, 1.0)
        return image.convert("F").point(lambda v: v * factor - low * factor).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _levels(band: Picture) -> tuple[int, int]:
    """How dark the ink is, and how bright the paper: most of a page is paper."""
    counts = band.histogram()

    def at(share: float) -> int:
        seen = 0
        for value, count in enumerate(counts):
            seen += count
            if seen >= share * sum(counts):
                return value
        return 255

    ink, paper = at(0.01), at(0.5)
    return (ink, paper) if paper - ink >= 40 else (at(0.01), max(at(0.99), ink + 1))
