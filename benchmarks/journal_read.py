"""What is read of a journal: the history of a document, and all of it to be verified."""

from __future__ import annotations

import gc
import hashlib
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.copies import LEAST
from benchmarks.figures import Figure, clocked
from workbench.core.entry import TAG
from workbench.services import library
from workbench.services.edition import DATABASE, Edition, open_edition
from workbench.services.looking_back import history
from workbench.services.verification import verifying
from workbench.store import connection, verify
from workbench.store.verify import Problem

OPENINGS = 60
PROCESSES = 10
_ROWS = 36
"""Of a history screen."""


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
    return Figure(what, value, "ms", f"{LEAST:,} entries in all", other, 1.5)


def verified(big: Path, repeats: int = 3) -> list[Figure]:
    """Verifying, beside a loop that hashes the same bytes in memory.

    The full verification has SQLite check the file in a program of its own: what a person waits for is compared, and
    what both spend is shown.
    """
    with closing(connection.connect(big / DATABASE, read_only=True)) as db:
        rows = db.execute("SELECT CAST(parents AS BLOB), CAST(body AS BLOB) FROM entries ORDER BY seq")
        hashed = [TAG + parents + b"\0" + body for parents, body in rows]

    def loop() -> None:
        for one in hashed:
            hashlib.sha256(one).hexdigest()

    def plain() -> None:
        with closing(connection.connect(big / DATABASE, read_only=True)) as db:
            _sound(list(verify.problems(db)))

    def full() -> None:
        with open_edition(big) as edition:
            _sound(verifying.check(edition, full=True).problems)

    gc.freeze()  # what lies in memory only to be hashed shall not be looked through
    spent, waited = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for _ in range(repeats):
        spent["loop"].append(clocked(loop))
        spent["plain"].append(clocked(plain))
        waited["loop"].append(elapsed(loop))
        before = os.times()
        waited["full"].append(elapsed(full))
        spent["full"].append(sum(os.times()[:4]) - sum(before[:4]))  # of the program, of the system, and of children
    least, beside = median(spent["loop"]), "a loop of sha256, in memory"
    by_the_clock = median(waited["full"]), "s", beside, median(waited["loop"])
    return [
        Figure("verify", median(spent["plain"]), "s", beside, least, 6),
        Figure("verify --full, by the clock on the wall", *by_the_clock, 30),
        Figure("verify --full, both its programs", median(spent["full"]), "s", beside, least),
    ]


def _sound(problems: Sequence[Problem]) -> None:
    if problems:
        raise RuntimeError(f"the edition that was made is not sound: {problems[0]}")


def elapsed(act: Callable[[], object]) -> float:
    """Seconds that somebody waits for an act."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
