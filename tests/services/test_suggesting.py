"""A search knows what its suggestions rest on: what has not changed is not looked for again, and what has is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.services import adding, deciding, library
from workbench.services.edition import Edition, init
from workbench.services.persons import Person
from workbench.services.pool import side_by_side
from workbench.services.suggestions import suggesting
from workbench.services.suggestions.suggesting import Found
from workbench.store import suggestions, texts
from workbench.store.suggestions import Kept
from workbench.suggest import Engine

TEXTS = {
    "a.txt": "Всем райкомам паргии и слискам.\nЧлен артели хрымзюков доложил о сене.\n",
    "b.txt": "Совещание прошло в январс месяце.\nКопия вьіслана в артель.\n",
    "c.txt": "The committee was askcd to report on the state of the roads.\n",
}


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    with init(tmp_path / "edition") as made:
        add(made, tmp_path, TEXTS)
        yield made


@pytest.fixture
def searched(edition: Edition) -> Edition:
    look(edition)
    return edition


def add(edition: Edition, folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    assert {a.outcome for a in adding.add(edition, [folder / name for name in files])} == {"added"}


def look(edition: Edition, **options: Any) -> Found:
    return suggesting.suggest(edition, library.listings(edition), **options)


def kept(edition: Edition) -> dict[str, list[Kept]]:
    """All suggestions by the name of their transcript."""
    return {
        t.name: suggestions.within(edition.db, t.sha, 0, t.length, only_open=False) for t in texts.all_texts(edition.db)
    }


def sha(edition: Edition, name: str) -> str:
    return next(t.sha for t in texts.all_texts(edition.db) if t.name == name)


def decide(edition: Edition, person: Person, quote: str, act: str = "edit", name: str = "a.txt", **more: Any) -> None:
    start = TEXTS[name].index(quote)
    asked = {"act": act, "transcript": name, "start": start, "end": start + len(quote), **more}
    deciding.record_all(edition, [asked], person)


def runs(edition: Edition) -> list[dict[str, Any]]:
    cursor = edition.db.execute("SELECT r.*, tr.name AS transcript FROM runs r JOIN texts t ON t.sha256 = r.text"
                                " JOIN transcripts tr ON tr.sha256 = t.transcript ORDER BY r.id")  # fmt: skip
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


# the same, however it is found


def test_several_processes_find_the_same(searched: Edition) -> None:
    """And leave the same records of what it rests on."""
    before, made = kept(searched), runs(searched)
    assert sum(map(len, before.values())) >= 4
    found = look(searched, jobs=2, afresh=True)
    assert (found.searched, found.unchanged) == (3, 0)
    assert kept(searched) == before
    same = ("transcript", "engine", "version", "lexicon", "model", "inputs", "suggestions")
    assert [[run[name] for name in same] for run in runs(searched)[3:]] == [[run[n] for n in same] for run in made]


def test_the_counts_are_those_of_the_edition(edition: Edition) -> None:
    found = look(edition)
    assert found.suggestions == found.open == sum(map(len, kept(edition).values()))
    assert (found.searched, found.unchanged) == (3, 0)
    assert found.languages == {"ru": 2, "en": 1}


def test_a_second_search_finds_nothing_to_do(searched: Edition) -> None:
    before, made = kept(searched), runs(searched)
    found = look(searched)
    assert (found.searched, found.unchanged) == (0, 3)
    assert found.suggestions == sum(map(len, before.values()))
    assert kept(searched) == before and runs(searched) == made


def test_a_search_afresh_looks_all_the_same(searched: Edition) -> None:
    before = kept(searched)
    assert look(searched, afresh=True).searched == 3
    assert kept(searched) == before


def test_a_document_is_looked_through_alone(edition: Edition) -> None:
    found = suggesting.suggest(edition, library.listings(edition)[:1])
    assert found.searched == 1
    assert [run["transcript"] for run in runs(edition)] == ["a.txt"]


def test_a_run_says_what_it_was_made_with(searched: Edition) -> None:
    """By whom, with which words, what model, from what, how long it took and what it found."""
    found = kept(searched)
    for run in runs(searched):
        assert run["engine"] == "workbench"
        assert "series-1" in run["version"].split() and "proofreader-" in run["version"]
        assert run["lexicon"].startswith("en-" if run["transcript"] == "c.txt" else "ru-")
        model, decisions = run["model"].split()
        assert model in run["version"] and len(decisions) == 8
        assert len(run["inputs"]) == 64
        assert run["milliseconds"] >= 0
        assert run["suggestions"] == len(found[run["transcript"]])


# what makes a text stale, and what does not


def stale(edition: Edition) -> list[str]:
    """Names of the texts that the next search looks through."""
    before = len(runs(edition))
    look(edition)
    return [run["transcript"] for run in runs(edition)[before:]]


def by_a_misread_word(edition: Edition, person: Person, folder: Path) -> None:
    decide(edition, person, "паргии", page="партии", page_class="ocr")


def by_a_kept_word(edition: Edition, person: Person, folder: Path) -> None:
    decide(edition, person, "слискам", "keep")


def by_an_accepted_word(edition: Edition, person: Person, folder: Path) -> None:
    deciding.record_all(edition, [{"act": "word", "word": "хрымзюков", "scope": "edition"}], person)


def by_a_quiet_zone(edition: Edition, person: Person, folder: Path) -> None:
    decide(edition, person, "Член артели", "zone", kind="resolution", hand="ink")


def by_a_witness(edition: Edition, person: Person, folder: Path) -> None:
    other = folder / "other.txt"
    other.write_text(TEXTS["a.txt"].replace("паргии", "партии"), "utf-8")
    assert adding.add_witness(edition, other, library.resolve(edition, "a.txt").id)


def by_the_language_of_its_description(edition: Edition, person: Person, folder: Path) -> None:
    document = library.resolve(edition, "a.txt").id
    deciding.record_all(edition, [{"act": "describe", "document": document, "fields": {"language": "en"}}], person)


def by_a_text_that_has_its_word(edition: Edition, person: Person, folder: Path) -> None:
    add(edition, folder, {"d.txt": "Хрымзюков отсутствовал.\n"})


Change = Callable[[Edition, Person, Path], None]
EVERYWHERE = ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (by_a_misread_word, EVERYWHERE),
        (by_a_kept_word, EVERYWHERE),
        (by_an_accepted_word, EVERYWHERE),
        (by_a_quiet_zone, ["a.txt"]),
        (by_a_witness, ["a.txt"]),
        (by_the_language_of_its_description, ["a.txt"]),
        (by_a_text_that_has_its_word, ["a.txt", "d.txt"]),
    ],
)
def test_a_text_is_looked_through_again(
    searched: Edition, person: Person, tmp_path: Path, change: Change, touched: list[str]
) -> None:
    """Where something changed that its suggestions rest on, and once."""
    change(searched, person, tmp_path)
    assert stale(searched) == touched
    assert stale(searched) == []


def by_a_note(edition: Edition, person: Person, folder: Path) -> None:
    decide(edition, person, "паргии", "textual_note", body="слабый оттиск")


def by_a_title(edition: Edition, person: Person, folder: Path) -> None:
    document = library.resolve(edition, "a.txt").id
    deciding.record_all(edition, [{"act": "describe", "document": document, "fields": {"title": "Письмо"}}], person)


def by_a_typed_zone(edition: Edition, person: Person, folder: Path) -> None:
    decide(edition, person, "Член артели", "zone", kind="body", hand="type")


def by_a_fault_of_the_document(edition: Edition, person: Person, folder: Path) -> None:
    decide(edition, person, "слискам", reading="спискам", reading_class="slip")


def by_a_text_of_other_words(edition: Edition, person: Person, folder: Path) -> None:
    add(edition, folder, {"0.txt": "Другое.\n"})
    assert stale(edition) == ["0.txt"]


def by_a_decision_taken_back(edition: Edition, person: Person, folder: Path) -> None:
    by_a_misread_word(edition, person, folder)
    deciding.undo(edition, person)


def by_a_language_without_words(edition: Edition, person: Person, folder: Path) -> None:
    document = library.resolve(edition, "a.txt").id
    deciding.record_all(edition, [{"act": "describe", "document": document, "fields": {"language": "рус."}}], person)


@pytest.mark.parametrize(
    "change",
    [by_a_note, by_a_title, by_a_typed_zone, by_a_fault_of_the_document, by_a_text_of_other_words,
     by_a_decision_taken_back, by_a_language_without_words],
)  # fmt: skip
def test_a_text_is_not_looked_through_again(searched: Edition, person: Person, tmp_path: Path, change: Change) -> None:
    change(searched, person, tmp_path)
    assert stale(searched) == []


def test_the_description_says_the_language(edition: Edition, person: Person) -> None:
    """Whatever the text looks like; its code in capitals and with blanks is the same code."""
    document = library.resolve(edition, "c.txt").id
    deciding.record_all(edition, [{"act": "describe", "document": document, "fields": {"language": " RU "}}], person)
    assert look(edition).languages == {"ru": 3}
    assert suggestions.lexicon(edition.db, sha(edition, "c.txt")).startswith("ru-")


def test_what_a_witness_of_a_document_has_is_proposed(edition: Edition, person: Person, tmp_path: Path) -> None:
    by_a_witness(edition, person, tmp_path)
    look(edition)
    (one,) = [k.suggestion for k in kept(edition)["a.txt"] if k.suggestion.quote == "паргии"]
    assert one.candidates[0].text == "партии"
    assert "witness-reads" in [e.code for e in one.evidence]


# a run that was stopped


class StoppedError(Exception):
    pass


def stop_after(steps: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= steps:
            raise StoppedError

    return progress


def test_a_stopped_run_keeps_what_is_done_and_goes_on(edition: Edition) -> None:
    per_text = len(Engine().suggesters)
    with pytest.raises(StoppedError):
        look(edition, progress=stop_after(per_text + 2))
    assert [run["transcript"] for run in runs(edition)] == ["a.txt"]
    assert kept(edition)["a.txt"] and not kept(edition)["b.txt"]
    found = look(edition)
    assert (found.searched, found.unchanged) == (2, 1)


def test_progress_comes_to_its_end(edition: Edition) -> None:
    """Steps rise to their whole number, where texts are passed over too."""
    for options in ({}, {}, {"afresh": True, "jobs": 2}):
        seen: list[tuple[int, int]] = []
        look(edition, progress=lambda done, total, seen=seen: seen.append((done, total)), **options)
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)
        assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1] > 0


def test_a_run_that_is_stopped_ends_its_processes(edition: Edition) -> None:
    import multiprocessing

    with pytest.raises(StoppedError):
        look(edition, progress=stop_after(1), jobs=2)
    assert multiprocessing.active_children() == []
    assert look(edition).searched == 2


# the suggestion that is looked at


def test_a_suggestion_that_is_looked_at_stays(searched: Edition, person: Person) -> None:
    """Another search takes it along when nobody looks any more."""
    (spared,) = [k for k in kept(searched)["a.txt"] if k.suggestion.quote == "хрымзюков"]
    by_an_accepted_word(searched, person, Path())
    look(searched, spare=lambda: spared.id)
    assert spared.suggestion in [k.suggestion for k in kept(searched)["a.txt"]]
    look(searched, afresh=True)
    assert spared.id not in [k.id for k in kept(searched)["a.txt"]]


def test_nothing_new_is_put_beside_what_is_looked_at(searched: Edition) -> None:
    before = kept(searched)["a.txt"]
    searched.db.execute("UPDATE suggestions SET id = 'former' WHERE id = ?", (before[0].id,))
    look(searched, afresh=True, spare=lambda: "former")
    assert [k.id for k in kept(searched)["a.txt"]] == ["former", *(k.id for k in before[1:])]


def test_a_suggestion_of_another_text_spares_nothing(searched: Edition, person: Person) -> None:
    spared = kept(searched)["b.txt"][0]
    before = kept(searched)
    look(searched, afresh=True, spare=lambda: spared.id)
    assert kept(searched) == before


# the pool


def double(shared: int, thing: int) -> int:
    if thing < 0:
        raise ValueError(f"{thing} is below nothing")
    return shared * thing


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    assert list(side_by_side(double, 2, range(9), jobs)) == [2 * n for n in range(9)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_in_the_work_is_raised_where_it_belongs(jobs: int) -> None:
    """What came before it is there."""
    done = []
    with pytest.raises(ValueError, match="-1 is below nothing"):
        for result in side_by_side(double, 2, [1, -1, 3], jobs):
            done.append(result)
    assert done == [2]


def test_things_are_taken_only_as_far_as_they_are_needed() -> None:
    """Of a thousand texts no more lie in memory than the processes are about to do."""
    taken: list[int] = []

    def things() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    with_care = side_by_side(double, 2, things(), 2)
    assert next(with_care) == 0
    with_care.close()
    assert len(taken) <= 5
