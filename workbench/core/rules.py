"""Normalising rules: house rules accepted once and computed in the reading, never stored.

A rule sees one paragraph and answers with replacements `(start, end, new)`, sorted, without overlaps. It has a version:
the entry that accepts it pins name and version, so a rule that changes later does not change an accepted reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Replacement = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    name: str
    version: str
    find: Callable[[str], list[Replacement]]


_DOT_CAPITAL = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_SPACED_HYPHEN = re.compile(r"(?<=\s)[-–](?=\s)")
_QUOTED = re.compile(r'"(?=\S)([^"\n]*?)(?<=\S)"')
_DOUBLED = re.compile(r"(?<![^\W_])([тТгГ])\.[ \u00a0]?(т|г)\.(?=\s)")
_DATE = re.compile(r"(?<!\d)\d{1,2}\.(\s?)[IVXІХ]{1,4}\.(\s?)\d{2,4}(?!\d)")
_CAPITALS = re.compile(r"(?<![^\W_])[^\W\d_a-zа-яё]{5,}(?![^\W_])")


def _initials(text: str) -> list[Replacement]:
    return [(m.start(), m.start(), " ") for m in _DOT_CAPITAL.finditer(text) if text[m.start()].isupper()]


def _dash(text: str) -> list[Replacement]:
    return [(m.start(), m.end(), "—") for m in _SPACED_HYPHEN.finditer(text)]


def _quotes(text: str) -> list[Replacement]:
    found: list[Replacement] = []
    for m in _QUOTED.finditer(text):
        found += [(m.start(), m.start() + 1, "«"), (m.end() - 1, m.end(), "»")]
    return found


def _doubled(text: str) -> list[Replacement]:
    return [(m.start(1) + 1, m.start(2), "") for m in _DOUBLED.finditer(text) if m[1].lower() == m[2]]


def _dates(text: str) -> list[Replacement]:
    return [(m.start(group), m.end(group), "") for m in _DATE.finditer(text) for group in (1, 2) if m.group(group)]


def _capitals(text: str) -> list[Replacement]:
    if not any(c.islower() for c in text):
        return []  # a line set in capitals throughout is a heading
    vowels = set("АЕЁИОУЫЭЮЯAEIOUY")
    return [
        (m.start() + 1, m.end(), m[0][1:].lower())
        for m in _CAPITALS.finditer(text)
        if m[0].isupper() and len(vowels & set(m[0])) >= 2
    ]


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(name="initials", version="1", find=_initials),
        Rule(name="dash", version="1", find=_dash),
        Rule(name="quotes", version="1", find=_quotes),
        Rule(name="doubled", version="1", find=_doubled),
        Rule(name="dates", version="1", find=_dates),
        Rule(name="capitals", version="1", find=_capitals),
    )
}
"""Every rule by name. All ship off."""
