"""The formats of OCR engines: words with lines, blocks, pages and confidences, and files that are none of these."""

from __future__ import annotations

import pytest

from workbench.core.errors import UnreadableError
from workbench.core.text import Text
from workbench.readers import read

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def row(page: int, block: int, line: int, sure: object, text: str, *, level: int = 5, paragraph: int = 1) -> str:
    return f"{level}\t{page}\t{block}\t{paragraph}\t{line}\t1\t0\t0\t9\t9\t{sure}\t{text}\n"


TSV = HEADER + "".join([
    row(1, 0, 0, -1, "", level=1, paragraph=0), row(1, 1, 0, -1, "", level=2), row(1, 1, 1, -1, "", level=4),
    row(1, 1, 1, "96.5", "Артель"), row(1, 1, 1, "40", "паша"), row(1, 1, 2, "91", "сено"),
    row(1, 2, 1, "88.25", "Подпись"), row(1, 2, 1, "95", " "),
    row(2, 1, 1, "90", "Лист"), row(2, 1, 1, "7", "2"),
])  # fmt: skip
"""Two pages, two blocks on the first; the rows above words and a word of blanks say nothing."""

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>
<Page ID="p1" PHYSICAL_IMG_NR="1"><PrintSpace>
<TextBlock ID="b1">
 <TextLine><String CONTENT="Артель" WC="0.965"/><SP/><String CONTENT="паша" WC="0.4">
  <ALTERNATIVE>наша</ALTERNATIVE><ALTERNATIVE PURPOSE="modern">наша артель</ALTERNATIVE><ALTERNATIVE>паша</ALTERNATIVE>
  <ALTERNATIVE> </ALTERNATIVE></String></TextLine>
 <TextLine><String CONTENT="сено" WC="0.91"/></TextLine>
</TextBlock>
<TextBlock ID="b2"><TextLine><String CONTENT="Подпись" WC="0.8825"/><String CONTENT=" " WC="1"/></TextLine></TextBlock>
</PrintSpace></Page>
<Page ID="p2"><PrintSpace><TextBlock ID="b1">
 <TextLine><String CONTENT="Лист" WC="0.9"/><String CONTENT="2" WC="0.07"/></TextLine>
</TextBlock></PrintSpace></Page>
</Layout></alto>
"""
"""The same two pages, with other readings of a word: one of its own, one of another purpose, and none."""

FORMS = pytest.mark.parametrize(("form", "source"), [("tsv", TSV), ("alto", ALTO)], ids=["tsv", "alto"])

CONTENT = "Артель паша\nсено\n\nПодпись\n\nЛист 2\n"
SURE = {"Артель": 965_000, "паша": 400_000, "сено": 910_000, "Подпись": 882_500, "Лист": 900_000, "2": 70_000}


def sure(text: Text) -> dict[str, int]:
    return {text.content[c.start : c.end]: c.ppm for c in text.confidences}


def tsv(*rows: str) -> bytes:
    return (HEADER + "".join(rows)).encode()


def alto(strings: str, head: str = "") -> bytes:
    page = f"<Page><TextBlock><TextLine>{strings}</TextLine></TextBlock></Page>"
    return f"{head}<alto><Layout>{page}</Layout></alto>".encode()


@FORMS
def test_lines_blocks_and_pages_are_those_of_the_engine(form: str, source: str) -> None:
    """A blank between words, a newline between lines, an empty line between blocks; and pages have their names."""
    text = read(source.encode(), name=f"scan.{form}")
    assert (text.content, text.reader, text.newline, text.encoding) == (CONTENT, form, "line", "utf-8")
    assert text.page_starts == (0, CONTENT.index("Лист"))
    assert text.page_names == ("1", "2")
    assert sure(text) == SURE


def test_what_else_the_machine_thought_of_is_kept() -> None:
    """Not the word itself, and no other spelling of it for another purpose."""
    text = read(ALTO.encode(), name="scan.xml")
    assert {text.content[c.start : c.end]: c.alternatives for c in text.confidences if c.alternatives} == {
        "паша": ("наша",)
    }


def test_paragraphs_of_a_block_stand_apart() -> None:
    text = read(tsv(row(1, 1, 1, 90, "один"), row(1, 1, 1, 90, "два", paragraph=2)), name="a.tsv")
    assert text.content == "один\n\nдва\n"


@pytest.mark.parametrize(
    ("said", "ppm"),
    [("96.5", 965_000), ("0", 0), ("100", 1_000_000), ("250", 1_000_000), ("-1", None), ("", None), ("nan", None),
     ("inf", None), ("sure", None)],
)  # fmt: skip
def test_a_confidence_in_per_cent_is_a_number_or_none(said: str, ppm: int | None) -> None:
    text = read(tsv(row(1, 1, 1, said, "слово")), name="a.tsv")
    assert [c.ppm for c in text.confidences] == ([] if ppm is None else [ppm])


@pytest.mark.parametrize(
    ("said", "ppm"),
    [('WC="0.5"', 500_000), ('WC="1.7"', 1_000_000), ('WC="-3"', 0), ('WC="nan"', None), ('WC="inf"', None),
     ('WC="high"', None), ('WC=""', None), ("", None)],
)  # fmt: skip
def test_a_confidence_as_a_share_is_a_number_or_none(said: str, ppm: int | None) -> None:
    text = read(alto(f'<String CONTENT="слово" {said}/>'), name="a.xml")
    assert [c.ppm for c in text.confidences] == ([] if ppm is None else [ppm])


@pytest.mark.parametrize("name", ["scan.txt", "scan", "scan.md", "scan.hocr", ""])
@FORMS
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "byte order mark"])
def test_the_content_tells_the_format_and_not_the_name(form: str, source: str, mark: str, name: str) -> None:
    assert read((mark + source).encode(), name=name).reader == form


@pytest.mark.parametrize(
    "source",
    ["level page_num block_num\nслова\n", "См. <alto> в книге.\n", "<p>альт</p>\n", "<altos>x</altos>\n"],
)
def test_what_only_speaks_of_a_format_is_plain_text(source: str) -> None:
    assert read(source.encode(), name="note.txt").content == source


def test_a_prefix_and_an_older_version_are_read_alike() -> None:
    source = '<a:alto xmlns:a="urn:x"><a:Page><a:TextLine><a:String CONTENT="слово"/></a:TextLine></a:Page></a:alto>'
    assert read(source.encode(), name="a.xml").content == "слово\n"


def test_xml_is_in_the_encoding_that_it_declares() -> None:
    """Unless it is in UTF-8 all the same, as a file is that somebody converted and did not look into."""
    source = alto('<String CONTENT="Größe"/>', '<?xml version="1.0" encoding="ISO-8859-1"?>').decode()
    declared, converted = read(source.encode("iso-8859-1"), name="a.xml"), read(source.encode(), name="a.xml")
    assert (declared.content, declared.encoding) == ("Größe\n", "iso8859-1")
    assert (converted.content, converted.encoding) == ("Größe\n", "utf-8")
    assert read(source.encode("utf-16"), name="a.xml").content == "Größe\n"


def test_carriage_returns_and_quotes_of_a_table_are_no_part_of_the_words() -> None:
    text = read(tsv(row(1, 1, 1, 90, '"Заря"'), row(1, 1, 1, 90, "сена")).replace(b"\n", b"\r\n"), name="a.tsv")
    assert text.content == '"Заря" сена\n'


ENTITY = '<!DOCTYPE alto [<!ENTITY a "слово">]>'
REFUSED: dict[str, tuple[bytes, str]] = {
    "a document type": (alto('<String CONTENT="x"/>', '<!DOCTYPE alto SYSTEM "alto.dtd">'), "document type"),
    "an entity": (alto('<String CONTENT="&a;"/>', ENTITY), "document type or entities"),
    "an unknown entity": (alto('<String CONTENT="&a;"/>'), "this XML is broken"),
    "broken XML": (ALTO.replace("</alto>", "").encode(), "this XML is broken"),
    "XML with a control character": (alto('<String CONTENT="\x02"/>'), "this XML is broken"),
    "another root": (b"<doc><alto>\n</alto></doc>", "its root is 'doc'"),
    "ALTO without words": (alto(""), "holds no words"),
    "a table without words": (tsv(row(1, 1, 1, -1, "", level=4)), "holds no words"),
    "a table with too few columns": (tsv("5\t1\t1\t1\t1\t1\tслово\n"), "holds no words"),
    "an encoding that it is not in": (alto("", '<?xml version="1.0" encoding="utf-8"?>') + b"\xff", "is not utf-8"),
    "an encoding that is none": (alto("", '<?xml version="1.0" encoding="hex"?>') + b"\xff", "is not hex"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line_that_names_it(what: str) -> None:
    data, why = REFUSED[what]
    with pytest.raises(UnreadableError) as caught:
        read(data, name="scan 7.xml")
    message = str(caught.value)
    assert message.startswith("scan 7.xml") and why in message and message.isprintable()


@pytest.mark.parametrize(("reader", "why"), [("tsv", "no TSV of Tesseract"), ("alto", "this XML is broken")])
def test_a_format_that_was_asked_for_in_vain_is_refused(reader: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read("Просто письмо.\n".encode(), name="letter.txt", reader=reader)
