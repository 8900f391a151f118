"""How good the suggestions are for sources that their prior was not fitted on, and with what else is known of a page.

Each source is read by a prior fitted on the others: the pages alone, with a second reading, with the machine's own
confidences, with both. How often each suggester is right at its chances, on the pages alone, is what bulk acceptance
rests on.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks import bench
from benchmarks.fit import PRIOR, record
from benchmarks.pairs import Pair, text_of
from benchmarks.quality import engine_with
from benchmarks.tables import table
from workbench.core.alignment import aligned
from workbench.core.suggestion import Suggestion
from workbench.lexicon import Lexicon
from workbench.services.evaluation import evaluating
from workbench.services.evaluation.evaluating import Report, Score
from workbench.suggest import Context, Engine
from workbench.suggest.model import Model, prior

MEASURED = PRIOR.with_name("measured.json")
_BIN = 10_000
"""Parts per million of a bin of chances."""
_MODES = {
    "the page alone": (False, False), "with a second reading": (True, False),
    "with the machine's confidences": (False, True), "with both": (True, True),
}  # fmt: skip
_HEADS = ("", "P", "R", "F1", "top 1", "top 5", "ECE", "CER", "CER after", "better/same/worse")

Rows = dict[str, dict[int, list[int]]]
"""Suggester -> least probability of a bin -> suggestions in it, right ones."""


def run(data: Path, pairs: Sequence[Pair], lexicon: Lexicon, out: Path, *, write: bool) -> None:
    """Print the table; keep the suggestions in `out`, as `workbench check --format json` gives them."""
    paths = {Path(p.name).name.removesuffix(".raw.txt"): p for p in evaluating.pairs(data, None)}
    scores: dict[str, list[Score]] = {mode: [] for mode in _MODES}
    rows: Rows = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for source in sorted({p.source for p in pairs}):
        engine = engine_with(Model.of(record([p for p in pairs if p.source != source], lexicon)))
        for pair in (p for p in pairs if p.source == source):
            for mode, known in _MODES.items():
                made = _suggested(engine, pair, lexicon, *known)
                scores[mode].append(_score(paths[pair.name], made))
                if not any(known):
                    _count(pair, made, rows)
                    _keep(made, out / f"{pair.name}.json")
            truth = engine.suggest(Context(text=text_of(pair.truth), lexicon=lexicon))
            _keep(truth, out / f"{pair.name}.true.json")
    said = table(_HEADS, [[mode, *_figures(evaluating.summed(found))] for mode, found in scores.items()])
    sys.stdout.write(f"{said}\n")
    if write:
        bench.write(f"left out {lexicon.name.partition('-')[0]}", said)
        bins = {name: [[ppm, *row] for ppm, row in sorted(by.items())] for name, by in sorted(rows.items())}
        made_of = {"prior": prior().version, "lexicon": lexicon.name.partition("-")[0] + "-", "suggesters": bins}
        MEASURED.write_text(json.dumps(made_of, ensure_ascii=False) + "\n", "utf-8")


def _suggested(engine: Engine, pair: Pair, lexicon: Lexicon, witness: bool, sure: bool) -> tuple[Suggestion, ...]:
    text = text_of(pair.raw, pair.confidences if sure else ())
    return engine.suggest(Context(text=text, lexicon=lexicon, witnesses=pair.witnesses if witness else ()))


def _score(pair: evaluating.Pair, made: Sequence[Suggestion]) -> Score:
    return evaluating.score(pair, language=None, threshold=0.9, suggest=lambda text: made)


def _figures(report: Report) -> list[str]:
    rates, (better, same, worse) = report.rates, report.changed
    shares = [f"{rates[name]:.3f}" for name in ("precision", "recall", "f1", "first", "first_five")]
    errors = [f"{rates[name]:.2%}" for name in ("cer", "cer_after")]
    return [*shares, f"{report.calibration_error:.3f}", *errors, f"{better}/{same}/{worse}"]


def _count(pair: Pair, made: Sequence[Suggestion], rows: Rows) -> None:
    """Count the suggestions for a page, and the right ones, by suggester and the first candidate's chance."""
    at = aligned(pair.raw, pair.truth)
    for s in made:
        quote = s.quote.strip()
        if s.candidates and quote and s.change != "layout":  # what a line break hides, the page does not tell
            start = s.start + s.quote.index(quote)
            row = rows[s.suggester][s.candidates[0].ppm // _BIN * _BIN]
            row[0] += 1
            row[1] += at(start, start + len(quote)).split() == s.candidates[0].text.split()


def _keep(made: Sequence[Suggestion], path: Path) -> None:
    records = [
        {"start": s.start, "end": s.end, "class": s.change,
         "candidates": [{"text": c.text, "probability": c.probability} for c in s.candidates]} for s in made
    ]  # fmt: skip
    path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
