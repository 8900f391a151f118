"""Names in the text against the authority lists: which name of the lists may be meant."""

from __future__ import annotations

from rapidfuzz import fuzz, utils

from workbench.services.edition import Edition
from workbench.store import authorities
from workbench.store.authorities import Authority

_ALIKE = 60.0
"""Of 100: an inflected surname still finds its name in the list."""


def names_like(edition: Edition, words: str) -> list[Authority]:
    """Names of the lists that resemble some words of the text, the likest first."""
    scored = [
        (fuzz.partial_token_set_ratio(words, name.name, processor=utils.default_process)
         if len(words) > 2 else 0.0, fuzz.ratio(words.lower(), name.name.lower()), name)
        for name in authorities.every(edition.db)
    ]  # fmt: skip
    found = [(near, whole, name) for near, whole, name in scored if max(near, _best_word(words, name.name)) >= _ALIKE]
    return [name for _, _, name in sorted(found, key=lambda one: (-one[0], -one[1], one[2].name))]


def _best_word(words: str, name: str) -> float:
    """How alike the likest two words of both are."""
    return max((fuzz.ratio(a.lower(), b.lower()) for a in words.split() for b in name.split()), default=0.0)
