"""CER and WER over what a reader counts: grapheme clusters after NFC, words between white space.

The rate is the Levenshtein distance over the length of the truth, as in Carrasco's evaluation and dinglehopper: it may
exceed one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

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


def _rate(truth: list[str], text: list[str]) -> Rate:
    from rapidfuzz.distance import Levenshtein

    return Rate(Levenshtein.distance(truth, text), len(truth))
