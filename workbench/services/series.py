"""Series: all the places where the same stands, decided at once as one batch, exceptions left out.

What stands the same is found by a pattern (`services.matching`), a quote being one, or it is the open suggestions that
propose the same about the same. A place that somebody decided is a member, too, but is meant only when it is ticked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from workbench.core.acts import PROPOSED_ZONES, SPANNING
from workbench.core.acts import act as act_of
from workbench.core.documents import Stretch
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.suggestion import Suggestion
from workbench.core.text import overlap
from workbench.i18n import N_
from workbench.services import deciding, library, matching
from workbench.services.document.desk import proposed_class
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.matching import CONTEXT, Match, Over
from workbench.services.persons import Person
from workbench.store import entries, journal, suggestions, texts

MOST = 100_000
"""Places of one series; each becomes an entry of about 1 KB in the journal."""

_UNJOINED = (r"(?<!\w)(?<!\w[-’'])", r"(?!\w)(?![-’']\w)")
"""What is not within a longer word or number, one with hyphens or apostrophes among them."""
_APART = (r"(?<![^\W\d_])(?<![^\W\d_][-’'])", r"(?![^\W\d_])(?![-’'][^\W\d_])")
"""The same of letters: a number beside them is no part of their word, in `1934г` as in the lists of words."""

_ALONE = (r"(?<=^[ \t]*)", r"(?=[ \t]*\r?$)")
"""What has its line to itself."""

_CLASSES = frozenset({"class", "page_class", "reading_class"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for, and what is to be done there."""

    pattern: str
    """A regular expression of the `regex` module; `^` and `$` meet at lines."""
    over: Over = "raw"
    any_case: bool = False
    act: str = "edit"
    replacement: str | None = None
    r"""What an `edit` or `accept` puts there, with `\1` or `\g<name>` for groups."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the records: class, body of a note, extent."""
    decided_so: bool = False
    """Meant are the places that a decision gives the replacement already: to say more of it, its class for one."""
    like: Suggestion | None = None
    """Look for the open suggestions that propose the same about the same, and for no pattern."""

    def compiled(self) -> regex.Pattern[str]:
        """Raises UsageError that says where the pattern is wrong, or the replacement for its groups."""
        flags = regex.MULTILINE | (regex.IGNORECASE if self.any_case else 0)
        try:
            found = regex.compile(self.pattern, flags)
        except regex.error as error:
            raise UsageError(N_("“{pattern}” is no pattern: {error}"), pattern=self.pattern, error=error) from error
        if self.replacement is not None:
            try:
                nothing = regex.compile(self.pattern + "|", flags).search("")  # has the groups, whatever they hold
                if nothing is not None:
                    nothing.expand(self.replacement)
            except (regex.error, IndexError) as error:
                raise _unfit(self.replacement, error) from error
        return found


def _unfit(replacement: str | None, error: Exception) -> UsageError:
    return UsageError(N_("“{new}” cannot be put there: {error}"), new=replacement, error=error)


def words(quote: str) -> str:
    """The pattern of a quote as whole words; where it begins or ends with a sign, whatever stands beside that."""
    return _end(quote[:1], 0) + exactly(quote) + _end(quote[-1:], 1)


def _end(sign: str, side: int) -> str:
    """What may not stand beside the first (0) or last (1) sign of whole words."""
    if not regex.match(r"\w", sign):
        return ""
    return (_UNJOINED if regex.match(r"[\d_]", sign) else _APART)[side]


def exactly(text: str) -> str:
    """The pattern of a text wherever it stands."""
    return regex.escape(text, literal_spaces=True)


def whole_line(text: str) -> str:
    """The pattern of a text that is all there is on its line."""
    return exactly(text).join(_ALONE)


def plain(pattern: str) -> tuple[str, bool] | None:
    """The text that a pattern was made of, and whether of its whole words; None for any other pattern."""
    inner = pattern
    for before, after in (_UNJOINED, _APART):
        inner = inner.removeprefix(before).removesuffix(after)
    text = regex.sub(r"\\(.)", r"\1", inner, flags=regex.DOTALL)
    if pattern == words(text):
        return text, True
    return (text, False) if pattern == exactly(text) else None


def looked_for(pattern: str) -> str:
    """What a pattern looks for, in words where it was made of words."""
    found = plain(pattern.removeprefix(_ALONE[0]).removesuffix(_ALONE[1]))
    return found[0] if found else pattern


def literal(text: str) -> str:
    """A replacement that stands for itself."""
    return text.replace("\\", "\\\\")


def plain_replacement(replacement: str) -> str | None:
    """The text that a replacement stands for; None for one that names groups."""
    text = replacement.replace("\\\\", "\\")
    return text if literal(text) == replacement else None


def of_suggestions(like: Suggestion) -> Wanted:
    """Every open suggestion that proposes the same about the same, to be accepted."""
    new = literal(like.candidates[0].text) if like.candidates else None
    return Wanted(pattern=exactly(like.quote), act="accept", replacement=new, like=like)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One place of a series."""

    document: Heading
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
    decided_so: bool = False
    """Does the decision there give what is proposed?"""
    cut: bool = False
    """It would cut a decision in two, and cannot be ticked."""
    suggestion: str | None = None
    """The open suggestion about just this span: whatever is decided answers it."""
    agrees: bool = False
    """Is its first candidate what is wanted?"""
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
        if self.wanted.decided_so:
            return {n for n, m in enumerate(self.members) if m.decided_so and m.may_be_ticked}
        open_ones = {n for n, m in enumerate(self.members) if not m.decided and m.may_be_ticked}
        if self.wanted.act != "accept":
            return open_ones
        return {n for n in open_ones if self.members[n].agrees}


def gather(
    edition: Edition, documents: Sequence[Heading], wanted: Wanted, progress: Callable[[int, int], None] | None = None
) -> Series:
    """All places of a series in some documents; `progress(done, total)` counts lines and may raise to stop.

    Raises UsageError for a bad pattern or replacement, for one that takes too long, and for more than `MOST` places.
    """
    pattern = wanted.compiled()
    heads = entries.heads(edition.db)
    total, done = sum(library.lines(edition, d.id) for d in documents), 0

    def step(lines: int) -> None:
        nonlocal done
        done += lines
        if progress is not None:
            progress(done, total)

    members: list[Member] = []
    for document in documents:
        for stretch in library.stretches(edition, document.id):
            try:
                for member in _members(edition, document, stretch, wanted, pattern, step):
                    members.append(member)
                    if len(members) > MOST:
                        raise UsageError(
                            N_("more than {most} places match; make what is looked for more exact"), most=MOST
                        )
            except TimeoutError as error:
                raise UsageError(
                    N_("“{pattern}” takes too long; make it more exact"), pattern=wanted.pattern
                ) from error
            except (regex.error, IndexError) as error:
                raise _unfit(wanted.replacement, error) from error
    return Series(wanted=wanted, members=tuple(members), heads=heads)


def _members(
    edition: Edition, document: Heading, stretch: Stretch, wanted: Wanted, pattern: regex.Pattern[str],
    step: Callable[[int], None],
) -> Iterator[Member]:  # fmt: skip
    if wanted.like is None:
        found = matching.matches(edition, stretch, pattern, wanted.replacement, wanted.over, step)
    else:
        found = _alike(edition, stretch, wanted, wanted.like, step)
    for match in found:
        own = _own_fields(match, wanted)
        decided, cut, so = _standing(edition, stretch.text, wanted.act, match)
        kept = _answered(edition, stretch.text, wanted, match)
        if kept is not None and "page" in own and not _CLASSES & (own.keys() | wanted.more.keys()):
            own["class"] = proposed_class(kept.suggestion)
        yield Member(
            document=document, text=stretch.text, start=match.start, end=match.end, line=match.line,
            before=match.before, quote=match.quote, after=match.after, proposed=match.proposed,
            decided=decided or bool(own.get("also")), decided_so=so, cut=cut,
            suggestion=kept.id if kept is not None else None,
            agrees=kept is not None and match.proposed == _first(kept), record=own,
        )  # fmt: skip


def _own_fields(match: Match, wanted: Wanted) -> dict[str, Any]:
    """What the record of a match has that those of the others need not have."""
    change = match.plan
    if act_of(wanted.act).layer != "text" or change is None:
        return {} if match.proposed is None else {"page": match.proposed}
    own: dict[str, Any] = {"also": sorted(change.supersedes)}
    if match.proposed is None:
        return own
    if change.restores_raw:
        return own | {"act": "keep"}
    if change.page is None:
        return own | {"page": change.reading}
    return own | {"page": change.page, "reading": change.reading, "reading_class": change.reading_class}


def _standing(edition: Edition, text: str, act: str, match: Match) -> tuple[bool, bool, bool]:
    """(is a span decided already, would a decision cut one that stands, does one give what is proposed)."""
    layer, start, end = act_of(act).layer, match.start, match.end
    live = [e.decision for e in entries.live_at(edition.db, text, layer, start, end)]
    meeting = [d for d in live if overlap(start, end, *d.span)]
    if layer not in SPANNING:
        return any(d.act == act for d in meeting), False, False
    so = any(d.span == (start, end) and match.proposed in (d.page, d.reading) for d in meeting)
    return bool(meeting), any(s < start or e > end for s, e in (d.span for d in meeting)), so


def _answered(edition: Edition, text: str, wanted: Wanted, match: Match) -> suggestions.Kept | None:
    """The open suggestion about just the span of a match, the one that proposes what is wanted before others."""
    if act_of(wanted.act).layer != "text":
        return None
    found = suggestions.about(edition.db, text, match.start, match.end)
    if wanted.like is None:
        found = [k for k in found if k.suggestion.kind not in PROPOSED_ZONES]  # a zone is no answer about a word
    else:
        found = [k for k in found if k.suggestion.kind == wanted.like.kind] or found
    return next((k for k in found if _first(k) == match.proposed), found[0] if found else None)


def _first(kept: suggestions.Kept) -> str | None:
    return kept.suggestion.candidates[0].text if kept.suggestion.candidates else None


def _alike(
    edition: Edition, stretch: Stretch, wanted: Wanted, like: Suggestion, step: Callable[[int], None]
) -> Iterator[Match]:
    """The open suggestions of a stretch that propose the same about the same, as matches."""
    row = texts.text_row(edition.db, stretch.text)
    new = None if wanted.replacement is None else plain_replacement(wanted.replacement)
    for kept in suggestions.alike(edition.db, stretch, like):
        start, end = kept.suggestion.start, kept.suggestion.end
        low, high = max(stretch.start, start - CONTEXT), min(stretch.end, end + CONTEXT)
        around = texts.fragment(edition.db, row.id, low, high)
        yield Match(
            start=start, end=end, line=texts.line_of(edition.db, row.id, start) + 1, before=around.raw(low, start),
            quote=around.raw(start, end), after=around.raw(end, high), proposed=new, plan=None,
        )  # fmt: skip
    step(library.line_count(edition, stretch))


def apply(
    edition: Edition, series: Series, ticked: Collection[int], person: Person,
    progress: Callable[[int, int], None] | None = None,
) -> list[Entry]:  # fmt: skip
    """Record the ticked places as one batch or not at all; raises RefusedError where one was decided meanwhile."""
    if not ticked:
        return []
    batch = journal.new_batch()
    made = []
    with edition.writing():
        for done, number in enumerate(sorted(ticked)):
            if progress is not None:
                progress(done, len(ticked))
            member = series.members[number]
            try:
                made.append(deciding.record(edition, record_of(series, member), person, batch=batch))
            except RefusedError as error:
                raise RefusedError(
                    N_("{title}, line {line}: {error}. Nothing of the series was recorded"),
                    title=member.document.title, line=member.line, error=error,
                ) from error  # fmt: skip
    return made


def record_of(series: Series, member: Member) -> dict[str, Any]:
    """What one place of a series asks to be recorded."""
    wanted = series.wanted
    asked: dict[str, Any] = {
        "act": wanted.act, "transcript": member.text, "start": member.start, "end": member.end,
        "seen": list(series.heads), **wanted.more, **member.record,
    }  # fmt: skip
    if member.suggestion is not None:
        asked["suggestion"] = member.suggestion
    if asked["act"] == "accept" and not member.agrees:
        asked["act"] = "edit"
    if asked["act"] == "keep":  # of what is restored, the classes of a change say nothing
        asked = {name: value for name, value in asked.items() if name not in _CLASSES}
    return asked


def remember(edition: Edition, quote: str, document: str | None, person: Person) -> Entry:
    """Take a quote for right wherever it stands, in one document or in the edition, instead of ticking its places."""
    one_word = regex.fullmatch(r"[\w’'-]+", quote) is not None
    asked = {"act": "word", "word": quote} if one_word else {"act": "keep_all", "pattern": quote}
    scope = {"scope": "edition"} if document is None else {"scope": "document", "document": document}
    return deciding.record_all(edition, [{**asked, **scope}], person)[0]
