"""Word lists: counted on the reading, each list by its own idea of what is odd."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tests.services.conftest import propose, someone
from workbench.services import library, word_lists, words
from workbench.services.desk import Desk
from workbench.services.word_lists import ListName
from workbench.services.words import Counted

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
    from workbench.services import deciding

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
        ("frequency", {"а": 2, "б": 5}, [("б", ()), ("а", ())]),
        ("case", {"Ленин": 3, "леНин": 1}, [("леНин", ("Ленин 3",))]),
        ("case", {"дом": 4, "Дом": 1, "ДОМ": 1}, []),
        ("hyphen", {"както": 1, "как-то": 5}, [("както", ("как-то 5",))]),
        ("yo", {"еще": 2, "ещё": 9}, [("еще", ("ещё 9",))]),
        ("script", {"кот": 7, "кoт": 1}, [("кoт", ("кот 7",))]),
        ("script", {"шaр": 1}, [("шaр", ())]),
        ("near", {"собрание": 6, "собраиие": 1, "собака": 1}, [("собраиие", ("собрание 6",))]),
        ("near", {"собрание": 6, "собраиие": 3}, []),
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
