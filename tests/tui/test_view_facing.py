"""The facing texts under real keys: scrolling, the place, resizing, narrow screens, and how little is repainted."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES

from workbench.core.visible import visible
from workbench.services.document.rows import Row, Segment
from workbench.tui.view import FacingView, Place
from workbench.tui.view.strips import palette

TEXT = "письмо о снабжении посёлка мукой и тёсом получено третьего дня без подписи"
WORDS = TEXT.split()
SIZES = [(140, 40), (100, 24), (99, 24), (60, 12), (34, 5), (120, 1)]


def letter(number: int) -> Row:
    """A row of one to about five screen lines, with a suggestion and a decision in it; each seventh is empty."""
    if number % 7 == 6:
        return Row(number, (), ())
    base = number * 1000
    head = f"{number}. " + " ".join(WORDS[: 3 + number % 9]) + " "
    tail = " " + " ".join((WORDS * 3)[: number * 5 % 23])
    raw = (
        Segment(head, "plain", base),
        Segment("сяло", "open", base + len(head), f"a{number}"),
        Segment(tail, "plain", base + len(head) + 4),
        Segment(" далъ", "changed", base + len(head) + len(tail) + 4, f"b{number}"),
    )
    return Row(number, raw, (*raw[:3], Segment(" дал", "changed", raw[3].start, raw[3].mark)))


class Letters:
    """A source that counts what it is asked for."""

    def __init__(self, count: int) -> None:
        self.row_count = count
        self.asked = 0
        self.changed: dict[int, Row] = {}

    @property
    def highest_line(self) -> int:
        return self.row_count

    def rows(self, first: int, last: int) -> list[Row]:
        wanted = range(max(first, 0), min(last, self.row_count))
        self.asked += len(wanted)
        return [self.changed.get(number) or letter(number) for number in wanted]


class Desk(App[None]):
    """A view and nothing else, which notes what the view says and what it asks to have painted."""

    def __init__(self, source: Letters, row: int = 0, first: Place | None = None) -> None:
        super().__init__()
        self.first = first
        self.source = source
        self.row = row
        self.moved: list[int] = []
        self.clicked: list[tuple[int, int, str, str | None]] = []

    def compose(self) -> ComposeResult:
        yield FacingView()

    def on_mount(self) -> None:
        self.view.focus()
        self.view.when_moved = self.moved.append
        self.view.show(self.source, row=self.row)
        if self.first:
            self.view.go(*self.first)

    @property
    def view(self) -> FacingView:
        return self.query_one(FacingView)

    def on_facing_view_clicked(self, message: FacingView.Clicked) -> None:
        self.clicked.append((message.row, message.raw_offset, message.side, message.mark))

    def strips(self) -> list[Strip]:
        width, height = self.view.size
        return self.view.render_lines(Region(0, 0, width, height))

    def texts(self) -> list[str]:
        return [strip.text for strip in self.strips()]

    def lit(self) -> list[tuple[int, str]]:
        """Lines and texts of what stands out as the current place."""
        return [
            (y, run.text)
            for y, strip in enumerate(self.strips())
            for run in strip
            if run.style is not None and run.style.reverse
        ]


def repainted(app: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Region]:
    """From now on, the regions that the view asks to have painted."""
    regions: list[Region] = []
    asked = app.view.refresh

    def refresh(*wanted: Region, **options: bool) -> FacingView:
        regions.extend(wanted or [app.view.size.region])
        return asked(*wanted, **options)

    monkeypatch.setattr(app.view, "refresh", refresh)
    return regions


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()


def mark_start(number: int) -> int:
    return letter(number).raw[1].start


async def test_to_the_end_and_back() -> None:
    """From the last of 10,000 rows the way back ends at the first row, and both are seen whole."""
    app = Desk(Letters(10_000))
    async with app.run_test(size=(120, 30)) as pilot:
        before = app.texts()
        assert before[0].lstrip("▌ ").startswith("1  0. письмо")
        await pilot.press("end")
        assert any("▌10000 " in text for text in app.texts())
        assert app.view.place.row == 9_999
        assert app.texts()[-1].strip("▌ │")
        await pilot.press("home")
        assert app.texts() == before
        assert app.moved == [9_999, 0]
        await pilot.press("ctrl+end", "ctrl+home")
        assert app.texts() == before
        assert app.source.asked < 400


@pytest.mark.parametrize("size", SIZES)
async def test_paging_down_reaches_every_line_and_up_the_first(size: tuple[int, int]) -> None:
    """Pages overlap or touch, the row of the cursor stays in sight, and nothing is skipped."""
    app = Desk(Letters(16))
    async with app.run_test(size=size) as pilot:
        first = app.texts()[0]
        seen = set(range(*app.view.visible_rows))
        for _ in range(400):
            await pilot.press("pagedown")
            low, high = app.view.visible_rows
            assert low <= max(seen) + 1
            seen.update(range(low, high))
            assert low <= app.view.place.row < high
            if app.view.place.row == 15:
                break
        assert seen == set(range(16))
        for _ in range(400):
            await pilot.press("pageup")
            if app.view.place.row == 0 and app.view.visible_rows[0] == 0:
                break
        await pilot.press("home")
        assert app.texts()[0] == first


async def test_page_down_and_up_is_a_round_trip() -> None:
    """Away from the ends a page up undoes a page down, to the line."""
    app = Desk(Letters(2_000), row=900)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("pagedown")
        before, place = app.texts(), app.view.place
        await pilot.press(*["pagedown"] * 9, *["pageup"] * 9)
        assert app.texts() == before
        assert app.view.place == place


async def test_arrows_move_the_row_and_say_so() -> None:
    """Each arrow is one row and one message; the ends hold."""
    app = Desk(Letters(30))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("up")
        await pilot.press("down")
        await pilot.press("down")
        await pilot.press("up")
        assert app.moved == [1, 2, 1]
        assert app.view.place == Place(1, None, 1000)


async def test_a_row_taller_than_the_screen_is_scrolled_through() -> None:
    """Down from a tall row shows the rest of it before it leaves it, and up comes back over the same lines."""
    source = Letters(5)
    source.changed[1] = Row(1, (Segment("слово " * 300, "plain", 1000),), (Segment("слово " * 300, "plain", 1000),))
    app = Desk(source)
    async with app.run_test(size=(60, 12)) as pilot:
        presses = 0
        while app.view.place.row < 2:
            low, high = app.view.visible_rows
            await pilot.press("down")
            presses += 1
            assert app.view.visible_rows[0] <= high
        assert presses > 5
        while app.view.place.row > 0:
            await pilot.press("up")
            presses -= 1
            assert presses > -20
        assert low >= 0


@pytest.mark.parametrize("size", SIZES)
async def test_go_makes_the_place_visible(size: tuple[int, int]) -> None:
    """Any place of any row is in sight after `go`, with a margin unless its row fills the screen."""
    app = Desk(Letters(300))
    async with app.run_test(size=size) as pilot:
        for number in (0, 1, 2, 299, 150, 151, 149, 3, 298, 200, 160, 12, 10, 7, 8, 9):
            if number % 7 == 6:
                continue
            app.view.go(number, f"a{number}", mark_start(number))
            await settle(pilot)
            lit = app.lit()
            assert lit, (number, size)
            margin = min(3, (size[1] - 1) // 2)
            low, high = app.view.visible_rows
            whole = sum(text.startswith("▌") for text in app.texts()) == app.view._height(number)
            if low > 0 and high < 300 and not whole:
                assert margin <= lit[0][0] < size[1] - margin


async def test_go_without_a_mark_or_beyond_the_end() -> None:
    """A place that names nothing is still a place, and a row that does not exist is the nearest one."""
    app = Desk(Letters(50))
    async with app.run_test(size=(120, 20)):
        app.view.go(6, None, 6000)
        assert app.view.place == Place(6, None, 6000)
        app.view.go(500, "nothing", 12)
        assert app.view.place.row == 49
        assert app.view.visible_rows[1] == 50
        assert not app.lit()


async def test_the_place_stands_out_in_both_texts() -> None:
    """The segments of the current mark, and no others, are reversed: the misreading and its correction."""
    app = Desk(Letters(50))
    async with app.run_test(size=(140, 30)):
        app.view.go(8, "b8", letter(8).raw[3].start)
        assert [text.strip() for _, text in app.lit()] == ["далъ", "дал"]


async def test_go_within_the_screen_does_not_scroll() -> None:
    """The eye keeps its hold: only the two places are painted, within their lines."""
    app = Desk(Letters(500), row=100)
    async with app.run_test(size=(140, 40)) as pilot:
        low, _ = app.view.visible_rows
        app.view.go(106, "a106", mark_start(106))
        await settle(pilot)
        with pytest.MonkeyPatch.context() as patch:
            regions = repainted(app, patch)
            app.view.go(106, "b106", letter(106).raw[3].start)
            await settle(pilot)
        assert app.view.visible_rows[0] == low
        assert 0 < sum(region.height for region in regions) <= 4
        assert all(region.width < 140 for region in regions)


async def test_moving_a_row_repaints_two_gutters() -> None:
    """Where nothing scrolls, an arrow writes the cursor column of the old row and the new one."""
    app = Desk(Letters(500))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("down")
        with pytest.MonkeyPatch.context() as patch:
            regions = repainted(app, patch)
            await pilot.press("down")
        assert app.view.place.row == 2
        assert sum(region.area for region in regions) < 60


async def test_a_decision_repaints_its_row_alone() -> None:
    """`refresh_rows` with the same height writes no other row."""
    source = Letters(500)
    app = Desk(source, row=100)
    async with app.run_test(size=(140, 40)) as pilot:
        app.view.go(105, "a105", mark_start(105))
        await settle(pilot)
        lines = {y for y, text in enumerate(app.texts()) if "105." in text}
        old = letter(105)
        kept = Segment("сяло", "kept", old.raw[1].start, "a105")
        source.changed[105] = Row(105, (old.raw[0], kept, *old.raw[2:]), (old.reading[0], kept, *old.reading[2:]))
        with pytest.MonkeyPatch.context() as patch:
            regions = repainted(app, patch)
            app.view.refresh_rows(105, 106)
            await settle(pilot)
        assert regions
        assert {y for region in regions for y in range(region.y, region.bottom)} <= set(
            range(min(lines), min(lines) + 5)
        )


async def test_the_place_keeps_its_line_when_rows_above_grow() -> None:
    """A decision that makes rows above the place higher scrolls them, not the place."""
    source = Letters(500)
    app = Desk(source, row=100)
    async with app.run_test(size=(140, 40)):
        app.view.go(108, "a108", mark_start(108))
        before = app.lit()
        long = Segment("слово " * 60, "changed", 102_000, "x")
        source.changed[102] = Row(102, (long,), (long,))
        source.changed[103] = Row(103, (long,), (long,))
        app.view.refresh_rows(102, 106)
        assert app.lit() == before
        source.changed.clear()
        app.view.source_changed()
        assert app.lit() == before


async def test_a_source_that_shrinks_leaves_a_place_that_exists() -> None:
    """Rows joined away take the place with them no further than the last row; an empty source is a blank screen."""
    source = Letters(100)
    app = Desk(source, row=90)
    async with app.run_test(size=(120, 20)) as pilot:
        source.row_count = 10
        app.view.source_changed()
        assert app.view.place.row == 9
        assert app.view.visible_rows[1] == 10
        source.row_count = 0
        app.view.source_changed()
        await pilot.press("down", "up", "pagedown", "pageup", "home", "end")
        app.view.go(3, "a3", 3)
        assert not "".join(app.texts()).strip()


async def test_resizing_keeps_the_top_row() -> None:
    """Through every width and layout the same row stays at the top, and the place in sight."""
    app = Desk(Letters(500))
    async with app.run_test(size=(140, 40)) as pilot:
        app.view.go(200, "a200", mark_start(200))
        app.view.scroll_lines(12)
        top = app.view.visible_rows[0]
        for size in ((100, 30), (80, 24), (220, 50), (60, 24), (140, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert app.view.visible_rows[0] == top
            assert {strip.cell_length for strip in app.strips()} == {size[0]}
            assert len(app.strips()) == size[1]


async def test_a_smaller_screen_keeps_the_place_in_sight() -> None:
    """A place that a lower screen would lose is scrolled back into it."""
    app = Desk(Letters(500))
    async with app.run_test(size=(140, 40)) as pilot:
        app.view.go(5, "a5", mark_start(5))
        app.view.go(12, "a12", mark_start(12))
        await pilot.resize_terminal(70, 10)
        await settle(pilot)
        assert app.lit()


async def test_a_narrow_screen_shows_the_raw_line_under_the_current_row_only() -> None:
    """One text over the full width; the line as it was read stands dim below the row with the cursor."""
    app = Desk(Letters(50), row=1)
    async with app.run_test(size=(80, 24)) as pilot:
        texts = app.texts()
        assert not any("│" in text for text in texts)
        assert sum("далъ" in text for text in texts) == 1
        under = next(y for y, text in enumerate(texts) if "└" in text)
        assert texts[under].startswith("▌")
        await pilot.press("down")
        texts = app.texts()
        assert sum("далъ" in text for text in texts) == 1
        assert next(y for y, text in enumerate(texts) if "└" in text) > under
        await pilot.resize_terminal(100, 24)
        await settle(pilot)
        assert all("│" in text for text in app.texts())
        assert sum("далъ" in text for text in app.texts()) > 1


async def test_the_wheel_scrolls_and_the_place_stays() -> None:
    """Looking around is not going somewhere."""
    app = Desk(Letters(200))
    async with app.run_test(size=(120, 20)) as pilot:
        before = app.view.place
        await pilot._post_mouse_events([MouseScrollDown], FacingView, (5, 5))
        assert app.view.visible_rows[0] > 0
        assert app.view.place == before
        assert app.moved == []
        app.view.scroll_lines(-500)
        assert app.view.visible_rows[0] == 0


async def test_a_click_names_the_segment_and_its_side() -> None:
    """The raw offset of the segment under the pointer, on either side and in the gutter."""
    app = Desk(Letters(20), row=0)
    async with app.run_test(size=(140, 30)) as pilot:
        y, text = next((y, text) for y, text in enumerate(app.texts()) if " 1. " in text)
        left, right = text.index("сяло"), text.rindex("сяло")
        assert right > left
        await pilot.click(FacingView, offset=(left, y))
        await pilot.click(FacingView, offset=(right + 3, y))
        await pilot.click(FacingView, offset=(0, y))
        await pilot.click(FacingView, offset=(right - 1, y))
        start = mark_start(1)
        assert app.clicked == [
            (1, start, "raw", "a1"),
            (1, start, "reading", "a1"),
            (1, 1000, "raw", None),
            (1, 1000, "reading", None),
        ]


async def test_a_click_on_a_narrow_screen() -> None:
    """The raw text under the current row answers as the raw side."""
    app = Desk(Letters(20), row=1)
    async with app.run_test(size=(90, 24)) as pilot:
        y, text = next((y, text) for y, text in enumerate(app.texts()) if "└" in text)
        await pilot.click(FacingView, offset=(text.index("сяло"), y))
        await pilot.click(FacingView, offset=(10, y - 1))
        assert [(row, side) for row, _, side, _ in app.clicked] == [(1, "raw"), (1, "reading")]
        assert app.clicked[0][1] == mark_start(1)


@pytest.mark.parametrize("size", [(140, 20), (80, 20), (12, 4), (3, 2)])
async def test_hostile_text_is_shown_and_does_nothing(size: tuple[int, int]) -> None:
    """Markup-like text stands there literally; controls, escapes and overrides reach no Strip."""
    source = Letters(3)
    hostile = "[/x] [b]\x1b[31m\x1b]0;t\x07 \x9b2J \u202eabc\u200b\ud800 漢\u0301字\ufe0f\tи\u0306"
    source.changed[0] = Row(0, (Segment(hostile, "open", 0, "[/m]"),), (Segment(hostile, "changed", 0, "[/m]"),))
    app = Desk(source)
    async with app.run_test(size=size) as pilot:
        app.view.go(0, "[/m]", 0)
        await settle(pilot)
        texts = app.texts()
        if size[0] > 100:
            assert texts[0].count("[/x] [b]␛[31m") == 2
        for strip, text in zip(app.strips(), texts, strict=True):
            assert visible(text) == text
            assert strip.cell_length == size[0]


@pytest.mark.parametrize("theme", sorted(BUILTIN_THEMES))
async def test_a_theme_changes_every_style(theme: str) -> None:
    """No Strip keeps the background of the theme before."""
    app = Desk(Letters(50))
    async with app.run_test(size=(120, 20)) as pilot:
        app.theme = "dracula" if theme != "dracula" else "nord"
        await settle(pilot)
        app.theme = theme
        await settle(pilot)
        background = app.view.rich_style.bgcolor
        assert {run.style.bgcolor for strip in app.strips() for run in strip if run.style} == {background}


async def test_roles_are_told_apart_without_colour() -> None:
    """No two roles share their attributes, and none but the current place is reversed."""

    def attributes(style: Style) -> tuple[bool, ...]:
        flags = (style.bold, style.dim, style.italic, style.underline, style.strike, style.reverse)
        return tuple(map(bool, flags))

    app = Desk(Letters(5))
    async with app.run_test():
        styles = palette(app.view)
        assert styles.place.reverse
        for one, other in combinations(styles.roles, 2):
            assert attributes(styles.roles[one]) != attributes(styles.roles[other]), (one, other)
        assert not any(style.reverse for style in styles.roles.values())


async def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR set every colour that reaches the screen is a grey."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = Desk(Letters(50))
    async with app.run_test(size=(120, 20)):
        app.view.go(3, "a3", mark_start(3))
        for strip in app.strips():
            for run in strip:
                assert run.style is not None
                for colour in (run.style.color, run.style.bgcolor):
                    assert colour is not None
                    assert len(set(colour.get_truecolor())) == 1
        assert app.lit()


async def test_a_place_given_before_the_first_size_is_found() -> None:
    """`show` and `go` may come before the widget has a size."""

    app = Desk(Letters(300), first=Place(250, "a250", mark_start(250)))
    async with app.run_test(size=(120, 20)):
        assert app.lit()
        assert app.view.place.row == 250


async def test_opening_and_paging_do_not_grow_with_the_document() -> None:
    """A hundred times the rows asks the source for no more of them."""
    asked = []
    for count in (1_000, 100_000):
        app = Desk(Letters(count))
        async with app.run_test(size=(140, 40)) as pilot:
            await pilot.press(*["pagedown"] * 5)
            asked.append(app.source.asked)
    assert asked[0] == asked[1] < 300


async def test_bindings_can_be_moved() -> None:
    """Each key of the view has an id, so that a keymap can give it another."""
    ids = [binding.id or "" for binding in FacingView.BINDINGS if isinstance(binding, Binding)]
    assert len(ids) == len(FacingView.BINDINGS) == len(set(ids))
    assert all(name.startswith("facing.") for name in ids)
    app = Desk(Letters(30))
    async with app.run_test(size=(120, 30)) as pilot:
        app.set_keymap({"facing.row_down": "j,о"})
        await pilot.press("j")
        await pilot.press("о")
        assert app.view.place.row == 2
