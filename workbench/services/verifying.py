"""Verifying an edition: is what was recorded as it was recorded, and does what is kept for speed follow from it?

Nothing is written, and all of it is seen at one moment, whatever others write meanwhile. SQLite checks the file in a
thread of its own, for it takes as long as everything else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.errors import VerifyError
from workbench.core.words import N_
from workbench.services.edition import Edition
from workbench.store import connection, entries, projections, verify
from workbench.store.facts import Facts
from workbench.store.replaying import Replay
from workbench.store.rereading import Rereading
from workbench.store.verify import Area, Problem, Progress

JOURNAL: frozenset[Area] = frozenset({"schema", "entries"})
"""Where these have a problem nothing can be said of what follows from the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found."""

    problems: tuple[Problem, ...]
    checked: tuple[Area, ...]
    """What was looked at, in order; projections are not where the journal itself has problems."""
    entries: int
    heads: tuple[str, ...]

    @property
    def intact(self) -> bool:
        return not self.problems

    @property
    def journal_holds(self) -> bool:
        """Can anything be said of what follows from it?"""
        return not any(problem.area in JOURNAL for problem in self.problems)

    def with_signatures(self, problems: Iterable[Problem]) -> Verified:
        """With what was found of signatures."""
        return replace(self, problems=(*self.problems, *problems), checked=(*self.checked, "signatures"))


def check(edition: Edition, *, full: bool = False, progress: Progress = lambda done, total: None) -> Verified:
    """Verify an edition. `full`: the file, and all projections against a slow replay of the journal, as well.

    Progress counts entries, those of the replay once more.
    """
    db = edition.db
    if not full:
        with edition.reading():
            return _found(db, list(_told(verify.problems(db))), ("schema", "entries", "texts"))
    with edition.reading(), _beside(edition.database) as of_the_file:
        facts = Facts()
        walked = verify.entry_problems(db, progress=lambda done, total: progress(done, 2 * total), visitor=facts)
        found = [
            *_told(verify.schema_problems(db)),
            *_told(walked),
            *_told(verify.unknown_problems(db, facts.unknown())),
        ]
        checked: tuple[Area, ...] = ("schema", "entries", "texts", "file")
        if not any(problem.area in JOURNAL for problem in found):
            found += _told(_replayed(db, facts, progress))
            checked = (*checked, "projections")
        found += _told(verify.text_problems(db, facts.texts.names()))
        return _found(db, [*found, *of_the_file()], checked)


def _replayed(db: sqlite3.Connection, facts: Facts, progress: Progress) -> Iterator[Problem]:
    replay = Replay(db, facts)
    yield from replay.standing_problems()
    yield from replay.link_problems()
    yield from replay.merged_problems()
    yield from replay.document_problems()
    yield from Rereading(replay).problems(lambda done, total: progress(total + done, 2 * total))
    yield from replay.unreadable()


def _told(problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems, and as the last one that the file cannot be read any further."""
    try:
        yield from problems
    except sqlite3.DatabaseError as error:
        yield verify.problem("file", N_("the file cannot be read to the end: {error}"), error=error)


def _found(db: sqlite3.Connection, problems: list[Problem], checked: tuple[Area, ...]) -> Verified:
    (count,) = db.execute("SELECT count(*) FROM entries").fetchone()
    return Verified(problems=tuple(problems), checked=checked, entries=count, heads=entries.heads(db))


@contextmanager
def _beside(path: Path) -> Iterator[Callable[[], list[Problem]]]:
    """Let SQLite check the file meanwhile; what it found is waited for. Whatever ends this early ends that as well."""
    opened: list[sqlite3.Connection] = []

    def checked() -> list[Problem]:
        db = connection.connect(path, untouched=True)
        opened.append(db)
        try:
            return list(_told(verify.file_problems(db)))
        finally:
            db.close()

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(checked)
        try:
            yield found.result
        except BaseException:
            for db in opened:
                with suppress(sqlite3.ProgrammingError):  # it has just ended by itself
                    db.interrupt()
            raise


def rebuild(edition: Edition, found: Verified) -> None:
    """Make the projections anew from the journal, which stays as it is; raises VerifyError where it is not intact.

    `found`: what a full verification found just before.
    """
    if "projections" not in found.checked:
        raise VerifyError(f"the journal of {edition.database} is not intact; nothing was made anew from it")
    with edition.writing() as db:
        projections.rebuild(db)
