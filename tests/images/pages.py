"""Tiny page images, drawn by the tests: white paper with black bars where words would be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw

Bar = tuple[int, int, int, int]
"""Left, top, width, height."""


def paper(size: tuple[int, int] = (300, 400), bars: Iterable[Bar] = ()) -> Image.Image:
    image = Image.new("L", size, 230)
    pen = ImageDraw.Draw(image)
    for x, y, width, height in bars:
        pen.rectangle([x, y, x + width - 1, y + height - 1], fill=20)
    return image


def saved(path: Path, size: tuple[int, int] = (300, 400), bars: Iterable[Bar] = ()) -> Path:
    paper(size, bars).save(path)
    return path
