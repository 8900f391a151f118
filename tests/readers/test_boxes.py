"""Where lines and words stand: the boxes of the engines' formats lie on their words, whatever else is broken."""

from __future__ import annotations

import pytest

from workbench.core.text import Scan, Text
from workbench.readers import read

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
TSV = HEADER + "".join("\t".join(map(str, row)) + "\n" for row in [
    (1, 1, 0, 0, 0, 0, 0, 0, 600, 800, -1, ""), (4, 1, 1, 1, 1, 0, 50, 60, 300, 30, -1, ""),
    (5, 1, 1, 1, 1, 1, 50, 62, 100, 25, 90, "Наряд"), (5, 1, 1, 1, 1, 2, 170, 60, 180, 30, 90, "выдан"),
    (4, 1, 1, 1, 2, 0, 50, 100, 90, 30, -1, ""), (5, 1, 1, 1, 2, 1, 50, 100, 90, 30, 90, "мне"),
    (1, 2, 0, 0, 0, 0, 0, 0, 610, 790, -1, ""), (4, 2, 1, 1, 1, 0, 40, 20, 70, 28, -1, ""),
    (5, 2, 1, 1, 1, 1, 40, 20, 70, 28, 90, "вчера"),
])  # fmt: skip
ALTO = """<alto><Description><sourceImageInformation><fileName> C:\\scans\\leaf.tif
</fileName></sourceImageInformation></Description><Layout>
<Page WIDTH="600" HEIGHT="800"><TextBlock>
 <TextLine HPOS="50" VPOS="60" WIDTH="300" HEIGHT="30">
  <String CONTENT="Наряд" HPOS="50" VPOS="62.4" WIDTH="100.0" HEIGHT="25"/>
  <String CONTENT="выдан" HPOS="170" VPOS="60" WIDTH="180" HEIGHT="30"/></TextLine>
 <TextLine><String CONTENT="мне" HPOS="50" VPOS="100" WIDTH="90" HEIGHT="30"/></TextLine>
</TextBlock></Page>
<Page WIDTH="610" HEIGHT="790"><TextBlock><TextLine HPOS="40" VPOS="20" WIDTH="70" HEIGHT="28">
 <String CONTENT="вчера" HPOS="40" VPOS="20" WIDTH="70" HEIGHT="28"/></TextLine></TextBlock></Page>
</Layout></alto>"""

BOXES = [
    ("line", 0, "Наряд выдан", (50, 60, 300, 30)), ("word", 0, "Наряд", (50, 62, 100, 25)),
    ("word", 0, "выдан", (170, 60, 180, 30)), ("line", 0, "мне", (50, 100, 90, 30)),
    ("word", 0, "мне", (50, 100, 90, 30)),
    ("line", 1, "вчера", (40, 20, 70, 28)), ("word", 1, "вчера", (40, 20, 70, 28)),
]  # fmt: skip


def boxes(text: Text) -> list[tuple[str, int, str, tuple[int, int, int, int]]]:
    return [(b.level, b.page, text.content[b.start : b.end], (b.x, b.y, b.width, b.height)) for b in text.boxes]


@pytest.mark.parametrize(("source", "image"), [(TSV, ""), (ALTO, "leaf.tif")], ids=["tsv", "alto"])
def test_each_line_and_word_has_its_box_and_each_page_its_size(source: str, image: str) -> None:
    text = read(source.encode(), name="scan")
    assert boxes(text) == BOXES
    assert text.scans == (Scan(image=image, width=600, height=800), Scan(image=image, width=610, height=790))


def alto(line: str, string: str) -> Text:
    return read(f"<alto><Page><TextLine {line}><String CONTENT='слово' {string}/></TextLine></Page></alto>".encode())


@pytest.mark.parametrize(
    "box",
    ["", 'HPOS="1" VPOS="2" WIDTH="3"', 'HPOS="1" VPOS="2" WIDTH="0" HEIGHT="9"',
     'HPOS="x" VPOS="2" WIDTH="3" HEIGHT="9"',
     'HPOS="nan" VPOS="2" WIDTH="3" HEIGHT="9"', 'HPOS="1" VPOS="inf" WIDTH="3" HEIGHT="9"',
     'HPOS="1e300" VPOS="2" WIDTH="3" HEIGHT="9"', 'HPOS="-9" VPOS="2" WIDTH="5" HEIGHT="9"'],
)  # fmt: skip
def test_a_box_that_cannot_be_is_left_out_and_the_word_stays(box: str) -> None:
    text = alto(box, box)
    assert (text.content, text.boxes) == ("слово\n", ())


def test_a_line_without_a_box_reaches_as_far_as_its_words() -> None:
    text = alto("", 'HPOS="5" VPOS="6" WIDTH="7" HEIGHT="8"')
    assert boxes(text) == [("line", 0, "слово", (5, 6, 7, 8)), ("word", 0, "слово", (5, 6, 7, 8))]


def test_a_line_without_words_in_boxes_has_its_own() -> None:
    assert boxes(alto('HPOS="-2" VPOS="6" WIDTH="7" HEIGHT="8"', "")) == [("line", 0, "слово", (0, 6, 5, 8))]


def test_a_page_that_nothing_is_known_of_has_no_scan() -> None:
    assert alto("", "").scans == ()


@pytest.mark.parametrize(
    ("said", "name"),
    [("leaf.tif", "leaf.tif"), ("/srv/scans/leaf.tif", "leaf.tif"), ("..\\..\\leaf.tif", "leaf.tif"), ("scans/", "")],
)
def test_an_image_is_named_without_its_folders(said: str, name: str) -> None:
    source = f"<alto><fileName>{said}</fileName><Page WIDTH='3'><String CONTENT='слово'/></Page></alto>"
    assert read(source.encode()).scans == (Scan(image=name, width=3),)
