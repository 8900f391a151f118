"""Measures the desk: does a volume of a million words feel like a page, and both like next to nothing?

    python -m benchmarks.desk                 # prints the table
    python -m benchmarks.desk --write         # into docs/benchmarks.md, too

Three programs run side by side in pseudo-terminals of one size, keys pressed in turns of ten: Textual's own ScrollView
over lines that are ready, the desk on one page, the desk on the volume. A time ends with the last byte written.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import volume
from benchmarks.tables import table
from benchmarks.terminal import Answer, Terminal

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks.md"
VOLUME_LINES = 100_000
PAGE_LINES = 40
KEYS = 200
STARTS = 5
_TURN = 10
_FADES = 4.5  # seconds after which the title has taken back what it said, which answers no key
_SOME = 2_000  # lines that the minimal program holds
_BLOCK = re.compile(r"<!-- desk -->.*<!-- end of desk -->", re.DOTALL)


@dataclass(slots=True)
class Program:
    """One of the three, with what was measured of it."""

    name: str
    command: Sequence[str]
    firsts: list[Answer] = field(default_factory=list)
    keys: dict[str, list[Answer]] = field(default_factory=dict)
    megabytes: float = 0.0

    def p95(self, kind: str) -> float:
        times = sorted(a.milliseconds for a in self.keys[kind])
        return times[min(len(times) - 1, round(0.95 * len(times)))]

    def p50(self, kind: str) -> float:
        return median(a.milliseconds for a in self.keys[kind])

    @property
    def first(self) -> float:
        return median(a.milliseconds for a in self.firsts)

    def size(self, kind: str) -> float:
        return median(a.size for a in self.keys[kind])


def measure(folder: Path, *, lines: int = VOLUME_LINES, keys: int = KEYS, starts: int = STARTS) -> list[Program]:
    """The three programs, measured in turns."""
    (folder / "some.txt").write_text(volume.text(_SOME)[0], "utf-8")
    (folder / "ocr-workbench").mkdir()
    # The engine has nothing to say about made-up words: learning would take the page's suggestions away.
    (folder / "ocr-workbench" / "settings.toml").write_text('learn = "off"\n', "utf-8")
    for name, count in (("page", PAGE_LINES), ("volume", lines)):
        sys.stderr.write(f"making the {name}\n")
        volume.make(folder / name, count)
    programs = [
        Program("minimal", [sys.executable, "-m", "benchmarks.minimal_view", str(folder / "some.txt")]),
        Program("page", _desk(folder / "page")),
        Program("volume", _desk(folder / "volume")),
    ]
    env = _environment(folder)
    for program in programs[1:]:  # opened once, a document is what the next start comes back to
        terminal = Terminal(program.command, env)
        terminal.press(b"\r")
        terminal.settle()
        terminal.leave()
    for _ in range(starts):
        for program in programs:
            terminal = Terminal(program.command, env)
            program.firsts.append(terminal.first)
            terminal.leave()
    open_ones = [Terminal(program.command, env) for program in programs]
    try:
        for kind, turn in _turns(keys):
            for program, terminal in zip(programs, open_ones, strict=True):
                program.keys.setdefault(kind, []).extend(_turn(terminal, kind, turn, program.name))
        for program, terminal in zip(programs, open_ones, strict=True):
            program.megabytes = terminal.memory()
    finally:
        for terminal in open_ones:
            terminal.close()
    return programs


def _desk(edition: Path) -> list[str]:
    return [sys.executable, "-m", "workbench", "-C", str(edition), "--person", "A. Transcriber"]


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, a terminal of many colours, and bytecode as any installed program has it, Textual too."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    return {**inherited, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none",
            "LC_ALL": "C.UTF-8"}  # fmt: skip


def _turns(keys: int) -> Iterator[tuple[str, int]]:
    for number in range(keys // _TURN):
        for kind in ("next and previous", "accept", "page down and up"):
            yield kind, number


def _turn(terminal: Terminal, kind: str, number: int, name: str) -> list[Answer]:
    """Ten keys of a kind; what was accepted is taken back, unmeasured, so that a page never runs out."""
    if kind == "next and previous":
        keys = [b"n"] * (_TURN // 2) + [b"b"] * (_TURN // 2)
    elif kind == "accept":
        keys = [b"\r"] * _TURN
    else:
        keys = [b"\x1b[6~", b"\x1b[5~"] * (_TURN // 2)
    answers = [terminal.press(key) for key in keys]
    if kind == "accept" and name != "minimal":
        for _ in keys:
            terminal.press(b"u")
        terminal.settle(_FADES)
    return answers


def report(programs: Sequence[Program], raw_megabytes: float) -> str:
    """The tables, each figure beside its bound."""
    minimal, page, big = programs
    rows, bounds = [], []
    for kind in page.keys:
        rows.append([kind, *(f"{p.p50(kind):.0f} / {p.p95(kind):.0f}" for p in programs)])
        bounds.append((f"{kind}, p95, volume to page", big.p95(kind) / page.p95(kind), 1.2))
        bounds.append((f"{kind}, p95, volume to minimal", big.p95(kind) / minimal.p95(kind), 1.5))
    rows.append(["first screen, ms", *(f"{p.first:.0f}" for p in programs)])
    rows.append(["resident, MB", *(f"{p.megabytes:.0f}" for p in programs)])
    rows.append(["bytes a key, next and previous", *(f"{p.size('next and previous'):.0f}" for p in programs)])
    rows.append(["bytes of a first screen", *(f"{median(a.size for a in p.firsts):.0f}" for p in programs)])
    bounds += [
        ("first screen, volume to page", big.first / page.first, 1.3),
        ("first screen, volume to minimal", big.first / minimal.first, 1.5),
        ("memory over minimal's, to the raw text", (big.megabytes - minimal.megabytes) / raw_megabytes, 3.0),
        ("bytes of next and previous, to a full screen",
         big.size("next and previous") / median(a.size for a in big.firsts), 0.25),
    ]  # fmt: skip
    kept = [[what, f"{value:.2f}", f"{bound}", "ok" if value <= bound else "NOT"] for what, value, bound in bounds]
    return "\n\n".join(
        [
            table(["key to last byte, ms: p50 / p95", *(p.name for p in programs)], rows),
            table(["what", "ratio", "at most", ""], kept),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=VOLUME_LINES)
    parser.add_argument("--keys", type=int, default=KEYS)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        programs = measure(Path(folder), lines=asked.lines, keys=asked.keys)
        raw = (Path(folder) / "volume.txt").stat().st_size / 1e6
    words = f"{asked.lines * volume.WORDS_A_LINE:,} words in {asked.lines:,} lines"
    text = f"{words}, {raw:.1f} MB; {asked.keys} keys of each kind, in turns.\n\n{report(programs, raw)}"
    print(text)  # noqa: T201
    if asked.write:
        page = TARGET.read_text("utf-8")
        TARGET.write_text(_BLOCK.sub(f"<!-- desk -->\n{text}\n<!-- end of desk -->", page), "utf-8")


if __name__ == "__main__":
    main()
