"""Persons of two copies: what this copy says of somebody stays, who is new comes in, one name is one person."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.store.workspace import fork, make
from workbench.core.errors import UsageError
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.exchange import merging
from workbench.services.persons import Person
from workbench.store import people

Pair = tuple[Edition, Edition]


@pytest.fixture
def copies(tmp_path: Path) -> Pair:
    """Two copies; both know Anna Belova."""
    one = make(tmp_path / "one")
    register(one, "Анна Белова")
    return one, fork(one, tmp_path / "other")


def register(edition: Edition, name: str, role: str = "transcriber") -> Person:
    with edition.writing():
        return persons.ensure(edition, name, role=role)


def both_ways(pair: Pair) -> None:
    for edition, other in (pair, pair[::-1]):
        merging.merge(edition, other.folder)


def listed(edition: Edition) -> list[tuple[str, str, str]]:
    return [(p.siglum, p.name, p.role) for p in persons.everyone(edition)]


def test_one_name_registered_in_both_copies_is_one_person_with_the_role_that_each_gave(copies: Pair) -> None:
    """Whatever either id decided counts as one person's, so nobody approves his own work by merging."""
    one, other = copies
    here, there = register(one, "Борис Ветров", "reviewer"), register(other, "Борис Ветров")
    both_ways(copies)
    assert listed(one) == [("АБ", "Анна Белова", "transcriber"), ("БВ", "Борис Ветров", "reviewer")]
    assert listed(other) == [("АБ", "Анна Белова", "transcriber"), ("БВ", "Борис Ветров", "transcriber")]
    for edition in copies:
        assert persons.ids_of(edition, here.id) == persons.ids_of(edition, there.id) == {here.id, there.id}
    both_ways(copies)
    assert len(persons.ids_of(one, here.id)) == len(persons.ids_of(other, here.id)) == 2


def test_sigla_of_two_persons_are_told_apart(copies: Pair) -> None:
    register(copies[1], "Артур Быков")
    register(copies[0], "Андрей Баев")
    both_ways(copies)
    for edition in copies:
        sigla = [siglum for siglum, _, _ in listed(edition)]
        assert len(set(sigla)) == 3, sigla


def test_that_two_are_one_is_learnt_and_a_name_corrected_here_stays(copies: Pair) -> None:
    one, other = copies
    anna = persons.known(one, "Анна Белова")
    young = register(one, "Анна Ивлева")
    both_ways(copies)
    persons.unite(one, anna, young)
    persons.rename(other, persons.known(other, "Анна Белова"), "Анна Белова-Ивлева")
    both_ways(copies)
    assert persons.one_id(other, young.id) == anna.id
    assert [name for _, name, _ in listed(other)] == ["Анна Белова-Ивлева"]
    assert [name for _, name, _ in listed(one)] == ["Анна Белова"]


def test_two_united_in_opposite_directions_stay_one(copies: Pair) -> None:
    one, other = copies
    anna, young = persons.known(one, "Анна Белова"), register(one, "Анна Ивлева")
    both_ways(copies)
    persons.unite(one, anna, young)
    persons.unite(other, young, anna)
    both_ways(copies)
    for edition in copies:
        assert persons.one_id(edition, anna.id) == persons.one_id(edition, young.id)


def test_who_was_erased_here_does_not_come_back(copies: Pair) -> None:
    one, _ = copies
    persons.erase(one, persons.known(one, "Анна Белова"))
    both_ways(copies)
    assert next(name for _, name, _ in listed(one)).startswith("(")


def test_a_name_that_two_persons_have_is_not_guessed(copies: Pair) -> None:
    """A copy from before names were compared may hold such a pair."""
    one, _ = copies
    anna = persons.known(one, "Анна Белова")
    with one.writing() as db:
        db.execute("INSERT INTO persons (id, name, siglum, role) VALUES ('ff', 'Анна Белова', 'АБ', 'editor')")
    with pytest.raises(UsageError, match=rf"names 2 persons: .*, {anna.id} .*, ff \(АБ, editor\)"):
        persons.known(one, "Анна Белова")
    assert persons.known(one, "ff").role == "editor"


def test_any_order_of_taking_persons_in_unites_the_same_ones(copies: Pair) -> None:
    row = {"siglum": "X", "role": "editor", "aliases": "[]"}
    some = [{**row, "id": i, "name": n, "same_as": s} for i, n, s in (("1", "A", ""), ("2", "A", "4"), ("3", "B", "1"),
            ("4", "C", ""))]  # fmt: skip
    for order in itertools.permutations(some):
        with copies[0].writing() as db:
            db.execute("DELETE FROM persons")
            assert people.unite(db, order) == 4
        assert persons.ids_of(copies[0], "3") == {"1", "2", "3", "4"}
