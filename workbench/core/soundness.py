"""Is what an entry from elsewhere says of the kinds that its fields hold?

The program itself writes nothing else. A body that hashes well may still hold a list where everybody reads a word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.core.acts import act
from workbench.core.entry import canonical
from workbench.core.errors import RefusedError
from workbench.core.kinds import LIST, NUMBER, TEXT, TIME, Kind, each, number, record, text


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


_SUGGESTION = record(
    suggester=text, version=text, kind=text, candidates=each(record(text=text, ppm=number)),
    evidence=each(record(code=text, params=_is_object)),
)  # fmt: skip
FIELDS: Mapping[str, Kind] = {
    **dict.fromkeys(("act", "person", "role", "text", "quote", "prefix", "suffix", "page", "reading", "batch"), TEXT),
    **dict.fromkeys(("page_class", "reading_class", "ground", "certainty", "reason", "carried_from"), TEXT),
    **dict.fromkeys(("start", "end"), NUMBER),
    **dict.fromkeys(("supersedes", "targets"), LIST),
    "time": TIME, "suggestion": Kind("a suggestion", _SUGGESTION), "data": Kind("an object", _is_object),
}  # fmt: skip
"""The fields of a body; the acts say what is in their data."""


def check(body: str) -> None:
    """Refuse a body that is not written as entries are, or holds a value of another kind than its field does."""
    raw: Any = json.loads(body)
    if not isinstance(raw, dict) or canonical(raw) != body:
        raise RefusedError("it is not written as entries are")
    for name in ("act", "person", "role", "time"):
        if not raw.get(name):
            raise RefusedError(f"it has no {name}")
    _check(raw, FIELDS)
    data = raw.get("data", {})
    _check(data, act(raw["act"]).fields)
    if data.get("scope") == "document" and "document" not in data:
        raise RefusedError("what holds in a document names it")


def _check(values: Mapping[str, object], kinds: Mapping[str, Kind]) -> None:
    for name, value in values.items():
        if name in kinds and not kinds[name].holds(value):
            raise RefusedError(f"{name} is of no kind that it can be: {value!r:.40}")
