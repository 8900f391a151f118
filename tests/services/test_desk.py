"""The desk without a screen: places, the edit law on real lines, the two sides of a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.errors import RefusedError
from workbench.core.suggestion import Candidate, Suggestion
from workbench.services import adding, deciding, library, persons
from workbench.services.clock import now
from workbench.services.document.desk import Desk
from workbench.services.document.rows import Row
from workbench.services.edition import Edition, again, init
from workbench.services.persons import Person
from workbench.store import suggestions, texts

TEXT = "Акт от 3 мая\nо приемке ма-\nшин и **зерна**\r\n\nвсего 12 пуд.\n"


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    source = tmp_path / "akt.txt"
    source.write_bytes(TEXT.encode())
    with init(tmp_path / "edition") as made:
        list(adding.add(made, [source]))
        yield made


@pytest.fixture
def desk(edition: Edition) -> Desk:
    return Desk(edition, library.listings(edition)[0].id)


def put(edition: Edition, quote: str, *answers: str) -> None:
    """Suggest something about the first place of a quote."""
    (row,) = texts.all_texts(edition.db)
    start = TEXT.index(quote)
    one = Suggestion(
        start=start, end=start + len(quote), quote=quote, kind="word", change="ocr", suggester="t", version="1",
        candidates=tuple(Candidate(text=a, ppm=400_000) for a in answers),
    )  # fmt: skip
    with edition.writing() as db:
        suggestions.replace_all(db, row.sha, [one], suggestions.Run(engine="t", version="1", started=now()))


def sides(row: Row) -> tuple[str, str]:
    return "".join(s.text for s in row.raw), "".join(s.text for s in row.reading)


def test_the_raw_side_is_the_file_and_the_reading_side_lacks_its_markup(desk: Desk) -> None:
    rows = desk.lines.rows(0, 9)
    assert [sides(r)[0] for r in rows] == TEXT.replace("\r", "").splitlines()
    assert sides(rows[2])[1] == "шин и зерна"
    assert [r.line for r in rows] == [1, 2, 3, 4, 5]


def test_any_range_of_rows_is_a_slice_of_all(desk: Desk, person: Person) -> None:
    desk.edit_line(1, "о приемке машин", person)
    whole = desk.lines.rows(0, 5)
    for first in range(6):
        for last in range(first, 6):
            assert desk.lines.rows(first, last) == whole[first:last]


def test_the_places_of_a_row_are_suggestions_decisions_and_the_words_between(
    edition: Edition, desk: Desk, person: Person
) -> None:
    put(edition, "мая", "мая:")
    assert [(TEXT[p.start : p.end], p.kind) for p in desk.places(0)] == [
        ("Акт", "word"), ("от", "word"), ("3", "word"), ("мая", "suggestion"),
    ]  # fmt: skip
    desk.keep(desk.places(0)[3], person)
    assert [p.kind for p in desk.places(0)] == ["word", "word", "word", "decision"]


def test_steps_walk_every_place_there_and_back(edition: Edition, desk: Desk) -> None:
    put(edition, "ма-\nшин", "машин")
    forth = [desk.place_at(0)]
    while (place := forth[-1]) is not None:
        forth.append(desk.step(place, 1))
    places = [p for p in forth if p is not None]
    assert [TEXT[p.start : p.end] for p in places] == [
        "Акт", "от", "3", "мая", "о", "приемке", "ма-\nшин", "и", "зерна", "всего", "12", "пуд", ".",
    ]  # fmt: skip
    back = [places[-1]]
    while (before := desk.step(back[-1], -1)) is not None:
        back.append(before)
    assert back[::-1] == places


def test_a_joined_word_is_read_on_its_first_line_and_leaves_the_next(desk: Desk, edition: Edition) -> None:
    put(edition, "ма-\nшин", "машин")
    rows = desk.lines.rows(1, 3)
    assert [sides(r) for r in rows] == [("о приемке ма-", "о приемке машин"), ("шин и **зерна**", " и зерна")]
    marks = {s.mark for r in rows for s in r.raw if s.mark}
    assert len(marks) == 1


def test_nothing_and_something_put_in_can_be_seen(desk: Desk, person: Person) -> None:
    desk.edit_line(4, "всего 12 !пуд", person)
    (row,) = desk.lines.rows(4, 5)
    assert sides(row) == ("всего 12 ∅пуд.", "всего 12 !пуд∅")


def test_an_answer_equal_to_the_raw_text_keeps_it(edition: Edition, desk: Desk, person: Person) -> None:
    put(edition, "мая", "маяк")
    place = desk.next_open(None)
    assert place is not None
    assert desk.answer(place, "мая", person).decision.act == "keep"
    assert desk.counts().open == 0


def test_what_was_decided_elsewhere_in_the_meantime_is_not_overwritten(
    edition: Edition, desk: Desk, person: Person
) -> None:
    """A screen that shows an old state cannot supersede what it never saw."""
    put(edition, "мая", "маяк")
    place = desk.next_open(None)
    assert place is not None
    wider = {"act": "edit", "transcript": "akt.txt", "start": place.start - 2, "end": place.end, "page": "З мая"}
    deciding.record_all(edition, [wider], person)
    with pytest.raises(RefusedError):
        desk.keep(place, person)


def test_an_edited_line_is_one_batch_and_one_undo(desk: Desk, person: Person) -> None:
    made = desk.edit_line(0, "Акты от 5 мая", person)
    assert len(made) == 2
    assert len({e.batch for e in made}) == 1
    assert desk.line_reading(0) == "Акты от 5 мая"
    assert len(desk.undo(person)) == 2
    assert desk.line_reading(0) == "Акт от 3 мая"
    assert len(desk.redo(person)) == 2
    assert desk.line_reading(0) == "Акты от 5 мая"


lines = st.text("абв 1.-[]<", max_size=14)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 4), lines), max_size=6))
def test_an_edited_line_reads_as_it_was_typed(
    edition: Edition, desk: Desk, person: Person, edits: list[tuple[int, str]]
) -> None:
    """Whatever was decided before, on this line or over its end, the line then reads as the person left it."""
    for row, new in edits:
        before = [desk.line_reading(n) for n in range(5)]
        desk.edit_line(row, new, person)
        after = [desk.line_reading(n) for n in range(5)]
        assert after[row] == new
        assert "".join(after) == "".join(new if n == row else old for n, old in enumerate(before))


def test_what_somebody_else_decided_since_a_place_was_shown_is_not_overwritten(
    edition: Edition, desk: Desk, person: Person
) -> None:
    put(edition, "приемке", "приёмке")
    place = desk.next_open(None)
    assert place is not None
    desk.point_at(place)
    with again(edition) as theirs:
        with theirs.writing():
            other = persons.ensure(theirs, "Павел Сомов")
        Desk(theirs, desk.document).keep(place, other)
    with pytest.raises(RefusedError):
        desk.accept(place, 0, person)
    desk.point_at(place)  # shown again, with what was decided
    assert desk.answer(place, "приёмке", person).supersedes
