"""What others said of an entry, and what that makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from workbench.core.entry import Entry
from workbench.core.review import Verdict, verdict
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.store import entries, reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person said of an entry."""

    entry: Entry
    person: str
    """Name."""
    act: str
    words: str
    """The reason of a dispute, the body of a comment."""


def verdict_of(edition: Edition, entry: Entry, *, own: bool) -> Verdict:
    """What reviews made of an entry; `own`: see `settings.alone`."""
    about = reviews.of(edition.db, [entry.id]).get(entry.id, [])
    knows, by = partial(entries.knows, edition.db), entries.origin(edition.db, entry).person
    return verdict(entry, about, knows, alone=own, who=persons.counting(edition), by=by)


def said_of(edition: Edition, entry: Entry, names: Mapping[str, str]) -> tuple[Said, ...]:
    """What was said of an entry, in order."""
    return tuple(said(e, names) for e in reviews.of(edition.db, [entry.id]).get(entry.id, []))


def said(entry: Entry, names: Mapping[str, str]) -> Said:
    """A review with who it is of and its words."""
    words = entry.decision.data.get("body", entry.decision.reason or "")
    return Said(entry=entry, person=names.get(entry.person, entry.person), act=entry.decision.act, words=str(words))
