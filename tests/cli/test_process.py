"""What only a process of its own can show: pipes, interruption, locale, what is imported when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import LETTER, PERSON, about, done, lines, process
from workbench import __version__

HEAVY = ("textual", "pymorphy3", "rapidfuzz", "sqlite_utils", "charset_normalizer")

LIGHT = f"""
import sys
from workbench.cli import main
sys.argv[0] = "workbench"
try:
    main()
finally:
    sys.stderr.write("loaded:" + " ".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def finish(running: subprocess.Popen[bytes], stdin: bytes = b"") -> tuple[int, bytes, str]:
    """Exit code, stdout and stderr of a process."""
    out, err = running.communicate(stdin, timeout=30)
    return running.returncode, out, err.decode("utf-8")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["decide", "--help"], ["list"], ["show", "letter"]])
def test_what_a_command_does_not_need_is_not_imported(edition: Path, words: list[str]) -> None:
    """Help costs nothing, and reading a text needs neither the screen nor a dictionary."""
    ran = subprocess.run([sys.executable, "-c", LIGHT, *words], capture_output=True, text=True, timeout=30, check=False,
                         env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})  # fmt: skip
    assert ran.returncode == 0 and ran.stdout
    assert ran.stderr == "loaded:"


def test_the_version_is_that_of_the_package() -> None:
    assert finish(process("--version")) == (0, f"workbench {__version__}\n".encode(), "")


@pytest.mark.parametrize("words", [["export"], ["show", "letter", "--text", "raw"], ["journal", "export"], ["list"]])
def test_a_reader_that_leaves_is_no_failure(edition: Path, words: list[str]) -> None:
    """As with `| head`: no traceback, no complaint at exit, no code that would stop a script."""
    done("decide", stdin=lines([about("саде", "keep")]))
    read, write = os.pipe()
    os.close(read)
    try:
        running = process(*words, stdout=write)
    finally:
        os.close(write)
    _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, b"")


def test_a_decision_is_answered_before_the_next_one_is_read(edition: Path) -> None:
    """Once it is answered it is on the disk: another process finds it. An interruption keeps it and ends with 130."""
    running = process("decide")
    assert running.stdin is not None and running.stdout is not None
    running.stdin.write(lines([about("Тверн", page="Твери")]).encode())
    running.stdin.flush()
    answer = json.loads(running.stdout.readline())
    assert done("log", "--json").records[-1]["id"] == answer["id"]
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    _, err = running.communicate()
    assert err.decode() == "workbench: interrupted; what was acknowledged is kept\n"
    assert "из Твери" in done("show", "letter").out
    assert sorted(path.name for path in edition.glob("corrections.db*")) == ["corrections.db"]


LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "WORKBENCH_PERSON": "Vera Lunina"},
    {"PYTHONIOENCODING": "cp1251"},
    {"PYTHONIOENCODING": "ascii:strict"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=["C", "cp1251", "ascii"])
def test_texts_are_utf8_whatever_the_locale_is(edition: Path, locale: dict[str, str]) -> None:
    """In and out, on stdin and in files, in data and in words."""
    record = lines([about("Тверн", page="Твери ѣ")]).encode()
    code, out, err = finish(process("decide", env=locale), record)
    assert (code, err) == (0, "") and "id" in json.loads(out)
    (edition / "decisions.jsonl").write_text(lines([about("давно", page="уже")]), "utf-8")
    assert finish(process("decide", "decisions.jsonl", env=locale))[0] == 0
    assert "из Твери ѣ о нашем" in finish(process("show", "letter", env=locale))[1].decode("utf-8")
    assert finish(process("show", "letter", "--text", "raw", env=locale))[1] == LETTER.encode()
    *_, row = (json.loads(line) for line in finish(process("log", "--json", env=locale))[1].decode().splitlines())
    assert (row["page"], row["person"]) == ("уже", locale.get("WORKBENCH_PERSON", PERSON))
    code, out, _ = finish(process("journal", "export", env=locale))
    assert code == 0 and "Твери ѣ" in out.decode("utf-8")
    assert finish(process("journal", "import", env=locale), out)[0] == 0
