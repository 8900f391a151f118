"""ALTO: the words of an OCR engine in XML, with boxes, confidences and, in some, other readings.

Only the text is read, every version alike: namespaces are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from workbench.core.text import Notice, Scan, Text
from workbench.readers.words import Area, Word, area, file_name, ppm, put_together, size
from workbench.readers.xml import begins_with, name, parsed

NAME = "alto"
VERSION = "1"
_ROOT = re.compile(r"<(?:!DOCTYPE )?(?:\w+:)?alto[\s>]")


def opens(content: str) -> bool:
    """Does this look like ALTO?"""
    return begins_with(_ROOT, content)


def read_alto(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """Words in lines and blocks; raises UnreadableError for XML that is broken or no ALTO."""
    root = parsed(content, root="alto", format="ALTO")
    return put_together(
        _words(root), reader=NAME, version=VERSION, encoding=encoding, notices=notices, scans=_scans(root)
    )


def _scans(root: ElementTree.Element) -> dict[str, Scan]:
    """The image of each page: a file of ALTO names one image, be it of several pages."""
    named = next((e.text or "" for e in root.iter() if name(e) == "fileName"), "")
    pages = (e for e in root.iter() if name(e) == "Page")
    return {
        str(n): Scan(image=file_name(named), width=size(page.get("WIDTH")), height=size(page.get("HEIGHT")))
        for n, page in enumerate(pages, 1)
    }


def _area(element: ElementTree.Element) -> Area | None:
    return area(*(element.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")))


def _words(root: ElementTree.Element) -> Iterator[Word]:
    page = block = line = 0
    of_line: Area | None = None
    for element in root.iter():
        match name(element):
            case "Page":
                page += 1
            case "TextBlock":
                block += 1
            case "TextLine":
                line += 1
                of_line = _area(element)
            case "String" if text := element.get("CONTENT", "").strip():
                yield Word(text=text, page=str(page), block=str(block), line=str(line),
                           ppm=ppm(element.get("WC")), alternatives=tuple(_alternatives(element)),
                           area=_area(element), line_area=of_line)  # fmt: skip


def _alternatives(string: ElementTree.Element) -> Iterator[str]:
    """Other readings; those with a purpose are other spellings of the same reading."""
    for inner in string:
        if name(inner) == "ALTERNATIVE" and not inner.get("PURPOSE") and (inner.text or "").strip():
            yield (inner.text or "").strip()
