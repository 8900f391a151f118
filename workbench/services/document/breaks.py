"""Line and page ends: words that a break cuts, and what the edition's own words say about each.

A break takes one decision over both halves, class `layout`: joined, joined with its hyphen, or kept as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbench.core.entry import Entry
from workbench.core.text import overlap
from workbench.services import deciding
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.persons import Person
from workbench.store import entries, suggestions, texts

Answer = Literal["join", "hyphen", "apart"]
"""One word without the sign; one word with it; two words, as they stand."""

_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-¬\u00ad\u2010\u2011]?)([ \t]*(?:\r\n|\n|\r|\f)[ \t\r\n\f]*)([^\W\d_]+)")
_LEAST = 3
"""Letters of two halves whose hyphen was lost, and times that the whole stands elsewhere."""
_AROUND = 60
"""Code points shown on either side of a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A word cut by the end of a line or a page."""

    text: str
    start: int
    end: int
    line: int
    """Number of the line that it ends, from 1."""
    head: str
    sign: str
    """The hyphen as it stands; empty where it may have been lost."""
    tail: str
    before: str
    after: str
    """What stands around it on both lines, as far as it matters."""
    page: bool
    proposed: Answer
    joined: int
    """How often the joined word stands elsewhere in the edition."""
    hyphened: int
    suggestion: str | None
    decided: str | None
    """What it was decided to read; None while it is open."""

    def reading(self, answer: Answer) -> str | None:
        """What the answer makes of it; None for what stands there."""
        return {"join": self.head + self.tail, "hyphen": f"{self.head}-{self.tail}", "apart": None}[answer]


def breaks(edition: Edition, document: Heading, known: Mapping[str, int]) -> list[Break]:
    """The breaks of a document in order; `known`: how often words stand in the edition (`words.count`)."""
    desk = Desk(edition, document.id)
    found = []
    for part in desk.lines.parts:
        s = part.stretch
        content = texts.fragment(edition.db, part.text_id, s.start, s.end).content
        live = list(entries.live_at(edition.db, s.text, "text", s.start, s.end))
        spans = [(*e.decision.span, e) for e in live]
        starts = [span[0] for span in spans]
        open_ones = {(k.suggestion.start, k.suggestion.end): k for k in suggestions.within(
            edition.db, s.text, s.start, s.end)}  # fmt: skip
        for match in _CUT.finditer(content):
            start, end = s.start + match.start(), s.start + match.end()
            head, sign, gap, tail = match.groups()
            if not sign and not _lost(head, tail, known):
                continue
            waiting = open_ones.get((start, end))
            near = spans[max(0, bisect_right(starts, start) - 3) : bisect_right(starts, end)]
            decided = next((e for low, high, e in near if overlap(low, high, start, end)), None)
            found.append(
                Break(
                    text=s.text, start=start, end=end, line=texts.line_of(edition.db, part.text_id, start) + 1,
                    head=head, sign=sign, tail=tail,
                    before=content[max(0, match.start() - _AROUND) : match.start()].rpartition("\n")[2],
                    after=content[match.end() : match.end() + _AROUND].partition("\n")[0].rstrip("\r"),
                    page=gap.count("\n") > 1 or "\f" in gap,
                    proposed=_proposed(head, tail, known, waiting), joined=known.get(head + tail, 0),
                    hyphened=known.get(f"{head}-{tail}", 0), suggestion=waiting.id if waiting else None,
                    decided=_said(decided),
                )
            )  # fmt: skip
    return found


def _lost(head: str, tail: str, known: Mapping[str, int]) -> bool:
    """May two words at a break be one whose hyphen was lost: the whole is frequent here, the halves are not?"""
    if min(len(head), len(tail)) < _LEAST or not tail.islower():
        return False
    whole = known.get(head + tail, 0)
    return whole >= _LEAST and whole > known.get(head, 0) and whole > known.get(tail, 0)


def _proposed(head: str, tail: str, known: Mapping[str, int], waiting: suggestions.Kept | None) -> Answer:
    joined, hyphened = known.get(head + tail, 0), known.get(f"{head}-{tail}", 0)
    if joined != hyphened:
        return "join" if joined > hyphened else "hyphen"
    if waiting is not None and waiting.suggestion.candidates:
        return "hyphen" if "-" in waiting.suggestion.candidates[0].text else "join"
    return "hyphen" if tail[0].isupper() and not head.isupper() else "join"


def _said(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    d = entry.decision
    return d.quote if d.value is None else d.value


def answer(edition: Edition, one: Break, given: Answer, person: Person, seen: Sequence[str]) -> Entry:
    """Record an answer; `seen`: the heads when the break was shown. Raises RefusedError where it was decided since."""
    asked: dict[str, Any] = {
        "transcript": one.text, "start": one.start, "end": one.end, "seen": list(seen), "suggestion": one.suggestion,
    }  # fmt: skip
    value = one.reading(given)
    asked |= {"act": "keep"} if value is None else {"act": "edit", "page": value, "class": "layout"}
    return deciding.record_all(edition, [asked], person)[0]
