"""Browsing an edition with Datasette: its snapshot, explained, with the questions that editors ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.core.errors import EditionError
from workbench.services.browsing import snapshot
from workbench.services.browsing.browse_queries import QUESTIONS
from workbench.services.browsing.browse_words import HIDDEN, TABLES
from workbench.services.edition import Edition

METADATA = "metadata.json"

PAGES: dict[str, Any] = {
    "default_page_size": 100, "max_returned_rows": 5000, "sql_time_limit_ms": 10_000, "facet_time_limit_ms": 1000,
    "suggest_facets": False,
}  # fmt: skip
"""One person asks, on her own machine: a slow answer is better than none."""

FILES: dict[str, Any] = {**PAGES, "max_returned_rows": 100_000_000, "sql_time_limit_ms": 120_000, "max_csv_mb": 0}
"""The same for what is saved: whole, however long it is."""


def metadata(name: str, taken: str) -> dict[str, Any]:
    """What Datasette 0.65 is told of a snapshot: titles, descriptions, columns, questions.

    `name`: what the edition is called; `taken`: when the snapshot was taken.
    """
    tables: dict[str, Any] = {
        table: {"title": d.title, "description": d.description, "columns": d.columns, **d.more}
        for table, d in TABLES.items()
    }
    tables |= {table: {"hidden": True} for table in HIDDEN}
    queries = {
        q.name: {"title": q.title, "description": q.description, "sql": q.sql.strip(), "params": list(q.parameters)}
        for q in QUESTIONS
    }
    words = f"A snapshot of the edition, taken {taken}. Nothing can be changed here, and later decisions are not in it."
    shown = {"title": name, "description": words}
    return {**shown, "databases": {Path(snapshot.SNAPSHOT).stem: {**shown, "tables": tables, "queries": queries}}}


def write(
    edition: Edition, folder: Path, now: str, progress: Callable[[int, int], None] = lambda done, total: None
) -> Path:
    """Write the snapshot and what explains it into a folder, made where there is none; the path of the snapshot.

    `progress(done, total)` counts decisions.
    """
    words = folder / METADATA
    if words.exists():
        raise EditionError(f"{words} is there already; nothing is overwritten")
    folder.mkdir(parents=True, exist_ok=True)
    made = snapshot.take(edition, folder / snapshot.SNAPSHOT, progress)
    told = metadata(edition.folder.name, now[:16].replace("T", " ") + " UTC")
    words.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return made
