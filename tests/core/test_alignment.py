"""Two texts of a page side by side: what one has where the other has a span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core import alignment
from workbench.core.alignment import aligned

WORDS = st.lists(st.text("абвг,.", min_size=1, max_size=6), min_size=1, max_size=12)
BLANKS = st.sampled_from([" ", "  ", "\n", "\r\n", "\n\n", "\t", " \n"])
NUMBERED = [f"{chr(0x3400 + n)}ли{chr(0x3400 + n)}" for n in range(300)]
"""Words that begin and end with a sign of their own, so that there is one best way to lay a text beside another."""


@contextmanager
def long_from(size: int) -> Iterator[None]:
    """Texts of this size on are aligned word by word."""
    before = alignment._LONG
    alignment._LONG = size
    try:
        yield
    finally:
        alignment._LONG = before


def words_of(raw: str, other: str) -> list[tuple[str, str]]:
    """Each word with what the other text has in its place."""
    at = aligned(raw, other)
    return [(m[0], at(m.start(), m.end())) for m in re.finditer(r"\S+", raw)]


@given(WORDS)
def test_a_text_has_each_word_where_it_has_it(words: list[str]) -> None:
    assert words_of(" ".join(words), " ".join(words)) == [(word, word) for word in words]


@given(WORDS, st.data())
def test_other_white_space_is_no_difference(words: list[str], data: st.DataObject) -> None:
    """Neither between the words nor around the text, in either of the two."""

    def spaced() -> str:
        edge = st.one_of(st.just(""), BLANKS)
        gaps = [data.draw(BLANKS) for _ in words[1:]]
        inner = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=True))
        return data.draw(edge) + inner + data.draw(edge)

    assert words_of(spaced(), spaced()) == [(word, word) for word in words]


@pytest.mark.parametrize(
    ("raw", "other", "wanted"),
    [
        ("всем паргии и делам", "всем партии и делам", {"паргии": "партии", "и": "и"}),
        ("вечеромна сцене", "вечером на сцене", {"вечеромна": "вечером на"}),
        ("ма-\nшина стоит", "машина стоит", {"стоит": "стоит"}),
        ("дом ° и сад", "дом и сад", {"°": "", "дом": "дом"}),
        ("дом", "", {"дом": ""}),
        ("дом", " \n ", {"дом": ""}),
    ],
)
def test_a_difference_stays_in_its_place(raw: str, other: str, wanted: dict[str, str]) -> None:
    found = dict(words_of(raw, other))
    assert {word: found[word] for word in wanted} == wanted


@given(st.integers(20, 60), st.dictionaries(st.integers(0, 11), st.sampled_from(["change", "drop", "add"]), max_size=3))
def test_by_words_first_is_the_same_where_little_differs(length: int, changes: dict[int, str]) -> None:
    """A long text differs from a short one in nothing but time; a word that is more stands with either neighbour."""
    other: list[str] = []
    for n, word in enumerate(NUMBERED[:length]):
        what = changes.get(n // 5) if n % 5 == 0 else None
        other += [] if what == "drop" else [word.replace("л", "п") if what == "change" else word]
        other += ["щука"] if what == "add" else []
    raw, witness = " ".join(NUMBERED[:length]), "\n".join(other)

    def found() -> list[str]:
        return [got.replace("щука", "").strip() for _, got in words_of(raw, witness)]

    short = found()
    with long_from(1):
        assert found() == short


def test_a_passage_that_the_other_lacks_moves_nothing() -> None:
    """Whether it stands at the beginning, in the middle or at the end, and whichever of the two has it."""
    whole = NUMBERED[:300]
    for first, last in ((0, 100), (100, 200), (200, 300)):
        part = whole[:first] + whole[last:]
        with long_from(1):
            lacking = words_of(" ".join(whole), " ".join(part))
            more = words_of(" ".join(part), " ".join(whole))
        assert [got for _, got in lacking[:first] + lacking[last:]] == part
        assert {got for _, got in lacking[first:last]} == {""}
        assert all(word in got.split() for word, got in more)
        assert sum(word != got for word, got in more) <= 1  # what is more stands with a neighbour


def test_two_texts_that_share_nothing_have_nothing_at_each_place() -> None:
    """No word is equal over a long stretch: the other text is another passage, not a reading of this one."""
    raw, other = "бег " * 6000, "юла " * 6000
    assert len(raw) > alignment._TOO_FAR
    with long_from(1):
        assert aligned(raw, other)(0, 3) == ""
