"""Markdown as OCR engines write it: what is notation is listed, what is text stays, what is doubtful is said."""

from __future__ import annotations

import pytest

from workbench.core.pieces import Fragment
from workbench.core.text import Text
from workbench.readers import read


def markdown(content: str) -> Text:
    return read(content.encode(), name="scan.md")


def shown(text: Text) -> str:
    """The text as a person reads it."""
    return Fragment(text.content, 0, text.markup).base(0, len(text.content))


def looks(text: Text) -> list[tuple[str, str]]:
    return [(text.content[r.start : r.end], r.look) for r in text.renditions]


def flagged(text: Text) -> list[str]:
    """Marks that stayed alone, each as it stands at the place of its notice."""
    assert {n.code for n in text.notices} <= {"unbalanced-emphasis"}
    return [text.content[n.start : n.end] for n in text.notices]


@pytest.mark.parametrize(
    ("content", "text", "expected"),
    [
        ("**Акт** приёмки", "Акт приёмки", [("Акт", "bold")]),
        ("__Акт__ приёмки", "Акт приёмки", [("Акт", "bold")]),
        ("весы *исправны*", "весы исправны", [("исправны", "italic")]),
        ("весы _исправны_.", "весы исправны.", [("исправны", "italic")]),
        ("***Акт***", "Акт", [("Акт", "bold"), ("Акт", "italic")]),
        ("~~пуд~~ центнер", "пуд центнер", [("пуд", "struck")]),
        ("**один** и **два**", "один и два", [("один", "bold"), ("два", "bold")]),
        ("**весь *мешок* тут**", "весь мешок тут", [("весь *мешок* тут", "bold"), ("мешок", "italic")]),
        ("пере**нос** слова", "перенос слова", [("нос", "bold")]),
    ],
)
def test_emphasis_is_left_out_and_known_as_a_look(content: str, text: str, expected: list[tuple[str, str]]) -> None:
    """What it marks stays in the text; that it was marked is a claim of the OCR."""
    found = markdown(content)
    assert (shown(found), looks(found), flagged(found)) == (text, expected, [])


@pytest.mark.parametrize(
    ("content", "alone"),
    [
        ("**Акт приёмки", ["**"]),
        ("Акт** приёмки", ["**"]),
        ("*Акт** приёмки", ["*", "**"]),
        ("весы *исправны", ["*"]),
        ("**один\nдва**", ["**", "**"]),
        ("**a *b** c", ["*"]),
        ("~~пуд", ["~~"]),
    ],
)
def test_a_mark_without_a_partner_is_text_and_is_flagged(content: str, alone: list[str]) -> None:
    """A line does not lend its marks to the next, so one speck cannot swallow a page."""
    found = markdown(content)
    assert flagged(found) == alone
    kept = shown(found)
    assert all(sign in kept for sign in alone)


@pytest.mark.parametrize(
    "content",
    ["3 * 4 = 12", "дом_мой_двор", "файл_7_1", "* * *", "****", "_____", "~~~~", "a ~~~b~~~", "пункт * конец", "a ~ b"],
)
def test_what_cannot_be_emphasis_is_text_without_a_word(content: str) -> None:
    """Signs between blanks, underscores within a word, rulers and blanks of a form."""
    found = markdown(content)
    assert (shown(found), found.markup, looks(found), flagged(found)) == (content, (), [], [])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r"\*не курсив\*", "*не курсив*"),
        (r"1\. Овёс", "1. Овёс"),
        (r"\[нрзб.\]", "[нрзб.]"),
        (r"два \\ три", "два \\ три"),
        (r"\\*курсив*", "\\курсив"),
        (r"\\\*нет\*", r"\*нет*"),
        (r"C:\Документы", r"C:\Документы"),
        (r"\_\_\_\_", "____"),
        ("конец \\", "конец \\"),
    ],
)
def test_a_backslash_escapes_a_sign_and_only_a_sign(content: str, text: str) -> None:
    """In a row of them every second one is text itself; before a letter it is text as well."""
    found = markdown(content)
    assert (shown(found), flagged(found)) == (text, [])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("овёс  \nрожь", "овёс\nрожь"),
        ("овёс    \r\nрожь", "овёс\r\nрожь"),
        ("овёс  \rрожь", "овёс\rрожь"),
        ("овёс\\\nрожь", "овёс\nрожь"),
        ("овёс\\\r\nрожь", "овёс\r\nрожь"),
        ("овёс \nрожь", "овёс \nрожь"),
        ("овёс\\\\\nрожь", "овёс\\\nрожь"),
        ("овёс\\\\\\\nрожь", "овёс\\\nрожь"),
    ],
)
def test_hard_breaks_are_left_out_and_the_line_end_stays(content: str, text: str) -> None:
    """Two blanks or a backslash; one blank is text, and so is a backslash that another one escapes."""
    assert shown(markdown(content)) == text


def test_hard_breaks_say_that_a_line_end_is_a_line_of_the_page() -> None:
    assert markdown("овёс  \nрожь").newline == "line"
    assert markdown("овёс\nрожь").newline == "unknown"


@pytest.mark.parametrize("before", ["", "\ufeff", "рожь\n", "рожь\r\n", "рожь\r", "рожь\f", "рожь\n   "])
def test_headings_are_known_at_the_beginning_of_any_line(before: str) -> None:
    """After each kind of line end, a form feed, a byte order mark and up to three blanks."""
    found = markdown(before + "## Опись зерна\nовёс")
    assert looks(found) == [("Опись зерна", "heading")]
    assert shown(found).endswith("Опись зерна\nовёс") and "#" not in shown(found)


@pytest.mark.parametrize("content", ["№ # 7", "#7 мешков", "####### семь", "    # отступ", "#\nпусто"])
def test_a_number_sign_elsewhere_is_text(content: str) -> None:
    found = markdown(content)
    assert (shown(found), looks(found)) == (content, [])


MARKS = [
    ("<!-- page 12 -->", "12"),
    ("<!-- Страница: 3об -->", "3об"),
    ("--- page 4 ---", "4"),
    ("== стр. 5-6 ==", "5-6"),
    ("# Страница 7", "7"),
    ("[page 8]", "8"),
    ("{9}" + "-" * 48, "9"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("mark", "name"), MARKS)
def test_a_page_mark_begins_a_page_with_a_name(mark: str, name: str, newline: str) -> None:
    """It is left out, whatever the line ends of the file."""
    found = markdown(f"овёс{newline}{mark}{newline}рожь")
    assert shown(found) == f"овёс{newline}{newline}рожь"
    assert [m.kind for m in found.markup] == ["page-break"]
    assert (found.page_names, found.content[found.page_starts[1] :]) == (("", name), newline + "рожь")


@pytest.mark.parametrize(
    "content", ["страница 7 утеряна", "см. [page 8]", "<!-- page 12", "--- page 4", "{9}---", "<!-- page 1 --> овёс"]
)
def test_words_about_a_page_are_text(content: str) -> None:
    found = markdown(content)
    assert (shown(found), found.page_starts) == (content, (0,))


@pytest.mark.parametrize(
    ("content", "names", "starts"),
    [
        ("<!-- page 1 -->\nовёс\n<!-- page 2 -->\nрожь", ("1", "2"), ["<!-- page 1", "\nрожь"]),
        ("\ufeff<!-- page 1 -->\nовёс", ("1",), ["\ufeff<!-- page 1"]),
        ("овёс\f<!-- page 2 -->\nрожь", ("", "2"), ["овёс", "<!-- page 2"]),
        ("овёс\n\f\n<!-- page 2 -->\nрожь\fпросо", ("", "2", ""), ["овёс", "\n<!-- page 2", "просо"]),
        ("овёс\n<!-- page 2 -->\n", (), ["овёс"]),
        ("<!-- page 1 -->\n<!-- page 2 -->\nрожь", ("1", "2"), ["<!-- page 1", "\nрожь"]),
    ],
)
def test_a_mark_at_the_beginning_of_a_page_names_it(content: str, names: tuple[str, ...], starts: list[str]) -> None:
    """It begins no further page: the file or a form feed did; a mark that nothing follows begins none either."""
    found = markdown(content)
    assert found.page_names == names
    assert len(found.page_starts) == len(starts)
    for at, begins in zip(found.page_starts, starts, strict=True):
        assert found.content.startswith(begins, at)


def test_signs_within_a_page_mark_are_no_emphasis() -> None:
    found = markdown("_овёс\n<!-- page a_b -->\nрожь_")
    assert [m.kind for m in found.markup] == ["page-break"]
    assert flagged(found) == ["_", "_"]


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("scan.md", "овёс", "markdown"),
        ("SCAN.MARKDOWN", "овёс", "markdown"),
        ("scan.txt", "**Акт** приёмки", "markdown"),
        ("scan.txt", "# Опись\nовёс", "markdown"),
        ("scan.txt", "\ufeff# Опись\r\nовёс", "markdown"),
        ("scan.txt", "1\\. Овёс\n2\\. Рожь", "markdown"),
        ("scan.txt", "овёс  \nрожь  \nпросо", "markdown"),
        ("scan.txt", "овёс  \r\nрожь  \r\nпросо", "markdown"),
        ("scan.txt", "овёс * рожь _ просо", "plain"),
        ("scan.txt", "*овёс*", "plain"),
        ("scan.txt", "цена 1\\.", "plain"),
        ("scan.txt", "овёс  \nрожь", "plain"),
        ("", "# Опись", "markdown"),
    ],
)
def test_the_name_or_a_strong_sign_makes_a_file_markdown(name: str, content: str, reader: str) -> None:
    """What no speck of a bad scan makes; a single asterisk or blank does not count."""
    assert read(content.encode(), name=name).reader == reader


def test_a_person_may_ask_for_the_markdown_reader() -> None:
    found = read("*овёс*".encode(), name="scan.txt", reader="markdown")
    assert (found.reader, shown(found)) == ("markdown", "овёс")


PAGE = """\ufeff# Акт\r
\r
Мы, нижеподписавшиеся, приняли от **Хлебтреста** 40 мешков \\*  \r
и взвесили их *дважды.\r
\f<!-- page 2 -->\r
1\\. Овёс ~~сухой~~ сырой\\\r
2\\. Рожь\r
"""


def test_a_page_with_everything() -> None:
    """Codes, places and names as they are kept."""
    found = read(PAGE.encode(), name="scan.md")
    at = PAGE.index
    assert [(m.kind, PAGE[m.start : m.end]) for m in found.markup] == [
        ("bom", "\ufeff"), ("heading", "# "), ("emphasis", "**"), ("emphasis", "**"), ("escape", "\\"),
        ("hard-break", "  "), ("page-break", "\f"), ("page-break", "<!-- page 2 -->"), ("escape", "\\"),
        ("emphasis", "~~"), ("emphasis", "~~"), ("hard-break", "\\"), ("escape", "\\"),
    ]  # fmt: skip
    assert looks(found) == [("Акт", "heading"), ("Хлебтреста", "bold"), ("сухой", "struck")]
    assert [(n.code, n.start, n.end) for n in found.notices] == [
        ("unbalanced-emphasis", at("*дважды"), at("*дважды") + 1)
    ]
    assert (found.page_starts, found.page_names) == ((0, at("\f") + 1), ("", "2"))
    assert shown(found) == (
        "Акт\r\n\r\nМы, нижеподписавшиеся, приняли от Хлебтреста 40 мешков *\r\nи взвесили их *дважды.\r\n"
        "\r\n1. Овёс сухой сырой\r\n2. Рожь\r\n"
    )
