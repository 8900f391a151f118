"""A program in a pseudo-terminal: keys go in, and the clock stops when the last byte of the answer is out."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS, ROWS = 120, 40
_QUIET = 0.08
"""Seconds without a byte after which an answer is complete; they do not count."""
_LONGEST = 3.0
_START = 60.0
"""Seconds in which a key, or a start, must bring something."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key brought."""

    milliseconds: float
    """From the key to the last byte."""
    size: int
    """Bytes."""


class Terminal:
    """One program and its terminal."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if not self.pid:
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.first = self._answer(began, quiet=0.6, longest=_START)
        """Until everything was painted for the first time."""

    def press(self, key: bytes) -> Answer:
        """Press a key and wait for all that it brings."""
        began = time.perf_counter()
        os.write(self._fd, key)
        return self._answer(began)

    def _answer(self, began: float, *, quiet: float = _QUIET, longest: float = _LONGEST) -> Answer:
        last, size = began, 0
        while True:
            wait = quiet if size else longest
            ready, _, _ = select.select([self._fd], [], [], wait)
            if not ready:
                return Answer(1000 * (last - began), size)
            try:
                chunk = os.read(self._fd, 1 << 16)
            except OSError:
                return Answer(1000 * (last - began), size)
            if not chunk:
                return Answer(1000 * (last - began), size)
            last = time.perf_counter()
            size += len(chunk)

    def settle(self, seconds: float = 0.3) -> None:
        """Let what is under way come to its end, programs that it started included."""
        time.sleep(seconds)
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        while children.read_text("utf-8").strip():
            time.sleep(0.1)
        while select.select([self._fd], [], [], 0.1)[0]:
            os.read(self._fd, 1 << 16)

    def memory(self) -> float:
        """Resident megabytes."""
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def leave(self) -> None:
        """Ask the program to end, and wait for it."""
        os.write(self._fd, b"\x11")  # Ctrl+Q
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
