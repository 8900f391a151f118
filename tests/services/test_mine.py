"""One's own pace: only on request, only in one's own state folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.services import mine, places


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def session(edition: Path, gaps: list[float], decisions: int) -> None:
    """Keys with so many seconds between them, and decisions."""
    clock = Clock()
    meter = mine.Meter(edition, clock=clock)
    meter.key()
    for gap in gaps:
        clock.now += gap
        meter.key()
    meter.decided(decisions)
    meter.read()
    meter.keep()


def test_nothing_is_counted_unless_it_is_asked_for(tmp_path: Path) -> None:
    session(tmp_path, [1.0, 2.0], 2)
    assert mine.pace(tmp_path).days == 0
    assert not places.state_folder(tmp_path).exists()


def test_sessions_of_a_day_add_up_and_pauses_are_left_out(tmp_path: Path) -> None:
    places.set_user_setting("measure", "on")
    session(tmp_path, [2.0, 300.0, 4.0], 2)
    session(tmp_path, [6.0], 1)
    pace = mine.pace(tmp_path)
    assert (pace.days, pace.decisions, pace.lines) == (1, 3, 2)
    assert pace.keys_a_decision == pytest.approx(6 / 3)
    assert pace.seconds_a_decision == pytest.approx(12 / 3)


def test_nothing_of_it_is_in_the_edition(tmp_path: Path) -> None:
    places.set_user_setting("measure", "on")
    session(tmp_path / "edition", [1.0], 1)
    assert not (tmp_path / "edition").exists()
