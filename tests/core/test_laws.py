"""The laws of the journal on random histories of three copies that edit, put, revert, fork and merge."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.model import Copy
from workbench.core.edit import hunks
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.history import History
from workbench.core.pieces import reading_apart
from workbench.core.text import Markup

RAW = "abc*def\ngh"
MARKUP = (Markup(start=3, end=4, kind="emphasis"),)
LAWS = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))

Step = tuple[int, str, int, int, str]
steps = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["edit", "edit", "put", "both", "add", "set", "delete", "revert", "redo", "fork", "merge"]),
        st.integers(0, 99),
        st.integers(0, 99),
        st.text("XYZ", max_size=3),
    ),
    max_size=22,
)


def play(history: list[Step], copies: int = 3) -> list[Copy]:
    """Three copies after a random history; the edit law is asserted at each edit."""
    them = [Copy(RAW, MARKUP) for _ in range(copies)]
    for who, what, x, y, text in history:
        step(them, who % copies, what, x, y, text)
    return them


def step(them: list[Copy], who: int, what: str, x: int, y: int, text: str) -> None:
    copy = them[who]
    before = copy.reading
    if what == "edit":
        i, j = sorted((x % (len(before) + 1), y % (len(before) + 1)))
        if i == j and not text:
            return
        try:
            copy.edit(i, j, text, who=str(who))
        except RefusedError:
            assert any(piece.line is not None for piece in copy.pieces)  # it reaches into one
        else:
            assert copy.reading == before[:i] + text + before[j:]
    elif what in ("add", "set", "delete"):
        copy.line(what, x, text, who=str(who))
    elif what in ("put", "both"):
        start, end = sorted((x % (len(RAW) + 1), y % (len(RAW) + 1)))
        try:
            if what == "put":
                copy.put(start, end, text, who=str(who))
            else:
                copy.put(start, end, text, page=text + "!", reading_class="normalise", who=str(who))
        except RefusedError:
            assert copy.reading == before
    elif what in ("revert", "redo"):
        known = [e for e in copy.history if (e.decision.act == "revert") == (what == "redo")]
        if known:
            copy.revert(frozenset({known[x % len(known)].id}), who=str(who))
    elif what == "fork":
        them[who] = them[x % len(them)].fork()
    else:
        copy.merge(them[x % len(them)])


def view(copy: Copy) -> tuple[object, ...]:
    return copy.reading, copy.history.conflicts, frozenset(copy.history.live)


@LAWS
@given(steps)
def test_an_edit_of_edited_text_is_what_was_typed_and_replay_never_raises(history: list[Step]) -> None:
    """After each edit the reading is old[:i] + new + old[j:], after merges, reverts and conflicts too."""
    play(history)


@LAWS
@given(steps)
def test_one_database_without_merges_has_no_conflict(history: list[Step]) -> None:
    """Nobody conflicts with himself."""
    (copy,) = play([s for s in history if s[1] not in ("fork", "merge")], copies=1)
    assert not copy.history.conflicts


def test_what_an_agreement_and_its_twin_bring_back_does_not_contradict() -> None:
    """The twin superseded an older answer, the agreement nothing; the twin is taken back, then what replaced both."""
    copy = Copy("abcdef")
    older = copy.put(2, 3, "")
    twin, agreement = copy.put(1, 5, "XX"), copy.put(1, 5, "XX")
    replaced = copy.put(1, 5, "Y")
    copy.revert(frozenset({twin.id}))
    copy.revert(frozenset({replaced.id}))
    assert copy.reading == "aXXf"
    assert set(copy.history.live) == {agreement.id}
    assert older.id not in copy.history.live
    assert not copy.history.conflicts


@LAWS
@given(steps)
def test_union_is_commutative_associative_and_idempotent(history: list[Step]) -> None:
    """Merging is union: no order and no repetition of merges changes what is seen."""
    a, b, c = (copy.history for copy in play(history))

    def see(history: History) -> tuple[object, ...]:
        return view(Copy(RAW, MARKUP, history))

    assert see(a | b) == see(b | a)
    assert see((a | b) | c) == see(a | (b | c))
    assert see(a | a) == see(a)


@LAWS
@given(steps, st.integers(0, len(RAW)), st.integers(0, len(RAW)), st.text("XYZ", max_size=3))
def test_a_revert_takes_back_and_its_revert_brings_back(history: list[Step], x: int, y: int, text: str) -> None:
    """replay(L + d + revert d) = replay(L), and a revert of that = replay(L + d), after merges too."""
    a, b, _ = play(history)
    a.merge(b)
    start, end = sorted((x, y))
    without = view(a)
    try:
        decision = a.put(start, end, text)
    except RefusedError:
        return
    with_it = view(a)
    undo = a.revert(frozenset({decision.id}))
    assert view(a) == without
    redo = a.revert(frozenset({undo.id}))
    assert view(a) == with_it
    a.revert(frozenset({redo.id}))
    assert view(a) == without


@LAWS
@given(steps, st.sampled_from(["add", "set", "delete"]), st.integers(0, 99), st.text("XYZ", max_size=3))
def test_what_was_done_to_a_line_is_taken_back_and_brought_back(
    history: list[Step], what: str, number: int, text: str
) -> None:
    """The laws of undo and redo hold for added lines, after merges too."""
    a, b, _ = play(history)
    a.merge(b)
    without = view(a)
    done = a.line(what, number, text)
    if done is None:
        return
    with_it = view(a)
    undo = a.revert(frozenset({done.id}))
    assert view(a) == without
    a.revert(frozenset({undo.id}))
    assert view(a) == with_it


@LAWS
@given(steps)
def test_whatever_is_not_live_was_ended_by_an_entry_that_knew_it(history: list[Step]) -> None:
    """No clock and no merge ends a decision."""
    union = History(entry for copy in play(history) for entry in copy.history)
    for entry in union:
        if entry.decision.act == "revert" or entry.id in union.live:
            continue
        assert any(
            (entry.id in union[e].targets or entry.id in union.cover(e)) and union.knows(e, entry.id)
            for e in union.effective
        )


@LAWS
@given(steps)
def test_decisions_that_lie_apart_read_by_themselves_as_in_a_replay(history: list[Step]) -> None:
    """Where none touches another, nothing is in conflict, and no line was added."""
    for copy in play(history):
        live = [e.decision for e in copy.history.live.values()]
        if copy.in_conflict or any(d.layer != "text" for d in live):
            continue
        placed = sorted(((*d.span, d) for d in live), key=lambda one: one[:2])
        if all(one[1] < other[0] for one, other in pairwise(placed)):
            assert reading_apart(copy.fragment, placed) == copy.reading


@LAWS
@given(steps)
def test_a_sealed_entry_opens_as_it_was(history: list[Step]) -> None:
    """An entry read back from its body is equal to the one that was sealed."""
    for copy in play(history):
        for entry in copy.history:
            again = Entry.open(id=entry.id, parents=entry.parents, lamport=entry.lamport, body=entry.body)
            assert again == entry


words = st.one_of(st.text('абв .,-"XI', max_size=24), st.text("аб1 .-[", max_size=8))


@LAWS
@given(words, words)
def test_hunks_make_the_new_line(old: str, new: str) -> None:
    """Applied right to left, the hunks of a rewritten line give the line that was typed."""
    line = old
    for i, j, text in hunks(old, new):
        line = line[:i] + text + line[j:]
    assert line == new
