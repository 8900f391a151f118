"""The statistics as one HTML page with bars; it needs nothing beside itself and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from unicodedata import category

from workbench.core.proportions import Share
from workbench.services import html_page
from workbench.services.quality.statistics import DENOMINATORS, Row, Statistics, SuggesterRow

_STYLE = """
.plot { max-width: 56rem; width: 100%; height: auto; }
.plot text { font: 13px system-ui, sans-serif; fill: currentColor; }
.bar { fill: light-dark(#00549f, #7db8ff); } .said { fill: light-dark(#a34700, #ffae70); }
.ground { fill: currentColor; opacity: .1; } .between { stroke: currentColor; stroke-width: 1.5; fill: none; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""
_LEFT, _WIDE, _ROW = 260, 380, 24  # units of a plot: the names, the bars, the height of a row
_LABEL = 36  # characters of a name beside its bar
_COUNTS = ("decisions", "standing", "overturned", "withdrawn", "judged", "survived", "share", "95 %")


def page(found: Statistics, edition: str) -> str:
    """The whole page; the same statistics give the same. `edition`: what the edition is called."""
    body = "".join((f"<p>{escape(_summary(found.total))}</p>\n", *_body(found), _denominators()))
    return html_page.page(f"Statistics of {_on_one_line(edition)}", _STYLE, body)


def _body(found: Statistics) -> Iterator[str]:
    for title, rows in (
        ("Documents", found.documents), ("Persons", found.persons), ("Classes", found.classes),
        ("Decisions that answer a suggester", found.suggesters),
    ):  # fmt: skip
        yield f"<h2>{title}</h2>\n{_survival_plot(title, rows)}{_decisions(title, rows)}"
    yield f"<h2>Suggesters</h2>\n{_calibration_plot(found.suggesters)}{_answers(found.suggesters)}"


def _summary(total: Row) -> str:
    t = total.tally
    words = f"{t.made:,} decisions, {t.standing:,} stand; {t.judged:,} were judged by another person"
    if t.survival.value is None:
        return f"{words}: nothing can be said yet of what survives."
    low, high = t.survival.interval
    return f"{words}, {t.survived:,} of these survived: {t.survival.value:.0%}, between {low:.0%} and {high:.0%}."


def _denominators() -> str:
    return f"<h2>What is counted</h2>\n<ul>{''.join(f'<li>{escape(line)}</li>' for line in DENOMINATORS)}</ul>\n"


def _decisions(title: str, rows: Sequence[Row]) -> str:
    def cells(row: Row) -> Sequence[str]:
        t = row.tally
        counts = (t.made, t.standing, t.overturned, t.withdrawn, t.judged, t.survived)
        return _text(row.name), *map(str, counts), *_share(t.survival)

    return html_page.table(title, ("", *_COUNTS), map(cells, rows), numbers=len(_COUNTS))


def _answers(rows: Sequence[SuggesterRow]) -> str:
    head = ("accepted", "edited", "kept", "silenced", "open", "one by one", "said", "right", "95 %")

    def cells(row: SuggesterRow) -> Sequence[str]:
        c = row.calibration
        counts = (row.accepted, row.edited, row.kept, row.silenced, row.open, c.count)
        return _text(row.name), *map(str, counts), _percent(c.mean), *_share(c.acceptance)

    return html_page.table("Answers to suggestions", ("", *head), map(cells, rows), numbers=len(head))


def _share(share: Share) -> tuple[str, str]:
    low, high = share.interval
    return _percent(share.value), f"{low:.0%} to {high:.0%}" if share.whole else ""


# plots


def _survival_plot(title: str, rows: Iterable[Row]) -> str:
    judged = [row for row in rows if row.tally.judged]
    bars = (_bar(n, row.name, row.tally.survival) for n, row in enumerate(judged))
    return _plot(f"{title}: the share of judged decisions that survived", len(judged), bars)


def _calibration_plot(rows: Iterable[SuggesterRow]) -> str:
    """The share that was right as a bar, the mean probability said as a mark upon it."""
    answered = [row for row in rows if row.calibration.count]
    bars = (_bar(n, r.name, r.calibration.acceptance) + _mark(n, r.calibration.mean) for n, r in enumerate(answered))
    return _plot("Suggesters: right as bars, the probability said as marks", len(answered), bars)


def _plot(label: str, count: int, bars: Iterable[str]) -> str:
    """Nothing at all where there is nothing to show."""
    if not count:
        return ""
    height = count * _ROW
    return (
        f'<svg class="plot" viewBox="0 0 {_LEFT + _WIDE + 130} {height}" role="img" aria-label="{escape(label)}">'
        f"<title>{escape(label)}</title>{''.join(bars)}</svg>\n"
    )


def _bar(number: int, name: str, share: Share) -> str:
    """A row: the name, the bar with its interval as a line, the share and what it is of."""
    top, middle = number * _ROW + 4, number * _ROW + _ROW / 2
    low, high = (_LEFT + _WIDE * end for end in share.interval)
    label = _on_one_line(name)
    cut = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
    return (
        f'<text x="{_LEFT - 8}" y="{middle + 4}" text-anchor="end">{escape(cut)}</text>'
        f'<rect class="ground" x="{_LEFT}" y="{top}" width="{_WIDE}" height="{_ROW - 8}"/>'
        f'<rect class="bar" x="{_LEFT}" y="{top}" width="{_WIDE * (share.value or 0):.1f}" height="{_ROW - 8}"/>'
        f'<path class="between" d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>'
        f'<text x="{_LEFT + _WIDE + 8}" y="{middle + 4}">{_percent(share.value)} of {share.whole:,}</text>'
    )


def _mark(number: int, said: float | None) -> str:
    at = _LEFT + _WIDE * (said or 0)
    return f'<rect class="said" x="{at - 2:.1f}" y="{number * _ROW + 1}" width="4" height="{_ROW - 2}"/>'


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _text(name: str) -> str:
    return escape(_on_one_line(name))


def _on_one_line(name: str) -> str:
    """Words between single blanks, without what drives or hides: controls, formats, surrogates."""
    return " ".join("".join("�" if category(c) in ("Cc", "Cf", "Cs") and not c.isspace() else c for c in name).split())
