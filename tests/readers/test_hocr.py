"""hOCR as engines write it: well-formed or not, by words or by lines, with what they thought of each sign."""

from __future__ import annotations

import pytest

from tests.readers.test_boxes import BOXES, boxes
from workbench.core.errors import UnreadableError
from workbench.core.text import Scan, Text
from workbench.readers import read

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta name='ocr-system' content='made by hand'></head><body>
<div class='ocr_page' title='image "C:\\scans\\leaf.tif"; bbox 0 0 600 800; ppageno 0'>
 <div class='ocr_carea'><p class='ocr_par'>
  <span class='ocr_line' title="bbox 50 60 350 90; baseline 0 -3">
   <span class='ocrx_word' title='bbox 50 62 150 87; x_wconf 96'><strong><em>Наряд</em></strong></span>
   <span class='ocrx_word' title='bbox 170 60 350 90; x_wconf 40.5'>выдан</span>
   <span class='ocrx_word' title='bbox 1 1 2 2'> </span></span>
  <span class='ocr_line' title="bbox 50 100 140 130">
   <span class='ocrx_word' title='bbox 50 100 140 130'>мне</span></span>
 </p></div>
</div>
<div class='ocr_page' title='image leaf.tif; bbox 0 0 610 790'><p class='ocr_par'>
 <span class='ocr_line' title="bbox 40 20 110 48"><span class='ocrx_word' title='bbox 40 20 110 48'>вчера</span></span>
</p></div></body></html>"""


def page(inner: str, title: str = "bbox 0 0 9 9") -> Text:
    return read(f"<html><body><div class='ocr_page' title='{title}'>{inner}</div></body></html>".encode())


def test_words_lines_paragraphs_and_pages_are_those_of_the_engine() -> None:
    text = read(HOCR.encode(), name="leaf.html")
    assert (text.reader, text.content, text.newline) == ("hocr", "Наряд выдан\nмне\n\nвчера\n", "line")
    assert boxes(text) == BOXES
    assert text.scans == (Scan(image="leaf.tif", width=600, height=800), Scan(image="leaf.tif", width=610, height=790))
    assert [(text.content[c.start : c.end], c.ppm) for c in text.confidences] == [
        ("Наряд", 960_000),
        ("выдан", 405_000),
    ]


@pytest.mark.parametrize(
    "cut",
    ["</body></html>", "</div></body></html>", "</span>\n</p></div></body></html>", "</p></div></body></html>"],
)
def test_what_is_left_open_is_read_all_the_same(cut: str) -> None:
    assert HOCR.endswith(cut)
    assert read(HOCR.removesuffix(cut).encode(), name="leaf").content == "Наряд выдан\nмне\n\nвчера\n"


def test_a_line_that_is_not_divided_is_one_piece_with_the_box_of_the_line() -> None:
    text = page("<span class='ocr_line' title='bbox 1 2 9 8'>Наряд <br>выдан</span>")
    assert text.content == "Наряд выдан\n"
    assert boxes(text) == [("line", 0, "Наряд выдан", (1, 2, 8, 6))]


@pytest.mark.parametrize("word", [
    "мир<span class='ocrx_cinfo'><span class='ocrx_cinfo' title='x_confs 9'>м</span>"
    "<span class='ocrx_cinfo' title='x_confs 3'>н</span></span>",
    "\n <span class='ocrx_cinfo' title='x_bboxes 1 1 2 2'>м</span>\n"
    "<span class='ocrx_cinfo' title='x_bboxes 2 1 3 2'>и</span> "
    "<span class='ocrx_cinfo' title='x_bboxes 3 1 4 2'>р</span>",
    "м&#x438;р", "<b>м</b>ир",
])  # fmt: skip
def test_what_is_said_of_single_signs_does_not_get_into_the_word(word: str) -> None:
    assert page(f"<span class='ocr_line'><span class='ocrx_word'>{word}</span></span>").content == "мир\n"


def test_signs_that_stand_for_themselves_are_text() -> None:
    words = "".join(f"<span class='ocrx_word'>{w}</span>" for w in ("A&B", "a < b", "&amp;", "\x10"))
    assert page(f"<span class='ocr_line'>{words}</span>").content == "A&B a < b & \x10\n"


@pytest.mark.parametrize("box", ["bbox", "bbox 1 2 3", "bbox a b c d", "bbox 9 9 1 1", "bbox nan 1 2 3", "x_size 3"])
def test_a_box_that_cannot_be_is_left_out(box: str) -> None:
    text = page(f"<span class='ocr_line'><span class='ocrx_word' title='{box}'>мир</span></span>", title=box)
    assert (text.content, text.boxes, text.scans) == ("мир\n", (), ())


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(UnreadableError, match="holds no words"):
        page("<p class='ocr_par'>text that no line holds</p>")


@pytest.mark.parametrize("source", ["<p>ocr_page</p>\n", "См. class='ocr_page' в файле.\n"])
def test_what_only_speaks_of_it_is_plain_text(source: str) -> None:
    assert read(source.encode(), name="note.txt").reader == "plain"
