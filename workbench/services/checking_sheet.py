"""The checking list on paper or in a table: text, one HTML page to print, or CSV; text and CSV can be filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from workbench.core.text import fold
from workbench.exporters import spreadsheet
from workbench.i18n import _
from workbench.services.checking import COLUMNS, Place

FORMATS = ("text", "html", "csv")

_STYLE = """
body { font: 15px/1.45 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; border-bottom: 1px solid; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid #999; padding: .4rem .6rem .4rem 0; }
td { vertical-align: top; } .code { font-family: monospace; } .line { white-space: nowrap; } .answer { width: 30%; }
mark { background: none; font-weight: bold; border-bottom: 2px solid; }
.rule { border-bottom: 1px solid; height: 1.6em; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""


def sheet(places: Sequence[Place], format_: str) -> str:
    """The list in a format of FORMATS."""
    return {"text": _text, "html": _html, "csv": _csv}[format_](places)


def reference(place: Place) -> str:
    """Where the original lies, as a slip for the stacks says it."""
    archive, fond, opis, delo = place.reference
    parts = [archive, fond and _("fond {value}").format(value=fond), opis and _("opis {value}").format(value=opis),
             delo and _("delo {value}").format(value=delo)]  # fmt: skip
    return ", ".join(part for part in parts if part) or _("place of keeping unknown")


def _groups(places: Sequence[Place]) -> list[tuple[str, str, list[Place]]]:
    return [
        (where, title, list(members))
        for (where, title), members in groupby(places, key=lambda p: (reference(p), p.document.title))
    ]


def _where(place: Place) -> str:
    leaf = _("leaf {leaf}").format(leaf=place.leaf) + ", " if place.leaf else ""
    return leaf + _("line {number}").format(number=place.line)


def _text(places: Sequence[Place]) -> str:
    """A list to fill in: all but the answers stands after a `#`, so that it is taken back in as it is."""
    out = []
    for where, title, members in _groups(places):
        out += [f"# {fold(where)}", f"# {fold(title)}", ""]
        for place in members:
            out.append(f"# {_where(place)}{': ' + fold(place.body) if place.body else ''}")
            out.append(f"# {_before(place)}>{_blanks(place.reads)}<{_after(place)}")
            out += [f"{place.code} = ", ""]
    return "\n".join(out)


def _before(place: Place) -> str:
    """What stands before a place, on one line."""
    return "… " + _blanks(place.before).lstrip()


def _after(place: Place) -> str:
    return _blanks(place.after).rstrip() + " …"


def _blanks(text: str) -> str:
    """Each run of white space as one blank, at either end too: what is printed side by side stays apart."""
    return re.sub(r"\s+", " ", text)


def _html(places: Sequence[Place]) -> str:
    body, as_read = [], escape(_("as read"))
    for where, title, members in _groups(places):
        rows = "".join(
            f'<tr><td class="code">{p.code}</td><td class="line">{escape(_where(p))}</td>'
            f"<td>{escape(_before(p))}<mark>{escape(_blanks(p.reads))}</mark>{escape(_after(p))}"
            f"{'<br><i>' + escape(p.body) + '</i>' if p.body else ''}</td>"
            f'<td class="answer">☐ {as_read}<div class="rule"></div></td></tr>\n'
            for p in members
        )
        body.append(f"<h2>{escape(where)}<br>{escape(title)}</h2>\n<table>{rows}</table>\n")
    title = escape(_("To be checked at the original"))
    return (
        f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n{''.join(body)}</body>\n</html>\n"
    )


def _csv(places: Sequence[Place]) -> str:
    """A table with empty columns for answer and remark."""
    rows = (
        (p.code, reference(p), p.leaf, p.line, f"{_before(p)}[{_blanks(p.reads)}]{_after(p)}", p.reads) for p in places
    )
    return "".join(spreadsheet.table(COLUMNS, ((*row, None, None) for row in rows)))
