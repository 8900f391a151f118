"""What a page tells about its own confusions, before anybody has decided anything.

A recogniser that reads the long s as `f`, or a Fraktur s as `«`, does so all over the page, and most of the words that
it spoils are one listed confusion away from a common word. Counting these, each by how well it explains its word, gives
rates for this page (one step of expectation maximisation, repeated). Only listed confusions and signs are counted:
other regular differences are the orthography of the text, which is nobody's error.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from workbench.suggest.channel import Channel
from workbench.suggest.page import HYPHENS, Chunk

_ROUNDS = 2
_TYPES = 3000
"""So many unknown words are looked at; a page has fewer."""
_COMMON = 2.5
_PER_ZIPF = 1.3
"""What a Zipf unit weighs against a unit of cost."""
_UNEXPLAINED = -2.0
"""The weight of "something else"."""
_STRENGTH = 40.0
_SIGN_SHARE = 0.4
_SIGN_LEAST = 4
_SIGN_ROUNDS = 3
_FLOOR = 0.1
"""Words that speak for each letter beforehand, so that none is ruled out."""
_NO_LETTERS = frozenset(".,;:!?-—–()[]/\"'…№§%&+*=_~^°" + HYPHENS)
"""Signs that have places of their own."""

Zipf = Callable[[str], float]


def mined(channel: Channel, words: Mapping[str, int], zipf: Zipf) -> tuple[Channel, float]:
    """The channel of a page with these unknown words (lower case, with their numbers), and the share it explains."""
    few = dict(list(words.items())[:_TYPES])
    totals: Counter[str] = Counter()
    for word, n in few.items():
        for i in range(len(word)):
            totals[word[i : i + 1]] += n
            if i + 1 < len(word):
                totals[word[i : i + 2]] += n
    now, explained = channel, 0.0
    for _ in range(_ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        explained = 0.0
        for word, n in few.items():
            found = []
            for cost, i, j, right in now.edits(word):
                value = zipf(word[:i] + right + word[j:])
                if value >= _COMMON:
                    found.append((math.exp(_PER_ZIPF * (value - _COMMON) - cost), word[i:j], right))
            whole = sum(weight for weight, *_ in found) + math.exp(_UNEXPLAINED)
            explained += n * (1 - math.exp(_UNEXPLAINED) / whole)
            for weight, wrong, right in found:
                counts[wrong][right] += n * weight / whole
        now = channel.moved(counts, totals, strength=_STRENGTH)
    return now, explained / max(1, sum(few.values()))


def letter_signs(chunks: Iterable[Chunk], alphabet: str, zipf: Zipf) -> dict[str, dict[str, float]]:
    """Signs that stand for letters on this page, with the rate of each letter.

    A word alone seldom tells which letter a sign is; all words with the sign together do (expectation maximisation).
    """
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for chunk in chunks:
        whole = chunk.text.strip('.,;:!?"()-—').lower()
        signs = [i for i, c in enumerate(whole) if not c.isalnum()]
        if len(signs) != 1 or whole[signs[0]] in _NO_LETTERS or len(whole) < 3:
            continue
        i = signs[0]
        head, sign, tail = whole[:i], whole[i], whole[i + 1 :]
        worth = {letter: zipf(head + letter + tail) for letter in alphabet}
        weights = {a: math.exp(_PER_ZIPF * (z - _COMMON) - 1.0) for a, z in worth.items() if z >= _COMMON}
        weights[""] = math.exp(_PER_ZIPF * (zipf(head + tail) - _COMMON)) + math.exp(_UNEXPLAINED)
        found[sign].append(weights)
    rates = {}
    for sign, words in found.items():
        letters = _posterior(words, {})
        if len(words) < _SIGN_LEAST or sum(letters.values()) < _SIGN_SHARE * len(words):
            continue
        for _ in range(_SIGN_ROUNDS):
            mean = sum(letters.values()) / len(letters)
            letters = _posterior(words, {letter: (n + _FLOOR) / mean for letter, n in letters.items()})
        rates[sign] = {letter: n / len(words) for letter, n in letters.items() if n > 0.01 * len(words)}
    return rates


def _posterior(words: Sequence[Mapping[str, float]], prior: Mapping[str, float]) -> dict[str, float]:
    """In how many of the words each letter is likely what the sign stands for; a sign that is none counts as before."""
    counts: dict[str, float] = defaultdict(float)
    for weights in words:
        scaled = {letter: w * prior.get(letter, 1.0) for letter, w in weights.items()}
        total = sum(scaled.values())
        for letter, w in scaled.items():
            if letter:
                counts[letter] += w / total
    return counts
