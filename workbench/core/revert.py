"""Taking back: what a revert brings to life again, and what it must supersede so that nobody conflicts with himself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workbench.core.entry import Decision, Entry
from workbench.core.history import History

REVERT = Decision(act="revert")


def rising(history: History, targets: Iterable[str]) -> tuple[list[Entry], frozenset[str]]:
    """Decisions that come back when the targets are reverted, and the ids of those that stay live beside them.

    `history` needs to hold only what the targets are linked with by superseding and reverting, either way.
    """
    probe = Entry.seal(
        REVERT, parents=history.heads, lamport=history.lamport, person="-", role="-", time="", targets=targets
    )
    before, after = history.live, (history + probe).live
    return [e for e in after.values() if e.id not in before], frozenset(after.keys() & before.keys())


def superseded_by(
    back: Iterable[Entry], live: Iterable[Entry], ended: frozenset[str], knows: Callable[[str, str], bool]
) -> frozenset[str]:
    """Live decisions that overlap one that rises and differ from it, those that end anyway (`ended`) apart.

    Of two that rise together and differ the one goes that the other knew (`knows(one, other)`: is `other` an ancestor
    of `one`?): an agreement that supersedes nothing may come back with what its twin had superseded.
    """
    back = list(back)
    standing = {e.id for e in live if e.id not in ended and any(_differ(e, risen) for risen in back)}
    older = {e.id for e in back for risen in back if _differ(e, risen) and knows(risen.id, e.id)}
    return frozenset(standing | older)


def _differ(one: Entry, other: Entry) -> bool:
    return one.meets(other) and one.decision.answer() != other.decision.answer()
