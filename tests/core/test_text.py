"""Texts: lines, spans that meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.text import Text, overlap

TEXT = Text(content="раз\nдва\r\n\r\nтри\fчетыре", reader="plain")


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ((0, 3), (3, 5), False),
        ((0, 3), (2, 5), True),
        ((3, 3), (3, 3), True),  # two insertions at one place
        ((3, 3), (1, 5), True),
        ((3, 3), (3, 5), False),  # an insertion at a border touches nothing
        ((3, 3), (0, 3), False),
    ],
)
def test_spans_meet(one: tuple[int, int], other: tuple[int, int], meets: bool) -> None:
    assert overlap(*one, *other) is meets
    assert overlap(*other, *one) is meets


def test_lines() -> None:
    lines = [TEXT.content[slice(*TEXT.line_span(n))] for n in range(len(TEXT.line_starts))]
    assert lines[0] == "раз\n"  # a line holds its end
    assert [line.strip() for line in lines if line.strip()] == ["раз", "два", "три\fчетыре"]


@given(st.text("аб\n\r\f ", max_size=30))
def test_every_place_lies_in_one_line(content: str) -> None:
    text = Text(content=content, reader="plain")
    for offset in range(len(content)):
        start = text.line_starts[text.line_at(offset)]
        assert start <= offset
        assert all(not start < other <= offset for other in text.line_starts)
