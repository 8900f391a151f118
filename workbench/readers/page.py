"""PAGE XML: regions, lines and words with their outlines, as Transkribus, eScriptorium, OCR-D and others write them.

The order is that of the file's own reading order, then of the file. A line is read as its words where they say the same
as the line does; where a person has corrected the line only, the line is right and the words stay away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbench.core.text import Notice, Scan, Text
from workbench.readers.words import Area, Word, between, file_name, number, ppm, put_together, size
from workbench.readers.xml import begins_with, name, parsed

NAME = "page"
VERSION = "1"
_ROOT = re.compile(r"<(?:\w+:)?PcGts[\s>]")


def opens(content: str) -> bool:
    """Does this look like PAGE XML?"""
    return begins_with(_ROOT, content)


def read_page(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """Words or lines in regions; raises UnreadableError for XML that is broken or no PAGE."""
    root = parsed(content, root="PcGts", format="PAGE")
    pages = [(str(n), page) for n, page in enumerate((e for e in root if name(e) == "Page"), 1)]
    scans = {
        n: Scan(
            image=file_name(page.get("imageFilename", "")), width=size(page.get("imageWidth")),
            height=size(page.get("imageHeight")),
        )
        for n, page in pages
    }  # fmt: skip
    words = (word for n, page in pages for word in _words(page, n))
    return put_together(words, reader=NAME, version=VERSION, encoding=encoding, notices=notices, scans=scans)


def _words(page: Element, page_name: str) -> Iterator[Word]:
    line_number = 0
    for block, region in enumerate(_in_order(page)):
        lines = [e for e in region if name(e) == "TextLine"]
        for line in lines:
            line_number += 1
            for said, sure, of_word in _read(line):
                yield Word(text=said, page=page_name, block=str(block), line=str(line_number), ppm=sure, area=of_word,
                           line_area=_outline(line))  # fmt: skip
        if not lines:
            for said in _said(region)[0].splitlines():
                line_number += 1
                if said.strip():
                    yield Word(text=said.strip(), page=page_name, block=str(block), line=str(line_number))


def _in_order(page: Element) -> Iterator[Element]:
    """Regions by the reading order, each followed by those within it; then the others, as they come."""
    regions = {e.get("id", ""): e for e in page.iter() if name(e).endswith("Region")}
    seen: set[int] = set()

    def with_inner(region: Element) -> Iterator[Element]:
        if id(region) in seen:
            return
        seen.add(id(region))
        yield region
        for inner in region:
            if name(inner).endswith("Region"):
                yield from with_inner(inner)

    for order in (e for e in page if name(e) == "ReadingOrder"):
        for reference in _references(order):
            if reference in regions:
                yield from with_inner(regions[reference])
    for element in page:
        if name(element).endswith("Region"):
            yield from with_inner(element)


def _references(group: Element) -> Iterator[str]:
    def index(element: Element) -> int:
        return number(element.get("index")) or 0

    for element in sorted(group, key=index):  # where nothing has an index the order stays
        if name(element).startswith("RegionRef"):
            yield element.get("regionRef", "")
        yield from _references(element)


def _read(line: Element) -> Iterator[tuple[str, int | None, Area | None]]:
    """The words of a line, or all of it at once."""
    whole, sure = _said(line)
    words = [(*_said(e), _outline(e)) for e in line if name(e) == "Word"]
    words = [word for word in words if word[0]]
    if words and (not whole or "".join(whole.split()) == "".join("".join(w[0] for w in words).split())):
        yield from words
    elif whole:
        yield " ".join(whole.split()), sure, None


def _said(element: Element) -> tuple[str, int | None]:
    """The text of an element, the first of several readings, with its confidence."""
    readings = [e for e in element if name(e) == "TextEquiv"]
    readings.sort(key=lambda e: number(e.get("index")) or 0)
    for reading in readings:
        said = next((e.text or "" for e in reading if name(e) == "Unicode"), "").strip()
        if said:
            return said, ppm(reading.get("conf"))
    return "", None


def _outline(element: Element) -> Area | None:
    """The box around an outline, which is a list of points in one attribute or, in old files, in elements."""
    coords = next((e for e in element if name(e) == "Coords"), None)
    if coords is None:
        return None
    pairs = [p.partition(",")[::2] for p in coords.get("points", "").split()]
    pairs += [(e.get("x", ""), e.get("y", "")) for e in coords if name(e) == "Point"]
    points = [(number(x), number(y)) for x, y in pairs]
    across = [x for x, y in points if x is not None and y is not None]
    down = [y for x, y in points if x is not None and y is not None]
    return between(min(across), min(down), max(across), max(down)) if across else None
