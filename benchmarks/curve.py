"""What decisions teach: how good the suggestions are after so many accepted corrections, beside the prior alone.

    python -m benchmarks.curve DATA --language en             # pages that the shipped prior was not fitted on
    python -m benchmarks.curve DATA --language ru --leave-out # each source by a prior fitted on the others

In each order the pages are shuffled: one half is decided, a place after the other, as a person would (what is wrong is
corrected, what is flagged without being wrong is kept); the other half is measured. Pages of one text stay together.
Nothing but the decisions is learnt from: the words of the decided pages are not.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from benchmarks import bench
from benchmarks.pairs import load
from benchmarks.quality import engine_with
from workbench.core.regions import regions, touches
from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import Lexicon, open_lexicon
from workbench.readers import read
from workbench.services.evaluation import evaluating
from workbench.services.evaluation.evaluating import Pair, Report
from workbench.services.suggestions.learning import Learnt, observed
from workbench.suggest import Context, Engine
from workbench.suggest.model import Model, prior

STEPS = (0, 5, 10, 25, 50, 100, 400)
"""Accepted corrections at which is measured."""
ORDERS = 5
_SAME = 200
"""Code points at the start of two truths that make them one text."""

Answer = tuple[str, str]
"""What stood there, and what the page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A measurement: after so many corrections, in one order of the pages."""

    corrections: int
    f1: float
    first: float


def answers(pair: Pair, made: Sequence[Suggestion]) -> Iterator[Answer]:
    """What a person who knows the truth decides on a page, in the order of the text."""
    raw, truth = _text(pair.raw).content, pair.truth.read_text("utf-8-sig")
    places = regions(raw, truth)
    found = [(r.start, raw[r.start : r.end], truth[r.true_start : r.true_end]) for r in places]
    for s in made:
        if s.change in evaluating.SCORED and not any(touches(raw, s.start, s.end, r) for r in places):
            found.append((s.start, s.quote, s.quote))
    yield from ((quote, page) for _, quote, page in sorted(found))


def after(decided: Sequence[Answer], corrections: int) -> list[Answer]:
    """The first answers, up to so many that correct something."""
    taken, left = [], corrections
    for quote, page in decided:
        if quote != page:
            if not left:
                break
            left -= 1
        taken.append((quote, page))
    return taken if corrections else []


def curve(pages: Sequence[Pair], lexicon: Lexicon, engine: Engine, *, orders: int = ORDERS) -> list[list[Point]]:
    """Points by order, as far as there are so many corrections."""
    found = []
    suggest = cache(lambda pair: engine.suggest(Context(text=_text(pair.raw), lexicon=lexicon)))
    for seed in range(orders):
        decided, measured = _halves(pages, seed)
        told = [answer for pair in decided for answer in answers(pair, suggest(pair))]
        steps = [n for n in STEPS if n <= sum(quote != page for quote, page in told)]
        found.append([_point(n, measured, engine, lexicon, observed(after(told, n))) for n in steps])
    return found


def _point(corrections: int, pages: Sequence[Pair], engine: Engine, lexicon: Lexicon, learnt: Learnt) -> Point:
    report = measure(pages, engine, lexicon, learnt)
    return Point(corrections=corrections, f1=report.rates["f1"], first=report.rates["first"])


def measure(pages: Sequence[Pair], engine: Engine, lexicon: Lexicon, learnt: Learnt) -> Report:
    """Score pages with what was learnt."""
    return evaluating.evaluate(
        pages, language=None, threshold=0.9, suggest=partial(_suggest, engine=engine, lexicon=lexicon, learnt=learnt)
    )


def _suggest(text: Text, *, engine: Engine, lexicon: Lexicon, learnt: Learnt) -> tuple[Suggestion, ...]:
    return engine.suggest(
        Context(text=text, lexicon=lexicon, confusions=learnt.confusions, decided=learnt.decided,
                corrected=learnt.corrected)
    )  # fmt: skip


def _halves(pages: Sequence[Pair], seed: int) -> tuple[list[Pair], list[Pair]]:
    groups: dict[str, list[Pair]] = {}
    for pair in pages:
        groups.setdefault(" ".join(pair.truth.read_text("utf-8-sig").split())[:_SAME], []).append(pair)
    shuffled = list(groups.values())
    random.Random(seed).shuffle(shuffled)
    half = len(shuffled) // 2
    return [p for group in shuffled[:half] for p in group], [p for group in shuffled[half:] for p in group]


def _text(path: Path) -> Text:
    return read(path.read_bytes(), name=path.name)


def table(found: Sequence[Sequence[Point]]) -> Iterator[str]:
    """Rows of Markdown: means over the orders that have so many corrections, and over the same orders before any."""
    yield "| corrections | orders | F1 | F1 of the prior | first right | of the prior |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for n in STEPS:
        pairs = [(p, points[0]) for points in found for p in points if p.corrections == n]
        if pairs:
            f1, first, f1_prior, first_prior = (
                statistics.fmean(values)
                for values in zip(*((p.f1, p.first, before.f1, before.first) for p, before in pairs), strict=True)
            )
            yield f"| {n} | {len(pairs)} | {f1:.3f} | {f1_prior:.3f} | {first:.3f} | {first_prior:.3f} |"


def _engines(data: Path, lexicon: Lexicon, *, leave_out: bool) -> Iterator[tuple[str, Engine]]:
    """Beginnings of names with the engine for these pages."""
    if not leave_out:
        yield "", engine_with(prior())
        return
    from benchmarks.fit import record  # which needs what only fitting needs

    pairs = load(data)
    for source in sorted({p.source for p in pairs}):
        yield source, engine_with(Model.of(record([p for p in pairs if p.source != source], lexicon)))


def main() -> None:
    """Print the curve of a folder of pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--language", default="ru")
    parser.add_argument("--leave-out", action="store_true", help="fit the prior on the other sources of the folder")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md as well")
    parser.add_argument("--orders", type=int, default=ORDERS)
    options = parser.parse_args()
    lexicon = open_lexicon(options.language)
    if lexicon is None:
        parser.error(f"no lexicon for {options.language}")
    pages = evaluating.pairs(options.data, None)
    found: list[list[Point]] = []
    for source, engine in _engines(options.data, lexicon, leave_out=options.leave_out):
        own = [p for p in pages if Path(p.name).name.startswith(source)]
        found += curve(own, lexicon, engine, orders=options.orders)
    said = "\n".join(table(found))
    sys.stdout.write(f"{said}\n")
    if options.write:
        bench.write(f"learnt {options.language}", said)


if __name__ == "__main__":
    main()
