"""Moments: what is live now, as of an entry or a time, after so many steps, or by one person's decisions alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from workbench.core.documents import Document, fold_documents
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.history import History
from workbench.i18n import N_
from workbench.services import library, persons
from workbench.services.edition import Edition
from workbench.store import chronicle, entries, projections, texts

_STYLE = frozenset({"rule", "style"})
_SHAPING = frozenset({"split", "join", "rebase"})

Side = int | str
"""A side of a comparison: after so many entries of a document, or a moment as a person names it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is live at some moment: now, from the projection; earlier, from a replay of the history until then.

    Whatever is asked is asked of one text or one document, and costs no more than these.
    """

    live: Callable[[str, str, int, int], list[Entry]]
    """(text, layer, start, end) -> live entries that meet the span."""
    style: list[Entry]
    """What was settled about the house style."""
    document: Callable[[str], Document | None]
    """A document by its id; None where there was none."""
    in_conflict: Callable[[str], frozenset[str]]
    """text -> ids of the entries about it that stand against another."""
    heads: tuple[str, ...]


def present(edition: Edition) -> Moment:
    """The edition as it stands."""
    db = edition.db
    contested = entries.in_conflict(db)
    return Moment(
        live=lambda text, layer, start, end: entries.live_at(db, text, layer, start, end),
        style=entries.few(db, _STYLE),
        document=lambda document: library.document(edition, document),
        in_conflict=lambda text: contested,
        heads=entries.heads(db),
    )


def as_of(edition: Edition, at: str) -> Moment:
    """The edition at an entry (beginning of its id) or a time (`2026-01-31`, more or less of it); raises UsageError."""
    db = edition.db
    if re.match(r"\d{4}(-|$)", at):
        until = at if "Z" in at else at + "\uffff"
        return _replayed(Part(edition, lambda entry: entry.time <= until), entries.heads_until(db, until))
    try:
        last = entries.named(db, at)
    except RefusedError as error:
        raise UsageError(N_("{error}, and it is no time such as 2026-01-31"), error=error) from error
    return _replayed(Part(edition, lambda entry: entry.id == last or entries.knows(db, last, entry.id)), (last,))


class Part:
    """The part of a journal that was there at a moment, or is somebody's: of one text, of what one document is told."""

    def __init__(self, edition: Edition, holds: Callable[[Entry], bool]) -> None:
        """`holds`: does an entry belong to it?"""
        self._edition, self._holds = edition, holds
        self._of_text: dict[str, History] = {}

    def of_text(self, text: str) -> History:
        """What was said of a text, with all that this is linked with."""
        if text not in self._of_text:
            self._of_text[text] = self._linked(entries.ids_of_text(self._edition.db, text))
        return self._of_text[text]

    def effective(self, ids: Iterable[str]) -> list[Entry]:
        """Those of some entries that were there and effective."""
        wanted = frozenset(ids)
        history = self._linked(wanted)
        return [e for e in history if e.id in wanted and e.id in history.effective]

    def document(self, document: str) -> Document | None:
        """A document as it was cut and described."""
        db = self._edition.db
        told = self.effective([*entries.ids_of_few(db, _SHAPING), *entries.ids_about(db, document, "describe")])
        found = fold_documents([(t.sha, t.length) for t in texts.all_texts(db)], told)
        return next((d for d in found if d.id == document), None)

    def style(self) -> list[Entry]:
        return self.effective(entries.ids_of_few(self._edition.db, _STYLE))

    def _linked(self, ids: Iterable[str]) -> History:
        db = self._edition.db
        found = entries.select(db, projections.component(db, ids))
        return History((e for e in found if self._holds(e)), knows=partial(entries.knows, db))


def _replayed(part: Part, heads: tuple[str, ...]) -> Moment:
    return Moment(
        live=lambda text, layer, start, end: _meeting(part.of_text(text), text, layer, start, end),
        style=part.style(),
        document=part.document,
        in_conflict=lambda text: _contested(part.of_text(text)),
        heads=heads,
    )


def of_history(edition: Edition, history: History) -> Moment:
    """The edition after a history: the slow replay that the projection must equal."""
    acts = [e for e in history if e.id in history.effective and e.decision.layer == "document"]
    documents = fold_documents([(t.sha, t.length) for t in texts.all_texts(edition.db)], acts)
    return Moment(
        live=partial(_meeting, history),
        style=[e for e in history if e.id in history.effective and e.decision.act in _STYLE],
        document={d.id: d for d in documents}.get,
        in_conflict=lambda text: _contested(history),
        heads=tuple(sorted(history.heads)),
    )


def _meeting(history: History, text: str, layer: str, start: int, end: int) -> list[Entry]:
    return [
        e for e in history
        if e.id in history.live and e.decision.layer == layer
        and (place := e.decision.place) is not None and place[0] == text and place[1] <= end and place[2] >= start
    ]  # fmt: skip


def _contested(history: History) -> frozenset[str]:
    return frozenset(i for conflict in history.conflicts for i in conflict.ids)


def moment(edition: Edition, wanted: str) -> Moment:
    """A moment as a person names it: `now`, `raw`, `@NAME` (what that person alone decided), a time or an entry."""
    if wanted == "now":
        return present(edition)
    if wanted == "raw":
        return replace(present(edition), live=lambda text, layer, start, end: [], in_conflict=lambda text: frozenset())
    if wanted.startswith("@"):
        return by_person(edition, wanted[1:])
    return as_of(edition, wanted)


def side(edition: Edition, document: str, wanted: Side) -> Moment:
    """A moment of one document: after so many of its entries, or as a person names it."""
    return Steps(edition, document).at(wanted) if isinstance(wanted, int) else moment(edition, wanted)


def by_person(edition: Edition, name: str) -> Moment:
    """What one person's decisions alone make of the texts, as if nobody else had decided anything."""
    ids = persons.ids_of(edition, persons.known(edition, name).id)
    now = present(edition)
    own = _replayed(Part(edition, lambda entry: entry.person in ids), now.heads)
    return replace(own, style=now.style, document=now.document)


class Steps:
    """The history of one document, to be stepped through: after none of its entries, after one, …, after all.

    The entries stand in the order of the journal, in which parents come first, so each step is a state that follows
    from a journal. The document is the one of today: where it was cut differently then is not shown.
    """

    def __init__(self, edition: Edition, document: str) -> None:
        self._edition = edition
        seqs = chronicle.of_document(edition.db, document, library.stretches(edition, document))
        found = [e for e in entries.numbered(edition.db, seqs) if e.decision.layer not in ("read", "review")]
        self.entries = tuple(sorted(found, key=lambda e: e.key))

    def __len__(self) -> int:
        return len(self.entries)

    def at(self, count: int) -> Moment:
        """The moment after so many of the entries."""
        history = History(self.entries[:count], knows=partial(entries.knows, self._edition.db))
        return replace(
            present(self._edition), live=partial(_meeting, history), in_conflict=lambda text: _contested(history)
        )

    def until(self, time: str) -> int:
        """How many of the entries were written by a time, or by the end of a day, a month, a year."""
        return sum(e.time <= time + "\U0010ffff" for e in self.entries)
