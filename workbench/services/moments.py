"""Moments: what is live now, as of an entry or a time, after so many steps, or by one person's decisions alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from workbench.core.documents import Document, fold_documents
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.history import History
from workbench.services import library, persons
from workbench.services.edition import Edition
from workbench.store import chronicle, entries, texts

_STYLE = frozenset({"rule", "style"})

Side = int | str
"""A side of a comparison: after so many entries of a document, or a moment as a person names it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is live at some moment: now, from the projection; earlier, from a replay of the history until then."""

    live: Callable[[str, str, int, int], list[Entry]]
    """(text, layer, start, end) -> live entries that meet the span."""
    style: list[Entry]
    """What was settled about the house style."""
    document: Callable[[str], Document | None]
    """A document by its id; None where there was none."""
    in_conflict: frozenset[str]
    heads: tuple[str, ...]


def present(edition: Edition) -> Moment:
    """The edition as it stands."""
    db = edition.db
    return Moment(
        live=lambda text, layer, start, end: entries.live_at(db, text, layer, start, end),
        style=entries.few(db, _STYLE),
        document=lambda document: library.document(edition, document),
        in_conflict=entries.in_conflict(db),
        heads=entries.heads(db),
    )


def as_of(edition: Edition, at: str) -> Moment:
    """The edition at an entry (beginning of its id) or a time (`2026-01-31`, more or less of it); raises UsageError."""
    history = entries.history(edition.db)
    if re.match(r"\d{4}(-|$)", at):
        history = history.until(at if "Z" in at else at + "\uffff")
    else:
        try:
            history = history.as_of(entries.one(edition.db, at).id)
        except RefusedError as error:
            raise UsageError(f"{error}, and it is no time such as 2026-01-31") from error
    return of_history(edition, history)


def of_history(edition: Edition, history: History) -> Moment:
    """The edition after a history: the slow replay that the projection must equal."""
    acts = [e for e in history if e.id in history.effective and e.decision.layer == "document"]
    documents = fold_documents([(t.sha, t.length) for t in texts.all_texts(edition.db)], acts)
    return _replayed(history, {d.id: d for d in documents}.get)


def _replayed(history: History, document: Callable[[str], Document | None]) -> Moment:
    live = [e for e in history if e.id in history.live]

    def meeting(text: str, layer: str, start: int, end: int) -> list[Entry]:
        return [
            e for e in live
            if e.decision.text == text and e.decision.layer == layer
            and (e.decision.start or 0) <= end and (e.decision.end or 0) >= start
        ]  # fmt: skip

    return Moment(
        live=meeting,
        style=[e for e in history if e.id in history.effective and e.decision.act in _STYLE],
        document=document,
        in_conflict=frozenset(i for conflict in history.conflicts for i in conflict.ids),
        heads=tuple(sorted(history.heads)),
    )


def moment(edition: Edition, wanted: str) -> Moment:
    """A moment as a person names it: `now`, `raw`, `@NAME` (what that person alone decided), a time or an entry."""
    if wanted == "now":
        return present(edition)
    if wanted == "raw":
        return replace(present(edition), live=lambda text, layer, start, end: [], in_conflict=frozenset())
    if wanted.startswith("@"):
        return by_person(edition, wanted[1:])
    return as_of(edition, wanted)


def side(edition: Edition, document: str, wanted: Side) -> Moment:
    """A moment of one document: after so many of its entries, or as a person names it."""
    return Steps(edition, document).at(wanted) if isinstance(wanted, int) else moment(edition, wanted)


def by_person(edition: Edition, name: str) -> Moment:
    """What one person's decisions alone make of the texts, as if nobody else had decided anything."""
    ids = persons.ids_of(edition, persons.known(edition, name).id)
    own = History((e for e in entries.every(edition.db) if e.person in ids), knows=partial(entries.knows, edition.db))
    now, alone = present(edition), of_history(edition, own)
    return replace(alone, style=now.style, document=now.document)


class Steps:
    """The history of one document, to be stepped through: after none of its entries, after one, …, after all.

    The entries stand in the order of the journal, in which parents come first, so each step is a state that follows
    from a journal. The document is the one of today: where it was cut differently then is not shown.
    """

    def __init__(self, edition: Edition, document: str) -> None:
        self._edition = edition
        self._document = document
        seqs = chronicle.of_document(edition.db, document, library.stretches(edition, document))
        found = [e for e in entries.numbered(edition.db, seqs) if e.decision.layer not in ("read", "review")]
        self.entries = tuple(sorted(found, key=lambda e: e.key))

    def __len__(self) -> int:
        return len(self.entries)

    def at(self, count: int) -> Moment:
        """The moment after so many of the entries."""
        history = History(self.entries[:count], knows=partial(entries.knows, self._edition.db))
        now = present(self._edition)
        return replace(_replayed(history, now.document), style=now.style)

    def until(self, time: str) -> int:
        """How many of the entries were written by a time, or by the end of a day, a month, a year."""
        return sum(e.time <= time + "\U0010ffff" for e in self.entries)
