"""How documents stand: their states, who has claimed one for a while, whose work it is, and the board of all that."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.states import STATES, State, check_move, claimed, stated
from workbench.i18n import N_
from workbench.services import persons
from workbench.services.clock import FORMAT, now
from workbench.services.edition import Edition
from workbench.services.persons import Person, author
from workbench.store import added_lines, entries, journal, texts, vouching

HOURS = 8
"""How long a claim holds if nobody says otherwise."""


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


def move(edition: Edition, document: str, to: str, person: Person, reason: str | None = None) -> Entry:
    """Move a document to another state, as the table of states allows; raises RefusedError."""
    from workbench.services import settings
    from workbench.services.reviewing import review

    if to not in STATES:
        raise UsageError(f"{to!r} is no state; known: {', '.join(STATES)}")
    with edition.writing() as db:
        now_ = standing(edition, document)
        check_move(now_.state, to, person.role)
        if to == "approved":
            if not settings.alone(edition) and person.id in _transcribers(edition, document):
                raise RefusedError(
                    N_("who transcribed a document does not approve it: another person does. In an edition of one"
                       " person: workbench settings review=alone, which every export then says")
                )  # fmt: skip
            if open_ := review.unsettled(edition, document):
                raise RefusedError(
                    N_("{count} of its decisions are disputed or in conflict; see: workbench review list"), count=open_
                )
        live = [e for e in entries.live_about(db, document) if e.decision.act == "state"]
        vouched = {"stands": vouching.digest(db, document)} if to == "approved" else {}
        decision = Decision(act="state", reason=reason, data={"document": document, "state": to, **vouched})
        return journal.append(db, decision, author(person), supersedes=frozenset(e.id for e in live))


def _transcribers(edition: Edition, document: str) -> set[str]:
    """Ids of the persons who said that a document is transcribed, the last time that anybody did."""
    rows = edition.db.execute(
        "SELECT s.person FROM standing s JOIN entries e ON e.seq = s.seq WHERE s.act = 'state' AND s.effective = 1"
        " AND s.document = ? AND json_extract(e.body, '$.data.state') = 'transcribed'"
        " ORDER BY e.lamport DESC, e.id DESC LIMIT 1",
        (document,),
    )
    return {persons.one_id(edition, person) for (person,) in rows}


def claim(edition: Edition, document: str, person: Person, *, hours: float = HOURS) -> Entry:
    """Say that one is at work on a document, for so many hours (0 gives it back); refused while somebody else is."""
    with edition.writing() as db:
        held = standing(edition, document)
        if held.holder is not None and persons.one_id(edition, held.holder) != person.id:
            name = persons.names(edition).get(held.holder, held.holder)
            raise RefusedError(
                N_("{name} is at work on it until {until} UTC"), name=name,
                until=(held.until or "")[:16].replace("T", " "),
            )  # fmt: skip
        live = [e for e in entries.live_about(db, document) if e.decision.act == "claim"]
        if hours <= 0 and not live:
            raise RefusedError(N_("nobody has claimed it"))
        until = (datetime.strptime(now(), FORMAT) + timedelta(hours=max(hours, 0))).strftime(FORMAT)
        decision = Decision(act="claim", data={"document": document, "until": until})
        return journal.append(db, decision, author(person), supersedes=frozenset(e.id for e in live))


def assign(edition: Edition, documents: Collection[str], whose: Person | None, person: Person) -> list[Entry]:
    """Make documents somebody's work, or nobody's, as one batch."""
    batch = journal.new_batch() if len(documents) > 1 else None
    with edition.writing() as db:
        made = []
        for document in documents:
            live = [e.id for e in entries.live_about(db, document) if e.decision.act == "assign"]
            decision = Decision(act="assign", data={"document": document, "person": whose.id if whose else ""})
            made.append(journal.append(db, decision, author(person), batch=batch, supersedes=frozenset(live)))
        return made


def document_of(edition: Edition, text: str, start: int) -> str | None:
    """Id of the document that holds a place of a text."""
    row = edition.db.execute(
        "SELECT document FROM stretches WHERE text = ?1 AND start <= ?2 AND (end_ > ?2 OR start = end_ OR end_ ="
        " (SELECT length FROM texts WHERE sha256 = ?1)) ORDER BY start DESC LIMIT 1",
        (text, start),
    ).fetchone()
    return row[0] if row else None


# the board


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A document on the board."""

    document: str
    number: int
    standing: Standing
    leaves: int
    """Leaves marked in it, else pages of its texts; one at least."""
    lines: int
    read: int
    """Lines that a person has read as they stand."""

    @property
    def done(self) -> float:
        """The share of it that is done, from 0 to 1: all when it is transcribed, else what is read."""
        if STATES.index(self.standing.state) >= STATES.index("transcribed"):
            return 1.0
        return self.read / self.lines if self.lines else 0.0

    @property
    def left(self) -> float:
        """Leaves that are still to be done."""
        return round(self.leaves * (1 - self.done), 1)


def board(edition: Edition) -> Iterator[Post]:
    """All documents, in order."""
    from workbench.services import library

    live = said(edition)
    for number, document in enumerate(library.ids(edition), 1):
        yield _post(edition, document, number, standing(edition, document, live.get(document, ())))


def post(edition: Edition, document: str) -> Post:
    """One document of the board."""
    from workbench.services import library

    return _post(edition, document, library.number(edition, document) or 0, standing(edition, document))


def _post(edition: Edition, document: str, number: int, stands: Standing) -> Post:
    from workbench.services import library

    leaves, lines, read, pages = 0, 0, 0, 0
    for s in library.stretches(edition, document):
        row = texts.text_row(edition.db, s.text)
        (marked,) = edition.db.execute(
            "SELECT count(*) FROM standing WHERE text = ? AND layer = 'document' AND live = 1"
            " AND start BETWEEN ? AND ?", (s.text, s.start, max(s.end - 1, s.start))).fetchone()  # fmt: skip
        leaves += marked
        pages += sum(s.start <= p < s.end for p in row.page_starts)
        lines += added_lines.count(edition.db, s.text, s.start, s.end, row.length)
        if s.end > s.start:
            first, last = (texts.line_of(edition.db, row.id, p) for p in (s.start, s.end - 1))
            (vouched,) = edition.db.execute(
                "SELECT count(*) FROM read_lines WHERE text = ? AND line BETWEEN ? AND ?", (s.text, first, last)
            ).fetchone()  # fmt: skip
            read += vouched
            lines += last - first + 1
    return Post(
        document=document, number=number, standing=stands, leaves=max(leaves, pages, 1), lines=lines,
        read=min(read, lines),
    )  # fmt: skip
