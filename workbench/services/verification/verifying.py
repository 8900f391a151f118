"""Verifying an edition: is what was recorded as it was recorded, and does what is kept for speed follow from it?

Nothing is written, and all of it is seen at one moment, whatever others write meanwhile. SQLite checks the file in a
program of its own (`file_check`), side by side with the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workbench.core.errors import VerifyError
from workbench.services.edition import Edition
from workbench.services.verification import file_check
from workbench.store import entries, projections, verify
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
    def journal_intact(self) -> bool:
        """Was nothing recorded changed, even if what is kept for speed does not follow from it?"""
        return all(problem.area == "projections" for problem in self.problems)

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
            return _verified(db, list(_told(verify.problems(db, progress=progress))), ("schema", "entries", "texts"))
    with edition.reading(), file_check.beside(edition.database) as of_the_file:
        found, checked = replayed(db, progress)
        return _verified(db, [*found, *of_the_file()], checked)


def replayed(
    db: sqlite3.Connection, progress: Progress = lambda done, total: None
) -> tuple[list[Problem], tuple[Area, ...]]:
    """The full verification but for the file itself, within a read transaction: what was found, what was looked at."""
    facts = Facts()
    walked = verify.entry_problems(db, progress=lambda done, total: progress(done, 2 * total), visitor=facts)
    found = [*_told(verify.schema_problems(db)), *_told(walked), *_told(verify.unknown_problems(db, facts.unknown()))]
    checked: tuple[Area, ...] = ("schema", "entries", "texts", "file")
    if not any(problem.area in JOURNAL for problem in found):
        found += _told(_replayed(db, facts, progress))
        checked = (*checked, "projections")
    return [*found, *_told(verify.text_problems(db, facts.texts.names()))], checked


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
        yield verify.unread_problem(error)


def _verified(db: sqlite3.Connection, problems: list[Problem], checked: tuple[Area, ...]) -> Verified:
    (count,) = db.execute("SELECT count(*) FROM entries").fetchone()
    return Verified(problems=tuple(problems), checked=checked, entries=count, heads=entries.heads(db))


def rebuild(edition: Edition, found: Verified) -> None:
    """Make the projections anew from the journal, which stays as it is; raises VerifyError where it is not intact.

    `found`: what a full verification found just before.
    """
    if "projections" not in found.checked:
        raise VerifyError(f"the journal of {edition.database} is not intact; nothing was made anew from it")
    with edition.writing() as db:
        projections.rebuild(db)
