"""Proposed zones at work: accepted they are recorded, kept they are text like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench.services import adding, deciding, library, persons, suggesting
from workbench.services.edition import init
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
