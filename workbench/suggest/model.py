"""The shipped prior: weights of the features and rates of confusions, fitted by `benchmarks/fit.py`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.suggest.channel import Channel

GIVEN: Mapping[str, float] = {
    "strange.related": 2.0, "keep.letter_sign": -3.0, "split.common": 2.5, "other.incomplete": 4.0,
    "sure.alternative": 1.5,
}  # fmt: skip
"""Weights of what the texts of the prior hardly show: older spellings and compounds, signs that stand for letters,
common words without the blank between them, garbled pages in a language with a mere list of forms, other readings that
the machine thought of."""


@dataclass(frozen=True)
class Model:
    """What the proofreader reads with."""

    weights: Mapping[str, float]
    channel: Channel
    version: str = ""
    """A hash of the two."""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Model:
        """A model from its record: `weights` by feature, `rates` by what was read and what the page has."""
        packed = json.dumps([record["weights"], record["rates"]], sort_keys=True, ensure_ascii=False)
        return cls(
            {**record["weights"], **GIVEN}, Channel(record["rates"]), hashlib.sha256(packed.encode()).hexdigest()[:8]
        )


@cache
def prior() -> Model:
    """The shipped model."""
    return Model.of(json.loads((files("workbench.suggest") / "prior.json").read_text("utf-8")))
