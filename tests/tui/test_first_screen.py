"""The first screen of the desk: all of it at once, and nothing on the way to it that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.tui.driving import desk, press, running, settled, shown, until
from workbench.services import persons
from workbench.services.document import reading
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.tui.app import WorkbenchApp
from workbench.tui.document_map import DocumentMap

NEEDLESS = (
    "PIL", "charset_normalizer", "click", "diff_match_patch", "marisa_trie", "pymorphy3", "rapidfuzz", "regex",
    "sqlite_utils", "statistics", "typer", "wordfreq", "workbench.cli.app",
    "workbench.core.edit", "workbench.core.history", "workbench.core.style", "workbench.lexicon", "workbench.readers",
    "workbench.services.adding", "workbench.services.deciding", "workbench.services.reviewing",
    "workbench.store.images",
    "workbench.store.journal", "workbench.store.projections", "workbench.suggest", "workbench.tui.asking",
    "workbench.tui.help", "workbench.tui.library", "workbench.tui.line_editor",
)  # fmt: skip
"""What writes, proposes, decodes, or belongs to another screen."""

WATCHED = f"""
import asyncio, json, sys
from pathlib import Path
from workbench.services.edition import open_edition
from workbench.tui.app import WorkbenchApp

class Watched(WorkbenchApp):
    first = None

    def post_display_hook(self):
        if self.first is None:
            lines = [strip.text for strip in self.screen._compositor.render_strips()]
            if any(line.strip() for line in lines):
                modules = [name for name in {NEEDLESS!r} if name in sys.modules]
                self.first = dict(lines=lines, modules=modules, workers=[w.group for w in self.workers])

async def start():
    with open_edition(Path(sys.argv[1])) as edition:
        app = Watched(edition, document=sys.argv[2])
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
        print(json.dumps(app.first))

asyncio.run(start())
"""


def test_all_of_it_is_painted_at_once_and_nothing_else_is_loaded_or_at_work(edition: Edition, document: str) -> None:
    """Title, text, panel and keys; counts and map follow. In a process of its own, where nothing is loaded yet."""
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, str(edition.folder), document], capture_output=True, text=True, timeout=60,
        check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    first = json.loads(ran.stdout)
    title, *text = first["lines"]
    assert title.startswith(" QUEUE") and "protokol.txt" in title
    assert text[0].count("Протокол заседания правления") == 2  # raw and reading
    assert any(line.startswith(" 1 артели") for line in text)
    assert text[-1].startswith(" F1 help")
    assert first["modules"] == []
    assert first["workers"] == []


async def test_a_map_of_another_height_has_as_many_parts(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        chart = app.screen.query_one(DocumentMap)
        before = chart.size.height
        await pilot.resize_terminal(120, 20)
        await settled(pilot)
        assert before > chart.size.height == len(chart._buckets)


async def test_lines_are_counted_where_it_is_said_how_many_are_read(
    app: WorkbenchApp, edition: Edition, document: str
) -> None:
    async with running(app) as pilot:
        assert desk(app)._lines is None
        await press(pilot, "r")
        assert desk(app)._lines == reading.LinesRead(lines=63, read=0)
    with edition.writing():
        anna = persons.ensure(edition, "Анна")
    reading.mark_read(Desk(edition, document), 0, anna)
    again = WorkbenchApp(edition, document=document)
    async with running(again):
        assert "1 of 63 lines read" in shown(again)


async def test_a_source_that_is_no_longer_what_was_imported_is_said(app: WorkbenchApp, edition: Edition) -> None:
    source = next(p for p in edition.transcripts.iterdir())
    source.write_text("Другое.\n", "utf-8")
    async with running(app) as pilot:
        await until(pilot, lambda: app._notifications)
        assert any(source.name in said.message for said in app._notifications)
