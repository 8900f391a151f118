"""The states of a document and who may move it from one to another, as one table.

A state is an entry that supersedes the one before. Where copies that did not know each other moved one document apart,
the less advanced state holds until somebody moves it on. An approval holds as long as what it vouches for stands: any
new entry about the document, merged ones too, reopens it, and taking that entry back approves it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args

from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.words import N_

State = Literal["raw", "reopened", "transcribing", "transcribed", "reviewing", "approved"]
Role = Literal["transcriber", "reviewer", "editor"]

STATES: tuple[State, ...] = get_args(State)
"""From the least to the most advanced."""
ROLES: tuple[Role, ...] = get_args(Role)

STATE_WORDS: Mapping[State, str] = {
    "raw": N_("raw"), "reopened": N_("reopened"), "transcribing": N_("in transcription"),
    "transcribed": N_("transcribed"), "reviewing": N_("in review"), "approved": N_("approved"),
}  # fmt: skip

_ALL = frozenset(ROLES)
_SECOND: frozenset[Role] = frozenset({"reviewer", "editor"})
_EDITOR: frozenset[Role] = frozenset({"editor"})

MOVES: Mapping[tuple[State, State], frozenset[Role]] = {
    ("raw", "transcribing"): _ALL,
    ("transcribing", "raw"): _ALL,
    ("transcribing", "transcribed"): _ALL,
    ("transcribed", "transcribing"): _ALL,
    ("transcribed", "reviewing"): _SECOND,
    ("reviewing", "transcribing"): _SECOND,
    ("reviewing", "approved"): _SECOND,
    ("approved", "reopened"): _EDITOR,
    ("reopened", "transcribing"): _ALL,
    ("reopened", "reviewing"): _SECOND,
}
"""Which role may move a document from one state to the next."""


def moves(state: State, role: str) -> tuple[State, ...]:
    """Where a person of a role may move a document that is in a state."""
    return tuple(to for (from_, to), roles in MOVES.items() if from_ == state and role in roles)


def check_move(state: State, to: str, role: str) -> None:
    """Refuse a move that the table does not have, or not for this role."""
    roles = next((r for (from_, t), r in MOVES.items() if (from_, t) == (state, to)), None)
    if roles is None:
        known = ", ".join(t for (from_, t) in MOVES if from_ == state)
        raise RefusedError(
            N_("a document that is {state} cannot become {to}; it can become: {known}"), state=state, to=to, known=known
        )
    if role not in roles:
        raise RefusedError(
            N_("only {roles} may make a document that is {state} {to}, and the role here is {role};"
               " see: workbench persons role"),
            roles=" or ".join(sorted(roles)), state=state, to=to, role=role,
        )  # fmt: skip


def stated(live: Iterable[Entry], stands: Callable[[], str]) -> State | None:
    """The state that live `state` entries of one document leave it in: of several the least advanced; None of none.

    `stands`: the digest of what stands in the document, asked for only where somebody approved it.
    """
    found = {_holds(e.decision.data, stands) for e in live if e.decision.act == "state"}
    return min((s for s in STATES if s in found), key=STATES.index, default=None)


def _holds(said: Mapping[str, Any], stands: Callable[[], str]) -> str:
    void = said["state"] == "approved" and said.get("stands") is not None and said["stands"] != stands()
    return "reopened" if void else str(said["state"])


def claimed(live: Iterable[Entry], now: str) -> Entry | None:
    """The claim that holds at a time: the last one whose `until` is still to come."""
    held = [e for e in live if e.decision.act == "claim" and now < str(e.decision.data["until"])]
    return max(held, key=lambda e: e.key, default=None)
