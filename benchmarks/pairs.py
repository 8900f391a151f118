"""Pairs of raw OCR and true text, and what each place of the raw text should read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from workbench.core.alignment import aligned
from workbench.core.text import Text
from workbench.suggest.channel import confusions
from workbench.suggest.page import Page, decompose


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
