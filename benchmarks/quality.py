"""Sets of pages, and what each tool finds, proposes and repairs in them: one scorer for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.synthetic import SYNTHETIC
from workbench.core.errors import UsageError
from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.services.evaluation.evaluating import Pair, Suggest, evaluate, pairs
from workbench.suggest import Context, Engine, default_suggesters
from workbench.suggest.model import Model
from workbench.suggest.proofread import Proofreader

THRESHOLD = 0.9
FITTED = ("ru-typed",)
"""Sets that the shipped prior is fitted on: what is measured on them is no forecast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSet:
    """Pages in one language."""

    name: str
    language: str
    pages: tuple[Pair, ...]

    @property
    def synthetic(self) -> bool:
        return self.name.endswith(f"-{SYNTHETIC}")

    @property
    def fitted(self) -> bool:
        return self.name in FITTED

    def raws(self) -> list[str]:
        """The raw texts."""
        return [page.raw.read_bytes().decode("utf-8") for page in self.pages]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one tool did with one set."""

    tool: str
    record: dict[str, Any]
    """As `workbench evaluate --format json` gives it."""
    seconds: float
    """Spent on suggestions, without reading and scoring."""

    @property
    def speed(self) -> float:
        """Words a second."""
        return float(self.record["words"]) / self.seconds


def sets(folders: Iterable[Path]) -> list[PageSet]:
    """A folder of pairs is a set, named LANGUAGE-ANYTHING; other folders are looked into."""
    found = []
    for folder in folders:
        inner = [folder] if any(folder.glob("*.raw.txt")) else sorted(p for p in folder.iterdir() if p.is_dir())
        for one in inner:
            try:
                pages = tuple(pairs(one, None))
            except UsageError:
                continue
            found.append(PageSet(name=one.name, language=one.name.split("-")[0], pages=pages))
    return found


def engine(language: str) -> Suggest:
    """The engine as it is shipped, with its word lists open."""
    lexicon, ours = open_lexicon(language), Engine()

    def suggest(text: Text) -> Sequence[Suggestion]:
        return ours.suggest(Context(text=text, lexicon=lexicon))

    return suggest


def engine_with(model: Model) -> Engine:
    """The engine as it is shipped, with another model."""
    return Engine(Proofreader(model) if isinstance(s, Proofreader) else s for s in default_suggesters())


def measured(tool: str, suggest: Suggest, pages: PageSet, clock: Callable[[], float] = perf_counter) -> Measured:
    """One tool over one set, after a few words to warm up on; one process, so one core."""
    suggest(Text(content=pages.raws()[0][:300], reader="plain"))
    seconds = 0.0

    def timed(text: Text) -> Sequence[Suggestion]:
        nonlocal seconds
        began = clock()
        made = suggest(text)
        seconds += clock() - began
        return made

    report = evaluate(pages.pages, language=pages.language, threshold=THRESHOLD, suggest=timed)
    return Measured(tool=tool, record=report.record(), seconds=seconds)
