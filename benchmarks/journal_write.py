"""What is written into a journal: single decisions, each on the disk when its key returns, and what merges bring."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks import archive
from benchmarks.archive import Page
from benchmarks.copies import Copy, forked, size, worked_on
from benchmarks.figures import Figure, clocked
from workbench.core.entry import Decision
from workbench.services import deciding, persons
from workbench.services.exchange import merging
from workbench.store import entries, journal, suggestions
from workbench.store.journal import Author

APPENDS = 600
NEW = (100, 1_000, 10_000)
"""Entries that a merge brings."""
_TURN = 12


def merged(bases: Sequence[Path], scratch: Path, new: Sequence[int] = NEW) -> list[Figure]:
    """Merging forks: the cost of an entry that is new, whatever is there and however many come."""
    each: dict[tuple[int, Path], float] = {}
    with _forks(bases, scratch) as forks:
        for count in new:
            times: dict[Path, list[float]] = {base: [] for base in bases}
            for _ in range(max(2, 1_000 // count)):
                for base, (ours, theirs) in forks.items():
                    ours.write(count // 10)
                    theirs.write(count)
                    times[base].append(clocked(partial(merging.merge, ours.edition, theirs.edition.folder)) / count)
            each |= {(count, base): 1e6 * median(times[base]) for base in bases}
    found = []
    for count in new:
        for less, base in pairwise(bases):
            what = f"merge of {count:,} onto {size(base):,}, an entry"
            found.append(Figure(what, each[count, base], "µs", f"onto {size(less):,}", each[count, less], 1.5))
    what = f"merge of {new[-1]:,} onto {size(bases[-1]):,}, an entry"
    return [*found, Figure(what, each[new[-1], bases[-1]], "µs", f"of {new[0]:,}", each[new[0], bases[-1]], 1.5)]


@contextmanager
def _forks(bases: Sequence[Path], scratch: Path) -> Iterator[dict[Path, tuple[Copy, Copy]]]:
    found: dict[Path, tuple[Copy, Copy]] = {}
    for base in bases:
        ours, theirs = (scratch / f"{side}-{base.name}" for side in ("ours", "theirs"))
        found[base] = worked_on(forked(base, ours), 1), worked_on(forked(base, theirs), 2)
    try:
        yield found
    finally:
        for two in found.values():
            for one in two:
                one.edition.close()
                shutil.rmtree(one.edition.folder)


# appending


def appended(small: Path, big: Path, scratch: Path, count: int = APPENDS) -> list[Figure]:
    """One decision that is on the disk when it returns, beside the bare insert of the same bytes."""
    copies = {base: worked_on(forked(base, scratch / f"c-{base.name}"), 3, open_ones=True) for base in (small, big)}
    work = {base: _Work(one) for base, one in copies.items()}
    turns: dict[tuple[str, Path], list[float]] = defaultdict(list)
    with closing(_bare(scratch / "bare.db")) as floor:
        for _ in range(count // _TURN):
            for base, one in work.items():
                turns["append of the store", base].append(median(one.appended(_TURN)))
                turns["decision as a key of the desk records it", base].append(median(one.recorded(_TURN)))
            last = "SELECT id, parents, lamport, body FROM entries ORDER BY seq DESC LIMIT ?"
            rows = copies[big].edition.db.execute(last, (_TURN,)).fetchall()
            turns["bare", scratch].append(median([clocked(partial(_insert, floor, row)) for row in rows]))
    for copy in copies.values():
        copy.edition.close()
        shutil.rmtree(copy.edition.folder)
    least = _quiet(turns.pop(("bare", scratch)))
    return [
        Figure(f"{what}, onto {size(base):,}", _quiet(times), "µs", "a bare insert", least, 300, over=True)
        for (what, base), times in turns.items()
    ]


def _quiet(turns: Sequence[float]) -> float:
    """Microseconds in the turns in which little else was at work on the machine: a quarter of them."""
    return 1e6 * sorted(turns)[len(turns) // 4]


def _bare(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, id TEXT, parents TEXT, lamport INTEGER, body TEXT)")
    return db


def _insert(db: sqlite3.Connection, row: tuple[object, ...]) -> None:
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO entries (id, parents, lamport, body) VALUES (?, ?, ?, ?)", row)
    db.execute("COMMIT")


class _Work:
    """A transcriber who goes through a document, and then through another, and accepts what is suggested.

    Each turn is taken back, unmeasured, so that suggestions never run out.
    """

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._who = persons.known(copy.edition, archive.PEOPLE[0])

    def appended(self, count: int) -> list[float]:
        """Seconds of each decision that the store appends."""
        edition, team, times, made = self._copy.edition, self._copy.team, [], []

        def append(decision: Decision, author: Author) -> None:
            with edition.writing() as db:
                made.append(journal.append(db, decision, author))

        for page, kept in self._places(count):
            s = kept.suggestion
            decision = archive.about(
                page, "accept", s.start, s.end, page=s.candidates[0].text, page_class="ocr", ground="internal",
                suggestion=s.provenance(),
            )  # fmt: skip
            times.append(clocked(partial(append, decision, team.author(archive.PEOPLE[0]))))
        with edition.writing():
            team.revert(archive.PEOPLE[0], made)
        return times

    def recorded(self, count: int) -> list[float]:
        """Seconds of each decision that a key of the desk has recorded."""
        edition, times, made = self._copy.edition, [], []

        def record(asked: dict[str, object]) -> None:
            made.extend(deciding.record_all(edition, [asked], self._who))

        for page, kept in self._places(count):
            s = kept.suggestion
            asked = {
                "transcript": page.text, "start": s.start, "end": s.end, "act": "accept", "suggestion": kept.id,
                "seen": list(entries.heads(edition.db)),
            }  # fmt: skip
            times.append(clocked(partial(record, asked)))
        deciding.revert_all(edition, [e.id for e in made], self._who)
        return times

    def _places(self, count: int) -> list[tuple[Page, suggestions.Kept]]:
        """The open suggestions with which a document goes on, one after the other."""
        while True:
            page = self._copy.draw.choice(self._copy.pages)
            waiting = suggestions.within(self._copy.edition.db, page.text, 0, len(page.content))
            if len(waiting) >= count:
                return [(page, kept) for kept in waiting[:count]]
