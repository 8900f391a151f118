"""What decisions teach: confusions of letters, and nothing from what was not the machine's fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.services import adding, deciding, library
from workbench.services.edition import Edition, init
from workbench.services.persons import Person
from workbench.services.suggestions import suggesting
from workbench.services.suggestions.learning import learnt

TEXT = "Всем райкомам паргии и слискам.\nКопия вьіслана. Пижьмо. Снова пижьмо, а отправил пижьмо.\n"


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, "utf-8")
    with init(tmp_path / "edition") as made:
        list(adding.add(made, [source]))
        yield made


def decide(edition: Edition, person: Person, quote: str, **fields: object) -> None:
    start = TEXT.index(quote)
    asked = {"act": "edit", "transcript": "a.txt", "start": start, "end": start + len(quote), **fields}
    deciding.record_all(edition, [asked], person)


def test_corrections_teach_which_letters_are_confused(edition: Edition, person: Person) -> None:
    decide(edition, person, "паргии", page="партии", page_class="ocr")
    decide(edition, person, "вьіслана", page="выслана", page_class="ocr")
    known = learnt(edition)
    assert known.confusions == {"г": {"т": 1}, "ьі": {"ы": 1}}
    assert known.decided["г"] == known.decided["па"] == known.decided["ьі"] > 1


def test_an_undone_decision_teaches_nothing(edition: Edition, person: Person) -> None:
    decide(edition, person, "паргии", page="партии", page_class="ocr")
    deciding.undo(edition, person)
    assert learnt(edition).confusions == {}


def test_the_documents_own_faults_teach_nothing(edition: Edition, person: Person) -> None:
    """Neither what nobody has seen on the page, nor what the reading text repairs."""
    decide(edition, person, "паргии", page="партии", page_class="unseen")
    decide(edition, person, "слискам", reading="спискам", reading_class="slip")
    assert learnt(edition).confusions == {}


def test_what_was_kept_counts_as_rightly_read(edition: Edition, person: Person) -> None:
    decide(edition, person, "паргии", act="keep")
    known = learnt(edition)
    assert known.confusions == {}
    assert known.decided["г"] > 0


def test_the_next_search_knows_what_was_found(edition: Edition, person: Person) -> None:
    """A confusion that no list has: after two corrections the third place gets a better candidate."""

    def chance() -> float:
        start = TEXT.rindex("пижьмо")
        _, slots = suggesting.explain(edition, library.listings(edition)[0].id, start)
        return next((w.probability for slot in slots for w in slot if w.text == "письмо"), 0.0)

    before = chance()
    decide(edition, person, "Пижьмо", page="Письмо", page_class="ocr")
    decide(edition, person, "пижьмо", page="письмо", page_class="ocr")
    assert chance() > before
