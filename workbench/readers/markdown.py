"""Markdown as OCR engines write it: emphasis, escapes, hard breaks, headings and page marks are notation, not text.

The content stays the file, code point for code point; what belongs to the notation is listed as markup. Only what is
balanced counts: an asterisk without a partner is text, and a notice says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import Literal

from workbench.core.text import LINE_END, Markup, Notice, Rendition, Text
from workbench.readers.plain import frame

NAME = "markdown"
VERSION = "1"

_Look = Literal["bold", "italic", "struck"]

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_HARD_BREAK = re.compile(r"(?<! ) {2,}+(?=\r?\n|\r)|\\(?=\r?\n|\r)")
_BEGIN = r"(?:^|(?<=[\r\f])|(?<=\A\ufeff))"
"""Where a line begins: after any line end or form feed, and after a byte order mark."""
_HEADING = re.compile(r"(?m)" + _BEGIN + r" {0,3}#{1,6}[ \t]+(?=\S)")
_PAGE_MARK = re.compile(
    r"(?mi)" + _BEGIN + r"[ \t]*(?:<!--[ \t]*(?:page|страница|стр\.?)[ \t:]*(?P<a>[\w.-]+)[ \t]*-->"
    r"|[-=]{2,}[ \t]*(?:page|страница|стр\.?)[ \t]*(?P<b>[\w.]+(?:-[\w.]+)*)[ \t]*[-=]{2,}"
    r"|#{1,6}[ \t]+(?:page|страница)[ \t]+(?P<c>\d+)"
    r"|\[(?:page|страница)[ \t]+(?P<d>\d+)\]"
    r"|\{(?P<e>\d+)\}-{10,})[ \t]*(?=[\r\n\f]|\Z)"
)
_RUN = re.compile(r"\*+|_+|~+")
_LOOKS: dict[str, tuple[_Look, ...]] = {
    "*": ("italic",), "_": ("italic",), "**": ("bold",), "__": ("bold",), "***": ("bold", "italic"),
    "___": ("bold", "italic"), "~~": ("struck",),
}  # fmt: skip


def read_markdown(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """The text with its notation listed."""
    marks, pages = frame(content)
    names: dict[int, str] = {}
    last = len(content.rstrip())
    for m in _PAGE_MARK.finditer(content):
        marks.append(Markup(start=m.start(), end=m.end(), kind="page-break"))
        begin = pages[bisect_right(pages, m.start()) - 1]
        if not content[begin : m.start()].lstrip("\ufeff").strip():
            names[begin] = next(g for g in m.groups() if g)  # the file or a form feed has begun this page
        elif m.end() < last:
            insort(pages, m.end())
            names[m.end()] = next(g for g in m.groups() if g)
    taken = sorted((mark.start, mark.end) for mark in marks)
    looks: list[Rendition] = []

    def free(start: int, end: int) -> bool:
        at = bisect_left(taken, (end,)) - 1  # the last one that begins before the end
        return at < 0 or taken[at][1] <= start

    for m in _HEADING.finditer(content):
        if free(m.start(), m.end()):
            marks.append(Markup(start=m.start(), end=m.end(), kind="heading"))
            line_end = LINE_END.search(content, m.end())
            looks.append(Rendition(start=m.end(), end=line_end.start() if line_end else len(content), look="heading"))
    escapes = _unescaped(content, {m.start() for m in _ESCAPE.finditer(content) if free(m.start(), m.end())})
    for m in _HARD_BREAK.finditer(content):
        if m.start() - 1 not in escapes and free(m.start(), m.end()):
            marks.append(Markup(start=m.start(), end=m.end(), kind="hard-break"))
    breaks = any(mark.kind == "hard-break" for mark in marks)
    marks += [Markup(start=at, end=at + 1, kind="escape") for at in sorted(escapes)]
    said = list(notices)
    start = 0
    for end in [*(m.end() for m in LINE_END.finditer(content)), len(content)]:
        pairs, odd = _emphasis(content, start, end, escapes)
        for a, b, sign in pairs:
            if free(a, a + len(sign)) and free(b, b + len(sign)):
                marks += [
                    Markup(start=a, end=a + len(sign), kind="emphasis"),
                    Markup(start=b, end=b + len(sign), kind="emphasis"),
                ]
                looks += [Rendition(start=a + len(sign), end=b, look=look) for look in _LOOKS[sign]]
        said += [Notice(code="unbalanced-emphasis", start=a, end=b) for a, b in odd]
        start = end
    return Text(
        content=content, reader=NAME, reader_version=VERSION, encoding=encoding,
        newline="line" if breaks or "\n\n" in content else "unknown",
        markup=tuple(sorted(marks, key=lambda mark: mark.start)),
        renditions=tuple(sorted(looks, key=lambda look: (look.start, look.end, look.look))),
        page_starts=tuple(pages), page_names=tuple(names.get(page, "") for page in pages) if names else (),
        notices=tuple(said),
    )  # fmt: skip


def _unescaped(content: str, escapes: set[int]) -> set[int]:
    """Backslashes that escape: in a row of them every second one is escaped itself."""
    kept: set[int] = set()
    for at in sorted(escapes):
        if at - 1 not in kept or content[at - 1] != "\\":
            kept.add(at)
    return kept


def _emphasis(
    content: str, start: int, end: int, escapes: set[int]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    """Balanced delimiter pairs of one line, and the spans of those that stay alone.

    A delimiter opens before and closes after something that is no blank; an underscore within a word is a letter's
    neighbour, no delimiter (CommonMark's flanking rules, without its nesting of unlike runs).
    """
    waiting: list[tuple[int, str]] = []
    pairs: list[tuple[int, int, str]] = []
    alone: list[tuple[int, int]] = []
    for at, sign, opens, closes in _runs(content, start, end, escapes):
        if sign not in _LOOKS:
            continue
        match = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][1] == sign), None) if closes else None
        if match is not None:
            pairs.append((waiting[match][0], at, sign))
            alone += [(a, a + len(s)) for a, s in waiting[match + 1 :]]
            del waiting[match:]
        elif opens and len(waiting) < 64:
            waiting.append((at, sign))
        elif not (opens or closes):
            continue
        else:
            alone.append((at, at + len(sign)))
    alone += [(at, at + len(sign)) for at, sign in waiting]
    return pairs, sorted(alone)


def _runs(content: str, start: int, end: int, escapes: set[int]) -> Iterator[tuple[int, str, bool, bool]]:
    for m in _RUN.finditer(content, start, end):
        if m.start() - 1 in escapes:
            continue
        before = content[m.start() - 1] if m.start() > start else " "
        after = content[m.end()] if m.end() < end else " "
        opens, closes = not after.isspace(), not before.isspace()
        if m[0][0] == "_" and (before.isalnum() and after.isalnum()):
            continue
        yield m.start(), m[0], opens, closes
