"""The history as rows, and every format of it byte for byte as it was found good.

The golden files are written anew by `WORKBENCH_GOLDEN=write pytest tests/exporters/test_history.py`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exporters.story import FORMULA, SUGGESTION, history, whole
from workbench.exporters.history import COLUMNS, row, write_csv, write_jsonl
from workbench.exporters.provenance import write_prov
from workbench.exporters.spreadsheet import BOM, unguarded

GOLDEN = Path(__file__).parent / "histories"
FORMATS = ("jsonl", "csv", "prov.json")


def written(format_: str) -> str:
    if format_ == "prov.json":
        return "".join(write_prov(history(), whole()))
    return "".join({"jsonl": write_jsonl, "csv": write_csv}[format_](history()))


@pytest.mark.parametrize("format_", FORMATS)
def test_the_history_is_the_golden_one(format_: str) -> None:
    """UTF-8, with the line ends of its format; whoever changes a byte of it looks at the difference."""
    golden = GOLDEN / f"story.{format_}"
    if os.environ.get("WORKBENCH_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(written(format_).encode())
    assert written(format_).encode() == golden.read_bytes()


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_writes_the_same_bytes(seed: str) -> None:
    """No order of a set shows, in the library's either: Python shuffles them by this seed."""
    script = (
        "import sys; from tests.exporters.test_history import FORMATS, written\n"
        "for format_ in FORMATS: sys.stdout.buffer.write(written(format_).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout == "".join(map(written, FORMATS)).encode()


def test_a_row_tells_all_that_the_journal_holds_of_an_entry() -> None:
    """Each field of the body is in it, under its own name or the one that the docs give."""
    for told in history():
        found = row(told)
        assert tuple(found) == COLUMNS
        body = json.loads(told.entry.body)
        assert found["person_id"] == body.pop("person")
        assert {name: found[name] for name in body} == body
        assert (found["id"], found["parents"], found["lamport"]) == (
            told.entry.id, list(told.entry.parents), told.entry.lamport,
        )  # fmt: skip


def test_a_row_tells_what_was_proposed_and_how_surely() -> None:
    accepted = row(history()[1])
    assert (accepted["suggester"], accepted["proposed"], accepted["probability"]) == ("words", "Твери", 0.9)
    assert accepted["suggestion"] == SUGGESTION.provenance()
    assert (row(history()[2])["suggester"], row(history()[2])["proposed"]) == (None, None)


def test_both_tables_say_the_same() -> None:
    """JSON Lines and CSV: the same columns and values; a list of ids is joined by blanks, an object is JSON."""
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    rows = csv.DictReader(io.StringIO(written("csv").removeprefix(BOM), newline=""))
    assert tuple(rows.fieldnames or ()) == COLUMNS
    for line, cells in zip(lines, rows, strict=True):
        for column, value in line.items():
            cell = unguarded(cells[column])
            if isinstance(value, list):
                assert cell.split() == value
            elif isinstance(value, dict):
                assert json.loads(cell) == value
            else:
                assert cell == ("" if value is None else str(value))


def test_a_hostile_reason_is_text_in_a_spreadsheet_and_exact_in_json() -> None:
    """So is the name of a person."""
    cells = list(csv.DictReader(io.StringIO(written("csv").removeprefix(BOM), newline="")))[2]
    assert (cells["reason"], cells["person"]) == (f"'{FORMULA}", "'=Лев Орлов")
    assert json.loads(written("jsonl").splitlines()[2])["reason"] == FORMULA


def test_an_empty_reading_is_told_from_none() -> None:
    """What was deleted reads nothing; what has no reading of its own is the page's."""
    header, *_, last = written("csv").split("\r\n")[:-1]
    page, reading = (COLUMNS.index(name) for name in ("page", "reading"))
    cells = last.split(",")
    assert len(cells) == len(header.split(",")) and (cells[page], cells[reading]) == ('""', "")
