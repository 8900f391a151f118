"""The statistics as one HTML page with bars; it needs nothing beside itself and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from unicodedata import category

from workbench.core.proportions import Share
from workbench.services import html_page
from workbench.services.quality.statistics import DENOMINATORS, Row, Statistics, SuggesterRow

_STYLE = """
.bar { fill: light-dark(#4a90d0, #3d7ab8); } .said { fill: light-dark(#a34700, #ffae70); stroke: Canvas; }
.ground { fill: currentColor; opacity: .1; } .between { stroke: currentColor; stroke-width: 1.5; fill: none; }
.plot { width: 11rem; vertical-align: middle; } .plot text { font-size: 17px; font-weight: 400; fill: currentColor; }
.table { overflow-x: auto; font-size: .875rem; } th, td { padding: .2rem .4rem; }
td:first-child { min-width: 10rem; overflow-wrap: anywhere; }
@media print { html, body { font-size: 9px; } body { margin: 0; max-width: none; } .table { overflow: visible; } }
"""
_WIDE, _HIGH = 220, 22  # units of a plot
_EDGE = 24
"""Room beside it, for half a word of the scale."""
_NONE = "<p>None yet.</p>\n"
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
        yield f"<h2>{title}</h2>\n{_decisions(rows) if rows else _NONE}"
    yield f"<h2>Suggesters</h2>\n{_answers(found.suggesters) if found.suggesters else _NONE}"


def _summary(total: Row) -> str:
    t = total.tally
    words = f"{t.made:,} decisions, {t.standing:,} stand; {t.judged:,} were judged by another person"
    if t.survival.value is None:
        return f"{words}: nothing can be said yet of what survives."
    low, high = t.survival.interval
    return f"{words}, {t.survived:,} of these survived: {t.survival.value:.0%}, between {low:.0%} and {high:.0%}."


def _denominators() -> str:
    return f"<h2>What is counted</h2>\n<ul>{''.join(f'<li>{escape(line)}</li>' for line in DENOMINATORS)}</ul>\n"


def _decisions(rows: Sequence[Row]) -> str:
    """Counts, and the share of judged decisions that survived as a bar."""

    def cells(row: Row) -> Sequence[str]:
        t = row.tally
        counts = (t.made, t.standing, t.overturned, t.withdrawn, t.judged, t.survived)
        return _text(row.name), _bar(t.survival), *map(str, counts), *_share(t.survival)

    said = "The bar is the share of the judged decisions that survived, the line on it its interval at 95 %."
    return _table(said, _COUNTS, map(cells, rows))


def _answers(rows: Sequence[SuggesterRow]) -> str:
    """Counts, and the share that was right as a bar, with the mean probability said as a mark upon it."""
    head = ("accepted", "edited", "kept", "silenced", "open", "one by one", "said", "right", "95 %")

    def cells(row: SuggesterRow) -> Sequence[str]:
        c = row.calibration
        counts = (row.accepted, row.edited, row.kept, row.silenced, row.open, c.count)
        drawn = _bar(c.acceptance, said=c.mean)
        return _text(row.name), drawn, *map(str, counts), _percent(c.mean), *_share(c.acceptance)

    said = "The bar is the share that was right, the line on it its interval at 95 %, the upright mark what was said."
    return _table(said, head, map(cells, rows))


def _table(said: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The bars are the second column; where there is none nothing is said of them."""
    cells = list(rows)
    drawn = any(bar for _, bar, *_ in cells)
    made = html_page.table("", ("", _SCALE if drawn else "", *head), cells, numbers=len(head))
    return f'{f"<p>{escape(said)}</p>" if drawn else ""}\n<div class="table">{made}</div>\n'


def _share(share: Share) -> tuple[str, str]:
    low, high = share.interval
    return _percent(share.value), f"{low:.0%} to {high:.0%}" if share.whole else ""


# plots


def _plot(drawn: str) -> str:
    """One row of a plot; its figures stand beside it, so it is silent to who hears the page."""
    return f'<svg class="plot" viewBox="{-_EDGE} 0 {_WIDE + 2 * _EDGE} {_HIGH}" aria-hidden="true">{drawn}</svg>'


_SCALE = _plot(
    "".join(
        f'<text x="{_WIDE * share}" y="15" text-anchor="middle">{share:.0%}</text>'
        f'<path class="between" d="M{_WIDE * share} 18v4"/>'
        for share in (0, 0.5, 1)
    )
)
"""Above the bars."""


def _bar(share: Share, *, said: float | None = None) -> str:
    """A share as a bar with its interval as a line; nothing where there is nothing to take a share of."""
    if share.value is None:
        return ""
    middle = _HIGH / 2
    low, high = (_WIDE * end for end in share.interval)
    mark = "" if said is None else f'<rect class="said" x="{_WIDE * said - 2.5:.1f}" y="0" width="5" height="{_HIGH}"/>'
    return _plot(
        f'<rect class="ground" y="3" width="{_WIDE}" height="{_HIGH - 6}"/>'
        f'<rect class="bar" y="3" width="{_WIDE * share.value:.1f}" height="{_HIGH - 6}"/>'
        f'<path class="between" d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>'
        f"{mark}"
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _text(name: str) -> str:
    return escape(_on_one_line(name))


def _on_one_line(name: str) -> str:
    """Words between single blanks, without what drives or hides: controls, formats, surrogates."""
    return " ".join("".join("�" if category(c) in ("Cc", "Cf", "Cs") and not c.isspace() else c for c in name).split())
