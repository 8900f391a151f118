"""How documents stand: their states, who has claimed one for a while, whose work it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from workbench.core.entry import Entry
from workbench.core.states import State, claimed, stated
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.store import entries, vouching


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a document stands."""

    state: State
    contested: bool
    """Copies that did not know each other moved it apart: the less advanced state holds."""
    assigned: str | None
    """Id of the person whose work it is."""
    holder: str | None
    """Id of the person who has claimed it."""
    until: str | None
    """When the claim ends."""


def said(edition: Edition, document: str | None = None) -> dict[str, list[Entry]]:
    """What holds of what was said of one document or of each: states, claims, whose work it is, by document."""
    found: dict[str, list[Entry]] = {}
    for entry in entries.live_about(edition.db, document):
        found.setdefault(str(entry.decision.data["document"]), []).append(entry)
    return found


def standing(edition: Edition, document: str, live: Sequence[Entry] | None = None) -> Standing:
    """`live`: what was said of it, where that is known."""
    live = said(edition, document).get(document, ()) if live is None else live
    states = [e for e in live if e.decision.act == "state"]
    state = stated(states, partial(vouching.digest, edition.db, document))
    claim = claimed(live, now())
    assigned = [e for e in live if e.decision.act == "assign"]
    return Standing(
        state=state or ("transcribing" if _decided(edition, document) else "raw"),
        contested=len({e.decision.data["state"] for e in states}) > 1,
        assigned=str(assigned[-1].decision.data["person"]) or None if assigned else None,
        holder=claim.person if claim else None, until=str(claim.decision.data["until"]) if claim else None,
    )  # fmt: skip


def _decided(edition: Edition, document: str) -> bool:
    query = "SELECT 1 FROM placed WHERE document = ? AND layer IN ('text', 'line') AND live = 1 LIMIT 1"
    return edition.db.execute(query, (document,)).fetchone() is not None
