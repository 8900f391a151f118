"""An edition: a folder with `transcripts/` and `corrections.db`. Finding, making and opening one."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic
from types import TracebackType

from workbench import __version__
from workbench.core.errors import EditionError
from workbench.core.words import N_
from workbench.services import git
from workbench.services.clock import now, stamp
from workbench.store import connection

DATABASE = "corrections.db"
TRANSCRIPTS = "transcripts"
LEFT_OPEN = N_("whoever wrote last did not close the edition; looking whether all of it is sound")
_STEPS = 10_000
"""Instructions of SQLite's machine, about a millisecond, after which a query asks whether anybody waits for it."""


class Edition:
    """An open edition with its one connection; belongs to the thread that opened it."""

    def __init__(
        self, folder: Path, db: sqlite3.Connection, notices: tuple[str, ...] = (), *, beside: bool = False
    ) -> None:
        """`beside`: another connection of this program stays open after this one."""
        self.folder = folder
        self._beside = beside
        self.db = db
        self.notices = notices
        """What a person should know about the opening, in words."""
        self._current = False

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def transcripts(self) -> Path:
        return self.folder / TRANSCRIPTS

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A write transaction; what it did is durable once it ends. The first one brings an older schema up to date."""
        self.upgrade()
        return connection.writing(self.db)

    def reading(self) -> AbstractContextManager[None]:
        """A read transaction: all that is read is as of one moment, whatever others write meanwhile."""
        return connection.reading(self.db)

    def upgrade(self) -> None:
        """Bring an older schema up to date; only what is going to write asks for this."""
        if not self._current:
            connection.upgrade(self.db)
            self._current = True

    def upgrade_if_writable(self) -> None:
        """The same for what is about to write, and to read until then."""
        if connection.writable(self.database):
            self.upgrade()

    def close(self) -> None:
        if self._beside:
            self.db.close()  # tidying up is left to the other: for everybody it would look like news
        else:
            connection.close(self.db)

    def __enter__(self) -> Edition:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def find(start: Path) -> Path:
    """The edition in a folder or above it; raises EditionError that offers `init`."""
    try:
        start = start.resolve()
    except (OSError, RuntimeError) as error:  # links that lead round in a circle
        raise EditionError(f"there is no folder {start}: {error}") from error
    if not start.is_dir():
        raise EditionError(f"there is no folder {start}; make an edition there with: workbench init {start}")
    for folder in (start, *start.parents):
        if (folder / DATABASE).exists():
            return folder
    raise EditionError(f"there is no edition in {start} or above it; make one with: workbench init {start}")


def open_edition(start: Path, *, untouched: bool = False, told: Callable[[str], None] | None = None) -> Edition:
    """Open the edition in a folder or above it. Opening writes nothing to it.

    `untouched`: what another process left in a -wal stays there when this one closes. `told`: is told why it takes
    long, once, where it does: such a -wal is looked at, and the whole file with it.
    """
    folder = find(start)
    path = folder / DATABASE
    notices = []
    if aside := connection.set_stale_wal_aside(path, stamp=stamp(), told=_patient(told)):
        notices.append(f"{DATABASE}-wal did not belong to {DATABASE}: it was set aside as {aside.name}, not replayed")
    return Edition(folder, connection.connect(path, untouched=untouched), tuple(notices))


def _patient(told: Callable[[str], None] | None) -> Callable[[], None]:
    """What is called again and again, and tells once a second has passed."""
    waiting, begun = told, monotonic()

    def still() -> None:
        nonlocal waiting
        if waiting is not None and monotonic() - begun >= 1:
            waiting(LEFT_OPEN)
            waiting = None

    return still


def again(edition: Edition, stopped: Callable[[], bool] | None = None) -> Edition:
    """The same edition with a connection of its own, for another thread.

    `stopped`: does nobody wait for it any more? A query under way then ends with sqlite3.OperationalError.
    """
    db = connection.connect(edition.database)
    if stopped is not None:
        db.set_progress_handler(lambda: int(stopped()), _STEPS)
    return Edition(edition.folder, db, beside=True)


def unreadable(edition: Edition, error: sqlite3.DatabaseError) -> EditionError:
    """What a person is told where the database cannot be read."""
    what_now = "what was acknowledged is kept; see: workbench verify --full"
    return EditionError(f"{edition.database} cannot be read ({error}); {what_now}")


def init(folder: Path) -> Edition:
    """Make an edition in a folder; raises EditionError where there is one already."""
    path = folder / DATABASE
    if path.exists():
        raise EditionError(f"{folder} is an edition already")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / TRANSCRIPTS).mkdir(exist_ok=True)
        db = connection.create(path, now=now(), edition_id=uuid.uuid4().hex, needs=__version__)
    except (OSError, sqlite3.OperationalError) as error:
        raise EditionError(f"no edition can be made in {folder}: {error}") from error
    _add_lines(folder / ".gitignore", [f"{DATABASE}-wal", f"{DATABASE}-shm"])
    _add_lines(folder / ".gitattributes", [git.ATTRIBUTES])
    if git.within(folder):
        list(git.set_up(folder))
    return Edition(folder, db)


def _add_lines(path: Path, lines: list[str]) -> None:
    have = path.read_text("utf-8").splitlines() if path.exists() else []
    missing = [line for line in lines if line not in have]
    if missing:
        path.write_text("\n".join([*have, *missing]) + "\n", "utf-8")
