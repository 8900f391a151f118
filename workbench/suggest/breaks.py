"""Words broken at line ends: which chunk goes on in which, over specks and bits of the margin between the two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from workbench.suggest.page import HYPHENS, Chunk, Page

_SIGNS = (*HYPHENS, "_", "=", "—", "–")
_REACH = 3
"""So many chunks at a line's end may be specks."""
_SCRAP = 2
"""Letters that a scrap of the margin has at most."""


class Breaks:
    """The pairs of halves on a page."""

    def __init__(self, page: Page, known: Callable[[str], bool]) -> None:
        self.after: dict[int, Chunk] = {}
        """Index of a first half -> the second one."""
        self.before: dict[int, Chunk] = {}
        self.between: set[int] = set()
        """Indices of chunks that stand inside a broken word."""
        lines: list[list[Chunk]] = []
        for chunk in page.chunks:
            if chunk.first:
                lines.append([])
            lines[-1].append(chunk)
        for left, right in pairwise(page.chunks):  # as where line ends were lost
            if (
                not left.last
                and left.core[-1:].isalpha()
                and left.trail in HYPHENS
                and left.trail
                and right.core[:1].islower()
                and known(left.core.lower() + right.core.lower())
            ):
                self.after[left.index], self.before[right.index] = right, left
        for upper, lower in pairwise(lines):
            if lower[0].line - upper[0].line > _REACH:
                continue
            pair = self._pair(upper, lower, known)
            if pair is not None:
                left, right = pair
                self.after[left.index], self.before[right.index] = right, left
                self.between.update(range(left.index + 1, right.index))

    def _pair(
        self, upper: Sequence[Chunk], lower: Sequence[Chunk], known: Callable[[str], bool]
    ) -> tuple[Chunk, Chunk] | None:
        plain = None
        for right in _seconds(lower):
            for left in _firsts(upper):
                if known(left.core.lower() + right.core.lower()):
                    return left, right
                if plain is None and left.last and right.first:
                    plain = left, right
        return plain


def _firsts(line: Sequence[Chunk]) -> Iterator[Chunk]:
    """Chunks with a hyphen after them, from the end; nothing but scraps may follow."""
    for chunk in reversed(line[-_REACH:]):
        if chunk.core[-1:].isalpha() and chunk.trail.startswith(_SIGNS):
            yield chunk
        if len(chunk.core) > _SCRAP:
            return


def _seconds(line: Sequence[Chunk]) -> Iterator[Chunk]:
    """Chunks that begin with a small letter, from the start; nothing but scraps may stand before."""
    for chunk in line[:_REACH]:
        if chunk.core[:1].islower():
            yield chunk
        if len(chunk.core) > _SCRAP:
            return
