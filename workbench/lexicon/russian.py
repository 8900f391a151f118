"""Russian words: pymorphy3's dictionary of three million forms says what is a word, wordfreq how common it is.

Before 1918 (language `ru-petr1708`) the same words are written with ѣ, і, ѳ, ѵ, a final ъ and other endings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from workbench.lexicon.frequencies import Frequencies
from workbench.lexicon.respelling import has_old_letters, letters_today, respelt

OLD = "ru-petr1708"
_CASES = {"gen2": "gent", "acc2": "accs", "loc2": "loct"}
_GOVERNED = {
    preposition: frozenset(cases.split())
    for cases, prepositions in (
        ("accs loct", "в во на"),
        ("accs ablt gent", "с со"),
        ("accs ablt", "за под"),
        ("gent", "из от до у без для около после кроме среди против из-за ради"),
        ("datv", "к ко"),
        ("datv accs loct", "по"),
        ("loct", "при"),
        ("loct accs", "о об обо"),
        ("ablt", "над перед между"),
        ("accs", "через про"),
    )
    for preposition in prepositions.split()
}
_DECLINED = (
    (re.compile("(?<=[оеи]в|[иы]н)(а?)$"), ("", "а", "у", "ым", "е", "ой", "ы", "ых", "ыми")),
    (re.compile("(ье)$"), ("ье", "ья", "ью", "ьем")),
)
"""Endings of names with those of their other forms: surnames of men, women and families; places."""
_PARSES = 6
"""So many readings of a name are inflected: it may be masculine and feminine, first name and surname."""
_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad")


class RussianLexicon:
    """Opens nothing until it is asked."""

    complete = True

    def __init__(self, language: str = "ru") -> None:
        self.language = language
        self.name = f"{language}-opencorpora"
        self.alphabet = "абвгдежзийклмнопрстуфхцчшщъыьэюя" + ("ѣіѳѵ" if language == OLD else "")
        self.knows = lru_cache(maxsize=200_000)(self._knows)
        self.inflected = lru_cache(maxsize=50_000)(self._inflected)
        self.is_name = lru_cache(maxsize=50_000)(self._is_name)
        self.cases = lru_cache(maxsize=50_000)(self._cases)
        self._frequencies = Frequencies("ru")

    @cached_property
    def _morph(self) -> Any:
        from pymorphy3 import MorphAnalyzer

        return MorphAnalyzer(lang="ru")

    @cached_property
    def version(self) -> str:
        return f"{self._morph.dictionary.meta.get('source_revision', '?')}, {self._frequencies.version}"

    def _today(self, word: str) -> str:
        return letters_today(word, OLD) if self.language == OLD else word

    def _knows(self, word: str) -> bool:
        today = self._today(word.lower())
        return bool(self._morph.word_is_known(today.replace("ё", "е")) or self._morph.word_is_known(today))

    def related(self, word: str) -> str | None:
        if self.language != OLD:
            return None
        return next((new for new in respelt(self._today(word), OLD) if self.knows(new)), None)

    def zipf(self, word: str) -> float:
        today = self._today(word)
        return self._frequencies.zipf(today) or self._frequencies.zipf(today.replace("ё", "е"))

    def listed(self, words: Sequence[str], before: str = "", after: str = "") -> list[str]:
        whole = " ".join((before, after, *words))
        if "ё" in whole or (self.language == OLD and has_old_letters(whole, OLD)):
            return [word for word in words if self.zipf(before + word + after)]
        return self._frequencies.listed(words, before, after)

    def reach(self, word: str, before: str = "") -> int:
        whole = before + word
        if "ё" in whole or (self.language == OLD and has_old_letters(whole, OLD)):
            return len(word)
        return self._frequencies.reach(word, before)

    @cached_property
    def ordinary(self) -> float:
        return self._frequencies.ordinary

    def likeness(self, word: str) -> tuple[float, float]:
        return self._frequencies.likeness(self._today(word))

    def _is_name(self, word: str) -> bool:
        return any(any(sign in parse.tag for sign in _NAMES) for parse in self._morph.parse(word.lower())[:4])

    def _cases(self, word: str) -> frozenset[str]:
        if not self.knows(word):
            return frozenset()
        return frozenset(
            _CASES.get(str(p.tag.case), str(p.tag.case)) for p in self._morph.parse(word.lower()) if p.tag.case
        )

    def governs(self, preposition: str) -> frozenset[str]:
        return _GOVERNED.get(preposition.lower(), frozenset())

    def forms_of(self, name: str) -> frozenset[str]:
        parses = [p for p in self._morph.parse(name)[:_PARSES] if p.tag.POS in ("NOUN", "ADJF")]
        forms = {form.word for p in parses for form in p.lexeme}
        for ending, forms_of_it in _DECLINED:  # a rare surname passes for the plural of a thing
            if (m := ending.search(name)) is not None:
                forms |= {name[: m.start(1)] + form for form in forms_of_it}
        return frozenset(form.replace("ё", "е") for form in (name, *forms))

    def _inflected(self, word: str, case: str) -> str | None:
        for parse in self._morph.parse(word.lower()):
            if parse.tag.POS == "NOUN" and "sing" in parse.tag:
                form = parse.inflect({case, "sing"})
                if form is not None:
                    return str(form.word)
        return None
