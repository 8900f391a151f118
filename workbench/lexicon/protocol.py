"""What a suggester may ask of a language's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Lexicon(Protocol):
    """The words of one language. Every method folds case itself."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str:
        """Changes whenever an answer might."""

    @property
    def complete(self) -> bool:
        """Does it have nearly every form of the language? A mere list of the commoner forms has not."""

    def knows(self, word: str) -> bool:
        """Is this a form of a known word?"""

    def related(self, word: str) -> str | None:
        """The known word that an unlisted one is an older spelling of, or the last part of a compound; or None."""

    def zipf(self, word: str) -> float:
        """How common a form in lower case is: log10 of its occurrences in a thousand million words; 0.0 for none."""

    def listed(self, words: Sequence[str], before: str = "", after: str = "") -> list[str]:
        """Those of many words in lower case that, between two halves, have a frequency: asked together, for speed."""

    def reach(self, word: str, before: str = "") -> int:
        """With how many first letters of a word in lower case, after another half, some form of its list begins."""

    def likeness(self, word: str) -> tuple[float, float]:
        """How much a form in lower case looks like a word: log10 of a letter's chance, on the average and at worst."""

    @property
    def ordinary(self) -> float:
        """The mean likeness of the language's words."""

    @property
    def alphabet(self) -> str:
        """The letters of the language, in lower case."""

    def is_name(self, word: str) -> bool:
        """Is it, or does it look like, the name of a person or a place?"""

    def cases(self, word: str) -> frozenset[str]:
        """Grammatical cases that the form can stand in; empty where the language has none or the word is unknown."""

    def governs(self, preposition: str) -> frozenset[str]:
        """The cases that a preposition can stand before; empty for any other word."""

    def forms_of(self, name: str) -> frozenset[str]:
        """All forms that a name in lower case can take, itself among them."""

    def inflected(self, word: str, case: str) -> str | None:
        """The word in another case, singular; None where there is none."""
