"""log with its filters, blame, diff between moments: what a person asks of the history at the prompt."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import LETTER, about, decide, done, one_line, run

EDITOR = "Лев Орлов"


@pytest.fixture(autouse=True)
def decided(edition: Path) -> list[str]:
    """A transcriber puts Тверь right twice; an editor puts a comma in and takes it back."""
    first = decide(about("Тверн", page="Твери", **{"class": "ocr"}, ground="internal", certainty="low"))
    second = decide(about("Тверн", page="Тверь", **{"class": "ocr"}, reason="так в письме"))
    third = decide(about("Яблони", page="Яблоня", **{"class": "ocr"}), person=EDITOR)
    done("--person", EDITOR, "undo")
    return [*first, *second, *third]


def ids(*words: str) -> list[str]:
    return [row["id"] for row in done("log", "--json", *words).records if row["act"] != "person"]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (["--by", EDITOR, "--act", "edit"], [2]),
        (["--by", "ЛО", "--act", "edit"], [2]),
        (["--certainty", "low"], [0]),
        (["--ground", "internal", "--certainty", "low"], [0]),
        (["--words", "ПИСЬМЕ"], [1]),
        (["--words", "тверь"], [1]),
        (["--state", "superseded"], [0]),
        (["--state", "reverted"], [2]),
        (["--act", "edit", "--order", "newest"], [2, 1, 0]),
        (["--act", "edit", "--order", "text"], [0, 1, 2]),
        (["letter", "--act", "edit"], [0, 1, 2]),
        (["bill", "--act", "edit"], []),
        (["--class", "ocr", "--state", "live"], [1]),
        (["--class", "slip"], []),
        (["--until", "1999"], []),
        (["--since", "1999-12", "--act", "edit"], [0, 1, 2]),
    ],
)
def test_the_log_filtered(decided: list[str], asked: list[str], meant: list[int]) -> None:
    assert ids(*asked) == [decided[n] for n in meant]


def test_a_document_has_what_speaks_of_its_entries(decided: list[str]) -> None:
    (revert,) = [row for row in done("log", "letter", "--json").records if row["act"] == "revert"]
    assert revert["person"] == EDITOR
    assert not [row for row in done("log", "bill", "--json").records if row["act"] == "revert"]


def test_what_is_particular_to_an_entry_is_told(decided: list[str]) -> None:
    done("--person", EDITOR, "review", "comment", decided[1], "--body", "см. опись")
    done("settings", "rule.dash=on")
    decide(about("Павел", "zone", kind="addressee", hand="ink"), about("саде", "textual_note", body="так"))
    out = done("log").out
    for words in (
        f"comment  of {decided[1][:10]}  см. опись", "rule  dash=on", "“Павел”  addressee · ink", "“саде”  так",
        f"person  {EDITOR}", f"revert  of {decided[2][:10]}\n",
    ):  # fmt: skip
        assert words in out, words
    (revert,) = [r for r in done("log", "--json").records if r["act"] == "revert"]
    assert revert["targets"] == [decided[2]]


def test_nobody_of_that_name(decided: list[str]) -> None:
    assert "nobody here is called 'Ivan'; known: Вера Лунина, Лев Орлов" in one_line(run("log", "--by", "Ivan"))


def test_blame_names_what_stands_behind_a_line(decided: list[str]) -> None:
    done("--person", EDITOR, "review", "approve", decided[1])
    out = done("blame", "letter").out
    assert "    2  Пишу тебе из ‹Тверь› о нашем саде.\n" in out
    assert f"{decided[1][:10]} " in out and "for “Тверн”, approved — так в письме" in out
    records = done("blame", "letter", "--json").records
    assert [r["reading"] for r in records] == [line.replace("Тверн", "Тверь") for line in LETTER.splitlines()]
    (span,) = [s for s in records[1]["spans"] if s["entries"]]
    assert (span["start"], span["end"], span["kind"]) == (28, 33, "decision")
    assert span["entries"][0]["id"] == decided[1]


def sides(*words: str) -> list[str]:
    ran = run("diff", "letter", *words)
    assert ran.code == (1 if ran.out else 0), ran.err
    return [line[6:] for line in ran.out.splitlines()]


def test_differences_between_moments_and_persons(decided: list[str]) -> None:
    raw, first, now = (f"Пишу тебе из {word} о нашем саде." for word in ("Тверн", "Твери", "Тверь"))
    assert sides() == [f"- {raw}", f"+ {now}"]
    assert sides("--from", decided[0], "--to", decided[1]) == [f"- {first}", f"+ {now}"]
    assert sides("--from", decided[1]) == []
    assert sides("--from", decided[2][:12], "--to", "now") == ["- Яблоня давно отцвели.", "+ Яблони давно отцвели."]
    assert sides("--from", "1999") == [f"- {raw}", f"+ {now}"]
    assert sides("--from", "@Вера Лунина", "--to", f"@{EDITOR}") == [f"- {now}", f"+ {raw}"]
    assert "nobody here" in one_line(run("diff", "letter", "--from", "@Ivan"))


def test_the_log_of_a_file_somewhere_is_the_same_for_the_same_journal(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(edition / "corrections.db") as db:
        db.execute("VACUUM INTO ?", (str(copy),))
    told = done("log", "--text", copy).out
    assert told == done("log", "--text", edition / "corrections.db").out
    assert [line[:10] for line in told.splitlines()] == [row["id"][:10] for row in done("log", "--json").records]
    assert list(tmp_path.glob("copy.db-*")) == []
