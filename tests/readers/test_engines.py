"""Formats of OCR engines: words in lines, how sure the engine was, and what else it thought of."""

from __future__ import annotations

import pytest

from workbench.core.errors import UnreadableError
from workbench.readers import read

TSV = "\n".join((
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
    "1\t1\t0\t0\t0\t0\t0\t0\t900\t900\t-1\t",
    "5\t1\t1\t1\t1\t1\t10\t10\t40\t20\t96.5\tПрошу",
    "5\t1\t1\t1\t1\t2\t60\t10\t40\t20\t31\tвьщать",
    "5\t1\t1\t1\t2\t1\t10\t40\t40\t20\tnone\tсправку",
    "5\t1\t2\t1\t1\t1\t10\t90\t40\t20\t90\tЗавхоз",
    "5\t1\t2\t1\t1\t2\t10\t90\t40\t20\t90\t ",
    "5\t2\t1\t1\t1\t1\t10\t10\t40\t20\t88\tВерно",
))  # fmt: skip
ALTO = """<?xml version="1.0" encoding="{encoding}"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>
<Page><PrintSpace><TextBlock><TextLine><String CONTENT="über" WC="0.4"><ALTERNATIVE>uber</ALTERNATIVE>
<ALTERNATIVE PURPOSE="MODERN">ueber</ALTERNATIVE></String><SP/><String CONTENT="Land" WC="NaN"/></TextLine>
<TextLine><String CONTENT="und"/></TextLine></TextBlock></PrintSpace></Page>
<Page><PrintSpace><TextBlock><TextLine><String CONTENT="Meer" WC="1.0"/></TextLine></TextBlock></PrintSpace></Page>
</Layout></alto>
"""


def test_a_table_of_tesseract_gives_lines_blocks_and_pages() -> None:
    text = read(TSV.encode(), name="scan.txt")
    assert (text.reader, text.content) == ("tsv", "Прошу вьщать\nсправку\n\nЗавхоз\n\nВерно\n")
    assert [text.content[i:] for i in text.page_starts] == [text.content, "Верно\n"]
    assert text.page_names == ("1", "2")
    assert [(text.content[c.start : c.end], c.ppm) for c in text.confidences] == [
        ("Прошу", 965_000), ("вьщать", 310_000), ("Завхоз", 900_000), ("Верно", 880_000)
    ]  # fmt: skip


def test_alto_gives_confidences_and_other_readings_of_the_page() -> None:
    """An alternative with a purpose is another spelling of the same reading."""
    text = read(ALTO.format(encoding="UTF-8").encode(), name="scan.xml")
    assert (text.reader, text.content) == ("alto", "über Land\nund\n\nMeer\n")
    assert [(c.ppm, c.alternatives) for c in text.confidences] == [(400_000, ("uber",)), (1_000_000, ())]


@pytest.mark.parametrize("codec", ["iso-8859-1", "utf-8"])
def test_what_an_xml_file_says_of_its_encoding_holds_unless_it_is_utf_8(codec: str) -> None:
    assert read(ALTO.format(encoding="ISO-8859-1").encode(codec), name="a.xml").content.startswith("über")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('<!DOCTYPE alto [<!ENTITY a "b">]><alto>&a;</alto>', "document type"),
        ("<alto><Layout>", "broken"),
        ("<alto><Layout/></alto>", "no words"),
        (TSV.partition("\n")[0], "no words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(content: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why) as refused:
        read(content.encode(), name="a.xml")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("reader", ["alto", "tsv"])
def test_a_reader_that_is_asked_for_refuses_what_it_does_not_know(reader: str) -> None:
    with pytest.raises(UnreadableError):
        read(b"a plain text", name="a.txt", reader=reader)
