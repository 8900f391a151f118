"""A small edition on which two persons worked and one reviewed: what its statistics and its snapshot are made of."""

from __future__ import annotations

from dataclasses import dataclass

from tests.services.conftest import propose, someone
from workbench.core.entry import Entry
from workbench.services import deciding
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.reviewing import review

TEXT = (
    "Дорогой Павел!\n"
    "Пишу тебе из Тверн о нашем саде.\n"
    "Яблонн давно отцвелн, а вишнн еще нет.\n"
    "Брат был здесь 4.7 и уехал.\n"
    "\n"
    "Твой Иван Смернов\n"
)
PROPOSED = [
    ("Тверн", "Твери", 900_000, "word"), ("Яблонн", "Яблони", 900_000, "word"),
    ("отцвелн", "отцвели", 800_000, "word"), ("вишнн", "вишни", 700_000, "word"),
    ("саде", "сада", 600_000, "word"), ("Брат", "Врат", 600_000, "word"),
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """The edition, its persons and its entries by the raw text that they are about."""

    edition: Edition
    anna: Person
    boris: Person
    editor: Person
    by_quote: dict[str, Entry]


def reviewed(desk: Desk, title: str = "Письмо") -> Reviewed:
    """Anna answers suggestions, Boris decides on his own; the editor approves, disputes, amends and takes back.

    Anna: Тверн (approved), Яблонн (approved; in one batch with вишнн), отцвелн (edited, nobody looked), вишнн (amended
    by the editor), саде (kept). Boris: Смернов on conjecture (disputed), 4.7 (twice: he replaced his own answer), Павел
    (taken back by the editor).
    """
    edition = desk.edition
    anna, boris, editor = someone(desk, "Анна"), someone(desk, "Борис"), someone(desk, "Редактор")
    propose(desk, TEXT, PROPOSED)
    found: dict[str, Entry] = {}

    def decide(person: Person, *asked: dict[str, object], batch: str | None = None) -> None:
        records = []
        for one in asked:
            quote = str(one["quote"])
            start = TEXT.index(quote)
            rest = {name: value for name, value in one.items() if name != "quote"}
            (text,) = (text for (text,) in edition.db.execute("SELECT sha256 FROM texts"))
            records.append({"transcript": text, "start": start, "end": start + len(quote), "before": quote, **rest})
        for entry in deciding.record_all(edition, records, person, batch=batch):
            found[str(entry.decision.quote)] = entry

    def proposed(quote: str) -> str:
        row = edition.db.execute("SELECT id FROM suggestions WHERE quote = ?", (quote,)).fetchone()
        return str(row[0])

    decide(anna, {"quote": "Тверн", "act": "accept", "suggestion": proposed("Тверн")})
    decide(
        anna,
        {"quote": "Яблонн", "act": "accept", "suggestion": proposed("Яблонн")},
        {"quote": "вишнн", "act": "accept", "suggestion": proposed("вишнн")},
        batch="fruit",
    )
    decide(anna, {"quote": "отцвелн", "act": "edit", "page": "отцвело", "suggestion": proposed("отцвелн")})
    decide(anna, {"quote": "саде", "act": "keep", "suggestion": proposed("саде")})
    decide(boris, {"quote": "Смернов", "act": "edit", "page": "Смирнов", "ground": "conjecture", "certainty": "low"})
    decide(boris, {"quote": "4.7", "act": "edit", "page": "4.VII"})
    decide(boris, {"quote": "4.7", "act": "edit", "page": "4.I", "class": "unseen"})
    decide(boris, {"quote": "Павел", "act": "edit", "page": "Петр"})
    review.approve(edition, [found["Тверн"].id, found["Яблонн"].id], editor)
    review.dispute(edition, [found["Смернов"].id], "в описи «Смернов»", editor)
    review.amend(edition, found["вишнн"], "Вишни", "с прописной", editor)
    deciding.revert_all(edition, [found["Павел"].id], editor)
    if title:
        fields = {"act": "describe", "document": desk.document, "fields": {"title": title}}
        deciding.record_all(edition, [fields], editor)
    return Reviewed(edition=edition, anna=anna, boris=boris, editor=editor, by_quote=found)
