"""What the suggestions promise, on made-up pages: chances to believe, and no decision that makes them worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import curve, synthetic
from benchmarks.quality import engine_with
from workbench.core.suggestion import Suggestion
from workbench.lexicon import open_lexicon
from workbench.readers import read
from workbench.services.evaluation import evaluating
from workbench.services.evaluation.evaluating import Pair
from workbench.services.suggestions.learning import observed
from workbench.suggest import Context, Engine
from workbench.suggest.model import prior


@pytest.mark.parametrize("language", ["en", "ru"])
def test_chances_are_nearly_what_comes_true(tmp_path: Path, language: str) -> None:
    """And accepting what is nine in ten makes no page worse."""
    folder = next(f for f in synthetic.write(tmp_path) if f.name.startswith(language))
    report = evaluating.evaluate(evaluating.pairs(folder, None), language=language, threshold=0.9)
    assert report.total.parts > 50
    assert report.calibration_error < 0.15
    assert report.changed[2] == 0


def pages(folder: Path, *seeds: str) -> list[Pair]:
    """The same Russian prose, spoiled in other places each time."""
    truth = (synthetic.TEXTS / "ru.txt").read_text("utf-8")
    made = []
    for seed in seeds:
        raw, right = folder / f"{seed}.raw.txt", folder / f"{seed}.gt.txt"
        raw.write_text(synthetic.spoiled(truth, seed, 3.0), "utf-8")
        right.write_text(truth, "utf-8")
        made.append(Pair(name=seed, raw=raw, truth=right))
    return made


def test_no_number_of_decisions_makes_them_worse(tmp_path: Path) -> None:
    lexicon = open_lexicon("ru")
    assert lexicon is not None
    engine = engine_with(prior())
    decided, measured = pages(tmp_path, "a", "b"), pages(tmp_path, "c", "d")
    told = [answer for pair in decided for answer in curve.answers(pair, _alone(engine, pair))]
    before = curve.measure(measured, engine, lexicon, observed([])).rates
    for corrections in (1, 5, 10, 50, 10**6):
        rates = curve.measure(measured, engine, lexicon, observed(curve.after(told, corrections))).rates
        assert rates["f1"] >= before["f1"] - 0.005, corrections
        assert rates["first"] >= before["first"] - 0.005, corrections
    assert rates["first"] > before["first"]


def _alone(engine: Engine, pair: Pair) -> tuple[Suggestion, ...]:
    text = read(pair.raw.read_bytes(), name=pair.raw.name)
    return engine.suggest(Context(text=text, lexicon=open_lexicon("ru")))
