"""The repository's own edition: intact, rebuilt from its decisions, and printed as it was found good.

The golden texts are written anew by `WORKBENCH_GOLDEN=write pytest tests/services/test_own_edition.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.core.pieces import reading, replay
from workbench.core.printing import Printed, TextKind
from workbench.core.style import house_style
from workbench.services import adding, deciding, library, moments, persons, printing
from workbench.services.edition import Edition, init, open_edition
from workbench.store import entries
from workbench.store.verify import problems

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
DECISIONS = ROOT / "docs" / "edition" / "decisions.jsonl"
TEXTS: list[tuple[TextKind, str]] = [
    ("reading", "archival"), ("reading", "reader"), ("diplomatic", "archival"), ("search", "archival"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the edition: nothing may happen to the repository's own."""
    there = tmp_path_factory.mktemp("own")
    shutil.copyfile(ROOT / "corrections.db", there / "corrections.db")
    shutil.copytree(ROOT / "transcripts", there / "transcripts")
    return there


@pytest.fixture
def own(folder: Path) -> Iterator[Edition]:
    with open_edition(folder) as edition:
        yield edition


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """The edition made again, from the letters and the committed decisions alone."""
    with init(tmp_path_factory.mktemp("rebuilt") / "edition") as edition:
        assert {a.outcome for a in adding.add(edition, [ROOT / "transcripts"])} == {"added"}
        with edition.writing():
            person = persons.ensure(edition, "Редакция")
        deciding.record_all(edition, [json.loads(line) for line in DECISIONS.read_text("utf-8").splitlines()], person)
        yield edition


def printed(edition: Edition, number: int, kind: TextKind, style: str, moment: moments.Moment) -> Printed:
    document = library.listings(edition)[number].id
    return printing.printed(edition, document, kind, house_style(style, moment.style), moment)


def shape(text: Printed) -> tuple[object, ...]:
    """A printed text without the ids of entries, which hold the time of their writing."""
    notes = [(n.series, n.label, n.code, n.params, n.body, n.lemma) for n in text.notes]
    return text.blocks, tuple(notes)


def test_the_journal_is_intact(own: Edition) -> None:
    assert list(problems(own.db)) == []


def test_the_kept_bytes_are_the_files_in_transcripts(own: Edition) -> None:
    kept = dict(own.db.execute("SELECT name, bytes FROM transcripts").fetchall())
    assert kept == {p.name: p.read_bytes() for p in (ROOT / "transcripts").iterdir()}
    assert adding.changed_sources(own) == []


def test_every_suggestion_about_the_letters_is_answered(own: Edition) -> None:
    assert [d.open for d in library.listings(own)] == [0, 0, 0]
    assert len(library.listings(own)) == 3


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(("kind", "style"), TEXTS)
def test_the_rebuilt_edition_prints_the_same(
    own: Edition, rebuilt: Edition, number: int, kind: TextKind, style: str
) -> None:
    theirs = printed(rebuilt, number, kind, style, moments.present(rebuilt))
    assert shape(printed(own, number, kind, style, moments.present(own))) == shape(theirs)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(("kind", "style"), TEXTS)
def test_the_slow_replay_prints_the_same(own: Edition, number: int, kind: TextKind, style: str) -> None:
    """What the projection prints is what the journal alone gives."""
    slow = moments.of_history(own, entries.history(own.db))
    assert printed(own, number, kind, style, slow) == printed(own, number, kind, style, moments.present(own))


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(("kind", "style"), TEXTS)
def test_the_texts_are_the_golden_ones(own: Edition, number: int, kind: TextKind, style: str) -> None:
    document = library.listings(own)[number].id
    text = printing.written(printing.export(own, document, kind=kind, style=style), "txt")
    golden = GOLDEN / f"{number + 1}-{kind}-{style}.txt"
    if os.environ.get("WORKBENCH_GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_the_raw_text_with_the_correction_log_applied_is_the_reading(own: Edition) -> None:
    """Nothing departs from the raw text but what the log says, span by span, with a person's name."""
    moment = moments.present(own)
    names = persons.names(own)
    for listing in library.listings(own):
        log = printing.log(own, listing.id, moment)
        assert all(names[c.person] == "Редакция" for c in log)
        for source in printing.sources(own, listing.id, moment):
            at, out = source.fragment.start, ""
            for c in (c for c in log if c.text == source.text and at <= c.start <= source.fragment.end):
                assert source.fragment.base(c.start, c.end) == c.raw
                out += source.fragment.base(at, c.start) + c.reading
                at = c.end
            out += source.fragment.base(at, source.fragment.end)
            assert out == reading(replay(source.fragment, source.entries))


def test_opening_browsing_and_closing_leave_every_byte(folder: Path) -> None:
    def sums() -> dict[str, str]:
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}

    before = sums()
    with open_edition(folder) as edition:
        for listing in library.listings(edition):
            printing.export(edition, listing.id, kind="reading")
            list(printing.sources(edition, listing.id, moments.present(edition)))
        list(problems(edition.db))
    assert sums() == before


async def test_the_screen_leaves_every_byte(folder: Path) -> None:
    from workbench.tui.app import WorkbenchApp

    before = hashlib.sha256((folder / "corrections.db").read_bytes()).hexdigest()
    with open_edition(folder) as edition:
        app = WorkbenchApp(edition)
        async with app.run_test(size=(120, 34)) as pilot:
            await pilot.pause()
            for key in ("down", "enter", "pagedown", "right", "n", "f1", "escape", "end", "home", "escape"):
                await pilot.press(key)
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press("q")
    assert hashlib.sha256((folder / "corrections.db").read_bytes()).hexdigest() == before
    assert sorted(p.name for p in folder.iterdir()) == ["corrections.db", "transcripts"]
