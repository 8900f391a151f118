"""Markdown, judged by a parser of CommonMark: a reader sees the text of the document, never what its signs could do."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.exporters.letter import letter, sheet
from workbench.core.apparatus import Note
from workbench.core.printing import Block, Inline, Printed
from workbench.exporters.frame import words_of
from workbench.exporters.markdown import escape, write_markdown
from workbench.exporters.plain import write_plain

markdown_it = pytest.importorskip("markdown_it")
LAWS = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))

PARSER: Any = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])


def footnotes() -> Any:
    """A parser that knows footnotes as well."""
    plugin = pytest.importorskip("mdit_py_plugins.footnote")
    return markdown_it.MarkdownIt("commonmark").use(plugin.footnote_plugin)


def seen(source: str, parser: Any = PARSER) -> list[tuple[str, str]]:
    """What is shown, block after block: (what the block is, its text with a line end for each break).

    A list, a quotation, a table, code or HTML would appear beside its text, under the name that the parser has for it.
    """
    tokens = parser.parse(source)
    out = []
    for before, token in pairwise(tokens):
        if token.type == "inline":
            out.append((before.tag, "".join(_shown(child) for child in token.children)))
        elif not token.type.startswith(("paragraph", "heading", "footnote")) and token.nesting >= 0:
            out.append((token.type, token.content))
    return out


def _shown(token: Any) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "footnote_ref":
        return f"⟨{token.meta['label']}⟩"
    if token.type.startswith("text"):
        return str(token.content)
    return "" if token.nesting else f"<{token.type}>"


def body(source: str) -> list[tuple[str, str]]:
    """The blocks between the legend and the statement."""
    heading, legend, *blocks, about, statement = seen(source)
    assert (heading[0], legend[0], about[0], statement[0]) == ("h1", "p", "h2", "p")
    return blocks


def flat(text: str) -> str:
    """A browser shows any run of blanks as one, and none at the ends of a line."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


HOSTILE = [
    "*овёс*", "**овёс**", "_овёс_", "a_b_c", "# овёс", "#7", "###### овёс ######", "<script>alert(1)</script>",
    "<!-- page 1 -->", "<b>", "<https://example.org>", "a | b", "|---|---|", "\\", "\\*", "C:\\новое\\",
    "1. овёс", "1) овёс",    "12. ", "12.", "- овёс", "-", "---", "- - -", "+ овёс", "+", "* * *", "***", "___",
    "===", "=", "> овёс", ">",
    "`овёс`", "```", "~~~", "~~овёс~~", "[овёс](x)", "![овёс](x)", "[овёс]: /x", "[^1]", "[^1]: овёс", "^x^", "{#id}",
    "&amp;", "&copy; 1931", "&#1078;", "&", "Хлеб & Ко", "AT&T;", "1934. Год", "1934.", "\u2028", "«овёс»", "№ 7",
    "a\\", "a  ", "\u00a0- овёс", "\tовёс", "https://example.org/a_b", "!", "$x$", ":smile:", '"овёс"', "a -- b",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_of_signs_is_shown_as_it_stands(text: str) -> None:
    """Alone, as the first, the middle and the last line of a paragraph."""
    text = text.strip(" \t\u00a0\u2028") or "x"
    for lines in ([text], [text, "рожь"], ["рожь", text, "рожь"], ["рожь", text]):
        paragraph = "\n".join(lines)
        assert [(kind, flat(shown)) for kind, shown in body(write_markdown(sheet((paragraph,))))] == [
            ("p", flat(paragraph))
        ]


lines = st.one_of(
    st.lists(st.sampled_from([*HOSTILE, " ", "овёс", "1", ".", "-"]), min_size=1, max_size=4).map("".join),
    st.text("*_#<>|\\-+=1.)`~[]()!&;:^{} ая", min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12),
).map(lambda line: " ".join(line.split()))
paragraphs = st.lists(lines.filter(bool), min_size=1, max_size=4).map("\n".join)


@LAWS
@given(paragraphs, st.lists(st.integers(0, 60), max_size=5))
@example("1. овёс", [1])
@example("10) овёс", [1, 2])
@example("&copy;", [1])
@example("рожь\n- овёс", [6])
@example("---", [1, 2])
@example("\\* овёс", [1])
def test_any_paragraph_is_shown_as_it_stands_however_it_is_cut(text: str, cuts: list[int]) -> None:
    """A decision may begin and end anywhere: two harmless halves must not make a list or an entity together."""
    borders = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    pieces = tuple(text[a:b] for a, b in pairwise(borders))
    assert body(write_markdown(sheet(pieces, ("рожь",)))) == [("p", text), ("p", "рожь")]


@LAWS
@given(lines)
def test_escaped_text_is_one_paragraph_of_itself(text: str) -> None:
    """And a heading of itself."""
    if text:
        assert seen(escape(text)) == [("p", text)]
        assert seen("# " + escape(text)) == [("h1", text)]


@pytest.mark.parametrize("text", ["один\n\n# два", "<b>один</b>\r\n- два", "один *два*\t&lt;", "один #"])
def test_what_a_person_wrote_stays_in_its_place(text: str) -> None:
    """A title, a description and a note hold blank lines or signs: they make no block of their own."""
    note = Note(series="content", code="person", body=text, label="1")
    block = Block(section="here", zone=None, inlines=(Inline(text="овёс"), Inline(text="", role="ref", note=0)))
    printed = Printed(blocks=(block,), notes=(note,))
    source = write_markdown(sheet(title=text, description={"archive": text, "collated": text}, printed=printed))
    line = " ".join(text.split())
    sentence = line[0].upper() + line[1:] + "."
    style = "House style: archival. Faults of the document that touch the meaning stand, with a note."
    assert seen(source, footnotes()) == [
        ("h1", line),
        ("p", line + "."),
        ("p", "овёс⟨1⟩"),
        ("h2", "About this text"),
        ("p", f"Reading text. Collated with: {line}. {style}"),
        ("p", sentence),
    ]


def test_each_note_of_the_letter_is_a_footnote_that_is_referred_to() -> None:
    """No reference without its note, no note without its reference, the words of each unharmed."""
    export = letter()
    source = write_markdown(export)
    tokens = footnotes().parse(source)
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    words = {("" if n.series == "content" else "т-") + n.label: words_of(n, "ru") for n in export.printed.notes}
    assert sorted(token.meta["label"] for token in inline if token.type == "footnote_ref") == sorted(words)
    labels = [token.meta["label"] for token in tokens if token.type == "footnote_open"]
    assert sorted(labels) == sorted(words)
    shown = [text for _, text in seen(source, footnotes())][-len(labels) :]
    assert dict(zip(labels, shown, strict=True)) == words


def test_the_letter_is_paragraphs_only() -> None:
    """Its list items, its order of a sort and its form blank are text; its lines are hard breaks."""
    shown = seen(write_markdown(letter("diplomatic")), footnotes())
    assert {kind for kind, _ in shown} == {"h1", "h2", "p"}
    assert "1. овса - 12 т⟨т-в⟩, <сорт> A_1 & B*2\n- ржи⟨т-г⟩ - на _____⟨т-д⟩ руб." in "\n".join(t for _, t in shown)


def test_the_search_text_is_bare() -> None:
    """It is for programs that look for words: the same bytes as the plain one, nothing escaped."""
    export = sheet(("1. *овёс*",), kind="search")
    assert write_markdown(export).startswith("1. *овёс*\n")
    assert write_markdown(export) == write_plain(export)
