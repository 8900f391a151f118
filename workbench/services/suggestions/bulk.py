"""Accepting many suggestions at once: only from suggesters that are known to be right so often, and never what
touches a name, a number, a date or an abbreviation.

How often a suggester is right at a probability is measured on this edition's own answers, those given one by one; where
these are too few, on the shipped evaluation, which holds for the language that it was made in.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.core.acts import ZONE_KINDS
from workbench.core.classes import touches_meaning
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.measure import wilson
from workbench.core.suggestion import PPM
from workbench.i18n import N_
from workbench.services import deciding, library
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.persons import Person
from workbench.store import entries, journal, suggestions, texts
from workbench.store.suggestions import Kept
from workbench.suggest.model import prior

LEAST = 0.5
"""Below an even chance nothing is accepted unseen."""
ENOUGH = 30
"""Answers that a measurement needs."""
BATCH = "above-"
"""How the batches begin that are made here; what they accepted measures nothing."""

_NEAR = 16  # code points
_BLANK = re.compile(r"\s")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,4}\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How often the first candidate of a suggester was right, at a probability or above."""

    suggester: str
    count: int
    right: int
    where: str
    """`edition` or `evaluation`."""

    @property
    def precision(self) -> float:
        return self.right / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval."""
        return wilson(self.right, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What would be accepted, and what would not, and why."""

    above: float
    accepted: tuple[Kept, ...]
    measured: Mapping[str, Measured]
    """By suggester, for those that are trusted."""
    left: Mapping[str, int]
    """Reason -> how many suggestions it leaves to be decided one by one: `one-by-one`, `unmeasured`, `below`."""


def offer(edition: Edition, documents: Iterable[Heading], above: float) -> Offer:
    """Open suggestions of documents whose first candidate is at least so probable, and may be accepted together."""
    if not LEAST <= above < 1:
        raise UsageError(
            N_("{above} is no probability to accept above; it lies between {least} and 1"), above=above, least=LEAST
        )
    least = round(above * PPM)
    own = _own(edition, least)
    shipped = _shipped(least)
    accepted: list[Kept] = []
    trusted: dict[str, Measured] = {}
    left: Counter[str] = Counter()
    for kept, lexicon in _open(edition, documents, least):
        name = kept.suggestion.suggester
        measured = own.get(name) or (shipped.get(name) if lexicon.startswith(_evaluation()["lexicon"]) else None)
        if one_by_one(kept, *_beside(edition, kept)):
            left["one-by-one"] += 1
        elif measured is None or measured.count < ENOUGH:
            left["unmeasured"] += 1
        elif measured.precision < above:
            left["below"] += 1
        else:
            trusted[name] = measured
            accepted.append(kept)
    return Offer(above=above, accepted=tuple(accepted), measured=trusted, left=left)


def one_by_one(kept: Kept, before: str = "", after: str = "") -> bool:
    """Is this about a name, a number, a date, an abbreviation or a zone, which a person decides for itself?

    `before` and `after` stand beside it: the period of an abbreviation seldom lies inside the span.
    """
    s = kept.suggestion
    text = s.candidates[0].text
    whole = "\n".join(before + value + after for value in (s.quote, text))
    return s.kind in ZONE_KINDS or touches_meaning(s.quote, text) or bool(_ABBREVIATED.search(whole))


def _beside(edition: Edition, kept: Kept) -> tuple[str, str]:
    """What stands right before and after a suggestion, up to white space."""
    start, end = kept.suggestion.start, kept.suggestion.end
    row = texts.text_row(edition.db, kept.text)
    low, high = max(0, start - _NEAR), min(row.length, end + _NEAR)
    around = texts.fragment(edition.db, row.id, low, high)
    return _BLANK.split(around.base(low, start))[-1], _BLANK.split(around.base(end, high))[0]


def accept(edition: Edition, offered: Offer, person: Person) -> list[Entry]:
    """Record all of it as one batch, taken back as one; raises RefusedError where something was decided meanwhile."""
    if not offered.accepted:
        raise RefusedError(N_("there is nothing to accept"))
    batch = f"{BATCH}{offered.above:.2f}-{journal.new_batch()}"
    asked = [
        {"act": "accept", "transcript": kept.text, "start": kept.suggestion.start, "end": kept.suggestion.end,
         "suggestion": kept.id} for kept in offered.accepted
    ]  # fmt: skip
    with edition.writing() as db:
        for kept in offered.accepted:
            now = suggestions.by_id(db, kept.id)
            if now is not None and now.closed_by is not None:
                raise RefusedError(N_("“{quote}” was decided meanwhile; look at it first"), quote=kept.suggestion.quote)
        return [deciding.record(edition, one, person, batch=batch) for one in asked]


def _open(edition: Edition, documents: Iterable[Heading], least: int) -> Iterator[tuple[Kept, str]]:
    """Open suggestions at least so probable, with the lexicon that they were made with."""
    for document in documents:
        for stretch in library.stretches(edition, document.id):
            lexicon = suggestions.lexicon(edition.db, stretch.text)
            for kept in suggestions.within(edition.db, stretch.text, stretch.start, stretch.end):
                if kept.suggestion.candidates and kept.suggestion.candidates[0].ppm >= least:
                    yield kept, lexicon


def _own(edition: Edition, least: int) -> dict[str, Measured]:
    """Measured on the answers that persons gave one by one, where there are enough of them."""
    count: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for entry in entries.live(edition.db, "text"):
        d = entry.decision
        if d.suggestion is None or (entry.batch or "").startswith(BATCH):
            continue
        first = next(iter(d.suggestion["candidates"]), None)
        if first is None or first["ppm"] < least:
            continue
        answer = d.page if d.page is not None else d.reading if d.reading is not None else d.quote
        count[d.suggestion["suggester"]] += 1
        right[d.suggestion["suggester"]] += answer == first["text"]
    return {
        name: Measured(suggester=name, count=n, right=right[name], where="edition")
        for name, n in count.items()
        if n >= ENOUGH
    }


def _shipped(least: int) -> dict[str, Measured]:
    """Measured when the prior was fitted, each source by a prior that had not seen it."""
    record = _evaluation()
    if record["prior"] != prior().version:
        return {}
    return {
        name: _summed(name, [(n, right) for ppm, n, right in rows if ppm >= least])
        for name, rows in record["suggesters"].items()
    }


def _summed(name: str, rows: Sequence[tuple[int, int]]) -> Measured:
    return Measured(suggester=name, count=sum(n for n, _ in rows), right=sum(r for _, r in rows), where="evaluation")


@cache
def _evaluation() -> dict[str, Any]:
    """`prior`, its version; `lexicon`, how the names begin for which it holds; `suggesters`, rows of a bin's least
    probability (parts per million), suggestions in it, those that were right."""
    return dict(json.loads((files("workbench.suggest") / "measured.json").read_text("utf-8")))
