"""Read marks: a mark vouches for one reading of its line, and for no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import someone
from workbench.core.errors import RefusedError
from workbench.core.line_reading import vouched
from workbench.services import deciding
from workbench.services.document import reading
from workbench.services.document.desk import Desk
from workbench.store import entries, projections

TEXT = "Первая строка.\n\nВторая стро-\nка тут.\n   \nПоследняя строка.\n"
Make = Callable[[str], Desk]


def test_only_lines_with_something_on_them_are_counted_and_visited(made_of: Make) -> None:
    desk = made_of(TEXT)
    assert reading.progress(desk) == reading.LinesRead(lines=4, read=0)
    assert list(reading.unread_rows(desk)) == [0, 2, 3, 5]
    assert [reading.next_line(desk, row) for row in (0, 3, 5)] == [2, 5, None]


def test_a_line_that_was_read_is_passed_over_until_somebody_changes_it(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    reading.mark_read(desk, 0, person)
    assert desk.lines.rows(0, 1)[0].read
    assert list(reading.unread_rows(desk)) == [2, 3, 5]
    desk.edit_line(0, "Первая строчка.", person)
    assert not desk.lines.rows(0, 1)[0].read
    assert list(reading.unread_rows(desk)) == [0, 2, 3, 5]


def test_taking_the_change_back_makes_the_line_read_again(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    reading.mark_read(desk, 0, person)
    desk.edit_line(0, "Первая строчка.", person)
    desk.undo(person)
    assert desk.lines.rows(0, 1)[0].read


def test_undo_takes_the_mark_back_too(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    reading.mark_read(desk, 2, person)
    desk.undo(person)
    assert reading.progress(desk).read == 0
    desk.redo(person)
    assert reading.progress(desk).read == 1


def test_a_join_over_a_line_end_voids_the_marks_of_both_lines(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    for row in (2, 3):
        reading.mark_read(desk, row, person)
    at = TEXT.index("стро-\nка")
    text = desk.lines.parts[0].stretch.text
    asked = {"transcript": text, "start": at, "end": at + 8, "act": "edit", "page": "строка", "class": "layout"}
    deciding.record_all(desk.edition, [asked], person)
    assert [row.read for row in desk.lines.rows(2, 4)] == [False, False]


def test_a_mark_holds_the_hash_of_the_reading_and_the_raw_line(made_of: Make) -> None:
    desk = made_of(TEXT)
    entry = reading.mark_read(desk, 0, someone(desk))
    assert entry.decision.quote == "Первая строка."
    assert entry.decision.data == {"hash": vouched("Первая строка.")}


def test_there_is_nothing_to_read_in_an_empty_line(made_of: Make) -> None:
    desk = made_of(TEXT)
    with pytest.raises(RefusedError, match="nothing to read"):
        reading.mark_read(desk, 1, someone(desk))


_gesture = st.one_of(
    st.tuples(st.just("read"), st.sampled_from([0, 2, 3, 5]), st.just("")),
    st.tuples(st.just("edit"), st.sampled_from([0, 2, 3, 5]), st.sampled_from(["", "новое", "а\u0301 б"])),
    st.tuples(st.sampled_from(["undo", "redo"]), st.just(0), st.just("")),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestures=st.lists(_gesture, max_size=12))
def test_the_projection_is_what_the_marks_and_the_readings_say(
    made_of: Make, gestures: list[tuple[str, int, str]]
) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    for act, row, words in gestures:
        if act == "edit":
            desk.edit_line(row, words, person)
        elif act == "read" and desk.line_reading(row).strip():
            reading.mark_read(desk, row, person)
        elif act in ("undo", "redo"):
            getattr(desk, act)(person)
    live = {(e.decision.start, e.decision.data["hash"]) for e in entries.live(desk.edition.db, "read")}
    for line in desk.lines.rows(0, 6):
        _, start, _ = desk.line_span(line.number)
        assert line.read == ((start, vouched(desk.line_reading(line.number))) in live), line.number
    kept = desk.edition.db.execute("SELECT * FROM read_lines ORDER BY text, line").fetchall()
    with desk.edition.writing() as db:
        projections.rebuild(db)
    assert desk.edition.db.execute("SELECT * FROM read_lines ORDER BY text, line").fetchall() == kept
