"""Reviews: what others say of an entry (approved, disputed, commented), and why an entry wants a second look.

A review speaks of the entries it names and passes on to no successor: a decision that replaces an approved one begins
unreviewed. An approval counts iff its target stands and somebody else made it, by person id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from workbench.core.classes import touches_meaning
from workbench.core.entry import Entry

Verdict = Literal["unreviewed", "approved", "disputed"]
Concern = Literal["disputed", "conflict", "low", "conjecture", "internal", "source", "unseen", "name", "bulk"]
"""Why a second pair of eyes should look: what was said of it, how sure its maker was, what it rests on, what it changes
(`name`: names, numbers and dates), how it was made."""

CONCERNS: tuple[str, ...] = get_args(Concern)
REVIEWED: frozenset[str] = frozenset({"text", "line", "inline", "zone"})
"""Layers whose entries are reviewed."""


def verdict(
    entry: Entry,
    reviews: Iterable[Entry],
    knows: Callable[[str, str], bool],
    *,
    alone: bool = False,
    who: Callable[[str], str] = str,
    by: str | None = None,
) -> Verdict:
    """What stands of the effective reviews that name an entry; `knows(one, other)`: is `other` an ancestor of `one`?

    `who`: the id by which a person counts, for two may turn out to be one. `by`: who decided, if another person wrote
    the entry, who carried it over from an older text.

    A dispute stands until an approval that knew it, an agreement of who disputed among them. `alone`: in an edition of
    one person one's own approval counts.
    """
    said = sorted(reviews, key=lambda e: e.key)
    author = who(by or entry.person)
    approvals = [e for e in said if e.decision.act == "approve" and (alone or who(e.person) != author)]
    for dispute in (e for e in said if e.decision.act == "dispute"):
        if not any(knows(approval.id, dispute.id) for approval in approvals):
            return "disputed"
    return "approved" if approvals else "unreviewed"


def concerns(entry: Entry, said: Verdict, *, in_conflict: bool = False, batch: int = 1) -> tuple[Concern, ...]:
    """Why an entry wants a second look, the weightiest first; `batch`: of how many entries its batch is."""
    d = entry.decision
    found: list[Concern] = []
    if said == "disputed":
        found.append("disputed")
    if in_conflict:
        found.append("conflict")
    if d.certainty == "low":
        found.append("low")
    if d.ground == "conjecture":
        found.append("conjecture")
    if d.reading_class == "source":
        found.append("source")
    if d.page_class == "unseen":
        found.append("unseen")
    if d.value is not None and touches_meaning(d.quote or "", d.value):
        found.append("name")
    if batch > 1:
        found.append("bulk")
    if d.ground == "internal":
        found.append("internal")
    return tuple(found)
