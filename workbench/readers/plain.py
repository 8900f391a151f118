"""Plain text: the file is the text. Form feeds end pages."""

from __future__ import annotations

import statistics

from workbench.core.text import Markup, Newline, Notice, Text

NAME = "plain"
VERSION = "1"


def read_plain(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """The text as it is; a byte order mark and form feeds are markup."""
    marks, pages = frame(content)
    return Text(
        content=content, reader=NAME, reader_version=VERSION, encoding=encoding, newline=_newline(content),
        markup=tuple(marks), page_starts=tuple(pages), notices=notices,
    )  # fmt: skip


def frame(content: str) -> tuple[list[Markup], list[int]]:
    """What every reader of a text file leaves out, and where pages begin."""
    marks = [Markup(start=0, end=1, kind="bom")] if content.startswith("\ufeff") else []
    pages = [0]
    last = len(content.rstrip())
    at = content.find("\f")
    while at >= 0:
        marks.append(Markup(start=at, end=at + 1, kind="page-break"))
        if at + 1 < last:
            pages.append(at + 1)
        at = content.find("\f", at + 1)
    return marks, pages


def _newline(content: str) -> Newline:
    """What a newline means: paragraphs are long, lines of a page are alike in length."""
    lengths = [len(line) for line in content.splitlines() if line.strip()]
    if len(lengths) < 3:
        return "unknown"
    if statistics.median(lengths) > 120:
        return "paragraph"
    within = sum(30 <= n <= 110 for n in lengths)
    return "line" if within > len(lengths) / 2 else "unknown"
