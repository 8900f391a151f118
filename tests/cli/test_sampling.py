"""Samples at the prompt: what a claim needs, lines blind, answers, the rate that is left; and double keying."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import LETTER, PERSON, about, decide, done, lines, one_line, run

EDITOR = "Лев Орлов"


@pytest.fixture(autouse=True)
def transcribed(edition: Path) -> None:
    decide(about("Тверн", page="Тверк", **{"class": "ocr"}))
    done("state", "letter", "transcribed")


def test_a_plan_says_what_a_claim_needs() -> None:
    out = done("sample", "plan").out
    assert f"there are {len(LETTER) - 3} characters in 3 lines, 2 strata" in out and "about 55,421 characters" in out
    assert f"shows no more than 1 in {(len(LETTER) - 3) // 3}" in out


def test_a_sample_is_blind_and_says_what_is_left() -> None:
    drawn = done("sample", "draw", "--characters", 500, "--seed", 3).records[0]
    assert drawn["lines"] == 3
    waiting = done("sample", "lines").records
    assert all(one.keys() == {"line", "document", "at", "reading"} for one in waiting)  # where it is, and not whose
    assert {(one["document"], one["at"]) for one in waiting} == {(2, 1), (2, 2), (2, 3)}
    answers = [{"line": one["line"], "truth": one["reading"].replace("Тверк", "Твери")} for one in waiting]
    done("--person", EDITOR, "sample", "answer", drawn["id"], stdin=lines(answers[:2]))
    assert len(done("sample", "lines").records) == 1
    done("--person", EDITOR, "sample", "answer", stdin=lines(answers[2:]))
    (report,) = done("sample", "report", "--json").records
    assert (report["looked_at"], report["errors"], report["characters"]) == (3, 1, len(LETTER) - 3)
    assert report["rate"] == pytest.approx(1 / (len(LETTER) - 3)) and not report["meets_standard"]
    assert {(s["person"], s["flagged"], s["errors"]) for s in report["strata"]} == {("", False, 0), (PERSON, True, 1)}
    out = done("sample", "report").out
    assert (
        "0 errors in" in out
        and "1 error in" in out
        and "is not shown" in out
        and "line 2: should read “Пишу тебе из Твери о нашем саде.”" in out
    )
    assert "Тверк" in done("show", "letter", "--text", "search").out  # it measures, it does not change
    done("--person", EDITOR, "undo")
    assert len(done("sample", "lines").records) == 1
    assert done("verify").code == 0


def test_what_is_changed_meanwhile_is_left_out() -> None:
    done("sample", "draw", "--characters", 500)
    decide(about("Тверн", page="Твери", **{"class": "ocr"}))
    assert len(done("sample", "lines").records) == 2


@pytest.mark.parametrize(
    ("stdin", "words"),
    [("x", "not JSON"), ("[]", "one JSON object"), ('{"line":9,"truth":""}', "answer 1"), ('{"line":0}', "answer 1")],
)
def test_answers_that_are_none_are_refused(stdin: str, words: str) -> None:
    assert "no sample was drawn" in one_line(run("sample", "report"))
    done("sample", "draw")
    assert words in one_line(run("sample", "answer", stdin=stdin))


def test_nothing_transcribed_is_told() -> None:
    done("undo")
    assert "no document is transcribed yet" in one_line(run("sample", "draw"))


def test_double_keying(edition: Path, tmp_path: Path) -> None:
    """Two persons on two copies, each alone; what they made different is counted."""
    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    decide(about("давно", page="давн0", **{"class": "ocr"}))
    done("-C", copy, "--person", EDITOR, "decide", stdin=lines([about("Тверн", page="Твери", **{"class": "ocr"})]))
    assert run("merge", copy).code in (0, 1)
    ran = run("collate", "letter", PERSON, EDITOR, "--json")
    count = len(LETTER) - 3
    assert ran.code == 1 and f"CER {2 / count:.4%} (2 edits in {count} characters), 2 lines differ" in ran.err
    assert [(r["line"], r[PERSON], r[EDITOR]) for r in ran.records] == [
        (2, "Пишу тебе из Тверк о нашем саде.", "Пишу тебе из Твери о нашем саде."),
        (3, "Яблони давн0 отцвели.", "Яблони давно отцвели."),
    ]
    assert run("collate", "bill", PERSON, EDITOR).code == 0
