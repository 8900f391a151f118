"""The statistics in words: tables that a person reads, with small bars where the terminal can draw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.core.proportions import Share
from workbench.services.quality.statistics import DENOMINATORS, Row, Statistics, SuggesterRow

_NAME = 34  # cells of a name
_BAR = 10  # cells of a bar
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def in_words(found: Statistics, *, bars: bool) -> str:
    """Lines of text."""
    return "\n".join([*_lines(found, bars), "", *DENOMINATORS]) + "\n"


def bar(share: float) -> str:
    """A share as a bar of block characters, to an eighth of a cell."""
    full, rest = divmod(round(share * _BAR * 8), 8)
    return ("█" * full + _EIGHTHS[rest].strip()).ljust(_BAR)


def _lines(found: Statistics, bars: bool) -> Iterator[str]:
    for title, rows in (
        ("Documents", (*found.documents, found.total)), ("Persons", found.persons), ("Classes", found.classes)
    ):  # fmt: skip
        yield from _table(title, rows, bars)
        yield ""
    if found.suggesters:
        yield from _table("Decisions that answer a suggester", found.suggesters, bars)
        yield ""
        yield from _answers(found.suggesters, bars)
    else:
        yield "No suggester has proposed anything here."


def _table(title: str, rows: Sequence[Row], bars: bool) -> Iterator[str]:
    yield f"{title:{_NAME}}  decisions  standing  overturned  withdrawn  judged  survived"
    if not rows:
        yield "(none)"
    for row in rows:
        t = row.tally
        counts = f"{t.made:9}  {t.standing:8}  {t.overturned:10}  {t.withdrawn:9}  {t.judged:6}"
        yield f"{_name(row.name)}  {counts}  {_shown(t.survival, bars)}"


def _answers(rows: Sequence[SuggesterRow], bars: bool) -> Iterator[str]:
    yield f"{'Suggesters':{_NAME}}  accepted  edited  kept  silenced  open   said  right"
    for row in rows:
        c = row.calibration
        said = "    –" if c.mean is None else f"{c.mean:5.0%}"
        counts = f"{row.accepted:8}  {row.edited:6}  {row.kept:4}  {row.silenced:8}  {row.open:4}"
        yield f"{_name(row.name)}  {counts}  {said}  {_shown(c.acceptance, bars)}"


def _shown(share: Share, bars: bool) -> str:
    """`75%  (30% to 95%) of 4`, with a bar before it."""
    if share.value is None:
        return "–"
    low, high = share.interval
    drawn = f"{bar(share.value)} " if bars else ""
    return f"{drawn}{share.value:4.0%} ({low:.0%} to {high:.0%}) of {share.whole}"


def _name(name: str) -> str:
    on_one_line = " ".join(name.split())
    cut = on_one_line if len(on_one_line) <= _NAME else on_one_line[: _NAME - 1] + "…"
    return f"{cut:{_NAME}}"
