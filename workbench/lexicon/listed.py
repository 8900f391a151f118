"""Any language with a list of frequencies: a form is known when the list has it often enough to be no typing error.

Older spellings count as the word they are written as today.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from workbench.lexicon.frequencies import Frequencies
from workbench.lexicon.respelling import has_old_letters, letters_today, respelt

_KNOWN = 2.0
"""Zipf value from which a listed form counts as a word; below it the lists are full of misprints."""

_RESPELT = 2.8
"""The same for what an older spelling stands for."""
_SHORTEST = 4
_COMPOUNDING = frozenset(("da", "de", "fi", "hu", "is", "nb", "nl", "sv"))
_PART = 4
_PART_KNOWN = 3.0


class ListedLexicon:
    """Knows forms, not grammar: it has no cases and no names."""

    complete = False

    def __init__(self, language: str) -> None:
        self.language = language
        self.name = f"{language}-wordfreq"
        self._related = lru_cache(maxsize=100_000)(self._today)
        self._frequencies = Frequencies(language)

    @cached_property
    def version(self) -> str:
        return self._frequencies.version

    @cached_property
    def alphabet(self) -> str:
        return self._frequencies.alphabet

    def knows(self, word: str) -> bool:
        return self.zipf(word.lower()) >= _KNOWN

    def zipf(self, word: str) -> float:
        return self._frequencies.zipf(letters_today(word, self.language))

    def listed(self, words: Sequence[str], before: str = "", after: str = "") -> list[str]:
        if not has_old_letters(" ".join((before, after, *words)), self.language):
            return self._frequencies.listed(words, before, after)
        return [word for word in words if self.zipf(before + word + after)]

    def reach(self, word: str, before: str = "") -> int:
        if has_old_letters(before + word, self.language):
            return len(word)
        return self._frequencies.reach(word, before)

    def related(self, word: str) -> str | None:
        return self._related(word.lower())

    def _today(self, word: str) -> str | None:
        """The last part of a compound, or the commonest word that an older spelling may stand for."""
        if len(word) < _SHORTEST:
            return None
        if (last := self._last_part(word)) is not None:
            return last
        found = [(self.zipf(new), new) for new in respelt(letters_today(word, self.language), self.language)]
        zipf, new = max(found, default=(0.0, ""))
        return new if zipf >= _RESPELT else None

    @cached_property
    def ordinary(self) -> float:
        return self._frequencies.ordinary

    def likeness(self, word: str) -> tuple[float, float]:
        return self._frequencies.likeness(word)

    def is_name(self, word: str) -> bool:
        return False

    def cases(self, word: str) -> frozenset[str]:
        return frozenset()

    def governs(self, preposition: str) -> frozenset[str]:
        return frozenset()

    def forms_of(self, name: str) -> frozenset[str]:
        return frozenset((name,))

    def inflected(self, word: str, case: str) -> str | None:
        return None

    def _last_part(self, word: str) -> str | None:
        if self.language not in _COMPOUNDING:
            return None
        for n in range(_PART, len(word) - _PART + 1):
            last = word[n:]
            if self.zipf(last) >= _PART_KNOWN and any(
                word[:n].endswith(link) and self.zipf(word[: n - len(link)]) >= _PART_KNOWN
                for link in ("", "s", "es", "n", "en")
                if n - len(link) >= _PART
            ):
                return last
        return None
