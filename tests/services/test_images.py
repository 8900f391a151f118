"""Images are attached to pages and found again for a place, in pixels of the image, whatever the source counted in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.images.pages import paper, saved
from workbench.core.errors import RefusedError, UnreadableError, UsageError
from workbench.core.text import Box
from workbench.services import adding, images, library
from workbench.services.edition import Edition
from workbench.services.images import Attached, PageImage, attach, page_image
from workbench.store import texts

PLAIN = "Первая строка письма\nи вторая\n\fОборот листа\nс подписью\n"
ALTO = """<alto><sourceImageInformation><fileName>leaf.png</fileName></sourceImageInformation>
<Page WIDTH="600" HEIGHT="800"><TextLine HPOS="100" VPOS="200" WIDTH="400" HEIGHT="40">
<String CONTENT="Выдать" HPOS="100" VPOS="204" WIDTH="120" HEIGHT="30"/>
<String CONTENT="сено" HPOS="240" VPOS="200" WIDTH="100" HEIGHT="40"/></TextLine></Page></alto>"""


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


def added(edition: Edition, path: Path, content: str) -> str:
    """Add a file; the id of its document."""
    path.write_text(content, "utf-8")
    (one,) = adding.add(edition, [path])
    assert one.outcome == "added", one
    return next(d.id for d in library.listings(edition) if path.name in d.transcripts)


def found(edition: Edition, document: str, offset: int) -> PageImage | None:
    return page_image(edition, library.stretches(edition, document)[0].text, offset)


def numbers(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.width, box.height


# attaching


def test_an_image_is_copied_and_shows_the_first_page_without_one(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    first, second = saved(scans / "a.png"), saved(scans / "b.png", (200, 300))
    assert attach(edition, first, document) == Attached(pages=(1,), new=True)
    assert attach(edition, second, document) == Attached(pages=(2,), new=True)
    assert (edition.transcripts / "images" / "a.png").read_bytes() == first.read_bytes()
    on_back = found(edition, document, PLAIN.index("Оборот"))
    assert on_back is not None
    assert (on_back.path, on_back.page, on_back.width) == (edition.transcripts / "images" / "b.png", 1, 200)


def test_the_same_image_again_changes_nothing(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    attach(edition, saved(scans / "a.png"), document)
    assert attach(edition, scans / "a.png", document) == Attached(pages=(1,), new=False)
    assert attach(edition, scans / "a.png", document, page=1) == Attached(pages=(1,), new=False)


def test_a_page_that_is_named_gets_another_image(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    for name in ("a.png", "b.png"):
        attach(edition, saved(scans / name, bars=[(0, 0, ord(name[0]), 9)]), document, page=2)
    here = found(edition, document, len(PLAIN) - 2)
    assert here is not None and here.path.name == "b.png"
    assert found(edition, document, 0) is None


def test_another_image_of_the_same_name_is_refused_and_nothing_overwritten(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    before = saved(scans / "a.png").read_bytes()
    attach(edition, scans / "a.png", document)
    saved(scans / "a.png", (20, 20))
    with pytest.raises(RefusedError, match=r"another image of this name"):
        attach(edition, scans / "a.png", document)
    assert (edition.transcripts / "images" / "a.png").read_bytes() == before


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_refused(edition: Edition, scans: Path, page: int) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    with pytest.raises(UsageError, match=f"no page {page}, only 2"):
        attach(edition, saved(scans / "a.png"), document, page=page)


def test_where_each_page_has_an_image_the_page_must_be_named(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", "Одна страница.\n")
    attach(edition, saved(scans / "a.png"), document)
    with pytest.raises(UsageError, match="--page"):
        attach(edition, saved(scans / "b.png", (9, 9)), document)


def test_what_is_no_image_leaves_nothing_behind(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    (scans / "a.png").write_text("not one")
    with pytest.raises(UnreadableError, match=r"a\.png"):
        attach(edition, scans / "a.png", document)
    assert not (edition.transcripts / "images").exists()


def test_the_pictures_of_one_file_show_the_pages_in_order(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    paper((30, 40)).save(scans / "two.tif", save_all=True, append_images=[paper((50, 60)), paper((70, 80))])
    assert attach(edition, scans / "two.tif", document) == Attached(pages=(1, 2), new=True)
    here = found(edition, document, len(PLAIN) - 2)
    assert here is not None and (here.frame, here.width) == (1, 50)


# attached by itself


def test_an_image_that_the_ocr_names_and_that_lies_beside_it_is_attached(edition: Edition, scans: Path) -> None:
    saved(scans / "leaf.png", (600, 800))
    document = added(edition, scans / "leaf.xml", ALTO)
    here = found(edition, document, 0)
    assert here is not None and here.path == edition.transcripts / "images" / "leaf.png"


@pytest.mark.parametrize("beside", ["nothing", "broken", "elsewhere"])
def test_an_image_that_cannot_be_attached_is_no_reason_to_do_without_the_text(
    edition: Edition, scans: Path, beside: str
) -> None:
    source = ALTO
    if beside == "broken":
        (scans / "leaf.png").write_bytes(b"\x89PNG")
    elif beside == "elsewhere":
        saved(scans.parent / "leaf.png")
        source = ALTO.replace("leaf.png", "../leaf.png")
    assert found(edition, added(edition, scans / "leaf.xml", source), 0) is None


def test_images_in_a_folder_are_passed_over_with_a_word(edition: Edition, scans: Path) -> None:
    saved(scans / "leaf.png")
    (scans / "leaf.xml").write_text(ALTO, "utf-8")
    outcomes = {a.path.name: (a.outcome, a.detail) for a in adding.add(edition, [scans])}
    assert outcomes["leaf.png"][0] == "passed-over" and "--image" in outcomes["leaf.png"][1]
    assert outcomes["leaf.xml"][0] == "added" and "image attached: leaf.png" in outcomes["leaf.xml"][1]


# finding


@pytest.mark.parametrize("size", [(600, 800), (1200, 1600), (300, 400)])
def test_boxes_are_in_pixels_of_the_image_at_hand(edition: Edition, scans: Path, size: tuple[int, int]) -> None:
    saved(scans / "leaf.png", size)
    here = found(edition, added(edition, scans / "leaf.xml", ALTO), 8)
    by = size[0] / 600
    assert here is not None and not here.estimated
    assert numbers(here.line) == tuple(round(n * by) for n in (100, 200, 400, 40))
    assert [numbers(w) for w in here.at(7, 11)] == [tuple(round(n * by) for n in (240, 200, 100, 40))]
    assert here.line_height == round(40 * by)


@pytest.mark.parametrize(
    ("start", "end", "count"), [(0, 6, 1), (0, 11, 2), (5, 8, 2), (6, 7, 0), (2, 2, 1), (6, 6, 0), (11, 12, 0)]
)
def test_a_span_meets_the_words_that_it_touches(
    edition: Edition, scans: Path, start: int, end: int, count: int
) -> None:
    saved(scans / "leaf.png", (600, 800))
    here = found(edition, added(edition, scans / "leaf.xml", ALTO), start)
    assert here is not None and len(here.at(start, end)) == count


def test_without_boxes_a_line_is_about_where_its_number_says(edition: Edition, scans: Path) -> None:
    text = "".join(f"строка {n}\n" for n in range(10))
    document = added(edition, scans / "letter.txt", text)
    attach(edition, saved(scans / "a.png", (300, 1000)), document)
    places = [found(edition, document, text.index(f"строка {n}")) for n in range(10)]
    tops = [p.line.y for p in places if p is not None and p.estimated and not p.words]
    assert len(tops) == 10 and tops == sorted(tops)
    assert tops[0] < 150 and 400 < tops[5] < 600 and tops[9] > 800


def test_each_offset_has_a_line_on_its_page(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    attach(edition, saved(scans / "a.png"), document)
    attach(edition, saved(scans / "b.png", (200, 300)), document)
    for offset in range(len(PLAIN) + 1):
        here = found(edition, document, offset)
        assert here is not None and here.page == int(offset >= PLAIN.index("\f") + 1)
        assert here.line.y >= 0 and here.line.y + here.line.height <= here.height


def test_a_text_from_before_boxes_were_kept_gets_them_with_its_image(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "leaf.xml", ALTO)
    with edition.writing() as db:
        db.execute("DELETE FROM boxes")
        db.execute("DELETE FROM scans")
    attach(edition, saved(scans / "leaf.png", (600, 800)), document)
    here = found(edition, document, 0)
    assert here is not None and not here.estimated and len(here.words) == 2


def test_a_database_from_elsewhere_points_to_nothing_outside(edition: Edition, scans: Path) -> None:
    document = added(edition, scans / "letter.txt", PLAIN)
    attach(edition, saved(scans / "a.png"), document)
    with edition.writing() as db:
        db.execute("UPDATE images SET path = '/somewhere/../else/a.png'")
    here = found(edition, document, 0)
    assert here is not None and here.path == edition.transcripts / "images" / "a.png"


def test_an_image_is_of_the_text_and_not_of_what_was_decided(edition: Edition, scans: Path) -> None:
    """Attaching is no decision: the journal stays as it is."""
    document = added(edition, scans / "letter.txt", PLAIN)
    attach(edition, saved(scans / "a.png"), document)
    assert edition.db.execute("SELECT count(*) FROM entries").fetchone() == (0,)
    (row,) = texts.all_texts(edition.db)
    assert set(images.pages_of(edition, document)) == {(row.sha, 0), (row.sha, 1)}
