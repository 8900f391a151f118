"""What persons corrected once stands elsewhere as well: the same misreading, with the answer that they gave.

Only whole words are looked for, as they were written. A word that the lexicon knows is right in most of its places, so
it takes several corrections, and hardly any place where it was kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbench.core.suggestion import PPM, Candidate, Evidence, Suggestion
from workbench.suggest.page import Page
from workbench.suggest.protocol import Context

_LETTERS = 3
"""Shorter words are too often something else elsewhere."""
_LEAST = 0.5
_KNOWN_LEAST = 0.75
_KNOWN_TIMES = 3
_PRIOR_RIGHT, _PRIOR = 1.0, 1.5
"""What an answer counts before it was ever given: two places in three."""


class Series:
    """Proposes for a word what was decided about the same word."""

    name = "series"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        if not context.corrected:
            return
        for chunk in Page(context.text).chunks:
            answers = context.corrected.get(chunk.core)
            if not answers or len(chunk.core) < _LETTERS or not chunk.core.isalpha():
                continue
            found = self._answer(chunk.core, answers, context)
            if found is None or context.quiet(chunk.start, chunk.end):
                continue
            page, times = found
            total = sum(answers.values())
            yield Suggestion(
                start=chunk.core_start, end=chunk.core_end, quote=chunk.core, kind="word", change="ocr",
                suggester=self.name, version=self.version,
                candidates=(Candidate(text=page, ppm=int(_chance(times, total) * PPM)),),
                evidence=(Evidence.of("decided-before", page=page, times=times, total=total),),
            )  # fmt: skip

    def _answer(self, word: str, answers: Mapping[str, float], context: Context) -> tuple[str, int] | None:
        """The answer given most often, with how often, where it is given often enough."""
        page = max(answers, key=lambda text: (answers[text], text))
        times, total = int(answers[page]), sum(answers.values())
        if page == word or times / total < _LEAST or page.isspace() or not page:
            return None
        known = context.lexicon is not None and context.lexicon.knows(word)
        if known and (times < _KNOWN_TIMES or times / total < _KNOWN_LEAST):
            return None
        return page, times


def _chance(times: int, total: float) -> float:
    return (times + _PRIOR_RIGHT) / (total + _PRIOR)
