"""The table of states: every row of it, allowed and refused; what holds where copies went apart; claims that end."""

from __future__ import annotations

import re

import pytest

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.core.history import History
from workbench.core.states import MOVES, ROLES, STATES, State, check_move, claimed, moves, stated

EVERY = [(a, b, role) for a in STATES for b in STATES for role in ROLES]


@pytest.mark.parametrize(("state", "to", "role"), EVERY, ids="-".join)
def test_each_move_is_allowed_or_refused_with_words(state: State, to: State, role: str) -> None:
    if role in MOVES.get((state, to), ()):
        check_move(state, to, role)
        assert to in moves(state, role)
        return
    with pytest.raises(RefusedError, match="cannot become" if (state, to) not in MOVES else "only .* may make"):
        check_move(state, to, role)
    assert to not in moves(state, role)


def test_every_state_can_be_reached_and_left() -> None:
    assert {to for _, to in MOVES} == set(STATES) == {from_ for from_, _ in MOVES}


def test_nobody_but_an_editor_opens_what_is_approved() -> None:
    assert moves("approved", "transcriber") == moves("approved", "reviewer") == ()
    assert moves("approved", "editor") == ("reopened",)


def nothing() -> str:
    raise AssertionError("what stands is asked for only where somebody approved it")


def said(state: str, parents: list[Entry], person: str = "anna", act: str = "state") -> Entry:
    data = {"document": "d", act if act == "state" else "until": state}
    return Entry.seal(
        Decision(act=act, data=data), parents=[p.id for p in parents], person=person, role="editor",
        lamport=1 + max((p.lamport for p in parents), default=0), time="2026-01-01T00:00:00.000000Z",
        supersedes=[p.id for p in parents],
    )  # fmt: skip


def test_the_less_advanced_state_holds_where_copies_went_apart() -> None:
    first = said("transcribing", [])
    one, other = said("transcribed", [first]), said("raw", [first])
    history = History([first, one, other])
    assert stated(history.live.values(), nothing) == "raw"
    assert {c.ids for c in history.conflicts} == {frozenset((one.id, other.id))}
    after = said("transcribing", [one, other])
    history = History([first, one, other, after])
    assert stated(history.live.values(), nothing) == "transcribing" and not history.conflicts
    assert stated([], nothing) is None


def test_the_same_said_twice_is_no_conflict() -> None:
    first = said("transcribing", [])
    history = History([first, said("transcribed", [first]), said("transcribed", [first], "boris")])
    assert not history.conflicts and stated(history.live.values(), nothing) == "transcribed"


def test_an_approval_holds_as_long_as_what_it_vouches_for_stands() -> None:
    old = said("approved", [])  # before approvals vouched for anything
    data = {"document": "d", "state": "approved", "stands": "abc"}
    approved = Entry.seal(Decision(act="state", data=data), parents=[], person="b", role="editor", lamport=1, time="1")
    assert stated([approved], lambda: "abc") == "approved" == stated([old], lambda: "abc")
    assert stated([approved], lambda: "abd") == "reopened" == stated([approved, old], lambda: "abd")


def test_a_claim_ends_by_itself() -> None:
    claim = said("2026-01-02", [], act="claim")
    assert claimed([claim], "2026-01-01T23") is claim and claimed([claim], "2026-01-02") is None


def test_two_claims_apart_are_a_conflict_unless_they_are_of_one_person() -> None:
    mine, again, theirs = (said(t, [], p, "claim") for t, p in (("1", "anna"), ("2", "anna"), ("3", "boris")))
    assert not History([mine, again]).conflicts
    assert len(History([mine, theirs]).conflicts) == 1


def test_the_words_of_a_refusal_say_what_could_be_done() -> None:
    with pytest.raises(RefusedError, match=re.escape("it can become: transcribing")):
        check_move("raw", "approved", "editor")
