"""What a suggester proposes about a span. A suggestion decides nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

PPM = 1_000_000
"""Probabilities are whole parts per million wherever they are kept, so that no float is ever hashed."""

LONGEST = 1000
"""Suggestions are no longer than this, in code points, so that an index finds those that reach into a span."""

SuggestionClass = Literal["ocr", "unseen", "layout", "normalise", "uncertain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One proposed reading of the span."""

    text: str
    ppm: int
    """Probability that this is what the page has, in parts per million."""

    @property
    def probability(self) -> float:
        return self.ppm / PPM


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why: a code whose words stand in the catalogue, with the parameters of those words (all strings)."""

    code: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **params: object) -> Evidence:
        return cls(code=code, params=tuple(sorted((name, str(value)) for name, value in params.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Candidates for a span `[start, end)` of a text, best first, with their evidence."""

    start: int
    end: int
    quote: str
    """The raw text of the span."""
    kind: str
    """The kind of problem: `word`, `homoglyph`, `hyphen`, `variant`, `spacing`, `markup`, `stray`, …"""
    change: SuggestionClass
    suggester: str
    version: str
    candidates: tuple[Candidate, ...] = ()
    """Best first; none of them the raw text; probabilities fall and sum to one at most. Empty: odd, but no proposal."""
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a suggestion needs a span, not {self.start}..{self.end}")
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"the quote {self.quote!r} is not as long as {self.start}..{self.end}")
        if any(candidate.text == self.quote for candidate in self.candidates):
            raise ValueError(f"a suggester may not propose the raw text {self.quote!r}")
        chances = [candidate.ppm for candidate in self.candidates]
        if chances != sorted(chances, reverse=True) or sum(chances) > PPM or any(c < 0 for c in chances):
            raise ValueError(f"probabilities out of order or above one: {chances}")

    def identity(self, text_sha: str) -> str:
        """A name that the same proposal about the same text has on every machine: 16 hexadecimal digits."""
        key = json.dumps(
            [
                text_sha,
                self.start,
                self.end,
                self.suggester,
                self.version,
                self.kind,
                [c.text for c in self.candidates],
            ],
            ensure_ascii=False,
        )
        return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]

    def provenance(self) -> dict[str, Any]:
        """The copy that goes into a decision, so that the record stands alone: JSON values without floats."""
        return {
            "suggester": self.suggester,
            "version": self.version,
            "kind": self.kind,
            "class": self.change,
            "candidates": [{"text": c.text, "ppm": c.ppm} for c in self.candidates],
            "evidence": [{"code": e.code, "params": dict(e.params)} for e in self.evidence],
        }
