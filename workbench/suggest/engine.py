"""The engine: all suggesters over one text, and one answer a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from workbench.core.suggestion import Suggestion
from workbench.core.text import Text, overlap
from workbench.suggest.homoglyphs import Homoglyphs
from workbench.suggest.hyphens import Hyphens
from workbench.suggest.lists import Lists
from workbench.suggest.protocol import Context, Suggester
from workbench.suggest.spacing import Spacing
from workbench.suggest.stray import StrayMarks
from workbench.suggest.variants import Variants
from workbench.suggest.words import UnknownWords

_FIRST = {
    name: rank for rank, name in enumerate(("hyphens", "variants", "lists", "homoglyphs", "words", "spacing", "stray"))
}
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")


def default_suggesters() -> tuple[Suggester, ...]:
    """Every suggester, in the order of the documentation."""
    return (UnknownWords(), Homoglyphs(), Hyphens(), Spacing(), StrayMarks(), Variants(), Lists())


class Engine:
    """Runs suggesters and settles where they meet: what sees more of the text wins, then the likelier, then by name."""

    name = "workbench"
    version = "1"

    def __init__(self, suggesters: Iterable[Suggester] | None = None) -> None:
        self.suggesters = tuple(suggesters) if suggesters is not None else default_suggesters()

    def suggest(self, context: Context, step: Callable[[], None] = lambda: None) -> tuple[Suggestion, ...]:
        """Suggestions in text order, without overlaps; the same text gives the same answer.

        `step` is called after each suggester; what it raises ends the run.
        """
        found: list[Suggestion] = []
        for suggester in self.suggesters:
            found += suggester.suggest(context)
            step()
        found.sort(key=lambda s: (_FIRST.get(s.suggester, 99), -_chance(s), s.start))
        return _without_overlaps(found)


def _chance(suggestion: Suggestion) -> int:
    return suggestion.candidates[0].ppm if suggestion.candidates else 0


def _without_overlaps(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    taken: dict[int, list[Suggestion]] = {}
    kept: list[Suggestion] = []
    for one in found:
        cells = range(one.start // 256, one.end // 256 + 1)
        near = [other for cell in cells for other in taken.get(cell, ())]
        if any(overlap(one.start, one.end, o.start, o.end) for o in near):
            continue
        kept.append(one)
        for cell in cells:
            taken.setdefault(cell, []).append(one)
    return tuple(sorted(kept, key=lambda s: (s.start, s.end)))


def detect_language(text: Text) -> str:
    """`ru` for Cyrillic, `en` for Latin letters, `und` for neither: by script, for a lexicon must be chosen somehow."""
    sample = text.content[:20_000]
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if not cyrillic and not latin:
        return "und"
    return "ru" if cyrillic >= latin else "en"
