"""Measures the journal: does an edition of a million entries cost what one of a thousand does?

    python -m benchmarks.journal                 # prints the tables
    python -m benchmarks.journal --write         # into docs/benchmarks.md, too
    python -m benchmarks.journal --entries N     # of an edition of N entries, a multiple of 1,000

One edition grows to its full size and is copied on the way. Times are processor time of the program, and of the system
for it, unless something else is said: medians, and what is compared is measured in turns.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import growth, journal_read, journal_write
from benchmarks.archive import ENTRIES
from benchmarks.copies import LEAST, build, forked
from benchmarks.figures import Figure, compared
from benchmarks.tables import table
from workbench.services.edition import DATABASE
from workbench.store import connection

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks.md"
FULL = 1_000_000
_BLOCK = re.compile(r"<!-- journal -->.*<!-- end of journal -->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How often things are done."""

    openings: int = journal_read.OPENINGS
    processes: int = journal_read.PROCESSES
    appends: int = journal_write.APPENDS
    new: Sequence[int] = journal_write.NEW
    times: int = growth.TIMES


def measure(
    folder: Path, entries: int, effort: Effort, told: Callable[[str], None]
) -> tuple[list[Figure], list[Figure], list[Figure], str]:
    """What is bounded, what has to feel the same, what looks at everything; and the edition in words."""
    sizes = sorted({LEAST, *(max(LEAST, entries // share) for share in (100, 10, 1))})
    made = build(folder, sizes, told)
    small, big = made[LEAST], made[entries]
    told("opening histories")
    bounded = journal_read.openings(small, big, effort.openings, effort.processes)
    told("verifying")
    bounded += journal_read.verified(big)
    told("merging")
    bases = [made[n] for n in sizes if n > LEAST] or [big]
    bounded += journal_write.merged(bases, folder, effort.new)
    told("appending")
    bounded += journal_write.appended(small, big, folder, effort.appends)
    told("asking")
    two = [forked(base, folder / f"asked-{base.name}") for base in (small, big)]
    same = _grown([growth.measured(one, growth.QUESTIONS, effort.times) for one in two], "ms")
    told("surveying")
    surveys = _grown([growth.measured(one, growth.SURVEYS, 1) for one in two], "s")
    return bounded, same, surveys, _said(big)


def _grown(measured: Sequence[dict[str, float]], unit: str) -> list[Figure]:
    small, big = measured
    share = 1_000 if unit == "ms" else 1
    beside = f"{LEAST:,} entries in all"
    return [Figure(name, share * big[name], unit, beside, share * small[name]) for name in big]


def _said(big: Path) -> str:
    with closing(connection.connect(big / DATABASE, read_only=True)) as db:
        query = "SELECT count(*), avg(length(CAST(body AS BLOB))), (SELECT count(*) FROM documents) FROM entries"
        count, mean, documents = db.execute(query).fetchone()
    gigabytes = (big / DATABASE).stat().st_size / 1e9
    return (
        f"{count:,} entries of {mean:.0f} bytes in the mean, over {documents:,} documents of {ENTRIES} entries each;"
        f" {gigabytes:.2f} GB."
    )


def report(bounded: Sequence[Figure], same: Sequence[Figure], surveys: Sequence[Figure], said: str) -> str:
    """The tables."""
    return "\n\n".join(
        [
            said,
            compared(bounded),
            "What people ask while they work:",
            table(["asked", "large", "small"], _plain(same)),
            "What looks at everything, in a thread of its own or a command, or says how far it is:",
            table(["asked", "large", "small"], _plain(surveys)),
        ]
    )


def _plain(figures: Sequence[Figure]) -> list[list[str]]:
    return [[row[0], row[1], row[3]] for row in (figure.row() for figure in figures)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=FULL)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    asked = parser.parse_args()
    if asked.entries < LEAST or asked.entries % LEAST:
        parser.error(f"--entries must be a multiple of {LEAST:,}")
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), asked.entries, Effort(), lambda words: print(words, file=sys.stderr))  # noqa: T201
    text = report(*measured)
    print(text)  # noqa: T201
    if asked.write:
        page = TARGET.read_text("utf-8")
        TARGET.write_text(_BLOCK.sub(f"<!-- journal -->\n{text}\n<!-- end of journal -->", page), "utf-8")


if __name__ == "__main__":
    main()
