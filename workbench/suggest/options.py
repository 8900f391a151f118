"""What might stand at a place, as options with named features; a model gives each its probability.

For every place the first option is to keep what the machine read. The last one of a word is "something else": the word
is wrong and nothing that was thought of is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbench.core.suggestion import Evidence

Features = dict[str, float]


@dataclass(slots=True)
class Option:
    """One reading of a slot."""

    text: str | None
    """None: something else."""
    features: Features
    kind: str = "keep"
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Slot:
    """A span `[start, end)` of the text with what it may read, the first option being what stands there."""

    start: int
    end: int
    options: list[Option] = field(default_factory=list)


def probabilities(slot: Slot, weights: Mapping[str, float]) -> list[float]:
    """A softmax over the options; they sum to one."""
    from math import exp

    scores = [sum(weights.get(name, 0.0) * value for name, value in o.features.items()) for o in slot.options]
    top = max(scores)
    raised = [exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def bucketed(prefix: str, zipf: float) -> Iterator[tuple[str, float]]:
    """A Zipf value as an indicator of its unit."""
    yield f"{prefix}{min(6, int(zipf))}" if zipf else f"{prefix}none", 1.0
