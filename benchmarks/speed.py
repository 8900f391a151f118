"""What the engine costs: start-up, memory, and whether long and odd texts take more time than their length asks for.

Each start and each peak is that of a process of its own. For Unix, where a process can tell its peak.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.peers import Ask
from benchmarks.quality import PageSet
from workbench.core.text import Text
from workbench.services.evaluation.evaluating import Suggest
from workbench.suggest import WORD

_STARTS = 5
_TOKEN = 10_000
_LINE = 10_000_000
_MIXED = 20_000
_FIRST = """
import sys
from workbench.services.suggestions.suggesting import check_text
check_text(sys.argv[2].encode(), name="page.txt", language=sys.argv[1])
"""
_PEAK = """
import resource, sys
from pathlib import Path
from workbench.services.suggestions.suggesting import check_text
for page in map(Path, sys.argv[2:]):
    check_text(page.read_bytes(), name=page.name, language=sys.argv[1])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of starting and of holding, for one set."""

    start: float
    """Seconds to the first suggestions, over the interpreter's own start."""
    peak: float
    """Megabytes after all pages. A child is counted from its parent's size on, so ask while that is small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """How long the engine took for a text of some shape."""

    shape: str
    characters: int
    words: int
    seconds: float

    @property
    def each(self) -> float:
        """Seconds a million characters."""
        return self.seconds / self.characters * 1_000_000


def cost(pages: PageSet) -> Cost:
    """Start-up and memory; the word lists' cache is built before."""
    first = (_FIRST, pages.language, pages.raws()[0][:300])
    _run(*first)
    own, ours = ([_seconds(*code) for _ in range(_STARTS)] for code in (("pass",), first))
    peak = _run(_PEAK, pages.language, *(str(page.raw) for page in pages.pages))
    return Cost(start=statistics.median(ours) - statistics.median(own), peak=float(peak))


def _run(code: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True).stdout


def _seconds(*code: str) -> float:
    began = perf_counter()
    _run(*code)
    return perf_counter() - began


def lookups(pages: PageSet, ask: Ask) -> float:
    """Words a second of asking alone, each word as often as it stands there; no suggestions are made of the answers."""
    words = [word for raw in pages.raws() for word in WORD.findall(raw)]
    began = perf_counter()
    for word in words:
        ask(word)
    return len(words) / (perf_counter() - began)


def shapes(raws: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Texts by name: ordinary ones of three lengths, and what a broken page may hold."""
    for part, share in (("a quarter", 4), ("half", 2), ("all", 1)):
        yield f"{part} of each page", "\n".join(raw[: len(raw) // share] for raw in raws)
    draw = random.Random(0)
    letters = sorted({c for raw in raws for c in raw.lower() if c.isalpha()})
    either = [*letters, *"0123456789"]
    yield "a word of letters", "".join(draw.choices(letters, k=_TOKEN))
    yield "a line of letters and digits without a blank", "".join(draw.choices(either, k=_LINE))
    yield "a line of words of letters and digits", "".join(draw.choices([*either, *" " * 6], k=_MIXED))


def timed(suggest: Suggest, texts: Iterable[tuple[str, str]], clock: Callable[[], float] = perf_counter) -> list[Timed]:
    """How long each text takes."""
    found = []
    for shape, content in texts:
        text = Text(content=content, reader="plain")
        began = clock()
        suggest(text)
        found.append(Timed(shape=shape, characters=len(content), words=len(content.split()), seconds=clock() - began))
    return found
