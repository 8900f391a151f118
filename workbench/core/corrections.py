"""The correction log: every departure from the raw text, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.core.pieces import Piece, effective_reading_class, replay
from workbench.core.printing import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One place where the page or the reading departs from the raw text, or a person confirmed that it stands so."""

    text: str
    """SHA-256 of the text."""
    start: int
    end: int
    line: int
    """Number of the line in its text, from 1."""
    raw: str
    page: str
    reading: str
    act: str
    page_class: str | None
    reading_class: str | None
    ground: str | None
    certainty: str | None
    reason: str | None
    person: str
    time: str
    suggester: str | None
    entry: str
    agreed: int
    """How many more entries give the same answer."""


def corrections(sources: Iterable[Source]) -> Iterator[Correction]:
    """The log of a document, in text order; places where nothing departs and nothing is doubtful are left out."""
    for source in sources:
        for piece in replay(source.fragment, source.entries, in_conflict=source.in_conflict):
            decision = piece.entries[0].decision if piece.kind == "added" else piece.decision
            if decision is None:
                continue
            kind = effective_reading_class(decision)
            if decision.act == "keep" and kind is None:
                continue
            entry = piece.entries[0]
            proposal: dict[str, Any] = dict(decision.suggestion or {})
            yield Correction(
                text=source.text, start=piece.start, end=piece.end, line=source.line_of(piece.start) + 1,
                raw=piece.raw, page=_value(piece, piece.page), reading=_value(piece, piece.reading), act=decision.act,
                page_class=decision.page_class, reading_class=kind, ground=decision.ground,
                certainty=decision.certainty, reason=decision.reason, person=entry.person, time=entry.time,
                suggester=proposal.get("suggester"), entry=entry.id, agreed=len(piece.entries) - 1,
            )  # fmt: skip


def _value(piece: Piece, text: str) -> str:
    return piece.line.content if piece.line is not None else text
