"""The lines of a text with where they stand on their page: what zones and repeated lines are looked for in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from workbench.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not empty."""

    number: int
    """From 1, empty lines counted."""
    start: int
    end: int
    """Without the blanks around it and its line end."""
    text: str
    """Without the source's markup."""
    page: int
    from_top: int
    from_foot: int
    """Its place among the lines of its page that are not empty, from 0."""

    @property
    def letters(self) -> str:
        """Its letters alone, without case: what is compared."""
        return "".join(c for c in self.text if c.isalpha()).casefold()


def lines_of(text: Text) -> list[Line]:
    """The lines that are not empty, in order."""
    found: list[tuple[int, int, int, str, int]] = []
    mark = 0
    for number in range(len(text.line_starts)):
        start, end = text.line_span(number)
        raw = text.content[start:end]
        if not raw.strip():
            continue
        start, end = start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())
        while mark < len(text.markup) and text.markup[mark].end <= start:
            mark += 1
        out, at, n = "", start, mark
        while n < len(text.markup) and text.markup[n].start < end:
            out, at, n = out + text.content[at : max(at, text.markup[n].start)], max(at, text.markup[n].end), n + 1
        clean = (out + text.content[at:end]).strip()
        if clean:
            found.append((number + 1, start, end, clean, bisect_right(text.page_starts, start) - 1))
    counts: dict[int, int] = {}
    for *_, page in found:
        counts[page] = counts.get(page, 0) + 1
    made, seen = [], dict.fromkeys(counts, 0)
    for number, start, end, clean, page in found:
        made.append(
            Line(number=number, start=start, end=end, text=clean, page=page, from_top=seen[page],
                 from_foot=counts[page] - seen[page] - 1)
        )  # fmt: skip
        seen[page] += 1
    return made
