"""Tesseract's TSV: a row a word, with its confidence in per cent."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.core.errors import UnreadableError
from workbench.core.text import Notice, Text
from workbench.readers.words import PPM, Word, put_together

NAME = "tsv"
VERSION = "1"
HEADER = "level\tpage_num\tblock_num"
_WORD = "5"
_COLUMNS = 12


def read_tsv(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """Words in lines and blocks; raises UnreadableError where the table is none of Tesseract's."""
    if not content.lstrip("\ufeff").startswith(HEADER):
        raise UnreadableError(f"this is no TSV of Tesseract: it does not begin with {HEADER!r}")
    return put_together(_words(content), reader=NAME, version=VERSION, encoding=encoding, notices=notices)


def _words(content: str) -> Iterator[Word]:
    for row in content.split("\n")[1:]:
        fields = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(fields) < _COLUMNS or fields[0] != _WORD or not fields[-1].strip():
            continue
        _, page, block, paragraph, line, *_, sure, text = fields
        yield Word(text=text.strip(), page=page, block=f"{block}.{paragraph}", line=line, ppm=_ppm(sure))


def _ppm(sure: str) -> int | None:
    try:
        return round(float(sure) / 100 * PPM) if float(sure) >= 0 else None
    except (ValueError, OverflowError):
        return None
