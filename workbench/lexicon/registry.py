"""Lexicons by language, opened at first need."""

from __future__ import annotations

from functools import cache

from workbench.lexicon.protocol import Lexicon


def languages() -> tuple[str, ...]:
    """Languages with a lexicon, by their codes."""
    from workbench.lexicon.frequencies import available
    from workbench.lexicon.russian import OLD

    return tuple(sorted(available() | {"ru", OLD}))


@cache
def open_lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language, None where there is none: then only suggesters that need no words have a say."""
    if language.startswith("ru"):
        from workbench.lexicon.russian import RussianLexicon

        return RussianLexicon(language)
    if language in languages():
        from workbench.lexicon.listed import ListedLexicon

        return ListedLexicon(language)
    return None
