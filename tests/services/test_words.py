"""Word lists: counted on the reading, each list by its own idea of what is odd."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tests.services.conftest import propose, someone
from workbench.services import adding, deciding, library, matching, series
from workbench.services.document.desk import Desk
from workbench.services.words import word_lists, word_places, words
from workbench.services.words.word_lists import ListName
from workbench.services.words.word_places import WordChoice
from workbench.services.words.words import Counted

Make = Callable[[str], Desk]


def counted(desk: Desk) -> Counted:
    return words.count(desk.edition, library.listings(desk.edition))


def counts(desk: Desk) -> Counted:
    """What was counted, without where."""
    return replace(counted(desk), ranges=(), where={}, where_signs={})


def of(frequencies: dict[str, int]) -> Counted:
    return Counted(words=frequencies)


def test_the_reading_is_counted_not_the_raw_text(made_of: Make) -> None:
    desk = made_of("кот котъ\nкот\n")
    desk.edit_line(0, "кот пёс", someone(desk))
    assert dict(counted(desk).words) == {"кот": 2, "пёс": 1}


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_counts_do_not_depend_on_how_the_text_is_cut(
    made_of: Make, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    """A decision over the border of two parts counts once."""
    desk = made_of("один два\nтри чет-\nыре пять\nодин\n")
    desk.edit_line(0, "один три", someone(desk))
    text = desk.lines.parts[0].stretch.text
    at = "один два\nтри чет-\nыре".index("чет-")
    asked = {"transcript": text, "start": at, "end": at + 8, "act": "edit", "page": "четыре", "class": "layout"}
    deciding.record_all(desk.edition, [asked], someone(desk))
    whole = counts(desk)
    monkeypatch.setattr(words, "_LINES", lines)
    assert counts(desk) == whole
    assert dict(whole.words) == {"один": 2, "три": 2, "четыре": 1, "пять": 1}


@pytest.mark.parametrize(
    ("name", "frequencies", "wanted"),
    [
        ("frequency", {"а": 2, "б": 5}, [("б", ("",)), ("а", ("",))]),
        ("case", {"Ленин": 3, "леНин": 1}, [("леНин", ("Ленин 3",))]),
        ("case", {"дом": 4, "Дом": 1, "ДОМ": 1}, []),
        ("case", {"Ивлев": 4, "ивлев": 1}, [("ивлев", ("Ивлев 4",))]),
        ("hyphen", {"както": 1, "как-то": 5}, [("както", ("как-то 5",))]),
        ("hyphen", {"Дом": 1, "дом": 4}, []),
        ("yo", {"Еще": 1, "ещё": 9}, [("Еще", ("ещё 9",))]),
        ("yo", {"еще": 2, "ещё": 9}, [("еще", ("ещё 9",))]),
        ("script", {"кот": 7, "кoт": 1}, [("кoт", ("кот 7",))]),
        ("script", {"шaр": 1}, [("шaр", ("",))]),
        ("near", {"собрание": 6, "собраиие": 1, "собака": 1}, [("собраиие", ("собрание 6",))]),
        ("near", {"собрание": 6, "собраиие": 3}, []),
        ("near", {"собрание": 6, "Собраиие": 1}, [("Собраиие", ("собрание 6",))]),
        ("near", {"дом": 6, "том": 1}, []),
    ],
)
def test_each_list_shows_what_it_is_for(
    name: ListName, frequencies: dict[str, int], wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(w.text, w.notes) for w in word_lists.listed(of(frequencies), name)] == wanted


_words = st.dictionaries(st.text(alphabet="абвг", min_size=1, max_size=6), st.integers(1, 6), max_size=25)


@settings(max_examples=80, deadline=None)
@given(_words)
def test_near_words_are_those_that_a_comparison_of_all_with_all_finds(frequencies: dict[str, int]) -> None:
    found = {w.text for w in word_lists.listed(of(frequencies), "near")}
    wanted = {
        a
        for a, n in frequencies.items()
        if n <= 2 and len(a) > 3
        for b, m in frequencies.items()
        if m >= 4 and len(b) > 3 and a != b and Levenshtein.distance(a, b) <= 1
    }
    assert found == wanted


def test_signs_come_rarest_first_with_their_names(made_of: Make) -> None:
    first = word_lists.listed(counted(made_of("ааа «б\n")), "signs")[0]
    assert first.sign and first.count == 1
    assert any(w.text == "«" and w.notes == ("U+00AB", "Left-pointing double angle quotation mark") for w in
               word_lists.listed(counted(made_of("ааа «б\n")), "signs"))  # fmt: skip


def test_words_sometimes_changed_and_sometimes_left(made_of: Make) -> None:
    """The list of Distributed Proofreaders: share changed, last changed to, changed, left."""
    desk = made_of("кот кот кот кот\n")
    desk.edit_line(0, "кит кот кот кот", someone(desk))
    (row,) = word_lists.listed(counted(desk), "changed")
    assert (row.text, row.notes) == ("кот", ("25%", "кит", "1", "3"))


def test_what_suggestions_are_about_comes_first_among_the_odd(made_of: Make) -> None:
    text = "один два три два три\n"
    desk = made_of(text)
    propose(desk, text, [("три", "тра", 500_000, "word")])
    assert [(w.text, w.notes) for w in word_lists.listed(counted(desk), "suspicion")] == [("три", ("1", ""))]


def test_two_words_that_are_one_elsewhere_are_listed_with_the_hyphened_form(made_of: Make) -> None:
    rows = word_lists.listed(counted(made_of("как-то раз\nкак-то как то\nто как\n")), "hyphen")
    assert [(w.text, w.count, w.notes) for w in rows] == [("как то", 1, ("как-то 2",))]


def test_a_word_knows_what_stands_for_it_in_the_raw_text(made_of: Make) -> None:
    """Over a line end, as a part of a word, and taken out of one; a word that nobody touched has the form it has."""
    desk = made_of("чет-\nыре пятъ\nше.сть\nсемь\n")
    text = desk.lines.parts[0].stretch.text
    changes = [(0, 8, "четыре"), (12, 13, "ь"), (16, 17, "")]
    asked = [{"transcript": text, "start": s, "end": e, "act": "edit", "page": new} for s, e, new in changes]
    deciding.record_all(desk.edition, asked, someone(desk))
    rows = {w.text: w.raw_forms for w in word_lists.listed(counted(desk), "frequency")}
    assert rows == {"четыре": ("чет-\nыре",), "пять": ("пятъ",), "шесть": ("ше.сть",), "семь": ()}


def test_what_is_put_in_between_two_parts_is_counted_once(made_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = made_of("один\nдва\n")
    monkeypatch.setattr(words, "_LINES", 1)
    asked = {"transcript": desk.lines.parts[0].stretch.text, "start": 5, "end": 5, "act": "edit", "page": "ещё "}
    deciding.record_all(desk.edition, [asked], someone(desk))
    assert dict(counted(desk).words) == {"один": 1, "ещё": 1, "два": 1}


def test_a_word_is_one_word_however_its_letters_are_composed(made_of: Make) -> None:
    """Its raw form is kept, and it is found and accepted in both."""
    apart = "мои\u0306"
    desk = made_of(f"мой {apart}\n{apart}\n")
    (word,) = word_lists.listed(counted(desk), "frequency")
    assert (word.text, word.count, word.raw_forms) == ("мой", 3, (apart,))
    assert [e.quote for e in word_places.examples(desk.edition, counted(desk), word.choice)] == ["мой", apart, apart]
    made = word_places.accept(desk.edition, word.choice, None, someone(desk))
    assert {e.decision.data["word"] for e in made} == {"мой", apart}
    assert len(desk.undo(someone(desk))) == 2


def test_what_reads_like_a_changed_word_but_stood_otherwise_was_not_left(made_of: Make) -> None:
    desk = made_of("кот кот котъ\n")
    desk.edit_line(0, "кит кот кот", someone(desk))
    rows = {w.text: w.notes for w in word_lists.listed(counted(desk), "changed")}
    assert rows == {"кот": ("50%", "кит", "1", "1"), "котъ": ("100%", "кот", "1", "0")}


def test_the_last_change_is_the_one_decided_last_not_the_one_that_stands_last(made_of: Make) -> None:
    desk = made_of("кот\nкот\nкот\n")
    desk.edit_line(2, "код", someone(desk))
    desk.edit_line(0, "кит", someone(desk))
    (row,) = word_lists.listed(counted(desk), "changed")
    assert row.notes == ("67%", "кит", "2", "1")


@pytest.mark.parametrize("lines", [1, 2, 50])
def test_examples_are_the_first_places_in_the_reading(
    made_of: Make, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    desk = made_of("дом\nкот и дом\nдомъ\nдом-то\nдом\nдом\n")
    desk.edit_line(2, "дом", someone(desk))
    monkeypatch.setattr(words, "_LINES", lines)
    found = word_places.examples(desk.edition, counted(desk), WordChoice(word="дом"))
    assert [(e.document, e.line, e.quote) for e in found] == [(1, 1, "дом"), (1, 2, "дом"), (1, 3, "дом")]
    assert found[1].before.endswith("кот и ")


def test_a_word_of_which_none_is_left_is_shown_where_it_stood(made_of: Make) -> None:
    desk = made_of("кот и код\n\nкод один\n")
    for row in (0, 2):
        desk.edit_line(row, desk.line_reading(row).replace("код", "кот"), someone(desk))
    (row_,) = word_lists.listed(counted(desk), "changed")
    found = word_places.examples(desk.edition, counted(desk), row_.choice, raw=True)
    assert [(e.line, e.quote) for e in found] == [(1, "код"), (3, "код")]


def test_the_oddest_words_come_first_and_accepted_ones_last(made_of: Make) -> None:
    text = "Слушали доклад слушали доклад о ходе сева и о мерах\nшaр доКлад зюбряк зюбряк мымрых трулюк\n"
    desk = made_of(text)
    propose(desk, text, [("сева", "села", 500_000, "word")])
    word_places.accept(desk.edition, WordChoice(word="мымрых"), None, someone(desk))
    rows = [(w.text, w.notes) for w in word_lists.listed(counted(desk), "suspicion")]
    assert rows == [
        ("сева", ("1", "")), ("шaр", ("", "alphabets")), ("доКлад", ("", "capital")), ("трулюк", ("", "unknown")),
        ("зюбряк", ("", "unknown")), ("мымрых", ("", "unknown")),
    ]  # fmt: skip


def test_without_a_lexicon_words_that_stand_but_once_are_odd() -> None:
    rows = word_lists.listed(of({"а": 1, "б": 2}), "suspicion")
    assert [(w.text, w.notes) for w in rows] == [("а", ("", "once"))]


def test_a_word_accepted_in_a_document_is_right_there_and_not_in_the_edition(made_of: Make, tmp_path: Path) -> None:
    desk = made_of("кот\n")
    other = tmp_path / "other.txt"
    other.write_text("кот пёс\n", "utf-8")
    list(adding.add(desk.edition, [other]))
    word_places.accept(desk.edition, WordChoice(word="кот"), desk.document, someone(desk))
    both = library.listings(desk.edition)
    assert words.count(desk.edition, [d for d in both if d.id == desk.document]).right == {"кот": "document"}
    assert words.count(desk.edition, both).right == {}


def test_counting_tells_how_far_it_is_and_can_be_stopped(made_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = made_of("кот\n" * 5)
    monkeypatch.setattr(words, "_LINES", 2)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        words.count(desk.edition, library.listings(desk.edition), tell)
    assert told == [(0, 5), (2, 5)]


def test_every_place_that_was_counted_is_a_place_of_its_series(made_of: Make) -> None:
    """A number beside a word is no part of it, in the lists as in the series that they lead to."""
    desk = made_of("8/1Х-1939 года, ст. 58 1-а, 1934г и г-1\n")
    for word in counted(desk).words:
        found = matching.matches(
            desk.edition,
            desk.lines.parts[0].stretch,
            regex.compile(series.words(word)),
            None,
            "raw",
            lambda lines: None,
        )
        assert len(list(found)) == counted(desk).words[word], word
