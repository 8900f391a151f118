"""Boxes, scans and images are kept and merged; a database from before there were any is read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.workspace import NOW, RAW, TEXT, as_before, fork, make, put, sha
from workbench.core.text import Box, Scan, Text
from workbench.services.edition import Edition, open_edition
from workbench.store import images, interchange, schema, texts, verify
from workbench.store.images import Image

MEASURED = Text(
    content="один два\nтри\n", reader="alto", scans=(Scan(image="a.png", width=90, height=80),),
    boxes=(
        Box(start=0, end=8, page=0, x=1, y=2, width=60, height=9, level="line"),
        Box(start=0, end=4, page=0, x=1, y=2, width=30, height=9, level="word"),
        Box(start=9, end=12, page=0, x=1, y=20, width=25, height=11, level="line"),
    ),
)  # fmt: skip


def shown(path: str = "transcripts/images/a.png", *, text: str = TEXT.sha, page: int = 0) -> Image:
    return Image(text=text, page=page, sha="1" * 64, path=path, frame=0, width=90, height=80)


def keep(edition: Edition, image: Image) -> None:
    with edition.writing() as db:
        images.keep(db, image, now=NOW)


def test_a_text_comes_back_with_its_boxes(tmp_path: Path) -> None:
    with make(tmp_path / "measured", text=MEASURED) as edition:
        assert texts.whole_text(edition.db, MEASURED.sha) == MEASURED
        row = texts.text_row(edition.db, MEASURED.sha)
        assert [b.end for b in images.boxes(edition.db, row.id, 1, 99)] == [12]
        assert images.line_height(edition.db, row.id, 0, 99) == 11


def test_a_page_is_shown_by_the_last_image_it_was_given(edition: Edition) -> None:
    keep(edition, shown())
    keep(edition, shown("transcripts/images/b.png"))
    keep(edition, shown("transcripts/images/c.png", page=1))
    assert {page: image.path[-5:] for page, image in images.of_text(edition.db, TEXT.sha).items()} == {
        0: "b.png", 1: "c.png",
    }  # fmt: skip
    assert images.of_page(edition.db, TEXT.sha, 2) is None
    assert not list(verify.problems(edition.db))


def test_a_merge_brings_images_for_pages_that_have_none_and_boxes_with_their_text(
    edition: Edition, tmp_path: Path
) -> None:
    with fork(edition, tmp_path / "other") as other, make(tmp_path / "measured", text=MEASURED, name="m.txt") as third:
        keep(edition, shown("mine.png"))
        keep(other, shown("theirs.png"))
        keep(other, shown("theirs.png", page=1))
        for source in (other, third, other):
            with edition.writing() as db:
                interchange.merge(db, source.db)
        assert [image.path for image in images.of_text(edition.db, TEXT.sha).values()] == ["mine.png", "theirs.png"]
        assert texts.whole_text(edition.db, MEASURED.sha) == MEASURED


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of an edition as the program made it before there were images."""
    with make(tmp_path / "new") as new:
        return as_before(new, tmp_path / "older", knowing=schema.KNOWN[:2])


def test_an_older_database_is_read_without_a_change(older: Path) -> None:
    before = sha(older / "corrections.db")
    with open_edition(older) as edition:
        assert schema.applied(edition.db) == ("m001_foundation", "m002_witnesses")
        assert texts.whole_text(edition.db, TEXT.sha) == TEXT
        row = texts.text_row(edition.db, TEXT.sha)
        assert images.of_page(edition.db, TEXT.sha, 0) is None
        assert (images.scans(edition.db, row.id), list(images.boxes(edition.db, row.id))) == ((), [])
        assert images.line_height(edition.db, row.id, 0, len(RAW)) == 0
        assert not list(verify.problems(edition.db))
    assert sha(older / "corrections.db") == before


def test_the_first_write_brings_it_up_to_date(older: Path) -> None:
    with open_edition(older) as edition:
        put(edition, 11, 13, "Y")
        assert schema.applied(edition.db) == schema.KNOWN
        keep(edition, shown())
        assert images.of_page(edition.db, TEXT.sha, 0) == shown()


def test_an_older_database_is_merged_into_a_newer_one(older: Path, tmp_path: Path) -> None:
    with open_edition(older) as edition, make(tmp_path / "measured", text=MEASURED, name="m.txt") as newer:
        with newer.writing() as db:
            interchange.merge(db, edition.db)
        assert texts.whole_text(newer.db, TEXT.sha) == TEXT
        assert schema.applied(edition.db) == ("m001_foundation", "m002_witnesses")
