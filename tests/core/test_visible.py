"""The border between text and screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.visible import as_typed, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mкрасный", "␛[31mкрасный"),
        ("a\x07b\x7f", "a␇b␡"),
        ("\u202eтекст", "⫽текст"),
        ("сло\u00adво", "сло¬во"),
        ("\ufeffx\u200b", "¤x¤"),
        ("\x9b", "□"),
        ("\udcff", "\ufffd"),
        ("обычный текст № 5 — «да»", "обычный текст № 5 — «да»"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_one_sign_for_one_code_point_and_none_that_drives_a_terminal(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs")]


def test_no_format_character_of_unicode_is_shown_as_nothing() -> None:
    """All of category Cf, but the number signs of Arabic and the marks of old scripts, which have a shape."""
    shaped = range(0x600, 0x6DE), range(0x70F, 0x710), range(0x890, 0x8E3), range(0x110BD, 0x110CE)
    other = range(0x13430, 0x13460), range(0x1BCA0, 0x1BCA4)  # hieroglyphs, shorthand
    known = {c for r in (*shaped, *other) for c in r}
    formats = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) == "Cf" and c not in known]
    assert [hex(ord(c)) for c in formats if visible(c) == c] == []


@given(st.text("аб\x1b\u200b\u00ad ¬", max_size=12))
def test_what_was_not_touched_is_given_back(text: str) -> None:
    """A line that comes back from an input as it was shown is the line it was, where each sign has one source."""
    if not ("\u00ad" in text and "¬" in text):
        assert as_typed(visible(text), text) == text
