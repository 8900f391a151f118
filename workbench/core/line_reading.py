"""The reading of one line out of the pieces of its text, and the hash by which a read mark vouches for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from workbench.core.pieces import Piece


def line_reading(pieces: Iterable[Piece], start: int, end: int) -> tuple[str, int]:
    """The reading of the raw line `[start, end)`, its line end left out, and how much reading stands before it.

    Raw text is cut at the ends of the line, what was kept too; what a decision made belongs where its span begins. An
    added line is a line of its own.
    """
    ahead, out = 0, []
    for piece in pieces:
        if piece.line is not None:
            ahead += len(piece.reading) if piece.start <= start else 0
        elif piece.stands:
            ahead += max(0, min(piece.end, start) - piece.start)
            out.append(piece.reading[max(0, start - piece.start) : max(0, end - piece.start)])
        elif piece.start < start:
            ahead += len(piece.reading)
        elif piece.start <= end:
            out.append(piece.reading)
    return "".join(out), ahead


def vouched(reading: str) -> str:
    """The hash of a line's reading that a read mark holds: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(reading.encode("utf-8")).hexdigest()[:16]
