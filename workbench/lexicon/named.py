"""A lexicon that knows the names of authority lists as well, in all the forms that the language gives them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from workbench.lexicon.protocol import Lexicon

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
"""Initials are no names of their own."""
_LISTED = 3.0
"""The Zipf value that a name of the lists has at least: somebody expects it in these documents."""


class NamedLexicon:
    """Asks the lexicon of the language, and the names besides."""

    def __init__(self, inner: Lexicon, names: Sequence[str]) -> None:
        self.inner = inner
        self._names = tuple(names)
        self.name = inner.name
        self.complete, self.alphabet, self.ordinary = inner.complete, inner.alphabet, inner.ordinary
        self.related, self.likeness, self.governs = inner.related, inner.likeness, inner.governs
        self.cases, self.inflected, self.forms_of = inner.cases, inner.inflected, inner.forms_of

    @cached_property
    def version(self) -> str:
        names = hashlib.sha256("\n".join(self._names).encode()).hexdigest()[:8]
        return f"{self.inner.version}, {len(self._names)} names {names}"

    @cached_property
    def forms(self) -> frozenset[str]:
        """All forms of the words of the names, in lower case."""
        words = {word.lower() for name in self._names for word in _WORD.findall(name)}
        return frozenset(form for word in words for form in self.inner.forms_of(word))

    def shaped_like(self, word: str) -> Iterator[str]:
        """Forms of the names with the same first letter and about the same length as a word in lower case."""
        for size in (len(word) - 1, len(word), len(word) + 1):
            yield from self._shapes.get((word[:1], size), ())

    @cached_property
    def _shapes(self) -> Mapping[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = {}
        for form in self._sorted:
            found.setdefault((form[0], len(form)), []).append(form)
        return found

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.forms)

    def knows(self, word: str) -> bool:
        return word.lower() in self.forms or self.inner.knows(word)

    def is_name(self, word: str) -> bool:
        return word.lower() in self.forms or self.inner.is_name(word)

    def zipf(self, word: str) -> float:
        known = self.inner.zipf(word)
        return max(known, _LISTED) if word in self.forms else known

    def listed(self, words: Sequence[str], before: str = "", after: str = "") -> list[str]:
        names = (word for word in words if before + word + after in self.forms)
        return [*self.inner.listed(words, before, after), *names]

    def reach(self, word: str, before: str = "") -> int:
        own = next((n - 1 for n in range(1, len(word) + 1) if not self._begins(before + word[:n])), len(word))
        return max(own, self.inner.reach(word, before))

    def _begins(self, prefix: str) -> bool:
        at = bisect_left(self._sorted, prefix)
        return at < len(self._sorted) and self._sorted[at].startswith(prefix)
