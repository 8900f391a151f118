"""What OCR text may do to a terminal: nothing. The program runs in a terminal of its own and its bytes are read."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench.services import adding
from workbench.services.edition import init

pty = pytest.importorskip("pty")

HOSTILE = (
    "Заголовок \x1b]0;stolen\x07 и \x1b[2J\x1b[31mкрасное\x1b[0m\n"
    "[@click=app.bell]щелчок[/] [bold]жирно[/bold]\n"
    "назад \u202eвтсет\u202c и \u200bневидимое\u2060 \x9b5n \x1bP+q544e\x1b\\\n"
)


KEYS = [
    *(b"s", b"n", b"\x1b[B", b"e", b"\x1b", b"m", b"\x1b", b"o", b"k", b"\x1b", b"S", b"a", b"\r", b"\x1b", b"\x1b"),
    *(
        b"W",
        b"1",
        b"8",
        b"\x1b",
        b"d",
        b"\x1b",
        b"v",
        b"\x1b",
        b"X",
        b"\x1b",
        b"D",
        b"\x1b",
        b"z",
        b"\x1b",
        b"f",
        b"\x1b",
    ),
    *(b"F", b"\x1b", b"\x1b", b"r", b" ", b" ", b"y", b"\x1b"),
]
"""Every screen that shows a text is opened and left."""


def drive(folder: Path, home: Path, keys: list[bytes]) -> bytes:
    """Run the program on an edition in a terminal of 100 by 30, type keys, and give all it wrote."""
    leader, follower = pty.openpty()
    env = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "HOME": str(home)}
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", "-C", str(folder), "--person", "А", "open", "1"],
        stdin=follower, stdout=follower, stderr=follower, env=env, close_fds=True, start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    written = b""

    def read(seconds: float, until: bytes = b"\0") -> None:
        nonlocal written
        end = time.monotonic() + seconds
        while time.monotonic() < end and until not in written:
            if select.select([leader], [], [], 0.1)[0]:
                try:
                    written += os.read(leader, 65536)
                except OSError:
                    return

    try:
        read(30, until="невидимое".encode())
        for key in keys:
            os.write(leader, key)
            read(0.7)
        os.write(leader, b"\x11")  # Ctrl+Q
        read(10)
        child.wait(20)
    finally:
        if child.poll() is None:
            child.kill()
        os.close(leader)
    return written


def test_no_sequence_of_a_document_reaches_the_terminal(tmp_path: Path, own_home: Path) -> None:
    source = tmp_path / "hostile.txt"
    source.write_bytes(HOSTILE.encode())
    with init(tmp_path / "edition") as edition:
        assert [a.outcome for a in adding.add(edition, [source], reader="plain")] == ["added"]
    written = drive(tmp_path / "edition", own_home, KEYS)
    assert "щелчок".encode() in written
    for sequence in (b"\x1b]0;stolen", b"stolen\x07", b"\x1b[31m", b"\x1bP+q", "\x9b".encode(), "\u202e".encode(),
                     "\u200b".encode()):  # fmt: skip
        at = written.find(sequence)
        assert at < 0, written[max(0, at - 60) : at + 20]
    assert b"[@click" in written.replace(b"\x1b[0m", b"")
