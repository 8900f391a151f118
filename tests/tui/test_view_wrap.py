"""Wrapping keeps every code point but swallowed blanks, every role, and the width."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.core.visible import visible
from workbench.services.document.rows import Role, Segment
from workbench.tui.view.wrap import Line, _breaks_by_cluster, _breaks_by_index, _one_cell, breaks, wrap

ALPHABET = "аб вг-ж «»№\u00a0ё" + "и\u0306е\u0301" + "漢字" + "\u3000\t\x1b\u202e\u200b[/b]" + "☎\ufe0f👍"
texts = st.text(st.sampled_from(ALPHABET), max_size=60) | st.text(max_size=30)
widths = st.integers(2, 30)
roles = st.sampled_from(get_args(Role))


@st.composite
def rows(draw: st.DrawFn) -> tuple[Segment, ...]:
    segments = []
    start = draw(st.integers(0, 50))
    for text in draw(st.lists(texts, max_size=6)):
        mark = draw(st.none() | st.sampled_from("xyz"))
        segments.append(Segment(text, draw(roles), start, mark))
        start += len(text)
    return tuple(segments)


def shown(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def blankless(text: str) -> str:
    return re.sub(r"[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]", "", text)


@given(texts, widths)
def test_only_blanks_lie_between_the_lines(text: str, width: int) -> None:
    """The ranges are in order, and what none of them covers is blank."""
    text = visible(text)
    at, left = 0, ""
    for start, end in breaks(text, width):
        assert at <= start <= end
        left += text[at:start]
        at = end
    assert not blankless(left + text[at:])


@given(texts, widths)
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    """Cells are counted as the terminal counts them."""
    text = visible(text)
    assert all(cell_len(text[start:end]) <= width for start, end in breaks(text, width))


@given(texts, widths)
def test_a_word_that_fits_is_not_broken(text: str, width: int) -> None:
    """A break without a blank happens only inside a word wider than the column."""
    text = visible(text)
    found = breaks(text, width)
    # A blank that bears a combining mark is a sign like any other, not a place to break.
    joined = "".join("x" if after and not cell_len(after) else char for char, after in pairwise([*text, ""]))
    words = [match.span() for match in re.finditer(r"[^ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+", joined)]
    for start, _ in found[1:]:
        for first, last in words:
            if first < start < last:
                assert cell_len(text[first:last]) > width


@given(texts, widths)
def test_combining_marks_stay_with_their_base(text: str, width: int) -> None:
    """No line but the first begins with a code point of no width."""
    text = visible(text)
    assert all(cell_len(text[start]) for start, _ in breaks(text, width)[1:])


@given(st.text("аб в", max_size=80), widths)
def test_the_fast_way_and_the_slow_way_agree(text: str, width: int) -> None:
    """The way by index is only quicker."""
    assert _breaks_by_index(text, width) == _breaks_by_cluster(text, width)


@given(rows(), widths)
def test_pieces_give_back_the_row(segments: tuple[Segment, ...], width: int) -> None:
    """Joined pieces are the harmless text but for swallowed blanks, and each line knows its cells."""
    lines = wrap(segments, width)
    assert blankless("".join(shown(lines))) == blankless(visible("".join(segment.text for segment in segments)))
    for line in lines:
        assert line.cells == sum(cell_len(piece.text) for piece in line.pieces) <= width


@given(rows(), widths)
def test_pieces_keep_their_segment(segments: tuple[Segment, ...], width: int) -> None:
    """Each piece is the text of its own segment at its own offset, or a cluster that straddles its border."""
    whole = visible("".join(segment.text for segment in segments))
    base = segments[0].start if segments else 0
    for line in wrap(segments, width):
        for piece in line.pieces:
            assert any(piece.segment is segment for segment in segments)
            at = piece.start - base
            assert whole[at : at + len(piece.text)] == piece.text
            if all(map(cell_len, whole)):
                own = visible(piece.segment.text)
                assert own[piece.offset : piece.offset + len(piece.text)] == piece.text


@given(rows(), widths)
def test_no_line_carries_a_control_code(segments: tuple[Segment, ...], width: int) -> None:
    """What is shown has nothing left for `visible` to translate."""
    for text in shown(wrap(segments, width)):
        assert visible(text) == text


def test_a_marked_mark_takes_its_base_along() -> None:
    """A place that is one combining mark would be invisible alone."""
    (line,) = wrap((Segment("дои", "plain", 0), Segment("\u0306", "open", 3, "m"), Segment("ка", "plain", 4)), 20)
    assert [(piece.text, piece.segment.role) for piece in line.pieces] == [
        ("до", "plain"),
        ("и\u0306", "open"),
        ("ка", "plain"),
    ]


def test_marked_blanks_are_never_swallowed() -> None:
    """A place that is nothing but blanks stays in sight wherever the line breaks."""
    row = (Segment("один два"), Segment("  ", "open", 8, "m"), Segment("три", "plain", 10))
    for width in range(2, 16):
        assert any(piece.segment.mark == "m" for line in wrap(row, width) for piece in line.pieces)


def test_a_fast_code_point_is_one_cell_wide() -> None:
    """The table of the fast way claims nothing that the terminal's width table denies."""
    wrong = [hex(code) for code in range(0x110000) if _one_cell(chr(code)) and cell_len(chr(code)) != 1]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("   ", 10, ["   "]),
        (" " * 30, 10, [" " * 10]),
        ("\u3000" * 8, 5, ["\u3000" * 2]),
        ("один два три", 8, ["один два", "три"]),
        ("один  два  три", 9, ["один  два", "три"]),
        ("бесконечное", 4, ["беск", "онеч", "ное"]),
        ("и бесконечное", 4, ["и", "беск", "онеч", "ное"]),
        ("    слово", 6, ["слово"]),
        ("  слово дело", 7, ["  слово", "дело"]),
        ("г.\u00a0Москва", 8, ["г.\u00a0Москв", "а"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("и\u0306" * 5, 2, ["и\u0306" * 2, "и\u0306" * 2, "и\u0306"]),
        ("[/b]\x1b[31m", 20, ["[/b]␛[31m"]),
    ],
)
def test_examples(text: str, width: int, expected: list[str]) -> None:
    """Words, blanks, indents, endless words, wide characters, accents and hostile text."""
    assert shown(wrap((Segment(text),), width)) == expected
