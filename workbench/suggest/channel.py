"""What the machine makes of what stands on the page: confusions of short runs of letters, with their rates.

A rate is the chance that the page has `right` where the machine read `wrong`, per place; a cost is -log of it. Rates
are carried from level to level (the shipped prior, the edition, the page): the level above counts as if seen `strength`
times, so few observations move little and no number of them makes a listed confusion impossible.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.suggest.confusions import LISTED

FLAT = 7.0
"""Cost of a change that nothing speaks for."""
_LEAST = math.exp(-FLAT)

Counts = Mapping[str, Mapping[str, float]]
"""What was read -> what the page has -> how often."""


@dataclass(frozen=True)
class Channel:
    """Confusions by what the machine read, in lower case; `right` may be empty, `wrong` not."""

    rates: Counts = field(default_factory=dict)

    @classmethod
    def listed(cls) -> Channel:
        """The confusions that the field knows, all equally likely."""
        rates: dict[str, dict[str, float]] = {}
        for wrong, right in LISTED:
            rates.setdefault(wrong, {})[right] = 0.004
        return cls(rates)

    def moved(self, counts: Counts, totals: Mapping[str, float], *, strength: float) -> Channel:
        """The rates after an observation: `counts` of confusions among `totals` of what was read."""
        rates = {wrong: dict(rights) for wrong, rights in self.rates.items()}
        for wrong, total in totals.items():
            seen, had = counts.get(wrong, {}), rates.get(wrong, {})
            if seen or had:
                rates[wrong] = {
                    right: (strength * had.get(right, 0.0) + seen.get(right, 0.0)) / (strength + total)
                    for right in had.keys() | seen.keys()
                }
        return Channel(rates)

    def cost(self, wrong: str, right: str) -> float:
        """Cost of one confusion."""
        return min(FLAT, -math.log(max(_LEAST, self.rates.get(wrong, {}).get(right, 0.0))))

    def edits(self, word: str) -> list[tuple[float, int, int, str]]:
        """Listed confusions that fit a word, as (cost, start, end, right), the likeliest first."""
        found = []
        for i in range(len(word)):
            for n in (1, 2):
                wrong = word[i : i + n]
                if len(wrong) == n:
                    found += [(self.cost(wrong, right), i, i + n, right) for right in self.rates.get(wrong, ())]
        return sorted(found)

    def variants(self, word: str, *, most: int = 3) -> Iterator[tuple[float, str]]:
        """What the page may have had, as (cost, word): one confusion, pairs of the likely, triples of the best."""
        edits = self.edits(word)
        for cost, i, j, right in edits:
            yield cost, word[:i] + right + word[j:]
        if most < 2:
            return
        few = edits[:18]
        for n, (cost, i, j, right) in enumerate(few):
            for other, k, m, left in few[n + 1 :]:
                if j <= k:
                    yield cost + other, word[:i] + right + word[j:k] + left + word[m:]
                elif m <= i:
                    yield cost + other, word[:k] + left + word[m:i] + right + word[j:]
        if most < 3 or len(word) < 7:
            return
        best = sorted(edits[:8], key=lambda e: e[1])
        for a, (c1, i, j, r1) in enumerate(best):
            for b, (c2, k, m, r2) in enumerate(best[a + 1 :], a + 1):
                if j <= k:
                    for c3, p, q, r3 in best[b + 1 :]:
                        if m <= p:
                            yield c1 + c2 + c3, word[:i] + r1 + word[j:k] + r2 + word[m:p] + r3 + word[q:]


def one_edit(word: str, alphabet: str, reach: int | None = None) -> Iterator[str]:
    """Every word one letter away: replaced, left out, put in, two exchanged; within the first `reach` + 1 letters."""
    last = len(word) if reach is None else min(reach, len(word))
    for i in range(min(last + 1, len(word))):
        head, tail = word[:i], word[i + 1 :]
        yield head + tail
        for letter in alphabet:
            if letter != word[i]:
                yield head + letter + tail
    for i in range(last + 1):
        head, tail = word[:i], word[i:]
        for letter in alphabet:
            yield head + letter + tail
    for i in range(min(last + 1, len(word) - 1)):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def distance(wrong: str, right: str) -> float:
    """Edits between two words, in code points; a listed confusion is half an edit."""
    from rapidfuzz.distance import Levenshtein

    return sum(0.5 if pair in LISTED else Levenshtein.distance(*pair) for pair in confusions(wrong, right))


def confusions(wrong: str, right: str) -> Iterable[tuple[str, str]]:
    """The confusions by which one word became another: the stretches that differ in an alignment."""
    from rapidfuzz.distance import Levenshtein

    stretches: list[list[int]] = []
    for op in Levenshtein.opcodes(wrong, right):
        if op.tag == "equal":
            continue
        if stretches and stretches[-1][1] == op.src_start and stretches[-1][3] == op.dest_start:
            stretches[-1][1], stretches[-1][3] = op.src_end, op.dest_end
        else:
            stretches.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    for i, j, k, m in stretches:
        if i < j:
            yield wrong[i:j], right[k:m]
        elif i:  # a letter that the machine dropped hangs on its neighbour
            yield wrong[i - 1 : i], wrong[i - 1 : i] + right[k:m]
