"""A small edition without a screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.core.suggestion import Candidate, Suggestion
from workbench.services import adding, deciding, library, persons
from workbench.services.clock import now
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, init, open_edition
from workbench.services.persons import Person
from workbench.store import suggestions, texts

Proposals = list[tuple[str, str, int, str]]
"""(quote, answer, parts per million, kind), each about the first place of its quote."""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Edition]:
    """The edition that comes with the program, as a copy."""
    shutil.copy(Path(__file__).parents[2] / "corrections.db", tmp_path / "corrections.db")
    with open_edition(tmp_path) as edition:
        yield edition


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    """An edition with nothing in it."""
    with init(tmp_path / "edition") as made:
        yield made


@pytest.fixture
def person(edition: Edition) -> Person:
    """Somebody who works on the edition."""
    with edition.writing():
        return persons.ensure(edition, "Нина Петровна Орлова")


@pytest.fixture
def made_of(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Makes an edition of one text and opens it at the desk."""
    opened: list[Edition] = []

    def make(text: str) -> Desk:
        source = tmp_path / f"text{len(opened)}.txt"
        source.write_text(text, "utf-8", newline="")
        edition = init(tmp_path / f"edition{len(opened)}")
        opened.append(edition)
        assert [a.outcome for a in adding.add(edition, [source])] == ["added"]
        return Desk(edition, library.listings(edition)[0].id)

    yield make
    for edition in opened:
        edition.close()


def someone(desk: Desk, name: str = "Нина Орлова") -> Person:
    """A person of the desk's edition."""
    with desk.edition.writing():
        return persons.ensure(desk.edition, name)


def split_and_joined(desk: Desk, at: int, person: Person) -> Desk:
    """The document made of two parts of its text, which meet at an offset."""
    (one,) = library.ids(desk.edition)
    text = desk.lines.parts[0].stretch.text
    deciding.record_all(desk.edition, [{"act": "split", "transcript": text, "start": at}], person)
    _, other = library.ids(desk.edition)
    deciding.record_all(desk.edition, [{"act": "join", "document": one, "other": other}], person)
    whole = Desk(desk.edition, one)
    assert len(whole.lines.parts) == 2
    return whole


def propose(desk: Desk, text: str, proposals: Proposals) -> None:
    """Put suggestions about a text into its edition."""
    found = [
        Suggestion(
            start=text.index(quote), end=text.index(quote) + len(quote), quote=quote, kind=kind, change="ocr",
            suggester="t", version="1", candidates=(Candidate(text=answer, ppm=ppm),),
        ) for quote, answer, ppm, kind in proposals
    ]  # fmt: skip
    (row,) = texts.all_texts(desk.edition.db)
    with desk.edition.writing() as db:
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="t", version="1", started=now()))
