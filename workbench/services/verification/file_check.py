"""SQLite's own check of a file, in a program of its own: it takes as long as all the rest, and damage may end it.

    python -m workbench.services.verification.file_check FILE

It writes what it finds as one JSON array of (words, values). The file is mapped into memory, which saves a fifth of the
time; a fault of the disk then ends the program that reads it, and must not end the one that says so.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench.i18n import N_
from workbench.store import connection, verify
from workbench.store.verify import Problem, problem

_MAPPED = 1 << 40
"""Bytes; SQLite maps what it can of it."""


@contextmanager
def beside(path: Path) -> Iterator[Callable[[], list[Problem]]]:
    """Let the file be checked meanwhile; what was found is waited for. Whatever ends this early ends that as well."""
    command = (sys.executable, "-m", "workbench.services.verification.file_check", str(path))
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:  # fmt: skip
        try:
            yield lambda: _found(running)
        finally:
            running.kill()


def _found(running: subprocess.Popen[bytes]) -> list[Problem]:
    said, _ = running.communicate()
    if running.returncode:
        words = N_("SQLite could not check the file to its end (it ended with {code})")
        return [problem("file", words, code=running.returncode)]
    return [Problem("file", words, values) for words, values in json.loads(said)]


def main() -> None:
    with closing(connection.connect(Path(sys.argv[1]), untouched=True)) as db:
        db.execute(f"PRAGMA mmap_size = {_MAPPED}")
        found: list[Problem] = []
        try:
            found += verify.file_problems(db)
        except sqlite3.DatabaseError as error:
            found.append(verify.unread_problem(error))
    sys.stdout.write(json.dumps([(one.words, one.values) for one in found]))


if __name__ == "__main__":
    main()
