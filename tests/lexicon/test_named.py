"""Authority lists: names in all their forms."""

from __future__ import annotations

import pytest

from workbench.core.text import Text
from workbench.lexicon import Lexicon, open_lexicon
from workbench.suggest import Context, Engine

NAMES = ("Щебетов П. И.", "Жгарский Л.", "Лопырь", "Ытанко", "Кряжмов", "Верхолужье", "Бурмак-Далеева О.")
DATIVES = ("Щебетову", "Жгарскому", "Лопырю", "Ытанко", "Кряжмову", "Верхолужью")


@pytest.fixture(scope="module")
def named() -> Lexicon:
    lexicon = open_lexicon("ru", "", NAMES)
    assert lexicon is not None
    return lexicon


def look(content: str, lexicon: Lexicon | None) -> list[tuple[str, str]]:
    found = Engine().suggest(Context(text=Text(content=content, reader="plain"), lexicon=lexicon))
    return [(s.quote, s.candidates[0].text if s.candidates else "") for s in found]


def test_each_case_of_a_name_is_known(named: Lexicon) -> None:
    plain = open_lexicon("ru")
    assert plain is not None
    assert all(named.knows(name) and named.is_name(name) for name in DATIVES)
    assert not any(plain.knows(name) for name in DATIVES)
    assert not named.knows("п") or plain.knows("п")  # initials are no names


def test_right_names_of_the_list_stand(named: Lexicon) -> None:
    assert look(f"Копии посланы товарищам {', '.join(DATIVES)} и в райком.", named) == []


def test_a_misread_name_finds_its_form(named: Lexicon) -> None:
    assert ("Щебстову", "Щебетову") in look("Копия послана товарищу Щебстову и в райком.", named)
    assert ("Кряжмву", "Кряжмову") in look("Копия послана товарищу Кряжмву и в райком.", named)


def test_the_list_changes_the_version(named: Lexicon) -> None:
    other = open_lexicon("ru", "", NAMES[:2])
    assert other is not None
    assert other.version != named.version
