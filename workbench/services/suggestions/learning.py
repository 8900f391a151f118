"""What an edition's decisions say about its machine: which letters it takes for which, and how often it is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from workbench.services.edition import Edition
from workbench.store import entries
from workbench.suggest import WORD
from workbench.suggest.channel import Counts, confusions

_WORDS_PER_DECISION = 6.0
"""Words that a person reads for one that is decided: what was decided holds more errors than the text does."""
_LONGEST = 2
"""Code points on either side of a confusion."""
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Learnt:
    """Confusions among how much was read; both in lower case, the second in letters and pairs of letters."""

    confusions: Counts
    decided: Mapping[str, float]
    corrected: Counts
    """Words as they stood -> what persons found the page to have, itself included -> how often."""

    def record(self) -> list[object]:
        """JSON values that change with it."""
        return [self.confusions, self.decided, self.corrected]


def learnt(edition: Edition) -> Learnt:
    """Counted over the live answers to the machine's words: corrections of what it misread, and what was kept."""
    return observed(_answers(edition))


def _answers(edition: Edition) -> Iterator[tuple[str, str]]:
    for entry in entries.live(edition.db, "text"):
        d = entry.decision
        if d.quote is not None and d.act == "keep":
            yield d.quote, d.quote
        elif d.quote is not None and d.page is not None and d.page_class == "ocr":
            yield d.quote, d.page


def observed(answers: Iterable[tuple[str, str]]) -> Learnt:
    """What follows from answers: what stood there, and what the page has."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    decided: Counter[str] = Counter()
    corrected: dict[str, Counter[str]] = defaultdict(Counter)
    for quote, page in answers:
        read, found = WORD.findall(quote), WORD.findall(page)
        if len(read) == len(found):
            for word, right in zip(read, found, strict=True):
                corrected[word][right] += 1
        elif quote.isalpha():
            corrected[quote][page] += 1
        read, found = [word.lower() for word in read], [word.lower() for word in found]
        for word in read:
            for size in range(1, _LONGEST + 1):
                for i in range(len(word) - size + 1):
                    decided[word[i : i + size]] += 1
        if len(read) == len(found):
            for wrong, right in zip(read, found, strict=True):
                _count(counts, wrong, right)
    return Learnt(counts, {part: n * _WORDS_PER_DECISION for part, n in decided.items()}, corrected)


def _count(counts: dict[str, Counter[str]], wrong: str, right: str) -> None:
    if wrong == right or Levenshtein.normalized_similarity(wrong, right) < _ALIKE:
        return
    for a, b in confusions(wrong, right):
        if len(a) <= _LONGEST and len(b) <= _LONGEST:
            counts[a][b] += 1
