"""Measured values as Markdown; no figure is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.quality import THRESHOLD, Measured, PageSet
from benchmarks.speed import Cost, Timed

OURS = "workbench"
TIMES_HUNSPELL = 5.0
TIMES_SYMSPELL = 20.0
SECONDS_TO_START = 0.5
MEGABYTES = 250.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One set, measured."""

    pages: PageSet
    cost: Cost
    ours: Measured
    hunspell: Measured | None
    symspell: Measured | None
    lookups: float | None
    """Words a second of symspellpy's lookup alone."""
    shapes: tuple[Timed, ...] = ()
    """Measured once a language."""

    @property
    def times_hunspell(self) -> float | None:
        return self.ours.speed / self.hunspell.speed if self.hunspell else None

    @property
    def slower(self) -> float | None:
        """How often slower than symspellpy's lookup."""
        return self.lookups / self.ours.speed if self.lookups else None


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose first column is words and whose others are figures."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def quality(results: Sequence[Result]) -> str:
    """What each tool finds, proposes and repairs."""
    heads = ["set", "tool", "P", "R", "F1", "top 1", "top 5", "alarms", "ECE", "CER", "CER after", "better/same/worse"]
    rows = [
        [_named(r.pages) if m is r.ours else "", m.tool, *_scores(m)]
        for r in results
        for m in (r.ours, r.hunspell, r.symspell)
        if m is not None
    ]
    return "\n\n".join(
        [
            "## Quality",
            table(heads, rows),
            "P, R, F1: of finding the places that differ. Top 1, top 5: share of these places that the first "
            "candidate, or one of five, turns into the truth. Alarms: false ones in 1,000 words. ECE: expected "
            f"calibration error. CER after: when every first candidate of probability {THRESHOLD} or more is taken, "
            "and how many pages that makes better or worse. The peers give no probabilities: their first answers are "
            "all taken.",
            *_caveats(results),
        ]
    )


def _scores(m: Measured) -> list[str]:
    r = m.record
    return [
        *(f"{r[name]:.3f}" for name in ("precision", "recall", "f1", "first", "first_five")),
        f"{r['alarms']:.1f}", f"{r['calibration_error']:.3f}", f"{r['cer']:.2%}", f"{r['cer_after']:.2%}",
        "/".join(map(str, r["better_same_worse"])),
    ]  # fmt: skip


def _named(pages: PageSet) -> str:
    return pages.name + " †" * pages.fitted + " ‡" * pages.synthetic


def _caveats(results: Sequence[Result]) -> list[str]:
    found = []
    if any(r.pages.fitted for r in results):
        found.append(
            "† In-sample: the shipped prior is fitted on these pages, so its figures here are no forecast. "
            "`python -m benchmarks.fit DATA` leaves one source out at a time and scores the rest."
        )
    if any(r.pages.synthetic for r in results):
        found.append(
            "‡ Synthetic: the project's own prose, spoiled by chance with the confusions that the engine lists. This "
            "flatters the engine and says nothing about real pages; it shows whether a change made it worse."
        )
    if any(r.hunspell is None for r in results):
        found.append("Hunspell is left out where the program or its dictionary of the language is not installed.")
    if any(r.symspell is None for r in results):
        found.append("symspellpy is left out where it is not installed, or wordfreq has no list of the language.")
    return found


def speed(results: Sequence[Result]) -> str:
    """Words a second, start-up and memory, with the peers' and the bounds."""
    heads = [
        "set", "words", "words/s", "hunspell", "times hunspell", "symspell lookups/s", "times slower", "start s", "MB"
    ]  # fmt: skip
    rows = [
        [
            _named(r.pages), str(r.ours.record["words"]), _whole(r.ours.speed),
            _whole(r.hunspell.speed if r.hunspell else None),
            _tenths(r.times_hunspell), _whole(r.lookups), _tenths(r.slower), f"{r.cost.start:.2f}", _whole(r.cost.peak),
        ]
        for r in results
    ]  # fmt: skip
    return "\n\n".join(
        [
            "## Speed",
            table(heads, rows),
            "One core, word lists open. Hunspell: checking, and suggesting for what it does not know. symspellpy: its "
            "lookups alone. Start: to the first suggestions, over the interpreter's own start, the cache of word lists "
            "built. MB: peak of a process that has read the whole set.",
            table(["bound", "asked", "at worst", "set", "held"], _bounds(results)),
        ]
    )


def _bounds(results: Sequence[Result]) -> list[list[str]]:
    rows = []
    for name, asked, values, most in (
        ("times hunspell, at least", TIMES_HUNSPELL, [r.times_hunspell for r in results], False),
        ("times slower than a symspell lookup, at most", TIMES_SYMSPELL, [r.slower for r in results], True),
        ("seconds to start, at most", SECONDS_TO_START, [r.cost.start for r in results], True),
        ("MB, at most", MEGABYTES, [r.cost.peak for r in results], True),
    ):
        known = [(value, r.pages.name) for value, r in zip(values, results, strict=True) if value is not None]
        if not known:
            continue
        worst, where = max(known) if most else min(known)
        held = worst <= asked if most else worst >= asked
        rows.append([name, f"{asked:g}", f"{worst:.2f}", where, "yes" if held else "**no**"])
    return rows


def lengths(results: Sequence[Result]) -> str:
    """Whether time grows with length alone."""
    rows = []
    for r in results:
        for n, t in enumerate(r.shapes):
            times = t.each / r.shapes[0].each
            name = r.pages.language if n == 0 else ""
            rows.append(
                [
                    name,
                    t.shape,
                    f"{t.characters:,}",
                    f"{t.words:,}",
                    f"{t.seconds:.2f}",
                    f"{t.each:.2f}",
                    f"{times:.2f}",
                ]
            )
    heads = ["language", "text", "characters", "words", "s", "s for a million", "times the first"]
    return "\n\n".join(
        [
            "## Length",
            table(heads, rows),
            "All pages of the language's first set as one text. Where time grows with length alone, the three have 1 "
            "in the last column, for they are compared character by character.",
        ]
    )


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _tenths(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
