"""Measures the journal: does an edition of a million entries cost what one of a thousand does?

    python -m benchmarks.journal                 # prints the tables
    python -m benchmarks.journal --write         # into docs/benchmarks.md, too
    python -m benchmarks.journal --entries N     # of an edition of N entries, a multiple of 100,000

One edition grows to its full size and is copied on the way. Times are processor time of the program and the system,
medians; what is compared is measured in turns.
"""

from __future__ import annotations

import gc
import hashlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import archive
from benchmarks.archive import ENTRIES, TOGETHER, Page, Team
from workbench.core.entry import TAG, Decision
from workbench.services import deciding, history, library, merging, persons
from workbench.services.edition import DATABASE, Edition, init, open_edition
from workbench.store import connection, entries, journal, suggestions, texts, verify
from workbench.store.journal import Author

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks.md"
FULL = 1_000_000
LEAST = ENTRIES * TOGETHER
"""Entries of the edition that everything is compared with."""
OPENINGS = 60
PROCESSES = 10
APPENDS = 600
NEW = (100, 1_000, 10_000)
"""Entries that a merge brings."""
_ROWS = 36
"""Of a history screen."""
_BLOCK = re.compile(r"<!-- journal -->.*<!-- end of journal -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value beside what it is compared with."""

    what: str
    value: float
    unit: str
    beside: str
    """What it is compared with."""
    other: float
    ratio: float
    """Or, where the bound is a difference, that."""
    bound: float | None = None
    """None: measured, nothing is asked of it."""

    def row(self) -> list[str]:
        held = "" if self.bound is None else "ok" if self.ratio <= self.bound else "NOT"
        asked = "" if self.bound is None else f"{self.bound:g}"
        return [self.what, f"{self.value:,.4g} {self.unit}", self.beside, f"{self.other:,.4g} {self.unit}",
                f"{self.ratio:,.3g}", asked, held]  # fmt: skip


def clocked(act: Callable[[], object]) -> float:
    """Processor seconds of an act."""
    began = time.process_time()
    act()
    return time.process_time() - began


# editions


def build(folder: Path, sizes: Sequence[int], told: Callable[[str], None] = lambda words: None) -> dict[int, Path]:
    """An edition that grows to the largest size, and a copy of it at each of the others: their folders."""
    found = {size: folder / f"of-{size}" for size in sizes}
    with init(found[max(sizes)]) as edition:
        edition.db.execute("PRAGMA synchronous = OFF")
        edition.db.execute("PRAGMA cache_size = -500000")
        team = Team(edition)
        for first in range(1, max(sizes) // ENTRIES + 1, TOGETHER):
            team.work(range(first, first + TOGETHER))
            made = (first - 1 + TOGETHER) * ENTRIES
            if made % 50_000 == 0:
                told(f"{made:,} entries")
            if made in found and made != max(sizes):
                copy(edition, found[made])
    return found


def copy(edition: Edition, folder: Path) -> Path:
    """A copy of an edition as it stands, as somebody takes it along; the transcripts are shared."""
    folder.mkdir()
    (folder / "transcripts").symlink_to(edition.transcripts.resolve())
    connection.close(connection.snapshot(edition.db, folder / DATABASE))
    return folder


def forked(source: Path, folder: Path) -> Path:
    """The same of an edition that nobody has open."""
    folder.mkdir()
    (folder / "transcripts").symlink_to((source / "transcripts").resolve())
    shutil.copyfile(source / DATABASE, folder / DATABASE)
    return folder


def pages(edition: Edition, count: int, draw: random.Random, *, open_ones: bool = False) -> list[Page]:
    """Documents drawn by lot; `open_ones`: none that is approved."""
    rows = texts.all_texts(edition.db)
    found = []
    for row in draw.sample(rows, len(rows)):
        number = int(row.name[7:12])
        if not (open_ones and archive.approved(number)):
            found.append(archive.page_of(number, row.sha, texts.whole_text(edition.db, row.sha).content))
        if len(found) == count:
            break
    return found


# opening the history of a document


def openings(small: Path, big: Path, count: int = OPENINGS, processes: int = PROCESSES) -> list[Figure]:
    """Opening the history of one document, over all entries there are."""
    draw = random.Random(1)
    first: dict[Path, list[float]] = {small: [], big: []}
    again: dict[Path, list[float]] = {small: [], big: []}
    whole: dict[Path, list[float]] = {small: [], big: []}
    known: dict[Path, list[str]] = {}
    for folder in first:
        with open_edition(folder) as edition:
            known[folder] = library.ids(edition)
    for _ in range(count):
        for folder, documents in known.items():
            one = draw.choice(documents)
            began = time.process_time()
            with open_edition(folder) as edition:
                opened(edition, one)
                first[folder].append(time.process_time() - began)
                again[folder].append(clocked(partial(opened, edition, one)))
    for _ in range(processes):
        for folder, documents in known.items():
            whole[folder].append(process(["-C", str(folder), "log", draw.choice(documents)]))
    told = "of a document, from the file to a screenful"
    return [
        _against("history " + told, first, small, big),
        _against("history of a document that was open", again, small, big),
        _against("`workbench log DOC`, the process", whole, small, big),
    ]


def opened(edition: Edition, document: str) -> None:
    """What the history screen does until it is painted."""
    seqs = history.choose(edition, document=document, order="newest")
    for seq in seqs[:_ROWS]:
        history.event(edition, seq)
    library.heading(edition, document)


def process(arguments: Sequence[str]) -> float:
    """Processor seconds of the program as a process."""
    command = [sys.executable, "-m", "workbench", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {running.returncode}")
    return used.ru_utime + used.ru_stime


def _against(what: str, times: dict[Path, list[float]], small: Path, big: Path) -> Figure:
    value, other = (1000 * median(times[folder]) for folder in (big, small))
    return Figure(what, value, "ms", f"{LEAST:,} entries in all", other, value / other, 1.5)


# verify


def verified(big: Path, repeats: int = 3) -> list[Figure]:
    """Verify, beside a loop that hashes the same bytes in memory."""
    with closing(connection.connect(big / DATABASE, read_only=True)) as db:
        rows = db.execute("SELECT CAST(parents AS BLOB), CAST(body AS BLOB) FROM entries ORDER BY seq")
        hashed = [TAG + parents + b"\0" + body for parents, body in rows]

    def loop() -> None:
        for one in hashed:
            hashlib.sha256(one).hexdigest()

    def check() -> None:
        with closing(connection.connect(big / DATABASE, read_only=True)) as db:
            if wrong := list(verify.problems(db)):
                raise RuntimeError(str(wrong[0]))

    gc.freeze()  # what lies in memory only to be hashed shall not be looked through
    floor, times = [], []
    for _ in range(repeats):
        floor.append(clocked(loop))
        times.append(clocked(check))
    return [
        Figure("verify", median(times), "s", "a loop of sha256, in memory", median(floor),
               median(times) / median(floor), 6)
    ]  # fmt: skip


# merging


def merged(bases: Sequence[Path], scratch: Path, new: Sequence[int] = NEW) -> list[Figure]:
    """Merging forks: the cost of a new entry, whatever is there and however many come."""
    least, most = bases[0], bases[-1]
    each: dict[tuple[int, Path], float] = {}
    with _forks(bases, scratch) as forks:
        for count in new:
            times: dict[Path, list[float]] = {base: [] for base in bases}
            for _ in range(max(1, 1_000 // count)):
                for base, (ours, theirs) in forks.items():
                    ours.write(count // 10)
                    theirs.write(count)
                    times[base].append(clocked(lambda: merging.merge(ours.edition, theirs.edition.folder)) / count)  # noqa: B023
            each |= {(count, base): 1e6 * median(times[base]) for base in bases}
    found = []
    for count in new:
        for base in bases[1:]:
            value, other = each[count, base], each[count, least]
            bound = 1.5 if base == most else None
            what = f"merge of {count:,} onto {_size(base):,}, for each"
            found.append(Figure(what, value, "µs", f"onto {_size(least):,}", other, value / other, bound))
    value, other = each[new[-1], most], each[new[0], most]
    what = f"merge of {new[-1]:,} onto {_size(most):,}, for each"
    return [*found, Figure(what, value, "µs", f"of {new[0]:,}", other, value / other, 1.5)]


@dataclass(slots=True)
class Copy:
    """A copy of an edition that people work on."""

    edition: Edition
    team: Team
    pages: list[Page]
    draw: random.Random

    def write(self, count: int) -> None:
        with connection.writing(self.edition.db):
            self.team.look_again(self.pages, count, self.draw)


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


def worked_on(folder: Path, seed: int, count: int = 500, *, open_ones: bool = False) -> Copy:
    edition, draw = open_edition(folder), random.Random(seed)
    # Two people who go on at the same second would make the same entry.
    team = Team(edition, began=datetime(2024, 1, 1, 9 + seed))
    return Copy(edition, team, pages(edition, count, draw, open_ones=open_ones), draw)


def _size(folder: Path) -> int:
    return int(folder.name.rpartition("-")[2])


# appending


def appended(small: Path, big: Path, scratch: Path, count: int = APPENDS) -> list[Figure]:
    """One decision that is on the disk when it returns, beside the bare insert of the same bytes."""
    copies = {base: worked_on(forked(base, scratch / f"c-{base.name}"), 3, open_ones=True) for base in (small, big)}
    store: dict[Path, list[float]] = {small: [], big: []}
    service: dict[Path, list[float]] = {small: [], big: []}
    bare: list[float] = []
    turn, work = 20, {base: _Work(one) for base, one in copies.items()}
    with closing(_bare(scratch / "bare.db")) as floor:
        for _ in range(count // turn):
            for base in copies:
                store[base] += work[base].appended(turn)
                service[base] += work[base].recorded(turn)
            rows = copies[big].edition.db.execute(
                "SELECT id, parents, lamport, body FROM entries ORDER BY seq DESC LIMIT ?", (turn,)
            )
            bare += [clocked(partial(_insert, floor, row)) for row in rows.fetchall()]
    for one in copies.values():
        one.edition.close()
        shutil.rmtree(one.edition.folder)
    beside, least = "a bare insert", 1e6 * median(bare)
    found = []
    for what, times in (("append of the store", store), ("decision as a key records it", service)):
        for base in (small, big):
            value = 1e6 * median(times[base])
            name = f"{what}, onto {_size(base):,}"
            found.append(Figure(name, value, "µs", beside, least, value - least, 300))
    return found


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
    """A transcriber who accepts suggestions, so many a turn, and takes them back unmeasured: none ever runs out."""

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
        """Open suggestions of documents that are not approved, drawn by lot."""
        found: dict[str, tuple[Page, suggestions.Kept]] = {}
        while len(found) < count:
            page = self._copy.draw.choice(self._copy.pages)
            waiting = suggestions.within(self._copy.edition.db, page.text, 0, len(page.content))
            kept = self._copy.draw.choice(waiting)
            found[kept.id] = page, kept
        return list(found.values())
