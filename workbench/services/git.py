"""git and corrections.db: what `.gitattributes` names has to be told to each clone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from workbench.core.errors import UsageError

CONFIG = {
    "diff.workbench.textconv": "workbench log --text",
    "diff.workbench.cachetextconv": "false",
    "merge.workbench.name": "the union of both journals",
    "merge.workbench.driver": "workbench merge-driver %A %B",
}
"""What the names in `.gitattributes` mean."""
ATTRIBUTES = "corrections.db binary diff=workbench merge=workbench"


def within(folder: Path) -> bool:
    """Is a folder in a working tree of git?"""
    return _git(folder, "rev-parse", "--is-inside-work-tree") == "true"


def set_up(folder: Path) -> Iterator[str]:
    """Tell the clone that a folder lies in what the attributes mean; what was told, a line each."""
    if not within(folder):
        raise UsageError(f"{folder} is in no clone of git")
    for key, value in CONFIG.items():
        if _git(folder, "config", "--local", key, value) is None:
            raise UsageError(f"git would not set {key} in {folder}")
        yield f"git config {key} {value!r}"


def configured(folder: Path, key: str) -> str | None:
    """What git's configuration says there; None where it says nothing, or there is no git."""
    return _git(folder, "config", "--get", key) or None


def _git(folder: Path, *words: str) -> str | None:
    """What git says, None where it refuses or is not there."""
    try:
        run = subprocess.run(["git", "-C", folder, *words], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.strip() if run.returncode == 0 else None
