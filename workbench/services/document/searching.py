"""Searching a document, in its raw text and in its reading: from match to match, either way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import regex

from workbench.services.document.desk import Desk
from workbench.store import texts

SECONDS = 2.0
"""After so long a search is given up."""


class Found(NamedTuple):
    """Where a match begins: an offset of a text."""

    part: int
    """Index of the stretch in the document."""
    start: int
    order: int
    """Of added lines, which all stand before one sign of the raw text, their order; 0 in raw text."""
    text: str
    """The text that `start` counts in, or the id of an added line."""


class Search:
    """A document prepared for one search after another: its text in memory, the readings of the decided lines."""

    def __init__(self, desk: Desk) -> None:
        self._texts = [part.stretch.text for part in desk.lines.parts]
        self._low = [part.stretch.start for part in desk.lines.parts]
        db = desk.edition.db
        self._raw = [
            texts.fragment(db, p.text_id, p.stretch.start, p.stretch.end).content for p in desk.lines.parts
        ]  # fmt: skip
        self._read: list[dict[tuple[int, int], str]] = [{} for _ in self._raw]
        self._added = {
            line.id: (Found(number, line.at, n - len(part.added), line.id), line.content)
            for number, part in enumerate(desk.lines.parts) for n, line in enumerate(part.added)
        }  # fmt: skip
        for row, _, reading in desk.decided_lines():
            text, start, end = desk.line_span(row)
            if text not in self._added:
                self._read[desk.lines.parts.index(desk.lines.part_of(row))][start, end] = reading

    def next(self, query: str, after: tuple[str, int] | None, *, backwards: bool = False) -> Found | None:
        """The match that begins after (or before) an offset of a text; beyond the end it begins again."""
        if not query.strip():
            return None
        all_of_it = list(self._matches(query))
        if not all_of_it:
            return None
        at = self._at(after)
        places = [found[:3] for found in all_of_it]
        if backwards:
            return all_of_it[bisect_left(places, at) - 1]
        return all_of_it[bisect_right(places, at) % len(all_of_it)]

    def count(self, query: str) -> int:
        """How many places match."""
        return sum(1 for _ in self._matches(query)) if query.strip() else 0

    def _at(self, after: tuple[str, int] | None) -> tuple[int, int, int]:
        if after is not None and after[0] in self._added:
            return self._added[after[0]][0][:3]
        if after is None or after[0] not in self._texts:
            return -1, 0, 0
        text, start = after
        begun = [n for n, low in enumerate(self._low) if self._texts[n] == text and low <= start]
        return max(begun, key=self._low.__getitem__, default=self._texts.index(text)), start, 0

    def _matches(self, query: str) -> Iterator[Found]:
        """All places in order; a place that matches both raw and as it is read counts once."""
        pattern = matching(query)
        for part, raw in enumerate(self._raw):
            low, text = self._low[part], self._texts[part]
            starts = {low + m.start() for m in pattern.finditer(raw, timeout=SECONDS)}
            for (start, end), line in self._read[part].items():
                for match in pattern.finditer(line, timeout=SECONDS):
                    if not any(start <= s <= end for s in starts):
                        starts.add(min(start + match.start(), end))
            found = [Found(part, start, 0, text) for start in starts]
            found += [at for at, line in self._added.values() if at.part == part and pattern.search(line)]
            yield from sorted(found)


def matching(query: str) -> regex.Pattern[str]:
    """What is typed, however it is spaced or capitalised, ё for е and е for ё."""
    escaped = r"\s+".join(regex.escape(word) for word in query.split())
    return regex.compile(regex.sub("[её]", "[её]", escaped, flags=regex.IGNORECASE), regex.IGNORECASE)
