"""Who does what: states with roles and a second person, claims, work given out, the board, persons and their names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import PERSON, about, decide, done, one_line, run

EDITOR = "Лев Орлов"


@pytest.fixture(autouse=True)
def people(edition: Path) -> None:
    decide(about("Тверн", page="Твери", **{"class": "ocr"}))
    done("persons", "add", EDITOR, "--role", "editor")


def states() -> list[str]:
    return [r["state"] for r in done("list", "--json").records]


def move(to: str, person: str = PERSON) -> None:
    done("--person", person, "state", "letter", to)


def refused(*words: str, person: str = PERSON) -> str:
    ran = run("--person", person, *words)
    assert ran.code != 0
    return one_line(ran)


def test_a_document_goes_from_hand_to_hand() -> None:
    assert states() == ["raw", "transcribing"]
    move("transcribed")
    assert "only editor or reviewer may make" in refused("state", "letter", "reviewing")
    move("reviewing", EDITOR)
    move("approved", EDITOR)
    assert states() == ["raw", "approved"]
    assert "only editor" in refused("state", "letter", "reopened")
    move("reopened", EDITOR)
    done("--person", EDITOR, "undo")
    assert states() == ["raw", "approved"]


def approved() -> None:
    move("transcribed")
    move("reviewing", EDITOR)
    move("approved", EDITOR)


@pytest.mark.parametrize(
    "words",
    [
        ["decide", '{"act":"keep","transcript":"letter.txt","start":0,"end":3}'],
        ["decide", '{"act":"textual_note","transcript":"letter.txt","start":0,"end":3,"body":"?"}'],
        ["decide", '{"act":"zone","transcript":"letter.txt","start":0,"end":3,"kind":"salutation"}'],
        ["decide", '{"act":"add_line","transcript":"letter.txt","start":0,"end":0,"after":"","page":"1"}'],
        ["describe", "letter", "kind=письмо"],
        ["split", "--line", "letter", "2"],
    ],
)
def test_whatever_is_recorded_of_an_approved_document_reopens_it_until_it_is_taken_back(words: list[str]) -> None:
    approved()
    if words[0] == "decide":
        done("decide", stdin=words[1] + "\n")
    else:
        done(*words)
    assert states()[1] == "reopened"
    assert "reviewing, by editor or reviewer" in done("state", "2").err
    done("undo")
    assert states()[1] == "approved"


def test_what_is_taken_back_or_disputed_reopens_and_what_is_only_said_does_not() -> None:
    (entry,) = [r["id"] for r in done("log", "--json", "--act", "edit").records]
    approved()
    done("--person", EDITOR, "review", "comment", entry, "--body", "хорошо")
    done("--person", EDITOR, "review", "approve", entry)
    done("claim", "letter")
    done("decide", stdin='{"act":"keep","transcript":"bill.txt","start":0,"end":3}\n')
    assert states()[1] == "approved"
    done("--person", EDITOR, "review", "dispute", entry, "--reason", "Тверь?")
    assert states()[1] == "reopened"
    done("--person", EDITOR, "undo")
    done("--person", EDITOR, "revert", entry)
    assert states()[1] == "reopened"
    move("reviewing", EDITOR)
    move("approved", EDITOR)
    assert states()[1] == "approved"


def test_work_that_a_merge_brings_reopens_what_was_approved_without_it(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    approved()
    done("-C", copy, "decide", stdin='{"act":"keep","transcript":"letter.txt","start":0,"end":3}\n')
    done("merge", copy)
    assert states()[1] == "reopened"
    done("-C", copy, "merge", edition)
    assert [r["state"] for r in done("-C", copy, "list", "--json").records][1] == "reopened"


def test_who_transcribed_does_not_approve_but_alone() -> None:
    done("persons", "role", PERSON, "editor")
    move("transcribed")
    move("reviewing")
    assert "another person does" in refused("state", "letter", "approved")
    done("settings", "review=alone")
    move("approved")
    assert states() == ["raw", "approved"]


def test_what_is_disputed_is_settled_before_a_document_is_approved() -> None:
    (entry,) = [r["id"] for r in done("log", "--json", "--act", "edit").records]
    move("transcribed")
    move("reviewing", EDITOR)
    done("--person", EDITOR, "review", "dispute", entry, "--reason", "Тверь?")
    assert "1 of its decisions are disputed" in refused("state", "letter", "approved", person=EDITOR)
    done("--person", EDITOR, "review", "approve", entry)
    move("approved", EDITOR)


def test_a_state_is_told_with_what_can_follow() -> None:
    ran = done("state", "letter")
    assert ran.out.endswith(": transcribing\n") and "transcribed, by editor or reviewer or transcriber" in ran.err
    assert "'done' is no state" in refused("state", "letter", "done")


def test_a_claim_keeps_others_from_beginning_and_ends() -> None:
    done("claim", "letter")
    assert f"{PERSON} is at work on it until" in refused("claim", "letter", person=EDITOR)
    assert done("show", "letter").code == 0
    decide(about("саде", "keep"), person=EDITOR)  # it blocks nothing
    done("claim", "letter", "--release")
    done("--person", EDITOR, "claim", "letter", "--hours", "2")
    (post,) = [p for p in done("board", "--json").records if p["claimed"]]
    assert (post["claimed"], post["number"]) == (EDITOR, 2)


def test_the_board_says_what_is_left_with_whom() -> None:
    done("assign", "1", "2", "Нина Ким")
    posts = done("board", "--json").records
    assert [(p["assigned"], p["leaves"], p["left"]) for p in posts] == [("Нина Ким", 1, 1.0)] * 2
    move("transcribed")
    assert [p["left"] for p in done("board", "--by", "НК", "--json").records] == [1.0, 0.0]
    assert "Нина Ким: 1 leaf left" in done("board").err
    done("undo")
    done("assign", "--nobody", "1")
    assert [p["assigned"] for p in done("board", "--json").records] == [None, "Нина Ким"]
    assert "then the person" in refused("assign", "1")


def test_a_person_goes_by_the_beginning_of_a_name() -> None:
    """Not where something is recorded: who decides gives the whole of it."""
    done("assign", "1", "лунина")
    assert [p["assigned"] for p in done("board", "--by", "Вера", "--json").records] == [PERSON]
    done("persons", "add", "Вера Ким")
    assert "'Вера' names 2 persons: Вера Ким, " in refused("board", "--by", "Вера")
    assert "'Вера' names 2 persons" in refused("assign", "1", "Вера")
    done("--person", "Вера", "claim", "1")
    assert "Вера" in [p["name"] for p in done("persons", "list", "--json").records]


def names() -> list[str]:
    return [f"{p['siglum']} {p['name']} {','.join(p['aliases'])}" for p in done("persons", "list", "--json").records]


def test_names_are_corrected_beside_the_journal() -> None:
    before = [r["id"] for r in done("log", "--json").records]
    done("persons", "rename", PERSON, "Вера Лунёва")
    done("persons", "alias", "Вера Лунёва", "Лунёва В.")
    done("persons", "siglum", "Лунёва В.", "Лу")
    assert names() == [f"Лу Вера Лунёва {PERSON},Лунёва В.", "ЛО Лев Орлов "]
    assert {r["person"] for r in done("log", "--json", "--by", PERSON).records} == {"Вера Лунёва"}
    assert [r["id"] for r in done("log", "--json").records] == before
    assert "somebody is called" in refused("persons", "rename", "Лу", EDITOR)
    assert "is Лев Орлов" in refused("persons", "alias", "Лу", "ЛО")
    assert done("verify").code == 0


def test_two_who_are_one_do_not_approve_each_other() -> None:
    (entry,) = [r["id"] for r in done("log", "--json", "--act", "edit").records]
    done("--person", "В. Лунина", "review", "approve", entry)
    assert "approved" in done("blame", "letter").out
    done("persons", "same", PERSON, "В. Лунина")
    assert "unreviewed" in done("blame", "letter").out
    assert names()[0] == f"ВЛ {PERSON} В. Лунина"
    assert len(done("log", "--json", "--by", "В. Лунина").records) == 4


def test_a_person_is_erased_and_the_decisions_stay() -> None:
    assert run("persons", "erase", PERSON).code == 1  # nobody said yes
    done("persons", "erase", PERSON, "--yes")
    told = done("log").out + done("persons", "list").out + done("journal", "export").out
    assert PERSON not in told and "Твери" in told
    assert done("verify").code == 0
