"""Pairs of raw OCR and true text, and what each place of the raw text should read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from workbench.core.alignment import aligned
from workbench.core.text import Confidence, Text
from workbench.readers import read
from workbench.suggest.channel import confusions
from workbench.suggest.page import Page, decompose

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Pair:
    """A page as the machine read it and as it is."""

    name: str
    raw: str
    truth: str
    witnesses: tuple[tuple[str, str], ...] = ()
    """Other readings of the page: name and content."""
    confidences: tuple[Confidence, ...] = ()
    """The machine's own, where it gave them."""

    @property
    def source(self) -> str:
        """The work the page is from: what is left out together."""
        return self.name.split("-")[0]


def load(folder: Path) -> list[Pair]:
    """All pairs `NAME.raw.txt` / `NAME.gt.txt` of a folder, each with its `NAME.raw-*.txt` and `NAME.tsv`."""
    return [
        _loaded(path, truth)
        for path in sorted(folder.rglob("*.raw.txt"))
        if (truth := path.with_name(path.name.replace(".raw.txt", ".gt.txt"))).exists()
    ]


def _loaded(path: Path, truth: Path) -> Pair:
    name, raw = path.name.removesuffix(".raw.txt"), path.read_bytes().decode()
    others = sorted(path.parent.glob(f"{name}.raw-*.txt"))
    return Pair(
        name=name, raw=raw, truth=truth.read_bytes().decode(),
        witnesses=tuple((other.name, other.read_bytes().decode()) for other in others),
        confidences=tuple(_confidences(raw, path.with_name(f"{name}.tsv"))),
    )  # fmt: skip


def _confidences(raw: str, table: Path) -> Iterator[Confidence]:
    """The confidences of a table moved to the places of its words in the raw text; none where the words differ."""
    if not table.exists():
        return
    read_as = read(table.read_bytes(), name=table.name)
    words = list(_WORD.finditer(raw))
    if [m[0] for m in words] == read_as.content.split() and len(words) == len(read_as.confidences):
        for m, sure in zip(words, read_as.confidences, strict=True):
            yield Confidence(start=m.start(), end=m.end(), ppm=sure.ppm)


def text_of(content: str, confidences: tuple[Confidence, ...] = ()) -> Text:
    """A plain text, not read as markup."""
    return Text(content=content, reader="plain", confidences=confidences)


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
