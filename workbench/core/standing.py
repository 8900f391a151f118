"""What stands of a journal, from its links alone: which entries are effective, which are live, who missed a revert.

A link is what an entry says of others. What says nothing of any and is spoken of by none stands, and need not be asked
about: the links of a journal are few beside its entries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple


class Link(NamedTuple):
    """What an entry says of others. In the order of the journal: by lamport number, then by id."""

    lamport: int
    id: str
    reverts: bool
    supersedes: Collection[str]
    targets: Collection[str]
    """What a revert takes back; what a review speaks of says nothing about what stands."""


class Stands(NamedTuple):
    """What stands, from the last entry to the first."""

    effective: dict[str, Link]
    """What no effective revert targets."""
    live: dict[str, Link]
    """Effective entries that are no reverts, in no cover of a live one or of an effective revert."""


def cover(links: Mapping[str, Link], one: str) -> frozenset[str]:
    """What an entry supersedes, transitively."""
    found: set[str] = set()
    todo = list(links[one].supersedes)
    while todo:
        other = todo.pop()
        if other not in found:
            found.add(other)
            if other in links:
                todo.extend(links[other].supersedes)
    return frozenset(found)


def stand(links: Mapping[str, Link]) -> Stands:
    """What stands of entries by id: one pass from the last to the first."""
    dead: set[str] = set()
    hidden: set[str] = set()
    effective: dict[str, Link] = {}
    live: dict[str, Link] = {}
    for link in sorted(links.values(), reverse=True):
        if link.id in dead:
            continue
        effective[link.id] = link
        if link.reverts:
            dead.update(link.targets)
        elif link.id not in hidden:
            live[link.id] = link
        else:
            continue
        if link.supersedes:
            hidden |= cover(links, link.id)
    return Stands(effective, live)


def missed(
    links: Mapping[str, Link], stands: Stands, knows: Callable[[str, str], bool]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Pairs of an effective revert and a live entry upon what it takes back, neither knowing the other.

    `knows(one, other)`: is `other` an ancestor of `one`?
    """
    upon: dict[str, list[str]] = {}
    for one, link in stands.live.items():
        for other in cover(links, one) if link.supersedes else ():
            upon.setdefault(other, []).append(one)
    for revert in stands.effective.values():
        if revert.reverts:
            for one in {one for target in revert.targets for one in upon.get(target, ())}:
                if not knows(one, revert.id) and not knows(revert.id, one):
                    yield revert.id, one
