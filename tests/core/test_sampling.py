"""The arithmetic of a sample: what a claim needs, the interval against published values, what is drawn."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.sampling import STANDARD, Stratum, draw, estimate, gamma_quantile, needed


def test_a_claim_needs_three_times_the_standard_without_an_error() -> None:
    assert round(needed(), -2) == 55_400 and abs(needed() - 55_500) < 100
    found = estimate([Stratum(1_000_000, needed() + 1, 0)])
    assert found is not None and found.meets_standard and found.rate == found.low == 0
    assert not estimate([Stratum(1_000_000, needed() - 20, 0)]).meets_standard  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("errors", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.2422, 7.225), (5, 1.6235, 11.668), (10, 4.7954, 18.390),
     (50, 37.1110, 65.919)],
)  # fmt: skip
def test_one_stratum_has_the_exact_interval_of_garwood(errors: int, low: float, high: float) -> None:
    """Limits of a Poisson count at 95 %, from Garwood's table."""
    found = estimate([Stratum(10_000, 10_000, errors)])
    assert found is not None
    assert found.rate == errors / 10_000
    assert found.low * 10_000 == pytest.approx(low, abs=0.001)
    assert found.high * 10_000 == pytest.approx(high, abs=0.001)


def test_the_interval_of_a_stratified_sample_holds_what_it_says() -> None:
    """Over 400 drawn truths the interval holds the true rate at least as often as it claims."""
    chance, held = Random(7), 0
    sizes, rates = (800_000, 150_000, 50_000), (0.0001, 0.002, 0.01)
    truth = sum(n * r for n, r in zip(sizes, rates, strict=True)) / sum(sizes)
    for _ in range(400):
        strata = [
            Stratum(n, 6_000, sum(chance.random() < r for _ in range(6_000))) for n, r in zip(sizes, rates, strict=True)
        ]
        found = estimate(strata)
        assert found is not None and found.low <= found.rate <= found.high and found.bound <= found.high
        held += found.low <= truth <= found.high
    assert held >= 0.95 * 400


def test_what_nobody_looked_at_is_left_out() -> None:
    assert estimate([]) is None and estimate([Stratum(100, 0, 0)]) is None
    assert estimate([Stratum(100, 50, 5), Stratum(900, 0, 0)]) == estimate([Stratum(100, 50, 5)])


@pytest.mark.parametrize(("chance", "shape", "value"), [(0.95, 1, 2.9957), (0.5, 1, 0.6931), (0.975, 10, 17.0848)])
def test_the_quantile_of_the_gamma_distribution(chance: float, shape: float, value: float) -> None:
    assert gamma_quantile(chance, shape) == pytest.approx(value, abs=0.0005)


@given(st.dictionaries(st.text("ab", min_size=1, max_size=2), st.lists(st.integers(1, 80), min_size=1, max_size=30),
                       min_size=1), st.integers(1, 500), st.integers())  # fmt: skip
def test_each_stratum_has_its_share_and_the_seed_settles_the_lines(
    sizes: dict[str, list[int]], wanted: int, seed: int
) -> None:
    lines = {key: [(key, n, size) for n, size in enumerate(some)] for key, some in sizes.items()}
    drawn = draw(lines, lambda one: one[2], wanted, seed)  # type: ignore[arg-type]
    assert drawn == draw(lines, lambda one: one[2], wanted, seed)  # type: ignore[arg-type]
    assert len(set(drawn)) == len(drawn) and {one[0] for one in drawn} == set(sizes)
    whole = sum(map(sum, sizes.values()))
    for key, some in sizes.items():
        taken = sum(one[2] for one in drawn if one[0] == key)
        assert taken >= min(sum(some), wanted * sum(some) / whole) - 1e-9
        assert taken <= wanted * sum(some) / whole + max(some)


def test_the_standard_is_that_of_two_readers() -> None:
    assert round(1 / STANDARD) == 18_500
