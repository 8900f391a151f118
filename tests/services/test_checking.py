"""The checking list: printed, filled in, taken back in with the page as ground."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from tests.services.conftest import someone
from workbench.core.errors import RefusedError, UsageError
from workbench.services import checking, checking_sheet, deciding, library
from workbench.services.document.desk import Desk
from workbench.services.persons import Person

TEXT = "Протокол № 5\nСлушали: т. Ивлева <b>\n=СУММ(1)\nвсё\n"
Make = Callable[[str], Desk]


def put(desk: Desk, quote: str, person: Person) -> None:
    """Put a place on the list."""
    start = TEXT.index(quote)
    text = desk.lines.parts[0].stretch.text
    asked = {"act": "check", "transcript": text, "start": start, "end": start + len(quote)}
    deciding.record_all(desk.edition, [asked], person)


def listed(desk: Desk) -> list[checking.Place]:
    return checking.places(desk.edition, library.listings(desk.edition))


def test_places_come_by_reference_and_place_with_their_leaf(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    for quote in ("всё", "№ 5"):
        put(desk, quote, person)
    text = desk.lines.parts[0].stretch.text
    deciding.record_all(
        desk.edition,
        [
            {"act": "describe", "document": desk.document, "fields": {"archive": "ГА", "fond": "7"}},
            {"act": "leaf", "leaf": "12 об.", "transcript": text, "start": 20, "end": 20},
        ],
        person,
    )
    first, second = listed(desk)
    assert (first.reads, first.line, first.leaf) == ("№ 5", 1, "")
    assert (second.reads, second.line, second.leaf) == ("всё", 4, "12 об.")
    assert checking_sheet.reference(first) == "ГА, fond 7"


def test_the_three_sheets_name_every_place_and_keep_hostile_text_harmless(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    for quote in ("Ивлева", "=СУММ(1)"):
        put(desk, quote, person)
    found = listed(desk)
    text, html, table = (checking_sheet.sheet(found, f) for f in checking_sheet.FORMATS)
    for place in found:
        assert place.code in text and place.code in html and place.code in table
    assert "<b>" not in html and "&lt;b&gt;" in html
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert rows[1]["reads"] == "'=СУММ(1)"
    assert [row["answer"] for row in rows] == ["", ""]


@pytest.mark.parametrize(
    ("answer", "act", "page", "reading"),
    [
        ("=", "keep", None, "Ивлева"),
        ("верно", "keep", None, "Ивлева"),
        ("Ивлева", "keep", None, "Ивлева"),
        ("Ивлеву", "edit", "Ивлеву", "Ивлеву"),
        ("?", "unclear", None, "[нрзб.]"),
    ],
)
def test_an_answer_becomes_a_decision_with_the_page_as_its_ground(
    made_of: Make, answer: str, act: str, page: str | None, reading: str
) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    put(desk, "Ивлева", person)
    (place,) = listed(desk)
    given = checking.answers(desk.edition, f"# из читального зала\n{place.code} = {answer}\n")
    made = checking.take_in(desk.edition, given, person)
    decision = made[0].decision
    assert (decision.act, decision.page, decision.ground) == (act, page, "page")
    assert reading in desk.line_reading(1)
    assert listed(desk) == []
    desk.undo(person)
    assert [p.reads for p in listed(desk)] == ["Ивлева"]
    assert "Ивлева" in desk.line_reading(1)


@pytest.mark.parametrize(
    ("answer", "line"),
    [("и", "Вот и групп"), ("ь", "Вот ь групп"), ("∅", "Вот групп"), ("[]", "Вот групп"), ("=", "Вот ь групп")],
)
def test_a_place_keeps_the_blanks_at_its_ends_on_paper_and_when_it_is_answered(
    made_of: Make, answer: str, line: str
) -> None:
    """A stray sign is proposed with the blank beside it; nobody writes that on a list."""
    desk = made_of("Вот ь групп\n")
    person = someone(desk)
    text = desk.lines.parts[0].stretch.text
    deciding.record_all(desk.edition, [{"act": "check", "transcript": text, "start": 4, "end": 6}], person)
    (place,) = listed(desk)
    printed, page, table = (checking_sheet.sheet([place], f) for f in checking_sheet.FORMATS)
    assert "Вот >ь <групп" in printed and "Вот <mark>ь </mark>групп" in page and "Вот [ь ]групп" in table
    checking.take_in(desk.edition, checking.answers(desk.edition, f"{place.code} = {answer}"), person)
    assert desk.line_reading(0) == line
    assert listed(desk) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_table_that_was_written_can_be_filled_in_and_read_again(made_of: Make, delimiter: str) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    put(desk, "Ивлева", person)
    put(desk, "всё", person)
    written = checking_sheet.sheet(listed(desk), "csv")
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    rows[0] |= {"answer": "Ивлеву", "remark": "ясно видно"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    given = checking.answers(desk.edition, out.getvalue())
    assert [a.typed for a in given] == ["Ивлеву"]
    made = checking.take_in(desk.edition, given, person)
    assert made[0].decision.reason == "ясно видно"
    assert [p.reads for p in listed(desk)] == ["всё"]


def test_the_text_that_was_written_is_taken_in_as_it_is_and_what_nobody_filled_in_says_nothing(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    put(desk, "Ивлева", person)
    put(desk, "всё", person)
    first, second = listed(desk)
    written = checking_sheet.sheet([first, second], "text")
    assert checking.answers(desk.edition, written) == []
    filled = written.replace(f"{first.code} = ", f"{first.code} = Ивлеву")
    made, _off = checking.take_in(desk.edition, checking.answers(desk.edition, filled), person)
    assert (made.decision.act, made.decision.page) == ("edit", "Ивлеву")
    assert [p.reads for p in listed(desk)] == ["всё"]


def test_a_place_that_is_not_on_the_list_is_named_and_recorded_nowhere(made_of: Make) -> None:
    desk = made_of(TEXT)
    (answer,) = checking.answers(desk.edition, "abcdef = да\n")
    assert answer.place is None and answer.problem
    assert checking.take_in(desk.edition, [answer], someone(desk)) == []


def test_what_is_neither_a_table_nor_answers_is_refused(made_of: Make) -> None:
    with pytest.raises(UsageError, match="neither"):
        checking.answers(made_of(TEXT).edition, "просто слова\n")


def test_one_refusal_refuses_all_and_names_the_place(made_of: Make) -> None:
    """A decision that reaches beyond the place would be cut."""
    desk = made_of(TEXT)
    person = someone(desk)
    put(desk, "Ивлева", person)
    put(desk, "всё", person)
    places = listed(desk)
    start = TEXT.index("т. Ивлева")
    text = desk.lines.parts[0].stretch.text
    deciding.record_all(
        desk.edition, [{"act": "edit", "page": "тов. Ивлев", "transcript": text, "start": start, "end": start + 9}],
        person,
    )  # fmt: skip
    given = checking.answers(desk.edition, "\n".join(f"{p.code} = нечто" for p in places))
    with pytest.raises(RefusedError, match=places[0].code):
        checking.take_in(desk.edition, given, person)
    assert len(listed(desk)) == 2


def test_a_decision_made_from_the_page_since_answers_the_place_too(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    put(desk, "всё", person)
    start = TEXT.index("всё")
    text = desk.lines.parts[0].stretch.text
    asked = {"act": "keep", "ground": "page", "transcript": text, "start": start, "end": start + 3}
    deciding.record_all(desk.edition, [asked], person)
    assert listed(desk) == []


def test_as_read_confirms_each_decision_with_its_own_values(made_of: Make) -> None:
    """A fault of the document that stays one is not made a misreading by being looked at."""
    desk = made_of(TEXT)
    person = someone(desk)
    start = TEXT.index("Ивлева")
    text = desk.lines.parts[0].stretch.text
    where = {"transcript": text, "start": start, "end": start + 6}
    fault = {**where, "act": "edit", "reading": "Ивлев", "reading_class": "source", "reason": "так"}
    deciding.record_all(desk.edition, [fault, {**where, "act": "check"}], person)
    (place,) = listed(desk)
    made = checking.take_in(desk.edition, checking.answers(desk.edition, f"{place.code} = ="), person)
    decision = made[0].decision
    assert (decision.reading, decision.reading_class, decision.ground) == ("Ивлев", "source", "page")
    assert not made[0].supersedes
    assert listed(desk) == []


def test_a_page_that_has_what_the_machine_read_ends_a_wrong_correction(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    desk.edit_line(1, "Слушали: т. Орлова <b>", person)
    put(desk, "Ивлева", person)
    (place,) = listed(desk)
    assert place.reads == "Орлова"
    checking.take_in(desk.edition, checking.answers(desk.edition, f"{place.code} = Ивлева"), person)
    assert desk.line_reading(1) == "Слушали: т. Ивлева <b>"
