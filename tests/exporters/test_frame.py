"""What an export says besides its text, and the plain and the search text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.exporters.letter import letter, sheet
from workbench.core.apparatus import Note
from workbench.core.printing import Block, Inline, Printed, TextKind
from workbench.exporters import EXPORTERS, Export
from workbench.exporters.frame import kind_name, legend, statement, words_of
from workbench.exporters.plain import write_plain


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ({}, "Место хранения не установлено."),
        ({"copy": "копия"}, "Место хранения не установлено. Копия."),
        ({"archive": "Архив г. Лужки."}, "Архив г. Лужки."),
        ({"archive": "Архив", "fond": "5", "delo": "23а"}, "Архив. Ф. 5. Д. 23а."),
        ({"fond": "5", "leaves": "4 об."}, "Ф. 5. Л. 4 об."),
        ({"archive": "Архив", "technique": "рукопись", "copy": "подлинник"}, "Архив. Подлинник. Рукопись."),
    ],
)
def test_the_legend_cites_what_is_known(description: dict[str, str], expected: str) -> None:
    """In the order of a citation, each part with one full stop; what is unknown is left out, never invented."""
    assert legend(description, "ru") == expected


@pytest.mark.parametrize(
    ("kind", "collated", "name"),
    [
        ("diplomatic", None, "Исправленное машинное чтение"),
        ("diplomatic", "подлинник", "Дипломатический текст"),
        ("reading", None, "Текст для чтения"),
        ("reading", "подлинник", "Текст для чтения"),
    ],
)
def test_nothing_is_called_diplomatic_that_nobody_collated(kind: TextKind, collated: str | None, name: str) -> None:
    export = letter(kind)
    export = replace(export, description={**export.description, **({"collated": collated} if collated else {})})
    assert kind_name(export) == name
    assert (
        write_plain(export)
        .splitlines()[-1]
        .startswith(f"{name}. " + (f"Сверено: {collated}." if collated else "С подлинником не сверено."))
    )


def test_the_statement_of_a_diplomatic_text_says_nothing_of_style() -> None:
    """No rule and no treatment of faults was applied to it."""
    assert statement(letter("diplomatic")) == ["С подлинником не сверено."]
    assert len(statement(letter("reading"))) == 4


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "So in the document."),
        ("see line 4", "So in the document. See line 4."),
        ("sic!", "So in the document. Sic!"),
        ("  blurred…  ", "So in the document. Blurred…"),
        ("{page} {0} %s", "So in the document. {page} {0} %s."),
    ],
)
def test_a_note_says_its_class_and_then_the_words_of_the_person(body: str, expected: str) -> None:
    """Braces of a person are no parameters."""
    assert words_of(Note(series="textual", code="as-in-document", body=body), "en") == expected


def test_parameters_of_a_note_are_said_as_they_are() -> None:
    """A reading with braces in it is no template either."""
    note = Note(series="textual", code="fault-corrected", params=(("page", "{expected}"),))
    assert words_of(note, "en") == "In the document: {expected}."


def test_a_range_has_its_letter_at_both_ends_and_a_word_at_its_end() -> None:
    """⟨а–а⟩ in the notes for what reaches over several words; numbers of content notes are never ranges."""
    written = write_plain(letter())
    assert "⟨а⟩31 апреля⟨а⟩" in written and "\n⟨а–а⟩ " in written
    assert " Хрулев⟨е⟩ " in written and "\n⟨е⟩ " in written
    assert "«Заря⟨1⟩»" in written and "\n⟨1⟩ " in written


def test_a_range_of_one_series_is_none_of_the_other() -> None:
    """Two notes of different series may carry the same label."""
    notes = tuple(Note(series=s, code="person", body="x", label="1") for s in ("textual", "content"))
    inlines = (
        Inline(text="", role="ref-open", note=0), Inline(text="овёс и рожь"), Inline(text="", role="ref", note=0),
        Inline(text="", role="ref", note=1),
    )  # fmt: skip
    printed = Printed(blocks=(Block(section="here", zone=None, inlines=inlines),), notes=notes)
    written = write_plain(sheet(printed=printed))
    assert "⟨1⟩овёс и рожь⟨1⟩⟨1⟩" in written
    assert "Textual notes\n⟨1–1⟩ X.\n\nNotes\n⟨1⟩ X.\n" in written


def test_zones_stand_where_the_style_places_them() -> None:
    """The classification above, the resolution under a heading after the text, a note on a passage among the notes."""
    written = write_plain(letter())
    order = ["Не подлежит оглашению", "Правлению", "Бухгалтер", "Резолюция:\nВыдать", "помета (карандашом): Исполнено"]
    places = [written.index(text) for text in order]
    assert places == sorted(places)
    assert written.count("Исполнено") == 1


def test_the_search_text_is_one_paragraph_a_line_with_its_raw_forms() -> None:
    """No marks, no leaves, no notes, of the frame only the reservation; raw and corrected forms are both found."""
    *lines, reservation = write_plain(letter("search")).splitlines()
    assert reservation == "С подлинником не сверено."
    assert len(lines) == len(letter("search").printed.blocks) == 5
    joined = next(line for line in lines if "станцию" in line)
    text, _, raw = joined.partition("\t")
    assert "отправлено 3 вагона семян" in text and "отправленно" not in text
    assert {"отправленно", "семяи", "12 т"} <= set(raw.removeprefix("Машинное чтение: ").split(" · "))
    assert not any(sign in "".join(lines) for sign in ("⟨", "|л.", "[40]", "[?]"))


@pytest.mark.parametrize("kind", ["diplomatic", "reading", "search"])
@pytest.mark.parametrize("write", EXPORTERS.values(), ids=EXPORTERS)
def test_every_export_of_an_edition_of_one_person_says_so(write: Callable[[Export], str], kind: TextKind) -> None:
    """Once, and in no other edition: the search text in a last line of its own, for it has no frame."""
    words = "Проверено только тем, кто решал."
    assert write(replace(letter(kind), alone=True)).count(words) == 1
    assert words not in write(letter(kind))


def test_a_paragraph_without_corrections_has_no_raw_forms() -> None:
    *lines, _ = write_plain(sheet(("овёс\nрожь",), ("просо",), kind="search")).splitlines()
    assert lines == ["овёс рожь", "просо"]


@pytest.mark.parametrize("kind", ["diplomatic", "reading", "search"])
def test_plain_text_ends_with_one_line_end_and_has_no_others_but_lf(kind: TextKind) -> None:
    written = write_plain(letter(kind))
    assert written.endswith("\n") and not written.endswith("\n\n")
    assert "\r" not in written and "\f" not in written
    assert all(line == line.rstrip() for line in written.split("\n"))
