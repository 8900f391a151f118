"""Taking back: what a revert brings to life again, and what it must supersede so that nobody conflicts with himself."""

from __future__ import annotations

from collections.abc import Iterable

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


def superseded_by(back: Iterable[Entry], live: Iterable[Entry], ended: frozenset[str]) -> frozenset[str]:
    """Live decisions that overlap one that rises and differ from it, those that end anyway (`ended`) apart."""
    back = list(back)
    return frozenset(
        e.id
        for e in live
        if e.id not in ended
        and any(e.meets(risen) and e.decision.values() != risen.decision.values() for risen in back)
    )
