"""Double keying: what two persons made of one document, each alone, against each other; settling the differences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from workbench.core.entry import Decision
from workbench.core.errors import RefusedError
from workbench.core.line_reading import vouched
from workbench.core.measure import Rate, clusters
from workbench.i18n import N_
from workbench.services import deciding, moments, persons
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.services.looking_back import past
from workbench.services.looking_back.past import PastLine
from workbench.services.persons import Person, author
from workbench.services.reviewing import conflicts
from workbench.store import entries, journal, texts


@dataclass(frozen=True, slots=True)
class Differing:
    """A line that two persons made different things of."""

    one: PastLine
    other: PastLine
    now: str
    """How it reads now, with all decisions."""
    settled: bool
    """Did somebody else say that it is to read so?"""


@dataclass(frozen=True, slots=True)
class Collation:
    """Two passes over one document."""

    rate: Rate
    """CER of the second against the first, over grapheme clusters, line by line."""
    lines: tuple[Differing, ...]


def collate(edition: Edition, document: str, first: str, second: str) -> Collation:
    """What two persons, by any of their names, made of a document: each as if the other had decided nothing."""
    sides = [past.lines(edition, document, moments.by_person(edition, name)) for name in (first, second)]
    one, other = ({line.key: line for line in side} for side in sides)
    now = {line.key: line.reading for line in past.lines(edition, document, moments.present(edition))}
    two = frozenset[str]().union(*(persons.ids_of(edition, persons.known(edition, n).id) for n in (first, second)))
    errors = units = 0
    differing = []
    for key in dict.fromkeys([*one, *other]):
        a, b = one.get(key), other.get(key)
        truth, text = clusters(a.reading if a else ""), clusters(b.reading if b else "")
        units += len(truth)
        if truth != text:
            errors += Levenshtein.distance(truth, text)
            shown = a or b
            assert shown is not None
            empty = PastLine(shown.key, shown.text, shown.start, shown.number)
            reads = now.get(key, "")
            differing.append(Differing(a or empty, b or empty, reads, _settled(edition, shown, reads, two)))
    return Collation(Rate(errors, units), tuple(differing))


def _settled(edition: Edition, line: PastLine, reads: str, two: Collection[str]) -> bool:
    """Has somebody who is none of the two read the line as it reads now?"""
    marks = entries.live_at(edition.db, line.text, "read", line.start, line.start)
    return line.number is not None and any(
        m.decision.start == line.start and m.decision.data["hash"] == vouched(reads) and m.person not in two
        for m in marks
    )


def settle(edition: Edition, document: str, line: Differing, value: str, person: Person) -> None:
    """Let a line read so, as one batch: it counts as read by the person, what stands in it as approved.

    Raises RefusedError for a line that was added by one of the two.
    """
    if line.one.number is None:
        raise RefusedError(N_("this line was added by one of them: it is changed, or taken out, at the desk"))
    batch = journal.new_batch()
    desk = Desk(edition, document)
    row = desk.lines.row_of(line.one.text, line.one.start)
    if row is None:
        raise RefusedError(N_("this line is gone; look again"))
    for conflict in conflicts.every(edition):
        text, start, end = conflict.hull if conflict.sides[0].entry.decision.text else ("", 0, 0)
        if text == line.one.text and desk.lines.row_of(text, start) == row:
            # A place in conflict shows its raw text: kept as such first, then the line is rewritten as asked.
            conflicts.settle(edition, conflict, person, value=texts.raw(edition.db, text, start, end), batch=batch)
    desk = Desk(edition, document)
    desk.edit_line(row, value, person, batch=batch)
    text, start, end = desk.line_span(row)
    with edition.writing() as db:
        if value.strip():
            read = {"act": "read", "transcript": text, "start": start, "end": end, "hash": vouched(value)}
            deciding.record(edition, read, person, batch=batch)
        own = persons.ids_of(edition, person.id)
        others = frozenset(e.id for e in entries.live_at(db, text, "text", start, end) if e.person not in own)
        if others:
            journal.append(db, Decision(act="approve"), author(person), batch=batch, targets=others)
