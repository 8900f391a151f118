"""A measured value beside what it is compared with, and the clock of the measuring."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.tables import table


@dataclass(frozen=True, slots=True)
class Figure:
    """A value beside what it is compared with."""

    what: str
    value: float
    unit: str
    beside: str
    """What it is compared with."""
    other: float
    bound: float | None = None
    """None: nothing is asked of it."""
    over: bool = False
    """Is the difference bounded, not the ratio?"""

    @property
    def compared(self) -> float:
        return self.value - self.other if self.over else self.value / self.other

    @property
    def held(self) -> bool:
        return self.bound is None or self.compared <= self.bound

    def row(self) -> list[str]:
        sign = "+" if self.over else "× "
        return [
            self.what, _said(self.value, self.unit), self.beside, _said(self.other, self.unit),
            f"{sign}{self.compared:.{0 if self.over else 2}f}", "" if self.bound is None else f"{self.bound:g}",
            "" if self.bound is None else "ok" if self.held else "NOT",
        ]  # fmt: skip


def _said(value: float, unit: str) -> str:
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f} {unit}"


def compared(figures: Iterable[Figure]) -> str:
    """Figures as a table of Markdown."""
    return table(["what", "takes", "beside", "which takes", "so", "at most", ""], [f.row() for f in figures])


def clocked(act: Callable[[], object]) -> float:
    """Processor seconds of an act, of the program and of the system for it."""
    began = time.process_time()
    act()
    return time.process_time() - began
