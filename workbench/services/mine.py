"""One's own pace: keys and seconds a decision, only for those who want it, and only in their own state folder.

Kept by day. Nothing of it is ever in an edition: how fast people work is nobody's business but theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workbench.services import places

_NAME = "mine"
_PAUSE = 60.0
"""Seconds without a key after which nobody was working."""


def wanted() -> bool:
    """Did the person ask for it: `workbench settings user.measure=on`."""
    return places.user_settings().get("measure") == "on"


class Meter:
    """Counts one session; does nothing unless it is wanted."""

    def __init__(self, edition: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._edition, self._clock = edition, clock
        self.on = wanted()
        self._last: float | None = None
        self._keys = self._decisions = self._read = 0
        self._seconds = 0.0

    def key(self) -> None:
        """A key was pressed."""
        if self.on:
            now = self._clock()
            if self._last is not None and now - self._last <= _PAUSE:
                self._seconds += now - self._last
            self._last = now
            self._keys += 1

    def decided(self, count: int) -> None:
        """Decisions were recorded."""
        self._decisions += count

    def read(self) -> None:
        """A line was read."""
        self._read += 1

    def keep(self) -> None:
        """Add what was counted to the day."""
        if not self.on or not (self._keys or self._decisions):
            return
        record = places.read_state(self._edition, _NAME)
        day = record.setdefault(date.today().isoformat(), {})
        for name, value in (("keys", self._keys), ("decisions", self._decisions), ("lines", self._read)):
            day[name] = day.get(name, 0) + value
        day["seconds"] = round(day.get("seconds", 0) + self._seconds)
        places.write_state(self._edition, _NAME, record)
        self._keys = self._decisions = self._read = 0
        self._seconds = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What the days come to."""

    days: int
    decisions: int
    lines: int
    keys_a_decision: float | None
    seconds_a_decision: float | None
    """Medians of the days; None where nothing was decided."""


def pace(edition: Path) -> Pace:
    """The person's own pace in an edition."""
    from statistics import median  # which brings fractions and decimals along; the first screen needs neither

    days: list[dict[str, Any]] = [d for d in places.read_state(edition, _NAME).values() if isinstance(d, dict)]
    busy = [d for d in days if d.get("decisions")]
    return Pace(
        days=len(days), decisions=sum(d.get("decisions", 0) for d in days), lines=sum(d.get("lines", 0) for d in days),
        keys_a_decision=median(d["keys"] / d["decisions"] for d in busy) if busy else None,
        seconds_a_decision=median(d["seconds"] / d["decisions"] for d in busy) if busy else None,
    )  # fmt: skip
