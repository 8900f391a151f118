"""Pages spoiled by chance: what a fresh clone is measured on, where no real OCR with its truth is at hand.

The true texts are the project's own prose (`texts/`). The noise takes the confusions that the engine itself lists, so
figures for these pages flatter it: they show that the program works and whether it became worse, not how good it is.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from workbench.suggest.confusions import LISTED

TEXTS = Path(__file__).parent / "texts"
SYNTHETIC = "synthetic"
_SEVERITIES = {"light": 0.5, "medium": 1.5, "heavy": 3.0}
_CONFUSED = 0.012
"""Chance of a letter, or of two that are read as one, to be misread; the others are by letter or by blank, too."""
_SPLIT = 0.002
_STRAY = 0.02
_JOINED = 0.005
_MARKS = ".':_|,"


def _misread() -> Mapping[str, tuple[str, ...]]:
    """What the page has -> what the machine may make of it, in an order that does not change from run to run."""
    found: dict[str, list[str]] = defaultdict(list)
    for wrong, right in sorted(LISTED):
        found[right].append(wrong)
    return {right: tuple(wrongs) for right, wrongs in found.items()}


_MISREAD = _misread()


def spoiled(truth: str, seed: str, severity: float) -> str:
    """A text as a poor machine might read it; the same seed gives the same errors."""
    draw = random.Random(seed)
    return "".join(_pieces(truth, draw, severity))


def _pieces(truth: str, draw: random.Random, severity: float) -> Iterator[str]:
    at = 0
    while at < len(truth):
        here, chance = truth[at], draw.random() / severity
        two = truth[at : at + 2]
        right = two if two.lower() in _MISREAD else here
        wrongs = _MISREAD.get(right.lower(), ())
        if here == " " and chance < _STRAY + _JOINED:
            yield f" {draw.choice(_MARKS)} " if chance < _STRAY else ""
        elif wrongs and chance < _CONFUSED:
            wrong = draw.choice(wrongs)
            yield wrong.upper() if right.isupper() else wrong
            at += len(right) - 1
        else:
            yield here
            if two.isalpha() and len(two) == 2 and draw.random() / severity < _SPLIT:
                yield " "
        at += 1


def write(folder: Path) -> list[Path]:
    """A folder of pairs for each true text, named by its language."""
    made = []
    for path in sorted(TEXTS.glob("*.txt")):
        truth = path.read_text("utf-8")
        target = folder / f"{path.stem}-{SYNTHETIC}"
        target.mkdir(parents=True)
        for name, severity in _SEVERITIES.items():
            (target / f"{name}.gt.txt").write_text(truth, "utf-8")
            (target / f"{name}.raw.txt").write_text(spoiled(truth, f"{path.stem} {name}", severity), "utf-8")
        made.append(target)
    return made
