"""Zones: what stands at page edges, formulas of offices, signatures, handwriting; and lines that stand twice."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context
from workbench.suggest.edges import Edges
from workbench.suggest.formulas import Formulas
from workbench.suggest.handwriting import Handwriting
from workbench.suggest.repeats import Repeats

BODY = (
    "Сообщаем, что семена получены полностью.\nПросим выслать накладную и счет.\nПогода стоит сухая.\nСеять начнем.\n"
)


def pages(*heads: str) -> str:
    """Pages with these first lines, parted by form feeds, and nothing else alike."""
    words = ("семена", "косилки", "лошади", "бочки", "доски")
    lines = ("Получены {0}, числом сто.", "Выдать {0} бригадам.", "Вчера {0} пропали.", "Ждем {0} осенью.", "Их {0}.")
    bodies = ("\n".join(line.format(words[(n + 2 * k) % 5]) for k, line in enumerate(lines[n:] + lines[:n]))
              for n in range(len(heads)))  # fmt: skip
    return "\f".join(f"{head}\n{body}\n" for head, body in zip(heads, bodies, strict=True))


def kinds(suggester: Any, raw: str, *, count: int = 1, language: str = "ru") -> list[tuple[str, str]]:
    """Kind and text of what is found; pages are parted by form feeds."""
    starts = [0, *(n + 1 for n, c in enumerate(raw) if c == "\f")][:count]
    text = Text(content=raw, reader="plain", page_starts=tuple(starts))
    return [(s.kind, s.quote) for s in suggester().suggest(Context(text=text, lexicon=open_lexicon(language)))]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("117", "folio"), ("117 об.", "folio"), ("л. 45", "folio"), ("- 2 -", "page number"),
        ("стр. 12", "page number"), ("(484)", "page number"), ("1936", None), ("1.", None), ("7 дней", None),
    ],
)  # fmt: skip
def test_a_number_alone_at_the_top(line: str, kind: str | None) -> None:
    assert kinds(Edges, f"{line}\n{BODY}") == ([(kind, line)] if kind else [])


def test_a_number_inside_the_page_is_text() -> None:
    assert kinds(Edges, f"{BODY}117\n{BODY}") == []


def test_numbers_that_count_with_the_pages_are_page_numbers() -> None:
    assert kinds(Edges, pages("5", "6", "7"), count=3) == [
        ("page number", "5"),
        ("page number", "6"),
        ("page number", "7"),
    ]


def test_a_line_alike_on_three_pages_is_a_running_head() -> None:
    """A letter misread and the number of the page do not matter; on two pages it may be chance."""
    heads = ("Вестник артели. 12", "Вестник артели. 13", "Вестннк артели. 14")
    assert kinds(Edges, pages(*heads), count=3) == [("running head", head) for head in heads]
    assert kinds(Edges, pages(*heads[:2]), count=2) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("СЕКРЕТНО.", "classification"), ("Совершенно секретно", "classification"), ("Секретпо", "classification"),
        ("Подлежит возврату.", "return stamp"), ("Экз. № 3", "copy number"), ("Copy No. 2", "copy number"),
        ("№ 18/с", "office number"), ("Исх. № 204", "office number"),
        ("Он секретно вышел из дома и вернулся", None), ("№", None),
    ],
)  # fmt: skip
def test_formulas_stand_alone_in_their_line(line: str, kind: str | None) -> None:
    assert kinds(Formulas, f"{line}\n{BODY * 4}") == ([(kind, line)] if kind else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("И. Ладыгин", True), ("/Ладыгин/", True), ("(подпись) П. И. Ладыгин.", True), ("J. Smith", True),
        ("Приехал И. Ладыгин и остался.", False), ("и. ладыгин", False), ("И. Ладыгин, П. Сомов", False),
    ],
)  # fmt: skip
def test_a_name_alone_at_the_end_is_a_signature(line: str, found: bool) -> None:
    assert kinds(Formulas, f"{BODY * 4}{line}\n") == ([("signature", line)] if found else [])
    assert kinds(Formulas, f"{line}\n{BODY * 4}") == []


def test_lines_with_hardly_a_word_are_flagged_once() -> None:
    scrawl = "щзшъ жгфц ьвхщ кжжп\nфшцх ъъщз ггжф"
    assert kinds(Handwriting, f"{BODY}{scrawl}\n{BODY}") == [("handwriting", scrawl)]
    assert kinds(Handwriting, BODY.replace("семена", "сомопа").replace("выслать", "пыслат")) == []
    assert kinds(Handwriting, " ".join([scrawl.replace("\n", " ")] * 40)) == []  # a line as long as a text is none


def test_a_line_that_stands_twice_can_go_with_its_line_end() -> None:
    line = "Просим выслать накладную и счет на имя склада.\n"
    raw = f"{BODY}{line}{line.replace('счет', 'счст')}Ждем.\n"
    assert kinds(Repeats, raw) == [("repeated", line.replace("счет", "счст"))]
    assert kinds(Repeats, f"{BODY}{line}Ждем.\n{BODY}") == []
