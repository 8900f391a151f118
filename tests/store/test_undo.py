"""Undo, redo and taking back: a person's own last unit, a whole batch, and never another's unless named."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import pytest

from tests.store.workspace import fork, ids, projected, read, rebuilt
from workbench.core.errors import RefusedError
from workbench.services import deciding, persons
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.store import entries, interchange


@pytest.fixture
def anna(edition: Edition) -> Person:
    return person(edition, "Anna")


@pytest.fixture
def boris(edition: Edition) -> Person:
    return person(edition, "Boris")


def person(edition: Edition, name: str) -> Person:
    with edition.writing():
        return persons.ensure(edition, name)


def asked(start: int, end: int, new: str) -> Mapping[str, Any]:
    return {"transcript": "letter.txt", "act": "edit", "start": start, "end": end, "page": new}


def decide(edition: Edition, who: Person, *changes: tuple[int, int, str], batch: str | None = None) -> list[str]:
    made = deciding.record_all(edition, [asked(*change) for change in changes], who, batch=batch)
    assert projected(edition.db) == rebuilt(edition)
    return [entry.id for entry in made]


def undone(edition: Edition, who: Person) -> set[str]:
    """Ids of what an undo took back, empty where there was nothing."""
    found = deciding.undo(edition, who)
    assert projected(edition.db) == rebuilt(edition)
    return {entry.id for entry in found[1]} if found else set()


def redone(edition: Edition, who: Person) -> set[str]:
    found = deciding.redo(edition, who)
    assert projected(edition.db) == rebuilt(edition)
    return {entry.id for entry in found[1]} if found else set()


def test_undo_takes_back_the_last_decision_and_redo_brings_it_back(edition: Edition, anna: Person) -> None:
    """Step by step to the beginning and to the end again, each reading as it was."""
    readings = [read(edition)]
    made = []
    for change in [(0, 2, "X"), (0, 3, "Y"), (11, 13, "Z")]:
        made += decide(edition, anna, change)
        readings.append(read(edition))
    assert len(set(readings)) == 4
    for n in (2, 1, 0):
        assert undone(edition, anna) == {made[n]}
        assert read(edition) == readings[n]
    for n in (0, 1, 2):
        assert redone(edition, anna) == {made[n]}
        assert read(edition) == readings[n + 1]
    assert redone(edition, anna) == set()


def test_undo_and_redo_can_go_on_for_ever(edition: Edition, anna: Person) -> None:
    """Each is an entry; nothing is deleted by it."""
    raw = read(edition)
    made = decide(edition, anna, (0, 2, "X"))
    changed = read(edition)
    for _ in range(3):
        assert undone(edition, anna) == set(made)
        assert read(edition) == raw
        assert redone(edition, anna) == set(made)
        assert read(edition) == changed
    assert len(ids(edition.db)) == 1 + 1 + 6


def test_undo_takes_back_a_whole_batch(edition: Edition, anna: Person) -> None:
    """What was one gesture is one unit."""
    before = decide(edition, anna, (0, 2, "W"))
    read_before = read(edition)
    batch = decide(edition, anna, (11, 13, "X"), (14, 16, "Y"), (16, 16, "Z"), batch="gesture")
    assert undone(edition, anna) == set(batch)
    assert read(edition) == read_before
    assert redone(edition, anna) == set(batch)
    assert undone(edition, anna) == set(batch)
    assert undone(edition, anna) == set(before)


def test_undo_never_takes_back_what_another_did(edition: Edition, anna: Person, boris: Person) -> None:
    """Not the later one of another, nor another's part of a batch of the same name."""
    mine = decide(edition, anna, (0, 2, "X"), batch="shared")
    theirs = decide(edition, boris, (11, 13, "Y"), batch="shared")
    assert undone(edition, anna) == set(mine)
    assert undone(edition, anna) == set()
    assert redone(edition, boris) == set()
    assert undone(edition, boris) == set(theirs)


def test_undo_after_another_decided_over_it_changes_nothing_of_theirs(
    edition: Edition, anna: Person, boris: Person
) -> None:
    """The reading stays the other's."""
    mine = decide(edition, anna, (0, 2, "X"))
    decide(edition, boris, (0, 3, "Y"))
    changed = read(edition)
    assert undone(edition, anna) == set(mine)
    assert read(edition) == changed


def test_undo_does_not_take_back_what_was_merged_in_from_another(edition: Edition, anna: Person, boris: Person) -> None:
    """A merge brings entries later than one's own; they remain the other's."""
    mine = decide(edition, anna, (0, 2, "X"))
    with fork(edition, edition.folder.parent / "other") as other:
        decide(other, boris, (11, 13, "Y"))
        with edition.writing() as db:
            interchange.merge(db, other.db)
    assert undone(edition, anna) == set(mine)
    assert read(edition).startswith("abc")
    assert "Y" in read(edition)


@pytest.mark.parametrize("undone_first", [False, True])
def test_undo_of_nothing_does_nothing(edition: Edition, anna: Person, undone_first: bool) -> None:
    """A person who has decided nothing, or has taken all of it back; being registered is no decision."""
    if undone_first:
        decide(edition, anna, (0, 2, "X"))
        undone(edition, anna)
    before = ids(edition.db)
    assert deciding.undo(edition, anna) is None
    assert ids(edition.db) == before


def test_redo_of_nothing_does_nothing(edition: Edition, anna: Person) -> None:
    """Where nothing was taken back."""
    decide(edition, anna, (0, 2, "X"))
    before = ids(edition.db)
    assert deciding.redo(edition, anna) is None
    assert ids(edition.db) == before


def test_redo_after_a_new_decision_does_nothing(edition: Edition, anna: Person, boris: Person) -> None:
    """The person went another way; another person's decision does not matter."""
    made = decide(edition, anna, (0, 2, "X"))
    undone(edition, anna)
    decide(edition, boris, (11, 13, "Y"))
    assert redone(edition, anna) == set(made)
    undone(edition, anna)
    decide(edition, anna, (14, 16, "Z"))
    changed = read(edition)
    assert redone(edition, anna) == set()
    assert read(edition) == changed


def test_a_batch_is_taken_back_by_its_name(edition: Edition, anna: Person, boris: Person) -> None:
    """Whoever made it; once taken back the name stands for nothing more."""
    raw = read(edition)
    batch = decide(edition, anna, (0, 2, "X"), (11, 13, "Y"), batch="hyphens")
    assert deciding.revert(edition, "hyphens", boris).targets == set(batch)
    assert read(edition) == raw
    with pytest.raises(RefusedError, match="'hyphens' names no entry"):
        deciding.revert(edition, "hyphens", boris)
    assert projected(edition.db) == rebuilt(edition)


def test_what_is_left_of_a_batch_is_taken_back_by_its_name(edition: Edition, anna: Person) -> None:
    """A member may have been taken back by itself before."""
    one, other = decide(edition, anna, (0, 2, "X"), (11, 13, "Y"), batch="two")
    deciding.revert(edition, one, anna)
    assert deciding.revert(edition, "two", anna).targets == {other}


def test_an_entry_is_taken_back_by_the_beginning_of_its_id(edition: Edition, anna: Person, boris: Person) -> None:
    """Named, another's too; and so is the taking back."""
    raw = read(edition)
    (made,) = decide(edition, anna, (0, 2, "X"))
    changed = read(edition)
    taken = deciding.revert(edition, made[:10], boris)
    assert taken.targets == {made}
    assert read(edition) == raw
    deciding.revert(edition, taken.id[:10], anna)
    assert read(edition) == changed


def test_what_is_taken_back_is_not_taken_back_again(edition: Edition, anna: Person) -> None:
    """Refused, and nothing recorded."""
    (made,) = decide(edition, anna, (0, 2, "X"))
    deciding.revert(edition, made, anna)
    before = ids(edition.db)
    with pytest.raises(RefusedError, match=f"{made[:12]} is taken back already"):
        deciding.revert(edition, made, anna)
    assert ids(edition.db) == before


@pytest.mark.parametrize("wanted", ["", "f" * 64, "g", "%", "_", "hyphens", "ids'--", "0" * 70])
def test_a_beginning_that_names_not_exactly_one_entry_is_refused(edition: Edition, anna: Person, wanted: str) -> None:
    """None, or more than one."""
    decide(edition, anna, (0, 2, "X"))
    before = ids(edition.db)
    with pytest.raises(RefusedError, match=r"names (no|more than one) entry"):
        deciding.revert(edition, wanted, anna)
    assert ids(edition.db) == before


def test_an_ambiguous_beginning_is_refused(edition: Edition, anna: Person) -> None:
    """One more digit and it is not."""
    number = 0
    while len({i[:1] for i in ids(edition.db)}) == len(ids(edition.db)):
        decide(edition, anna, (0, 2, f"X{number}"))
        number += 1
    known = sorted(ids(edition.db))
    first = next(a for a, b in itertools.pairwise(known) if a[0] == b[0])
    with pytest.raises(RefusedError, match="names more than one entry"):
        entries.one(edition.db, first[:1])
    assert entries.one(edition.db, first).id == first
