"""What the program's HTML pages share: one file without a script, that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .8rem; text-align: left; vertical-align: top; }
th { border-bottom: 1px solid; vertical-align: bottom; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr + tr td { border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
caption { text-align: left; font-weight: 600; }
@media print { h2, h2 + p, caption { break-after: avoid; } tr { break-inside: avoid; } }
"""


def page(title: str, style: str, body: str) -> str:
    """The whole page around a body that is HTML already; `style` is CSS beyond what all pages have."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}{style}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n{body}</body>\n</html>\n"
    )


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> str:
    """Cells are HTML; the last `numbers` columns are numbers. `caption`: empty where the words before it are one."""
    first = len(head) - numbers

    def row(cells: Sequence[str], tag: str) -> str:
        made = (f"<{tag}{' class=n' if n >= first else ''}>{cell}</{tag}>" for n, cell in enumerate(cells))
        return f"<tr>{''.join(made)}</tr>\n"

    top, inner = row(head, "th"), "".join(row(cells, "td") for cells in rows)
    called = f"<caption>{escape(caption)}</caption>\n" if caption else ""
    return f"<table>{called}<thead>{top}</thead>\n<tbody>{inner}</tbody></table>\n"
