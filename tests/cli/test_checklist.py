"""The checking list on the command line, lines that nobody has read, keys, one's own pace."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.program import LETTER, about, decide, done, one_line, run
from workbench.services import places


def put(quote: str) -> str:
    """Put a place of the letter on the list; its code."""
    decide(about(quote, act="check"))
    (code,) = re.findall(r"(?m)^(\w+) = $", done("checklist").out)
    return str(code)


def test_the_list_is_printed_in_three_forms_and_taken_back_in(edition: Path) -> None:
    code = put("Тверн")
    for form in ("text", "html", "csv"):
        assert code in done("checklist", "--format", form).out
    Path("answers.txt").write_text(f"{code} = Твери\n", "utf-8")
    ran = done("checklist", "--answers", "answers.txt", "--yes")
    assert ran.records[-1]["batch"]
    entry = next(r for r in done("log", "--json").records if r["act"] == "edit")
    assert (entry["page"], entry["ground"]) == ("Твери", "page")
    assert done("checklist").out == ""
    done("undo")
    assert code in done("checklist").out


def test_answers_that_name_no_place_are_refused_by_name(edition: Path) -> None:
    Path("answers.txt").write_text("abcdef = да\n", "utf-8")
    ran = run("checklist", "--answers", "answers.txt", "--yes")
    assert ran.code == 2 and "abcdef" in ran.err


def test_a_file_of_answers_that_is_not_there_is_named(edition: Path) -> None:
    assert "nowhere.txt" in one_line(run("checklist", "--answers", "nowhere.txt", "--yes"))


def test_unread_lines_are_listed_until_somebody_read_them(edition: Path) -> None:
    ran = run("unread", "letter.txt", "--json")
    assert ran.code == 1
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["reading"] for record in lines] == [line for line in LETTER.splitlines() if line.strip()]


def test_keys_prints_what_is_in_force_and_names_what_cannot_hold(edition: Path) -> None:
    printed = done("keys").out
    assert "desk.accept " in printed and "Enter" in printed
    path = places.settings_file().with_name("keys.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[desk]\nkeep = "u"\nnothing = "f6"\n', "utf-8")
    ran = run("keys")
    assert ran.code == 1 and "desk.undo" in ran.err and "desk.nothing" in ran.err


@pytest.mark.parametrize("setting", [None, "on"])
def test_ones_own_pace_says_how_to_begin(edition: Path, setting: str | None) -> None:
    if setting:
        places.set_user_setting("measure", setting)
    ran = done("status", "--mine", "--json")
    assert ran.records == [
        {"days": 0, "decisions": 0, "lines": 0, "keys_a_decision": None, "seconds_a_decision": None}
    ]  # fmt: skip
    assert ("user.measure=on" in done("status", "--mine").err) == (setting is None)
