"""How the reading of a document differs from its raw text, line by line, by words or by characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex
from rapidfuzz.distance import Levenshtein

from workbench.services.document.desk import Desk

Unit = Literal["word", "character"]

_UNITS = {"word": regex.compile(r"\w+|\s+|[^\w\s]"), "character": regex.compile(r"\X")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stretch of a line: the same in both, or what stood and what stands."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    row: int
    line: int | None
    """Number of the line in its transcript, from 1; None for a line added among others."""
    changes: tuple[Change, ...]


def changes(old: str, new: str, unit: Unit = "word") -> tuple[Change, ...]:
    """One line against another; joined, the old sides are the old line and the new sides the new one."""
    a, b = _cut(old, unit), _cut(new, unit)
    found = []
    for op in Levenshtein.opcodes(a, b):
        found.append(
            Change(old="".join(a[op.src_start : op.src_end]), new="".join(b[op.dest_start : op.dest_end]))
        )  # fmt: skip
    return tuple(found)


def _cut(line: str, unit: Unit) -> Sequence[str]:
    return _UNITS[unit].findall(line)


def differences(desk: Desk, unit: Unit = "word") -> Iterator[LineDifference]:
    """The lines that differ, in order; a caller that stops asking pays for no more."""
    for row, raw, reading in desk.decided_lines():
        yield LineDifference(row=row, line=desk.lines.number_of(row), changes=changes(raw, reading, unit))
