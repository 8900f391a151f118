"""A journal as a set of entries closed under parents, and what follows from the set: order, knowledge, what is live.

Everything here is a function of the set, so merging two histories is their union.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from workbench.core.acts import SPANNING
from workbench.core.entry import Entry
from workbench.core.standing import Link, Stands, cover, missed, stand


@dataclass(frozen=True, slots=True)
class Conflict:
    """Entries that nobody brought together: live decisions that overlap and differ, or a revert and what it missed."""

    ids: frozenset[str]


class History:
    """An immutable set of entries. Every property is computed from the set at first need."""

    def __init__(self, entries: Iterable[Entry] = (), *, knows: Callable[[str, str], bool] | None = None) -> None:
        """`knows`: for a part of a journal, whether one entry has another among its ancestors in the whole of it."""
        self._by_id = {entry.id: entry for entry in entries}
        self._whole = knows

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.order)

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._by_id

    def __getitem__(self, entry_id: str) -> Entry:
        return self._by_id[entry_id]

    def __or__(self, other: History) -> History:
        return History([*self._by_id.values(), *other._by_id.values()])

    def __add__(self, entry: Entry) -> History:
        return History([*self._by_id.values(), entry])

    @cached_property
    def order(self) -> tuple[Entry, ...]:
        return tuple(sorted(self._by_id.values(), key=lambda entry: entry.key))

    @cached_property
    def heads(self) -> frozenset[str]:
        """Entries that no other entry names as a parent."""
        inner = {parent for entry in self._by_id.values() for parent in entry.parents}
        return frozenset(self._by_id.keys() - inner)

    @property
    def lamport(self) -> int:
        """The lamport number that the next entry takes."""
        return 1 + max((self._by_id[head].lamport for head in self.heads), default=0)

    def knows(self, one: str, other: str) -> bool:
        """Is `other` an ancestor of `one`?"""
        if self._whole is not None:
            return self._whole(one, other)
        floor = self._by_id[other].lamport
        seen: set[str] = set()
        todo = [one]
        while todo:
            for parent in self._by_id[todo.pop()].parents:
                if parent == other:
                    return True
                if parent not in seen and parent in self._by_id and self._by_id[parent].lamport > floor:
                    seen.add(parent)
                    todo.append(parent)
        return False

    @cached_property
    def _links(self) -> dict[str, Link]:
        return {entry.id: entry.link for entry in self._by_id.values()}

    def cover(self, entry_id: str) -> frozenset[str]:
        """What an entry supersedes, transitively."""
        return cover(self._links, entry_id)

    @cached_property
    def _stands(self) -> Stands:
        return stand(self._links)

    @property
    def effective(self) -> Collection[str]:
        """Ids of the entries that no effective revert targets."""
        return self._stands.effective.keys()

    @cached_property
    def live(self) -> dict[str, Entry]:
        """Effective decisions in no cover of a live decision or of an effective revert, by id."""
        return {one: self._by_id[one] for one in self._stands.live}

    @cached_property
    def conflicts(self) -> frozenset[Conflict]:
        """Pairs of entries that contradict each other and did not know of each other."""
        found: set[Conflict] = set()
        spanning = sorted(
            (e for e in self.live.values() if e.decision.layer in SPANNING),
            key=lambda e: (e.decision.layer, e.decision.text or "", e.decision.span),
        )
        for entry, other in chain(_meeting(spanning), _about_one_thing(self.live.values())):
            if contradict(entry, other):
                found.add(Conflict(frozenset((entry.id, other.id))))
        found |= {Conflict(frozenset(pair)) for pair in missed(self._links, self._stands, self.knows)}
        return frozenset(found)

    def as_of(self, entry_id: str) -> History:
        """An entry with its ancestors."""
        found: set[str] = set()
        todo = [entry_id]
        while todo:
            one = todo.pop()
            if one not in found and one in self._by_id:
                found.add(one)
                todo.extend(self._by_id[one].parents)
        return History(self._by_id[one] for one in found)

    def until(self, time: str) -> History:
        """All entries not later than a time (same notation as theirs)."""
        return History(entry for entry in self._by_id.values() if entry.time <= time)


def contradict(entry: Entry, other: Entry) -> bool:
    """Do two live entries about one thing say different things? A person's own claims never do."""
    if entry.decision.act == other.decision.act == "claim" and entry.person == other.person:
        return False
    return entry.decision.answer() != other.decision.answer()


def thing(entry: Entry) -> tuple[str, str] | None:
    """What an entry is about, if it is no span: an added line, the state of a document, who holds it."""
    d = entry.decision
    if d.layer == "line":
        return "line", entry.subject
    return (d.act, str(d.data["document"])) if d.act in ("state", "claim") else None


def _about_one_thing(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    things: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if (about := thing(entry)) is not None:
            things.setdefault(about, []).append(entry)
    for several in things.values():
        yield from combinations(several, 2)


def _meeting(entries: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of overlapping entries of a list sorted by layer, text and span."""
    for index, entry in enumerate(entries):
        a = entry.decision
        _, end = a.span
        for other in entries[index + 1 :]:
            b = other.decision
            if (a.layer, a.text) != (b.layer, b.text) or b.span[0] > end:
                break
            if entry.meets(other):
                yield entry, other
