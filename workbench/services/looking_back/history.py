"""The history of the edition or of one document: chosen entries in an order, each with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from workbench.core.entry import Entry
from workbench.services import library, persons
from workbench.services.edition import Edition
from workbench.services.looking_back.choosing import ALL, by_ids
from workbench.services.looking_back.placed import Placed, placed
from workbench.services.verdicts import Said, said_of
from workbench.store import chronicle, entries, holding, reviews
from workbench.store.chronicle import Selection, State

Order = Literal["oldest", "newest", "text"]
_INSTEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Placed):
    """An entry of the history."""

    document: str | None
    """Id of the document that it is about."""
    number: int | None
    """The number of the document in the list; None where there is none any more."""
    state: State
    target: Placed | None
    """What a revert took back, or a review speaks of; of several the first, in the document that is looked at."""
    targets: int
    """How many these are."""
    instead: tuple[Placed, ...]
    """What stood there before and was superseded, three at most."""
    said: tuple[Said, ...]

    @property
    def shown(self) -> Placed:
        """Where to look: the entry in its place, else the first one that it speaks of."""
        return self if self.line is not None or self.target is None else self.target


def choose(
    edition: Edition, selection: Selection = ALL, document: str | None = None, order: Order = "oldest"
) -> list[int]:
    """The numbers of the entries that are meant; a person may be given by any of his names."""
    selection = by_ids(edition, selection)
    if document is None:
        found = chronicle.choose(edition.db, selection)
        return sorted(found, key=_by_text(edition)) if order == "text" else found[:: -1 if order == "newest" else 1]
    places = chronicle.of_document(edition.db, document, library.stretches(edition, document))
    found = chronicle.choose(edition.db, selection, places) if selection else sorted(places)
    if order == "text":
        return sorted(found, key=lambda seq: (places[seq], seq))
    return found[:: -1 if order == "newest" else 1]


def _by_text(edition: Edition) -> Any:
    """A key that brings entries into the order of the texts; what has no place comes first."""
    query = "SELECT h.text FROM stretches h JOIN documents d ON d.id = h.document ORDER BY d.position, h.position"
    position = {text: n for n, (text,) in enumerate(edition.db.execute(query))}
    places = {
        seq: (position.get(text, -1), start or 0)
        for seq, text, start in edition.db.execute("SELECT seq, text, start FROM standing")
    }
    return lambda seq: (*places[seq], seq)


def event(edition: Edition, seq: int, within: str | None = None) -> Event:
    """One entry with all that a person asks about it.

    `within`: the document whose history it is; of several that a revert or a review speaks of the first one in it.
    """
    db = edition.db
    entry, effective, live = entries.standing(db, seq)
    names = persons.names(edition)
    linked = {kind: [placed(edition, e, names) for e in entries.linked(db, entry.id, kind, most)]
              for kind, most in (("targets", 1), ("supersedes", _INSTEAD))}  # fmt: skip
    first = reviews.first_in(db, entry.id, within) if within is not None and len(entry.targets) > 1 else None
    if first is not None:
        linked["targets"] = [placed(edition, e, names) for e in entries.select(db, [first])]
    target, shown = next(iter(linked["targets"]), None), placed(edition, entry, names)
    document = document_of(edition, target.entry if target is not None and shown.line is None else entry)
    return Event(
        entry=entry, person=shown.person, line=shown.line, before=shown.before, quote=shown.quote, after=shown.after,
        carried_by=shown.carried_by, instead=tuple(linked["supersedes"]), target=target, targets=len(entry.targets),
        document=document, number=library.number(edition, document) if document is not None else None,
        state=chronicle.state(live=live, effective=effective, act=entry.decision.act),
        said=said_of(edition, entry, names),
    )  # fmt: skip


def document_of(edition: Edition, entry: Entry) -> str | None:
    """Id of the document that an entry is about."""
    d = entry.decision
    if d.place is not None:
        return holding.document_of(edition.db, *d.place[:2])
    named = d.data.get("document")
    return None if named is None else str(named)
