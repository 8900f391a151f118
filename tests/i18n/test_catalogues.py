"""The catalogues are complete: every message of the program, every form of it, and compiled as it is written."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import workbench
from workbench import i18n
from workbench.core.errors import RefusedError, UsageError
from workbench.core.words import N_
from workbench.tui.commands import EVERYWHERE, SCREENS

PACKAGE = Path(workbench.__file__).parent
LOCALE = PACKAGE / "i18n" / "locale"
KEYWORDS = {"_": None, "keyed": None, "N_": None, "ngettext": (1, 2)}
_FIELD = re.compile(r"\{(\w+)\}")
_COMMAND = re.compile(r"\[([a-z_]+\.[a-z_]+)\]")

Message = str | tuple[str, ...]


@pytest.fixture(scope="module")
def said() -> set[Message]:
    """Every message in the sources."""
    found: set[Message] = set()
    for _, _, message, _, _ in extract_from_dir(PACKAGE, keywords=KEYWORDS):
        if message:
            found.add(message if isinstance(message, str) else tuple(map(str, message)))
    return found


@pytest.fixture(scope="module", params=[name for name in i18n.LANGUAGES if name != "en"])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (LOCALE / request.param / "LC_MESSAGES" / "workbench.po").open("rb") as file:
        return read_po(file, locale=request.param)


def forms(catalogue: Catalog) -> Iterator[tuple[Message, tuple[str, ...], bool]]:
    """(message, its translations, is it fuzzy) of a catalogue."""
    for message in catalogue:
        if message.id:
            words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            name = message.id if isinstance(message.id, str) else tuple(map(str, message.id))
            yield name, words, message.fuzzy


def test_every_message_is_translated_and_nothing_else_is(catalogue: Catalog, said: set[Message]) -> None:
    """`make catalogues` collects what is lacking."""
    done = {message for message, words, fuzzy in forms(catalogue) if all(words) and not fuzzy}
    assert said - done == set()
    assert {message for message, _, _ in forms(catalogue)} - said == set()


def test_no_message_stands_where_it_is_not_collected(said: set[Message]) -> None:
    """Before Python 3.12 what stands inside an f-string is not seen by those who collect messages."""
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "keyed", "N_"):
                words = call.args[0]
                if isinstance(words, ast.Constant) and words.value:
                    assert words.value in said, f"{path.name}:{call.lineno}"


def test_a_message_that_counts_has_every_plural_form(catalogue: Catalog) -> None:
    for message, words, _ in forms(catalogue):
        assert len(words) == (1 if isinstance(message, str) else catalogue.num_plurals), message


def test_every_translation_has_the_fields_of_its_message(catalogue: Catalog) -> None:
    for message, words, _ in forms(catalogue):
        for part in (_FIELD, _COMMAND):
            wanted = set(part.findall(message if isinstance(message, str) else message[1]))
            for translation in words:
                assert set(part.findall(translation)) == wanted, message


def test_every_command_that_a_message_names_has_a_key(said: set[Message]) -> None:
    keys = {c.id: c.keys for table in (EVERYWHERE, *SCREENS.values()) for c in table}
    named = {name for message in said for words in ((message,) if isinstance(message, str) else message)
             for name in _COMMAND.findall(words)}  # fmt: skip
    assert named and all(keys[name] for name in named)


def test_what_is_shipped_is_what_was_translated(catalogue: Catalog) -> None:
    """`make catalogues` compiles it."""
    with (LOCALE / str(catalogue.locale) / "LC_MESSAGES" / "workbench.mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    for message, words, _ in forms(catalogue):
        if isinstance(message, str):
            assert shipped.gettext(message) == words[0]
        else:
            said = [shipped.ngettext(message[0], message[1], count) for count in (1, 2, 5)]
            assert said == list(words)


def test_the_interface_speaks_the_language_in_use() -> None:
    try:
        i18n.use("ru")
        assert i18n._("undo") == "отменить"
        assert [i18n.ngettext("{count} place", "{count} places", n).format(count=n) for n in (1, 3, 5)] == [
            "1 место", "3 места", "5 мест",
        ]  # fmt: skip
        assert i18n._("") == ""
    finally:
        i18n.use("en")
    assert i18n._("undo") == "undo"


def test_every_message_is_where_the_collector_finds_it(said: set[Message]) -> None:
    """It does not look into f-strings: what is said there would stay English for ever."""
    asked: set[Message] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                words = tuple(a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))
                asked |= {words if node.func.id == "ngettext" else words[0]} if words else set()
    assert asked - said == set()


def test_an_error_is_said_in_the_language_in_use_and_stays_english_for_scripts() -> None:
    inner = UsageError(N_("there is no line {number} in this document; it has {there}"), number=7, there="1–5")
    outer = RefusedError(N_("{code}: {error}"), code="«{x}»", error=inner)
    assert str(outer) == "«{x}»: there is no line 7 in this document; it has 1–5"
    i18n.use("ru")
    try:
        assert i18n.in_words(outer) == "«{x}»: в этом документе нет строки 7; есть 1–5"
        assert i18n.in_words(UsageError("nobody put {this} in a catalogue")) == "nobody put {this} in a catalogue"
    finally:
        i18n.use("en")
