"""The table of states through the service: every pair of states, for every role, moved or refused; a second person."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from tests.services.conftest import someone
from workbench.core.entry import Decision
from workbench.core.errors import RefusedError, UsageError
from workbench.core.states import MOVES, ROLES, STATES, Role, State
from workbench.services import adding, deciding, library, persons, states
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, init
from workbench.services.persons import Person
from workbench.services.reviewing import moving, review
from workbench.store import entries, journal, vouching


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """One document with one decision; a person of each role, and one who transcribed."""
    folder = tmp_path_factory.mktemp("states")
    (folder / "a.txt").write_text("Письмо.\n", "utf-8")
    with init(folder / "edition") as made:
        assert [a.outcome for a in adding.add(made, [folder / "a.txt"])] == ["added"]
        with made.writing():
            for role in ROLES:
                persons.ensure(made, role, role=role)
            anna = persons.ensure(made, "Анна")
        deciding.record_all(made, [{"act": "keep", "transcript": "a.txt", "start": 0, "end": 6}], anna)
        yield made


def document(edition: Edition) -> str:
    return library.ids(edition)[0]


def put(edition: Edition, state: State, said_by: str = "Анна") -> None:
    """Bring the document into a state, whatever it was in."""
    person, about = persons.known(edition, said_by), document(edition)
    with edition.writing() as db:
        live = frozenset(e.id for e in entries.live_about(db, about) if e.decision.act == "state")
        vouched = {"stands": vouching.digest(db, about)} if state == "approved" else {}
        said = Decision(act="state", data={"document": about, "state": state, **vouched})
        journal.append(db, said, persons.author(person), supersedes=live)
    assert states.standing(edition, about).state == state


@pytest.mark.parametrize(("from_", "to", "role"), itertools.product(STATES, STATES, ROLES), ids="-".join)
def test_each_row_of_the_table_for_each_role(edition: Edition, from_: State, to: State, role: Role) -> None:
    """What the table allows is recorded in the role it was done in; what it does not changes nothing, and says why."""
    put(edition, from_)
    person, before = persons.known(edition, role), entries.last_seq(edition.db)
    if role in MOVES.get((from_, to), ()):
        moved = moving.move(edition, document(edition), to, person, "готово")
        assert states.standing(edition, document(edition)).state == to
        assert (moved.role, moved.decision.reason) == (role, "готово")
        return
    words = "only .* may make" if (from_, to) in MOVES else f"{from_} cannot become {to}"
    with pytest.raises(RefusedError, match=words):
        moving.move(edition, document(edition), to, person)
    assert states.standing(edition, document(edition)).state == from_
    assert entries.last_seq(edition.db) == before


@pytest.mark.parametrize(("from_", "to"), MOVES, ids="-".join)
def test_each_move_is_taken_back_by_undo(edition: Edition, from_: State, to: State) -> None:
    put(edition, from_)
    editor = persons.known(edition, "editor")
    moving.move(edition, document(edition), to, editor)
    deciding.undo(edition, editor)
    assert states.standing(edition, document(edition)).state == from_


def test_what_is_no_state_is_no_state(edition: Edition) -> None:
    with pytest.raises(UsageError, match="'done' is no state; known: raw, reopened"):
        moving.move(edition, document(edition), "done", persons.known(edition, "editor"))


def approver(edition: Edition, name: str) -> Person:
    """Somebody who may approve, and who said that the document is transcribed."""
    put(edition, "transcribed", name)
    put(edition, "reviewing", "reviewer")
    return persons.known(edition, name)


def test_who_said_that_it_is_transcribed_does_not_approve_it(edition: Edition) -> None:
    editor = approver(edition, "editor")
    with pytest.raises(RefusedError, match="another person does"):
        moving.move(edition, document(edition), "approved", editor)
    moving.move(edition, document(edition), "approved", persons.known(edition, "reviewer"))


def test_who_turned_out_to_be_the_same_person_does_not_either(edition: Edition) -> None:
    with edition.writing():
        other = persons.ensure(edition, "Редактор Первый", role="editor")
    approver(edition, "Редактор Первый")
    persons.unite(edition, persons.known(edition, "editor"), other)
    with pytest.raises(RefusedError, match="another person does"):
        moving.move(edition, document(edition), "approved", persons.known(edition, "editor"))


def test_what_is_disputed_is_settled_first(edition: Edition) -> None:
    put(edition, "transcribed")
    put(edition, "reviewing")
    reviewer = persons.known(edition, "reviewer")
    (entry,) = entries.live(edition.db, "text")
    review.dispute(edition, [entry.id], "так ли?", reviewer)
    with pytest.raises(RefusedError, match="1 of its decisions are disputed"):
        moving.move(edition, document(edition), "approved", reviewer)
    deciding.undo(edition, reviewer)
    moving.move(edition, document(edition), "approved", reviewer)


def test_a_claim_ends_by_itself_and_blocks_nothing(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, editor = persons.known(edition, "Анна"), persons.known(edition, "editor")
    for module in (states, moving, persons):
        monkeypatch.setattr(module, "now", lambda: "2999-01-01T08:00:00.000000Z")
    moving.claim(edition, document(edition), anna, hours=2)
    with pytest.raises(RefusedError, match="Анна is at work on it until 2999-01-01 10:00 UTC"):
        moving.claim(edition, document(edition), editor)
    made = deciding.record_all(edition, [{"act": "keep", "transcript": "a.txt", "start": 6, "end": 7}], editor)
    assert made  # deciding is not claiming
    for module in (states, moving):
        monkeypatch.setattr(module, "now", lambda: "2999-01-01T10:00:00.000000Z")
    assert states.standing(edition, document(edition)).holder is None
    moving.claim(edition, document(edition), editor)
    assert states.standing(edition, document(edition)).holder == editor.id


def test_what_stands_at_the_beginning_of_a_document_is_not_in_the_one_before_it(made_of: Callable[[str], Desk]) -> None:
    desk = made_of("раз\nдва\n")
    person, edition = someone(desk), desk.edition
    deciding.record_all(edition, [{"act": "split", "transcript": "text0.txt", "start": 4}], person)
    deciding.record_all(edition, [{"act": "keep", "transcript": "text0.txt", "start": 4, "end": 7}], person)
    assert [states.standing(edition, d).state for d in library.ids(edition)] == ["raw", "transcribing"]
    assert [listed.state for listed in library.listings(edition)] == ["raw", "transcribing"]
