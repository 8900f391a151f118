"""Reviewing on the command line: what waits, approving, disputing, commenting, taking back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import PERSON, about, decide, done, one_line, run


def made() -> str:
    """The id of a decision by the first person."""
    return decide(about("Тверн", page="Твери", certainty="low"))[0]


def waiting(*words: str) -> list[Any]:
    return run("review", "list", "--json", *words).records


def test_what_nobody_approved_waits_with_why(edition: Path) -> None:
    entry = made()
    (one,) = waiting()
    assert one["entry"] == entry and one["verdict"] == "unreviewed"
    assert one["concerns"] == ["low", "name", "internal"]
    listed = run("review", "list")
    assert listed.code == 1 and "Твери" in listed.out and "[low, name, internal]" in listed.out


def test_another_person_approves_and_it_waits_no_more(edition: Path) -> None:
    entry = made()
    refused = run("review", "approve", entry)
    assert refused.code != 0 and "your own" in refused.err
    done("--person", "Редактор", "review", "approve", entry[:10])
    assert waiting() == [] and run("review", "list").code == 0
    (item,) = waiting("--all")
    assert item["verdict"] == "approved"
    done("--person", "Редактор", "undo")
    assert len(waiting()) == 1


def test_a_dispute_has_its_reason_and_stands_until_it_is_settled(edition: Path) -> None:
    entry = made()
    assert run("--person", "Редактор", "review", "dispute", entry, "--reason", " ").code != 0
    done("--person", "Редактор", "review", "dispute", entry, "--reason", "в деле «Твери»?")
    done("review", "comment", entry, "--body", "см. л. 3")
    (item,) = waiting("--only", "disputed")
    assert [s["words"] for s in item["said"]] == ["в деле «Твери»?", "см. л. 3"]
    done("--person", "Редактор", "review", "approve", entry)
    assert waiting() == []


def test_what_no_longer_stands_is_not_reviewed(edition: Path) -> None:
    entry = made()
    done("undo")
    refused = run("--person", "Редактор", "review", "approve", entry)
    assert refused.code != 0 and "no longer stands" in refused.err


def test_in_an_edition_of_one_person_its_exports_say_so(edition: Path) -> None:
    entry = made()
    done("settings", "review=alone")
    done("review", "approve", entry)
    assert waiting() == []
    assert (
        "Проверено только тем, кто решал."
        in done("export", "--format", "txt", "1").out + done("export", "--format", "txt", "2").out
    )


EDITOR = "Редактор"


def several() -> dict[str, str]:
    """By two persons, one of whom decided a batch: ids by what is decided about."""
    words = ["Тверн", "саде", "Яблони", "отцвели"]
    made = decide(*(about(word, page=word.upper()) for word in words))
    other = decide(about("Павел", page="Павле"), person="Нина Ким")
    return dict(zip([*words, "Павел"], [*made, *other], strict=True))


def test_one_persons_work_is_approved_as_one_entry_with_exceptions(edition: Path) -> None:
    ids = several()
    assert {r["entry"] for r in waiting("--by", "Нина Ким")} == {ids["Павел"]}
    words = ("--person", EDITOR, "review", "approve", "--by", PERSON, "--except", ids["саде"][:10])
    shown = run(*words)
    assert shown.code == 1 and "nothing was recorded" in shown.err and shown.out.count("\n") == 3
    (said,) = done(*words, "--yes").out.splitlines()[-1:]
    assert set(json.loads(said)["entries"]) == {ids[w] for w in ("Тверн", "Яблони", "отцвели")}
    assert {r["entry"] for r in waiting()} == {ids["саде"], ids["Павел"]}
    done("--person", EDITOR, "undo")
    assert len(waiting()) == 5


def test_what_is_meant_is_said_or_refused(edition: Path) -> None:
    several()
    assert "say which are meant" in one_line(run("--person", EDITOR, "review", "approve"))
    assert "nothing like this" in one_line(run("--person", EDITOR, "review", "approve", "--since", "2999", "--yes"))
    assert "is none of those" in one_line(
        run("--person", EDITOR, "review", "approve", "--by", PERSON, "--except", "ffff", "--yes")
    )
    assert "nothing like this" in one_line(run("review", "approve", "--by", PERSON, "--yes"))  # one's own
    assert "say which are meant" in one_line(run("revert"))


def test_a_persons_work_in_a_period_is_disputed_and_taken_back(edition: Path) -> None:
    ids = several()
    done("--person", EDITOR, "review", "dispute", "--reason", "всё сверить", "--by", "Нина Ким", "--since", "2000",
         "--yes")  # fmt: skip
    assert [r["entry"] for r in waiting("--only", "disputed")] == [ids["Павел"]]
    ran = done("--person", EDITOR, "revert", "--by", PERSON, "--except", ids["саде"], "--reason", "не то", "--yes")
    assert ran.out.count("ТВЕРН") == 1
    assert {r["entry"] for r in waiting()} == {ids["саде"], ids["Павел"]}
    back = done("returned", "--json").records
    assert {b["by"][0]["reason"] for b in back} == {"не то"} and len(back) == 3
    done("--person", EDITOR, "undo")
    assert len(waiting()) == 5


def test_an_amendment_is_the_editors_and_approved_by_who_decided_first(edition: Path) -> None:
    entry = made()
    amended = done(
        "--person", EDITOR, "review", "amend", entry, "Тверь", "--reason", "по карте", "--ground", "external"
    )
    (new,) = amended.records
    assert new["supersedes"] == [entry]
    (item,) = waiting()
    assert (item["person"], item["value"], item["reason"]) == (EDITOR, "Тверь", "по карте")
    assert "your own" in one_line(run("--person", EDITOR, "review", "approve", new["id"]))
    done("review", "approve", new["id"])
    assert waiting() == []


def test_in_an_edition_of_one_person_an_amendment_is_approved_with_it(edition: Path) -> None:
    entry = made()
    done("settings", "review=alone")
    done("review", "amend", entry, "Тверь", "--reason", "по карте")
    assert waiting() == []
    done("undo")
    assert [r["value"] for r in waiting()] == ["Твери"]


@pytest.mark.parametrize("words", [("--only", "nonsense"), ("no such document",)])
def test_what_is_not_understood_is_named(edition: Path, words: tuple[str, ...]) -> None:
    made()
    ran = run("review", "list", *words)
    assert ran.code == 2 and ran.err
