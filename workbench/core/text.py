"""A text as a reader made it: code points, lines, pages, and what of it is markup.

The content is the decoded file, code point for code point, so an offset counts in the file a person can open. What a
reader knows to be no part of the document (asterisks of emphasis, escapes, hard breaks, form feeds) is not taken out:
it is listed as `Markup`, and whoever renders the text leaves it out.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Newline = Literal["line", "paragraph", "unknown"]
"""What one newline means in the source of a text."""

LINE_END = re.compile(r"\r\n|\n|\r")


def overlap(s: int, e: int, t: int, f: int) -> bool:
    """Do `[s, e)` and `[t, f)` overlap? A zero-width span overlaps only what it lies strictly inside, or its equal."""
    if s == e and t == f:
        return s == t
    return s < f and t < e


def fold(text: str) -> str:
    """The text with each run of white space as one blank, and none around it."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A span that belongs to the source's notation and not to the document; it renders as `replacement`."""

    start: int
    end: int
    kind: Literal["emphasis", "escape", "hard-break", "heading", "page-break", "bom"]
    replacement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """How a span looks according to the source: only a claim of the OCR."""

    start: int
    end: int
    look: Literal["bold", "italic", "underline", "struck", "heading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure the machine was of a word, and what else it thought of."""

    start: int
    end: int
    ppm: int
    """Its own claim, in parts per million; engines differ in what they mean by it."""
    alternatives: tuple[str, ...] = ()
    """Other readings, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a line or a word stands on its page, by what the source says."""

    start: int
    end: int
    """Its span in the text, without the line end."""
    page: int
    """Index of the page, from 0."""
    x: int
    y: int
    """Its left upper corner."""
    width: int
    height: int
    """Both above 0. In the units of the page's `Scan`: pixels of its image, or what the source counts in."""
    level: Literal["line", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The image that a page was read from, by what the source says."""

    image: str = ""
    """Name of its file, without folders; empty where the source names none."""
    width: int = 0
    height: int = 0
    """The size of the page in the units that its boxes are in; 0 where the source says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader saw and a person should know: a code with parameters, its words come from the catalogue."""

    code: str
    start: int = 0
    end: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a reader made of a file."""

    content: str
    """All code points, newlines as they are; a byte order mark is code point 0. No lone surrogates."""
    reader: str
    """Name of the reader, such as `plain`."""
    reader_version: str = "1"
    encoding: str = "utf-8"
    """The codec that decoded the bytes, by its Python name."""
    newline: Newline = "unknown"
    markup: tuple[Markup, ...] = ()
    """Sorted, without overlaps."""
    renditions: tuple[Rendition, ...] = ()
    page_starts: tuple[int, ...] = (0,)
    """Offset at which each page begins; the first is 0."""
    page_names: tuple[str, ...] = ()
    """The source's own name of each page, empty where it has none; as long as `page_starts` or empty."""
    notices: tuple[Notice, ...] = ()
    confidences: tuple[Confidence, ...] = ()
    """Sorted, without overlaps; empty where the source says nothing."""
    boxes: tuple[Box, ...] = ()
    """By start, a line before its words; empty where the source has none."""
    scans: tuple[Scan, ...] = ()
    """Of each page its image; as long as `page_starts` or empty."""
    sha: str = ""
    """The name by which spans refer to this text: SHA-256 of the content in UTF-8, hexadecimal; of a text
    without words that of its transcript, for its content tells it from no other."""
    line_starts: tuple[int, ...] = field(init=False, repr=False)
    """Offset at which each line begins; a line ends at LF, CR LF or CR, which belongs to it."""

    def __post_init__(self) -> None:
        try:
            encoded = self.content.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ValueError(f"a text cannot hold the lone surrogate at {error.start}") from error
        self._refuse_odd_spans()
        object.__setattr__(self, "sha", self.sha or hashlib.sha256(encoded).hexdigest())
        starts = [0, *(m.end() for m in LINE_END.finditer(self.content))]
        if len(starts) > 1 and starts[-1] == len(self.content):
            starts.pop()
        object.__setattr__(self, "line_starts", tuple(starts))

    def _refuse_odd_spans(self) -> None:
        """Refuse markup and pages that no reader makes: whoever renders the text relies on them."""
        at = 0
        for mark in self.markup:
            if not at <= mark.start < mark.end <= len(self.content):
                raise ValueError(f"the markup {mark.start}..{mark.end} is none of this text")
            at = mark.end
        if list(self.page_starts) != sorted({*self.page_starts, 0}) or self.page_starts[-1] > len(self.content):
            raise ValueError("the pages are none of this text")
        if len(self.page_names) not in (0, len(self.page_starts)):
            raise ValueError("the names of the pages are not as many as the pages")

    def line_at(self, offset: int) -> int:
        """Index, from 0, of the line that holds a code point offset."""
        return max(0, bisect_right(self.line_starts, offset) - 1)

    def line_span(self, index: int) -> tuple[int, int]:
        """The span of a line, its line end included."""
        after = index + 1
        end = self.line_starts[after] if after < len(self.line_starts) else len(self.content)
        return self.line_starts[index], end

    def context(self, start: int, end: int, width: int = 24) -> tuple[str, str]:
        """What stands before and after a span, `width` code points at most either side."""
        return self.content[max(0, start - width) : start], self.content[end : end + width]
