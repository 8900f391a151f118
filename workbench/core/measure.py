"""CER and WER over what a reader counts (grapheme clusters after NFC, words between white space); intervals of shares.

The rate is the Levenshtein distance over the length of the truth, as in Carrasco's evaluation and dinglehopper: it may
exceed one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import sqrt

import regex


@dataclass(frozen=True, slots=True)
class Rate:
    """An error rate: how many edits, over how many units of the truth."""

    errors: int
    units: int

    @property
    def value(self) -> float:
        return self.errors / self.units if self.units else float(self.errors > 0)


def clusters(text: str) -> list[str]:
    """Extended grapheme clusters (Unicode Standard Annex 29) of the text after NFC."""
    found: list[str] = regex.findall(r"\X", unicodedata.normalize("NFC", text))
    return found


def cer(truth: str, text: str) -> Rate:
    """Character error rate over grapheme clusters."""
    return _rate(clusters(truth), clusters(text))


def wer(truth: str, text: str) -> Rate:
    """Word error rate over words between white space, after NFC."""
    return _rate(*(unicodedata.normalize("NFC", t).split() for t in (truth, text)))


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's score interval at 95 % for a share; (0, 1) where nothing was counted."""
    if not count:
        return 0.0, 1.0
    z, share = 1.959964, right / count
    middle = share + z * z / (2 * count)
    reach = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def _rate(truth: list[str], text: list[str]) -> Rate:
    from rapidfuzz.distance import Levenshtein

    return Rate(Levenshtein.distance(truth, text), len(truth))
