"""What a suggester is given and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from workbench.core.suggestion import Suggestion
from workbench.core.text import Text, overlap
from workbench.lexicon import Lexicon
from workbench.suggest.channel import Channel, Counts

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

_PRIOR = 300.0
"""So many readings of a letter the prior weighs as much as."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Context:
    """A text with what the edition knows. Suggesters read it and change nothing."""

    text: Text
    lexicon: Lexicon | None = None
    """None: there is no word list for this language; suggesters that need one say nothing."""
    edition_words: Mapping[str, int] = field(default_factory=dict)
    """Words of the edition's other texts, lower case, with how often they stand there."""
    accepted_words: frozenset[str] = frozenset()
    """Words, lower case, that a person accepted as right."""
    confusions: Counts = field(default_factory=dict)
    """What the machine read, what persons found the page to have, how often."""
    decided: Mapping[str, float] = field(default_factory=dict)
    """How often the machine read something, rightly or not, in the words that persons decided about."""
    corrected: Counts = field(default_factory=dict)
    """Words as they stood -> what persons found the page to have, themselves included -> how often."""
    witnesses: tuple[tuple[str, str], ...] = ()
    """Other readings of the same text: name and content of each."""
    quiet_spans: tuple[tuple[int, int], ...] = ()
    """Spans in which nothing is proposed: handwriting, running heads."""

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words in order, none of them holding markup."""
        return tuple(self._tokens())

    def _tokens(self) -> Iterator[Token]:
        marks = self.text.markup
        at = 0
        for m in WORD.finditer(self.text.content):
            while at < len(marks) and marks[at].end <= m.start():
                at += 1
            if at < len(marks) and marks[at].start < m.end():
                continue
            yield Token(m[0], m.start(), m.end())

    @cached_property
    def own_words(self) -> Mapping[str, int]:
        """Words of this text, lower case, with their number."""
        counts: dict[str, int] = {}
        for token in self.tokens:
            low = token.text.lower()
            counts[low] = counts.get(low, 0) + 1
        return counts

    def learnt(self, prior: Channel) -> Channel:
        """The prior's rates after what persons decided in this edition."""
        if not self.confusions:
            return prior
        return prior.moved(self.confusions, self.decided, strength=_PRIOR)

    def seen(self, word: str) -> int:
        """How often a word stands in the edition, this text included."""
        low = word.lower()
        return self.own_words.get(low, 0) + self.edition_words.get(low, 0)

    def quiet(self, start: int, end: int) -> bool:
        return any(overlap(start, end, s, e) for s, e in self.quiet_spans)

    def line(self, offset: int) -> int:
        """Number of a line, from 1."""
        return self.text.line_at(offset) + 1


class Suggester(Protocol):
    """A named, versioned rule or model. It never sees the journal and decides nothing."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def suggest(self, context: Context) -> Iterable[Suggestion]: ...
