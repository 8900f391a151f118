"""Plain text: the file is the text, form feeds end pages."""

from __future__ import annotations

import pytest

from workbench.readers import read

PAGE = "Сего числа принято от возчиков сорок мешков овса.\n"


def pages(data: str) -> list[str]:
    found = read(data.encode(), name="a.txt")
    ends = [*found.page_starts[1:], len(found.content)]
    return [found.content[a:b] for a, b in zip(found.page_starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("one", ["one"]),
        ("one\ftwo", ["one\f", "two"]),
        ("one\n\f\ntwo\n", ["one\n\f", "\ntwo\n"]),
        ("one\ftwo\f", ["one\f", "two\f"]),
        ("one\f \n\f\n", ["one\f \n\f\n"]),
        ("one\f\ftwo", ["one\f", "\f", "two"]),
        ("\ufeffone\ftwo", ["\ufeffone\f", "two"]),
    ],
)
def test_a_form_feed_ends_a_page_if_anything_follows(data: str, expected: list[str]) -> None:
    """An empty page between two form feeds counts, blanks after the last one do not."""
    assert pages(data) == expected


def test_each_form_feed_is_markup() -> None:
    found = read(b"one\ftwo\f", name="a.txt")
    assert [(m.start, m.end, m.kind) for m in found.markup] == [(3, 4, "page-break"), (7, 8, "page-break")]


@pytest.mark.parametrize("sign", ["*", "_", "~~", "\\", "#", "`", "1.", "- "])
def test_plain_text_has_no_notation(sign: str) -> None:
    """Specks of a scan look like single signs of Markdown: they are the text."""
    found = read(f"{sign}мешки{sign} с овсом\n".encode(), name="a.txt")
    assert (found.reader, found.markup, found.renditions, found.notices) == ("plain", (), (), ())


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        (PAGE * 5, "line"),
        (PAGE.replace("\n", "\r\n") * 5, "line"),
        ((PAGE.strip() * 4 + "\n") * 5, "paragraph"),
        ("овёс\nрожь\nячмень\nпросо\n", "unknown"),
        (PAGE * 2, "unknown"),
    ],
)
def test_the_length_of_lines_tells_what_a_line_end_means(text: str, newline: str) -> None:
    """Lines of a page are alike in length, paragraphs are long, a list and two lines say nothing."""
    assert read(text.encode(), name="a.txt").newline == newline


def test_a_person_may_ask_for_the_plain_reader() -> None:
    """Whatever the file is called and looks like."""
    found = read(b"# one\n**two**\n", name="a.md", reader="plain")
    assert (found.reader, found.markup) == ("plain", ())
