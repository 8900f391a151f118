"""Counting the words and signs of a document or an edition, on the reading, so that what was decided shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.core.documents import Stretch
from workbench.core.entry import Entry
from workbench.core.pieces import Fragment, replay
from workbench.services import library
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.words import word_lexicon
from workbench.services.words.word_tally import WORD, Tally, composed
from workbench.store import added_lines, entries, suggestions, texts

_LINES = 2000  # counted at once


class Range(NamedTuple):
    """Some lines that were counted together; they cut no decision."""

    document: int
    """Number of the document in the list, from 1."""
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What stands in some documents; words are in their composed form."""

    words: Mapping[str, int]
    raw_forms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """What stands for a word in the raw text, where that is something else, and how often."""
    pairs: Mapping[str, int] = field(default_factory=dict)
    """Two words and the blank between them, where the two together are a word as well."""
    signs: Mapping[str, int] = field(default_factory=dict)
    open: Mapping[str, int] = field(default_factory=dict)
    """Words that open suggestions are about."""
    changed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """What words of the raw text were decided to read, and how often; themselves where they were kept."""
    last: Mapping[str, str] = field(default_factory=dict)
    """What each of them was changed to last."""
    right: Mapping[str, str] = field(default_factory=dict)
    """Words accepted as right, with the scope."""
    unknown: frozenset[str] | None = None
    """Words that no lexicon of these documents knows; None where one of them has none."""
    ranges: Sequence[Range] = ()
    where: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Indexes of the first ranges that a word or a pair stands in."""
    where_signs: Mapping[str, Sequence[int]] = field(default_factory=dict)


def count(
    edition: Edition, documents: Sequence[Heading], progress: Callable[[int, int], None] | None = None
) -> Counted:
    """Count some documents; `progress(done, total)` counts lines and may raise to stop."""
    tally, parts, ranges = Tally(), list[str](), list[Range]()
    conflict = entries.in_conflict(edition.db)
    total, done = sum(library.lines(edition, d.id) for d in documents), 0
    for document in documents:
        for stretch in library.stretches(edition, document.id):
            for kept in suggestions.within(edition.db, stretch.text, stretch.start, stretch.end):
                tally.open.update(map(composed, WORD.findall(kept.suggestion.quote)))
            for lines, some in _ranges(edition, stretch):
                if progress is not None:
                    progress(done, total)
                done += lines
                fragment, live = _material(edition, some)
                parts.append(tally.add(fragment, replay(fragment, live, in_conflict=conflict)))
                ranges.append(Range(document.number, some))
    tally.compose()
    solid = frozenset(word.replace("-", "").casefold() for word in tally.words)
    for number, part in enumerate(parts):
        if progress is not None:
            progress(total, total)
        tally.pair(number, part, solid)
    return Counted(
        words=tally.words, raw_forms=tally.raw_forms, pairs=tally.pairs, signs=tally.signs, open=tally.open,
        changed=tally.changed, last=tally.last, right=_right(edition, documents),
        unknown=word_lexicon.unknown(edition, documents, tally.words), ranges=ranges, where=tally.where,
        where_signs=tally.where_signs,
    )  # fmt: skip


def _ranges(edition: Edition, stretch: Stretch) -> Iterator[tuple[int, Stretch]]:
    """A stretch in ranges of whole lines that cut no decision, each with its number of lines."""
    db, row = edition.db, texts.text_row(edition.db, stretch.text)
    line, low = texts.line_of(db, row.id, stretch.start), stretch.start
    last = line + library.raw_line_count(edition, stretch)
    if line == last:  # of a text without lines only what persons added is counted
        yield library.line_count(edition, stretch), stretch
    while line < last:
        after, high = min(line + _LINES, last), stretch.end
        while after < last:
            (high,) = texts.line_starts(db, row.id, after, after + 1)
            live = entries.live_at(db, row.sha, "text", high, high)
            if not any(s < high < e for s, e in (one.decision.span for one in live)):
                break
            after, high = after + 1, stretch.end
        yield after - line, Stretch(stretch.text, low, high)
        line, low = after, high


def _material(edition: Edition, some: Stretch) -> tuple[Fragment, list[Entry]]:
    """The text of a range and its decisions; what was put in where the range ends belongs to the next one."""
    db, row = edition.db, texts.text_row(edition.db, some.text)
    live = entries.live_at(db, some.text, "text", some.start, some.end)
    inside = [e for e in live if some.holds(e.decision.span[0], row.length)]
    inside += added_lines.live_within(db, some, row.length)
    return texts.fragment(db, row.id, some.start, some.end), inside


def _right(edition: Edition, documents: Sequence[Heading]) -> dict[str, str]:
    """Words accepted for the edition, and for the document where one alone is counted."""
    own = documents[0].id if len(documents) == 1 else None
    found: dict[str, str] = {}
    for entry in entries.effective(edition.db, "memory"):
        data = entry.decision.data
        if entry.decision.act == "word" and (data["scope"] == "edition" or data.get("document") == own):
            word = composed(str(data["word"]))
            found[word] = "edition" if found.get(word) == "edition" else str(data["scope"])
    return found
