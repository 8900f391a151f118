"""A small edition for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.workspace import make
from workbench.services.edition import Edition


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    """One text, nothing decided."""
    made = make(tmp_path / "edition")
    yield made
    made.close()
