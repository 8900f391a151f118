"""Error rates over what a reader counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.measure import cer, clusters, wer, wilson


@pytest.mark.parametrize(
    ("truth", "text", "errors", "units"),
    [
        ("кот", "кот", 0, 3),
        ("кот", "кит", 1, 3),
        ("кот", "", 3, 3),
        ("", "кот", 3, 0),
        ("йод", "и\u0306од", 0, 3),  # composed and decomposed are one
        ("ѐ", "е", 1, 1),
        ("🇷🇺!", "!", 1, 2),  # a flag is one sign
        ("a\r\nb", "a\nb", 1, 3),
    ],
)
def test_character_error_rate(truth: str, text: str, errors: int, units: int) -> None:
    rate = cer(truth, text)
    assert (rate.errors, rate.units) == (errors, units)


def test_word_error_rate_counts_words_between_white_space() -> None:
    rate = wer("раз, два\nтри", "раз два три")
    assert (rate.errors, rate.units) == (1, 3)
    assert rate.value == pytest.approx(1 / 3)


def test_a_rate_over_nothing() -> None:
    assert cer("", "").value == 0
    assert cer("", "x").value == 1


@given(st.text(max_size=30))
def test_clusters_make_the_text_again(text: str) -> None:
    """Up to canonical equivalence nothing is lost."""
    import unicodedata

    assert "".join(clusters(text)) == unicodedata.normalize("NFC", text)


@given(st.text("абв ", max_size=12), st.text("абв ", max_size=12))
def test_errors_are_no_more_than_the_longer_text(one: str, other: str) -> None:
    assert abs(len(clusters(one)) - len(clusters(other))) <= cer(one, other).errors <= max(len(one), len(other))


@pytest.mark.parametrize(("right", "count", "low", "high"), [(0, 0, 0, 1), (30, 30, 0.886, 1), (95, 100, 0.888, 0.978)])
def test_wilsons_interval(right: int, count: int, low: float, high: float) -> None:
    """Beside values worked out by hand; a share of one is never certain."""
    assert wilson(right, count) == pytest.approx((low, high), abs=0.001)
