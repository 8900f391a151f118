"""Moving documents from state to state, claiming one for a while, giving them to somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.states import STATES, State, check_move
from workbench.i18n import N_
from workbench.services import persons, settings
from workbench.services.clock import FORMAT, now
from workbench.services.edition import Edition
from workbench.services.persons import Person, author
from workbench.services.reviewing import review
from workbench.services.states import standing
from workbench.store import entries, journal, vouching

HOURS = 8
"""How long a claim holds if nobody says otherwise."""


_MEANWHILE = N_("somebody moved it or gave it to somebody meanwhile; look at it again")


def move(
    edition: Edition, document: str, to: str, person: Person, reason: str | None = None, *, was: State | None = None
) -> Entry:
    """Move a document to another state, as the table of states allows; raises RefusedError.

    `was`: the state that the person saw it in; it is moved out of no other.
    """
    if to not in STATES:
        raise UsageError(f"{to!r} is no state; known: {', '.join(STATES)}")
    with edition.writing() as db:
        now_ = standing(edition, document)
        if was is not None and was != now_.state:
            raise RefusedError(_MEANWHILE)
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


def assign(
    edition: Edition, documents: Collection[str], whose: Person | None, person: Person, *,
    was: Sequence[str | None] | None = None,
) -> list[Entry]:  # fmt: skip
    """Make documents somebody's work, or nobody's, as one batch.

    `was`: ids of those whose work the person saw them to be; raises RefusedError where it is somebody else's since.
    """
    batch = journal.new_batch() if len(documents) > 1 else None
    with edition.writing() as db:
        if was is not None and [standing(edition, document).assigned for document in documents] != list(was):
            raise RefusedError(_MEANWHILE)
        made = []
        for document in documents:
            live = [e.id for e in entries.live_about(db, document) if e.decision.act == "assign"]
            decision = Decision(act="assign", data={"document": document, "person": whose.id if whose else ""})
            made.append(journal.append(db, decision, author(person), batch=batch, supersedes=frozenset(live)))
        return made
