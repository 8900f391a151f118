"""What a decision rests on when nobody says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services.conftest import someone
from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.services import deciding
from workbench.services.clock import now
from workbench.services.document.desk import Desk
from workbench.services.grounds import of_collation
from workbench.store import suggestions, texts

Make = Callable[[str], Desk]


@pytest.mark.parametrize(
    ("collated", "ground"),
    [
        ("", "internal"), ("подлинник", "page"), ("с подлинником, РГАСПИ", "page"), ("Microfilm 12", "page"),
        ("the original", "page"), ("публикация 1995 г.", "external"), ("by heart", "internal"),
    ],
)  # fmt: skip
def test_what_a_document_was_collated_with_is_the_ground_of_what_is_decided_in_it(
    made_of: Make, collated: str, ground: str
) -> None:
    assert of_collation(collated) == ground
    desk = made_of("Пишу из Тверн.\n")
    person = someone(desk)
    asked = {"act": "describe", "document": desk.document, "fields": {"collated": collated}}
    deciding.record_all(desk.edition, [asked], person)
    (made,) = desk.edit_line(0, "Пишу из Твери.", person)
    assert made.decision.ground == ground


def test_a_reading_that_a_witness_has_rests_on_the_witness(made_of: Make) -> None:
    desk = made_of("Пишу из Тверн.\n")
    evidence = Evidence.of("witness-reads", name="b.txt", reading="Твери")
    one = Suggestion(
        start=8, end=13, quote="Тверн", kind="word", change="ocr", suggester="words", version="1",
        candidates=(Candidate(text="Твери", ppm=600_000), Candidate(text="Тверь", ppm=300_000)), evidence=(evidence,),
    )  # fmt: skip
    (row,) = texts.all_texts(desk.edition.db)
    with desk.edition.writing() as db:
        run = suggestions.Run(engine="t", version="1", started=now())
        suggestions.replace_all(db, row.sha, [one], run)
    place = desk.next_open(None)
    assert place is not None
    desk.point_at(place)
    assert desk.accept(place, 0, someone(desk)).decision.ground == "witness"
    desk.undo(someone(desk))
    place = desk.next_open(None)
    assert place is not None
    desk.point_at(place)
    assert desk.accept(place, 1, someone(desk)).decision.ground == "internal"
