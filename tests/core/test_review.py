"""What stands of reviews, and why an entry wants a second look."""

from __future__ import annotations

import pytest

from tests.core.model import TEXT, Copy
from workbench.core.entry import Decision, Entry
from workbench.core.review import Concern, Verdict, concerns, verdict

SAID = {
    "approve": Decision(act="approve"),
    "dispute": Decision(act="dispute", reason="?"),
    "comment": Decision(act="comment", data={"body": "!"}),
}


def say(copy: Copy, act: str, entry: Entry, who: str) -> Entry:
    return copy.seal(SAID[act], who, targets=frozenset({entry.id}))


def judged(copy: Copy, entry: Entry, *, alone: bool = False) -> Verdict:
    said = [e for e in copy.history.live.values() if e.decision.layer == "review" and entry.id in e.targets]
    return verdict(entry, said, copy.history.knows, alone=alone)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", "unreviewed"),
        ("b:comment", "unreviewed"),
        ("b:approve", "approved"),
        ("a:approve", "unreviewed"),  # one's own
        ("b:dispute", "disputed"),
        ("b:dispute b:approve", "approved"),
        ("b:approve c:dispute", "disputed"),
        ("b:dispute c:approve", "approved"),
        ("b:dispute a:approve", "disputed"),
        ("b:dispute c:dispute c:approve", "approved"),
    ],
)
def test_the_last_word_of_another_person_stands(said: str, expected: Verdict) -> None:
    copy = Copy("abc")
    entry = copy.put(0, 1, "x", who="a")
    for one in said.split():
        who, _, act = one.partition(":")
        say(copy, act, entry, who)
    assert judged(copy, entry) == expected


def test_in_an_edition_of_one_person_ones_own_approval_counts() -> None:
    copy = Copy("abc")
    entry = copy.put(0, 1, "x", who="a")
    say(copy, "approve", entry, "a")
    assert judged(copy, entry, alone=True) == "approved"


def test_an_approval_that_did_not_know_of_a_dispute_settles_nothing() -> None:
    one = Copy("abc")
    entry = one.put(0, 1, "x", who="a")
    two = one.fork()
    say(one, "dispute", entry, "b")
    say(two, "comment", entry, "c")
    say(two, "approve", entry, "c")  # later by its number, and yet it knew nothing
    one.merge(two)
    assert judged(one, entry) == "disputed"
    say(one, "approve", entry, "c")
    assert judged(one, entry) == "approved"


def test_a_review_does_not_pass_on_to_a_successor_and_comes_back_with_its_target() -> None:
    copy = Copy("abc")
    entry = copy.put(0, 1, "x", who="a")
    say(copy, "approve", entry, "b")
    later = copy.put(0, 1, "y", who="a")
    assert judged(copy, later) == "unreviewed"
    copy.revert(frozenset({later.id}))
    assert set(copy.history.live) >= {entry.id} and judged(copy, entry) == "approved"


def test_a_review_that_is_taken_back_counts_no_more() -> None:
    copy = Copy("abc")
    entry = copy.put(0, 1, "x", who="a")
    approval = say(copy, "approve", entry, "b")
    copy.revert(frozenset({approval.id}))
    assert judged(copy, entry) == "unreviewed"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ()),
        ({"certainty": "low"}, ("low",)),
        ({"ground": "conjecture"}, ("conjecture",)),
        ({"ground": "internal"}, ("internal",)),
        ({"reading": "y", "reading_class": "source"}, ("source",)),
        ({"page_class": "unseen"}, ("unseen",)),
        ({"page": "7"}, ("name",)),
        ({"page": "Я"}, ("name",)),
    ],
)
def test_why_a_second_look_is_wanted(fields: dict[str, str], found: tuple[Concern, ...]) -> None:
    decision = Decision(**{"act": "edit", "text": TEXT, "start": 0, "end": 1, "quote": "a", "page": "x", **fields})  # type: ignore[arg-type]
    copy = Copy("abc")
    entry = copy.seal(decision, "a")
    assert concerns(entry, "unreviewed") == found
    assert concerns(entry, "disputed", in_conflict=True, batch=2)[:2] == ("disputed", "conflict")
    assert "bulk" in concerns(entry, "unreviewed", batch=2)
