"""What stands follows from the links alone, and who knows whom from the few entries that do not just follow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_laws import LAWS, Step, play, steps
from workbench.core.ancestry import Ancestry
from workbench.core.history import History
from workbench.core.standing import Link, cover, missed, stand


def union_of(history: list[Step]) -> History:
    """All copies of a random history together."""
    return History(entry for copy in play(history) for entry in copy.history)


names = st.sampled_from("abcdefgh")
named = st.frozensets(names, max_size=2)
odd_links = st.lists(
    st.builds(Link, st.integers(1, 9), names, st.booleans(), named, named), unique_by=lambda link: link.id
)
"""Links that no program would seal: of itself, of later ones, of what is not there, round in a circle."""


@LAWS
@given(odd_links)
def test_what_says_nothing_and_is_not_spoken_of_stands_and_ends_nothing(links: list[Link]) -> None:
    """Whatever the links say, and however senselessly: with it or without it the others stand alike."""
    by_id = {link.id: link for link in links}
    without = stand(by_id)
    with_it = stand(by_id | {"?": Link(5, "?", False, frozenset(), frozenset())})
    assert with_it.effective.keys() == {*without.effective, "?"}
    assert with_it.live.keys() == {*without.live, "?"}


@LAWS
@given(steps)
def test_the_links_of_a_history_say_what_the_history_says(history: list[Step]) -> None:
    """Also of conflicts between a revert and what it did not know of, asked of the ancestors kept small."""
    union = union_of(history)
    spoken_of = {one for entry in union for one in (*entry.link.supersedes, *entry.link.targets)}
    links = {e.id: e.link for e in union if e.supersedes or e.decision.act == "revert" or e.id in spoken_of}
    number = {entry.id: n for n, entry in enumerate(union)}
    ancestry, stands = ancestry_of(union), stand(links)
    alone = {e.id for e in union} - links.keys()
    assert stands.effective.keys() | alone == set(union.effective)
    assert stands.live.keys() | alone == union.live.keys()
    found = {frozenset(pair) for pair in missed(links, stands, lambda a, b: ancestry.knows(number[a], number[b]))}
    reverts = {e.id for e in union if e.decision.act == "revert"}
    assert found == {c.ids for c in union.conflicts if c.ids & reverts}


def ancestry_of(history: History) -> Ancestry:
    """The ancestors of a history as a walk finds them: what just follows is no news."""
    ancestry = Ancestry()
    number: dict[str, int] = {}
    for n, entry in enumerate(history):
        parents = [number[parent] for parent in entry.parents]
        if parents != [n - 1]:
            ancestry.begin(n, parents)
        number[entry.id] = n
    return ancestry


@LAWS
@given(steps)
def test_ancestry_knows_what_the_history_knows(history: list[Step]) -> None:
    """Of any two entries, and how many stand before each."""
    union = union_of(history)
    ancestry, order = ancestry_of(union), list(union)
    for a, one in enumerate(order):
        known = [union.knows(one.id, other.id) for other in order]
        assert [ancestry.knows(a, b) for b in range(len(order))] == known
        assert ancestry.count(a) == sum(known)


@LAWS
@given(st.data())
def test_ancestry_need_not_be_written_in_order(data: st.DataObject) -> None:
    """Numbers with gaps, and entries that follow what was written after them."""
    count = data.draw(st.integers(1, 8))
    order = data.draw(st.permutations(range(0, 2 * count, data.draw(st.integers(1, 2)))))
    parents = {n: data.draw(st.lists(st.sampled_from(order[:at]), unique=True, max_size=2)) if at else []
               for at, n in enumerate(order)}  # fmt: skip
    ancestry = Ancestry()
    for n in sorted(order):
        if parents[n] != [n - 1]:
            ancestry.begin(n, parents[n])

    def above(n: int) -> set[int]:
        return set(parents[n]).union(*(above(p) for p in parents[n]))

    for a in order:
        assert {b for b in order if ancestry.knows(a, b)} == above(a)
        assert ancestry.count(a) == len(above(a))


def test_a_cover_of_what_is_not_there_ends_there() -> None:
    assert cover({"a": Link(1, "a", False, frozenset("b"), frozenset())}, "a") == {"b"}
