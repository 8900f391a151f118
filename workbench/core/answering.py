"""What answers a suggestion: a decision about its span, a zone in which nothing is proposed, a leaf."""

from __future__ import annotations

from workbench.core.acts import PROPOSED_ZONES, act
from workbench.core.entry import Decision

_SILENT_ZONES = frozenset({"folio", "page number", "running head"})
_HANDWRITING = frozenset({"ink", "pencil"})


def silences(decision: Decision) -> bool:
    """Is it a zone in which nothing is proposed: handwriting, or what is none of the text?"""
    data = decision.data
    return decision.act == "zone" and (data["kind"] in _SILENT_ZONES or data.get("hand") in _HANDWRITING)


def answered_by(what: str, kind: str, *, silent: bool = False) -> bool:
    """Does a live entry of an act answer a suggestion of this kind about its span? `silent`: what `silences` says.

    A proposed zone is answered by a zone, not by a correction of a word in it.
    """
    if what == "zone":
        return kind in PROPOSED_ZONES or silent
    return what == "leaf" or (act(what).layer == "text" and kind not in PROPOSED_ZONES)


def answers(decision: Decision, kind: str) -> bool:
    """`answered_by`, of a decision."""
    return answered_by(decision.act, kind, silent=silences(decision))
