"""A terminal that goes away takes the program with it, also where no hangup tells it so."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

from tests.store.workspace import make


def test_the_program_ends_with_its_terminal(tmp_path: Path, own_home: Path) -> None:
    """In a session that has no controlling terminal nobody is sent a hangup."""
    make(tmp_path / "edition").close()
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", "-C", str(tmp_path / "edition"), "--person", "А", "open", "1"],
        stdin=follower, stdout=follower, stderr=follower, env=os.environ | {"TERM": "xterm-256color"},
        start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    try:
        while select.select([leader], [], [], 3)[0]:  # until the first screen stands
            os.read(leader, 65536)
        assert child.poll() is None
        os.close(leader)
        assert child.wait(30) != 0
    finally:
        child.kill()
