"""Editions of all sizes to measure on, as one edition grows, and copies of them that people work on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks import archive
from benchmarks.archive import ENTRIES, TOGETHER, Page, Team
from workbench.services.edition import DATABASE, Edition, init, open_edition
from workbench.store import connection, texts

LEAST = ENTRIES * TOGETHER
"""Entries of the edition that everything is compared with."""


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


def worked_on(folder: Path, seed: int, count: int = 500, *, open_ones: bool = False) -> Copy:
    edition, draw = open_edition(folder), random.Random(seed)
    # Two people who go on at the same second would make the same entry.
    team = Team(edition, began=datetime(2024, 1, 1, 9 + seed))
    return Copy(edition, team, pages(edition, count, draw, open_ones=open_ones), draw)


def size(folder: Path) -> int:
    return int(folder.name.rpartition("-")[2])
