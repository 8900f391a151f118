"""How much came back to a person since he last looked at it: a count for the first screen, which loads nothing else."""

from __future__ import annotations

import json
from collections.abc import Collection

from workbench.services import places
from workbench.services.edition import Edition
from workbench.store import entries

_STATE = "returned"
"""The record of the user's state that says up to which entry what came back was seen."""


def seen(edition: Edition) -> int:
    """The number of the last entry that was here when the person at this machine last looked at what came back."""
    kept = places.read_state(edition.folder, _STATE).get("seen")
    return kept if isinstance(kept, int) else 0


def see(edition: Edition) -> None:
    """Remember that what came back until now was looked at."""
    places.write_state(edition.folder, _STATE, {"seen": entries.last_seq(edition.db)})


def news(edition: Edition, own: Collection[str], seen: int) -> int:
    """How many decisions under some ids others changed or spoke of since an entry, by its number here."""
    (count,) = edition.db.execute(
        "SELECT count(DISTINCT e.id) FROM entries o JOIN links l ON l.entry = o.id JOIN entries e ON e.id = l.target"
        " JOIN standing s ON s.seq = o.seq AND s.effective = 1 JOIN standing m ON m.seq = e.seq"
        " WHERE o.seq > ?1 AND m.person IN (SELECT value FROM json_each(?2))"
        " AND s.person NOT IN (SELECT value FROM json_each(?2)) AND m.layer IN ('text', 'line', 'inline', 'zone')"
        " AND (l.kind = 'supersedes' OR s.act IN ('revert', 'dispute', 'comment'))",
        (seen, json.dumps(sorted(own))),
    ).fetchone()
    return int(count)
