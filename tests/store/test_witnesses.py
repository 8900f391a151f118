"""Witnesses and confidences are kept and merged; a database from before there were any is read as it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.workspace import NOW, TEXT, as_before, beside, fork, make, put, read, sha, suggest
from workbench.core.text import Confidence, Markup, Text
from workbench.services import library
from workbench.services.edition import Edition, open_edition
from workbench.services.suggestions import suggesting
from workbench.store import interchange, schema, suggestions, texts, verify, witnesses

SURE = Text(
    content="один два\n", reader="tsv",
    confidences=(
        Confidence(start=0, end=4, ppm=910_000), Confidence(start=5, end=8, ppm=120_000, alternatives=("двa", "дна")),
    ),
)  # fmt: skip


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of an edition as the first version made it, with a decision and suggestions, without new tables."""
    with make(tmp_path / "new") as new:
        with new.writing() as db:
            suggest(db)
        put(new, 0, 2, "X")
        folder = as_before(new, tmp_path / "older", knowing=schema.KNOWN[:1])
        shutil.copytree(new.transcripts, folder / "transcripts")
    return folder


def attach(edition: Edition, name: str, data: bytes = b"abc def\n", *, text: str = TEXT.sha) -> bool:
    with edition.writing() as db:
        read_as = Text(content=data.decode(), reader="plain")
        return witnesses.add(db, text, name=name, data=data, read=read_as, now=NOW)


def merge(edition: Edition, other: Edition) -> interchange.Merged:
    with edition.writing() as db:
        return interchange.merge(db, other.db)


def kept(edition: Edition) -> list[tuple[str, str]]:
    return [(w.name, w.content) for w in witnesses.of_text(edition.db, TEXT.sha)]


# witnesses


def test_witnesses_are_of_one_text_and_come_by_name(edition: Edition) -> None:
    assert attach(edition, "second.txt") and attach(edition, "first.txt", b"abc\n")
    assert kept(edition) == [("first.txt", "abc\n"), ("second.txt", "abc def\n")]
    assert witnesses.of_text(edition.db, "0" * 64) == ()


def test_the_same_bytes_are_one_witness(edition: Edition) -> None:
    assert attach(edition, "second.txt")
    assert not attach(edition, "again.txt")
    assert kept(edition) == [("second.txt", "abc def\n")]


def test_a_witness_is_compared_without_its_markup(edition: Edition) -> None:
    marks = (Markup(start=0, end=2, kind="emphasis"), Markup(start=5, end=6, kind="escape", replacement="*"))
    with edition.writing() as db:
        read_as = Text(content="**abc\\def\n", reader="markdown", markup=marks)
        witnesses.add(db, TEXT.sha, name="a.md", data=b"x", read=read_as, now=NOW)
    assert kept(edition) == [("a.md", "abc*def\n")]


def test_a_merge_brings_witnesses_of_texts_that_both_have(edition: Edition, tmp_path: Path) -> None:
    """Once, however often; what was here stays."""
    with fork(edition, tmp_path / "other") as other:
        attach(edition, "mine.txt", b"abc\n")
        attach(other, "theirs.txt", b"def\n")
        for _ in range(2):
            merge(edition, other)
            assert kept(edition) == [("mine.txt", "abc\n"), ("theirs.txt", "def\n")]
        assert not list(verify.problems(edition.db))


def test_a_merge_brings_witnesses_with_their_text(edition: Edition, tmp_path: Path) -> None:
    attach(edition, "second.txt")
    with make(tmp_path / "other", text=SURE, name="sure.txt") as other:
        merge(other, edition)
        assert kept(other) == [("second.txt", "abc def\n")]


# confidences


def test_confidences_are_kept_with_their_text(tmp_path: Path) -> None:
    with make(tmp_path / "sure", text=SURE, name="sure.txt") as edition:
        assert texts.whole_text(edition.db, SURE.sha) == SURE


def test_a_merge_brings_confidences_with_their_text(edition: Edition, tmp_path: Path) -> None:
    with make(tmp_path / "sure", text=SURE, name="sure.txt") as other:
        merge(edition, other)
        merge(edition, other)
    assert texts.whole_text(edition.db, SURE.sha) == SURE
    assert texts.whole_text(edition.db, TEXT.sha) == TEXT


# a database from before


@pytest.fixture
def from_before(older: Path) -> Iterator[Edition]:
    with open_edition(older) as edition:
        yield edition


def test_an_older_database_is_read_without_a_change(older: Path) -> None:
    """There are no witnesses and no confidences in it, and looking makes none."""
    before = sha(older / "corrections.db")
    with open_edition(older) as edition:
        assert schema.applied(edition.db) == ("m001_foundation",)
        (listing,) = library.listings(edition)
        assert texts.whole_text(edition.db, TEXT.sha) == TEXT
        assert witnesses.of_text(edition.db, TEXT.sha) == ()
        assert suggestions.within(edition.db, TEXT.sha, 0, 99)
        assert suggesting.explain(edition, listing.id, 11)[0] == "gh ab"
        assert read(edition).startswith("Xc")
        assert not list(verify.problems(edition.db))
    assert sha(older / "corrections.db") == before
    assert not beside(older)


def test_the_first_write_brings_an_older_database_up_to_date(from_before: Edition) -> None:
    """What was in it stays as it was."""
    before = suggestions.within(from_before.db, TEXT.sha, 0, 99, only_open=False)
    put(from_before, 11, 13, "Y")
    assert schema.applied(from_before.db) == schema.KNOWN
    after = suggestions.within(from_before.db, TEXT.sha, 0, 99, only_open=False)
    assert [k.suggestion for k in after] == [k.suggestion for k in before]
    assert suggestions.last_run(from_before.db, TEXT.sha) == ""  # made on nobody knows what: looked for again
    assert attach(from_before, "second.txt")
    assert not list(verify.problems(from_before.db))


def test_a_search_brings_an_older_database_up_to_date(from_before: Edition) -> None:
    found = suggesting.suggest(from_before, library.listings(from_before))
    assert (found.searched, found.unchanged) == (1, 0)
    assert schema.applied(from_before.db) == schema.KNOWN


def test_an_older_and_a_newer_database_are_merged_either_way(from_before: Edition, tmp_path: Path) -> None:
    """The older one is not changed by being taken in."""
    with make(tmp_path / "sure", text=SURE, name="sure.txt") as newer:
        attach(newer, "second.txt", text=SURE.sha)
        merge(newer, from_before)
        assert schema.applied(from_before.db) == ("m001_foundation",)
        assert texts.whole_text(newer.db, TEXT.sha) == TEXT
        merge(from_before, newer)
    assert texts.whole_text(from_before.db, SURE.sha) == SURE
    assert [w.name for w in witnesses.of_text(from_before.db, SURE.sha)] == ["second.txt"]
