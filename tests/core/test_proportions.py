"""What is counted of decisions, and what of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.proportions import Calibration, Fate, Said, Share, Tally


def fate(live: bool = True, *, reviewed: bool = False, approved: bool = False, overturned: bool = False) -> Fate:
    return Fate(live=live, reviewed=reviewed, approved=approved, overturned=overturned)


FATES = [
    # what became of it                                 judged  survived
    (fate(), False, False),  # nobody looked
    (fate(False), False, False),  # its author revised it before anybody looked
    (fate(reviewed=True, approved=True), True, True),
    (fate(reviewed=True), True, False),  # the dispute stands
    (fate(False, reviewed=True, approved=True), True, False),  # approved, then replaced by its author all the same
    (fate(False, reviewed=True), True, False),  # disputed, and its author gave in
    (fate(False, overturned=True), True, False),
    (fate(approved=True), False, False),  # by its own author alone, in an edition of one person
]


@pytest.mark.parametrize(("one", "judged", "survived"), FATES)
def test_what_survives_is_what_others_judged_and_let_stand(one: Fate, judged: bool, survived: bool) -> None:
    assert (one.judged, one.survived) == (judged, survived)


def test_what_was_overturned_cannot_stand() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        fate(True, overturned=True)


def test_a_tally_counts_each_fate_once() -> None:
    tally = Tally.of(one for one, _, _ in FATES)
    assert (tally.made, tally.standing, tally.overturned, tally.withdrawn) == (8, 4, 1, 3)
    assert (tally.survival.part, tally.survival.whole) == (1, 5)


any_fate = st.builds(
    lambda live, reviewed, approved, overturned: fate(
        live and not overturned, reviewed=reviewed, approved=approved, overturned=overturned
    ),
    st.booleans(), st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(any_fate, max_size=20))
def test_a_tally_adds_up(fates: list[Fate]) -> None:
    tally = Tally.of(fates)
    assert tally.made == tally.standing + tally.overturned + tally.withdrawn
    assert tally.survived <= tally.standing and tally.overturned <= tally.judged <= tally.made
    low, high = tally.survival.interval
    value = tally.survival.value or 0.0
    assert 0 <= low <= value + 1e-9 and value - 1e-9 <= high <= 1


@given(st.lists(any_fate, max_size=20))
def test_more_decisions_that_nobody_judged_change_no_share(fates: list[Fate]) -> None:
    """Many decisions make nobody look better."""
    assert Tally.of(fates).survival == Tally.of([*fates, *[fate()] * 5, *[fate(False)] * 5]).survival


def test_a_share_of_nothing_has_no_value() -> None:
    assert Share(part=0, whole=0).value is None
    with pytest.raises(ValueError, match="no share"):
        Share(part=2, whole=1)


def test_calibration_compares_what_was_said_with_what_was_taken() -> None:
    found = Calibration.of([Said(ppm=900_000, right=True), Said(ppm=500_000, right=False)])
    assert found.mean == pytest.approx(0.7)
    assert found.acceptance == Share(part=1, whole=2)
    assert Calibration.of([]).mean is None
