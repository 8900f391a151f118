"""An evaluation as one HTML page, with every difference; it needs nothing beside itself and no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from workbench.services import html_page
from workbench.services.evaluation.evaluating import Difference, Report, Score

_STYLE = """
del, ins, mark { background: none; color: inherit; } del { text-decoration: line-through 2px; }
ins { text-decoration: none; font-weight: 600; border-bottom: 2px solid; } mark { border: 1px solid; padding: 0 .15em; }
.right { color: light-dark(#00549f, #7db8ff); } .missed, .alarm { color: light-dark(#a34700, #ffae70); }
.around { opacity: .65; } svg { max-width: 24rem; height: auto; }
svg text { font-size: 11px; fill: currentColor; }
@media print { body { margin: 0; max-width: none; } section { break-inside: auto; } tr { break-inside: avoid; } }
"""
_OUTCOMES = {
    "right": "found and repaired",
    "found": "found, not repaired",
    "missed": "missed",
    "alarm": "false alarm",
}
_RATES = {
    "cer": "CER as read (nothing accepted)", "cer_after": "CER, accepting", "wer": "WER as read (nothing accepted)",
    "wer_after": "WER, accepting", "precision": "precision", "recall": "recall", "f1": "F1",
    "first": "first candidate right", "first_five": "one of five right",
}  # fmt: skip
_SHARES = ("precision", "recall", "f1", "first", "first_five")


def page(report: Report) -> str:
    """The whole page; the same report gives the same."""
    record = report.record()
    title = f"Suggestions for {record['documents']} documents"
    body = "".join((_summary(record), _kinds(record), _calibration(record), _documents(report.documents),
                    *(_differences(n, d) for n, d in enumerate(report.documents))))  # fmt: skip
    return html_page.page(title, _STYLE, body)


def _summary(record: Mapping[str, Any]) -> str:
    def rows() -> Iterator[Sequence[str]]:
        for name, words in _RATES.items():
            between = record["intervals"].get(name)
            shown = _share if name in _SHARES else _percent
            interval = f"{shown(between[0])} to {shown(between[1])}" if between else ""
            yield escape(words), shown(record[name]), interval

    better, same, worse = record["better_same_worse"]
    said = (
        f"{record['words']:,} words, {record['places']:,} places that differ. Candidates from {record['threshold']:g}"
    )
    said += f" on are accepted: {better} documents better, {same} the same, {worse} worse."
    said += f" {record['alarms']:.1f} false alarms in 1,000 words; calibration error {record['calibration_error']:.3f}."
    return f"<p>{escape(said)}</p>\n" + html_page.table(
        "Figures with 95 % intervals over documents", ("", "", ""), rows(), numbers=2
    )


def _kinds(record: Mapping[str, Any]) -> str:
    rows = ((escape(kind), str(n["places"]), _percent(n["found"] / n["places"])) for kind, n in record["kinds"].items())
    return html_page.table("By kind of error", ("kind", "places", "found"), rows, numbers=2)


def _calibration(record: Mapping[str, Any]) -> str:
    """Said and right, as a curve and as its table."""
    cells = [c for c in record["calibration"] if c["count"]]
    rows = ((f"{c['predicted']:.2f}", f"{c['right']:.2f}", str(c["count"])) for c in cells)
    table = html_page.table("Probability said, share right", ("said", "right", "suggestions"), rows, numbers=3)
    points = [(10 + 180 * c["predicted"], 190 - 180 * c["right"]) for c in cells]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="currentColor"/>' for x, y in points)
    return (
        "<p>Across: the probability said; upwards: the share that was right. On the dashed line both are alike.</p>\n"
        '<svg viewBox="-24 0 224 220" role="img" aria-label="calibration: said across, right upwards">'
        f'<path d="M10 10V190H190" fill="none" stroke="currentColor"/>{_SCALE}'
        '<path d="M10 190L190 10" stroke="currentColor" stroke-dasharray="3 4" opacity=".5"/>'
        f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2"/>{dots}</svg>\n{table}'
    )


_SCALE = "".join(
    f'<text x="{10 + 180 * n}" y="205" text-anchor="middle">{n:g}</text>'
    f'<text x="5" y="{194 - 180 * n}" text-anchor="end">{n:g}</text>'
    f'<path d="M{10 + 180 * n} 190v4M10 {190 - 180 * n}h-4" stroke="currentColor"/>'
    for n in (0, 0.5, 1)
)
"""Of both axes."""


def _documents(documents: Sequence[Score]) -> str:
    rows = (
        (f'<a href="#d{n}">{escape(d.name)}</a>', _percent(d.characters.value), _percent(d.characters_after.value),
         str(d.places), str(d.found)) for n, d in enumerate(documents)
    )  # fmt: skip
    return html_page.table("Documents", ("", "CER", "accepting", "places", "found"), rows, numbers=4)


def _differences(number: int, document: Score) -> str:
    head = f'<section id="d{number}">\n<h2>{escape(document.name)}</h2>\n'
    if not document.differences:
        return f"{head}<p>No difference, and nothing suggested.</p>\n</section>\n"
    rows = (_difference(d) for d in document.differences)
    return f"{head}{html_page.table('Differences', ('line', 'as read', 'truth', 'proposed', ''), rows)}</section>\n"


def _difference(d: Difference) -> Sequence[str]:
    tag = "mark" if d.outcome == "alarm" else "del"
    before, after = (f'<span class="around">{_on_one_line(t)}</span>' for t in (d.before, d.after))
    shown = f"{before}<{tag}>{_text(d.raw)}</{tag}>{after}"
    proposed = "<br>".join(f"{_text(text)} {chance:.0%}" for text, chance in d.proposed)
    truth = "" if d.outcome == "alarm" else f"<ins>{_text(d.truth)}</ins>"
    return str(d.line), shown, truth, proposed, f'<span class="{d.outcome}">{_OUTCOMES[d.outcome]}</span>'


def _text(text: str) -> str:
    return _on_one_line(text) or "∅"


def _on_one_line(text: str) -> str:
    return escape(text.replace("\n", "⏎"))


def _percent(share: float) -> str:
    return f"{share:.2%}"


def _share(share: float) -> str:
    return f"{share:.3f}"
