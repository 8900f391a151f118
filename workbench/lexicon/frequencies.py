"""How common a form is in running text, and how much an unknown one looks like a word of the language.

Both come from wordfreq's lists, read once and kept as files that open at once. A frequency is a Zipf value: log10 of
occurrences in a thousand million words, so 7 is `и`, 4 an ordinary word, 2 a rare form or a common typing error, 0 not
in the list.
"""

from __future__ import annotations

import hashlib
import math
import statistics
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

_STEPS = 30  # of one Zipf unit; the highest value, 8, still fits a byte
_FORMAT = 4
_SAMPLE = 2000
_RARE = 1.5
_EDGE = " "
_LETTERS = 63  # that trigrams tell apart; all others are one


class _Index(NamedTuple):
    forms: Any
    """A marisa trie: form -> place."""
    values: array[int]
    """Place -> Zipf value in steps."""
    letters: Mapping[str, int]
    """Letter -> number from 1, the commonest first; 0 for all others."""
    trigrams: array[float]
    """log10 of the chance of a letter after two others."""


class Frequencies:
    """The forms of one language with their Zipf values; wordfreq's, where no other source is given."""

    def __init__(
        self, language: str, *, stamp: str | None = None, read: Callable[[], Mapping[str, float]] | None = None
    ) -> None:
        """`read` gives forms with their frequencies (shares of all words), `stamp` changes when these do."""
        self.language = language
        self._stamp = stamp
        self._read = read or (lambda: _of_wordfreq(language))

    @cached_property
    def version(self) -> str:
        return f"{self._stamp or 'wordfreq ' + version('wordfreq')}.{_FORMAT}"

    @cached_property
    def _index(self) -> _Index:
        return _opened(self.language, self.version, self._read)

    @cached_property
    def alphabet(self) -> str:
        """The letters of the language in lower case, those that make up all but a thousandth of its words."""
        return "".join(self._index.letters)

    def zipf(self, form: str) -> float:
        """The Zipf value of a form in lower case; 0.0 where the list does not have it."""
        forms, values, *_ = self._index
        place = forms.get(form)
        return values[place] / _STEPS if place is not None else 0.0

    def listed(self, words: Sequence[str], before: str, after: str) -> list[str]:
        """Those of many forms in lower case that the list has between two halves."""
        forms = self._index.forms
        if before or after:
            return [word for word in words if before + word + after in forms]
        return [word for word in words if word in forms]

    def reach(self, word: str, before: str) -> int:
        """With how many first letters of a word, after another half, some form of the list begins."""
        forms = self._index.forms
        for n in range(1, len(word) + 1):
            if next(forms.iterkeys(before + word[:n]), None) is None:
                return n - 1
        return len(word)

    def likeness(self, form: str) -> tuple[float, float]:
        """How much a form in lower case looks like a word: log10 of a letter's chance, on the average and at worst."""
        _, _, letters, trigrams = self._index
        n = len(letters) + 2
        chances = []
        a = b = n - 1
        for letter in [*form, _EDGE]:
            c = n - 1 if letter == _EDGE else letters.get(letter, 0)
            chances.append(trigrams[(a * n + b) * n + c])
            a, b = b, c
        return sum(chances) / len(chances), min(chances)

    @cached_property
    def ordinary(self) -> float:
        """The mean likeness of the list's own forms, from an even sample."""
        forms = self._index.forms
        step = max(1, len(forms) // _SAMPLE)
        return statistics.fmean(self.likeness(forms.restore_key(n))[0] for n in range(0, len(forms), step))


building: list[Callable[[str], None]] = []
"""Told the language before its index is made, which takes seconds and is done once; front ends add themselves."""


def available() -> frozenset[str]:
    """Languages that have a list."""
    import wordfreq

    return frozenset(wordfreq.available_languages("small"))


def _opened(language: str, stamp: str, read: Callable[[], Mapping[str, float]]) -> _Index:
    import marisa_trie

    key = hashlib.sha256(f"{language} {stamp} {_STEPS}".encode()).hexdigest()[:12]
    home = Path(platformdirs.user_cache_dir("ocr-workbench")) / f"forms-{language}-{key}"
    trie, values, trigrams = marisa_trie.Trie(), array("B"), array("f")
    try:
        trie.load(str(home / "forms.marisa"))
        values.frombytes((home / "zipf").read_bytes())
        letters = (home / "letters").read_text("utf-8")
        trigrams.frombytes((home / "trigrams").read_bytes())
        if len(values) == len(trie) and len(trigrams) == (len(letters) + 2) ** 3:
            return _Index(trie, values, _numbered(letters), trigrams)
    except (OSError, RuntimeError, ValueError):
        pass
    for told in building:
        told(language)
    index = _made(read())
    contents = {
        "zipf": bytes(index.values), "letters": "".join(index.letters).encode(), "trigrams": index.trigrams.tobytes()
    }  # fmt: skip
    try:
        home.mkdir(parents=True, exist_ok=True)
        index.forms.save(str(home / "forms.part"))
        (home / "forms.part").replace(home / "forms.marisa")
        for name, content in contents.items():
            (home / f"{name}.part").write_bytes(content)
            (home / f"{name}.part").replace(home / name)
    except OSError:
        pass  # made anew at each start where nothing can be kept
    return index


def _numbered(letters: str) -> dict[str, int]:
    return {letter: n for n, letter in enumerate(letters, 1)}


def _of_wordfreq(language: str) -> Mapping[str, float]:
    import wordfreq

    return wordfreq.get_frequency_dict(language, "best")


def _made(frequencies: Mapping[str, float]) -> _Index:
    import marisa_trie

    forms = {f: n for f, n in frequencies.items() if f.replace("-", "").replace("'", "").replace("’", "").isalpha()}
    trie = marisa_trie.Trie(list(forms))
    values = array("B", bytes(len(trie)))
    for form, frequency in forms.items():
        values[trie[form]] = min(255, max(1, round((math.log10(frequency) + 9) * _STEPS)))
    counts: dict[str, float] = defaultdict(float)
    for form, frequency in forms.items():
        for letter in form:
            counts[letter] += frequency
    letters = _alphabet(counts)
    return _Index(trie, values, _numbered(letters), _trigrams(forms, _numbered(letters)))


def _alphabet(counts: Mapping[str, float]) -> str:
    """The letters of the script of the commonest one, all but the rarest thousandth of what is written in it."""
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    script = _script(ranked[0][0])
    own = [(letter, count) for letter, count in ranked if letter.isalpha() and _script(letter) == script]
    enough, letters = sum(count for _, count in own) * 0.999, ""
    for letter, count in own[:_LETTERS]:
        if enough > 0:
            letters += letter
        enough -= count
    return letters


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _trigrams(forms: Mapping[str, float], letters: Mapping[str, int]) -> array[float]:
    """Chances of a letter after two, each form counting by its Zipf value; smoothed by those after one letter."""
    n = len(letters) + 2
    three, two = [0.0] * n**3, [0.0] * n**2
    for form, frequency in forms.items():
        weight = math.log10(frequency) + 9 - _RARE
        if weight <= 0:
            continue  # the rarest are too often misprints
        a = b = n - 1
        for letter in [*form, _EDGE]:
            c = n - 1 if letter == _EDGE else letters.get(letter, 0)
            three[(a * n + b) * n + c] += weight
            two[b * n + c] += weight
            a, b = b, c
    made = array("f", bytes(4 * n**3))
    after = [sum(two[b * n : b * n + n]) for b in range(n)]
    for b in range(n):
        one = [(two[b * n + c] + 1.0) / (after[b] + n) for c in range(n)]
        for a in range(n):
            at = (a * n + b) * n
            total = sum(three[at : at + n])
            for c in range(n):
                made[at + c] = math.log10((three[at + c] + 50.0 * one[c]) / (total + 50.0))
    return made
