"""What can be done with a word that was counted: seeing it in context, taking it for right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import regex

from workbench.core.entry import Entry
from workbench.services import deciding, matching, series
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.words.word_tally import composed
from workbench.services.words.words import Counted
from workbench.store import journal

_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChoice:
    """A word that somebody wants to see the places of."""

    word: str
    raw_forms: tuple[str, ...] = ()
    """What else stands for it in the raw text: its letters composed otherwise, or what was decided to read so."""
    pattern: bool = False
    """Is it a sign, looked for wherever it stands, and not a whole word?"""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The word, and its other compositions."""
        return self.word, *(raw for raw in self.raw_forms if composed(raw) == self.word)

    @property
    def expression(self) -> str:
        """The pattern that finds it in the reading, however its letters are composed."""
        if self.pattern:
            return series.exactly(self.word)
        return "|".join(series.words(spelling) for spelling in self.spellings)


class Example(NamedTuple):
    """One place of a word."""

    document: int
    """Number of the document in the list, from 1."""
    line: int
    before: str
    quote: str
    after: str


def examples(edition: Edition, counted: Counted, choice: WordChoice, *, raw: bool = False) -> list[Example]:
    """The first places of a word in the reading; `raw`: in the raw text, whatever it was decided to read there."""
    pattern = regex.compile(choice.expression)
    where = counted.where_signs if choice.pattern else counted.where
    words = (choice.word, *counted.changed.get(choice.word, ())) if raw else (choice.word,)
    found: list[Example] = []
    for number in sorted({number for word in words for number in where.get(word, ())}):
        document, stretch = counted.ranges[number]
        matches = matching.matches(edition, stretch, pattern, None, "raw" if raw else "reading", lambda lines: None)
        for m in islice(matches, _EXAMPLES - len(found)):
            found.append(Example(document, m.line, m.before, m.quote, m.after))
    return found


def accept(edition: Edition, choice: WordChoice, document: str | None, person: Person) -> list[Entry]:
    """Take a word for right wherever it stands in a document, or in the edition (None); its compositions together."""
    scope = {"scope": "edition"} if document is None else {"scope": "document", "document": document}
    asked = [{"act": "word", "word": word, **scope} for word in choice.spellings]
    return deciding.record_all(edition, asked, person, batch=journal.new_batch() if len(asked) > 1 else None)
