"""The demo: a scratch edition of the two letters, one finished, one with its suggestions waiting."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from workbench.core.errors import EditionError
from workbench.services import adding, deciding, library, persons
from workbench.services.edition import DATABASE, Edition, init
from workbench.services.suggestions import suggesting

PERSON = "Demo Editor"


def material() -> Path:
    """Where the letters and the decisions about them are: in the package when installed, else in the repository."""
    packaged = Path(__file__).parent.parent / "demo"
    return packaged if packaged.exists() else Path(__file__).parent.parent.parent


def make_demo(folder: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> bool:
    """Make the demo edition unless it is there; was it made now? `progress`: of the search for suggestions."""
    if (folder / DATABASE).exists():
        return False
    home = material()
    transcripts = sorted((home / "transcripts").glob("*.txt"))
    if not transcripts:
        raise EditionError(f"the letters of the demo are not in {home}; install the program anew")
    edition = init(folder)
    try:
        for added in adding.add(edition, transcripts):
            if added.outcome == "refused":
                raise EditionError(f"the demo could not be made: {added.detail}")
        suggesting.suggest(edition, library.listings(edition), progress)
        _finish(edition, transcripts[-1].name, home)
    finally:
        edition.close()
    return True


def _finish(edition: Edition, name: str, home: Path) -> None:
    """Decide one letter as the repository's own edition does, rules and descriptions of both included."""
    decisions = home / "decisions.jsonl"
    if not decisions.exists():
        decisions = home / "docs" / "edition" / "decisions.jsonl"
    with edition.writing():
        person = persons.ensure(edition, PERSON)
        for line in decisions.read_text("utf-8").splitlines():
            asked = json.loads(line)
            if asked["act"] in ("rule", "split", "describe") or asked.get("transcript") == name:
                deciding.record(edition, asked, person)
