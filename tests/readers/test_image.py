"""The transcript that stands for an image without words."""

from __future__ import annotations

import pytest

from workbench.core.errors import UnreadableError
from workbench.readers import image, read

SHA = "0" * 64


def test_what_is_described_is_read_back() -> None:
    text = read(image.describe("leaf.tif", SHA, 3).encode(), name="leaf.tif.image")
    assert (text.reader, text.content, text.page_starts) == ("image", "\f\n\f\n", (0, 2, 4))
    assert [scan.image for scan in text.scans] == ["leaf.tif"] * 3
    assert [(m.kind, m.start) for m in text.markup] == [("page-break", 0), ("page-break", 2)]


def test_texts_without_words_are_told_apart_by_their_images() -> None:
    one, two = (read(image.describe("leaf.png", digit * 64, 1).encode()) for digit in "12")
    assert one.content == two.content == ""
    assert one.sha != two.sha


@pytest.mark.parametrize(
    "said",
    ["", f"file: ../leaf.png\nsha256: {SHA}\npages: 1\n", f"file: a\nsha256: {SHA}\npages: 0\n",
     "file: a\nsha256: 12\npages: 1\n", f"file: a\nsha256: {SHA}\npages: 1\nmore: 1\n"],
)  # fmt: skip
def test_another_description_is_refused(said: str) -> None:
    with pytest.raises(UnreadableError, match="page image"):
        read(f"workbench image 1\n{said}".encode(), name="x.image")
