"""The edit law: a change of the reading becomes decisions about the raw text.

`plan` answers for one replacement `reading[i:j] := new` with the smallest raw span that cuts no live decision, so that
afterwards the reading is `old[:i] + new + old[j:]`. `hunks` cuts a rewritten line into such replacements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.errors import RefusedError
from workbench.core.pieces import Piece
from workbench.core.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One replacement, as a decision would record it."""

    start: int
    end: int
    reading: str
    """The whole new reading of the span."""
    page: str | None
    """The page value to keep, where the span holds a decision whose reading departed from its page; else None."""
    reading_class: str | None
    supersedes: frozenset[str]
    """Decisions whose output it takes over; zero-width ones at the border among them."""
    restores_raw: bool
    """Is the new reading what the raw text gives? Then the decision is a `keep`."""


@dataclass(frozen=True, slots=True)
class _Laid:
    piece: Piece
    start: int
    end: int
    """Where the piece stands in the reading."""


def _lay(pieces: Sequence[Piece]) -> list[_Laid]:
    laid: list[_Laid] = []
    at = 0
    for piece in pieces:
        laid.append(_Laid(piece, at, at + len(piece.reading)))
        at += len(piece.reading)
    return laid


def plan(pieces: Sequence[Piece], i: int, j: int, new: str) -> Plan:
    """Plan `reading[i:j] := new` over pieces in order; offsets count code points of the pieces' joined reading."""
    laid = _lay(pieces)
    length = laid[-1].end if laid else 0
    if not 0 <= i <= j <= length:
        raise ValueError(f"{i}..{j} lies outside a reading of {length} code points")
    if i == j:
        return _insertion(laid, i, new)
    taken = [x for x in laid if (x.start < j and x.end > i) or (x.start == x.end and i < x.start < j)]
    _refuse_lines(taken)
    first, last = taken[0], taken[-1]
    start, before = _left_edge(first, i)
    end, after = _right_edge(last, j)
    return _planned([x.piece for x in taken], start, end, before + new + after)


def _refuse_lines(taken: list[_Laid]) -> None:
    if any(x.piece.line is not None for x in taken):
        raise RefusedError(
            N_("this reaches into a line that a person added: such a line is changed by itself, as a whole")
        )


def _whole(piece: Piece) -> bool:
    """Is this piece taken only as a whole? Raw text can be cut anywhere."""
    return piece.kind != "raw"


def _left_edge(laid: _Laid, i: int) -> tuple[int, str]:
    inside = max(0, i - laid.start)
    if _whole(laid.piece):
        return laid.piece.start, laid.piece.reading[:inside]
    return laid.piece.start + inside, ""


def _right_edge(laid: _Laid, j: int) -> tuple[int, str]:
    beyond = max(0, laid.end - j)
    if _whole(laid.piece):
        return laid.piece.end, laid.piece.reading[len(laid.piece.reading) - beyond :]
    return laid.piece.end - beyond, ""


def _insertion(laid: list[_Laid], i: int, new: str) -> Plan:
    inside = next((x for x in laid if x.start < i < x.end), None)
    if inside is not None:
        _refuse_lines([inside])
        if _whole(inside.piece):
            at = i - inside.start
            text = inside.piece.reading
            return _planned([inside.piece], inside.piece.start, inside.piece.end, text[:at] + new + text[at:])
        where = inside.piece.start + i - inside.start
        return _planned([], where, where, new)
    left = [x for x in laid if x.end == i and x.piece.reading]
    # Before an added line, or at the end of one that trails the text, no raw offset puts a sign.
    _refuse_lines([x for x in laid if x.start == i and not x.piece.trails] + [x for x in left[-1:] if x.piece.trails])
    where = left[-1].piece.end if left else (laid[0].piece.start if laid else 0)
    before = after = ""
    taken: list[Piece] = []
    for x in laid:
        if x.piece.start == x.piece.end == where and x.piece.kind != "raw" and x.piece.line is None:
            taken.append(x.piece)
            if x.end == i and x.start != i:
                before = x.piece.reading
            else:
                after = x.piece.reading
    return _planned(taken, where, where, before + new + after)


def _planned(taken: list[Piece], start: int, end: int, text: str) -> Plan:
    decided = [piece for piece in taken if piece.entries]
    own = next((p.decision.reading_class for p in decided if p.decision and p.decision.reading_class), None)
    base = "".join(_clip(piece, start, end) for piece in taken)
    kept_page = "".join(_clip(piece, start, end, page=True) for piece in taken) if own else None
    return Plan(
        start=start,
        end=end,
        reading=text,
        page=kept_page if kept_page != text else None,
        reading_class=own if kept_page != text else None,
        supersedes=frozenset(entry.id for piece in decided for entry in piece.entries),
        restores_raw=text == base,
    )


def _clip(piece: Piece, start: int, end: int, *, page: bool = False) -> str:
    """The raw (or page) text of a piece within a span; only raw pieces are ever cut."""
    text = piece.page if page else piece.raw
    if piece.kind != "raw":
        return text
    return text[max(0, start - piece.start) : len(text) - max(0, piece.end - end)]


def hunks(old: str, new: str) -> list[tuple[int, int, str]]:
    """What changed from one line to another, as replacements `(i, j, text)` of the old line, right to left.

    A word-wise reading of a semantic diff (diff-match-patch): a hunk that touches a letter or a digit grows to whole
    tokens, neighbours that meet become one.
    """
    from diff_match_patch import diff_match_patch

    differ = diff_match_patch()
    diffs = differ.diff_main(old, new)
    differ.diff_cleanupSemantic(diffs)
    changes: list[list[int]] = []  # [old start, old end, new start, new end]
    a = b = 0
    for operation, text in diffs:
        size = len(text)
        if operation == 0:
            a, b = a + size, b + size
            continue
        if not changes or (changes[-1][1], changes[-1][3]) != (a, b):
            changes.append([a, a, b, b])
        a, b = (a + size, b) if operation < 0 else (a, b + size)
        changes[-1][1], changes[-1][3] = a, b  # what goes and what comes in its place are one change
    ends = [0, *(change[1] for change in changes)]
    starts = [*(change[0] for change in changes[1:]), len(old)]
    grown = [_grow(old, new, change, low, high) for change, low, high in zip(changes, ends, starts, strict=False)]
    merged: list[list[int]] = []
    for change in grown:
        if merged and (change[0] <= merged[-1][1] and change[2] <= merged[-1][3]):
            merged[-1][1] = max(merged[-1][1], change[1])
            merged[-1][3] = max(merged[-1][3], change[3])
        else:
            merged.append(change)
    return [(a, b, new[c:d]) for a, b, c, d in reversed(merged) if old[a:b] != new[c:d]]


def _grow(old: str, new: str, change: list[int], low: int, high: int) -> list[int]:
    """A change grown to whole tokens, as far as `low..high` of the old line: what is equal between two changes."""
    a, b, c, d = change
    if not any(x.isalnum() for x in old[a:b] + new[c:d]):
        return [a, b, c, d]
    while a > low and c > 0 and old[a - 1] == new[c - 1] and not old[a - 1].isspace():
        a, c = a - 1, c - 1
    while b < high and d < len(new) and old[b] == new[d] and not old[b].isspace():
        b, d = b + 1, d + 1
    return [a, b, c, d]
