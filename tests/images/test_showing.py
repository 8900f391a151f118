"""Pictures as a terminal takes them: drawn, framed, in half-blocks, by Kitty's protocol and as sixels."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import sys
import termios
import unicodedata
from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image

from tests.images.pages import paper
from workbench.images import drawing, halfblocks, kitty, sixel, terminal
from workbench.images.framing import Area, Size
from workbench.images.opening import Page

BAR = (100, 100, 50, 20)
GROUND = (1, 2, 3)


def page(size: tuple[int, int] = (300, 400)) -> Page:
    return Page(paper(size, [BAR]), *size, ((20, 230),))


# drawing


def test_a_window_shows_what_is_there() -> None:
    picture = drawing.draw(page(), Area(90, 90, 70, 40), Size(70, 40), ground=GROUND)
    assert picture.getpixel((35, 20)) == (20, 20, 20) and picture.getpixel((2, 2)) == (230, 230, 230)


def test_a_clear_picture_has_white_paper_and_black_ink() -> None:
    picture = drawing.draw(page(), Area(90, 90, 70, 40), Size(70, 40), ground=GROUND, clear=True)
    assert picture.getpixel((35, 20)) == (0, 0, 0) and picture.getpixel((2, 2)) == (255, 255, 255)


def test_beyond_the_page_is_the_ground_of_the_screen() -> None:
    picture = drawing.draw(page(), Area(-100, 0, 500, 400), Size(50, 40), ground=GROUND)
    assert picture.getpixel((2, 20)) == picture.getpixel((47, 20)) == GROUND
    assert picture.getpixel((12, 2)) == (230, 230, 230)
    nowhere = drawing.draw(page(), Area(900, 900, 50, 40), Size(50, 40), ground=GROUND)
    assert nowhere.getcolors() == [(2000, GROUND)]


@pytest.mark.parametrize("colours", [4, 16, 255])
@pytest.mark.parametrize("grey", [False, True])
def test_a_frame_stands_around_the_word_and_not_in_it(colours: int, grey: bool) -> None:
    window = Area(50, 80, 200, 60)
    picture = drawing.draw(page(), window, Size(200, 60), ground=GROUND, grey=grey)
    framed = drawing.marked(picture, window, [Area(*BAR)], colours=colours, grey=grey).convert("RGB")
    outline = framed.getpixel((48, 30))
    assert outline == ((110, 110, 110) if grey else drawing.FRAME) == framed.getpixel((102, 30))
    assert framed.getpixel((75, 30)) == (20, 20, 20)
    assert framed.getpixel((40, 30)) == (230, 230, 230)


def test_a_word_that_is_out_of_sight_draws_nothing() -> None:
    window = Area(0, 300, 200, 60)
    picture = drawing.draw(page(), window, Size(200, 60), ground=GROUND)
    assert drawing.marked(picture, window, [Area(*BAR)], colours=4).convert("RGB").getcolors() == [
        (12000, (230, 230, 230))
    ]


def test_a_frame_stays_within_the_picture() -> None:
    window = Area(100, 100, 50, 20)
    picture = drawing.draw(page(), window, Size(50, 20), ground=GROUND)
    framed = drawing.marked(picture, window, [Area(*BAR)], colours=4).convert("RGB")
    assert framed.getpixel((25, 0)) == framed.getpixel((25, 19)) == drawing.FRAME


# half-blocks


def test_two_pixels_are_one_cell_and_like_cells_one_run() -> None:
    picture = Image.new("RGB", (4, 4), (255, 255, 255))
    picture.putpixel((1, 1), (0, 0, 0))
    white, black = (255, 255, 255), (0, 0, 0)
    assert halfblocks.rows(picture) == [[(1, white, white), (1, white, black), (2, white, white)], [(4, white, white)]]


# Kitty


def test_a_picture_is_sent_whole_in_small_pieces() -> None:
    picture = drawing.draw(page(), Area(0, 0, 300, 400), Size(300, 400), ground=GROUND)
    picture.putdata([(n % 256, n * 7 % 256, n // 256 % 256) for n in range(300 * 400)])
    commands = re.findall("\x1b_G([^;]*);([^\x1b]*)\x1b\\\\", kitty.sent(picture, 4711, 30, 20))
    assert "".join(f"\x1b_G{head};{data}\x1b\\" for head, data in commands) == kitty.sent(picture, 4711, 30, 20)
    assert commands[0][0] == "a=T,U=1,f=100,i=4711,c=30,r=20,q=2,m=1"
    assert [head for head, _ in commands[1:]] == ["m=1"] * (len(commands) - 2) + ["m=0"]
    assert all(len(data) <= 4096 for _, data in commands)
    back = Image.open(BytesIO(b64decode("".join(data for _, data in commands))))
    assert back.tobytes() == picture.tobytes()


def test_the_signs_of_rows_are_those_of_the_protocol() -> None:
    """It takes what stands above a letter, in order of code points, leaving out what is made of others."""
    signs = [kitty.placeholders(row, 1)[1] for row in range(kitty.MAX_ROWS)]
    assert signs == sorted(set(signs))
    assert all(unicodedata.combining(c) == 230 and not unicodedata.decomposition(c) for c in signs)
    assert [hex(ord(signs[n])) for n in (0, 1, 9, 99)] == ["0x305", "0x30d", "0x34a", "0x74a"]


def test_a_placeholder_tells_picture_and_row() -> None:
    red, green, blue = kitty.colour(0x123456)
    assert (red, green, blue) == (0x12, 0x34, 0x56)
    assert kitty.placeholders(1, 3) == "\U0010eeee\u030d\u0305\U0010eeee\U0010eeee"


# sixel


def unpacked(sequence: str) -> Image.Image:
    """A reader of sixels, enough for what is written here."""
    found = re.fullmatch('\x1bP0;1;0q"1;1;(\\d+);(\\d+)(.*)\x1b\\\\', sequence, re.DOTALL)
    assert found is not None
    image = Image.new("RGB", (int(found[1]), int(found[2])), (9, 9, 9))
    palette: dict[int, tuple[int, int, int]] = {}
    x = top = colour = 0
    for number, shares, count, sign, move in re.findall(
        r"#(\d+)((?:;\d+){4})?|!(\d+)?(?=[?-~])|([?-~])|([$-])", found[3]
    ):
        if number:
            colour = int(number)
            if shares:
                red, green, blue = (round(int(s) * 255 / 100) for s in shares.split(";")[2:])
                palette[colour] = (red, green, blue)
        elif count:
            times = int(count)
            continue
        elif sign:
            for _ in range(times):
                for bit in range(6):
                    if ord(sign) - 63 >> bit & 1:
                        image.putpixel((x, top + bit), palette[colour])
                x += 1
        elif move:
            x, top = 0, top + (6 if move == "-" else 0)
        times = 1
    return image


def test_sixels_give_the_picture_back_row_by_row() -> None:
    window = Area(60, 80, 120, 60)
    picture = drawing.draw(page(), window, Size(120, 60), ground=GROUND)
    few = drawing.marked(picture, window, [Area(*BAR)], colours=4)
    rows = sixel.rows(few, 20)
    assert len(rows) == 3
    for number, row in enumerate(rows):
        part = few.convert("RGB").crop((0, number * 20, 120, number * 20 + 20))
        pairs = zip(unpacked(row).tobytes(), part.tobytes(), strict=True)
        assert all(abs(a - b) <= 2 for a, b in pairs), number  # colours are in per cent


# the terminal


@pytest.mark.parametrize(
    ("setting", "environment", "protocol"),
    [
        ("auto", {"TERM": "xterm-256color"}, "halfblocks"),
        ("auto", {}, "halfblocks"),
        ("auto", {"TERM": "xterm-kitty"}, "kitty"),
        ("auto", {"TERM": "xterm-256color", "KITTY_WINDOW_ID": "3"}, "kitty"),
        ("auto", {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ("auto", {"TERM": "foot"}, "sixel"),
        ("auto", {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "sixel"),
        ("auto", {"TERM": "tmux-256color", "KITTY_WINDOW_ID": "3"}, "halfblocks"),
        ("auto", {"TERM": "xterm-256color", "TMUX": "/tmp/x", "TERM_PROGRAM": "WezTerm"}, "halfblocks"),
        ("kitty", {"TERM": "tmux-256color"}, "kitty"),
        ("sixel", {"TERM": "xterm-kitty"}, "sixel"),
        ("halfblocks", {"TERM": "xterm-kitty"}, "halfblocks"),
        ("off", {"TERM": "xterm-kitty"}, "off"),
    ],
)
def test_the_setting_comes_before_what_the_terminal_is_known_for(
    setting: str, environment: Mapping[str, str], protocol: str
) -> None:
    assert terminal.protocol(setting, environment) == protocol


@pytest.mark.parametrize(
    ("rows", "columns", "width", "height", "cell"),
    [(24, 80, 720, 432, (9, 18)), (24, 80, 0, 0, (10, 20)), (0, 0, 0, 0, (10, 20)), (24, 80, 79, 432, (10, 20))],
)
def test_a_cell_is_as_large_as_the_system_says_or_as_usual(
    rows: int, columns: int, width: int, height: int, cell: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    control, inside = os.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, width, height))
    with os.fdopen(control), os.fdopen(inside, "w") as stdout:
        monkeypatch.setattr(sys, "__stdout__", stdout)
        assert terminal.cell_size() == cell
