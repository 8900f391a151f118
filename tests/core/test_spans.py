"""Spans by place are found as a look at each of them finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.spans import Placed, Spans

places = st.integers(0, 12)
spans = st.lists(st.tuples(places, st.integers(0, 5)), max_size=8).map(
    lambda found: [(start, start + length, n) for n, (start, length) in enumerate(found)]
)


@given(spans, places, st.integers(0, 5))
def test_touching_are_those_that_overlap_or_touch(some: list[Placed], low: int, length: int) -> None:
    high = low + length
    assert Spans(some).touching(low, high) == sorted(s for s in some if s[0] <= high and s[1] >= low)


@given(spans, places, st.integers(0, 5))
def test_a_widened_range_cuts_none_and_is_no_wider_than_it_must_be(some: list[Placed], low: int, length: int) -> None:
    first, last, found = Spans(some).widened(low, low + length)
    assert all(first <= start and end <= last for start, end, _ in found)
    assert found == Spans(some).touching(first, last)
    borders = {low, low + length} | {border for start, end, _ in found for border in (start, end)}
    assert {first, last} <= borders


@given(spans)
def test_clusters_are_what_overlaps_or_touches(some: list[Placed]) -> None:
    """Whoever touches another is in a cluster with it; nobody else is in one."""
    clusters = Spans(some).clusters()
    inside = {n: index for index, cluster in enumerate(clusters) for _, _, n in cluster}
    for one in some:
        near = [o for o in some if o is not one and o[0] <= one[1] and o[1] >= one[0]]
        assert (one[2] in inside) == bool(near)
        assert all(inside[o[2]] == inside[one[2]] for o in near)
