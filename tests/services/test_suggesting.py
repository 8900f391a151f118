"""Searching an edition: in how many processes, what is looked through again, what is kept of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.services import adding, deciding, library, persons, suggesting
from workbench.services.edition import Edition, init
from workbench.services.persons import Person
from workbench.store import suggestions, texts

PAGES = {
    "a.txt": "Артель получила семена и не то пижьмо.\nСклад закрыт, ключ у завхоза.\n",
    "b.txt": "Правление не просит выслать паргии.\nЖмурник прислал им копню акта.\n",
    "c.txt": "Погода сухая, и сеять начнем поздно.\nТрактор стоит без колеса.\n",
}


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    folder = tmp_path / "scans"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    with init(tmp_path / "edition") as made:
        list(adding.add(made, [folder]))
        yield made


@pytest.fixture
def person(edition: Edition) -> Person:
    with edition.writing():
        return persons.ensure(edition, "Нина Петровна Орлова")


def search(edition: Edition, **how: Any) -> suggesting.Found:
    return suggesting.suggest(edition, library.listings(edition), **how)


def decide(edition: Edition, person: Person, name: str, quote: str, **fields: Any) -> None:
    start = PAGES[name].index(quote)
    asked = {"act": "edit", "transcript": name, "start": start, "end": start + len(quote), **fields}
    deciding.record_all(edition, [asked], person)


def rows(edition: Edition) -> list[tuple[Any, ...]]:
    query = "SELECT id, text, start, end_, candidates, probability, evidence FROM suggestions ORDER BY text, start"
    return edition.db.execute(query).fetchall()


def test_the_suggestions_are_the_same_in_any_number_of_processes(edition: Edition) -> None:
    search(edition)
    alone = rows(edition)
    assert alone
    assert search(edition, jobs=2, afresh=True).searched == 3
    assert rows(edition) == alone


def test_nothing_is_looked_through_twice_without_need(edition: Edition) -> None:
    assert search(edition).searched == 3
    before = rows(edition)
    again = search(edition)
    assert (again.searched, again.unchanged) == (0, 3)
    assert (again.suggestions, again.open) == (len(before), len(before))
    assert rows(edition) == before


def test_what_a_person_decides_about_the_machine_is_looked_at_everywhere(edition: Edition, person: Person) -> None:
    search(edition)
    decide(edition, person, "a.txt", "пижьмо", page="письмо", page_class="ocr")
    assert search(edition).searched == 3
    decide(edition, person, "a.txt", "завхоза", act="textual_note", body="Кто это?")
    assert search(edition).searched == 0


def test_a_witness_concerns_its_own_text_alone(edition: Edition, tmp_path: Path) -> None:
    search(edition)
    other = tmp_path / "other.txt"
    other.write_text(PAGES["b.txt"].replace("копню", "копию"), "utf-8")
    document = next(d for d in library.listings(edition) if d.transcripts == ("b.txt",))
    assert adding.add_witness(edition, other, document.id)
    assert not adding.add_witness(edition, other, document.id)
    assert search(edition).searched == 1
    found = edition.db.execute("SELECT evidence FROM suggestions WHERE quote = 'копню'").fetchone()
    assert "witness-reads" in found[0]


def test_a_new_text_concerns_those_whose_words_it_brings(edition: Edition, tmp_path: Path) -> None:
    """An unknown name that stands in another text as well is less in doubt."""
    search(edition)
    (tmp_path / "d.txt").write_text("Жмурник уехал.\n", "utf-8")
    list(adding.add(edition, [tmp_path / "d.txt"]))
    assert search(edition).searched == 2


def test_a_run_that_was_stopped_keeps_what_it_has_and_goes_on(edition: Edition) -> None:
    class StopError(Exception):
        pass

    def told(done: int, total: int) -> None:
        if done > total * 0.5:
            raise StopError

    with pytest.raises(StopError):
        search(edition, progress=told)
    assert search(edition).unchanged == 1


def test_a_description_says_the_language(edition: Edition, person: Person) -> None:
    assert search(edition).languages == {"ru": 3}
    document = library.listings(edition)[0].id
    for language in ("uk", "по-украински"):
        asked = {"act": "describe", "document": document, "fields": {"language": language}}
        deciding.record_all(edition, [asked], person)
        expected = {"ru": 2, "uk": 1} if language == "uk" else {"ru": 3}  # what is no code is passed over
        assert search(edition).languages == expected


def test_a_run_is_recorded_with_what_it_was_made_with(edition: Edition) -> None:
    search(edition)
    cursor = edition.db.execute("SELECT engine, version, lexicon, model, inputs, milliseconds, suggestions FROM runs")
    for engine, version, lexicon, model, inputs, milliseconds, _ in cursor:
        assert engine == "workbench"
        assert "proofreader-" in version
        assert lexicon.startswith("ru-opencorpora")
        assert len(model.split()) == 2
        assert len(inputs) == 64
        assert milliseconds >= 0


def test_what_somebody_looks_at_stays(edition: Edition, person: Person) -> None:
    search(edition)
    (row,) = [t for t in texts.all_texts(edition.db) if t.name == "b.txt"]
    looked_at = suggestions.within(edition.db, row.sha, 0, row.length)[0]
    decide(edition, person, "a.txt", "пижьмо", page="письмо", page_class="ocr")
    search(edition, spare=lambda: looked_at.id)
    assert suggestions.by_id(edition.db, looked_at.id) == looked_at


def test_a_proposed_zone_is_accepted_as_a_zone_and_kept_as_text(edition: Edition, person: Person) -> None:
    """A correction of a word in it answers nothing about the zone."""
    text = "Секретно.\nТов. Сомову.\nПришлите отчет о селе.\n№ 18/с\n"
    folder = edition.folder.parent
    (folder / "z.txt").write_text(text, "utf-8")
    list(adding.add(edition, [folder / "z.txt"]))
    search(edition)
    (row,) = [t for t in texts.all_texts(edition.db) if t.name == "z.txt"]
    kept = {k.suggestion.kind: k for k in suggestions.within(edition.db, row.sha, 0, row.length)}

    def answer(act: str, kind: str, **fields: Any) -> str:
        s = kept[kind].suggestion
        asked = {"act": act, "transcript": row.sha, "start": s.start, "end": s.end, **fields}
        return deciding.record_all(edition, [asked], person)[0].id

    answer("edit", "classification", page="Секретно,", page_class="ocr")
    assert {k.suggestion.kind for k in suggestions.within(edition.db, row.sha, 0, row.length)} == kept.keys()
    accepted = answer("accept", "classification", suggestion=kept["classification"].id)
    refused = answer("keep", "office number", suggestion=kept["office number"].id)
    assert suggestions.within(edition.db, row.sha, 0, row.length) == []
    zones = dict(edition.db.execute("SELECT id, json_extract(data, '$.kind') FROM entries WHERE act = 'zone'"))
    assert zones == {accepted: "classification", refused: "body"}
