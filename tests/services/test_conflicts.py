"""Conflicts after a merge: each kind is listed with its sides, and settled by one entry that supersedes them all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from workbench.core.errors import RefusedError
from workbench.services import adding, deciding, library, persons, states
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, init, open_edition
from workbench.services.exchange import merging
from workbench.services.persons import Person
from workbench.services.reviewing import conflicts, moving, review
from workbench.store import entries, verify

TEXT = "Протокол собрания артелн.\nСлушали доклад.\n"
Apart = Callable[[Callable[[Edition, Person], Any], Callable[[Edition, Person], Any]], tuple[Edition, Person]]


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    """Lets two persons act in two copies that do not know each other, and merges them."""
    with ExitStack() as stack:

        def go(
            one: Callable[[Edition, Person], Any], other: Callable[[Edition, Person], Any]
        ) -> tuple[Edition, Person]:
            source = tmp_path / "p.txt"
            source.write_text(TEXT, "utf-8")
            first = stack.enter_context(init(tmp_path / "first"))
            assert [a.outcome for a in adding.add(first, [source])] == ["added"]
            with first.writing():
                anna, boris, clara = (persons.ensure(first, n, role="editor") for n in ("Анна", "Борис", "Клара"))
            edit(first, anna, "доклад", "отчёт")
            shutil.copytree(first.folder, tmp_path / "second")
            second = stack.enter_context(open_edition(tmp_path / "second"))
            one(first, anna)
            other(second, boris)
            assert merging.merge(first, second.folder).conflicts
            return first, clara

        yield go


def edit(edition: Edition, person: Person, quote: str, page: str, act: str = "edit") -> Any:
    start = TEXT.index(quote)
    asked = {"act": act, "transcript": "p.txt", "start": start, "end": start + len(quote)}
    if act == "edit":
        asked |= {"page": page, "class": "ocr"}
    return deciding.record_all(edition, [asked], person)[0]


def reading(edition: Edition) -> str:
    desk = Desk(edition, library.ids(edition)[0])
    return "\n".join(desk.line_reading(row) for row in range(desk.lines.row_count))


def settled(edition: Edition) -> None:
    assert conflicts.every(edition) == [] and not list(verify.problems(edition.db))
    from workbench.store import projections

    before = sorted(edition.db.execute("SELECT seq, live, effective FROM standing"))
    with edition.writing() as db:
        projections.rebuild(db)
    assert conflicts.every(edition) == []
    assert sorted(edition.db.execute("SELECT seq, live, effective FROM standing")) == before


@pytest.mark.parametrize("side", [0, 1])
def test_one_of_two_readings(apart: Apart, side: int) -> None:
    edition, clara = apart(
        lambda e, p: edit(e, p, "артелн", "артели"), lambda e, p: edit(e, p, "артелн", "артель")
    )  # fmt: skip
    (conflict,) = conflicts.every(edition)
    assert {s.value for s in conflict.sides} == {"артели", "артель"} and {s.person for s in conflict.sides} == {
        "Анна", "Борис"}  # fmt: skip
    assert "артелн" in reading(edition)
    conflicts.settle(edition, conflict, clara, side=side, reason="на листе")
    assert f"собрания {conflict.sides[side].value}." in reading(edition)
    settled(edition)
    with pytest.raises(RefusedError, match="settled meanwhile"):
        conflicts.settle(edition, conflict, clara, side=side)
    deciding.undo(edition, clara)
    assert len(conflicts.every(edition)) == 1


def test_a_value_of_ones_own(apart: Apart) -> None:
    edition, clara = apart(lambda e, p: edit(e, p, "артелн", "артели"), lambda e, p: edit(e, p, "артелн", "", "keep"))
    (conflict,) = conflicts.every(edition)
    conflicts.settle(edition, conflict, clara, value="артелей")
    assert "собрания артелей." in reading(edition)
    settled(edition)


@pytest.mark.parametrize(("side", "read"), [(0, "собрания артели."), (1, "общего артели.")])
def test_sides_that_reach_differently_far(apart: Apart, side: int, read: str) -> None:
    edition, clara = apart(
        lambda e, p: edit(e, p, "артелн", "артели"), lambda e, p: edit(e, p, "собрания артелн", "общего артели")
    )  # fmt: skip
    (conflict,) = conflicts.every(edition)
    sides = sorted(range(2), key=lambda n: len(conflict.sides[n].quote))
    conflicts.settle(edition, conflict, clara, side=sides[side])
    assert read in reading(edition)
    settled(edition)


@pytest.mark.parametrize("taken_back", [True, False])
def test_taken_back_by_one_and_built_upon_by_another(apart: Apart, taken_back: bool) -> None:
    def take_back(edition: Edition, person: Person) -> None:
        (entry,) = entries.live(edition.db, "text")
        deciding.revert_all(edition, [entry.id], person)

    edition, clara = apart(take_back, lambda e, p: edit(e, p, "доклад", "сообщение"))
    (conflict,) = conflicts.every(edition)
    side = next(n for n, s in enumerate(conflict.sides) if (s.entry.decision.act == "revert") is taken_back)
    conflicts.settle(edition, conflict, clara, side=side)
    assert ("сообщение" in reading(edition)) is not taken_back
    settled(edition)


@pytest.mark.parametrize("side", [0, 1])
def test_two_states_of_one_document(apart: Apart, side: int) -> None:
    edition, clara = apart(moves("transcribed"), moves("transcribed", "reviewing"))
    (conflict,) = conflicts.every(edition)
    now = states.standing(edition, library.ids(edition)[0])
    assert now.contested and now.state == "transcribed"
    conflicts.settle(edition, conflict, clara, side=side)
    now = states.standing(edition, library.ids(edition)[0])
    assert (now.state, now.contested) == (conflict.sides[side].entry.decision.data["state"], False)
    settled(edition)


def moves(*steps: str) -> Callable[[Edition, Person], None]:
    def go(edition: Edition, person: Person) -> None:
        for to in steps:
            moving.move(edition, library.ids(edition)[0], to, person)

    return go


def test_a_state_is_not_settled_beyond_ones_role(apart: Apart) -> None:
    edition, _ = apart(moves("transcribed"), moves("transcribed", "reviewing"))
    (conflict,) = conflicts.every(edition)
    with edition.writing():
        nina = persons.ensure(edition, "Нина")
    side = next(n for n, s in enumerate(conflict.sides) if s.entry.decision.data["state"] == "reviewing")
    with pytest.raises(RefusedError, match="only editor or reviewer"):
        conflicts.settle(edition, conflict, nina, side=side)
    conflicts.settle(edition, conflict, nina, side=1 - side)
    assert states.standing(edition, library.ids(edition)[0]).state == "transcribed"
    settled(edition)


def claim(edition: Edition, person: Person) -> None:
    moving.claim(edition, library.ids(edition)[0], person)


@pytest.mark.parametrize("side", [0, 1])
def test_two_claims_of_one_document(apart: Apart, side: int) -> None:
    """Who settles it gives it to one of the two and takes nothing himself."""
    edition, clara = apart(claim, claim)
    (conflict,) = conflicts.every(edition)
    conflicts.settle(edition, conflict, clara, side=side)
    assert states.standing(edition, library.ids(edition)[0]).holder == conflict.sides[side].entry.person
    settled(edition)


def test_claims_that_have_ended_contradict_each_other_no_more(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    edition, _ = apart(claim, claim)
    assert len(conflicts.every(edition)) == 1
    monkeypatch.setattr(conflicts, "now", lambda: "2999-01-01T00:00:00.000000Z")
    assert conflicts.every(edition) == []


def test_what_was_asked_about_a_side_stands_with_it(apart: Apart) -> None:
    edition, clara = apart(
        lambda e, p: edit(e, p, "артелн", "артели"), lambda e, p: edit(e, p, "собрания артелн", "общего артели")
    )  # fmt: skip
    (conflict,) = conflicts.every(edition)
    assert set(conflict.readings) == {"собрания артели", "общего артели"}  # both over the whole place
    review.comment(edition, [conflict.sides[0].entry.id], "кто смотрел лист?", clara)
    (conflict,) = conflicts.every(edition)
    assert [[s.words for s in said] for said in conflict.said] == [["кто смотрел лист?"], []]


@pytest.mark.parametrize("side", [0, 1])
def test_two_contents_of_one_added_line(apart: Apart, side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def rewrite(content: str) -> Callable[[Edition, Person], None]:
        def go(edition: Edition, person: Person) -> None:
            desk = Desk(edition, library.ids(edition)[0])
            row = next(r for r in range(desk.lines.row_count) if desk.lines.added_at(r) is not None)
            desk.edit_line(row, content, person)

        return go

    def begin(edition: Edition, person: Person, quote: str, page: str, act: str = "edit") -> None:
        Desk(edition, library.ids(edition)[0]).add_line(0, "приписка", person)

    monkeypatch.setattr("tests.services.test_conflicts.edit", begin)
    edition, clara = apart(rewrite("приписано"), rewrite("пририсовано"))
    (conflict,) = conflicts.every(edition)
    conflicts.settle(edition, conflict, clara, side=side)
    assert (conflict.sides[side].value or "-") in reading(edition).split("\n")
    settled(edition)


def test_conflicts_come_in_the_order_of_the_documents(apart: Apart, tmp_path: Path) -> None:
    """Not of their ids, which are hashes: whoever settles them goes through the list as it is on the screen."""
    names = [f"{n}.txt" for n in range(6)]

    def there(page: str) -> Callable[[Edition, Person], None]:
        def act(edition: Edition, person: Person) -> None:
            for n, name in enumerate(names):
                (tmp_path / name).write_text(f"{n} {TEXT}", "utf-8")
                list(adding.add(edition, [tmp_path / name]))
                asked = {"act": "edit", "transcript": name, "start": 2, "end": 10, "page": page, "class": "ocr"}
                deciding.record_all(edition, [asked], person)

        return act

    edition, _ = apart(there("Отчёт"), there("Отчет"))
    numbers = [library.number(edition, c.document or "") for c in conflicts.every(edition)]
    assert numbers == [1, 2, 3, 4, 5, 6]
