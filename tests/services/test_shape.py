"""The shape of a document: line ends, leaves, what the text says of itself, names, what others write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.conftest import propose, someone
from workbench.core.errors import RefusedError
from workbench.services import authorities, deciding, library
from workbench.services.document import breaks, describing, leaf_marks, tagging
from workbench.services.document.breaks import Answer
from workbench.services.document.desk import Desk
from workbench.services.document.others import Others
from workbench.services.edition import again
from workbench.services.words import words
from workbench.store import entries

Make = Callable[[str], Desk]


def all_breaks(desk: Desk) -> list[breaks.Break]:
    known = words.count(desk.edition, library.listings(desk.edition)).words
    return breaks.breaks(desk.edition, library.listings(desk.edition)[0], known)


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("ма-\nшина машина\n", "join"),
        ("кое-\nкак кое-как\n", "hyphen"),
        ("неве-\nдомый\n", "join"),
        ("Иван-\nГрозный\n", "hyphen"),
        ("СО-\nЮЗ\n", "join"),
        ("ма¬\nшина\n", "join"),
    ],
)
def test_a_break_is_proposed_by_the_editions_own_words(made_of: Make, text: str, proposed: Answer) -> None:
    (one,) = all_breaks(made_of(text))
    assert one.proposed == proposed


def test_a_lost_hyphen_is_found_where_the_whole_is_frequent(made_of: Make) -> None:
    text = "маши\nна\nколхо\nзного\n" + "колхозного " * 4 + "\n"
    assert [(b.head, b.tail) for b in all_breaks(made_of(text))] == [("колхо", "зного")]


@pytest.mark.parametrize(("answer", "reading"), [("join", "машина"), ("hyphen", "ма-шина"), ("apart", "ма-")])
def test_an_answer_is_one_decision_that_closes_the_suggestion(made_of: Make, answer: Answer, reading: str) -> None:
    text = "ма-\nшина\n"
    desk = made_of(text)
    propose(desk, text, [("ма-\nшина", "машина", 900_000, "hyphen")])
    (one,) = all_breaks(desk)
    made = breaks.answer(desk.edition, one, answer, someone(desk), entries.heads(desk.edition.db))
    assert desk.line_reading(0) == reading
    assert made.decision.suggestion is not None
    assert desk.next_open(None) is None
    assert all_breaks(desk)[0].decided is not None


def test_a_break_that_somebody_decided_meanwhile_is_not_overwritten(made_of: Make) -> None:
    desk = made_of("ма-\nшина\n")
    (one,) = all_breaks(desk)
    heads = entries.heads(desk.edition.db)
    breaks.answer(desk.edition, one, "hyphen", someone(desk, "Другая"), heads)
    with pytest.raises(RefusedError):
        breaks.answer(desk.edition, one, "join", someone(desk), heads)


@pytest.mark.parametrize(
    ("label", "following"),
    [("117", "117 об."), ("117 об.", "118"), ("117об", "118"), ("[9?]", "9 об."), ("а", ""), ("", "")],
)
def test_leaves_count_on_by_recto_and_verso(label: str, following: str) -> None:
    assert leaf_marks.following(label) == following


def test_a_leaf_takes_the_number_that_stands_there_and_the_next_counts_on(made_of: Make) -> None:
    desk = made_of("начало\n41\nдальше\nещё\n")
    person = someone(desk)
    number = desk.places(1)[0]
    assert leaf_marks.proposed(desk, number) == "41"
    leaf_marks.begin(desk, number, "41", person)
    place = desk.places(3)[0]
    assert leaf_marks.proposed(desk, place) == "41 об."
    made = leaf_marks.begin(desk, place, "[41 об.?]", person)
    assert made.decision.start == made.decision.end and made.decision.data["doubtful"] is True


def test_a_leaf_counts_on_from_those_before_it_in_the_document(made_of: Make) -> None:
    """Not from one that stands earlier in a text whose first part the document has last."""
    desk = made_of("первый\nвторой\n")
    person, edition = someone(desk), desk.edition
    leaf_marks.begin(desk, desk.places(0)[0], "5", person)
    deciding.record_all(edition, [{"act": "split", "transcript": "text0.txt", "start": 7}], person)
    one, other = library.ids(edition)
    deciding.record_all(edition, [{"act": "join", "document": other, "other": one}], person)
    turned = Desk(edition, other)
    assert [leaf_marks.proposed(turned, turned.places(row)[0]) for row in (0, 1)] == ["", "5 об."]


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("Москва, 3 декабря 1932 г.", [("3 декабря 1932 г.", "1932-12-03")]),
        ("от 4.I.1934 и 18.XII.1933", [("4.I.1934", "1934-01-04"), ("18.XII.1933", "1933-12-18")]),
        ("January 15, 1921", [("January 15, 1921", "1921-01-15")]),
        ("15 January 1921", [("15 January 1921", "1921-01-15")]),
        ("18.XII.33", []),
        ("45.13.1934, 5.17.1934", []),
    ],
)
def test_dates_are_read_as_written_and_no_century_is_invented(line: str, dates: list[tuple[str, str]]) -> None:
    assert list(describing.dates(line)) == dates


def test_the_text_proposes_its_description_and_zones_come_first(made_of: Make) -> None:
    desk = made_of("Докладная записка\nг. Тула, 5 мая 1931 г.\n№ 17-с\nТов. Петрову\nкому надо\nтекст\n")
    person = someone(desk)
    desk.record_at(person, *desk.line_span(4), act="zone", kind="addressee")
    found = {name: [p.value for p in values] for name, values in describing.propose(desk).items()}
    assert found["kind"] == ["докладная записка"]
    assert found["place"] == ["Тула"]
    assert found["date"] == ["1931-05-05"]
    assert found["number"] == ["№ 17-с"]
    assert found["addressee"] == ["кому надо", "Петрову"]


def test_an_inflected_name_finds_its_name_in_the_lists(made_of: Make, tmp_path: Path) -> None:
    desk = made_of("т. Петрову\n")
    names = tmp_path / "names.csv"
    names.write_text("name,kind,note\nПетров И. С.,person,врач\nТула,place,\n", "utf-8")
    authorities.add(desk.edition, names)
    assert [a.name for a in tagging.names_like(desk.edition, "Петрову")] == ["Петров И. С."]
    assert tagging.names_like(desk.edition, "Зворыкин") == []


def test_what_another_connection_writes_is_news_and_ones_own_is_not(made_of: Make) -> None:
    desk = made_of("раз два\n")
    person = someone(desk)
    others = Others(desk.edition)
    desk.keep(desk.places(0)[0], person)
    assert others.news() is None
    with again(desk.edition) as second:
        there = Desk(second, desk.document)
        there.keep(there.places(0)[1], person)
    news = others.news()
    assert news is not None and "два" in [e.decision.quote for e in news]
    assert others.news() is None


def test_only_looking_is_no_news(made_of: Make) -> None:
    desk = made_of("раз два\n")
    someone(desk)
    others = Others(desk.edition)
    with again(desk.edition) as second:
        Desk(second, desk.document).counts()
    assert others.news() is None
