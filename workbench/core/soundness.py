"""Is what an entry from elsewhere says of the kinds that its fields hold? What is recorded once is read for ever.

The program itself writes nothing else. A body that hashes well may still hold a list where everybody reads a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.core.entry import canonical
from workbench.core.errors import RefusedError

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")

Kind = Callable[[object], bool]


def text(value: object) -> bool:
    return isinstance(value, str)


def number(value: object) -> bool:
    """A whole number that every program and SQLite can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def switch(value: object) -> bool:
    return isinstance(value, bool)


def time(value: object) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def each(kind: Kind) -> Kind:
    """A list of one kind."""
    return lambda value: isinstance(value, list) and all(map(kind, value))


def row(*kinds: Kind) -> Kind:
    """A list of just these."""
    return lambda value: (
        isinstance(value, list) and len(value) == len(kinds) and all(k(v) for k, v in zip(kinds, value, strict=True))
    )


def record(**kinds: Kind) -> Kind:
    """An object with at least these."""
    return lambda value: isinstance(value, dict) and all(name in value and k(value[name]) for name, k in kinds.items())


def texts(value: object) -> bool:
    """An object of texts."""
    return isinstance(value, dict) and all(map(text, value.values()))


SUGGESTION = record(
    suggester=text, version=text, kind=text, candidates=each(record(text=text, ppm=number)),
    evidence=each(record(code=text, params=lambda value: isinstance(value, dict))),
)  # fmt: skip
FIELDS: Mapping[str, Kind] = {
    **dict.fromkeys(("act", "person", "role", "text", "quote", "prefix", "suffix", "page", "reading", "batch"), text),
    **dict.fromkeys(("page_class", "reading_class", "ground", "certainty", "reason", "carried_from"), text),
    **dict.fromkeys(("start", "end"), number),
    **dict.fromkeys(("supersedes", "targets"), each(text)),
    "time": time, "suggestion": SUGGESTION, "data": lambda value: isinstance(value, dict),
}  # fmt: skip
"""The fields of a body."""
DATA: Mapping[str, Kind] = {
    **dict.fromkeys(("from", "added", "seed", "errors"), number),
    **dict.fromkeys(("doubtful", "on"), switch),
    "fields": texts,
    "box": record(x=number, y=number, width=number, height=number),
    "belongs": lambda value: text(value) or record(start=number, end=number)(value),
    "cuts": each(row(number, number)),
    "strata": each(row(text, number, number)),
    "lines": each(row(text, text, number, text, text, number, number)),
}  # fmt: skip
"""What is particular to acts; the rest is text."""


def check(body: str) -> None:
    """Refuse a body that is not written as entries are, or holds a value of another kind than its field does."""
    raw: Any = json.loads(body)
    if not isinstance(raw, dict) or canonical(raw) != body:
        raise RefusedError("it is not written as entries are")
    for name in ("act", "person", "role", "time"):
        if not raw.get(name):
            raise RefusedError(f"it has no {name}")
    data = raw.get("data", {})
    for name, value in raw.items():
        if name in FIELDS and not FIELDS[name](value):
            raise RefusedError(f"{name} is of no kind that it can be: {value!r:.40}")
    for name, value in data.items():
        kind = number if (raw["act"], name) == ("sampled", "line") else DATA.get(name, text)
        if not kind(value):
            raise RefusedError(f"{name} is of no kind that it can be: {value!r:.40}")
    if data.get("scope") == "document" and "document" not in data:
        raise RefusedError("what holds in a document names it")
