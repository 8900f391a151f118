"""Tables: what a spreadsheet would compute is text in it, and comes back as it was."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.exporters.spreadsheet import BOM, guarded, table, unguarded

COMPUTED = re.compile(r'[\s\0\ufeff"]*[-=+@＝＋－＠]')
HOSTILE = st.text(st.sampled_from("a1 '\"=+-@＝;,\t\r\n\u00a0\ufeff\0")) | st.text(
    st.characters(exclude_categories=["Cs"])
)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7 (495)", "'+7 (495)"),
        ("-12", "'-12"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t'=1"),
        ("\r\n", "'\r\n"),
        ("  =1+1", "'  =1+1"),
        ('"=1+1', "'\"=1+1"),
        ("'=1+1", "''=1+1"),
        ("'tis", "''tis"),
        ("овёс;=cmd|'/C calc'!A0;", "овёс;'=cmd|'/C calc'!A0;"),
        ("овса:\n- 12 т", "овса:\n'- 12 т"),
        ("a\n\nb", "a\n\nb"),
        ("2+2=4", "2+2=4"),
        ("д'Артаньян", "д'Артаньян"),
        ("", ""),
    ],
)
def test_a_cell_that_would_be_computed_begins_with_an_apostrophe(text: str, cell: str) -> None:
    """And one that has an apostrophe there already, so that the first one is never part of the text."""
    assert guarded(text) == cell
    assert unguarded(cell) == text


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_any_text_comes_back(one: str, other: str) -> None:
    """Quotes, line ends, separators, NUL: the table is read as RFC 4180 says, the apostrophe taken away."""
    written = "".join(table(["n", "one", "other", "m"], [(1, one, other, 2)]))
    header, row = csv.reader(io.StringIO(written.removeprefix(BOM), newline=""))
    assert header == ["n", "one", "other", "m"]
    assert [unguarded(cell) for cell in row] == ["1", one, other, "2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_cell_is_a_formula_whatever_the_program_takes_for_a_separator(delimiter: str, one: str, other: str) -> None:
    """A Russian Excel cuts at semicolons, and begins cells where the table has none."""
    written = "".join(table(["n", "one", "other"], [(1, one, other), (2, other, one)]))
    for row in csv.reader(io.StringIO(written.removeprefix(BOM), newline=""), delimiter=delimiter):
        assert not [cell for cell in row if COMPUTED.match(cell)]


def test_nothing_and_an_empty_text_are_told_apart() -> None:
    """A byte order mark, CRLF, texts in quotes, numbers bare."""
    assert "".join(table(["a", "b"], [(None, ""), (7, 0.5), ("x", 'y"')])) == (
        '\ufeff"a","b"\r\n,""\r\n7,0.5\r\n"x","y"""\r\n'
    )
