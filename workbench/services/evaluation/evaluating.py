"""How good the suggestions are for pages whose truth is known: what they find, propose and repair.

Errors are counted over grapheme clusters and words, white space folded; intervals are percentile bootstraps over the
documents. A place counts as found when a part of a suggestion touches it, a part as right when it touches a place.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from workbench.core.errors import UsageError
from workbench.core.measure import Rate, cer, wer
from workbench.core.regions import Region, claims, regions, touches
from workbench.core.suggestion import Suggestion
from workbench.core.text import Text, fold
from workbench.readers import read
from workbench.services.pool import side_by_side
from workbench.services.suggestions.suggesting import check_text

SCORED = ("ocr", "uncertain", "unseen")
"""Classes that are about what the page has; layout and house rules are not."""
_NONE = Rate(0, 0)
_DRAWS = 1000
_BINS = 10
_NUMBERS = ("words", "places", "found", "first", "first_five", "parts", "right", "other")
_RATES = ("characters", "characters_after", "word_errors", "word_errors_after")
_CONTEXT = 40  # code points
_MOST = 4
"""Suggestions about one place whose candidates are combined."""
Span = tuple[int, int, str]
Suggest = Callable[[Text], Sequence[Suggestion]]
"""Makes the suggestions for a text: another tool, measured as the engine is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A raw file and the file that has its truth."""

    name: str
    raw: Path
    truth: Path


Outcome = Literal["right", "found", "missed", "alarm"]
"""Repaired by the first candidates; found, but not repaired; not found; found where nothing is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where raw text and truth differ, or where something was suggested without need."""

    line: int
    """From 1."""
    before: str
    raw: str
    after: str
    """What stands before and after it in the raw text."""
    truth: str
    proposed: tuple[tuple[str, float], ...]
    """First candidates of the suggestions about it, with their probabilities."""
    outcome: Outcome


@dataclass(slots=True, kw_only=True)
class Score:
    """Counts for one document; they add up."""

    name: str = ""
    words: int = 0
    characters: Rate = _NONE
    characters_after: Rate = _NONE
    word_errors: Rate = _NONE
    word_errors_after: Rate = _NONE
    places: int = 0
    found: int = 0
    first: int = 0
    """Places that the first candidates turn into the truth."""
    first_five: int = 0
    parts: int = 0
    right: int = 0
    other: int = 0
    """Suggestions of classes that are not scored, `layout` apart."""
    bins: list[list[float]] = field(default_factory=lambda: [[0.0, 0.0, 0.0] for _ in range(_BINS)])
    """By the first candidate's probability: how many, their sum, how many for the better."""
    kinds: Counter[str] = field(default_factory=Counter)
    kinds_found: Counter[str] = field(default_factory=Counter)
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All documents together."""

    documents: tuple[Score, ...]
    total: Score
    intervals: dict[str, tuple[float, float]]
    threshold: float = 0.9
    """First candidates are accepted from this probability on."""
    language: str | None = None
    """The one that was asked for; None: as each text shows."""

    @property
    def rates(self) -> dict[str, float]:
        """Error rates before and after, precision, recall, F1, share repaired by the first candidate, by five."""
        return _rates(self.total)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error over ten equal bins."""
        return _over(sum(abs(sum_ - hits) for _, sum_, hits in self.total.bins), sum(n for n, *_ in self.total.bins))

    @property
    def changed(self) -> tuple[int, int, int]:
        """Documents that are better, the same, worse by characters after accepting."""
        gains = [d.characters.errors - d.characters_after.errors for d in self.documents]
        return sum(g > 0 for g in gains), sum(g == 0 for g in gains), sum(g < 0 for g in gains)

    def record(self) -> dict[str, Any]:
        """JSON values; rates are shares, not per cent."""
        t = self.total
        return {
            "documents": len(self.documents), "words": t.words, "places": t.places,
            "threshold": self.threshold, "language": self.language, **self.rates,
            "intervals": {name: list(pair) for name, pair in self.intervals.items()},
            "calibration_error": self.calibration_error, "alarms": 1000 * _over(t.parts - t.right, t.words),
            "other": 1000 * _over(t.other, t.words),
            "better_same_worse": list(self.changed),
            "calibration": [{"count": int(n), "predicted": _over(p, n), "right": _over(h, n)} for n, p, h in t.bins],
            "kinds": {kind: {"places": n, "found": t.kinds_found[kind]} for kind, n in sorted(t.kinds.items())},
            "by_document": [
                {"name": d.name, "cer": d.characters.value, "cer_after": d.characters_after.value, "places": d.places,
                 "found": d.found} for d in self.documents
            ],
        }  # fmt: skip


def pairs(raw: Path, truth: Path | None) -> list[Pair]:
    """A file and its truth; two folders with files of the same names; one folder of NAME.raw.txt and NAME.gt.txt."""
    if raw.is_dir():
        if truth is None:
            found = [(path, path.with_name(path.name.replace(".raw.", ".gt."))) for path in raw.rglob("*.raw.txt")]
        else:
            found = [(path, truth / path.relative_to(raw)) for path in raw.rglob("*") if path.is_file()]
        made = [Pair(name=str(r.relative_to(raw)), raw=r, truth=t) for r, t in sorted(found) if t.is_file()]
        if not made:
            raise UsageError(f"no pairs in {raw}: NAME.raw.txt beside NAME.gt.txt, or two folders with the same names")
        return made
    if truth is None:
        raise UsageError(f"{raw} needs a truth to be compared with")
    return [Pair(name=raw.name, raw=raw, truth=truth)]


def evaluate(
    found: Sequence[Pair], *, language: str | None, threshold: float, jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None, suggest: Suggest | None = None,
) -> Report:  # fmt: skip
    """Score all pairs, in as many processes; the result is the same for any number of them."""
    scores: list[Score] = []
    for one in side_by_side(_score, (language, threshold, suggest), found, jobs):
        scores.append(one)
        progress(len(scores), len(found))
    return summed(scores, threshold=threshold, language=language)


def summed(scores: Sequence[Score], *, threshold: float = 0.9, language: str | None = None) -> Report:
    """A report of documents that are scored."""
    return Report(documents=tuple(scores), total=_sum(scores), intervals=_intervals(scores),
                  threshold=threshold, language=language)  # fmt: skip


def _score(shared: tuple[str | None, float, Suggest | None], pair: Pair) -> Score:
    language, threshold, suggest = shared
    return score(pair, language=language, threshold=threshold, suggest=suggest)


def score(pair: Pair, *, language: str | None, threshold: float, suggest: Suggest | None = None) -> Score:
    """One document, with the engine's suggestions where no other maker of them is given."""
    made: Sequence[Suggestion]
    if suggest is None:
        text, made, _ = check_text(pair.raw.read_bytes(), name=pair.raw.name, language=language)
    else:
        text = read(pair.raw.read_bytes(), name=pair.raw.name)
        made = suggest(text)
    truth, raw = pair.truth.read_bytes().decode("utf-8-sig"), text.content
    scored = [s for s in made if s.change in SCORED]
    taken = _put(
        raw, 0, len(raw), [_first(s) for s in scored if s.candidates and s.candidates[0].probability >= threshold]
    )
    result = Score(
        name=pair.name, words=len(raw.split()), other=sum(s.change not in (*SCORED, "layout") for s in made),
        characters=cer(fold(truth), fold(raw)), characters_after=cer(fold(truth), fold(taken)),
        word_errors=wer(truth, raw), word_errors_after=wer(truth, taken),
    )  # fmt: skip
    places = regions(raw, truth)
    result.places = len(places)
    _detected(result, raw, truth, places, scored)
    differences = []
    for here, mine, low, high in _groups(raw, places, scored):
        repaired = _proposed(result, raw, truth, here, mine, low, high)
        outcome: Outcome = "alarm" if not here else "missed" if not mine else "right" if repaired else "found"
        differences.append(_difference(text, truth, here, mine, low, high, outcome))
    result.differences = tuple(differences)
    return result


def _difference(
    text: Text, truth: str, here: Sequence[Region], mine: Sequence[Suggestion], low: int, high: int, outcome: Outcome
) -> Difference:
    before, after = text.context(low, high, _CONTEXT)
    raw = text.content
    right = _put(raw, low, high, [(r.start, r.end, truth[r.true_start : r.true_end]) for r in here])
    return Difference(
        line=text.line_at(low) + 1, before=before, raw=raw[low:high], after=after, truth=right, outcome=outcome,
        proposed=tuple(
            (_put(raw, low, high, [_first(s)]), s.candidates[0].probability) for s in mine if s.candidates
        ),
    )  # fmt: skip


def _detected(result: Score, raw: str, truth: str, places: Sequence[Region], made: Iterable[Suggestion]) -> None:
    hit: set[int] = set()
    for s in made:
        parts = claims(raw, s.start, s.end, s.candidates[0].text if s.candidates else None)
        for start, end in parts:
            met = {n for n, r in enumerate(places) if touches(raw, start, end, r)}
            hit |= met
            result.right += bool(met)
        result.parts += len(parts)
    result.found = len(hit)
    for n, r in enumerate(places):
        kind = kind_of(raw[r.start : r.end], truth[r.true_start : r.true_end])
        result.kinds[kind] += 1
        result.kinds_found[kind] += n in hit


def kind_of(raw: str, true: str) -> str:
    """What is wrong at a place: `space`, `signs`, `case`, `extra`, `missing`, `digits`, `words` or `letters`."""
    letters, right = ("".join(c for c in t if c.isalnum()) for t in (raw, true))
    if "".join(raw.split()) == "".join(true.split()):
        return "space"
    if letters == right:
        return "signs"
    if letters.lower() == right.lower():
        return "case"
    if not true.strip():
        return "extra"
    if not raw.strip():
        return "missing"
    if any(c.isdigit() for c in letters + right):
        return "digits"
    return "letters" if len(raw.split()) == len(true.split()) else "words"


def _linked(raw: str, s: Suggestion, r: Region) -> bool:
    spans = [(s.start, s.end), *claims(raw, s.start, s.end, s.candidates[0].text if s.candidates else None)]
    return any(touches(raw, a, b, r) for a, b in spans)


def _groups(
    raw: str, places: Sequence[Region], made: Sequence[Suggestion]
) -> Iterator[tuple[list[Region], list[Suggestion], int, int]]:
    """Places and suggestions that hang together, with the span of the raw text that they cover."""
    order: list[tuple[int, int, Region | Suggestion]] = sorted(
        [(r.start, 0, r) for r in places] + [(s.start, 1, s) for s in made], key=lambda item: item[:2]
    )
    here: list[Region] = []
    mine: list[Suggestion] = []
    low = high = -1
    for start, _, one in order:
        if isinstance(one, Region):
            together = any(_linked(raw, s, one) for s in mine)
        else:
            together = any(_linked(raw, one, r) for r in here)
        if (here or mine) and start >= high and not together:
            yield here, mine, low, high
            here, mine = [], []
        if not here and not mine:
            low = high = start
        high = max(high, one.end)
        if isinstance(one, Region):
            here.append(one)
        else:
            mine.append(one)
    if here or mine:
        yield here, mine, low, high


def _proposed(
    result: Score, raw: str, truth: str, here: Sequence[Region], mine: Sequence[Suggestion], low: int, high: int
) -> bool:
    """Count what is proposed about a group; do the first candidates repair it?"""
    goal = fold(_put(raw, low, high, [(r.start, r.end, truth[r.true_start : r.true_end]) for r in here]))
    before = Levenshtein.distance(fold(raw[low:high]), goal)
    for s in mine:
        if not s.candidates:
            continue
        after = Levenshtein.distance(fold(_put(raw, low, high, [_first(s)])), goal)
        moved = Levenshtein.distance(fold(s.quote), fold(s.candidates[0].text))
        better = after < before and (after == 0 or after + moved <= before)
        cell = result.bins[min(int(s.candidates[0].probability * _BINS), _BINS - 1)]
        cell[0], cell[1], cell[2] = cell[0] + 1, cell[1] + s.candidates[0].probability, cell[2] + better
    if not here or not mine:
        return False

    def reached(most: int) -> bool:
        options: list[list[Span | None]] = []
        for s in mine[:_MOST]:
            spans: list[Span | None] = [(s.start, s.end, c.text) for c in s.candidates[:most]]
            options.append([*spans, None] if most > 1 or not spans else spans)
        return any(fold(_put(raw, low, high, [x for x in combo if x])) == goal for combo in product(*options))

    one = reached(1)
    result.first += one * len(here)
    result.first_five += (one or reached(5)) * len(here)
    return one


def _first(s: Suggestion) -> Span:
    return s.start, s.end, s.candidates[0].text


def _put(raw: str, low: int, high: int, changes: Iterable[Span]) -> str:
    out, at = "", low
    for start, end, text in sorted(changes):
        if start >= at:
            out += raw[at:start] + text
            at = end
    return out + raw[at : max(high, at)]


def _sum(scores: Iterable[Score]) -> Score:
    total = Score()
    for one in scores:
        for name in _NUMBERS:
            setattr(total, name, getattr(total, name) + getattr(one, name))
        for name in _RATES:
            a, b = getattr(total, name), getattr(one, name)
            setattr(total, name, Rate(a.errors + b.errors, a.units + b.units))
        for into, cell in zip(total.bins, one.bins, strict=False):
            into[:] = [a + b for a, b in zip(into, cell, strict=True)]
        total.kinds.update(one.kinds)
        total.kinds_found.update(one.kinds_found)
    return total


def _intervals(scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    """95 % intervals of the rates, by drawing documents with replacement; the same documents give the same."""
    if len(scores) < 2:
        return {}
    draw = random.Random(0)
    drawn: dict[str, list[float]] = {}
    light = [Score(**{name: getattr(s, name) for name in (*_NUMBERS, *_RATES)}, bins=[]) for s in scores]
    for _ in range(_DRAWS):
        sample = draw.choices(light, k=len(light))
        for name, value in _rates(_sum(sample)).items():
            drawn.setdefault(name, []).append(value)
    return {
        name: (values[int(0.025 * _DRAWS)], values[int(0.975 * _DRAWS) - 1])
        for name, unsorted in drawn.items()
        if (values := sorted(unsorted))
    }


def _rates(t: Score) -> dict[str, float]:
    """What a reader compares, of a sum of documents."""
    precision, recall = _over(t.right, t.parts), _over(t.found, t.places)
    return {
        "cer": t.characters.value, "cer_after": t.characters_after.value, "wer": t.word_errors.value,
        "wer_after": t.word_errors_after.value, "precision": precision, "recall": recall,
        "f1": _over(2 * precision * recall, precision + recall), "first": _over(t.first, t.places),
        "first_five": _over(t.first_five, t.places),
    }  # fmt: skip


def _over(a: float, b: float) -> float:
    return a / b if b else 0.0
