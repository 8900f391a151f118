"""Lexicons by language, opened at first need."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from workbench.lexicon.protocol import Lexicon


def languages() -> tuple[str, ...]:
    """Languages with a lexicon, by their codes."""
    from workbench.lexicon import hunspell
    from workbench.lexicon.frequencies import available
    from workbench.lexicon.russian import OLD

    return tuple(sorted(available() | {"ru", OLD} | hunspell.languages()))


@lru_cache(maxsize=16)
def open_lexicon(language: str, dictionary: str = "", names: tuple[str, ...] = ()) -> Lexicon | None:
    """The lexicon of a language, None where there is none: then only suggesters that need no words have a say.

    `dictionary`: path of a Hunspell dictionary to use instead; one that this machine has is taken where there is no
    other. `names`: of authority lists, known as well. Raises UsageError for a dictionary that cannot be read.
    """
    lexicon = _opened(language, dictionary)
    if lexicon is None or not names:
        return lexicon
    from workbench.lexicon.named import NamedLexicon

    return NamedLexicon(lexicon, names)


def _opened(language: str, dictionary: str) -> Lexicon | None:
    from workbench.lexicon import hunspell
    from workbench.lexicon.frequencies import available

    if dictionary:
        return hunspell.HunspellLexicon(Path(dictionary), language)
    if language.startswith("ru"):
        from workbench.lexicon.russian import RussianLexicon

        return RussianLexicon(language)
    if language in available():
        from workbench.lexicon.listed import ListedLexicon

        return ListedLexicon(language)
    found = hunspell.found(language)
    return hunspell.HunspellLexicon(found, language) if found is not None else None
