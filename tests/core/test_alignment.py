"""What one text has where another has a span."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core import alignment
from workbench.core.alignment import aligned

_WORD = re.compile(r"\S+")
texts = st.lists(st.text("абвгд", min_size=1, max_size=6), min_size=1, max_size=30).map(" ".join)
RAW = "Товарищ предсе-\nдатель просил прислать вторую копню письма не позже среды."
OTHER = "Товарищ председатель просил прислать вторую копию письма не позже среды."


@given(texts)
def test_a_text_has_its_own_words(text: str) -> None:
    at = aligned(text, text)
    assert [at(m.start(), m.end()) for m in _WORD.finditer(text)] == text.split()


@given(texts)
def test_other_white_space_is_no_difference(text: str) -> None:
    at = aligned(text.replace(" ", "\n\n  "), text)
    assert [at(m.start(), m.end()) for m in _WORD.finditer(text.replace(" ", "\n\n  "))] == text.split()


@pytest.mark.parametrize("long", [40_000, 1])
def test_a_misread_word_finds_its_reading(long: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By signs alone, and by words first."""
    monkeypatch.setattr(alignment, "_LONG", long)
    at = aligned(RAW, OTHER)
    start = RAW.index("копню")
    assert at(start, start + 5) == "копию"
    assert at(0, 7) == "Товарищ"
    assert at(8, RAW.index("просил") - 1) == "председатель"


def test_what_the_other_text_lacks_is_empty() -> None:
    at = aligned("раз два три четыре пять", "раз пять")
    assert (at(4, 7), at(19, 23)) == ("", "пять")
