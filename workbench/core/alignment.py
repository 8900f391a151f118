"""Two texts of the same page, sign by sign: what one has where the other has a span.

The alignment is one of least edits (Levenshtein's) over both texts with runs of white space as one blank, so that other
line breaks are no difference. Long texts are first aligned word by word, and sign by sign only between equal words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from workbench.core.text import fold

At = Callable[[int, int], str]
"""From a span of one text, in code points, to what the other has there, without blanks around."""

_WORD = re.compile(r"[^ ]+ ?")
"""A word with the blank after it; with the one before it, words of equal places would differ in length: the first of a
text has none."""
_LONG = 40_000
"""Code points from which on texts are aligned by words first."""
_TOO_FAR = 20_000
"""A stretch of so many code points between equal words is a passage that the other text does not have."""

_Op = tuple[str, int, int, int, int]
"""Tag, start and end in the one, start and end in the other."""


def aligned(raw: str, other: str) -> At:
    """What `other` has at a span of `raw`; the span must begin and end with signs that are no white space."""
    goal = fold(other)
    folded: list[str] = []
    places: dict[int, int] = {}
    for i, c in enumerate(raw):
        if not c.isspace():
            places[i] = len(folded)
            folded.append(c)
        elif folded and folded[-1] != " ":
            folded.append(" ")
    starts, ends = [0] * (len(folded) + 1), [0] * (len(folded) + 1)
    for tag, i, j, k, _ in _opcodes("".join(folded), goal):
        for n in range(j - i):
            moved = n if tag != "delete" else 0
            starts[i + n] = k + moved
            ends[i + n] = k + moved + (tag != "delete")
    starts[len(folded)] = len(goal)

    def at(start: int, end: int) -> str:
        first, last = places[start], places[end - 1] + 1
        return goal[ends[first - 1] if first else 0 : starts[last]].strip()

    return at


def _opcodes(one: str, two: str) -> Iterator[_Op]:
    if max(len(one), len(two)) < _LONG:
        yield from _edits(one, two, 0, 0)
        return
    left, right = _words(one), _words(two)
    for op in Levenshtein.opcodes([w for _, w in left], [w for _, w in right]):
        i, j = _place(left, op.src_start, one), _place(left, op.src_end, one)
        k, m = _place(right, op.dest_start, two), _place(right, op.dest_end, two)
        if op.tag == "replace" and max(j - i, m - k) < _TOO_FAR:
            yield from _edits(one[i:j], two[k:m], i, k)
        else:
            yield ("delete" if op.tag == "replace" else op.tag), i, j, k, m


def _edits(one: str, two: str, i: int, k: int) -> Iterator[_Op]:
    for op in Levenshtein.opcodes(one, two):
        yield op.tag, op.src_start + i, op.src_end + i, op.dest_start + k, op.dest_end + k


def _words(text: str) -> list[tuple[int, str]]:
    return [(m.start(), m[0].strip()) for m in _WORD.finditer(text)]


def _place(words: Sequence[tuple[int, str]], number: int, text: str) -> int:
    return words[number][0] if number < len(words) else len(text)
