"""PAGE XML: what a person corrected comes before what the machine read, in the reading order of the file."""

from __future__ import annotations

import pytest

from tests.readers.test_boxes import boxes
from workbench.core.errors import UnreadableError
from workbench.core.text import Scan, Text
from workbench.readers import read

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"


def said(text: str, rest: str = "") -> str:
    return f"<TextEquiv {rest}><Unicode>{text}</Unicode></TextEquiv>"


def outline(points: str) -> str:
    return f"<Coords points='{points}'/>"


def line(text: str, words: str = "", points: str = "5,6 50,8 50,20 5,18") -> str:
    return f"<TextLine>{outline(points)}{words}{said(text) if text else ''}</TextLine>"


def word(text: str, points: str = "5,6 20,6 20,18 5,18", rest: str = "") -> str:
    return f"<Word>{outline(points)}{said(text, rest)}</Word>"


def region(name: str, inner: str, kind: str = "TextRegion") -> str:
    return f"<{kind} id='{name}'>{inner}</{kind}>"


def page(inner: str) -> Text:
    head = f"<PcGts xmlns='{NAMESPACE}'><Metadata/>"
    return read(
        f"{head}<Page imageFilename='scans/leaf.jpg' imageWidth='60' imageHeight='80'>{inner}</Page></PcGts>".encode()
    )


def test_words_have_their_boxes_and_confidences_and_the_page_its_image() -> None:
    text = page(region("a", line("Наряд выдан", word("Наряд", rest="conf='0.25'") + word("выдан", "22,6 50,20"))))
    assert (text.reader, text.content) == ("page", "Наряд выдан\n")
    assert text.scans == (Scan(image="leaf.jpg", width=60, height=80),)
    assert boxes(text) == [
        ("line", 0, "Наряд выдан", (5, 6, 45, 14)), ("word", 0, "Наряд", (5, 6, 15, 12)),
        ("word", 0, "выдан", (22, 6, 28, 14)),
    ]  # fmt: skip
    assert [(c.start, c.ppm) for c in text.confidences] == [(0, 250_000)]


def test_a_line_that_was_corrected_comes_before_its_words() -> None:
    text = page(region("a", line("Наряд  выдан", word("Нарял") + word("выдан"))))
    assert boxes(text) == [("line", 0, "Наряд выдан", (5, 6, 45, 14))]


@pytest.mark.parametrize(
    ("readings", "first"),
    [
        (said("вторая", "index='1'") + said("первая", "index='0'"), "первая"),
        (said("первая") + said("вторая"), "первая"),
        (said("", "index='0'") + said("первая", "index='1'"), "первая"),
    ],
)
def test_of_several_readings_the_first_counts(readings: str, first: str) -> None:
    assert page(region("a", f"<TextLine>{readings}</TextLine>")).content == f"{first}\n"


def test_regions_come_in_the_reading_order_and_then_as_they_stand() -> None:
    order = (
        "<ReadingOrder><OrderedGroup><RegionRefIndexed index='1' regionRef='a'/>"
        "<RegionRefIndexed index='0' regionRef='c'/><RegionRefIndexed index='2' regionRef='gone'/>"
        "</OrderedGroup></ReadingOrder>"
    )
    inner = region("a", line("второй") + region("e", line("третий"))) + region("b", line("четвёртый"))
    text = page(order + inner + region("c", line("первый")))
    assert text.content == "первый\n\nвторой\n\nтретий\n\nчетвёртый\n"


def test_cells_of_a_table_are_read() -> None:
    cells = region("a", line("раз")) + region("b", line("два"))
    assert page(region("t", cells, "TableRegion")).content == "раз\n\nдва\n"


def test_a_region_without_lines_has_those_of_its_text() -> None:
    text = page(region("a", said("первая\n\nвторая")))
    assert (text.content, text.boxes) == ("первая\nвторая\n", ())


def test_old_files_have_points_as_elements() -> None:
    points = "<Coords><Point x='5' y='6'/><Point x='50' y='20'/><Point x='' y='9'/></Coords>"
    text = page(region("a", f"<TextLine>{points}{said('мир')}</TextLine>"))
    assert boxes(text) == [("line", 0, "мир", (5, 6, 45, 14))]


@pytest.mark.parametrize("points", ["", "5,6", "a,b c,d", "5 6 7", "5,6 5,60", "43,nan 9,9"])
def test_an_outline_that_encloses_nothing_is_no_box(points: str) -> None:
    assert page(region("a", line("мир", points=points))).boxes == ()


def test_an_outline_beyond_the_edge_is_cut_off() -> None:
    assert boxes(page(region("a", line("мир", points="43,-3 60,20"))))[0][3] == (43, 0, 17, 20)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<PcGts><Page></PcGts>", "broken"),
        ("<!DOCTYPE PcGts [<!ENTITY a 'b'>]>\n<PcGts ><Page/></PcGts>", "which PAGE has not"),
        ("<PcGts><Page/></PcGts>", "holds no words"),
        ("<doc><PcGts /></doc>", "its root is 'doc'"),
    ],
)
def test_what_cannot_be_read_is_refused(source: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read(source.encode(), name="leaf.xml")
