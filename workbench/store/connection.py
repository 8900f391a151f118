"""Opening corrections.db: pragmas, waiting, read-only folders, newer schemas, and a -wal that belongs to another file.

The key path and the first paint use the standard library's sqlite3; sqlite-utils comes in where the schema is made or
migrated. A connection belongs to one thread and is in autocommit mode; writes begin immediate.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench.core.errors import EditionError, LockedError, NewerSchemaError
from workbench.core.words import N_
from workbench.store import schema

BUSY_MS = int(os.environ.get("WORKBENCH_BUSY_MS", "15000"))
"""How long a writer waits for another, milliseconds."""
ROOMY_KB = 128_000
Told = Callable[[], None]
"""Hears again and again that something is still going on."""
_OFTEN = 100_000
"""Instructions of SQLite's machine, some milliseconds, between two times."""


def connect(path: Path, *, read_only: bool = False, untouched: bool = False) -> sqlite3.Connection:
    """Open an existing database. A folder that cannot be written opens as it stands, unchangeable.

    `untouched`: what waits in a -wal is read and left there, also by the last one to close.

    Raises EditionError (no database, not a database), NewerSchemaError, LockedError.
    """
    if not path.exists():
        raise EditionError(f"there is no {path.name} in {path.parent}")
    mode = "mode=rw" if writable(path) else "mode=ro&immutable=1"
    if untouched and writable(path) and _waits(path):
        mode = "mode=ro"  # it tidies nothing up; where nothing waits it would leave a -wal and a -shm behind
    try:
        connection = _open(f"file:{_quoted(path)}?{mode}", uri=True)
    except sqlite3.DatabaseError as error:
        raise _unopened(path, error) from error
    try:
        _refuse_unknown(connection, path)
        schema.show_as_now(connection)
        if read_only:
            # Not mode=ro: such a connection cannot tidy up and leaves a -wal and a -shm behind.
            connection.execute("PRAGMA query_only = ON")
    except EditionError:
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _unopened(path, error) from error
    return connection


def writable(path: Path) -> bool:
    """Can a database, and what SQLite keeps beside it, be written?"""
    return os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)


def _waits(path: Path) -> bool:
    """Is anything in the -wal beside a database?"""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def create(path: Path, *, now: str, edition_id: str, needs: str) -> sqlite3.Connection:
    """Make a new database; `needs` is the program version that its schema asks for."""
    connection = _open(str(path))
    schema.make(connection)
    # Two editions count their transactions from places far apart.
    connection.execute(f"PRAGMA user_version = {int(hashlib.sha256(edition_id.encode()).hexdigest()[:7], 16)}")
    connection.execute("PRAGMA journal_mode = WAL")
    with writing(connection):
        connection.executemany(
            "INSERT INTO edition (key, value) VALUES (?, ?)",
            [("id", edition_id), ("created", now), ("needs", needs)],
        )
    return connection


def snapshot(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A copy of a database as it stands now, opened to be written; the journal mode is that of any edition."""
    copy = _open(str(path))
    connection.backup(copy)
    copy.execute("PRAGMA journal_mode = WAL")
    upgrade(copy)
    return copy


def is_current(connection: sqlite3.Connection) -> bool:
    """Has a database the schema of this program?"""
    return schema.applied(connection) == schema.KNOWN


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply what this program's schema has beyond the database's. Only an act that writes anyway calls this."""
    if not is_current(connection):
        schema.migrate(connection)


def _quoted(path: Path) -> str:
    return path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _open(name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, uri=uri, isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _unopened(path: Path, error: sqlite3.DatabaseError) -> EditionError:
    if _is_locked(error):
        return LockedError(f"{path} is kept by {_others(path)}; it could not be opened")
    return EditionError(
        f"{path} is not a database that can be read: {error}; move it away and put a good copy in its place: of git"
        " (git restore), of a backup, of somebody who has one"
    )


def _refuse_unknown(connection: sqlite3.Connection, path: Path) -> None:
    applied = schema.applied(connection)
    if not applied:
        raise EditionError(f"{path} is a database, but not one of the workbench")
    if unknown := [name for name in applied if name not in schema.KNOWN]:
        needs = connection.execute("SELECT value FROM edition WHERE key = 'needs'").fetchone()
        version = needs[0] if needs else "newer"
        raise NewerSchemaError(
            f"{path} has the change {unknown[-1]!r}, which this program does not know; it needs version {version}"
        )


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A write transaction, begun immediate before anything is read; all of it or nothing.

    The database counts its transactions (`user_version`), so that a -wal can be told from one of another state.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise _explained(connection, error) from error
    try:
        (count,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {count + 1}")
        yield connection
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise _explained(connection, error) from error
        raise


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """A read transaction: all that is read is as of its first reading, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def roomy(connection: sqlite3.Connection) -> Iterator[None]:
    """Much more room in memory than SQLite's 2 MB, for a transaction that touches pages all over a large file.

    Without it they are written out before the transaction ends, read again, and written again.
    """
    (before,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = {-ROOMY_KB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {before}")


def _explained(connection: sqlite3.Connection, error: sqlite3.OperationalError) -> Exception:
    """The words of a failed write: who keeps the database, or that the disk is full or the folder read-only."""
    path = next((Path(row[2]) for row in connection.execute("PRAGMA database_list") if row[1] == "main"), Path())
    message = str(error)
    if _is_locked(error):
        return LockedError(
            N_("{path} is being written by {who}; nothing of this was recorded"), path=path, who=_others(path)
        )
    if "readonly" in message:
        return EditionError(N_("{path} cannot be written here; what was recorded before is kept"), path=path)
    if "full" in message or "I/O" in message:
        return EditionError(
            N_("writing {path} failed ({error}); what was acknowledged before is kept"), path=path, error=message
        )
    return error


def _is_locked(error: sqlite3.DatabaseError) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _others(path: Path) -> str:
    who = ", ".join(f"{name} (process {pid})" for pid, name in holders(path) or [] if pid != os.getpid())
    return who or "another process"


def holders(path: Path) -> list[tuple[int, str]] | None:
    """Processes that keep the database open, as (process id, command); None where the system does not tell."""
    locks = Path("/proc/locks")
    if not locks.exists():
        return None
    inodes: set[int] = set()
    for name in (path, path.with_name(path.name + "-shm"), path.with_name(path.name + "-wal")):
        if name.exists():
            inodes.add(name.stat().st_ino)
    found: dict[int, str] = {}
    for line in locks.read_text().splitlines():
        parts = line.split()
        # "1: POSIX ADVISORY WRITE 1234 fd:00:5678 0 EOF"; a waiter has "->" in second place
        if len(parts) < 8 or not parts[4].isdigit() or not parts[5].rpartition(":")[2].isdigit():
            continue
        if int(parts[5].rpartition(":")[2]) in inodes:
            pid = int(parts[4])
            command = Path(f"/proc/{pid}/comm")
            found[pid] = command.read_text().strip() if command.exists() else "?"
    return sorted(found.items())


def close(connection: sqlite3.Connection) -> None:
    """Close; the last connection moves what the -wal holds into the file, so that it stands alone."""
    try:
        if not connection.in_transaction:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        pass  # read-only, or somebody else still reads: the next one to close does it
    connection.close()


def set_stale_wal_aside(path: Path, *, stamp: str, told: Told = lambda: None) -> Path | None:
    """Set a left-over -wal aside when it does not belong to the database beside it; its new path, or None.

    Each transaction is counted in the first page, so the -wal belongs when its first one comes next after the file's
    (or is in the file already), and when the file together with it (tried on a copy) is sound and still holds what the
    file alone holds, for an edition only grows. It is left alone while another process has the database open.
    """
    wal = path.with_name(path.name + "-wal")
    try:
        if wal.stat().st_size == 0 or not os.access(path.parent, os.W_OK) or holders(path) != []:
            return None
        if _belongs(path, wal, told) or holders(path) != []:
            return None
        aside = wal.with_name(f"{wal.name}.set-aside-{stamp}")
        wal.rename(aside)
    except FileNotFoundError:
        return None  # there is none, or its writer has just closed and tidied up
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    return aside


def is_wal_of_another(path: Path) -> bool:
    """Is there a left-over -wal beside a database that does not belong to it, and that no process has open?"""
    try:
        return _waits(path) and holders(path) == [] and not _belongs(path, path.with_name(path.name + "-wal"))
    except OSError:
        return False  # opening it says why


def _belongs(path: Path, wal: Path, told: Told = lambda: None) -> bool:
    alone = _kept(f"file:{_quoted(path)}?mode=ro&immutable=1")
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))
        together = _kept(f"file:{_quoted(copy)}", check=True, told=told)
    if together is None:
        return alone is None  # no edition, or one that this cannot help
    return (alone is None or alone <= together) and _follows(path, wal)


def _follows(path: Path, wal: Path) -> bool:
    """Do the transactions in a -wal go on from the file, by their counts? True where they are not counted."""
    with path.open("rb") as file:
        header = file.read(100)
    counts = list(_counts(wal.read_bytes()))
    if not counts or len(header) < 100:
        return True
    return counts[0] - 1 <= _count(header) <= counts[-1]


def _counts(wal: bytes) -> Iterator[int]:
    """Counts in the images of the first page that a -wal holds; see https://sqlite.org/fileformat.html#walformat."""
    page_size, salts = int.from_bytes(wal[8:12], "big"), wal[16:24]
    for frame in range(32, len(wal) - page_size - 23, page_size + 24):
        if wal[frame + 8 : frame + 16] != salts:
            return  # left over from an earlier round
        if int.from_bytes(wal[frame : frame + 4], "big") == 1:
            yield _count(wal[frame + 24 : frame + 124])


def _count(page: bytes) -> int:
    """The count of transactions in the header of a database: `user_version`."""
    return int.from_bytes(page[60:64], "big")


def _kept(uri: str, *, check: bool = False, told: Told = lambda: None) -> set[tuple[str, str]] | None:
    """What an edition keeps for ever: its own id, those of its transcripts and entries; None where it is not sound."""
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.set_progress_handler(told, _OFTEN)
            if check and connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            kept = set(connection.execute("SELECT 'entry', id FROM entries"))
            heads = set(connection.execute("SELECT 'entry', entry FROM heads"))
            if not heads <= kept:
                return None
            kept |= set(connection.execute("SELECT 'edition', value FROM edition WHERE key = 'id'"))
            return kept | set(connection.execute("SELECT 'transcript', sha256 FROM transcripts"))
    except sqlite3.DatabaseError:
        return None
