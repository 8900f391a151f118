"""What else could grow with a journal: what people ask of an edition, of a thousand entries and of a million."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from workbench.services import adding, deciding, library, moments, persons, printing, series
from workbench.services.edition import Edition, open_edition
from workbench.services.looking_back import history, past
from workbench.services.moments import Steps
from workbench.services.persons import Person
from workbench.services.quality import statistics
from workbench.services.reviewing import board, conflicts, review
from workbench.store import chronicle, entries, journal, texts

TIMES = 5


@dataclass(slots=True)
class Asked:
    """An edition at hand, with a document and a person of it."""

    edition: Edition
    person: Person
    document: str
    draw: random.Random

    def other(self) -> None:
        """Another document."""
        self.document = self.draw.choice(library.ids(self.edition))

    @property
    def text(self) -> str:
        return library.stretches(self.edition, self.document)[0].text


def _decided_long_ago(asked: Asked) -> None:
    """Decide again where somebody decided when the journal was young."""
    db = asked.edition.db
    text = library.stretches(asked.edition, library.ids(asked.edition)[2])[0].text
    old = entries.live_at(db, text, "text", 0, 2_000)[0].decision
    record = {"transcript": text, "start": old.start, "end": old.end, "act": "edit", "page": str(asked.draw.random()),
              "class": "ocr", "seen": list(entries.heads(db))}  # fmt: skip
    deciding.record_all(asked.edition, [record], asked.person)


def _bulk(asked: Asked) -> None:
    """A batch, for the next question to take back."""
    decisions = [{"transcript": asked.text, "start": n, "end": n + 1, "act": "check"} for n in range(20)]
    deciding.record_all(asked.edition, decisions, asked.person, batch=journal.new_batch())


def _described(asked: Asked) -> None:
    record = {"act": "describe", "document": asked.document, "fields": {"contents": str(asked.draw.random())}}
    deciding.record_all(asked.edition, [record], asked.person)


def _split(asked: Asked) -> None:
    row = texts.text_row(asked.edition.db, asked.text)
    record = {"act": "split", "document": asked.document, "transcript": row.sha, "start": row.length // 2}
    deciding.record_all(asked.edition, [record], asked.person)


def _step(asked: Asked) -> None:
    steps = Steps(asked.edition, asked.document)
    past.lines(asked.edition, asked.document, steps.at(len(steps) // 2))


def _read_as_of(asked: Asked, at: str) -> None:
    moment = moments.as_of(asked.edition, at)
    if moment.document(asked.document) is not None:
        past.lines(asked.edition, asked.document, moment)


def _long_ago(asked: Asked) -> None:
    _read_as_of(asked, next(entries.numbered(asked.edition.db, [500])).id)


def _approved(asked: Asked) -> None:
    edition = asked.edition
    other = next(e for e in entries.live_at(edition.db, asked.text, "text", 0, 10**9) if e.person != asked.person.id)
    since = entries.last_seq(edition.db)
    review.approve(edition, [other.id], asked.person)
    review.renewed(edition, since)


def _screen(asked: Asked) -> None:
    with open_edition(asked.edition.folder) as edition:
        library.totals(edition)
        for document in library.ids(edition)[:30]:
            library.listing(edition, document)


QUESTIONS: dict[str, Callable[[Asked], object]] = {
    "the first screen of the library": _screen,
    "a document by its file name": lambda a: library.resolve(a.edition, f"letter-{a.draw.randint(1, 10):05}"),
    "a document to be reviewed": lambda a: list(review.items(a.edition, library.headings(a.edition, a.document))),
    "a decision approved on the screen": _approved,
    "the statistics of a document": lambda a: statistics.statistics(a.edition, library.headings(a.edition, a.document)),
    "a document exported": lambda a: printing.export(a.edition, a.document, kind="reading"),
    "a step into a document's past": _step,
    "a document as of an entry of long ago": _long_ago,
    "a document as of a day": lambda a: _read_as_of(a, "2019-02-01"),
    "a decision upon one of long ago": _decided_long_ago,
    "a batch of 20 decisions": _bulk,
    "the batch taken back": lambda a: deciding.undo(a.edition, a.person),
    "the undo taken back": lambda a: deciding.redo(a.edition, a.person),
    "a description": _described,
    "a word taken for right everywhere": lambda a: series.remember(
        a.edition, f"слово{a.draw.random()}", None, a.person
    ),
    "a document split in two": _split,
    "that taken back": lambda a: deciding.undo(a.edition, a.person),
    "conflicts": lambda a: conflicts.every(a.edition),
}
"""What has to feel the same however large the edition is."""

SURVEYS: dict[str, Callable[[Asked], object]] = {
    "history of the edition, newest first": lambda a: history.choose(a.edition, order="newest"),
    "history of the edition, as in the text": lambda a: history.choose(a.edition, order="text"),
    "history of the edition, one act": lambda a: history.choose(a.edition, chronicle.Selection(act="revert")),
    "history of the edition, with a word": lambda a: history.choose(a.edition, chronicle.Selection(words="вале")),
    "the documents by name": lambda a: library.headings(a.edition),
    "the list of documents": lambda a: library.listings(a.edition),
    "the board": lambda a: list(board.posts(a.edition)),
    "sources looked at": lambda a: adding.changed_sources(a.edition),
    "what waits for review": lambda a: sum(1 for _ in review.items(a.edition, library.headings(a.edition))),
    "statistics": lambda a: statistics.statistics(a.edition, library.headings(a.edition)),
}
"""What looks at everything, and says how far it is."""


def measured(folder: Path, asks: dict[str, Callable[[Asked], object]], times: int = TIMES) -> dict[str, float]:
    """Processor seconds of each question, medians; it is asked once before, unmeasured."""
    found = {}
    with open_edition(folder) as edition:
        with edition.writing():
            person = persons.ensure(edition, "Жанна Белова")
        asked = Asked(edition, person, library.ids(edition)[0], random.Random(1))
        for name, ask in asks.items():
            spent = []
            for _ in range(times):
                asked.other()
                began = process_time()
                ask(asked)
                spent.append(process_time() - began)
            found[name] = median(spent)
    return found
