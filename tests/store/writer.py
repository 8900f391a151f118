"""A process of its own that writes: `python -m tests.store.writer FOLDER PERSON COUNT`, an acknowledged id a line.

COUNT 0 appends until it is killed. `hold` in place of COUNT begins to write, says so and waits.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.store.workspace import RAW, REPOSITORY, put
from workbench.services.edition import open_edition


def start(folder: Path, person: str, what: str) -> subprocess.Popen[str]:
    """Start such a process; its acknowledgements come through `stdout`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(folder), person, what],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def main(folder: str, person: str, what: str) -> None:
    edition = open_edition(Path(folder))
    if what == "hold":
        edition.db.execute("BEGIN IMMEDIATE")
        say("holding")
        sys.stdin.readline()
        return
    number = 0
    while what == "0" or number < int(what):
        at = number % (len(RAW) - 1)
        say(put(edition, at, at + number % 2, f"{person}{number}", who=person).id)
        number += 1
    edition.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
