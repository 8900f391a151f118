"""One entry of the journal: what a person decided, sealed with its parents into a hash.

    id   = SHA-256("workbench/entry/1" NUL parents NUL body)
    body = canonical JSON: UTF-8, sorted keys, no blanks, no floats, text exactly as given

`parents` are the ids of all heads at the time of writing, sorted and joined by one blank. The body is kept exactly as
it was hashed and never serialised again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.core.acts import CHANGES, HANDS, SPANNING, TAG_KINDS, ZONE_KINDS, Act, act
from workbench.core.classes import CERTAINTIES, GROUNDS, PAGE_CLASSES, READING_CLASSES
from workbench.core.errors import RefusedError
from workbench.core.standing import Link
from workbench.core.text import overlap

TAG = b"workbench/entry/1\0"


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Mapping[str, Any]) -> str:
    """Canonical JSON; a float, a NaN or a lone surrogate is refused, for no two machines need agree on them."""
    _refuse_floats(value)
    text = _ENCODER.encode(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedError("the text holds a lone surrogate, which no file can keep") from error
    return text


_LOOKED_INTO = (float, dict, list, tuple)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise RefusedError(f"a journal holds no floating point numbers: {value!r}")
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    for inner in inside:
        if isinstance(inner, _LOOKED_INTO):
            _refuse_floats(inner)


def entry_id(parents: Iterable[str], body: str) -> str:
    """The hash that names an entry, 64 hexadecimal digits."""
    return hashlib.sha256(TAG + " ".join(sorted(parents)).encode() + b"\0" + body.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person did, before it is sealed. Values that a class does not need stay None."""

    act: str
    text: str | None = None
    """SHA-256 of the text that the span lies in."""
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    """The raw text of the span, markup included."""
    prefix: str = ""
    suffix: str = ""
    """What stands on either side, so that the place can be found again."""
    page: str | None = None
    """What the document has; None: the raw text."""
    reading: str | None = None
    """What the reading text shows; None: the same as the page."""
    page_class: str | None = None
    reading_class: str | None = None
    ground: str | None = None
    certainty: str | None = None
    reason: str | None = None
    suggestion: Mapping[str, Any] | None = None
    """The suggestion it answers, copied in whole (`Suggestion.provenance`)."""
    carried_from: str | None = None
    """Id of the entry about an older text of the same page that this one goes on from."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What is particular to the act: kind of a zone, body of a note, fields of a description, …"""

    def __post_init__(self) -> None:
        kind = act(self.act)
        if kind.span and (self.text is None or self.start is None or self.end is None or self.quote is None):
            raise RefusedError(f"{self.act!r} needs a text, a span and its quote")
        if self.start is not None and self.end is not None:
            if not 0 <= self.start <= self.end:
                raise RefusedError(f"{self.start}..{self.end} is no span")
            if self.quote is not None and len(self.quote) != self.end - self.start:
                raise RefusedError(f"the quote {self.quote!r} is not as long as {self.start}..{self.end}")
        has_value = self.page is not None or self.reading is not None
        if kind.value == "needed" and not has_value:
            raise RefusedError(f"{self.act!r} needs a page or a reading")
        if kind.value == "none" and has_value:
            raise RefusedError(f"{self.act!r} takes no page and no reading")
        _known("page class", self.page_class, PAGE_CLASSES)
        _known("reading class", self.reading_class, READING_CLASSES)
        _known("ground", self.ground, GROUNDS)
        _known("certainty", self.certainty, CERTAINTIES)
        if self.data or kind.needs:
            self._check_data(kind)

    def _check_data(self, kind: Act) -> None:
        if self.act == "zone":
            _known("zone kind", self.data.get("kind"), ZONE_KINDS)
        elif self.act == "tag":
            _known("kind of tag", self.data.get("kind"), TAG_KINDS)
        _known("hand", self.data.get("hand"), HANDS)
        if lacking := kind.needs.keys() - self.data.keys():
            raise RefusedError(f"{self.act!r} needs {', '.join(sorted(lacking))}")
        if unknown := self.data.keys() - kind.needs.keys() - kind.takes.keys():
            raise RefusedError(f"{self.act!r} does not take {', '.join(sorted(unknown))}")

    @property
    def layer(self) -> str:
        return act(self.act).layer

    @property
    def span(self) -> tuple[int, int]:
        """(start, end) in its text, in code points; raises ValueError where it is about no place."""
        if self.start is None or self.end is None:
            raise ValueError(f"{self.act!r} is about no place")
        return self.start, self.end

    @property
    def place(self) -> tuple[str, int, int] | None:
        """(text, start, end); None where it is about no place of a text."""
        return None if self.text is None or self.start is None or self.end is None else (self.text, *self.span)

    @property
    def value(self) -> str | None:
        """What stands there by it: its reading, else its page; None where it gives neither."""
        return self.page if self.reading is None else self.reading

    def answer(self) -> tuple[object, ...]:
        """What two decisions must share to be one and the same answer: span, values, classes, particulars."""
        act = "change" if self.act in CHANGES or self.act in ("add_line", "set_line") else self.act
        return (
            self.text, self.start, self.end, act, self.page, self.reading, self.page_class, self.reading_class,
            canonical(self.data) if self.data else "",
        )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        """The decision as JSON values, what is None or empty left out."""
        plain = {
            "act": self.act, "text": self.text, "start": self.start, "end": self.end, "quote": self.quote,
            "prefix": self.prefix or None, "suffix": self.suffix or None, "page": self.page, "reading": self.reading,
            "page_class": self.page_class, "reading_class": self.reading_class, "ground": self.ground,
            "certainty": self.certainty, "reason": self.reason, "suggestion": self.suggestion,
            "carried_from": self.carried_from, "data": self.data or None,
        }  # fmt: skip
        return {name: value for name, value in plain.items() if value is not None}


def _known(what: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise RefusedError(f"{value!r} is no {what}; known: {', '.join(known)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A decision as the journal holds it."""

    id: str
    parents: tuple[str, ...]
    lamport: int
    body: str
    decision: Decision
    person: str
    """Id of the person who decided; names stand in a table beside the journal."""
    role: str
    time: str
    """UTC, ISO 8601 with microseconds and Z; never before a parent's."""
    batch: str | None = None
    supersedes: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    """What a revert takes back."""

    @classmethod
    def seal(
        cls,
        decision: Decision,
        *,
        parents: Iterable[str],
        lamport: int,
        person: str,
        role: str,
        time: str,
        batch: str | None = None,
        supersedes: Iterable[str] = (),
        targets: Iterable[str] = (),
    ) -> Entry:
        """Seal a decision: the body is serialised here, once."""
        if not person:
            raise RefusedError("nothing is recorded without a person")
        body: dict[str, Any] = decision.fields() | {"person": person, "role": role, "time": time}
        if batch is not None:
            body["batch"] = batch
        if supersedes := sorted(supersedes):
            body["supersedes"] = supersedes
        if targets := sorted(targets):
            body["targets"] = targets
        serialised, parents = canonical(body), tuple(sorted(parents))
        return cls(
            id=entry_id(parents, serialised), parents=parents, lamport=lamport, body=serialised, decision=decision,
            person=person, role=role, time=time, batch=batch, supersedes=frozenset(supersedes),
            targets=frozenset(targets),
        )  # fmt: skip

    @classmethod
    def open(cls, *, id: str, parents: Iterable[str], lamport: int, body: str) -> Entry:
        """Read a sealed entry back. The body's hash is not checked here: that is what `verify` is for."""
        raw: dict[str, Any] = json.loads(body)
        common = {name: raw.pop(name, None) for name in ("person", "role", "time", "batch", "supersedes", "targets")}
        return cls(
            id=id, parents=tuple(parents), lamport=lamport, body=body, decision=Decision(**raw),
            person=common["person"], role=common["role"], time=common["time"], batch=common["batch"],
            supersedes=frozenset(common["supersedes"] or ()), targets=frozenset(common["targets"] or ()),
        )  # fmt: skip

    @property
    def key(self) -> tuple[int, str]:
        """The order of the journal: (lamport, id)."""
        return self.lamport, self.id

    @property
    def link(self) -> Link:
        """What it says of other entries, as far as that decides what stands."""
        reverts = self.decision.act == "revert"
        return Link(self.lamport, self.id, reverts, self.supersedes, self.targets if reverts else frozenset())

    @property
    def subject(self) -> str:
        """Of the line layer: the added line that it is about, named by the entry that added it."""
        return str(self.decision.data.get("line", self.id))

    def meets(self, other: Entry) -> bool:
        """Do the two lie in one layer and one text, and overlap there, or are about one added line?"""
        a, b = self.decision, other.decision
        if a.layer != b.layer or a.text != b.text:
            return False
        if a.layer == "line":
            return self.subject == other.subject
        if a.layer not in SPANNING:
            return False
        return overlap(*a.span, *b.span)
