"""Walking a column by neighbours agrees with measuring all of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.view.walk import Anchor, Column

heights = st.lists(st.integers(1, 6), min_size=1, max_size=12)


def column(sizes: list[int]) -> tuple[Column, list[Anchor]]:
    lines = [Anchor(row, sub) for row, size in enumerate(sizes) for sub in range(size)]
    return Column(len(sizes), sizes.__getitem__), lines


@given(heights, st.data())
def test_moving_is_adding_lines(sizes: list[int], data: st.DataObject) -> None:
    """A move ends where the list of all lines says, kept within it."""
    walk, lines = column(sizes)
    index, by = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(-60, 60))
    assert walk.moved(lines[index], by) == lines[min(max(index + by, 0), len(lines) - 1)]


@given(heights, st.data())
def test_distance_undoes_a_move(sizes: list[int], data: st.DataObject) -> None:
    """Within its limit a distance is the difference of the two indices, whichever lies above."""
    walk, lines = column(sizes)
    start, to = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, len(lines) - 1))
    limit = data.draw(st.integers(0, 80))
    found = walk.distance(lines[start], lines[to], limit)
    assert found == to - start or (found is None and abs(to - start) >= limit - 6)
    assert walk.distance(lines[start], lines[to], 1000) == to - start


@given(heights, st.data())
def test_a_clamped_top_fills_the_screen(sizes: list[int], data: st.DataObject) -> None:
    """No blank lines at the end unless the column is shorter than the screen; a top that fits is left alone."""
    walk, lines = column(sizes)
    index, view = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(1, 20))
    top = walk.clamped(lines[index], view)
    assert lines.index(top) == max(0, min(index, len(lines) - view))
    assert list(walk.lines(top, view)) == lines[lines.index(top) :][:view]
    assert walk.lowest(view) == lines[max(0, len(lines) - view)]


def test_an_empty_column_has_no_lines() -> None:
    """A document without rows is walked without asking for a height."""
    walk = Column(0, [].__getitem__)
    assert list(walk.lines(Anchor(0, 0), 5)) == []
    assert walk.lowest(5) == walk.moved(Anchor(3, 1), 2) == walk.clamped(Anchor(1, 1), 4) == Anchor(0, 0)
