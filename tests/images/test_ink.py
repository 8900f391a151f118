"""Lines of writing are found by their ink."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.images.pages import Bar, saved
from workbench.images import ink, opening
from workbench.images.framing import Area
from workbench.services.images import next_line


def found(path: Path, size: tuple[int, int], bars: list[Bar]) -> list[tuple[int, int, int, int]]:
    return [tuple(map(round, area)) for area in ink.lines(opening.page(saved(path, size, bars)))]  # type: ignore[misc]


def test_each_line_is_found_with_what_air_it_has(tmp_path: Path) -> None:
    bars = [(60, 100 + 60 * n, 400 - 30 * n, 24) for n in range(6)]
    lines = found(tmp_path / "a.png", (600, 800), bars)
    assert len(lines) == len(bars)
    for (x, y, width, height), (left, top, wide, high) in zip(lines, bars, strict=True):
        assert x == pytest.approx(left, abs=2) and width == pytest.approx(wide, abs=4)
        assert y < top and top + high < y + height < top + high + 20


def test_a_short_line_is_found_and_a_speck_is_none(tmp_path: Path) -> None:
    bars = [(60, 100, 400, 24), (60, 160, 70, 24), (60, 220, 400, 24), (300, 300, 3, 3)]
    assert len(found(tmp_path / "a.png", (600, 800), bars)) == 3


def test_marks_above_a_line_belong_to_it(tmp_path: Path) -> None:
    bars = [(60, 100 + 60 * n, 400, 20) for n in range(4)]
    accents = [(80 + 40 * n, 95, 10, 3) for n in range(8)]
    assert len(found(tmp_path / "a.png", (600, 800), bars + accents)) == 4


@pytest.mark.parametrize("bars", [[], [(0, 0, 600, 800)]])
def test_a_page_without_lines_has_none_or_one(tmp_path: Path, bars: list[Bar]) -> None:
    assert len(found(tmp_path / "a.png", (600, 800), bars)) <= 1


def test_a_large_page_is_measured_in_its_own_pixels(tmp_path: Path) -> None:
    (line,) = found(tmp_path / "a.png", (3000, 4000), [(300, 2000, 2000, 100)])
    assert line[0] == pytest.approx(300, abs=10) and line[1] == pytest.approx(1985, abs=15)


def test_the_next_line_is_the_one_below_and_at_the_end_there_is_none() -> None:
    lines = [Area(0, 10, 100, 10), Area(0, 30, 100, 10), Area(0, 50, 100, 10)]
    assert next_line(lines, None, 1) == lines[1]
    assert next_line(lines, None, 7) is None
    assert next_line(lines, Area(0, 12, 90, 9), 5) == lines[1]
    assert next_line(lines, lines[2], 5) is None
