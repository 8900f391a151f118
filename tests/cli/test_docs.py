"""The documentation that is made from the program is as the program is now."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_commands_is_what_help_says() -> None:
    made = runpy.run_path(str(DOCS / "commands.py"))["text"]()
    assert (DOCS / "commands.md").read_text("utf-8") == made, "stale: run docs/commands.py"
