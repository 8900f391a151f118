"""The image pane: what is ready is shown, the worker makes the rest, and a file's name does no harm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from tests.images.pages import saved
from workbench.images import drawing
from workbench.images.framing import Area, Size
from workbench.images.terminal import Protocol
from workbench.services.places import set_user_setting
from workbench.tui import image_pane, pictures
from workbench.tui.image_pane import ImagePane
from workbench.tui.page_screen import PageScreen
from workbench.tui.pictures import Gallery, Request

BARS = [(60, 100, 60, 20), (140, 100, 60, 20), (60, 300, 60, 20)]
CELL = Size(8, 16)


def request(path: Path, word: int = 0, *, estimated: bool = False) -> Request:
    """A request for one of the bars."""
    x, y, width, height = BARS[word]
    area = Area(x, y, width, height)
    return Request(
        path=path, frame=0, page=0, size=Size(300, 400), line=Area(60, y, 140, height), place=area,
        words=() if estimated else (area,), line_height=24, estimated=estimated,
    )  # fmt: skip


class PaneApp(App[None]):
    def __init__(self, protocol: Protocol | None) -> None:
        super().__init__()
        self.pane = ImagePane(protocol=protocol, cell=CELL)

    def compose(self) -> ComposeResult:
        yield Static("above")
        yield self.pane
        yield Static("below")


@asynccontextmanager
async def running(
    protocol: Protocol | None = "halfblocks", size: tuple[int, int] = (100, 40)
) -> AsyncIterator[tuple[PaneApp, Pilot[None]]]:
    app = PaneApp(protocol)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def settled(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def segments(app: App[None]) -> list[Segment]:
    return [segment for strip in app.screen._compositor.render_strips() for segment in strip]


def seen(app: App[None]) -> str:
    return "".join(segment.text for segment in segments(app))


def colours(app: App[None]) -> set[tuple[int, ...]]:
    """Colours of the half-blocks on the screen."""
    found: set[tuple[int, ...]] = set()
    for segment in segments(app):
        if segment.style and "▀" in segment.text:
            both = (segment.style.color, segment.style.bgcolor)
            found |= {tuple(colour.get_truecolor()) for colour in both if colour is not None}
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path / "leaf.png", bars=BARS)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Request]]:
    """The requests that pictures were made for, in order."""
    made: list[Request] = []
    make = pictures.make

    def noted(wanted: pictures.Wanted) -> pictures.Picture:
        made.append(wanted.request)
        return make(wanted)

    monkeypatch.setattr(pictures, "make", noted)
    yield made


async def test_the_word_stands_in_its_frame_under_the_name_of_its_image(path: Path) -> None:
    async with running() as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        assert "leaf.png · page 1" in seen(app) and "estimated" not in seen(app)
        assert drawing.FRAME in colours(app) and (0, 0, 0) in colours(app)


async def test_without_an_image_it_says_how_to_attach_one() -> None:
    async with running() as (app, _):
        assert "workbench add --image" in seen(app)


async def test_a_place_that_nobody_measured_is_said_to_be_estimated_and_has_no_frame(path: Path) -> None:
    async with running() as (app, pilot):
        app.pane.show(request(path, estimated=True))
        await settled(pilot)
        assert "place estimated" in seen(app)
        assert drawing.FRAME not in colours(app)


async def test_what_was_made_ahead_is_shown_by_the_key_itself(path: Path, drawn: list[Request]) -> None:
    """Swapping takes no turn of the event loop, and nothing is made again."""
    async with running() as (app, pilot):
        here, there = request(path), request(path, 2)
        app.pane.show(here, ahead=[there])
        await settled(pilot)
        assert drawn == [here, there]
        before = list(app.pane._painted)
        app.pane.show(there)
        assert app.pane._painted != before and "…" not in app.pane._painted[0].text
        app.pane.show(here)
        assert app.pane._painted == before
        await settled(pilot)
        assert drawn == [here, there]


async def test_of_many_keys_in_a_row_only_the_last_place_is_made(path: Path, drawn: list[Request]) -> None:
    async with running() as (app, pilot):
        for n in range(40):
            app.pane.show(request(path, n % 2))
        app.pane.show(request(path, 2))
        await settled(pilot)
        assert request(path, 2) in drawn and len(drawn) <= 3


async def test_a_broken_image_is_an_error_in_the_pane_that_names_the_file(tmp_path: Path, path: Path) -> None:
    (tmp_path / "torn.png").write_bytes(path.read_bytes()[:80])
    async with running() as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        app.pane.show(request(tmp_path / "torn.png"))
        await settled(pilot)
        assert "torn.png is no image that can be shown" in seen(app)
        assert not colours(app)
        app.pane.show(request(path))
        await settled(pilot)
        assert drawing.FRAME in colours(app)


async def test_a_fault_in_making_one_picture_is_not_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as (app, pilot):
        with monkeypatch.context() as fault:
            fault.setattr(pictures, "make", lambda wanted: 1 // 0)
            app.pane.show(request(path))
            await settled(pilot)
        assert "leaf.png cannot be shown" in seen(app)
        app.pane.show(request(path, 2))
        await settled(pilot)
        assert drawing.FRAME in colours(app)


async def test_a_hostile_name_is_shown_harmlessly(tmp_path: Path) -> None:
    path = saved(tmp_path / "\x1b[31m\u202e[b] x.png", bars=BARS)
    async with running() as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        assert "␛[31m⫽[b] x.png" in seen(app)
        path.write_bytes(b"torn")
        app.pane.show(request(path, 1))
        await settled(pilot)
        assert "[b] x.png is no image" in seen(app) and "\x1b" not in seen(app)


async def test_zoom_shows_less_and_the_usual_size_comes_back(path: Path) -> None:
    async with running() as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        usual = list(app.pane._painted)
        app.pane.action_zoom(2)
        await settled(pilot)
        assert "×2" in seen(app) and app.pane._painted != usual
        app.pane.action_fit()
        await settled(pilot)
        assert app.pane._painted == usual


async def test_off_it_takes_no_room_and_makes_nothing(path: Path, drawn: list[Request]) -> None:
    async with running() as (app, pilot):
        app.pane.action_on_off()
        app.pane.show(request(path))
        await settled(pilot)
        assert drawn == [] and "leaf.png" not in seen(app)
        app.pane.action_on_off()
        await settled(pilot)
        assert drawn and "leaf.png" in seen(app)


async def test_the_setting_off_leaves_it_off_until_the_key(path: Path, drawn: list[Request]) -> None:
    set_user_setting("images", "off")
    async with running(None) as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        assert drawn == [] and not app.pane.display
        app.pane.action_on_off()
        await settled(pilot)
        assert drawing.FRAME in colours(app)


async def test_without_colour_all_is_grey(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        assert len(colours(app)) > 2
        assert all(len(set(colour)) == 1 for colour in colours(app))


@pytest.mark.parametrize("size", [(80, 24), (200, 50), (40, 12)])
async def test_each_line_is_as_wide_as_the_screen(path: Path, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        assert {strip.cell_length for strip in app.pane._painted} == {size[0]}
        assert len(app.pane._painted) == app.pane.size.height > 2
        await pilot.resize_terminal(60, 30)
        await settled(pilot)
        assert {strip.cell_length for strip in app.pane._painted} == {60}


# the whole page


async def test_the_whole_page_is_seen_moved_over_and_left(path: Path) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        await app.push_screen(PageScreen(request(path), protocol="halfblocks", cell=CELL))
        await settled(pilot)
        pane = app.screen.query_one(ImagePane)
        whole = list(pane._painted)
        for key in ("i", "ш", "i", "i", "right", "down"):
            before = list(pane._painted)
            await pilot.press(key)
            await settled(pilot)
            assert pane._painted != before, key
        await pilot.press("f")
        await settled(pilot)
        assert pane._painted == whole
        await pilot.press("escape")
        await settled(pilot)
        assert app.pane.screen is app.screen
        assert "below" in seen(app)


async def test_at_the_edge_of_the_page_nothing_moves(path: Path) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await app.push_screen(PageScreen(request(path), protocol="halfblocks", cell=CELL))
        await pilot.press("i", "i", "i", *["up"] * 9)
        await settled(pilot)
        pane = app.screen.query_one(ImagePane)
        before = list(pane._painted)
        await pilot.press("up")
        await settled(pilot)
        assert pane._painted == before
        await pilot.press("down")
        await settled(pilot)
        assert pane._painted != before


# terminals with pictures of their own


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the pane itself gave the terminal."""
    out: list[str] = []

    class Noting:
        def write(self, data: str) -> None:
            out.append(data)

    monkeypatch.setattr(ImagePane, "_terminal", property(lambda self: Noting()))
    monkeypatch.setenv("COLORTERM", "truecolor")
    return out


def numbers(sent: list[str]) -> list[int]:
    """The numbers under which pictures were sent."""
    return [int(data.partition("i=")[2].partition(",")[0]) for data in sent]


async def test_kitty_is_sent_a_picture_once_and_forgets_it_at_the_end(path: Path, written: list[str]) -> None:
    async with running("kitty") as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        (number,) = numbers(written)
        cells = [s for s in segments(app) if "\U0010eeee" in s.text]
        assert len(cells) == app.pane.size.height - 1
        told = {tuple(s.style.color.get_truecolor()) for s in cells if s.style and s.style.color}
        assert told == {(number >> 16, number >> 8 & 255, number & 255)}
        app.pane.show(request(path, 2))
        await settled(pilot)
        app.pane.show(request(path))
        await settled(pilot)
        assert len(written) == 2
    assert sorted(written[2:]) == sorted(f"\x1b_Ga=d,d=I,i={n},q=2\x1b\\" for n in numbers(written[:2]))


async def test_pictures_that_are_let_go_are_taken_back_from_kitty(
    path: Path, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_KEPT", 1)
    async with running("kitty") as (app, pilot):
        for word in (0, 2):
            app.pane.show(request(path, word))
            await settled(pilot)
        assert sum(data.startswith("\x1b_Ga=T") for data in written) == 2
        assert sum(data.startswith("\x1b_Ga=d") for data in written) == 1


async def test_kitty_has_what_was_made_ahead_before_the_key(path: Path, written: list[str]) -> None:
    async with running("kitty") as (app, pilot):
        app.pane.show(request(path), ahead=[request(path, 2)])
        await settled(pilot)
        assert len(numbers(written)) == 2
        app.pane.show(request(path, 2))
        assert len(written) == 2


async def test_a_row_of_sixels_is_repainted_where_only_its_picture_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running("sixel") as (app, pilot):
        app.pane.show(request(path), ahead=[request(path, 1)])
        await settled(pilot)
        repainted: list[Region] = []
        monkeypatch.setattr(app.pane, "refresh", lambda *regions, **_: repainted.extend(regions))
        app.pane.show(request(path, 1))
        assert repainted and all(region.width == 100 for region in repainted)


async def test_sixels_go_with_the_rows_of_the_screen_and_take_no_room(path: Path) -> None:
    async with running("sixel") as (app, pilot):
        app.pane.show(request(path))
        await settled(pilot)
        drawn = [s for s in segments(app) if "\x1bP" in s.text]
        assert len(drawn) == app.pane.size.height - 1
        assert all(s.cell_length == 0 and s.text.startswith("\x1b8\x1bP") for s in drawn)
        assert {strip.cell_length for strip in app.pane._painted} == {100}


# the gallery


def test_who_asks_while_the_worker_runs_starts_no_second_one(path: Path) -> None:
    gallery = Gallery()
    wanted = [
        pictures.Wanted(
            request=request(path, n), mode="line", zoom=0, around=None, cells=Size(40, 6), cell=CELL,
            protocol="halfblocks", ground=(0, 0, 0), grey=False,
        )
        for n in range(3)
    ]  # fmt: skip
    assert gallery.want(wanted[:2])
    work = iter(gallery.work())
    assert next(work) == wanted[0]
    assert not gallery.want(wanted[2:])
    assert list(work) == [wanted[2]]
    assert gallery.ready(wanted[1]) is None and gallery.ready(wanted[2]) is not None
    assert not gallery.want([wanted[2]]) and gallery.want([wanted[1]])


def test_nothing_of_this_opens_a_file_or_asks_the_terminal_on_the_way_to_the_first_paint() -> None:
    """Pillow comes in with the first picture, in the worker."""
    code = f"import sys, {image_pane.__name__}; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
