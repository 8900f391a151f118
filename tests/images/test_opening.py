"""Page images are opened upright and within bounds; what cannot be opened is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.images.pages import paper, saved
from workbench.core.errors import UnreadableError
from workbench.images import opening


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "bmp", "webp"])
def test_a_page_opens_in_grey_with_its_ink_and_paper(tmp_path: Path, suffix: str) -> None:
    page = opening.page(saved(tmp_path / f"a.{suffix}", bars=[(50, 50, 200, 40)]))
    assert (page.width, page.height) == page.image.size == (300, 400)
    assert all(abs(ink - 20) < 9 and abs(white - 230) < 9 for ink, white in page.levels)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("1", "L"), ("L", "L"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGB"), ("LA", "RGB"), ("CMYK", "RGB")],
)
def test_whatever_the_file_counts_in_the_page_is_grey_or_in_colour(tmp_path: Path, mode: str, expected: str) -> None:
    path = tmp_path / "a.tif"
    paper().convert("RGB").convert(mode).save(path)
    page = opening.page(path)
    assert page.image.mode == expected
    assert page.image.convert("L").getpixel((5, 5)) in range(200, 256)


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert opening.page(tmp_path / "a.png").image.getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_are_not_cut_off(tmp_path: Path) -> None:
    deep = Image.new("I;16", (20, 20), 20_000)
    deep.paste(60_000, (0, 0, 10, 20))
    deep.save(tmp_path / "a.png")
    image = opening.page(tmp_path / "a.png").image
    assert (image.mode, image.getpixel((2, 2)), image.getpixel((15, 2))) == ("L", 255, 0)


def test_a_photograph_that_says_it_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    paper((300, 100), bars=[(0, 0, 20, 20)]).save(tmp_path / "a.jpg", exif=exif)
    page = opening.page(tmp_path / "a.jpg")
    assert opening.sizes(tmp_path / "a.jpg") == ((100, 300),)
    assert (page.width, page.height) == (100, 300)
    assert page.image.getpixel((95, 5)) in range(60)  # what was at the left above is at the right above


def test_each_picture_of_a_file_has_its_size(tmp_path: Path) -> None:
    first, second = paper((30, 40)), paper((50, 60))
    first.save(tmp_path / "two.tif", save_all=True, append_images=[second])
    assert opening.sizes(tmp_path / "two.tif") == ((30, 40), (50, 60))
    assert opening.page(tmp_path / "two.tif", 1).image.size == (50, 60)


def test_a_large_page_takes_less_memory_and_keeps_its_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_KEPT_PIXELS", 10_000)
    page = opening.page(saved(tmp_path / "large.png", (301, 403)))
    assert (page.width, page.height) == (301, 403)
    assert page.image.width * page.image.height <= 10_000


def test_more_pixels_than_a_page_has_are_refused_before_they_are_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "bomb.png", (400, 400))
    monkeypatch.setattr(opening, "MAX_PIXELS", 100_000)
    for look in (opening.sizes, opening.page):
        with pytest.raises(UnreadableError, match=r"bomb\.png has 400 × 400 pixels"):
            look(path)


def _cut(path: Path) -> None:
    data = saved(path, bars=[(n, n, 9, 9) for n in range(0, 290, 7)]).read_bytes()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("break_it", [_cut, lambda p: p.write_bytes(b"no image"), lambda p: p.write_bytes(b""),
                                      lambda p: None, lambda p: p.mkdir()],
                         ids=["cut off", "text", "empty", "missing", "folder"])  # fmt: skip
def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path, break_it) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "leaf 7.png"
    break_it(path)
    with pytest.raises(UnreadableError, match=r"leaf 7\.png") as caught:
        opening.page(path)
    assert str(caught.value).isprintable()


def test_a_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", (30, 30))
    assert opening.page(path).width == 30
    saved(path, (40, 40))
    import os

    os.utime(path, ns=(1, 1))
    assert opening.page(path).width == 40
