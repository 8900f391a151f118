"""Accepting in bulk: what is offered, whom it is measured on, and that it is one thing to undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import RefusedError, UsageError
from workbench.core.suggestion import PPM, Candidate, Suggestion
from workbench.services import adding, bulk, bulk_report, deciding, library, persons
from workbench.services.clock import now
from workbench.services.edition import Edition, init
from workbench.services.persons import Person
from workbench.store import suggestions, texts
from workbench.store.suggestions import Kept

WORDS = [f"слово{'абвгдежзик'[n // 10]}{'абвгдежзик'[n % 10]}" for n in range(80)]
TEXT = "\n".join(WORDS) + "\n"


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with init(tmp_path / "edition") as made:
        list(adding.add(made, [tmp_path / "a.txt"]))
        yield made


@pytest.fixture
def person(edition: Edition) -> Person:
    with edition.writing():
        return persons.ensure(edition, "Нина Петровна Орлова")


def proposal(word: str, chance: float, answer: str = "", suggester: str = "tester") -> Suggestion:
    start = TEXT.index(word)
    return Suggestion(
        start=start, end=start + len(word), quote=word, kind="word", change="ocr", suggester=suggester, version="1",
        candidates=(Candidate(text=answer or word + "о", ppm=round(chance * PPM)),),
    )  # fmt: skip


def put(edition: Edition, *found: Suggestion, lexicon: str = "ru-opencorpora 1") -> None:
    (row,) = texts.all_texts(edition.db)
    with edition.writing() as db:
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="t", version="1", started=now(),
                                                                    lexicon=lexicon))  # fmt: skip


def answered(edition: Edition, person: Person, count: int, *, right: int, batch: str | None = None) -> None:
    """Answer the first suggestions one by one, so many of them with what was proposed."""
    (row,) = texts.all_texts(edition.db)
    for n, kept in enumerate(suggestions.within(edition.db, row.sha, 0, row.length)[:count]):
        s = kept.suggestion
        asked: dict[str, Any] = {"transcript": row.sha, "start": s.start, "end": s.end, "suggestion": kept.id}
        deciding.record_all(edition, [asked | {"act": "accept" if n < right else "keep"}], person, batch=batch)


def offered(edition: Edition, above: float = 0.9) -> bulk.Offer:
    return bulk.offer(edition, library.listings(edition), above)


def test_a_suggester_that_nobody_measured_is_not_trusted(edition: Edition) -> None:
    put(edition, *(proposal(word, 0.95) for word in WORDS))
    assert offered(edition).accepted == ()
    assert offered(edition).left == {"unmeasured": 80}


@pytest.mark.parametrize(("right", "count"), [(40, 40), (36, 40), (35, 0)])
def test_own_answers_measure_it(edition: Edition, person: Person, right: int, count: int) -> None:
    """From nine in ten on it is trusted at .9."""
    put(edition, *(proposal(word, 0.95) for word in WORDS))
    answered(edition, person, 40, right=right)
    assert len(offered(edition).accepted) == count


def test_too_few_answers_measure_nothing(edition: Edition, person: Person) -> None:
    put(edition, *(proposal(word, 0.95) for word in WORDS))
    answered(edition, person, bulk.ENOUGH - 1, right=bulk.ENOUGH - 1)
    assert offered(edition).accepted == ()


def test_what_was_accepted_in_bulk_measures_nothing(edition: Edition, person: Person) -> None:
    put(edition, *(proposal(word, 0.95) for word in WORDS))
    answered(edition, person, 40, right=40, batch="above-0.90-x")
    assert offered(edition).accepted == ()


def test_the_less_likely_are_left(edition: Edition, person: Person) -> None:
    put(edition, *(proposal(word, 0.95 if n < 60 else 0.89) for n, word in enumerate(WORDS)))
    answered(edition, person, 40, right=40)
    assert len(offered(edition).accepted) == 20


def test_the_shipped_evaluation_holds_for_its_own_language_alone(edition: Edition) -> None:
    found = [proposal(word, 0.95, suggester="words") for word in WORDS]
    put(edition, *found)
    assert len(offered(edition).accepted) == 80
    assert offered(edition).measured["words"].where == "evaluation"
    put(edition, *found, lexicon="de-wordfreq 1")
    assert offered(edition).accepted == ()


def test_it_is_one_batch_and_one_undo(edition: Edition, person: Person) -> None:
    put(edition, *(proposal(word, 0.95, suggester="words") for word in WORDS))
    offer = offered(edition)
    made = bulk.accept(edition, offer, person)
    assert len({entry.batch for entry in made}) == 1
    with pytest.raises(RefusedError):
        bulk.accept(edition, offered(edition), person)
    done = deciding.undo(edition, person)
    assert done is not None
    assert len(done[1]) == 80
    assert len(offered(edition).accepted) == 80


@pytest.mark.parametrize("above", [0.2, 1.0, 7.0, -1.0, float("nan")])
def test_no_probability_is_refused(edition: Edition, above: float) -> None:
    with pytest.raises(UsageError):
        offered(edition, above)


def test_the_preview_counts_shows_places_and_says_what_it_rests_on(edition: Edition) -> None:
    put(edition, *(proposal(word, 0.95, suggester="words") for word in WORDS[:7]), proposal(WORDS[9], 0.95, "Иван"))
    lines = list(bulk_report.in_words(edition, offered(edition)))
    assert lines[0].split()[:2] == ["7", "words:"]
    assert "shipped evaluation" in lines[0]
    assert sum(" → " in line for line in lines) == 5
    assert "2 other changes" in lines[6]
    assert lines[-1].split()[:2] == ["1", "left:"]


@given(st.text("абвАБ1 .-№", min_size=1, max_size=9), st.text("абвАБ1 .-№", max_size=9))
def test_names_numbers_and_abbreviations_are_decided_one_by_one(quote: str, text: str) -> None:
    """Whatever the two are: with a capital or a digit in either, or a short word and a dot, it is no bulk matter."""
    if quote == text:
        return
    s = Suggestion(start=0, end=len(quote), quote=quote, kind="word", change="ocr", suggester="t", version="1",
                   candidates=(Candidate(text=text, ppm=1),))  # fmt: skip
    alone = bulk.one_by_one(Kept(id="", text="", suggestion=s, closed_by=None))
    if any(c.isupper() or c.isdigit() for c in quote + text):
        assert alone
    if not any(c.isupper() or c.isdigit() or c == "." for c in quote + text):
        assert not alone
