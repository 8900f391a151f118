"""The demo edition as three people have worked on it, for the pictures of what an editor sees."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from workbench.services import deciding, library, persons, states
from workbench.services.demo import make_demo
from workbench.services.edition import Edition, open_edition
from workbench.services.exchange import merging
from workbench.services.persons import Person
from workbench.services.quality import sampling
from workbench.services.reviewing import moving, review
from workbench.store import connection, entries, suggestions, texts

ANNA, BORIS, CLARA = "Anna Ivleva", "Boris Vetrov", "Clara Editor"
LETTER = "000_83be817f1f53dc58.txt"


@contextmanager
def same_each_time() -> Iterator[None]:
    """Times and ids that are the same each time the pictures are drawn."""
    numbers, minutes = itertools.count(1), itertools.count(60 * 9)
    time = (f"2026-03-02T{(m // 60) % 24:02}:{m % 60:02}:00.000000Z" for m in minutes)
    with (
        patch.object(persons, "now", lambda: next(time)),
        patch.object(states, "now", lambda: "2026-03-02T12:00:00.000000Z"),
        patch.object(moving, "now", lambda: "2026-03-02T12:00:00.000000Z"),
        patch("uuid.uuid4", lambda: uuid.UUID(int=next(numbers) << 80)),
    ):
        yield


def make(folder: Path) -> None:
    """Anna and Boris transcribed, each on a copy; the copies are merged, and Clara has begun to review."""
    make_demo(folder)
    with open_edition(folder) as office:
        with office.writing():
            anna, boris = persons.ensure(office, ANNA), persons.ensure(office, BORIS)
            clara = persons.ensure(office, CLARA, role="editor")
        note, letter, statement = library.ids(office)
        moving.assign(office, [note, letter], anna, clara)
        moving.assign(office, [statement], boris, clara)
        copy = folder.parent / "at home"
        copy.mkdir()
        connection.snapshot(office.db, copy / "corrections.db").close()
        made = _take_what_is_proposed(office, anna)
        made["всем парням"] = _edit(office, anna, "всем парням", "всем членам", ground="conjecture", certainty="low",
                                    reason="usual in such lists")  # fmt: skip
        _edit(office, anna, "неправ", "не прав")
        with open_edition(copy) as home:
            _edit(home, boris, "всем парням", "всем парторгам", ground="page", reason="so on the leaf")
            _edit(home, boris, "Точредович", "Гочредович", certainty="low")
            moving.claim(home, statement, boris)
        merging.merge(office, copy)
        review.approve(office, [made["4.7"]], clara)
        review.amend(office, _entry(office, made["166712"]), "П 6712", "seen on the page", clara, ground="page")
        review.dispute(office, [made["СМЕРНОВ"]], "signed so by himself?", clara)
        for to in ("transcribed",):
            moving.move(office, letter, to, anna)
        sampling.make(office, [letter], 2000, 5, clara)


def _take_what_is_proposed(edition: Edition, person: Person) -> dict[str, str]:
    """Every open suggestion of the letter accepted; ids by what stood there."""
    made = {}
    (row,) = (t for t in texts.all_texts(edition.db) if t.name == LETTER)
    (stretch,) = library.stretches(edition, library.ids(edition)[1])
    for kept in suggestions.within(edition.db, row.sha, stretch.start, stretch.end):
        s = kept.suggestion
        if s.candidates:
            asked = {"act": "accept", "transcript": row.sha, "start": s.start, "end": s.end, "suggestion": kept.id,
                     "reason": "another place of the text has it so" if s.change == "unseen" else None}  # fmt: skip
            made[s.quote] = deciding.record_all(edition, [asked], person)[0].id
    return made


def _edit(edition: Edition, person: Person, quote: str, page: str, **more: Any) -> str:
    (row,) = (t for t in texts.all_texts(edition.db) if t.name == LETTER)
    start = texts.whole_text(edition.db, row.sha).content.index(quote)
    asked = {"act": "edit", "transcript": row.sha, "start": start, "end": start + len(quote), "page": page, **more}
    return deciding.record_all(edition, [asked], person)[0].id


def _entry(edition: Edition, entry_id: str) -> Any:
    return next(entries.select(edition.db, [entry_id]))
