"""What holds of every text that a reader takes, and how long it takes."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workbench.core.errors import UnreadableError
from workbench.core.pieces import Fragment
from workbench.core.text import Text
from workbench.readers import READERS, read

LAWS = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

SCRAPS = [
    "*", "**", "***", "_", "__", "~~", "~", "\\", "\\*", "#", "# ", "## Акт", "\n", "\r\n", "\r", "\f", "  ", " ", "\t",
    "<!-- page 1 -->", "--- page 2 ---", "[page 3]", "{4}------------", "# Страница 5", "-", "1.", "`", "<b>", "|",
    "овёс", "й", "и\u0306", "ё", "\ufeff", "\u2028", "\x85", "\u200f", "\x1b[1m", "\U0001f33e", "a", "7",
]  # fmt: skip
contents = st.one_of(
    st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join),
    st.text(max_size=60),
    st.text("*_~\\# \n\r\fа1", max_size=40),
)
readers = st.sampled_from(("markdown", "plain"))  # whose text is the file

NOTATION = {
    "emphasis": r"\*{1,3}|_{1,3}|~~",
    "escape": r"\\",
    "hard-break": r" {2,}|\\",
    "heading": r" {0,3}#{1,6}[ \t]+",
    "page-break": r"\f|[^\r\n\f]*(?i:page|страница|стр|\{\d+\}-)[^\r\n\f]*",
    "bom": "\ufeff",
}
"""What may be left out under the name of each kind of markup."""


def assert_sound(text: Text) -> None:
    """Positions lie inside the text and in order; what is left out is notation and nothing else."""
    length = len(text.content)
    for left, right in pairwise(text.markup):
        assert left.end <= right.start, (left, right)
    for mark in text.markup:
        assert 0 <= mark.start < mark.end <= length
        assert mark.replacement == ""
        assert re.fullmatch(NOTATION[mark.kind], text.content[mark.start : mark.end]), mark
    for look in text.renditions:
        assert 0 <= look.start < look.end <= length
    for notice in text.notices:
        assert 0 <= notice.start <= notice.end <= length
    assert text.page_starts[0] == 0
    assert all(a < b < length for a, b in pairwise(text.page_starts))
    assert len(text.page_names) in (0, len(text.page_starts))
    assert text.line_starts[0] == 0
    assert all(a < b < length for a, b in pairwise(text.line_starts))


def accounted(text: Text) -> str:
    """The source put together again from what is shown and what is listed as left out."""
    fragment = Fragment(text.content, 0, text.markup)
    return "".join(
        text.content[piece.start : piece.end] if piece.kind == "markup" else piece.raw
        for piece in fragment.raw_pieces(0, len(text.content))
    )


@LAWS
@given(contents, readers)
@example("~~~~", "markdown")
@example("{4}------------", "markdown")
@example("<!-- page 1 -->\f<!-- page 2 -->\fx", "markdown")
@example("\ufeff## **а**\\\n", "markdown")
def test_any_text_is_read_or_refused_and_all_of_it_is_accounted_for(content: str, reader: str) -> None:
    """What is shown plus what is left out is the file, byte for byte."""
    data = content.encode()
    try:
        text = read(data, name="scan", reader=reader)
    except UnreadableError as error:
        assert str(error).isprintable()
        return
    assert_sound(text)
    assert accounted(text) == content
    assert text.content.encode(text.encoding) == data


@LAWS
@given(st.one_of(st.binary(max_size=80), contents.map(lambda text: text.encode("cp1251", "ignore"))))
@example(b"\xff\xfe\x00\xd8")
@example(b"\x98")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but a refusal comes out of bytes; what was read goes back to the same bytes."""
    try:
        text = read(data, name="scan")
    except UnreadableError as error:
        assert str(error).startswith("scan") and str(error).isprintable()
        return
    assert_sound(text)
    assert text.content.encode(text.encoding) == data


@LAWS
@given(contents)
def test_the_plain_reader_leaves_out_form_feeds_and_the_mark_alone(content: str) -> None:
    text = READERS["plain"](content, "utf-8", ())
    shown = Fragment(content, 0, text.markup).base(0, len(content))
    assert shown == content.removeprefix("\ufeff").replace("\f", "")


@LAWS
@given(contents)
def test_each_mark_of_emphasis_is_left_out_with_a_partner(content: str) -> None:
    """Balanced pairs only: for each sign as many open as close, with a look between them."""
    text = READERS["markdown"](content, "utf-8", ())
    marks = [m for m in text.markup if m.kind == "emphasis"]
    starts, ends = {m.start for m in marks}, {m.end for m in marks}
    inside = {(r.start, r.end) for r in text.renditions if r.look != "heading"}
    assert len(marks) == 2 * len(inside)
    assert all(start in ends and end in starts for start, end in inside)


GROWING: dict[str, Callable[[int], str]] = {
    "prose": lambda n: "Сего числа принято сорок мешков овса.\n" * n,
    "emphasis": lambda n: "**овёс** и *рожь*\n" * n,
    "emphasis on one line": lambda n: "*овёс* " * n,
    "opening marks": lambda n: "*овёс " * n,
    "closing marks": lambda n: "овёс** " * n,
    "unlike marks": lambda n: "**a *b __c _d ~~e " * n,
    "asterisks": lambda n: "*" * 20 * n,
    "backslashes": lambda n: "\\" * 20 * n,
    "blanks": lambda n: " " * 20 * n + "x",
    "line ends": lambda n: "\n" * 20 * n + "x",
    "number signs": lambda n: "# " * 10 * n,
    "hard breaks": lambda n: "овёс  \n" * n,
    "form feeds": lambda n: ("овёс рожь " * 20 + "\f") * n,
    "page marks with emphasis": lambda n: "<!-- page 1 -->\n**овёс** рожь\n" * n,
    "page marks and nothing else": lambda n: "[page 1]\n" * n,
    "a page mark that does not end": lambda n: "--- page 1" + "-" * 20 * n + "x",
    "a ruler": lambda n: "-=" * 10 * n + "\n",
    "braces": lambda n: "{1}" + "-" * 20 * n + "x",
}


def spent(content: str, reader: str) -> float:
    """Processor seconds of one reading, the best of two."""
    times = []
    for _ in range(2):
        gc.collect()
        before = process_time()
        READERS[reader](content, "utf-8", ())
        times.append(process_time() - before)
    return min(times)


@pytest.mark.parametrize("kind", GROWING)
@pytest.mark.parametrize("reader", ("markdown", "plain"))
def test_reading_takes_time_in_proportion(kind: str, reader: str) -> None:
    """Eight times the text in less than thirty times the time, where a square law would take sixty-four."""
    small, large = (spent(GROWING[kind](n), reader) for n in (500, 4_000))
    assert large < 30 * max(small, 0.002)
