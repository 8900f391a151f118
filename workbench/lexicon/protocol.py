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

    def knows(self, word: str) -> bool:
        """Is this a form of a known word?"""

    def common(self, word: str) -> bool:
        """Is it attested in running text, not only in a dictionary's paradigms?"""

    def near(self, word: str, limit: int = 64) -> Sequence[str]:
        """Common forms within two edits, the nearest first."""

    def is_name(self, word: str) -> bool:
        """Is it, or does it look like, the name of a person or a place?"""

    def cases(self, word: str) -> frozenset[str]:
        """Grammatical cases that the form can stand in; empty where the language has none or the word is unknown."""

    def inflected(self, word: str, case: str) -> str | None:
        """The word in another case, singular; None where there is none."""

    def same_word(self, one: str, other: str) -> bool:
        """Are the two forms of one word?"""
