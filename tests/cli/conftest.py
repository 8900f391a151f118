"""An edition of two made-up files, with the test's own folder as the current one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import BILL, LETTER, PERSON, done


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: no edition and no git repository in it or above it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    return tmp_path


@pytest.fixture
def sources(here: Path) -> Path:
    """A folder with the two files, not added yet."""
    folder = here / "scans"
    folder.mkdir()
    (folder / "letter.txt").write_bytes(LETTER.encode())
    (folder / "bill.txt").write_bytes(BILL.encode())
    return folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition as every test gets it, made once."""
    folder = tmp_path_factory.mktemp("template")
    for name, text in (("letter.txt", LETTER), ("bill.txt", BILL)):
        (folder / name).write_bytes(text.encode())
    done("init", folder / "edition")
    done("-C", folder / "edition", "add", folder / "letter.txt", folder / "bill.txt")
    return folder / "edition"


@pytest.fixture
def edition(template: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edition, as the current folder; 1 is the bill, 2 the letter, and a person is named."""
    folder = here / "edition"
    shutil.copytree(template, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("WORKBENCH_PERSON", PERSON)
    return folder
