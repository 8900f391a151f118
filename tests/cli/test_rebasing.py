"""A new machine reading of the same page: what was decided goes over, nothing is dropped, one undo takes it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import LETTER, about, decide, done, lines, one_line, run
from workbench.services.edition import open_edition
from workbench.store import entries, projections, verify

NEW = "(1)\nДорогой Павел!\nПишу тебе из Твери о нашем саде.\nЯблони давно отцвепи.\n"
"""The new reading: a folio at its head, Тверн right, отцвели wrong."""


@pytest.fixture
def new(here: Path) -> Path:
    path = here / "letter-2.txt"
    path.write_text(NEW, "utf-8")
    return path


@pytest.fixture
def decided(edition: Path) -> list[str]:
    return decide(
        about("Павел", page="Павле", **{"class": "ocr"}),
        about("Тверн", page="Твери", **{"class": "ocr"}),
        about("отцвели", "keep"),
        about("саде", "textual_note", body="в каком?"),
        about("Яблони", "zone", kind="body"),
    )


def fates(*words: str | Path) -> dict[str, str]:
    return {r["entry"]: r["fate"] for r in run("rebase", "letter", *words, "--json").records}


def test_each_decision_is_told_what_becomes_of_it(decided: list[str], new: Path) -> None:
    before = done("journal", "export").data
    said = fates(new, "--dry-run")
    assert [said[i] for i in decided] == ["moved", "right", "look", "moved", "moved"]
    assert done("journal", "export").data == before and len(done("list", "--json").records) == 2


def test_to_ask_what_would_become_of_each_needs_no_name_and_writes_nothing(
    decided: list[str], new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_PERSON")
    before = Path("corrections.db").read_bytes()
    assert run("rebase", "letter", new, "--dry-run").code == 1
    assert Path("corrections.db").read_bytes() == before
    assert "nobody is named" in run("rebase", "letter", new).err


def test_the_document_stands_on_the_new_text_and_the_old_one_stays(decided: list[str], new: Path) -> None:
    title = done("list", "--json").records[1]["title"]
    done("describe", "letter", "kind=письмо")
    ran = run("rebase", "letter", new)
    assert ran.code == 1 and "0 kept, 3 moved, 1 right, 1 look" in ran.err and "“отцвели” (keep)" in ran.out
    _, letter = done("list", "--json").records
    assert letter["transcripts"] == ["letter-2.txt"] and title
    assert done("show", "2", "--text", "search").out.startswith("(1) Дорогой Павле! Пишу тебе из Твери")
    history = {r["id"]: r for r in done("log", "--json").records}
    assert {history[i]["state"] for i in decided} == {"live"}
    checks = [r for r in history.values() if r["act"] == "check"]
    assert [r["data"]["body"] for r in checks] == ["Вера Лунина: “отцвели” (keep)"]
    assert (Path("transcripts") / "letter.txt").read_text("utf-8") == LETTER
    with open_edition(Path()) as edition:
        carried = [e.decision.carried_from for e in entries.every(edition.db) if e.decision.carried_from]
        assert sorted(carried) == sorted(decided)
        kept = (
            sorted(edition.db.execute("SELECT * FROM standing")),
            sorted(edition.db.execute("SELECT * FROM stretches")),
        )
        with edition.writing() as db:
            projections.rebuild(db)
        assert kept == (
            sorted(edition.db.execute("SELECT * FROM standing")), sorted(edition.db.execute("SELECT * FROM stretches"))
        )  # fmt: skip
        assert not list(verify.problems(edition.db))


def test_no_side_of_a_conflict_wins_by_being_carried(edition: Path, new: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    one = decide(about("Павел", page="Павле", **{"class": "ocr"}))
    there = lines([about("Павел", page="Павлик", **{"class": "ocr"})])
    (other,) = done("-C", copy, "--person", "Лев Орлов", "decide", stdin=there).records
    run("merge", copy)
    said = fates(new)
    assert said == {one[0]: "look", other["id"]: "look"}
    checks = [r["data"]["body"] for r in done("log", "--json", "--act", "check").records]
    assert sorted(checks) == ["Вера Лунина: “Павел” → “Павле”", "Лев Орлов: “Павел” → “Павлик”"]


def test_who_decided_still_stands_behind_what_was_carried(decided: list[str], new: Path) -> None:
    """The editor who carries decisions over made none of them: blame names the transcriber, and she may approve."""
    done("--person", "Лев Орлов", "review", "approve", decided[0])
    run("--person", "Лев Орлов", "rebase", "letter", new)
    carried = {r["quote"]: r for r in run("review", "list", "--json", "2").records}
    assert done("list", "--json").records[1]["persons"] == [
        "Вера Лунина",
        "Лев Орлов",
    ]  # what he could not carry is his
    assert {r["person"] for r in carried.values() if r["act"] != "check"} == {"Вера Лунина"}
    assert "Вера Лунина" in done("blame", "2").out and "Лев Орлов: edit" not in done("blame", "2").out
    mine = [carried["Павел"]["entry"]]
    assert "is your own" in one_line(run("review", "approve", *mine))
    done("--person", "Лев Орлов", "review", "approve", *mine)
    assert "approved" in done("blame", "2").out
    done("--person", "Лев Орлов", "review", "dispute", carried["Твери"]["entry"], "--reason", "или Тверь?")
    (back,) = [r for r in done("returned", "--json").records if r["entry"] == carried["Твери"]["entry"]]
    assert back["by"][0]["reason"] == "или Тверь?"
    persons = {r["name"]: r["decisions"] for r in done("statistics", "--json").records[0]["persons"]}
    assert persons == {"Вера Лунина": 4, "Лев Орлов": 1}  # his is the question about what could not be carried


def test_one_undo_takes_it_back(decided: list[str], new: Path) -> None:
    before = done("show", "letter").data
    run("rebase", "letter", new)
    done("undo")
    assert done("show", "letter.txt").data == before
    names = [r["transcripts"] for r in done("list", "--json").records]
    assert names == [["bill.txt"], ["letter-2.txt"], ["letter.txt"]]
    assert done("redo").code == 0
    assert [r["transcripts"] for r in done("list", "--json").records] == [["bill.txt"], ["letter-2.txt"]]


def test_added_lines_and_two_documents_on_one_text_go_over(edition: Path, new: Path) -> None:
    done("split", "--line", "letter", "3")
    at = LETTER.index("Пишу")
    decide(
        {"act": "add_line", "transcript": "letter.txt", "start": at, "end": at, "after": "", "page": "1 мая"},
        {
            "act": "add_line",
            "transcript": "letter.txt",
            "start": len(LETTER),
            "end": len(LETTER),
            "after": "",
            "page": "К.",
        },
    )
    assert run("rebase", "2", new).code == 0
    assert len(done("list", "--json").records) == 3
    assert done("show", "2", "--text", "search").out.startswith("(1) Дорогой Павел! 1 мая Пишу")
    assert done("show", "3", "--text", "search").out.startswith("Яблони давно отцвепи. К.")


@pytest.mark.parametrize(
    ("document", "name", "words"),
    [
        ("letter", "same.txt", "is here already"),
        ("letter", "none.txt", "there is no file"),
        ("9", "same.txt", "no document"),
    ],
)
def test_what_cannot_be_is_refused(edition: Path, here: Path, document: str, name: str, words: str) -> None:
    (here / "same.txt").write_text(LETTER, "utf-8")
    ran = run("rebase", document, here / name)
    assert ran.code and words in one_line(ran)


def test_what_was_approved_is_looked_at_again(decided: list[str], new: Path) -> None:
    done("persons", "add", "Лев Орлов", "--role", "editor")
    for to in ("transcribed", "reviewing", "approved"):
        done("--person", "Лев Орлов" if to != "transcribed" else "Вера Лунина", "state", "letter", to)
    run("rebase", "letter", new)
    assert done("list", "--json").records[1]["state"] == "reopened"
    done("undo")
    assert done("list", "--json").records[2]["state"] == "approved"
