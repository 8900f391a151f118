"""Opening corrections.db: pragmas, waiting, read-only folders, newer schemas, and a -wal that belongs to another file.

The key path and the first paint use the standard library's sqlite3; sqlite-utils comes in where the schema is made or
migrated. A connection belongs to one thread and is in autocommit mode; writes begin immediate.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench.core.errors import EditionError, LockedError, NewerSchemaError
from workbench.store import schema

BUSY_MS = int(os.environ.get("WORKBENCH_BUSY_MS", "15000"))
"""How long a writer waits for another, milliseconds."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open an existing database. A folder that cannot be written opens as it stands, unchangeable.

    Raises EditionError (no database, not a database), NewerSchemaError, LockedError.
    """
    if not path.exists():
        raise EditionError(f"there is no {path.name} in {path.parent}")
    if not os.access(path.parent, os.W_OK) or not os.access(path, os.W_OK):
        return _checked(_open(f"file:{_quoted(path)}?mode=ro&immutable=1", uri=True), path)
    mode = "ro" if read_only else "rw"
    return _checked(_open(f"file:{_quoted(path)}?mode={mode}", uri=True), path)


def create(path: Path, *, now: str, edition_id: str, needs: str) -> sqlite3.Connection:
    """Make a new database; `needs` is the program version that its schema asks for."""
    connection = _open(str(path))
    connection.execute("PRAGMA journal_mode = WAL")
    schema.migrate(connection)
    with writing(connection):
        connection.executemany(
            "INSERT INTO edition (key, value) VALUES (?, ?)",
            [("id", edition_id), ("created", now), ("needs", needs)],
        )
    return connection


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply what this program's schema has beyond the database's. Only an act that writes anyway calls this."""
    if schema.applied(connection) != schema.KNOWN:
        schema.migrate(connection)


def _quoted(path: Path) -> str:
    return path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _open(name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, uri=uri, isolation_level=None, timeout=BUSY_MS / 1000)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    try:
        applied = schema.applied(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise EditionError(f"{path} is not a database that can be read: {error}") from error
    if applied is None:
        connection.close()
        raise EditionError(f"{path} is a database, but not one of the workbench")
    if unknown := [name for name in applied if name not in schema.KNOWN]:
        needs = connection.execute("SELECT value FROM edition WHERE key = 'needs'").fetchone()
        connection.close()
        version = needs[0] if needs else "newer"
        raise NewerSchemaError(
            f"{path} has the change {unknown[-1]!r}, which this program does not know; it needs version {version}"
        )
    return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A write transaction, begun immediate before anything is read; all of it or nothing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise _explained(connection, error) from error
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise _explained(connection, error) from error
        raise


def _explained(connection: sqlite3.Connection, error: sqlite3.OperationalError) -> Exception:
    """The words of a failed write: who keeps the database, or that the disk is full or the folder read-only."""
    path = next((Path(row[2]) for row in connection.execute("PRAGMA database_list") if row[1] == "main"), Path())
    message = str(error)
    if "locked" in message or "busy" in message:
        who = ", ".join(f"{name} (process {pid})" for pid, name in holders(path) or [] if pid != os.getpid())
        return LockedError(f"{path} is being written by {who or 'another process'}; nothing of this was recorded")
    if "readonly" in message:
        return EditionError(f"{path} cannot be written here; what was recorded before is kept")
    if "full" in message or "I/O" in message:
        return EditionError(f"writing {path} failed ({message}); what was acknowledged before is kept")
    return error


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
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        pass  # read-only, or somebody else still reads: the next one to close does it
    connection.close()


def set_stale_wal_aside(path: Path, *, stamp: str) -> Path | None:
    """Set a left-over -wal aside when it does not belong to the database beside it; its new path, or None.

    A journal only grows. So the -wal belongs when the file together with it (tried on a copy) is sound and still holds
    every entry that the file alone holds. It is left alone while another process has the database open.
    """
    wal = path.with_name(path.name + "-wal")
    if not wal.exists() or wal.stat().st_size == 0:
        return None
    others = holders(path)
    if others is None or others:
        return None
    alone = _entries(f"file:{_quoted(path)}?mode=ro&immutable=1")
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))
        together = _entries(f"file:{_quoted(copy)}", check=True)
    if together is not None and (alone is None or alone <= together):
        return None
    aside = wal.with_name(f"{wal.name}.set-aside-{stamp}")
    wal.rename(aside)
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    return aside


def _entries(uri: str, *, check: bool = False) -> set[str] | None:
    """Ids of all entries, None where the file is not sound."""
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            if check and connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            ids = {row[0] for row in connection.execute("SELECT id FROM entries")}
            known = {row[0] for row in connection.execute("SELECT entry FROM heads")}
            return ids if known <= ids else None
    except sqlite3.DatabaseError:
        return None
