"""Writes docs/commands.md: the help of every command, as the program prints it.

.venv/bin/python docs/commands.py           a test fails when the file is stale
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).with_suffix(".md")
_WIDE = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "PYTHONIOENCODING": "utf-8", "TERM": "dumb", "NO_COLOR": "1"}


def text() -> str:
    """The page as it should be."""
    parts = ["# Commands\n\nMade by `docs/commands.py` from the program itself.\n"]
    for command in [(), *_commands()]:
        title = " ".join(("workbench", *command))
        parts.append(f"## {title}\n\n```\n{_help(*command)}\n```\n")
    return "\n".join(parts)


def _commands() -> list[tuple[str, ...]]:
    import typer.main

    from workbench.cli.app import app

    root = typer.main.get_command(app)
    found: list[tuple[str, ...]] = []
    for name, command in getattr(root, "commands", {}).items():
        inner = getattr(command, "commands", None)
        found += [(name, sub) for sub in inner] if inner else [(name,)]
    return found


def _help(*command: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "workbench", *command, "--help"], capture_output=True, text=True, check=True,
        env={**_environment(), **_WIDE},
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
