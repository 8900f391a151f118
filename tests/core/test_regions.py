"""Places where a raw text and its truth differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.regions import claims, regions, touches
from workbench.core.text import fold

TEXTS = st.lists(st.sampled_from(["дом", "дам", "и", ".", "‘", " ", "  ", "\n", ","]), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("raw", "truth", "wanted"),
    [
        ("всем паргии и", "всем партии и", [("паргии", "партии")]),
        ("один‘ два", "один два", [("один‘", "один")]),
        ("один ‘ два", "один два", [("‘ ", "")]),
        ("вечеромна сцене", "вечером на сцене", [("вечеромна", "вечером на")]),
        ("один\n\nдва", "один два", []),  # white space of another kind
        ("а б в", "а б в", []),
        ("кет дам", "кот дом", [("кет", "кот"), ("дам", "дом")]),
    ],
)
def test_a_place_is_whole_words_and_no_more(raw: str, truth: str, wanted: list[tuple[str, str]]) -> None:
    assert [(raw[r.start : r.end], truth[r.true_start : r.true_end]) for r in regions(raw, truth)] == wanted


@given(TEXTS, TEXTS)
def test_the_truth_at_every_place_makes_the_truth(raw: str, truth: str) -> None:
    out, at = "", 0
    for r in regions(raw, truth):
        assert at <= r.start <= r.end
        out += raw[at : r.start] + truth[r.true_start : r.true_end]
        at = r.end
    assert fold(out + raw[at:]) == fold(truth)


def test_a_suggestion_claims_the_words_that_it_changes() -> None:
    raw = "он сказал правлу всем"
    assert [raw[a:b] for a, b in claims(raw, 0, len(raw), "он сказал правду всем")] == ["правлу"]
    assert [raw[a:b] for a, b in claims(raw, 3, 16, None)] == ["сказал", "правлу"]


def test_white_space_beside_a_deletion_belongs_to_it() -> None:
    raw = "один ‘ два"
    (place,) = regions(raw, "один два")
    assert touches(raw, 5, 7, place)
    assert touches(raw, 4, 6, place)
    assert not touches(raw, 0, 4, place)
