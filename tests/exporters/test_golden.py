"""Each format in each house style, byte for byte as it was found good.

The golden texts are written anew by `WORKBENCH_GOLDEN=write pytest tests/exporters/test_golden.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.exporters.letter import letter
from workbench.core.printing import TextKind
from workbench.core.style import STYLES
from workbench.exporters import EXPORTERS

GOLDEN = Path(__file__).parent / "golden"
EXPORTS: list[tuple[TextKind, str, str, str]] = [
    *(("reading", style, "ru", format_) for style in STYLES for format_ in EXPORTERS),
    ("diplomatic", "archival", "ru", "txt"),
    ("diplomatic", "archival", "ru", "md"),
    ("search", "archival", "ru", "txt"),
    ("reading", "archival", "en", "md"),
]


def name(kind: str, style: str, language: str, format_: str) -> str:
    return f"{kind}-{style}-{language}.{format_}"


@pytest.mark.parametrize(("kind", "style", "language", "format_"), EXPORTS)
def test_the_export_is_the_golden_one(kind: TextKind, style: str, language: str, format_: str) -> None:
    """UTF-8 with LF line ends; whoever changes a byte of it looks at the difference."""
    data = EXPORTERS[format_](letter(kind, style, language)).encode()
    golden = GOLDEN / name(kind, style, language, format_)
    if os.environ.get("WORKBENCH_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(data)
    assert data == golden.read_bytes()


def test_every_golden_text_is_compared() -> None:
    """None is left behind by a format or a style that is gone."""
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(name(*export) for export in EXPORTS)


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_writes_the_same_bytes(seed: str) -> None:
    """No order of a set or a dictionary shows: Python shuffles them by this seed."""
    script = (
        "import sys; from tests.exporters.letter import letter; from workbench.exporters import EXPORTERS\n"
        "for kind in ('diplomatic', 'reading', 'search'):\n"
        "    for write in EXPORTERS.values(): sys.stdout.buffer.write(write(letter(kind)).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True, check=True,
    )  # fmt: skip
    kinds: tuple[TextKind, ...] = ("diplomatic", "reading", "search")
    assert done.stdout == b"".join(write(letter(kind)).encode() for kind in kinds for write in EXPORTERS.values())


def test_the_order_of_a_description_does_not_show() -> None:
    """Fields were set in some order; the export is the same in any."""
    there = letter()
    back = replace(there, description=dict(reversed(list(there.description.items()))))
    assert list(back.description) != list(there.description)
    for write in EXPORTERS.values():
        assert write(there) == write(back)
