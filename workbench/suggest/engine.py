"""The engine: all suggesters over one text, and one answer a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workbench.core.suggestion import Suggestion
from workbench.core.text import overlap
from workbench.suggest.dates import Dates
from workbench.suggest.edges import Edges
from workbench.suggest.formulas import Formulas
from workbench.suggest.handwriting import Handwriting
from workbench.suggest.homoglyphs import Homoglyphs
from workbench.suggest.hyphens import Hyphens
from workbench.suggest.lists import Lists
from workbench.suggest.markup import Markup
from workbench.suggest.names import Names
from workbench.suggest.proofread import Proofreader
from workbench.suggest.protocol import Context, Suggester
from workbench.suggest.repeats import Repeats
from workbench.suggest.series import Series
from workbench.suggest.variants import Variants


def default_suggesters() -> tuple[Suggester, ...]:
    """Every suggester; where two meet, the one that comes first is heard.

    What is none of the text comes first, so that its words are not proofread; then what a rule knows; then the model.
    Zones that hold text come last: a word in them that is in doubt is more urgent.
    """
    return (
        Edges(), Handwriting(), Repeats(), Dates(), Variants(), Lists(), Names(), Series(), Homoglyphs(), Proofreader(),
        Hyphens(), Markup(), Formulas(),
    )  # fmt: skip


class Engine:
    """Runs suggesters and settles where they meet."""

    name = "workbench"

    def __init__(self, suggesters: Iterable[Suggester] | None = None) -> None:
        self.suggesters = tuple(suggesters) if suggesters is not None else default_suggesters()

    @property
    def version(self) -> str:
        return " ".join(f"{s.name}-{s.version}" for s in self.suggesters)

    def suggest(self, context: Context, step: Callable[[], None] = lambda: None) -> tuple[Suggestion, ...]:
        """Suggestions in text order, without overlaps; the same text gives the same answer.

        `step` is called after each suggester; what it raises ends the run.
        """
        found: list[Suggestion] = []
        for suggester in self.suggesters:
            found += suggester.suggest(context)
            step()
        return _without_overlaps(found)


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
