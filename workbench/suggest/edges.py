"""What stands at the edges of pages and is none of the text: folios, page numbers, running heads; proposed as zones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.core.suggestion import Evidence, Suggestion
from workbench.suggest.lines import Line, lines_of
from workbench.suggest.protocol import Context

_EDGE = 2
"""Lines of a page, from its top and from its foot, that are looked at."""
_NUMBER = re.compile(
    r"(?P<open>[-–—(\[*]\s*)?(?P<word>(?:л|лист|f|fol|bl)\b\.?\s*|(?:с|стр|p|pag|s)\b\.?\s*)?(?P<number>\d{1,4})"
    r"\s*(?P<back>об\.?|v\.?|r\.?)?(?P<close>\s*[-–—)\]*.])?",
    re.IGNORECASE,
)
_FOLIO_WORDS = ("л", "f", "b")
_YEARS = range(1500, 2100)
_PAGES_OF_HEAD = 3
_ALIKE = 85.0
_SHORTEST_HEAD = 4
_LONGEST_HEAD = 120
_LEAST_LINES = 5
"""A lone number on a page of fewer lines may be anything."""


class Edges:
    """Proposes folios, page numbers and running heads; what is in them is not proofread."""

    name = "edges"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        lines = [line for line in lines_of(context.text) if not context.quiet(line.start, line.end)]
        numbers = list(_numbers(lines))
        yield from (self._made(context, line, kind, Evidence.of("lone-number")) for line, kind in numbers)
        for line, pages in _heads(lines):
            yield self._made(context, line, "running head", Evidence.of("running-head", pages=pages))

    def _made(self, context: Context, line: Line, kind: str, why: Evidence) -> Suggestion:
        return Suggestion(
            start=line.start, end=line.end, quote=context.text.content[line.start : line.end], kind=kind,
            change="layout", suggester=self.name, version=self.version, evidence=(why,),
        )  # fmt: skip


def _numbers(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Lines at an edge that are nothing but a number, and what it is: of a leaf, or of a page."""
    found = []
    for line in lines:
        m = _NUMBER.fullmatch(line.text) if min(line.from_top, line.from_foot) < _EDGE else None
        if m is None or line.from_top + line.from_foot + 1 < _LEAST_LINES:
            continue
        if (m["close"] or "").strip() == "." and not m["open"] and line.from_foot:
            continue  # an item of a list
        if int(m["number"]) in _YEARS and not m["open"] and not m["word"]:
            continue
        found.append((line, m))
    counts_up = len({int(m["number"]) - line.page for line, m in found}) == 1 and len(found) > 1
    for line, m in found:
        word = (m["word"] or "").lower()
        if word or m["back"]:
            folio = bool(m["back"]) or word.startswith(_FOLIO_WORDS)
        else:
            folio = not counts_up and not m["open"] and (m["close"] or ".").strip() == "."
        yield line, "folio" if folio else "page number"


def _heads(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Lines that stand at the same edge of three pages or more, nearly alike, with the number of these pages."""
    from rapidfuzz import fuzz, process

    groups: dict[str, list[Line]] = {}
    for line in lines:
        letters = line.letters
        if min(line.from_top, line.from_foot) >= _EDGE or not _SHORTEST_HEAD <= len(letters) <= _LONGEST_HEAD:
            continue
        key = ("top " if line.from_top < _EDGE else "foot ") + letters
        near = process.extractOne(key, groups.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        groups.setdefault(near[0] if near else key, []).append(line)
    for group in groups.values():
        pages = len({line.page for line in group})
        if pages >= _PAGES_OF_HEAD:
            yield from ((line, pages) for line in group)
