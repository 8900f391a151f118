"""What the tests of the command line share: a small edition, and the program run within the test or as a process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO
from unittest.mock import patch

import typer.main

from workbench.cli import main

LETTER = "Дорогой Павел!\nПишу тебе из Тверн о нашем саде.\nЯблони давно отцвели.\n"
"""letter.txt: one misread word, Тверн for Твери."""

BILL = "Счет за доски.\nВсего двенадцать рублей.\nПолучил сполна.\n"
"""bill.txt; it comes before the letter in the list."""

PERSON = "Вера Лунина"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run left behind."""

    code: int
    data: bytes
    """Standard output, byte for byte."""
    err: str

    @property
    def out(self) -> str:
        return self.data.decode("utf-8")

    @property
    def records(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


_COMMAND = cache(typer.main.get_command)
"""The commands are made of their functions once, not at each run: three quarters of the time went into that."""


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def run(*words: object, stdin: str | bytes = b"", terminal: bool = False) -> Ran:
    """Run `workbench` in this process; anything but a clean exit is raised. `terminal`: stdin says it is one."""
    given = io.BytesIO(stdin.encode("utf-8") if isinstance(stdin, str) else stdin)
    source = (Terminal if terminal else io.TextIOWrapper)(given, encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    code: object = 0
    with (
        patch.object(sys, "argv", ["workbench", *map(str, words)]),
        patch.object(sys, "stdin", source),
        patch.object(typer.main, "get_command", _COMMAND),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code or 0
    out.flush()
    err.flush()
    assert isinstance(code, int), code
    return Ran(code=code, data=_content(out.buffer), err=_content(err.buffer).decode("utf-8"))


def _content(buffer: BinaryIO) -> bytes:
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def done(*words: object, stdin: str | bytes = b"") -> Ran:
    """Run a command that has to succeed."""
    ran = run(*words, stdin=stdin)
    assert ran.code == 0, ran.err
    return ran


def process(
    *words: object, env: Mapping[str, str] | None = None, stdout: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start `workbench` as a process of its own, its three streams piped unless said otherwise."""
    return subprocess.Popen(
        [sys.executable, "-m", "workbench", *map(str, words)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **(env or {})},
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def lines(records: Iterable[Mapping[str, Any]]) -> str:
    """Records as JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def about(before: str, act: str = "edit", /, **values: Any) -> dict[str, Any]:
    """A record about the first place in the letter where some words stand."""
    start = LETTER.index(before)
    return {
        "act": act,
        "transcript": "letter.txt",
        "start": start,
        "end": start + len(before),
        "before": before,
    } | values


def decide(*records: Mapping[str, Any], person: str = PERSON) -> list[str]:
    """Record decisions that have to be good; their ids."""
    ran = done("--person", person, "decide", stdin=lines(records))
    return [answer["id"] for answer in ran.records]


def history() -> list[dict[str, Any]]:
    """`log --json`, without the entries that register persons."""
    return [row for row in done("log", "--json").records if row["act"] != "person"]


def one_line(ran: Ran) -> str:
    """The one line that a failed run has to say; there may be nothing beside it."""
    assert ran.err.startswith("workbench: ") and ran.err.endswith("\n") and ran.err.count("\n") == 1, ran.err
    assert ran.data == b""
    return ran.err.removeprefix("workbench: ").rstrip("\n")
