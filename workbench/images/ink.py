"""Lines of writing found on a page image by their ink: how much of each pixel row is dark.

A horizontal projection profile, as old as OCR itself (Wong, Casey, Wahl 1982). It serves to show a person the next line
of a page that no machine has read; what it misses costs a look, and nothing is recorded from it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from workbench.images.framing import Area
from workbench.images.opening import Page

_HEIGHT = 1600
"""Pixel rows that are looked at, at most."""
_SHARE = 0.1
"""Of the ink in its densest rows, what a row of a line has at least."""
_EDGE = 0.03
"""Of the page on each side, left out: shadows and the edge of the leaf."""


class _Band(NamedTuple):
    first: int
    last: int
    """Half open."""

    @property
    def height(self) -> int:
        return self.last - self.first


def lines(page: Page) -> tuple[Area, ...]:
    """The lines of a page from top to bottom, in pixels of the file's picture; none where the ink shows none."""
    from PIL import Image

    grey = page.image.convert("L")
    scale = min(1.0, _HEIGHT / grey.height)
    small = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    dark = _ink(small.histogram(), small.width * small.height)
    ink = small.point([255 if level <= dark else 0 for level in range(256)])
    margin = round(small.width * _EDGE)
    body = ink.crop((margin, 0, max(margin + 1, small.width - margin), small.height))
    profile = list(body.resize((1, body.height), Image.Resampling.BOX).tobytes())
    across = page.width / small.width
    down = page.height / small.height
    found = []
    for band in _bands(profile):
        row = body.crop((0, band.first, body.width, band.last))
        columns = [n for n, level in enumerate(row.resize((row.width, 1), Image.Resampling.BOX).tobytes()) if level > 8]
        if columns:
            left, right = columns[0] + margin, columns[-1] + 1 + margin
            air = band.height * 0.15
            found.append(
                Area(left * across, (band.first - air) * down, (right - left) * across, (band.height + 2 * air) * down)
            )
    return tuple(found)


def _ink(histogram: Sequence[int], pixels: int) -> int:
    """The level up to which a pixel is ink: the one that parts dark and light best (Otsu 1979)."""
    total = sum(level * n for level, n in enumerate(histogram))
    best, chosen, below, dark = -1.0, 127, 0, 0
    for level, n in enumerate(histogram):
        below += n
        dark += level * n
        if not 0 < below < pixels:
            continue
        apart = dark / below - (total - dark) / (pixels - below)
        between = below * (pixels - below) * apart * apart
        if between > best:
            best, chosen = between, level
    return chosen


def _bands(profile: Sequence[int]) -> list[_Band]:
    """Runs of rows with ink, those that are hardly higher than a speck left out, halves of a line put together."""
    smooth = [sum(profile[max(0, n - 1) : n + 2]) / len(profile[max(0, n - 1) : n + 2]) for n in range(len(profile))]
    dense = sorted(smooth)[-max(1, len(smooth) // 8) :]
    least = max(2.0, _SHARE * median(dense))
    bands: list[_Band] = []
    for row, level in enumerate([*smooth, 0.0]):
        if level >= least and (not bands or bands[-1].last != row):
            bands.append(_Band(row, row + 1))
        elif level >= least:
            bands[-1] = _Band(bands[-1].first, row + 1)
    if not bands:
        return []
    usual = median([b.height for b in bands if b.height >= 4] or [4])
    joined: list[_Band] = []
    for band in bands:
        if joined and band.first - joined[-1].last < usual / 4 and band.last - joined[-1].first < usual * 1.6:
            joined[-1] = _Band(joined[-1].first, band.last)
        else:
            joined.append(band)
    return [band for band in joined if band.height >= usual / 2.5]
