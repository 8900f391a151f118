"""Tesseract's TSV: a row a word, with its box in pixels and its confidence in per cent."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.core.errors import UnreadableError
from workbench.core.text import Notice, Scan, Text
from workbench.readers.words import Area, Word, area, ppm, put_together, size

NAME = "tsv"
VERSION = "1"
HEADER = "level\tpage_num\tblock_num"
_PAGE, _LINE, _WORD = "1", "4", "5"
_COLUMNS = 12


def read_tsv(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """Words in lines and blocks; raises UnreadableError where the table is none of Tesseract's."""
    if not content.lstrip("\ufeff").startswith(HEADER):
        raise UnreadableError(f"this is no TSV of Tesseract: it does not begin with {HEADER!r}")
    scans: dict[str, Scan] = {}
    words = _words(content, scans)
    return put_together(words, reader=NAME, version=VERSION, encoding=encoding, notices=notices, scans=scans)


def _words(content: str, scans: dict[str, Scan]) -> Iterator[Word]:
    """The words; `scans` gets the size of each page, the image has no name here."""
    of_line: Area | None = None
    for row in content.split("\n")[1:]:
        fields = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(fields) < _COLUMNS:
            continue
        level, page, block, paragraph, line, _, *box, sure, text = fields
        if level == _PAGE:
            scans[page] = Scan(width=size(box[2]), height=size(box[3]))
        elif level == _LINE:
            of_line = area(*box)
        elif level == _WORD and text.strip():
            known = None if sure.startswith("-") else ppm(sure, 100)  # -1: it says nothing
            yield Word(text=text.strip(), page=page, block=f"{block}.{paragraph}", line=line, ppm=known,
                       area=area(*box), line_area=of_line)  # fmt: skip
