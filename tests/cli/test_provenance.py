"""log --format: the history as data for other programs, and nothing but data on stdout."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prov.model import ProvDocument

from tests.cli.program import PERSON, about, decide, done, one_line, process, run
from workbench.exporters.spreadsheet import BOM, unguarded

EDITOR = "Лев Орлов"
REASON = "=так; +в\n-письме"


@pytest.fixture(autouse=True)
def decided(edition: Path) -> list[str]:
    """A transcriber puts Тверь right, an editor approves it; another place is taken back."""
    (entry,) = decide(about("Тверн", page="Тверь", **{"class": "ocr"}, reason=REASON))
    done("--person", EDITOR, "review", "approve", entry)
    other = decide(about("Яблони", page="Яблоня", **{"class": "ocr"}))
    done("undo")
    return [entry, *other]


def table(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV, texts as they were."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8").removeprefix(BOM), newline=""))
    return [{name: unguarded(cell) for name, cell in row.items()} for row in rows]


def test_three_formats_tell_the_same_entries(decided: list[str]) -> None:
    """--json is one of them, and no word is said beside the data."""
    lines = done("log", "--format", "jsonl")
    assert lines.data == done("log", "--json").data and lines.err == ""
    ids = [record["id"] for record in lines.records]
    sheet, prov = done("log", "--format", "csv"), done("log", "--format", "prov")
    assert (sheet.err, prov.err) == ("", "")
    assert [row["id"] for row in table(sheet.data)] == ids
    found = json.loads(prov.out)["activity"]
    assert list(found) == [f"id:act-{one}" for one in ids]
    assert ProvDocument.deserialize(content=prov.out, format="json").records


def test_a_part_of_the_history_is_chosen_as_for_reading(decided: list[str]) -> None:
    for words in (["letter", "--act", "edit"], ["--by", EDITOR], ["--state", "reverted"], ["--order", "newest"]):
        chosen = [record["id"] for record in done("log", "--json", *words).records]
        assert chosen
        assert [row["id"] for row in table(done("log", "--format", "csv", *words).data)] == chosen
        found = json.loads(done("log", "--format", "prov", *words).out)["activity"]
        assert found.keys() == {f"id:act-{one}" for one in chosen}


def test_two_copies_of_one_journal_write_the_same_provenance(decided: list[str], here: Path) -> None:
    """Whichever took the other's work in."""
    copy = shutil.copytree(Path(), here / "copy")
    record = about("Дорогой", page="Дорогая")
    done("-C", copy, "--person", "Илья Гончар", "decide", stdin=json.dumps(record))
    decide(about("давно", page="уже"), about("саде", "keep"))
    done("merge", copy)
    done("-C", copy, "merge", Path())
    here_, there = (done("-C", folder, "log", "--format", "prov").data for folder in (Path(), copy))
    assert here_ == there and "Илья Гончар".encode() in there
    orders = [[r["id"] for r in done("-C", folder, "log", "--json").records] for folder in (Path(), copy)]
    assert orders[0] != orders[1]


def test_a_row_says_why_and_what_came_of_it(decided: list[str]) -> None:
    rows = {row["id"]: row for row in table(done("log", "--format", "csv").data)}
    approved, taken_back = (rows[one] for one in decided)
    assert (approved["reason"], approved["verdict"], approved["state"]) == (REASON, "approved", "live")
    assert (taken_back["state"], rows[taken_back["ended_by"]]["act"]) == ("reverted", "revert")
    assert "\"'=так;' +в\n'-письме\"" in done("log", "--format", "csv").out


@pytest.mark.parametrize("format_", ["text", "jsonl", "csv", "prov"])
def test_a_file_has_the_same_bytes(decided: list[str], format_: str, here: Path) -> None:
    """What was there gives way, and nothing else is left behind."""
    folder = here / "out"
    folder.mkdir()
    (folder / "history").write_text("old")
    ran = done("log", "--format", format_, "-o", folder / "history")
    assert ran.data == b"" and ran.err == f"wrote {folder / 'history'}\n"
    assert (folder / "history").read_bytes() == done("log", "--format", format_).data
    assert [path.name for path in folder.iterdir()] == ["history"]


def test_a_file_that_cannot_be_written_is_named(decided: list[str], here: Path) -> None:
    ran = run("log", "--format", "csv", "-o", here / "nowhere" / "history.csv")
    assert ran.code == 3 and "nowhere" in one_line(ran)


def test_an_empty_history_is_a_header_alone(decided: list[str]) -> None:
    assert table(done("log", "--format", "csv", "--until", "1999").data) == []
    assert done("log", "--format", "jsonl", "--until", "1999").data == b""
    assert "activity" not in json.loads(done("log", "--format", "prov", "--until", "1999").out)


@pytest.mark.parametrize("format_", ["text", "csv"])
def test_a_reader_that_leaves_is_nothing_to_complain_of(decided: list[str], format_: str) -> None:
    """`log | head`: the pipe is closed while rows are still told."""
    reads, writes = os.pipe()
    os.close(reads)
    ran = process("log", "--format", format_, stdout=writes)
    os.close(writes)
    (_, err) = ran.communicate()
    assert (ran.returncode, err) == (0, b"")


def test_an_unknown_format_is_refused() -> None:
    assert run("log", "--format", "xml").code == 2


def test_an_erased_person_is_in_no_export_by_name(decided: list[str]) -> None:
    done("persons", "erase", PERSON, "--yes")
    for format_ in ("text", "jsonl", "csv", "prov"):
        out = done("log", "--format", format_).out
        assert PERSON not in out and EDITOR in out


def test_in_an_edition_of_one_person_the_history_says_whose_approval_it_is(decided: list[str]) -> None:
    (own,) = decide(about("давно", page="уже", **{"class": "ocr"}))
    done("settings", "review=alone")
    done("review", "approve", own)
    for rows in (table(done("log", "--format", "csv").data), done("log", "--json").records):
        verdicts = {row["id"]: row["verdict"] for row in rows}
        assert (verdicts[own], verdicts[decided[0]]) == ("self-approved", "approved")
    assert "Проверено только тем, кто решал." in done("log", "--format", "prov").out


def test_reading_the_history_does_not_wait_for_the_library_of_provenance() -> None:
    """It is imported where PROV is written: a second command line says so."""
    script = "import sys; from workbench.cli import main\ntry: main()\nfinally: assert 'prov' not in sys.modules"
    for format_ in ("text", "csv"):
        words = [sys.executable, "-c", script, "log", "--format", format_]
        ran = subprocess.run(words, env={**os.environ}, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr.decode()
