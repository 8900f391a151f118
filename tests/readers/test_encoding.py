"""Which encoding a file has: said by a mark, valid as UTF-8, named by a person, or detected."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from workbench.core.text import Notice
from workbench.readers import read

LETTER = """В правление потребительского кооператива.

Просим отпустить для школы двенадцать керосиновых ламп и бочку олифы.
Печь в старшем классе дымит, окна с осени не замазаны, учитель хворает.
Ёлок на дрова привезли мало; объезд через мельницу размыло.
Заведующая Агафья Щукина.
"""
CAPITALS = "ПРОТОКОЛ СОБРАНИЯ ПАЙЩИКОВ"
TABLE = "Гвозди 12\r\nОлифа 3\r\nЛампы 40\r\n"
SHORT = "Печь дымит, дров нет."
WORD = "Дрова"
OLD = ("cp1251", "koi8-r", "cp866")


@pytest.mark.parametrize("codec", OLD)
@pytest.mark.parametrize("text", [LETTER, CAPITALS, TABLE, SHORT, WORD])
def test_old_russian_files_are_read_and_the_guess_is_said(codec: str, text: str) -> None:
    """Every letter comes out right, whether there is a page or a word; a notice names the codec."""
    found = read(text.encode(codec), name="list.txt")
    assert (found.content, found.encoding) == (text, codec)
    assert found.notices == (Notice(code="encoding-detected", detail=codec),)


@pytest.mark.parametrize("codec", ["mac-cyrillic", "iso8859-5"])
def test_rarer_russian_encodings_are_told_apart_by_a_letter(codec: str) -> None:
    found = read(LETTER.encode(codec), name="list.txt")
    assert (found.content, found.encoding) == (LETTER, codec)


@pytest.mark.parametrize("codec", OLD)
def test_one_russian_line_in_an_english_file_is_enough(codec: str) -> None:
    """What is ASCII says nothing about the encoding and does not drown what does."""
    text = "Received from the depot, folder 7.\n" * 200 + SHORT + "\n"
    assert read(text.encode(codec), name="list.txt").content == text


def test_utf8_is_taken_as_it_is_and_nothing_is_guessed() -> None:
    found = read(LETTER.encode(), name="list.txt")
    assert (found.content, found.encoding, found.notices) == (LETTER, "utf-8", ())


def test_a_byte_order_mark_is_code_point_0_and_left_out_as_markup() -> None:
    """Offsets count in the file as it is; what a reader sees begins after the mark."""
    found = read(b"\xef\xbb\xbf" + LETTER.encode(), name="list.txt")
    assert (found.content, found.encoding, found.notices) == ("\ufeff" + LETTER, "utf-8", ())
    assert [(m.start, m.end, m.kind, m.replacement) for m in found.markup] == [(0, 1, "bom", "")]


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-32-be", b"\0\0\xfe\xff"),
    ],
)
def test_wide_encodings_are_known_by_their_mark(codec: str, mark: bytes) -> None:
    found = read(mark + LETTER.encode(codec), name="list.txt")
    assert (found.content, found.encoding, found.notices) == ("\ufeff" + LETTER, codec, ())


def test_utf16_without_a_mark_is_read_when_a_person_names_it() -> None:
    found = read(LETTER.encode("utf-16-le"), name="list.txt", encoding="UTF-16LE")
    assert (found.content, found.encoding, found.notices) == (LETTER, "utf-16-le", ())


def test_the_encoding_that_a_person_names_wins() -> None:
    """Bytes that are Russian in one codec are something else in another, and no notice calls that a guess."""
    found = read(SHORT.encode("cp1251"), name="list.txt", encoding="Latin-1")
    assert found.content == SHORT.encode("cp1251").decode("latin-1")
    assert (found.encoding, found.notices) == ("iso8859-1", ())


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_letters_stay_as_they_are(form: Literal["NFC", "NFD"]) -> None:
    """`й` and `ё` may be two code points: neither form becomes the other, so offsets stay those of the file."""
    text = unicodedata.normalize(form, "Мой чёрный жеребёнок\n")
    found = read(text.encode(), name="list.txt")
    assert found.content == text
    assert len(found.content) == {"NFC": 21, "NFD": 25}[form]


def test_decomposed_letters_between_marks_of_emphasis_keep_their_offsets() -> None:
    text = unicodedata.normalize("NFD", "мой **ёж** ушёл")
    found = read(text.encode(), name="a.md")
    assert [found.content[m.start : m.end] for m in found.markup] == ["**", "**"]
    assert [found.content[r.start : r.end] for r in found.renditions] == [unicodedata.normalize("NFD", "ёж")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_at_each_kind_of_line_end(newline: str) -> None:
    """And the line ends are kept as they stand in the file."""
    found = read(newline.join(["первая", "вторая", "третья", ""]).encode("cp1251"), name="list.txt")
    spans = [found.line_span(n) for n in range(len(found.line_starts))]
    assert [found.content[a:b] for a, b in spans] == ["первая" + newline, "вторая" + newline, "третья" + newline]
