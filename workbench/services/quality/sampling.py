"""Samples of an edition: drawn, looked at blind, and what they say of the text that nobody looked at again.

A sample is an entry with the lines that were drawn; each answer is an entry of its own, so a sample is gone on with
where it was left, merged like all work, and an answer taken back like any decision.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial

from rapidfuzz.distance import Levenshtein

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.line_reading import vouched
from workbench.core.measure import clusters
from workbench.core.sampling import Estimate, Stratum, draw, estimate
from workbench.core.states import STATES, stated
from workbench.i18n import N_
from workbench.services import library, moments, persons, states
from workbench.services.edition import Edition
from workbench.services.looking_back import past
from workbench.services.looking_back.past import PastLine
from workbench.services.persons import Person, author
from workbench.store import entries, journal, texts, vouching


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A line of a sample."""

    number: int
    """In the sample, from 0."""
    document: str
    text: str
    start: int
    added: str
    """Id of the line if a person added it."""
    hash: str
    """Of its reading when it was drawn."""
    characters: int
    stratum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample with the answers so far."""

    entry: Entry
    lines: tuple[Drawn, ...]
    answers: dict[int, Entry]
    """By the number of the line."""

    @property
    def id(self) -> str:
        return self.entry.id[:12]

    @property
    def open(self) -> list[Drawn]:
        """The lines that nobody has answered yet."""
        return [line for line in self.lines if line.number not in self.answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line of a sample as it is looked at: blind, but with its place, or nobody could find it on the page."""

    document: str
    number: int | None
    """In its transcript, from 1; None for an added line."""
    before: str
    reading: str
    after: str
    """The lines around it that are not empty, as they read."""
    added: Entry | None
    """Of a line that a person added the entry that says what it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """How much text there is to draw from."""

    characters: int
    """Grapheme clusters."""
    lines: int
    strata: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a sample says of one stratum."""

    person: str
    """Name; empty where nobody decided or read."""
    flagged: bool
    stratum: Stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a sample says."""

    estimate: Estimate | None
    strata: tuple[Found, ...]
    looked_at: int
    """Lines."""
    lines: int
    characters: int
    """Looked at, grapheme clusters."""
    errors: int
    wrong: tuple[tuple[Drawn, str], ...]
    """Lines in which errors were found, with what should stand there."""


def lines(edition: Edition, documents: Collection[str]) -> Iterator[tuple[str, PastLine, str, bool]]:
    """Lines that are not empty, as (document, line, id of who worked on it last, was anything flagged in it?)."""
    now, one = moments.present(edition), persons.counting(edition)
    for document in documents:
        found = past.lines(edition, document, now)
        flagged = _flagged(edition, found)
        marks = {
            (e.decision.text, e.decision.start): e
            for s in library.stretches(edition, document)
            for e in entries.live_at(edition.db, s.text, "read", s.start, s.end)
        }
        for line in found:
            if line.reading.strip():
                made = [e for run in line.runs for e in run.entries]
                mark = marks.get((line.text, line.start)) if line.number is not None else None
                last = max([*made, *([mark] if mark else [])], key=lambda e: e.key, default=None)
                yield document, line, one(last.person) if last else "", bool(made) or line.key in flagged


def _flagged(edition: Edition, found: list[PastLine]) -> set[tuple[int, int | str]]:
    """Keys of the lines about which anything was suggested."""
    by_text: dict[str, list[PastLine]] = defaultdict(list)
    for line in found:
        if line.number is not None:
            by_text[line.text].append(line)
    keys = set()
    for text, some in by_text.items():
        starts = [line.start for line in some]
        for (start,) in edition.db.execute("SELECT start FROM suggestions WHERE text = ?", (text,)):
            if start >= starts[0]:
                keys.add(some[bisect_right(starts, start) - 1].key)
    return keys


def there_is(edition: Edition, documents: Collection[str]) -> Text:
    """How much text some documents have."""
    found = [(len(clusters(line.reading)), who, flagged) for _, line, who, flagged in lines(edition, documents)]
    strata = {(who, flagged) for _, who, flagged in found}
    return Text(characters=sum(count for count, _, _ in found), lines=len(found), strata=len(strata))


def finished(edition: Edition) -> list[str]:
    """Ids of the documents that somebody called transcribed, or that went on from there."""
    least = STATES.index("transcribed")
    said = states.said(edition)
    found = {d: stated(said[d], partial(vouching.digest, edition.db, d)) for d in library.ids(edition) if d in said}
    return [document for document, state in found.items() if state and STATES.index(state) >= least]


def make(edition: Edition, documents: Collection[str], characters: int, seed: int, person: Person) -> Sample:
    """Draw a sample of about so many characters; raises UsageError where there is nothing to draw from."""
    strata: dict[object, list[tuple[str, PastLine]]] = defaultdict(list)
    sizes: dict[object, int] = defaultdict(int)
    length = {}
    for document, line, who, flagged in lines(edition, documents):
        length[document, line.key] = len(clusters(line.reading))
        strata[who, flagged].append((document, line))
        sizes[who, flagged] += length[document, line.key]
    if not strata:
        raise UsageError(N_("there is no line to draw from"))
    order = sorted(strata, key=str)
    number = {key: n for n, key in enumerate(order)}
    of = {(d, line.key): number[key] for key, some in strata.items() for d, line in some}
    drawn = draw({key: strata[key] for key in order}, lambda one: length[one[0], one[1].key], characters, seed)
    data = {
        "seed": seed, "strata": [[*map(_plain, key), sizes[key]] for key in order if isinstance(key, tuple)],
        "lines": [
            [d, line.text, line.start, line.key[1] if line.number is None else "", vouched(line.reading),
             length[d, line.key], of[d, line.key]]
            for d, line in drawn
        ],
    }  # fmt: skip
    with edition.writing() as db:
        return sample(edition, journal.append(db, Decision(act="sample", data=data), author(person)).id)


def _plain(value: object) -> str | int:
    return int(value) if isinstance(value, bool) else str(value)


def every(edition: Edition) -> list[Entry]:
    """The samples that were drawn, in order."""
    return [e for e in entries.live(edition.db, "review") if e.decision.act == "sample"]


def sample(edition: Edition, prefix: str) -> Sample:
    """A sample by the beginning of its id."""
    entry = entries.one(edition.db, prefix)
    if entry.decision.act != "sample":
        raise UsageError(f"{prefix!r} is no sample")
    drawn = tuple(
        Drawn(number=n, document=d, text=text, start=start, added=added, hash=hash_, characters=count, stratum=stratum)
        for n, (d, text, start, added, hash_, count, stratum) in enumerate(entry.decision.data["lines"])
    )
    answers = {
        int(e.decision.data["line"]): e for e in entries.live(edition.db, "review")
        if e.decision.act == "sampled" and e.decision.data["sample"] == entry.id
    }  # fmt: skip
    return Sample(entry=entry, lines=drawn, answers=answers)


def shown(edition: Edition, some: Collection[Drawn]) -> dict[int, Shown]:
    """Lines of a sample in their places, by number, those left out that were changed since they were drawn."""
    found: dict[tuple[str, str, int], Shown] = {}
    for document in dict.fromkeys(line.document for line in some):
        if document in library.ids(edition):
            there = past.lines(edition, document, moments.present(edition))
            written = [one for one in there if one.reading.strip()]
            beside = ["", *(one.reading for one in written), ""]
            for n, one in enumerate(written):
                added = str(one.key[1]) if one.number is None else ""
                found[one.text, added, one.start] = Shown(
                    document=document,
                    number=one.number,
                    before=beside[n],
                    reading=one.reading,
                    after=beside[n + 2],
                    added=one.runs[0].entries[-1] if added else None,
                )
    now = {line.number: found.get((line.text, line.added, line.start)) for line in some}
    return {
        line.number: here for line in some
        if (here := now[line.number]) is not None and vouched(here.reading) == line.hash
    }  # fmt: skip


def answer(edition: Edition, drawn: Sample, number: int, truth: str | None, person: Person) -> Entry:
    """Say that a line is right (`truth` None), or what should stand there; raises RefusedError."""
    line = drawn.lines[number]
    here = shown(edition, [line]).get(number)
    if here is None:
        raise RefusedError(
            N_("line {number} of the sample reads otherwise since it was drawn: it is left out"), number=number
        )
    data: dict[str, object] = {"sample": drawn.entry.id, "line": number, "hash": line.hash, "errors": 0}
    if truth is not None and truth != here.reading:
        data |= {"truth": truth, "errors": Levenshtein.distance(clusters(here.reading), clusters(truth))}
    with edition.writing() as db:
        earlier = sample(edition, drawn.entry.id).answers.get(number)
        supersedes = frozenset({earlier.id}) if earlier else frozenset()
        return journal.append(db, Decision(act="sampled", data=data), author(person), supersedes=supersedes)


def report(edition: Edition, drawn: Sample) -> Report:
    """What the answers so far say."""
    names = persons.names(edition)
    looked: dict[int, int] = defaultdict(int)
    errors: dict[int, int] = defaultdict(int)
    wrong = []
    for number, entry in sorted(drawn.answers.items()):
        line = drawn.lines[number]
        looked[line.stratum] += line.characters
        errors[line.stratum] += int(entry.decision.data["errors"])
        if entry.decision.data["errors"]:
            wrong.append((line, str(entry.decision.data["truth"])))
    strata = tuple(
        Found(person=names.get(who, who), flagged=bool(flagged), stratum=Stratum(size, looked[n], errors[n]))
        for n, (who, flagged, size) in enumerate(drawn.entry.decision.data["strata"])
    )
    return Report(
        estimate=estimate([s.stratum for s in strata]), strata=strata, looked_at=len(drawn.answers),
        lines=len(drawn.lines), characters=sum(looked.values()), errors=sum(errors.values()), wrong=tuple(wrong),
    )  # fmt: skip


def line_number(edition: Edition, line: Drawn) -> int:
    """The number of a line in its transcript, from 1."""
    return texts.line_of(edition.db, texts.text_row(edition.db, line.text).id, line.start) + 1
