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


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (0, 0, 0.0, 1.0),  # nothing was counted, nothing is known
        (0, 10, 0.0, 0.2775),  # the figures of Wilson's formula, worked out by hand
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),  # the example in Newcombe's comparison of intervals (1998)
    ],
)
def test_the_interval_of_a_share(right: int, count: int, low: float, high: float) -> None:
    assert wilson(right, count) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5000), st.data())
def test_an_interval_holds_its_share_and_narrows_with_the_count(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count))
    low, high = wilson(right, count)
    assert 0 <= low <= right / count + 1e-9 and right / count - 1e-9 <= high <= 1
    assert wilson(count - right, count) == pytest.approx((1 - high, 1 - low))
    more = wilson(4 * right, 4 * count)
    assert more[1] - more[0] < high - low
