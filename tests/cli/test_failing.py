"""What goes wrong is said in one line that a person can act on, with its exit code; never a traceback."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import PERSON, about, decide, done, lines, one_line, run
from workbench.store import connection

KEEP = lines([about("саде", "keep")])

HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
"""A process that keeps a database to itself until its input ends."""


@pytest.fixture
def held(edition: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Another process writes the database, and nobody waits long for it; its process id."""
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    command = [sys.executable, "-c", HOLDER, str(edition / "corrections.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.pid
        holder.stdin.close()


WORKING = [
    ["list"], ["log"], ["show", "1"], ["diff", "1"], ["status"], ["verify"], ["undo"], ["redo"], ["export"],
    ["decide"], ["revert", "x"], ["add", "."], ["suggest"], ["describe", "1"], ["split", "1", "2"], ["join", "1", "2"],
    ["settings"], ["merge", "."], ["journal", "export"], ["journal", "import"],
]  # fmt: skip


@pytest.mark.parametrize("words", WORKING, ids=" ".join)
def test_without_an_edition_each_command_says_how_to_make_one(here: Path, words: list[str]) -> None:
    ran = run(*words)
    line = one_line(ran)
    assert ran.code == 3 and str(here) in line and "workbench init" in line


def test_a_named_folder_that_is_not_there_is_not_looked_for_above(edition: Path) -> None:
    """A mistyped `-C` must not write to the edition that one happens to stand in."""
    ran = run("-C", str(edition / "elsewhere"), "--person", PERSON, "describe", "1", "place=Тверь")
    assert ran.code == 3
    assert "there is no folder" in ran.err
    assert "init" in ran.err


@pytest.mark.parametrize("words", WORKING, ids=" ".join)
def test_a_file_that_is_no_database_is_one_line(here: Path, words: list[str]) -> None:
    (here / "corrections.db").write_text("OCR, not SQLite. " * 100)
    ran = run(*words)
    assert ran.code == 3 and "corrections.db" in one_line(ran)


@pytest.mark.parametrize("words", [["list"], ["show", "2"], ["export"], ["decide"], ["verify"], ["journal", "export"]])
def test_a_damaged_database_is_one_line(edition: Path, words: list[str]) -> None:
    """Pages in the middle overwritten: whatever is noticed, and wherever."""
    path = edition / "corrections.db"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    ran = run(*words, stdin=KEEP)
    assert ran.code in (3, 5), ran
    assert ran.err.splitlines()[-1].startswith("workbench: ")


@pytest.mark.parametrize(
    "words",
    [["frobnicate"], ["show"], ["show", "1", "--text", "fancy"], ["list", "--colour"], ["check"], ["join", "1"],
     ["journal", "burn"], ["--person"], ["check", "-", "--format", "xml"], ["decide", "--batch"]],
    ids=" ".join,
)  # fmt: skip
def test_a_command_line_that_is_none_is_a_usage_error(edition: Path, words: list[str]) -> None:
    ran = run(*words)
    assert (ran.code, ran.data) == (2, b"")
    assert ran.err.splitlines()[-1].startswith("Error: ") and "Traceback" not in ran.err


@pytest.mark.parametrize("words", [["show"], ["revert"], ["show", "1", "--at"], ["describe", "1", "kind=\udcff"]])
def test_arguments_that_are_no_text_are_refused_in_one_line(edition: Path, words: list[str]) -> None:
    ran = run(*words, *([] if "\udcff" in words[-1] else ["\udcff\udcfe"]))
    assert ran.code in (1, 2)
    one_line(ran)


def test_a_file_whose_name_is_no_text_is_refused(here: Path, edition: Path) -> None:
    """Nothing of it is kept."""
    name = "счёт.txt".encode("cp1251").decode("utf-8", "surrogateescape")
    (here / name).write_text("Двенадцать рублей.\n", "utf-8")
    ran = run("add", here / name)
    assert ran.code == 1 and ran.err.startswith("refused: ") and "not UTF-8" in ran.err
    assert len(done("list", "--json").records) == 2 and len(list((edition / "transcripts").iterdir())) == 2


def test_words_of_a_text_do_not_drive_the_terminal(here: Path, edition: Path) -> None:
    """The titles in an error come from OCR: what would be an escape is a visible sign."""
    for name in ("a.txt", "b.txt"):
        (here / name).write_text(f"\x1b]0;owned\x07 эхо {name}\n", "utf-8")
    done("add", here / "a.txt", here / "b.txt")
    line = one_line(run("show", "эхо"))
    assert "names 2 documents" in line and not re.search(r"[\x00-\x1f]", line)


def test_another_writer_is_named_and_nothing_is_recorded(edition: Path, held: int) -> None:
    ran = run("decide", stdin=KEEP)
    assert ran.code == 4
    line = one_line(ran)
    assert "corrections.db" in line and "nothing of this was recorded" in line
    if Path("/proc/locks").exists():
        assert f"(process {held})" in line
    assert done("log").data == b""


@pytest.mark.parametrize("words", [["undo"], ["describe", "1", "kind=счёт"], ["settings", "style=reader"],
                                   ["split", "1", "2"], ["add"]])  # fmt: skip
@pytest.mark.usefixtures("held")
def test_every_writing_command_ends_with_4_where_another_writes(here: Path, words: list[str]) -> None:
    (here / "new.txt").write_text("Новое.\n", "utf-8")
    ran = run(*words, *([here / "new.txt"] if words == ["add"] else []))
    assert ran.code == 4
    one_line(ran)


@pytest.mark.parametrize("words", [["list"], ["show", "letter"], ["status"], ["verify"], ["export"], ["log"]])
@pytest.mark.usefixtures("held")
def test_reading_does_not_wait_for_a_writer(words: list[str]) -> None:
    assert done(*words).err.count("\n") <= 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_cannot_be_written_can_be_read(edition: Path) -> None:
    """And a decision is refused in one line."""
    decide(about("Тверн", page="Твери"))
    (edition / "corrections.db").chmod(0o444)
    edition.chmod(0o555)
    try:
        assert "из Твери" in done("show", "letter").out
        ran = run("decide", stdin=KEEP)
    finally:
        edition.chmod(0o755)
    assert ran.code == 3 and "cannot be written" in one_line(ran)


def test_a_wal_of_another_file_is_set_aside_and_said(edition: Path, here: Path) -> None:
    """The command goes on; what was set aside is named, on stderr."""
    decide(about("Тверн", page="Твери"))
    shutil.copytree(edition, here / "copy")
    writer = sqlite3.connect(here / "copy" / "corrections.db", isolation_level=None)
    writer.execute("PRAGMA user_version = 12345")
    wal = (here / "copy" / "corrections.db-wal").read_bytes()
    writer.close()
    (edition / "corrections.db-wal").write_bytes(wal)
    ran = done("list", "--json")
    assert "was set aside as corrections.db-wal.set-aside-" in ran.err
    assert ran.records[1]["persons"] == [PERSON]
