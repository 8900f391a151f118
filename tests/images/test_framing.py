"""Which part of a page is seen: always of the room's proportions, with the place in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.images import framing
from workbench.images.framing import ZOOMS, Area, Size

PAGE = Size(1500, 2200)
ROOMS = [Size(120, 18), Size(80, 12), Size(1200, 180)]


def line_at(y: float) -> Area:
    return Area(150, y, 1200, 40)


@given(
    x=st.integers(0, 1300), y=st.integers(0, 2150), width=st.integers(1, 200),
    room=st.sampled_from(ROOMS), zoom=st.sampled_from([z for z in ZOOMS if z <= 0]),
)  # fmt: skip
def test_the_place_is_seen_whole_and_undistorted(x: int, y: int, width: int, room: Size, zoom: int) -> None:
    place = Area(x, y + 5, width, 30)
    window = framing.of_line(line_at(y), place, PAGE, room, line_height=40, zoom=zoom)
    assert window.width / window.height == pytest.approx(room.width / room.height)
    assert window.y <= place.y and place.y + place.height <= window.y + window.height
    middle = place.x + width / 2
    assert window.x <= middle <= window.x + window.width


@pytest.mark.parametrize("room", ROOMS)
def test_type_is_legible_and_of_one_size_on_all_the_page(room: Size) -> None:
    windows = [
        framing.of_line(line_at(y), Area(x, y, 90, 40), PAGE, room, line_height=40)
        for x in (200, 900)
        for y in (0, 1100)
    ]
    assert len({round(w.width, 6) for w in windows}) == 1
    assert room.height / windows[0].height * 40 >= 9


def test_the_next_word_leaves_the_picture_where_it_is() -> None:
    lefts = [
        framing.of_line(line_at(500), Area(x, 505, 60, 30), PAGE, ROOMS[0], line_height=40).x
        for x in range(200, 1200, 20)
    ]
    assert len(set(lefts)) < len(lefts) / 2


def test_zoom_by_two_steps_shows_half_as_much() -> None:
    windows = [
        framing.of_line(line_at(500), Area(500, 505, 60, 30), PAGE, ROOMS[0], line_height=40, zoom=z) for z in (0, 2)
    ]
    assert windows[0].width == pytest.approx(2 * windows[1].width)


def test_the_whole_page_lies_in_the_middle_of_the_room() -> None:
    window = framing.whole(PAGE, Size(120, 56))
    assert window.height == PAGE.height
    assert window.x == pytest.approx(-(window.width - PAGE.width) / 2)


@given(x=st.floats(-9e3, 9e3), y=st.floats(-9e3, 9e3))
def test_nobody_gets_lost_beyond_the_edge(x: float, y: float) -> None:
    window = framing.whole(PAGE, Size(160, 56), zoom=4, around=(x, y))
    assert window.y >= 0 and window.y + window.height <= PAGE.height + 0.001
