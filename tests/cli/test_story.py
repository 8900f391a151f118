"""Three people, two machines, two letters of the 1930s: from the raw OCR to texts that somebody signed for.

Clara edits, Anna transcribes beside her, Boris at home. Everything goes through the command line but what the screen
alone does: settling a conflict.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Ran, done, lines, one_line, run
from tests.store.workspace import REPOSITORY
from workbench.services import persons
from workbench.services.edition import open_edition
from workbench.services.reviewing import conflicts

CLARA, ANNA, BORIS = "Клара Зайцева", "Анна Ивлева", "Борис Ветров"
NOTE, STATEMENT = "000_83be817f1f53dc58.txt", "003_d5f9951248d8ecc5.txt"
LETTERS = {name: (REPOSITORY / "transcripts" / name).read_text("utf-8") for name in (NOTE, STATEMENT)}


@dataclass(frozen=True, slots=True)
class Machine:
    """A copy of the edition, at which one person or another sits."""

    folder: Path

    def __call__(self, person: str, *words: object, stdin: str = "") -> Ran:
        return done("-C", self.folder, "--person", person, *words, stdin=stdin)

    def refuses(self, person: str, *words: object) -> str:
        return one_line(run("-C", self.folder, "--person", person, *words))

    def decide(self, person: str, *records: dict[str, Any]) -> list[str]:
        return [r["id"] for r in self(person, "decide", "--atomic", stdin=lines(records)).records]

    def waits(self, *words: str) -> dict[str, dict[str, Any]]:
        """What waits for a second look, by what is decided about."""
        ran = run("-C", self.folder, "review", "list", "--json", *words)
        return {record["quote"]: record for record in ran.records}

    def states(self) -> list[str]:
        return [r["state"] for r in self(CLARA, "list", "--json").records]

    def history(self) -> set[str]:
        return {r["id"] for r in self(CLARA, "log", "--json").records}


def at(name: str, quote: str, act: str = "edit", /, **more: Any) -> dict[str, Any]:
    """A record about the first place of a quote in a letter; `ocr` is short for a misreading put right."""
    start = LETTERS[name].index(quote)
    if "ocr" in more:
        more = {"page": more.pop("ocr"), "class": "ocr", **more}
    return {"act": act, "transcript": name, "start": start, "end": start + len(quote), "before": quote, **more}


def settle(machine: Machine, person: str, chosen: str, reason: str) -> None:
    """What the screen of conflicts does when a side is taken."""
    with open_edition(machine.folder) as edition:
        (conflict,) = conflicts.every(edition)
        side = conflict.readings.index(chosen)
        conflicts.settle(edition, conflict, persons.known(edition, person), side=side, reason=reason, ground="page")


@pytest.fixture
def office(here: Path) -> Machine:
    """The edition as Clara made it: two letters, three people, work given out."""
    machine = Machine(here / "office")
    done("init", machine.folder)
    machine(CLARA, "add", *(REPOSITORY / "transcripts" / name for name in LETTERS))
    machine(CLARA, "persons", "add", CLARA, "--role", "editor")
    machine(CLARA, "assign", "1", ANNA)
    machine(CLARA, "assign", "2", BORIS)
    machine(CLARA, "describe", "2", "author=Зиновьев Г. Е.", "date=3 декабря 1932 г.", "kind=заявление")
    return machine


def carried(machine: Machine, documents: Sequence[str], to: Path) -> Machine:
    """A bundle on its way to another machine, unpacked there."""
    machine(CLARA, "bundle", *documents, "-o", to.with_suffix(".zip"))
    shutil.unpack_archive(to.with_suffix(".zip"), to.parent)
    return Machine(to)


def test_from_raw_ocr_to_texts_that_somebody_signed_for(office: Machine, here: Path) -> None:
    # Boris takes the second letter home and says that he is at it; Anna begins with the first.
    home = carried(office, ["2"], here / "home")
    assert [r["transcripts"] for r in home(BORIS, "list", "--json").records] == [[STATEMENT]]
    home(BORIS, "claim", STATEMENT)
    home.decide(
        BORIS,
        at(STATEMENT, "тов.И.В.СТАЛИНУ", reading="тов. И. В. СТАЛИНУ", **{"class": "normalise"}),
        at(STATEMENT, "Кустанай", ocr="Кустанай,", ground="conjecture", certainty="low"),
        at(STATEMENT, "Читал.", "zone", kind="acknowledgement", hand="ink"),
        at(STATEMENT, "ЦКК", "content_note", body="Центральная контрольная комиссия"),
    )
    home(BORIS, "state", STATEMENT, "transcribed")
    office.decide(
        ANNA,
        at(NOTE, "ПОЛИТЕБЮРО", ocr="ПОЛИТБЮРО"),
        at(NOTE, "Калинин", ocr="Калинину", ground="internal", reason="все имена в дательном падеже"),
        at(NOTE, "Каранович", ocr="Коганович", ground="conjecture", certainty="low"),
        at(NOTE, "Разосланы 4.7 1933", page="Разосланы 4.I 1934", **{"class": "unseen"}),
    )

    # Anna passes by the other letter and, not knowing what Boris does at home, puts a word of it otherwise.
    office.decide(ANNA, at(STATEMENT, "Кустанай", ocr="Кустанаи"))

    # Boris brings his work back. Nothing of anybody's is overwritten: where both decided, the raw text shows.
    merged = run("-C", office.folder, "merge", home.folder, "--json")
    assert merged.code == 1 and merged.records[0]["conflicts"] == 1 and merged.records[0]["transcripts"] == 0
    assert "сегодня в Кустанай и обращаюсь" in office(CLARA, "show", "2", "--text", "search").out
    settle(office, CLARA, "Кустанай,", "запятая видна на листе")
    assert "сегодня в Кустанай, и обращаюсь" in office(CLARA, "show", "2", "--text", "search").out
    assert office(CLARA, "status", "--json").records[0]["conflicts"] == 0

    # Clara reviews the first letter. She doubts a name, amends a date, and approves what else Anna did, at one stroke.
    office(ANNA, "state", "1", "transcribed")
    assert "only editor or reviewer" in office.refuses(ANNA, "state", "1", "reviewing")
    office(CLARA, "state", "1", "reviewing")
    waits = office.waits("1")
    assert waits["Каранович"]["concerns"] == ["low", "conjecture", "name"]
    assert "name" in waits["Разосланы 4.7 1933"]["concerns"]
    office(CLARA, "review", "dispute", waits["Каранович"]["entry"], "--reason", "такой фамилии нет; Каганович?")
    amended = office(
        CLARA, "review", "amend", waits["Разосланы 4.7 1933"]["entry"], "Разосланы 4.I 1934 г", "--reason", "и точка"
    ).records[0]["id"]
    office(CLARA, "review", "approve", "--by", ANNA, "--except", waits["Каранович"]["entry"], "--yes")
    assert "are disputed or in conflict" in office.refuses(CLARA, "state", "1", "approved")

    # Anna sees what came back, with the reasons; puts the name right, and agrees with the date.
    back = {r["quote"]: r for r in office(ANNA, "returned", "--json").records}
    assert back["Каранович"]["by"][-1]["reason"] == "такой фамилии нет; Каганович?"
    assert back["Разосланы 4.7 1933"]["now"] == "Разосланы 4.I 1934 г"
    (name,) = office.decide(ANNA, at(NOTE, "Каранович", ocr="Каганович", ground="internal", reason="ср. список"))
    office(ANNA, "review", "approve", amended)
    assert "is your own" in office.refuses(ANNA, "review", "approve", name)
    office(CLARA, "review", "approve", name)
    assert office.waits("1") == {}

    # How good is it? Lines at random, looked at by Boris, who does not see whose they are.
    drawn = office(CLARA, "sample", "draw", "1", "--characters", 1000, "--seed", 7).records[0]
    blind = office(BORIS, "sample", "lines").records
    assert len(blind) == drawn["lines"] and ANNA not in json.dumps(blind, ensure_ascii=False)
    answers = [{"line": one["line"], "truth": one["reading"]} for one in blind]
    answers[0]["truth"] += "!"
    office(BORIS, "sample", "answer", stdin=lines(answers))
    report = office(CLARA, "sample", "report", "--json").records[0]
    assert (report["looked_at"], report["errors"], report["meets_standard"]) == (drawn["lines"], 1, False)
    survived = {r["name"]: r for r in office(CLARA, "statistics", "1", "--json").records[0]["persons"]}
    assert survived[ANNA]["judged"] >= 4 and survived[ANNA]["survived"] >= 2

    # Clara signs for the first letter; a second thought of Anna's opens it again, taking it back closes it.
    office(CLARA, "state", "1", "approved")
    office.decide(ANNA, at(NOTE, "Чубарю", "keep"))
    assert office.states() == ["reopened", "transcribed"]
    office(ANNA, "undo")
    assert office.states() == ["approved", "transcribed"]

    # The texts go out with their notes, and say that nobody has seen the page.
    office(CLARA, "export", "--format", "md", "-o", here / "clean")
    first, second = (path.read_text("utf-8") for path in sorted((here / "clean").iterdir()))
    assert "ПОЛИТБЮРО: т. т. Андрееву" in first and "Каганович" in first and "Коганович" not in first
    assert "С подлинником не сверено." in first and "Центральная контрольная комиссия" in second

    # Boris takes all of it home. Both machines have one history, and it is intact.
    run("-C", home.folder, "merge", office.folder)
    assert home.history() == office.history() and len(home(BORIS, "list", "--json").records) == 2
    assert home.states() == office.states() == ["approved", "transcribed"]
    for machine in (office, home):
        assert "the journal is intact" in machine(CLARA, "verify").out
