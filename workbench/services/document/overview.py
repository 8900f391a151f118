"""A document at a glance: what waits, what is decided, disputed or unread, by equal parts of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from workbench.services.document.lines import Lines
from workbench.services.document.parts import Part
from workbench.store import lines_of_text, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Some rows that follow each other, and whether anything of a kind lies in them."""

    first: int
    last: int
    """Rows, half open."""
    open: bool = False
    decided: bool = False
    disputed: bool = False
    unread: bool = False


def overview(lines: Lines, count: int) -> list[Bucket]:
    """At most `count` buckets over all rows. Each asks whether there is something, never how much."""
    total = lines.row_count
    count = min(count, total)
    borders = [total * n // count for n in range(count + 1)] if count else []
    return [bucket(lines, first, last) for first, last in pairwise(borders)]


def bucket(lines: Lines, first: int, last: int) -> Bucket:
    """What lies in the rows `first` to `last`, half open."""
    found = Bucket(first=first, last=last)
    for part in lines.parts:
        low, high = max(first, part.first_row), min(last, part.end_row)
        if low < high:
            here = _part(lines, part, low, high)
            found = Bucket(
                first=first, last=last, open=found.open or here.open, decided=found.decided or here.decided,
                disputed=found.disputed or here.disputed, unread=found.unread or here.unread,
            )  # fmt: skip
    return found


def _part(lines: Lines, part: Part, low: int, high: int) -> Bucket:
    db, text = lines.edition.db, part.stretch.text
    line, after = part.line_from(low), part.line_from(high)
    added = part.added_between(low, high).values()
    if line == after:
        disputed = any(one.conflict for one in added)
        return Bucket(first=low, last=high, decided=bool(added), disputed=disputed)
    starts = texts.line_starts(db, part.text_id, line, line + 1)
    ends = texts.line_starts(db, part.text_id, after, after + 1)
    span = (text, max(starts[0] if starts else 0, part.stretch.start), ends[0] if ends else part.stretch.end)

    def any_of(query: str) -> bool:
        return db.execute(f"{query} LIMIT 1", span).fetchone() is not None

    return Bucket(
        first=low, last=high,
        open=any_of("SELECT 1 FROM suggestions WHERE closed_by IS NULL AND text = ? AND start >= ? AND start < ?"),
        decided=bool(added) or any_of(
            "SELECT 1 FROM standing WHERE layer = 'text' AND live = 1 AND text = ? AND start >= ? AND start < ?"
        ),
        disputed=any_of(
            "SELECT 1 FROM conflicts c JOIN entries e ON e.id IN (c.one, c.other) JOIN standing s ON s.seq = e.seq"
            " WHERE s.text = ? AND s.start >= ? AND s.start < ?"
        ),
        unread=lines_of_text.unread(db, part.text_id, text, line, after) is not None,
    )  # fmt: skip
