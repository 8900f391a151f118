"""Lexicons by language, opened at first need."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from workbench.lexicon.protocol import Lexicon

Progress = Callable[[int, int], None]


def languages() -> tuple[str, ...]:
    """Languages with a lexicon."""
    return ("ru",)


@cache
def open_lexicon(language: str, progress: Progress | None = None) -> Lexicon | None:
    """The lexicon of a language, None where there is none: then only suggesters that need no words have a say."""
    if language == "ru":
        from workbench.lexicon.russian import RussianLexicon

        return RussianLexicon(progress)
    return None
