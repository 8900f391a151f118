"""Pairs of raw OCR and true text, and what each place of the raw text should read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from workbench.core.text import Text
from workbench.suggest.channel import confusions
from workbench.suggest.page import Page, decompose

Truth = Callable[[int, int], str]


@dataclass(frozen=True)
class Pair:
    """A page as the machine read it and as it is."""

    name: str
    raw: str
    truth: str

    @property
    def source(self) -> str:
        """The work the page is from: what is left out together."""
        return self.name.split("-")[0]


def load(folder: Path) -> list[Pair]:
    """All pairs `NAME.raw.txt` / `NAME.gt.txt` of a folder, by name."""
    return [
        Pair(path.name.removesuffix(".raw.txt"), path.read_bytes().decode(), truth.read_bytes().decode())
        for path in sorted(folder.rglob("*.raw.txt"))
        if (truth := path.with_name(path.name.replace(".raw.txt", ".gt.txt"))).exists()
    ]


def text_of(content: str) -> Text:
    """A plain text, not read as markup."""
    return Text(content=content, reader="plain")


def aligned(raw: str, truth: str) -> Truth:
    """A function from a span of the raw text to what the truth has there; runs of white space are one blank."""
    goal = " ".join(truth.split())
    folded: list[str] = []
    places: dict[int, int] = {}
    for i, c in enumerate(raw):
        if not c.isspace():
            places[i] = len(folded)
            folded.append(c)
        elif folded and folded[-1] != " ":
            folded.append(" ")
    starts, ends = [0] * (len(folded) + 1), [0] * (len(folded) + 1)
    for op in Levenshtein.opcodes("".join(folded), goal):
        for k in range(op.src_end - op.src_start):
            moved = k if op.tag != "delete" else 0
            starts[op.src_start + k] = op.dest_start + moved
            ends[op.src_start + k] = op.dest_start + moved + (op.tag != "delete")
    starts[len(folded)] = len(goal)

    def at(start: int, end: int) -> str:
        first, last = places[start], places[end - 1] + 1
        return goal[ends[first - 1] if first else 0 : starts[last]].strip()

    return at


def counted(pairs: Iterable[Pair]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Confusions of one or two letters among words that are alike, and how often each run of letters was read."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for pair in pairs:
        at = aligned(pair.raw, pair.truth)
        for chunk in Page(text_of(pair.raw)).chunks:
            if chunk.junk:
                continue
            low = chunk.core.lower()
            true = decompose(at(chunk.start, chunk.end))[1].lower()
            totals.update(low)
            totals.update(low[i : i + 2] for i in range(len(low) - 1))
            if true and " " not in true and low != true and Levenshtein.normalized_similarity(low, true) >= 0.5:
                for wrong, right in confusions(low, true):
                    if len(wrong) <= 2 and len(right) <= 2:
                        counts[wrong][right] += 1
    return counts, totals
