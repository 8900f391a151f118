"""Puts the slots of a page together: one suggestion a chunk, its candidates ranked by probability."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from workbench.core.suggestion import PPM, Candidate, Suggestion
from workbench.suggest.cores import Cores
from workbench.suggest.model import Model, prior
from workbench.suggest.options import Option, Slot, probabilities
from workbench.suggest.page import Chunk, Page
from workbench.suggest.protocol import Context
from workbench.suggest.signs import Signs
from workbench.suggest.why import why

SHOW = 0.44
"""A chunk is shown when it stands as it is with a smaller probability."""
_DOUBT = 0.97
"""A slot that stands as it is with at least this probability is not part of a suggestion."""
_MOST = 5
_LEAST = 0.01
"""Candidates below this probability are not worth a line."""

Ranked = tuple[float, str, Option]
"""Probability, text, and the option that says why."""


@dataclass(slots=True)
class Read:
    """A slot with the probabilities of its options."""

    slot: Slot
    chances: list[float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An option as `explain` shows it."""

    text: str | None
    kind: str
    probability: float
    features: tuple[tuple[str, float, float], ...]
    """Name, value, what it adds to the score; the weightiest first."""


class Proofreader:
    """Reads a page with one model over every kind of error that stays inside a chunk."""

    name = "proofreader"

    def __init__(self, model: Model | None = None) -> None:
        self._model = model

    @property
    def model(self) -> Model:
        return self._model or prior()

    @property
    def version(self) -> str:
        return self.model.version

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        """Suggestions in text order; neighbours that both go are one."""
        last: Suggestion | None = None
        for one in self._each(context):
            if last is not None and _goes(last) and _goes(one) and last.end >= one.start:
                last = _together(last, one, context.text.content)
                continue
            if last is not None:
                yield last
            last = one
        if last is not None:
            yield last

    def explain(self, context: Context, offset: int) -> list[list[Weighed]]:
        """The options of every slot of the chunk at an offset, the likeliest first."""
        cores, signs = self._opened(context)
        chunk = next((c for c in cores.page.chunks if c.start <= offset < c.end), None)
        if chunk is None:
            return []
        found = []
        for read in self._reads(chunk, cores, signs):
            weighed = []
            for option, chance in zip(read.slot.options, read.chances, strict=True):
                parts = ((n, v, v * self.model.weights.get(n, 0.0)) for n, v in option.features.items() if v)
                features = tuple(sorted(parts, key=lambda p: -abs(p[2])))
                weighed.append(Weighed(option.text, option.kind, chance, features))
            found.append(sorted(weighed, key=lambda w: -w.probability))
        return found

    def _opened(self, context: Context) -> tuple[Cores, Signs]:
        cores = Cores(context, context.learnt(self.model.channel))
        return cores, Signs(cores)

    def _each(self, context: Context) -> Iterator[Suggestion]:
        cores, signs = self._opened(context)
        for chunk in cores.page.chunks:
            if context.quiet(chunk.start, chunk.end):
                continue
            doubtful = [r for r in self._reads(chunk, cores, signs) if r.chances[0] < _DOUBT]
            stands = 1.0
            for r in doubtful:
                stands *= r.chances[0]
            if doubtful and stands < SHOW:
                yield self._made(cores, chunk, doubtful)

    def _reads(self, chunk: Chunk, cores: Cores, signs: Signs) -> Iterator[Read]:
        slot = cores.slot(chunk)
        slots = [slot] if slot is not None else []
        for one in (*slots, *signs.slots(chunk)):
            yield Read(one, probabilities(one, self.model.weights))

    def _made(self, cores: Cores, chunk: Chunk, reads: list[Read]) -> Suggestion:
        reads.sort(key=lambda r: r.slot.start)
        content = cores.page.text.content
        start, end = reads[0].slot.start, reads[-1].slot.end
        ranked, gone = _combined(content, reads)
        if gone is not None:
            start, end = chunk.start, chunk.end
            lead, trail = content[chunk.start : reads[0].slot.start], content[reads[-1].slot.end : chunk.end]
            ranked = {lead + t + trail: v for t, v in ranked.items()}
            ranked[""] = gone
        quote = content[start:end]
        best = sorted(((p, t, o) for t, (p, o) in ranked.items() if t != quote), key=lambda r: (-r[0], r[1]))[:_MOST]
        best = [b for b in best if b[0] >= _LEAST]
        if gone is not None and best and best[0][1] == "":
            start, end, best = _with_blank(cores.page, chunk, best)
            quote = content[start:end]
        kind = best[0][2].kind if best else "word"
        return Suggestion(
            start=start, end=end, quote=quote, kind=kind, change="ocr" if best else "uncertain",
            suggester=_SUGGESTERS.get(kind, "words"), version=self.version,
            candidates=tuple(Candidate(text=t, ppm=int(min(p, 1.0) * (PPM - 10))) for p, t, _ in best),
            evidence=why(kind, quote, best[0][1] if best else None, cores, chunk),
        )  # fmt: skip


def _combined(
    content: str, reads: Sequence[Read]
) -> tuple[dict[str, tuple[float, Option]], tuple[float, Option] | None]:
    """Texts of the span with their probabilities and the change that says most; and, apart, that the chunk goes."""
    start = reads[0].slot.start
    ranked: dict[str, tuple[float, Option]] = {}
    gone: tuple[float, Option] | None = None
    choices = [heapq.nlargest(_MOST, zip(r.chances, range(len(r.chances)), strict=True)) for r in reads]
    for combination in product(*choices):
        options = [r.slot.options[n] for (_, n), r in zip(combination, reads, strict=True)]
        changes = [o for (_, n), o in zip(combination, options, strict=True) if n]
        if not changes or any(o.text is None for o in options):
            continue
        chance, text, at = 1.0, "", start
        for (p, _), option, read in zip(combination, options, reads, strict=True):
            chance *= p
            text += content[at : read.slot.start] + (option.text or "")
            at = read.slot.end
        shown = next((o for o in changes if o.kind != "stray"), changes[0])
        scrap = next((o for o in changes if o.kind == "scrap"), None)
        if scrap is not None:
            gone = (chance + (gone[0] if gone else 0.0), scrap)
        else:
            ranked[text] = (chance + (ranked[text][0] if text in ranked else 0.0), shown)
    return ranked, gone


def _with_blank(page: Page, chunk: Chunk, best: list[Ranked]) -> tuple[int, int, list[Ranked]]:
    """The span of a chunk with the blank before it; with the one after it, where it begins the line."""
    b, a = page.beside(chunk)
    start = chunk.start if b is None else b.end
    end = a.start if b is None and a is not None and not a.junk else chunk.end
    content = page.text.content
    before, after = content[start : chunk.start], content[chunk.end : end]
    return start, end, [(p, before + t + after if t else t, o) for p, t, o in best]


def _goes(suggestion: Suggestion) -> bool:
    return bool(suggestion.candidates) and suggestion.candidates[0].text == ""


def _together(left: Suggestion, right: Suggestion, content: str) -> Suggestion:
    """Two neighbours that both go as one suggestion, as sure as the less sure of them."""
    both = min(left.candidates[0].ppm, right.candidates[0].ppm)
    return replace(
        left, end=right.end, quote=content[left.start : right.end], candidates=(Candidate(text="", ppm=both),)
    )


_SUGGESTERS = {"word": "words", "case": "case", "spacing": "spacing", "scrap": "scraps", "sign": "signs",
               "stray": "stray", "hyphen": "hyphens"}  # fmt: skip
