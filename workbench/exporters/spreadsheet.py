"""Tables as CSV that a spreadsheet opens as texts and computes nothing of.

RFC 4180: commas, CRLF, texts in double quotes. A byte order mark comes first, for without it Excel takes UTF-8 for the
local code page and no Cyrillic letter survives.

A cell that begins with `=`, `+`, `-`, `@` (fullwidth too, and after blanks and quotes), TAB or a line end may be
computed. It gets an apostrophe before it, as does one that begins with an apostrophe: the first one is never part of
the text. Where lists are written with semicolons, as in Russian, Excel cuts this file at `;`, TAB and line ends even
within quotes, so that a cell begins after each of these as well. The signs are those of OWASP's page on CSV injection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
Cell = str | int | float | None

_BEGIN = r"(?<![^;\t\r\n])"
_COMPUTED = re.compile(rf"""{_BEGIN}(?='|(?:[^\S\t\r\n]|[\0-\x08\ufeff"])*[-=+@＝＋－＠])|\A(?=[\t\r\n])""")
_GUARD = re.compile(rf"{_BEGIN}'")


def guarded(text: str) -> str:
    """A text as a cell that is not computed."""
    return _COMPUTED.sub("'", text)


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    return _GUARD.sub("", cell)


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A table, a line a part. No value is an empty cell, an empty text is one in quotes."""
    yield BOM + _line(columns)
    yield from map(_line, rows)


def _line(cells: Sequence[Cell]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return '"' + guarded(value).replace('"', '""') + '"'
    return "" if value is None else str(value)
