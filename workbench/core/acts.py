"""The acts of the journal as one table: layer, what each needs and of what kind, and what may supersede what.

The table is consulted when an entry is appended. Replay never asks it: a merged journal may hold pairs that it forbids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from workbench.core.errors import RefusedError
from workbench.core.kinds import BOX, CUTS, NUMBER, SAMPLE, STRATA, SWITCH, TEXT, TEXTS, WHOLE, Kind

Layer = Literal["text", "line", "inline", "zone", "read", "document", "review", "memory", "revert"]

ZoneKind = Literal[
    "letterhead", "classification", "return stamp", "office number", "copy number", "addressee", "salutation", "body",
    "closing", "signature", "dateline", "enclosure", "resolution", "acknowledgement", "dispatch note", "marginal note",
    "folio", "page number", "running head",
]  # fmt: skip
Hand = Literal["print", "type", "ink", "pencil", "unknown"]

ZONE_KINDS: tuple[str, ...] = get_args(ZoneKind)
HANDS: tuple[str, ...] = get_args(Hand)
TAG_KINDS: tuple[str, ...] = ("person", "place", "body")
"""What a name in the text can be tagged as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an act needs to be recorded."""

    layer: Layer
    span: bool = True
    """Must it name a span of a text?"""
    value: Literal["needed", "allowed", "none"] = "none"
    """May it carry a page value or a reading value?"""
    needs: Mapping[str, Kind] = field(default_factory=dict)
    """Fields that its data must have, with what they hold."""
    takes: Mapping[str, Kind] = field(default_factory=dict)
    """Further fields that its data may have."""
    over: frozenset[str] = frozenset()
    """Acts of its layer that it may supersede."""

    @property
    def fields(self) -> Mapping[str, Kind]:
        """All that its data may have."""
        return {**self.needs, **self.takes}


def _texts(*names: str) -> Mapping[str, Kind]:
    return dict.fromkeys(names, TEXT)


_TEXT_ACTS = frozenset({"accept", "edit", "keep", "unclear", "gap", "blank", "supply"})
_NOTES = frozenset({"textual_note", "content_note"})
_EXTENT = _texts("extent")
_LINE = {**_texts("line", "after"), "added": NUMBER}
_BOX = {"box": BOX}
_LINES = frozenset({"add_line", "set_line", "delete_line"})

ACTS: dict[str, Act] = {
    "accept": Act(layer="text", value="needed", over=_TEXT_ACTS),
    "edit": Act(layer="text", value="needed", over=_TEXT_ACTS),
    "keep": Act(layer="text", over=_TEXT_ACTS),
    "unclear": Act(layer="text", value="allowed", takes=_EXTENT, over=_TEXT_ACTS),
    "gap": Act(layer="text", takes=_EXTENT, over=_TEXT_ACTS),
    "blank": Act(layer="text", takes=_EXTENT, over=_TEXT_ACTS),
    "supply": Act(layer="text", value="needed", over=_TEXT_ACTS),
    "add_line": Act(layer="line", value="needed", needs=_texts("after"), takes=_BOX),
    "set_line": Act(layer="line", value="needed", needs=_LINE, takes=_BOX, over=_LINES),
    "delete_line": Act(layer="line", needs=_LINE, takes=_BOX, over=_LINES),
    "textual_note": Act(layer="inline", needs=_texts("body"), over=_NOTES),
    "content_note": Act(layer="inline", needs=_texts("body"), over=_NOTES),
    "check": Act(layer="inline", takes=_texts("body"), over=frozenset({"check"})),
    "hand": Act(layer="inline", needs=_texts("hand"), over=frozenset({"hand"})),
    "added": Act(layer="inline", takes=_texts("hand"), over=frozenset({"added"})),
    "deleted": Act(layer="inline", takes=_texts("hand"), over=frozenset({"deleted"})),
    "tag": Act(layer="inline", needs=_texts("kind", "name"), over=frozenset({"tag"})),
    "read": Act(layer="read", needs=_texts("hash"), over=frozenset({"read"})),
    "zone": Act(
        layer="zone",
        needs=_texts("kind"),
        takes={**_texts("hand", "person", "person_certainty", "dated"), "belongs": WHOLE},
        over=frozenset({"zone"}),
    ),
    "describe": Act(layer="document", span=False, needs={**_texts("document"), "fields": TEXTS}),
    "split": Act(layer="document", needs=_texts("document")),
    "join": Act(layer="document", span=False, needs=_texts("document", "other")),
    "leaf": Act(
        layer="document",
        needs=_texts("leaf"),
        takes={"from": NUMBER, "doubtful": SWITCH},
        over=frozenset({"leaf"}),
    ),
    "rebase": Act(layer="document", span=False, needs={**_texts("document", "old", "new"), "cuts": CUTS}),
    "state": Act(
        layer="document",
        span=False,
        needs=_texts("document", "state"),
        takes=_texts("stands"),
        over=frozenset({"state"}),
    ),
    "claim": Act(layer="document", span=False, needs=_texts("document", "until"), over=frozenset({"claim"})),
    "assign": Act(layer="document", span=False, needs=_texts("document", "person"), over=frozenset({"assign"})),
    "word": Act(layer="memory", span=False, needs=_texts("word", "scope"), takes=_texts("document")),
    "keep_all": Act(layer="memory", span=False, needs=_texts("pattern", "scope"), takes=_texts("document")),
    "rule": Act(layer="memory", span=False, needs={**_texts("rule", "version"), "on": SWITCH}),
    "setting": Act(layer="memory", span=False, needs=_texts("key", "value")),
    "style": Act(layer="memory", span=False, needs=_texts("style", "key", "value")),
    "person": Act(layer="memory", span=False, needs=_texts("registers")),
    "approve": Act(layer="review", span=False),
    "dispute": Act(layer="review", span=False),
    "comment": Act(layer="review", span=False, needs=_texts("body")),
    "sample": Act(layer="review", span=False, needs={"seed": NUMBER, "strata": STRATA, "lines": SAMPLE}),
    "sampled": Act(
        layer="review",
        span=False,
        needs={**_texts("sample", "hash"), "line": NUMBER, "errors": NUMBER},
        takes=_texts("truth"),
        over=frozenset({"sampled"}),
    ),
    "sign": Act(layer="review", span=False, needs=_texts("statement", "signature")),
    "revert": Act(layer="revert", span=False),
}
"""Every act that this version records."""

PROPOSED_ZONES: Mapping[str, Mapping[str, str]] = {
    **{kind: {"kind": kind} for kind in ZONE_KINDS}, "handwriting": {"kind": "marginal note", "hand": "ink"},
}  # fmt: skip
"""What accepting a suggestion without candidates records, by the suggestion's kind: a zone, with its particulars."""

CHANGES: frozenset[str] = frozenset({"accept", "edit", "supply"})
"""Acts that put something else where the raw text stands."""

SPANNING: frozenset[str] = frozenset({"text", "zone"})
"""Layers in which two entries of one text can overlap."""


def act(name: str) -> Act:
    """The act of that name, or a refusal that lists the known ones."""
    if name not in ACTS:
        raise RefusedError(f"there is no act {name!r}; known: {', '.join(sorted(ACTS))}")
    return ACTS[name]


def may_supersede(new: str, old: str) -> None:
    """Refuse a pair that the table does not list, naming both."""
    if old not in act(new).over:
        raise RefusedError(f"{new!r} may not supersede {old!r}")
