"""Accepting in bulk: only who is known to be right so often, nothing that touches the meaning, one batch, one undo."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.errors import RefusedError, UsageError
from workbench.core.suggestion import Candidate, Suggestion
from workbench.core.text import Text
from workbench.readers import read
from workbench.services import deciding, library
from workbench.services.clock import now
from workbench.services.edition import Edition, init
from workbench.services.persons import Person
from workbench.services.suggestions import bulk, bulk_report
from workbench.services.suggestions.bulk import Offer
from workbench.store import entries, projections, suggestions, texts
from workbench.suggest.model import prior

RUSSIAN = "ru-opencorpora 1"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped evaluation as the test wants it: of `words` 95 in 100 from 0.9 on, of `signs` one in two."""
    record = {
        "prior": prior().version, "lexicon": "ru-",
        "suggesters": {
            "words": [[500_000, 100, 50], [900_000, 60, 56], [950_000, 40, 39]], "signs": [[900_000, 100, 50]],
            "case": [[900_000, 29, 29]],
        },
    }  # fmt: skip
    monkeypatch.setattr(bulk, "_evaluation", lambda: record)


Proposal = tuple[str, str, int]
"""What stands there, the first candidate, its probability in parts per million."""


def put(
    edition: Edition, proposals: Sequence[Proposal], *, suggester: str = "words", kind: str = "word",
    lexicon: str = RUSSIAN, name: str = "a.txt",
) -> None:  # fmt: skip
    """A text of these places in order, a word between them, with a suggestion about each."""
    content, found = "", []
    for proposal in proposals:
        found.append(about(len(content), *proposal, suggester=suggester, kind=kind))
        content += f"{proposal[0]} слово\n"
    keep(edition, Text(content=content, reader="plain"), found, lexicon=lexicon, name=name)


def about(start: int, quote: str, text: str, ppm: int, *, suggester: str = "words", kind: str = "word") -> Suggestion:
    return Suggestion(
        start=start, end=start + len(quote), quote=quote, kind=kind, change="ocr", suggester=suggester, version="1",
        candidates=(Candidate(text=text, ppm=ppm),),
    )  # fmt: skip


def keep(
    edition: Edition, text: Text, found: Sequence[Suggestion], *, lexicon: str = RUSSIAN, name: str = "a.txt"
) -> None:
    with edition.writing() as db:
        texts.add_transcript(db, name=name, data=text.content.encode(), text=text, now=now())
        projections.rebuild_documents(db)
        run = suggestions.Run(engine="t", version="1", started=now(), lexicon=lexicon)
        suggestions.replace_all(db, text.sha, found, run)


def words(count: int, ppm: int = 960_000, *, first: int = 0) -> list[Proposal]:
    """Proposals of which each stands once."""
    letters = "бвгджзклмн"
    return [
        (f"пр{letters[n // 100]}и{letters[n // 10 % 10]}о{letters[n % 10]}ы", f"верно{letters[n % 10]}", ppm)
        for n in range(first, first + count)
    ]


def offer(edition: Edition, above: float = 0.9) -> Offer:
    return bulk.offer(edition, library.listings(edition), above)


def quotes(offered: Offer) -> list[str]:
    return [k.suggestion.quote for k in offered.accepted]


def answer(edition: Edition, person: Person, places: int, *, wrong: int = 0, batch: str | None = None) -> None:
    """Answer the first open places one by one, keeping some of them as they stand."""
    (row,) = texts.all_texts(edition.db)
    for n, kept in enumerate(suggestions.within(edition.db, row.sha, 0, row.length)[:places]):
        s = kept.suggestion
        act = {"act": "keep" if n < wrong else "accept", "transcript": row.sha, "start": s.start, "end": s.end}
        deciding.record_all(edition, [{**act, "suggestion": kept.id}], person, batch=batch)


# what is never in the offer


SPANS = st.text("абвгД7IVХ.,- °«»ǅⅣ²½éß\n", min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=6))
def test_no_capital_no_digit_and_no_abbreviation_is_ever_in_the_offer(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    """Whoever proposes it, however sure: neither in what stands there nor in what would."""
    with pytest.MonkeyPatch.context() as patch, init(tmp_path_factory.mktemp("bulk") / "edition") as edition:
        patch.setattr(bulk, "_own", lambda edition, least: {
            "words": bulk.Measured(suggester="words", count=1000, right=1000, where="edition")
        })  # fmt: skip
        put(edition, [(a, b, 999_000) for a, b in pairs if a != b])
        offered = offer(edition, 0.95)
        for kept in offered.accepted:
            s = kept.suggestion
            for value in (s.quote, s.candidates[0].text):
                assert not any(c.isupper() or c.isdigit() or c.isnumeric() or c.istitle() for c in value), value
                assert not _abbreviated(value), value
        assert len(offered.accepted) + sum(offered.left.values()) == len([1 for a, b in pairs if a != b])


def _abbreviated(value: str) -> bool:
    """Is there a period after up to four letters that begin a word?"""
    parts = "".join(c if c.isalpha() or c == "." else " " for c in value).split()
    return any(0 < len(word) <= 4 for part in parts for word in part.split(".")[:-1])


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("before", "quote", "text", "after"),
    [
        ("см. ", "прйл", "прил", ". к делу"),
        ("по ", "разн", "разп", "., как сказано"),
        ("и т", ".", ",", " д"),
        ("**шесть ", "руо", "руб", "**. за воз"),
    ],
)
def test_an_abbreviation_is_known_by_a_period_that_lies_beside_the_span(
    edition: Edition, before: str, quote: str, text: str, after: str
) -> None:
    content = f"{before}{quote}{after}\n"
    keep(edition, read(content.encode(), name="a.md"), [about(len(before), quote, text, 960_000)])
    assert (quotes(offer(edition)), dict(offer(edition).left)) == ([], {"one-by-one": 1})


@pytest.mark.usefixtures("measured")
def test_zones_and_places_without_a_proposal_are_decided_one_by_one(edition: Edition, person: Person) -> None:
    """Nor is what was answered, or is less likely than was asked for."""
    put(edition, words(1), kind="folio")
    assert dict(offer(edition).left) == {"one-by-one": 1}
    put(edition, [*words(2, first=5), *words(1, 899_999, first=9)], name="b.txt")
    assert quotes(offer(edition)) == [quote for quote, *_ in words(2, first=5)]
    deciding.record_all(edition, [{"act": "keep", "transcript": "b.txt", "start": 0, "end": 8}], person)
    assert quotes(offer(edition)) == [words(1, first=6)[0][0]]


@pytest.mark.parametrize("above", [0.49, 1, 1.5, -1, float("nan"), float("inf")])
def test_what_is_no_chance_to_accept_above_is_refused(edition: Edition, above: float) -> None:
    with pytest.raises(UsageError, match="no probability to accept above"):
        offer(edition, above)


# by whose measure


@pytest.mark.usefixtures("measured")
def test_the_shipped_evaluation_is_asked_from_the_chance_on(edition: Edition) -> None:
    """95 of 100 are right from 0.9 on: enough for 0.9, and for 0.95, but not where 0.97 is asked for."""
    put(edition, words(3, 980_000))
    offered = offer(edition, 0.9)
    assert (len(offered.accepted), offered.measured["words"].count, offered.measured["words"].right) == (3, 100, 95)
    assert offered.measured["words"].where == "evaluation"
    low, high = offered.measured["words"].interval
    assert low < 0.95 < high
    assert offer(edition, 0.95).measured["words"].count == 40
    assert dict(offer(edition, 0.98).left) == {"unmeasured": 3}


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(("suggester", "reason"), [("signs", "below"), ("case", "unmeasured"), ("dates", "unmeasured")])
def test_who_was_wrong_too_often_or_hardly_measured_is_not_trusted(
    edition: Edition, suggester: str, reason: str
) -> None:
    put(edition, words(3), suggester=suggester)
    assert dict(offer(edition).left) == {reason: 3}


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("lexicon", ["en-wordfreq 1", "", "uk-wordfreq 1"])
def test_the_shipped_evaluation_is_of_russian(edition: Edition, lexicon: str) -> None:
    put(edition, words(3), lexicon=lexicon)
    assert dict(offer(edition).left) == {"unmeasured": 3}


@pytest.mark.usefixtures("measured")
def test_the_shipped_evaluation_is_of_the_prior_that_it_was_made_with(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(edition, words(3))
    monkeypatch.setitem(bulk._evaluation(), "prior", "another")
    assert dict(offer(edition).left) == {"unmeasured": 3}


def test_what_is_shipped_is_of_the_prior_that_is_shipped() -> None:
    """Else it would measure nothing; each suggester was right no more often than it was asked."""
    record = bulk._evaluation()
    assert record["prior"] == prior().version
    for rows in record["suggesters"].values():
        assert all(0 <= right <= count and 0 <= ppm < 1_000_000 for ppm, count, right in rows)


@pytest.mark.usefixtures("measured")
def test_own_answers_are_asked_before_the_shipped_evaluation(edition: Edition, person: Person) -> None:
    """From thirty on, and whatever the language; what persons refused counts against the suggester."""
    put(edition, words(50), lexicon="en-wordfreq 1")
    answer(edition, person, 29)
    assert dict(offer(edition).left) == {"unmeasured": 21}
    answer(edition, person, 1)
    offered = offer(edition)
    assert len(offered.accepted) == 20
    assert (offered.measured["words"].count, offered.measured["words"].where) == (30, "edition")
    answer(edition, person, 4, wrong=4)
    assert dict(offer(edition).left) == {"below": 16}
    assert len(offer(edition, 0.85).accepted) == 16


@pytest.mark.usefixtures("measured")
def test_answers_to_less_likely_suggestions_measure_nothing(edition: Edition, person: Person) -> None:
    put(edition, [*words(40, 700_000), *words(5, first=40)], lexicon="en-wordfreq 1")
    answer(edition, person, 40)
    assert dict(offer(edition).left) == {"unmeasured": 5}
    assert offer(edition, 0.7).measured["words"].count == 40


@pytest.mark.usefixtures("measured")
def test_what_was_accepted_in_bulk_measures_nothing(edition: Edition, person: Person) -> None:
    """A suggester does not become trusted by being trusted; another batch of a person's own does count."""
    put(edition, words(40))
    offered = offer(edition)
    assert len(bulk.accept(edition, offered, person)) == 40
    assert bulk._own(edition, 500_000) == {}
    deciding.undo(edition, person)
    answer(edition, person, 40, batch="spring")
    assert bulk._own(edition, 500_000)["words"].count == 40


@pytest.mark.usefixtures("measured")
def test_answers_that_were_taken_back_measure_nothing(edition: Edition, person: Person) -> None:
    put(edition, words(30))
    answer(edition, person, 30)
    deciding.undo(edition, person)
    assert bulk._own(edition, 500_000) == {}


# accepting


@pytest.mark.usefixtures("measured")
def test_all_is_one_batch_and_one_undo(edition: Edition, person: Person) -> None:
    put(edition, words(12))
    made = bulk.accept(edition, offer(edition), person)
    assert len({entry.batch for entry in made}) == 1 and str(made[0].batch).startswith("above-0.90-")
    assert [(e.decision.act, e.decision.quote, e.decision.page) for e in made] == [
        ("accept", quote, text) for quote, text, _ in words(12)
    ]
    assert all(e.decision.suggestion for e in made)
    assert library.listings(edition)[0].open == 0
    undone = deciding.undo(edition, person)
    assert undone is not None and len(undone[1]) == 12
    assert library.listings(edition)[0].open == 12


@pytest.mark.usefixtures("measured")
def test_nothing_is_not_accepted(edition: Edition, person: Person) -> None:
    put(edition, words(2), suggester="signs")
    with pytest.raises(RefusedError, match="nothing to accept"):
        bulk.accept(edition, offer(edition), person)


@pytest.mark.usefixtures("measured")
def test_what_was_decided_since_it_was_shown_is_not_overwritten(edition: Edition, person: Person) -> None:
    """All of it is refused: what was confirmed is not what would be done."""
    put(edition, words(3))
    offered = offer(edition)
    answer(edition, person, 1, wrong=1)
    before = len(list(entries.every(edition.db)))
    with pytest.raises(RefusedError):
        bulk.accept(edition, offered, person)
    assert len(list(entries.every(edition.db))) == before
    assert len(bulk.accept(edition, offer(edition), person)) == 2


# what is said of it


@pytest.mark.usefixtures("measured")
def test_the_report_says_who_and_by_what_measure_and_shows_places(edition: Edition) -> None:
    put(edition, [*words(6), *words(1, first=0), ("Дом", "Том", 960_000)])
    lines = list(bulk_report.in_words(edition, offer(edition)))
    assert lines[0] == "    7  words: right 95 of 100 times (89% to 98%), by the shipped evaluation"
    quote, text, _ = words(1)[0]
    assert lines[1] == f"       …[{quote} → {text}] слово {words(2)[1][0]} сл…   2 times"
    assert lines[6:] == [
        "       and 1 other change",
        "    1  left: touch a name, a number, a date or an abbreviation: decided one by one",
    ]


@pytest.mark.usefixtures("measured")
def test_the_report_of_nothing_says_why(edition: Edition) -> None:
    put(edition, words(2), suggester="signs")
    assert list(bulk_report.in_words(edition, offer(edition))) == [
        "nothing can be accepted in bulk above 0.9",
        "    2  left: are of suggesters that were right less often than that",
    ]
