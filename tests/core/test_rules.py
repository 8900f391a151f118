"""House rules: what each changes and what it leaves."""

from __future__ import annotations

import pytest

from workbench.core.errors import UsageError
from workbench.core.rules import RULES
from workbench.core.style import house_style, set_value


def applied(rule: str, text: str) -> str:
    for start, end, new in sorted(RULES[rule].find(text), reverse=True):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        ("initials", "А.П.Иванов", "А. П. Иванов"),
        ("initials", "т.е. так", "т.е. так"),
        ("dash", "он - там, где-то", "он — там, где-то"),
        ("quotes", 'газета "Труд" и "Звезда"', "газета «Труд» и «Звезда»"),
        ("quotes", 'один " знак', 'один " знак'),
        ("doubled", "т. т. Андреев", "тт. Андреев"),
        ("doubled", "т. г. не то", "т. г. не то"),
        ("dates", "18. XII. 33 г.", "18.XII.33 г."),
        ("dates", "стр. 18. XII", "стр. 18. XII"),
        ("capitals", "товарищ ПЕТРЕНКО пришел", "товарищ Петренко пришел"),
        ("capitals", "ПРОТОКОЛ ЗАСЕДАНИЯ", "ПРОТОКОЛ ЗАСЕДАНИЯ"),
        ("capitals", "завод НКТП и РСФСР", "завод НКТП и РСФСР"),
    ],
)
def test_a_rule_changes_this_and_no_more(rule: str, text: str, wanted: str) -> None:
    assert applied(rule, text) == wanted


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_nothing_to_do_twice(rule: str) -> None:
    text = 'А.П.Иванов - "Труд", т. т. ПЕТРЕНКО от 18. XII. 33 г.'
    assert applied(rule, applied(rule, text)) == applied(rule, text)


def test_all_rules_ship_off() -> None:
    assert house_style("archival").rules == ()
    assert house_style("reader").rules == ()


@pytest.mark.parametrize("key", ["faults", "marks.gap", "placing.folio", "colour"])
def test_a_setting_that_is_none_is_refused_with_those_that_are(key: str) -> None:
    with pytest.raises(UsageError, match="known: faults"):
        set_value(house_style("archival"), key if key != "marks.gap" else "marks.nothing", "everywhere")


def test_an_unknown_style_is_refused_with_the_known() -> None:
    with pytest.raises(UsageError, match="archival, reader"):
        house_style("fancy")
