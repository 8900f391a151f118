"""Counts of decisions that cannot be gamed: what survives review, out of what was put to the test, with an interval.

A decision is *judged* once another person approved or disputed it, took it back, or put something else in its place.
It *survived* if it stands and is approved. What nobody looked at says nothing, and what its own author revised before
anybody looked says nothing either: neither is in the denominator. Nobody judges himself, not even where an edition of
one person counts its own approvals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workbench.core.measure import wilson


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many out of so many."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} of {self.whole} is no share")

    @property
    def value(self) -> float | None:
        """None where there is nothing to take a share of."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % score interval, which stays within 0 and 1 and holds for few cases as well.

        E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
        """
        return wilson(self.part, self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one decision. Reviews and endings by its own author are not among what others did."""

    live: bool
    reviewed: bool
    """Another person approved or disputed it, whether it stands or not."""
    approved: bool
    """What stands of the reviews is an approval."""
    overturned: bool
    """Another person took it back or decided otherwise; it stands no longer."""

    def __post_init__(self) -> None:
        if self.live and self.overturned:
            raise ValueError("what was overturned does not stand")

    @property
    def judged(self) -> bool:
        return self.reviewed or self.overturned

    @property
    def survived(self) -> bool:
        return self.live and self.reviewed and self.approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Decisions of one person, document, suggester or class: made = standing + overturned + withdrawn."""

    made: int = 0
    standing: int = 0
    overturned: int = 0
    withdrawn: int = 0
    """Taken back or decided otherwise by who made them."""
    judged: int = 0
    survived: int = 0

    @classmethod
    def of(cls, fates: Iterable[Fate] | Mapping[Fate, int]) -> Tally:
        """`fates`: one of each decision, or how many decisions had each."""
        found = Counter(fates)

        def count(is_so: Callable[[Fate], bool]) -> int:
            return sum(number for fate, number in found.items() if is_so(fate))

        return cls(
            made=found.total(), standing=count(lambda f: f.live), overturned=count(lambda f: f.overturned),
            withdrawn=count(lambda f: not f.live and not f.overturned), judged=count(lambda f: f.judged),
            survived=count(lambda f: f.survived),
        )  # fmt: skip

    @property
    def survival(self) -> Share:
        """Out of those judged, those that survived."""
        return Share(part=self.survived, whole=self.judged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a suggester said of its first proposal, and whether the person took that."""

    ppm: int
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Probabilities against what they were about: of what is said at 0.9, nine in ten should be right."""

    count: int
    ppm: int
    """All probabilities added up."""
    right: int

    @classmethod
    def of(cls, answers: Iterable[Said]) -> Calibration:
        found = list(answers)
        return cls(count=len(found), ppm=sum(s.ppm for s in found), right=sum(s.right for s in found))

    @property
    def mean(self) -> float | None:
        """The mean probability said."""
        return self.ppm / 1_000_000 / self.count if self.count else None

    @property
    def acceptance(self) -> Share:
        return Share(part=self.right, whole=self.count)
