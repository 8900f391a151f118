"""Writes the table of states into docs/guide.md, drawn from the table that the program checks.

.venv/bin/python docs/states.py             a test fails when the page is stale
"""

from __future__ import annotations

import re
from pathlib import Path

from workbench.core.states import MOVES, ROLES, STATES

TARGET = Path(__file__).parent / "guide.md"
BEGIN, END = "<!-- states: made by docs/states.py -->", "<!-- end of states -->"
_WORDS = {"transcribing": "in transcription", "reviewing": "in review"}


def table() -> str:
    """A row a state: what it can become, and who may say so."""
    rows = ["| a document that is | becomes | said by |", "|---|---|---|"]
    for state in sorted(STATES, key=lambda s: (s == "reopened", STATES.index(s))):
        for (from_, to), roles in MOVES.items():
            if from_ == state:
                who = "anybody" if roles == frozenset(ROLES) else " or ".join(r for r in ROLES if r in roles)
                rows.append(f"| {_WORDS.get(from_, from_)} | {_WORDS.get(to, to)} | {who} |")
    return "\n".join(rows)


def text() -> str:
    """The page as it should be."""
    page = TARGET.read_text("utf-8")
    return re.sub(f"{BEGIN}.*?{END}", f"{BEGIN}\n{table()}\n{END}", page, flags=re.DOTALL)


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
