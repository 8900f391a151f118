"""Differences between two screens cover every cell that changed, and styles survive every theme."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment as Run
from rich.style import Style
from textual.strip import Strip

from workbench.services.document.rows import Row, Segment
from workbench.tui.view.strips import columns, differences, lay

WIDTH = 12
STYLES = [Style(), Style(bold=True), Style(color="red")]


@st.composite
def screens(draw: st.DrawFn) -> list[Strip]:
    strips = []
    for _ in range(draw(st.integers(0, 4))):
        runs, left = [], WIDTH
        while left:
            size = draw(st.integers(1, left))
            wide = size == 2 and draw(st.booleans())
            text = "漢" if wide else draw(st.text("аб ", min_size=size, max_size=size))
            runs.append(Run(text, draw(st.sampled_from(STYLES))))
            left -= size
        strips.append(Strip(runs, WIDTH))
    return strips


def cells(strip: Strip) -> list[tuple[str, Style | None]]:
    found: list[tuple[str, Style | None]] = []
    for run in strip:
        for char in run.text:
            found += [(char, run.style), ("", run.style)] if char == "漢" else [(char, run.style)]
    return found


@given(screens(), screens())
def test_what_is_not_repainted_was_already_there(old: list[Strip], new: list[Strip]) -> None:
    """Outside the regions the new screen is the old one, and a region never cuts a wide character."""
    regions = differences(old, new, WIDTH)
    for y, strip in enumerate(new):
        touched = {x for region in regions if region.y <= y < region.bottom for x in range(region.x, region.right)}
        now = cells(strip)
        before = cells(old[y]) if y < len(old) else [None] * WIDTH
        assert all(now[x] == before[x] for x in range(WIDTH) if x not in touched)
        for x in range(1, WIDTH):
            assert now[x][0] != "" or (x in touched) == (x - 1 in touched)


@given(screens())
def test_the_same_screen_is_not_repainted(screen: list[Strip]) -> None:
    """Equal Strips are told from changed ones by what they hold."""
    assert differences(screen, [Strip(list(strip), WIDTH) for strip in screen], WIDTH) == []


def test_columns_share_the_width() -> None:
    """Both texts fit beside the gutter, the rule and a blank edge; below the bound there is one text."""
    for width in range(100, 260):
        shape = columns(width, 123_456, 100)
        assert shape.facing
        assert shape.gutter + shape.raw + 3 + shape.reading + 1 == width
        assert 0 <= shape.reading - shape.raw <= 1
    narrow = columns(99, 10, 100)
    assert not narrow.facing
    assert narrow.gutter + narrow.reading + 1 == 99


def test_a_row_is_as_high_as_its_higher_text() -> None:
    """Facing texts share their lines; in the narrow layout the raw text counts only where it is shown."""
    row = Row(0, (Segment("слово " * 40),), (Segment("слово"),))
    facing, narrow = lay(row, columns(120, 1, 100)), lay(row, columns(80, 1, 100))
    assert facing.height(current=True) == facing.height(current=False) == len(facing.raw) > 1
    assert narrow.height(current=False) == 1
    assert narrow.height(current=True) == 1 + len(narrow.raw)
    assert lay(Row(0, (), ()), columns(120, 1, 100)).height(current=False) == 1
