"""Series: all the places where the same stands, decided at once as one batch, exceptions left out.

The texts are searched whole, each in one piece: a volume of a million words takes well under a second. A match in the
reading that meets a decision takes that decision's whole span (`core.edit.plan`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal, NamedTuple

import regex

from workbench.core.documents import Stretch
from workbench.core.edit import Plan, plan
from workbench.core.entry import Entry
from workbench.core.errors import UsageError
from workbench.core.pieces import Piece, replay
from workbench.services import deciding, library
from workbench.services.edition import Edition
from workbench.services.library import Listing
from workbench.services.persons import Person
from workbench.store import entries, suggestions, texts

CONTEXT = 60
"""Code points shown on either side of a place."""
SECONDS = 5.0
"""After so long a pattern is given up for one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for, and what is to be done there."""

    pattern: str
    """A regular expression of the `regex` module; `^` and `$` meet at lines."""
    over: Literal["raw", "reading"] = "raw"
    any_case: bool = False
    act: str = "edit"
    replacement: str | None = None
    r"""What an `edit` or `accept` puts there, with `\1` or `\g<name>` for groups."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the records: class, body of a note, extent."""

    def compiled(self) -> regex.Pattern[str]:
        """Raises UsageError that says where the pattern is wrong."""
        try:
            found = regex.compile(self.pattern, regex.MULTILINE | (regex.IGNORECASE if self.any_case else 0))
            if self.replacement is not None and (probe := found.search("")) is not None:
                probe.expand(self.replacement)
        except (regex.error, IndexError) as error:
            raise UsageError(f"{self.pattern!r} is no pattern: {error}") from error
        return found


def words(quote: str) -> str:
    """The pattern of a quote as a whole word; of one that is no word, wherever it stands."""
    before = r"(?<!\w)" if quote[:1].isalnum() else ""
    after = r"(?!\w)" if quote[-1:].isalnum() else ""
    return before + exactly(quote) + after


def exactly(text: str) -> str:
    """The pattern of a text wherever it stands."""
    return regex.escape(text, literal_spaces=True)


def literal(text: str) -> str:
    """A replacement that stands for itself."""
    return text.replace("\\", "\\\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One place of a series."""

    document: Listing
    text: str
    start: int
    end: int
    """The raw span that a decision would take."""
    line: int
    """Number of the line in its transcript, from 1."""
    before: str
    quote: str
    after: str
    """What was found, and what stands around it, in the text that was searched."""
    proposed: str | None
    """What would stand there; None where the act changes nothing."""
    decided: bool
    """Has somebody decided here already?"""
    cut: bool = False
    """It would cut a decision in two, and cannot be ticked."""
    suggestion: str | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    """The fields of its record that are its own."""

    @property
    def may_be_ticked(self) -> bool:
        """Would deciding here change or confirm anything, and cut nothing?"""
        return not self.cut and self.proposed != self.quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The places as they were when they were gathered."""

    wanted: Wanted
    members: tuple[Member, ...]
    heads: tuple[str, ...]

    def first_ticked(self) -> set[int]:
        """The places that are meant unless somebody says otherwise: undecided, and changed by what is wanted."""
        open_ones = {n for n, m in enumerate(self.members) if not m.decided and m.may_be_ticked}
        if self.wanted.act != "accept":
            return open_ones
        return {n for n in open_ones if self.members[n].suggestion is not None}


def gather(
    edition: Edition, documents: Sequence[Listing], wanted: Wanted, progress: Callable[[int, int], None] | None = None
) -> Series:
    """All places of a series in some documents; `progress(done, total)` counts documents and may raise to stop.

    Raises UsageError for a bad pattern, and for one that takes longer than `SECONDS` over a text.
    """
    pattern = wanted.compiled()
    heads = entries.heads(edition.db)
    members: list[Member] = []
    for done, document in enumerate(documents):
        if progress is not None:
            progress(done, len(documents))
        for stretch in library.stretches(edition, document.id):
            try:
                members += _Search(edition, document, stretch, wanted).matches(pattern)
            except TimeoutError as error:
                raise UsageError(f"{wanted.pattern!r} takes too long; make it more exact") from error
            except IndexError as error:
                raise UsageError(f"{wanted.replacement!r} names a group that the pattern lacks") from error
    return Series(wanted=wanted, members=tuple(members), heads=heads)


class _Hit(NamedTuple):
    """A match, or some that are one place, in what was searched."""

    start: int
    end: int
    new: str | None

    def and_then(self, other: _Hit, searched: str) -> _Hit:
        """Both as one, with what stands between."""
        new = None if self.new is None or other.new is None else self.new + searched[self.end : other.start] + other.new
        return _Hit(self.start, other.end, new)


class _Search:
    """One stretch with what was decided and proposed in it."""

    def __init__(self, edition: Edition, document: Listing, stretch: Stretch, wanted: Wanted) -> None:
        self.edition, self.document, self.stretch, self.wanted = edition, document, stretch, wanted
        self.row = texts.text_row(edition.db, stretch.text)
        self.fragment = texts.fragment(edition.db, self.row.id, stretch.start, stretch.end)
        live = entries.live_at(edition.db, stretch.text, "text", stretch.start, stretch.end)
        self.spans = sorted((e.decision.start or 0, e.decision.end or 0) for e in live)
        self.longest = max((end - start for start, end in self.spans), default=0)
        self.open = {(k.suggestion.start, k.suggestion.end): k for k in suggestions.within(
            edition.db, stretch.text, stretch.start, stretch.end)}  # fmt: skip
        self.pieces: list[Piece] = []
        if wanted.over == "reading":
            self.pieces = replay(self.fragment, live, in_conflict=entries.in_conflict(edition.db))
        self.ends = list(accumulate(len(p.reading) for p in self.pieces))

    def matches(self, pattern: regex.Pattern[str]) -> Iterator[Member]:
        searched = self.fragment.content
        if self.wanted.over == "reading":
            searched = "".join(p.reading for p in self.pieces)
        hits = [
            _Hit(m.start(), m.end(), self._proposed(m))
            for m in pattern.finditer(searched, timeout=SECONDS)
            if m.group()
        ]
        if self.wanted.over == "raw":
            yield from (self._raw(hit, searched) for hit in hits)
        else:
            yield from self._readings(hits, searched)

    def _proposed(self, match: regex.Match[str]) -> str | None:
        return None if self.wanted.replacement is None else match.expand(self.wanted.replacement)

    def _raw(self, hit: _Hit, searched: str) -> Member:
        low = self.stretch.start
        start, end = low + hit.start, low + hit.end
        meeting = list(self._meeting(start, end))
        kept = self.open.get((start, end))
        record: dict[str, Any] = {} if hit.new is None else {"page": hit.new}
        if kept is not None and hit.new not in (None, *(c.text for c in kept.suggestion.candidates[:1])):
            kept = None  # it is about something else
        return self._member(
            hit, searched, start, end, record, decided=bool(meeting),
            cut=any(s < start or e > end for s, e in meeting), suggestion=kept.id if kept is not None else None,
        )  # fmt: skip

    def _readings(self, hits: Sequence[_Hit], searched: str) -> Iterator[Member]:
        """Hits in the output of one decision are one place: it is taken over as a whole."""
        waiting: tuple[_Hit, Plan] | None = None
        for hit in hits:
            planned = self._planned(hit, searched)
            if waiting is not None and waiting[1].supersedes & planned.supersedes:
                both = waiting[0].and_then(hit, searched)
                waiting = both, self._planned(both, searched)
                continue
            if waiting is not None:
                yield self._reading(*waiting, searched)
            waiting = hit, planned
        if waiting is not None:
            yield self._reading(*waiting, searched)

    def _planned(self, hit: _Hit, searched: str) -> Plan:
        first = max(0, bisect_left(self.ends, hit.start) - 1)
        last = min(len(self.pieces), bisect_right(self.ends, hit.end) + 2)
        ahead = self.ends[first - 1] if first else 0
        new = searched[hit.start : hit.end] if hit.new is None else hit.new
        return plan(self.pieces[first:last], hit.start - ahead, hit.end - ahead, new)

    def _reading(self, hit: _Hit, p: Plan, searched: str) -> Member:
        record: dict[str, Any] = {"also": sorted(p.supersedes)}
        if hit.new is not None and not p.restores_raw:
            record |= {"page": p.reading if p.page is None else p.page}
            if p.page is not None:
                record |= {"reading": p.reading, "reading_class": p.reading_class}
        elif hit.new is not None:
            record["act"] = "keep"
        return self._member(
            hit, searched, p.start, p.end, record, decided=bool(p.supersedes), cut=False, suggestion=None
        )

    def _member(
        self, hit: _Hit, searched: str, start: int, end: int, record: Mapping[str, Any], *, decided: bool, cut: bool,
        suggestion: str | None,
    ) -> Member:  # fmt: skip
        return Member(
            document=self.document, text=self.stretch.text, start=start, end=end,
            line=texts.line_of(self.edition.db, self.row.id, start) + 1,
            before=searched[max(0, hit.start - CONTEXT) : hit.start], quote=searched[hit.start : hit.end],
            after=searched[hit.end : hit.end + CONTEXT], proposed=hit.new, decided=decided, cut=cut,
            suggestion=suggestion, record=record,
        )  # fmt: skip

    def _meeting(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Decided spans that overlap one."""
        for s, e in self.spans[bisect_left(self.spans, (start - self.longest, 0)) :]:
            if s >= end:
                break
            if e > start:
                yield s, e


def apply(
    edition: Edition, series: Series, ticked: Collection[int], person: Person,
    progress: Callable[[int, int], None] | None = None,
) -> list[Entry]:  # fmt: skip
    """Record the ticked places as one batch or not at all; raises RefusedError where one was decided meanwhile."""
    if not ticked:
        return []
    batch = deciding.new_batch()
    made = []
    with edition.writing():
        for done, number in enumerate(sorted(ticked)):
            if progress is not None:
                progress(done, len(ticked))
            asked = record_of(series, series.members[number])
            made.append(deciding.record(edition, asked, person, batch=batch))
    return made


def record_of(series: Series, member: Member) -> dict[str, Any]:
    """What one place of a series asks to be recorded."""
    wanted = series.wanted
    asked: dict[str, Any] = {
        "act": wanted.act, "transcript": member.text, "start": member.start, "end": member.end,
        "seen": list(series.heads), **wanted.more, **member.record,
    }  # fmt: skip
    if member.suggestion is not None and asked["act"] in ("accept", "edit", "keep", "unclear"):
        asked["suggestion"] = member.suggestion
    elif asked["act"] == "accept":
        asked["act"] = "edit"
    return asked


def documents_of(edition: Edition, document: str | None) -> list[Listing]:
    """One document, or all of the edition."""
    return [d for d in library.listings(edition) if document in (None, d.id)]
