"""Which entries are meant: a selection in which a person goes by any of his names, and the ids that it means."""

from __future__ import annotations

from dataclasses import replace

from workbench.services import persons
from workbench.services.edition import Edition
from workbench.store import chronicle
from workbench.store.chronicle import Selection

ALL = Selection()


def by_ids(edition: Edition, selection: Selection) -> Selection:
    """The selection with the ids of the person it names; raises UsageError where nobody is called so."""
    if selection.person is None:
        return selection
    person = persons.known(edition, selection.person)
    return replace(selection, persons=tuple(persons.ids_of(edition, person.id)))


def ids(edition: Edition, selection: Selection) -> frozenset[str] | None:
    """The ids of the entries that are meant; None where nothing is asked for, and all are."""
    if not selection:
        return None
    seqs = chronicle.choose(edition.db, by_ids(edition, selection))
    return frozenset(chronicle.ids(edition.db, seqs))
