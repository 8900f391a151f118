"""Quality by sample: how much text a claim needs, which lines are drawn, and what the errors found in them say.

Errors are taken to be Poisson. The rate of a stratified sample and its interval are those of directly standardised
rates (Fay and Feuer, Statistics in Medicine 16, 1997), which for one stratum is the exact interval (Garwood,
Biometrika 28, 1936). The standard is that of two careful readers, 1 error in 18,500 characters (Distributed
Proofreaders, Confidence in Page).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from random import Random
from typing import TypeVar

L = TypeVar("L")

STANDARD = 1 / 18_500
"""Errors a character that two careful readers leave."""
CONFIDENCE = 0.95


def needed() -> int:
    """Characters that must be without an error to claim the standard (the rule of three)."""
    return round(-log(1 - CONFIDENCE) / STANDARD)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Lines that are alike in who worked on them and whether anything was flagged in them."""

    characters: int
    """Of all its lines, grapheme clusters."""
    looked_at: int
    """Of the lines that were looked at."""
    errors: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The residual error rate, errors a character."""

    rate: float
    low: float
    high: float
    """The two-sided interval at CONFIDENCE."""
    bound: float
    """The one-sided upper bound at CONFIDENCE: what can be claimed."""

    @property
    def meets_standard(self) -> bool:
        return self.bound <= STANDARD


def estimate(strata: Sequence[Stratum]) -> Estimate | None:
    """What the errors found say of all the text; None where nothing was looked at.

    A stratum of which nothing was looked at yet is left out, as if it were not there.
    """
    seen = [s for s in strata if s.looked_at and s.characters]
    whole = sum(s.characters for s in seen)
    if not whole:
        return None
    weights = [s.characters / whole / s.looked_at for s in seen]
    rate = sum(w * s.errors for w, s in zip(weights, seen, strict=True))
    variance = sum(w * w * s.errors for w, s in zip(weights, seen, strict=True))
    widest = max(weights)
    tail = (1 - CONFIDENCE) / 2
    low = variance / rate * gamma_quantile(tail, rate**2 / variance) if rate else 0.0

    def upper(chance: float) -> float:
        mean, spread = rate + widest, variance + widest**2
        return spread / mean * gamma_quantile(chance, mean**2 / spread)

    return Estimate(rate, low, upper(1 - tail), upper(CONFIDENCE))


def gamma_quantile(chance: float, shape: float) -> float:
    """Where the gamma distribution of a shape, its scale 1, has reached a chance."""
    low, high = 0.0, shape + 10.0
    while _gamma_cdf(high, shape) < chance:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _gamma_cdf(middle, shape) < chance else (low, middle)
    return (low + high) / 2


def _gamma_cdf(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function, by its series: DLMF 8.7.1."""
    if x <= 0:
        return 0.0
    term = total = 1 / shape
    n = shape
    while term > total * 1e-15:
        n += 1
        term *= x / n
        total += term
    return min(1.0, total * exp(shape * log(x) - x - lgamma(shape)))


def draw(lines: Mapping[object, Sequence[L]], length: Callable[[L], int], characters: int, seed: int) -> list[L]:
    """Lines at random until about so many characters, from each stratum its share and one line at least.

    `lines`: by stratum. In random order, so that nothing of the strata shows. The same seed draws the same lines.
    """
    chance = Random(seed)
    whole = sum(length(line) for stratum in lines.values() for line in stratum)
    found: list[L] = []
    for stratum in lines.values():
        shuffled = chance.sample(list(stratum), len(stratum))
        share, taken = characters * sum(map(length, shuffled)) / max(whole, 1), 0
        for line in shuffled:
            if taken >= share and taken:
                break
            found.append(line)
            taken += length(line)
    chance.shuffle(found)
    return found
