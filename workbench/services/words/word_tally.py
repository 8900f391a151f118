"""The counts of words while they are made, a range of lines at a time.

A word is known by its composed form (NFC); what stands for it in the raw text is kept where that is something else.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from workbench.core.entry import Entry
from workbench.core.pieces import Fragment, Piece, reading

WORD = re.compile(r"[^\W\d_]+(?:[-’'\u0300-\u036f]+[^\W\d_]+)*[\u0300-\u036f]*")
_RUN = re.compile(rf"{WORD.pattern}(?: {WORD.pattern})+")
_KEPT = 3
"""Ranges of lines that are remembered of each word, to show it in context."""
_LEAST = 4
"""Letters of two words that may be one."""


class Tally:
    """Grows by one range of lines after the other; then `compose`, then `pair` for each of them."""

    def __init__(self) -> None:
        self.words, self.signs, self.pairs, self.open = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        self.raw_forms: dict[str, Counter[str]] = defaultdict(Counter)
        self.changed: dict[str, Counter[str]] = defaultdict(Counter)
        self.last: dict[str, str] = {}
        self.where: dict[str, list[int]] = defaultdict(list)
        self.where_signs: dict[str, list[int]] = defaultdict(list)
        self._latest: dict[str, Entry] = {}
        self._ranges = 0

    def add(self, fragment: Fragment, pieces: Sequence[Piece]) -> str:
        """Count a range; its reading."""
        part = reading(pieces)
        words, signs = Counter(WORD.findall(part)), Counter(part)
        self.words.update(words)
        self.signs.update(signs)
        for where, found in ((self.where, words), (self.where_signs, signs)):
            for one in found:
                if len(where[one]) < _KEPT:
                    where[one].append(self._ranges)
        if any(piece.entries for piece in pieces):
            self._decided(fragment, pieces)
            for word, raw in _departures(fragment, pieces, part):
                self.raw_forms[word][raw] += 1
        self._ranges += 1
        return part

    def _decided(self, fragment: Fragment, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            raw = fragment.raw(piece.start, piece.end)
            if piece.kind != "decision" or not WORD.fullmatch(raw):
                continue
            word, became = composed(raw), composed(piece.reading)
            self.changed[word][became] += 1
            entry = max(piece.entries, key=lambda e: e.key)
            if became != word and (word not in self._latest or entry.key > self._latest[word].key):
                self._latest[word], self.last[word] = entry, became

    def compose(self) -> None:
        """Bring words together whose letters are composed in several ways."""
        for word in [w for w in self.words if not unicodedata.is_normalized("NFC", w)]:
            one, count = composed(word), self.words.pop(word)
            self.words[one] += count
            departed = self.raw_forms.pop(word, Counter[str]())
            self.raw_forms[one].update(departed)
            if count > departed.total():
                self.raw_forms[one][word] += count - departed.total()
            self.where[one] = sorted({*self.where[one], *self.where.pop(word)})[:_KEPT]

    def pair(self, number: int, part: str, solid: frozenset[str]) -> None:
        """Count words side by side in a range that stand as one word elsewhere."""
        found = Counter(
            f"{one} {two}"
            for run in _RUN.findall(part)
            for one, two in pairwise(run.split(" "))
            if len(one) + len(two) >= _LEAST and (one + two).casefold() in solid
        )
        self.pairs.update(found)
        for pair in found:
            if len(self.where[pair]) < _KEPT:
                self.where[pair].append(number)


def _departures(fragment: Fragment, pieces: Sequence[Piece], part: str) -> Iterator[tuple[str, str]]:
    """Words of the reading that a decision touches, with what stands for them in the raw text, where it is another."""
    ends = list(accumulate(len(piece.reading) for piece in pieces))
    spans = [m.span() for m in WORD.finditer(part)]
    touched: set[tuple[int, int]] = set()
    for end, piece in zip(ends, pieces, strict=True):
        if piece.entries and piece.line is None:
            begin = end - len(piece.reading)
            at = max(0, bisect_right(spans, (begin, len(part))) - 1)
            while at < len(spans) and spans[at][0] < max(end, begin + 1):
                if spans[at][1] > begin and (end > begin or spans[at][0] < begin):
                    touched.add(spans[at])
                at += 1
    for start, end in touched:
        first, last = bisect_right(ends, start), bisect_left(ends, end)
        low, high = pieces[first].start, pieces[last].end
        if pieces[first].kind == "raw":
            low += start - (ends[first] - len(pieces[first].reading))
        if pieces[last].kind == "raw":
            high -= ends[last] - end
        raw = fragment.raw(low, high)
        if raw != part[start:end]:
            yield part[start:end], raw


def composed(text: str) -> str:
    """The form that a word is known by."""
    return unicodedata.normalize("NFC", text)
