"""Learning from decisions in a program of its own, so that no key waits for it.

    python -m workbench.services.suggestions.learner FOLDER DOCUMENT

It looks for the suggestions of a document again. Once they are found it writes a line, and reads one: the suggestion
that somebody is looking at (or nothing), which stays as it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench.services import library
from workbench.services.edition import open_edition
from workbench.services.suggestions import suggesting


def main() -> None:
    folder, document = sys.argv[1:3]
    if hasattr(os, "nice"):
        os.nice(10)

    def looked_at() -> str | None:
        sys.stdout.write("found\n")
        sys.stdout.flush()
        return sys.stdin.readline().strip() or None

    with open_edition(Path(folder)) as edition:
        suggesting.suggest(edition, [library.listing(edition, document)], spare=looked_at)


if __name__ == "__main__":
    main()
