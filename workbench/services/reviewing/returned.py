"""What a transcriber gets back: one's own decisions as others changed them, with the change, the reason, the words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.entry import Entry
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.looking_back.placed import Placed, placed
from workbench.services.persons import Person
from workbench.store import entries, holding

_SAYING = ("dispute", "comment", "approve")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Placed):
    """A decision of one's own that somebody else changed, took back, or said something about."""

    document: str | None
    """Id."""
    by: tuple[Placed, ...]
    """What others did about it, in order: an approval too, which may have settled a dispute."""
    number: int
    """Of the last of these but approvals in the journal here, so that what is new can be told."""

    @property
    def last(self) -> Placed:
        return self.by[-1]

    @property
    def change(self) -> Placed | None:
        """What ended the decision, a revert or what was put in its place; None where it was only spoken of."""
        return next((other for other in reversed(self.by) if other.entry.decision.act not in _SAYING), None)

    @property
    def now(self) -> str | None:
        """What stands there since: the last value that was put there, the raw text where it was taken back.

        None where the decision still stands, and was only spoken of.
        """
        if (change := self.change) is None:
            return None
        if change.entry.decision.act == "revert":
            return self.quote
        return change.value if change.value is not None else change.quote


def returned(edition: Edition, person: Person) -> Iterator[Returned]:
    """One's own decisions that others changed or spoke of, what was changed last first; not what was only approved."""
    own = persons.ids_of(edition, person.id)
    names, carried = persons.names(edition), entries.carried(edition.db)
    rows = edition.db.execute(
        "SELECT e.id, o.id, s.act, o.seq FROM entries e JOIN links l ON l.target = e.id"
        " JOIN entries o ON o.id = l.entry JOIN standing s ON s.seq = o.seq AND s.effective = 1"
        " JOIN standing m ON m.seq = e.seq"
        " WHERE (m.person IN (SELECT value FROM json_each(?1)) AND e.id NOT IN (SELECT value FROM json_each(?2))"
        " OR e.id IN (SELECT value FROM json_each(?3)) AND NOT (s.act = 'revert' AND s.person = m.person))"
        " AND s.person NOT IN (SELECT value FROM json_each(?1))"
        " AND m.layer IN ('text', 'line', 'inline', 'zone')"
        " AND (l.kind = 'supersedes' OR s.act IN ('revert', 'dispute', 'comment', 'approve')) ORDER BY o.seq",
        (
            json.dumps(sorted(own)),
            json.dumps([i for i, by in carried.items() if by not in own]),
            json.dumps([i for i, by in carried.items() if by in own]),
        ),
    )
    about: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for mine, other, act, seq in rows:
        about.setdefault(mine, []).append(other)
        if act != "approve":
            last[mine] = seq
    for mine in sorted(last, key=lambda mine: last[mine], reverse=True):
        (entry,) = entries.select(edition.db, [mine])
        others: dict[str, Entry] = {e.id: e for e in entries.select(edition.db, about[mine])}
        shown, d = placed(edition, entry, names), entry.decision
        yield Returned(
            entry=entry, person=shown.person, carried_by=shown.carried_by, line=shown.line, before=shown.before,
            quote=shown.quote, after=shown.after,
            document=holding.document_of(edition.db, *d.place[:2]) if d.place is not None else None,
            by=tuple(placed(edition, others[i], names) for i in dict.fromkeys(about[mine])),
            number=last[mine],
        )  # fmt: skip
