"""What kinds of values the fields of a decision hold: what is recorded once is read for ever.

Each act says of what kind its own fields are (`core.acts`), `core.soundness` says it of those that every entry has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Holds = Callable[[object], bool]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value."""

    words: str
    """What it is, as a refusal asks for it."""
    holds: Holds
    """Is a value of this kind?"""


def text(value: object) -> bool:
    """Text that a file can keep."""
    return isinstance(value, str) and not _SURROGATE.search(value)


def number(value: object) -> bool:
    """A whole number that every program and SQLite can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def each(holds: Holds) -> Holds:
    """A list of one kind."""
    return lambda value: isinstance(value, list | tuple) and all(map(holds, value))


def row(*kinds: Holds) -> Holds:
    """A list of just these."""
    return lambda value: (
        isinstance(value, list) and len(value) == len(kinds) and all(k(v) for k, v in zip(kinds, value, strict=True))
    )


def record(**kinds: Holds) -> Holds:
    """An object with at least these."""
    return lambda value: (
        isinstance(value, Mapping) and all(name in value and holds(value[name]) for name, holds in kinds.items())
    )


def just(**kinds: Holds) -> Holds:
    """An object with these and nothing else."""
    has = record(**kinds)
    return lambda value: has(value) and isinstance(value, Mapping) and len(value) == len(kinds)


def _texts(value: object) -> bool:
    return isinstance(value, Mapping) and all(map(text, value)) and all(map(text, value.values()))


_SPAN = just(start=number, end=number)

TEXT = Kind("text", text)
NUMBER = Kind("a whole number", number)
SWITCH = Kind("true or false", lambda value: isinstance(value, bool))
TIME = Kind("a time, UTC, ISO 8601", lambda value: isinstance(value, str) and _TIME.fullmatch(value) is not None)
LIST = Kind("a list of texts", each(text))
TEXTS = Kind("an object of texts", _texts)
BOX = Kind("an object of height, width, x, y", just(x=number, y=number, width=number, height=number))
WHOLE = Kind("text, or an object of start and end", lambda value: text(value) or _SPAN(value))
"""What a zone belongs to: a document, or a span."""
CUTS = Kind("a list of pairs of whole numbers", each(row(number, number)))
STRATA = Kind("a list of strata", each(row(text, number, number)))
SAMPLE = Kind("a list of sampled lines", each(row(text, text, number, text, text, number, number)))
