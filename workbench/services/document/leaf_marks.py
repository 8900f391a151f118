"""Leaves: where one begins, and how its number counts on."""

from __future__ import annotations

import re
from typing import Any

from workbench.core.entry import Entry
from workbench.services.document.desk import Desk, Place
from workbench.services.document.going import leaves_of
from workbench.services.persons import Person

_LABEL = re.compile(r"\[?(\d+)(\s*об\.?)?\??\]?")


def following(label: str) -> str:
    """The leaf after one: `117` is followed by its verso `117 об.`, that by `118`; doubt is not handed on."""
    match = _LABEL.fullmatch(label.strip())
    if match is None:
        return ""
    number, verso = int(match[1]), match[2]
    return str(number + 1) if verso else f"{number} об."


def proposed(desk: Desk, place: Place) -> str:
    """The number that stands at a place, else the one that follows the last leaf before it."""
    number = desk.base(place).strip()
    if number.isdecimal():
        return number
    here = place.row, place.start
    before = [leaf for leaf in leaves_of(desk) if (desk.lines.row_of(leaf.text, leaf.at) or 0, leaf.at) <= here]
    return following(before[-1].leaf) if before else ""


def begin(desk: Desk, place: Place, label: str, person: Person) -> Entry:
    """A leaf begins at the line of a place; where its number stands there, that is taken out of the text."""
    doubtful = "?" in label
    plain = label.strip()
    base = desk.base(place).strip()
    asked: dict[str, Any] = {"act": "leaf", "leaf": plain, "doubtful": doubtful or None}
    text, line_start, _ = desk.line_span(place.row)
    if base.isdecimal() and base in plain:
        return desk.record_at(person, text, place.start, place.end, **asked)
    return desk.record_at(person, text, line_start, line_start, **asked)
