"""The documentation that is made from the program is as the program is now."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from tests.exporters.story import history, whole
from workbench.core.acts import ACTS
from workbench.exporters.history import COLUMNS
from workbench.exporters.provenance import write_prov

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_states_is_the_one_that_is_checked() -> None:
    made = runpy.run_path(str(DOCS / "states.py"))["text"]()
    assert (DOCS / "guide.md").read_text("utf-8") == made, "stale: run docs/states.py"
    assert "| approved | reopened | editor |" in made


def test_every_page_of_tasks_is_listed_and_its_pictures_are_there() -> None:
    listed = (DOCS / "tasks" / "README.md").read_text("utf-8")
    for page in (DOCS / "tasks").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in listed, page.name
        for link in re.findall(r"\]\(([^)#:]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_page_of_commands_is_what_help_says() -> None:
    made = runpy.run_path(str(DOCS / "commands.py"))["text"]()
    assert (DOCS / "commands.md").read_text("utf-8") == made, "stale: run docs/commands.py"


def test_the_page_of_formats_explains_every_column_of_the_history() -> None:
    """Each once, and none that there is not."""
    page = (DOCS / "formats.md").read_text("utf-8")
    section = page.partition("## History")[2].partition("**CSV**")[0]
    named = [name for line in section.splitlines() if line.startswith("| `") for name in line.split("|")[1].split(", ")]
    assert sorted(name.strip(" `") for name in named) == sorted(COLUMNS)


def test_the_page_of_formats_explains_every_term_of_provenance() -> None:
    """Types and attributes of our namespace, in the history that has one of everything."""
    page = (DOCS / "formats.md").read_text("utf-8").partition("**PROV-JSON**")[2].partition("## ")[0]
    found = set(re.findall(r"wb:[A-Za-z_0-9]+", "".join(write_prov(history(), whole()))))
    acts = {f"wb:{act}" for act in ACTS}
    assert not {term for term in found - acts if f"`{term}`" not in page}
