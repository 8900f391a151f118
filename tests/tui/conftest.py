"""A small edition to press keys on: invented lines with invented faults, suggestions put in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.services import adding, library
from workbench.services.clock import now
from workbench.services.edition import Edition, init
from workbench.store import suggestions, texts
from workbench.tui.app import WorkbenchApp

TEXT = (
    "Протокол заседания правления артелн.\n"
    "\n"
    "Слушали: доклад тов. Ивлева о ходе сева яро-\n"
    "вых культур по району в текущсм году.\n"
    "Постановили: доклад принять к сведению.\n" + "".join(f"Пункт {n}. Работы продолжать.\n" for n in range(1, 60))
)


def proposal(quote: str, *answers: str, kind: str = "word") -> Suggestion:
    """A suggestion about the first place of a quote, its answers less and less likely."""
    start = TEXT.index(quote)
    return Suggestion(
        start=start, end=start + len(quote), quote=quote, kind=kind, change="ocr", suggester="words", version="1",
        candidates=tuple(Candidate(text=a, ppm=800_000 >> n * 2) for n, a in enumerate(answers)),
        evidence=(Evidence.of("unknown-word"),),
    )  # fmt: skip


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    """One document, three open suggestions."""
    source = tmp_path / "protokol.txt"
    source.write_text(TEXT, "utf-8")
    made = init(tmp_path / "edition")
    assert [a.outcome for a in adding.add(made, [source])] == ["added"]
    found = [
        proposal("артелн", "артели", "артель"), proposal("яро-\nвых", "яровых", kind="hyphen"),
        proposal("текущсм", "текущем"),
    ]  # fmt: skip
    (row,) = texts.all_texts(made.db)
    with made.writing() as db:
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="test", version="1", started=now()))
    yield made
    made.close()


@pytest.fixture
def document(edition: Edition) -> str:
    return library.listings(edition)[0].id


@pytest.fixture
def app(edition: Edition, document: str) -> WorkbenchApp:
    """The application at the desk of the document, the person known."""
    return WorkbenchApp(edition, document=document, person="Анна Ивлева")
