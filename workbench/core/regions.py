"""Places where a raw text and its truth differ, and what a suggestion claims about them.

A place is grown to whole words between white space on both sides, without the words that both sides share at its ends;
white space itself is folded to one blank. Positions are code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from workbench.core.text import fold

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Region:
    """A differing place: a span of the raw text and the span of the truth that stands for it."""

    start: int
    end: int
    true_start: int
    true_end: int


def regions(raw: str, truth: str) -> list[Region]:
    """All differing places, in order."""
    grown: list[Region] = []
    for op in Levenshtein.opcodes(raw, truth):
        if op.tag == "equal" or _only_blanks(raw, truth, op.src_start, op.src_end, op.dest_start, op.dest_end):
            continue
        one = _grown(raw, truth, Region(op.src_start, op.src_end, op.dest_start, op.dest_end))
        last = grown[-1] if grown else None
        if last and (one.start < last.end or (one.start <= last.end and one.true_start <= last.true_end)):
            grown[-1] = Region(last.start, max(last.end, one.end), last.true_start, max(last.true_end, one.true_end))
        else:
            grown.append(one)
    return [
        _trimmed(raw, truth, r) for r in grown if fold(raw[r.start : r.end]) != fold(truth[r.true_start : r.true_end])
    ]


def _only_blanks(raw: str, truth: str, a: int, b: int, c: int, d: int) -> bool:
    if raw[a:b].strip() or truth[c:d].strip():
        return False
    return fold(raw[a - 1 : b + 1]) == fold(truth[c - 1 : d + 1])


def _grown(raw: str, truth: str, r: Region) -> Region:
    a, b, c, d = r.start, r.end, r.true_start, r.true_end
    while a and c and raw[a - 1] == truth[c - 1] and not raw[a - 1].isspace():
        a, c = a - 1, c - 1
    while b < len(raw) and d < len(truth) and raw[b] == truth[d] and not raw[b].isspace():
        b, d = b + 1, d + 1
    return Region(a, b, c, d)


def _trimmed(raw: str, truth: str, r: Region) -> Region:
    """Without the whole words that both sides share at either end: a speck beside a word is not that word's error."""
    left = [(r.start + m.start(), r.start + m.end()) for m in _WORD.finditer(raw[r.start : r.end])]
    right = [
        (r.true_start + m.start(), r.true_start + m.end()) for m in _WORD.finditer(truth[r.true_start : r.true_end])
    ]
    shared = min(len(left), len(right))
    same = [raw[slice(*x)] == truth[slice(*y)] for x, y in zip(left, right, strict=False)]
    first = next((n for n in range(shared) if not same[n]), shared)
    backward = [raw[slice(*x)] == truth[slice(*y)] for x, y in zip(reversed(left), reversed(right), strict=False)]
    last = next((n for n in range(shared - first) if not backward[n]), shared - first)
    if not first and not last:
        return r
    a, c = (left[first - 1][1], right[first - 1][1]) if first else (r.start, r.true_start)
    b, d = (left[-last][0], right[-last][0]) if last else (r.end, r.true_end)
    if first and last and a < b and c < d and (raw[a:b].isspace() or truth[c:d].isspace()):
        return Region(a, b, c, d)
    while first and a < b and c < d and raw[a].isspace() and truth[c].isspace():
        a, c = a + 1, c + 1
    while last and a < b and c < d and raw[b - 1].isspace() and truth[d - 1].isspace():
        b, d = b - 1, d - 1
    return Region(a, b, c, d)


def touches(raw: str, start: int, end: int, region: Region) -> bool:
    """Does a span meet a region? White space beside either belongs to it: where nothing stands, nothing is hit."""
    low, high = region.start, region.end
    if raw[low:high].strip() and raw[start:end].strip():
        return start < high and end > low
    while low > 0 and raw[low - 1].isspace():
        low -= 1
    while high < len(raw) and raw[high].isspace():
        high += 1
    return start <= high and end >= low and ((start < high and end > low) or start == end or low == high)


def claims(raw: str, start: int, end: int, first: str | None) -> list[tuple[int, int]]:
    """The words that a suggestion's first candidate changes; without a candidate, every word of its span."""
    if first is None:
        return [(start + m.start(), start + m.end()) for m in _WORD.finditer(raw[start:end])] or [(start, end)]
    return [(start + r.start, start + r.end) for r in regions(raw[start:end], first)] or [(start, end)]
