"""A text put together from the words, lines, blocks and pages of an OCR engine's own format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.core.errors import UnreadableError
from workbench.core.text import Box, Confidence, Notice, Scan, Text

PPM = 1_000_000
_FAR = 1_000_000
"""No page is as wide as this in any unit; what lies further out is a slip of the engine."""

Area = tuple[int, int, int, int]
"""Left, top, width, height; in the units of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as the engine gives it, with where it belongs."""

    text: str
    page: str
    block: str
    line: str
    """The source's own identifiers; a change of one ends the line, the paragraph or the page."""
    ppm: int | None = None
    """The engine's confidence, in parts per million; None where it says nothing."""
    alternatives: tuple[str, ...] = ()
    area: Area | None = None
    """Where it stands on the page; None where the engine says nothing that can be."""
    line_area: Area | None = None
    """Where its line stands; None: as far as its words reach."""


def number(said: str | None) -> int | None:
    """A whole number of units, from one that may be broken or none at all."""
    try:
        value = float(said or "nan")
    except ValueError:
        return None
    return round(value) if math.isfinite(value) and abs(value) < _FAR else None


def ppm(said: str | None, whole: int = 1) -> int | None:
    """A confidence out of `whole`, in parts per million; None where it says none that can be."""
    try:
        return round(float(said or "nan") / whole * PPM)
    except (ValueError, OverflowError):
        return None


def size(said: str | None) -> int:
    """A width or a height of a page; 0 where it says none that can be."""
    return max(0, number(said) or 0)


def area(left: str | None, top: str | None, width: str | None, height: str | None) -> Area | None:
    """An area from four numbers, cut off at the edges of the page; None where it would be empty."""
    x, y, wide, high = (number(said) for said in (left, top, width, height))
    if x is None or y is None or wide is None or high is None:
        return None
    return between(x, y, x + wide, y + high)


def between(left: int, top: int, right: int, bottom: int) -> Area | None:
    """The area between two corners, cut off at the edges of the page; None where it would be empty."""
    left, top = max(0, left), max(0, top)
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None


def file_name(said: str) -> str:
    """The name of a file without the folders it lay in, whichever system wrote them."""
    return said.strip().replace("\\", "/").rpartition("/")[2]


def put_together(
    words: Iterable[Word], *, reader: str, version: str, encoding: str, notices: tuple[Notice, ...],
    scans: Mapping[str, Scan] | None = None,
) -> Text:  # fmt: skip
    """Words with blanks between them, lines with newlines, an empty line between blocks, and where pages begin.

    `scans`: what is known of the images, by the name of the page; it is asked once all words are there. Raises
    UnreadableError where there are none.
    """
    parts: list[str] = []
    sure: list[Confidence] = []
    boxes: list[Box] = []
    line: list[tuple[Word, int]] = []
    starts, names = [0], [""]
    length = 0
    last: Word | None = None
    for word in words:
        gap = _gap(last, word)
        if "\n" in gap:
            boxes += _boxes(line, page=len(starts) - 1)
            line = []
        if last is None:
            names[0] = word.page
        elif word.page != last.page:
            starts.append(length + len(gap))
            names.append(word.page)
        length += len(gap)
        if word.ppm is not None:
            sure.append(
                Confidence(
                    start=length, end=length + len(word.text), ppm=min(PPM, max(0, word.ppm)),
                    alternatives=tuple(a for a in word.alternatives if a != word.text),
                )
            )  # fmt: skip
        line.append((word, length))
        parts += [gap, word.text]
        length += len(word.text)
        last = word
    if not parts:
        raise UnreadableError("this file holds no words")
    boxes += _boxes(line, page=len(starts) - 1)
    known = [(scans or {}).get(name, Scan()) for name in names]
    content = "".join(parts) + "\n"
    return Text(
        content=content, reader=reader, reader_version=version, encoding=encoding, newline="line", notices=notices,
        page_starts=tuple(starts), page_names=tuple(names), confidences=tuple(sure),
        boxes=tuple(boxes), scans=tuple(known) if any(scan != Scan() for scan in known) else (),
    )  # fmt: skip


def _gap(last: Word | None, word: Word) -> str:
    if last is None:
        return ""
    if (word.page, word.block) != (last.page, last.block):
        return "\n\n"
    return "\n" if word.line != last.line else " "


def _boxes(line: list[tuple[Word, int]], *, page: int) -> list[Box]:
    """The boxes of a line and of its words, each with its offset."""

    def box(of: Area, start: int, end: int, level: Literal["line", "word"]) -> Box:
        x, y, width, height = of
        return Box(start=start, end=end, page=page, x=x, y=y, width=width, height=height, level=level)

    words = [box(w.area, at, at + len(w.text), "word") for w, at in line if w.area is not None]
    whole = next((w.line_area for w, _ in line if w.line_area is not None), None)
    if whole is None and words:
        whole = between(
            min(b.x for b in words), min(b.y for b in words),
            max(b.x + b.width for b in words), max(b.y + b.height for b in words),
        )  # fmt: skip
    if whole is None:
        return words
    return [box(whole, line[0][1], line[-1][1] + len(line[-1][0].text), "line"), *words]
