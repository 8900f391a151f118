"""The benchmark of the desk measures what it says: small volumes, real keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import volume
from benchmarks.desk import Program, report
from benchmarks.terminal import Answer


def test_the_same_seed_gives_the_same_text_and_suggestions_are_equally_dense() -> None:
    content, found = volume.text(40)
    assert (content, found) == volume.text(40)
    assert len(content.split()) == 40 * volume.WORDS_A_LINE
    assert len(found) == 40 * volume.WORDS_A_LINE // volume.EVERY
    assert all(content[s.start : s.end] == s.quote for s in found)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_a_key_is_timed_to_the_last_byte_of_its_answer(tmp_path: Path) -> None:
    from benchmarks.terminal import Terminal

    script = tmp_path / "echo.py"
    script.write_text(
        "import sys, time, tty\ntty.setraw(0)\nsys.stdout.write('ready'); sys.stdout.flush()\n"
        "sys.stdin.read(1); sys.stdout.write('a'); sys.stdout.flush(); time.sleep(0.03)\n"
        "sys.stdout.write('bc'); sys.stdout.flush(); time.sleep(30)\n"
    )
    terminal = Terminal([sys.executable, str(script)], {"PATH": "/usr/bin:/bin"})
    answer = terminal.press(b"x")
    terminal.close()
    assert answer.size == 3
    assert 30 <= answer.milliseconds < 3000


def test_a_bound_that_does_not_hold_is_said() -> None:
    def program(name: str, milliseconds: float, megabytes: float) -> Program:
        kinds = ("next and previous", "accept", "page down and up")
        return Program(
            name, [], firsts=[Answer(100.0, 1000)], keys={k: [Answer(milliseconds, 100)] * 20 for k in kinds},
            megabytes=megabytes,
        )  # fmt: skip

    made = report([program("minimal", 10, 30), program("page", 10, 50), program("volume", 14, 50)], 10.0)
    kept = [line for line in made.splitlines() if "volume to" in line]
    assert [line.endswith("NOT |") for line in kept if "p95" in line] == [True, False] * 3
    assert "| memory over minimal's, to the raw text | 2.00 | 3.0 | ok |" in made
