"""A text as an OCR engine sees it: chunks between white space, each with the signs around its core, in their lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.core.text import Text

_CHUNK = re.compile(r"\S+")
HYPHENS = "-\u00ad¬‐\u2011"
ENDS = ".!?…"
ODD = frozenset("°|_~^*=<>{}[]\\§©®‹›•·¬`‘’‚„“”´#&@%+¦■□●¢£¥€™")
"""Signs that running prose seldom has; quotation marks are among them, for specks are read as these."""
APOSTROPHES = "'’"
_LATIN_ENDS = "\u0250"
_ELIDED = 3
"""Letters before the apostrophe of an elision, at most."""
_QUOTES = "„“”«»"
_OFTEN = 3
_RUN = 60
"""Code points of a run of signs that are looked at."""
_RARE = 1500
"""A letter that is one in more than so many is rare."""


@dataclass(slots=True)
class Chunk:
    """Signs before the core, the core from the first letter or digit to the last, signs after it."""

    index: int
    start: int
    lead: str
    core: str
    trail: str
    line: int
    first: bool
    """Does it begin its line?"""
    last: bool
    """Does it end its line?"""
    fresh: bool
    """Does its line begin a paragraph: after a blank line, or at the top?"""

    @property
    def text(self) -> str:
        return self.lead + self.core + self.trail

    @property
    def end(self) -> int:
        return self.start + len(self.lead) + len(self.core) + len(self.trail)

    @property
    def core_start(self) -> int:
        return self.start + len(self.lead)

    @property
    def core_end(self) -> int:
        return self.core_start + len(self.core)

    @property
    def junk(self) -> bool:
        """No letter and no digit."""
        return not self.core


class Page:
    """The chunks of a text in order; markup of the source is not among them."""

    def __init__(self, text: Text, letters: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.letters = letters
        """Signs that stand for letters here."""
        self.chunks: list[Chunk] = list(self._read())

    def _read(self) -> Iterator[Chunk]:
        text = self.text
        plain = text.content
        for mark in text.markup:  # one blank for each code point: offsets stay
            plain = plain[: mark.start] + " " * (mark.end - mark.start) + plain[mark.end :]
        index, blank = 0, True
        for line in range(len(text.line_starts)):
            begin, end = text.line_span(line)
            found = list(_CHUNK.finditer(plain, begin, end))
            for n, m in enumerate(found):
                lead, core, trail = decompose(m[0], self.letters)
                yield Chunk(index, m.start(), lead, core, trail, line, n == 0, n == len(found) - 1, blank)
                index += 1
            blank = not found

    @cached_property
    def noise(self) -> float:
        """Share of chunks with signs that prose seldom has."""
        odd = sum(c.junk or any(s in ODD for s in c.lead + c.trail) for c in self.chunks)
        return odd / max(1, len(self.chunks))

    @cached_property
    def rough(self) -> float:
        """Root of the noise, which spreads the cleaner pages apart."""
        return float(self.noise**0.5)

    @cached_property
    def rare(self) -> frozenset[str]:
        """Letters that a long page has so seldom that they may be mistakes for others, in lower case."""
        counts = Counter(self.text.content.lower())
        letters = {c: n for c, n in counts.items() if c.isalpha()}
        total = sum(letters.values())
        return frozenset(c for c, n in letters.items() if n * _RARE < total) if total > _RARE else frozenset()

    @cached_property
    def spaced(self) -> frozenset[str]:
        """Punctuation that the text sets off with a blank, as old prints do: at least as often as not."""
        alone, hung = Counter[str](), Counter[str]()
        for chunk in self.chunks:
            if not chunk.junk:
                hung.update(chunk.trail[:1])
            elif not chunk.first and not chunk.last:
                alone[chunk.lead] += 1
        return frozenset(s for s in ",;:!?" if alone[s] >= _OFTEN and alone[s] >= hung[s])

    @cached_property
    def quotes(self) -> frozenset[str]:
        """Quotation marks of print, where the text uses these and not the typewriter's."""
        counts = Counter(c for c in self.text.content if c in _QUOTES)
        straight = self.text.content.count('"')
        return frozenset(c for c, n in counts.items() if n >= _OFTEN and n > straight)

    def beside(self, chunk: Chunk) -> tuple[Chunk | None, Chunk | None]:
        """The chunks before and after it in its line."""
        i = chunk.index
        return (
            None if chunk.first else self.chunks[i - 1],
            None if chunk.last else self.chunks[i + 1],
        )

    def received(self, chunk: Chunk) -> str:
        """What stands between blanks around a chunk in the source, without its escapes."""
        content = self.text.content
        start, end = chunk.start, chunk.end
        while start > 0 and not content[start - 1].isspace() and chunk.end - start < _RUN:
            start -= 1
        while end < len(content) and not content[end].isspace() and end - chunk.start < _RUN:
            end += 1
        return content[start:end].replace("\\", "")

    def after(self, chunk: Chunk) -> Chunk | None:
        """The next chunk with a letter or a digit."""
        return next((c for c in self.chunks[chunk.index + 1 : chunk.index + 4] if not c.junk), None)

    def before(self, chunk: Chunk) -> Chunk | None:
        """The chunk with a letter or a digit before this one."""
        near: Sequence[Chunk] = self.chunks[max(0, chunk.index - 3) : chunk.index]
        return next((c for c in reversed(near) if not c.junk), None)


def elided(sign: str, left: str, right: str) -> bool:
    """Does an apostrophe stand for letters left out, as in d'une, 't, in't, don't? Latin letters only."""
    latin = (left or right) < _LATIN_ENDS
    return sign in APOSTROPHES and latin and (0 < len(left) <= _ELIDED or len(right) <= 2)


def decompose(text: str, letters: frozenset[str] = frozenset()) -> tuple[str, str, str]:
    """Signs, core, signs: `„Слово,` gives `„`, `Слово`, `,`; without letters and digits all of it is the first."""
    inside = [n for n, c in enumerate(text) if c.isalnum() or c in letters]
    if not any(text[n].isalnum() for n in inside):
        return text, "", ""
    first, last = inside[0], inside[-1] + 1
    return text[:first], text[first:last], text[last:]
