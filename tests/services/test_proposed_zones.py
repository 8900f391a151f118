"""Proposed zones at work: accepted they are recorded, kept they are text like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import someone
from workbench import i18n
from workbench.services import adding, deciding, library, persons
from workbench.services.document.desk import Desk
from workbench.services.edition import init
from workbench.services.suggestions import suggesting
from workbench.store import suggestions, texts


def test_a_proposed_zone_is_accepted_as_a_zone_and_kept_as_text(tmp_path: Path) -> None:
    """A correction of a word in it answers nothing about the zone."""
    text = "Секретно.\nТов. Сомову.\nПришлите отчет о селе.\n№ 18/с\n"
    (tmp_path / "z.txt").write_text(text, "utf-8")
    edition = init(tmp_path / "edition")
    list(adding.add(edition, [tmp_path / "z.txt"]))
    suggesting.suggest(edition, library.listings(edition))
    with edition.writing():
        person = persons.ensure(edition, "Нина Петровна Орлова")
    (row,) = [t for t in texts.all_texts(edition.db) if t.name == "z.txt"]
    kept = {k.suggestion.kind: k for k in suggestions.within(edition.db, row.sha, 0, row.length)}

    def answer(act: str, kind: str, **fields: Any) -> str:
        s = kept[kind].suggestion
        asked = {"act": act, "transcript": row.sha, "start": s.start, "end": s.end, **fields}
        return deciding.record_all(edition, [asked], person)[0].id

    answer("edit", "classification", page="Секретно,", page_class="ocr")
    assert {k.suggestion.kind for k in suggestions.within(edition.db, row.sha, 0, row.length)} == kept.keys()
    accepted = answer("accept", "classification", suggestion=kept["classification"].id)
    refused = answer("keep", "office number", suggestion=kept["office number"].id)
    assert suggestions.within(edition.db, row.sha, 0, row.length) == []
    zones = dict(edition.db.execute("SELECT id, json_extract(data, '$.kind') FROM entries WHERE act = 'zone'"))
    assert zones == {accepted: "classification", refused: "body"}


Make = Callable[[str], Desk]


def reading(desk: Desk, row: int) -> str:
    return "".join(segment.text for segment in desk.lines.rows(row, row + 1)[0].reading)


def test_a_line_that_is_proposed_as_a_zone_reads_as_it_was_decided(made_of: Make) -> None:
    """The proposal changes no word: a decision in it is shown once, in its place."""
    desk = made_of("Секретно.\nТов. Сомову.\n№ 18/с\n")
    suggesting.suggest(desk.edition, library.listings(desk.edition))
    assert desk.detail(next(p for p in desk.places(2) if p.kind == "suggestion")).proposed_zone
    desk.edit_line(2, "№ 18/сс", someone(desk))
    assert reading(desk, 2) == "№ 18/сс"


@pytest.mark.parametrize(("language", "said"), [("en", "return stamp"), ("ru", "штамп о возврате")])
def test_a_zone_is_named_after_its_line_with_the_place_where_it_is_printed(
    made_of: Make, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_current", i18n._current)
    i18n.use(language)
    desk = made_of("Вернуть в сектор.\nТов. Сомову.\n")
    person = someone(desk)
    desk.record_at(person, *desk.line_span(0), act="zone", kind="return stamp", hand="ink", person="Сомов")
    desk.record_at(person, *desk.line_span(1), act="zone", kind="addressee")
    (row,) = desk.lines.rows(0, 1)
    assert (row.reading[0].text, row.reading[0].role) == ("Вернуть в сектор.", "dropped")
    name = row.reading[-1].text
    assert said in name and "Сомов" in name and i18n._("printed after the signatures") in name
    assert "⟨" in reading(desk, 1) and i18n._("printed where it stands") not in reading(desk, 1)
    place = desk.place_at(0)
    assert place is not None and said in desk.detail(place).zone and desk.zone_at(place) == "return stamp"


def test_the_edition_settles_where_a_zone_is_printed(made_of: Make) -> None:
    desk = made_of("Тов. Сомову.\n")
    person = someone(desk)
    desk.record_at(person, *desk.line_span(0), act="zone", kind="addressee")
    deciding.put_setting(desk.edition, "style.archival.placing.addressee", "above", person)
    desk.lines.lay_out()
    assert desk.lines.rows(0, 1)[0].reading[0].role == "dropped"
    assert "printed above the text" in reading(desk, 0)
