"""Readers: bytes to a Text. Pure on bytes; a reader says what a newline means and what is notation."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.core.errors import UnreadableError
from workbench.core.text import Notice, Text
from workbench.readers import alto, hocr, image, page, tsv
from workbench.readers.alto import read_alto
from workbench.readers.encoding import MAX_BYTES, decode
from workbench.readers.hocr import read_hocr
from workbench.readers.image import read_image
from workbench.readers.markdown import read_markdown
from workbench.readers.page import read_page
from workbench.readers.plain import read_plain
from workbench.readers.tsv import read_tsv

READERS: dict[str, Callable[[str, str, tuple[Notice, ...]], Text]] = {
    "plain": read_plain, "markdown": read_markdown, "tsv": read_tsv, "alto": read_alto,
    "hocr": read_hocr, "page": read_page, "image": read_image,
}  # fmt: skip
"""Every reader by name: (content, codec, notices so far) -> Text."""

_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([\w.-]{2,40})["']""")
_MARKDOWN_NAMES = (".md", ".markdown", ".mkd")
_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^\n*]{2,}?(?<=[^\s*])\*\*(?![\w*])")
_ESCAPED = re.compile(r"\\[_*#\[\].()!+-]")
_HEADING = re.compile(r"(?m)(?:^|(?<=[\r\f])|(?<=\A\ufeff))#{1,6} \S")
_BREAK = re.compile(r"(?<=\S) {2,}+(?=[\r\n]|\Z)")


def read(data: bytes, *, name: str = "", reader: str | None = None, encoding: str | None = None) -> Text:
    """Read a file; raises UnreadableError in one line that names it.

    `reader` picks one of READERS, else the file's name and strong signs in its text do; `encoding` is a codec's name.
    """
    content, codec, detected = decode(data, name=name, encoding=encoding or _declared(data))
    notices = (Notice(code="encoding-detected", detail=codec),) if detected else ()
    chosen = reader or _reader_of(name, content)
    if chosen not in READERS:
        raise UnreadableError(f"there is no reader {chosen!r}; known: {', '.join(READERS)}")
    try:
        return READERS[chosen](content, codec, notices)
    except UnreadableError as error:
        raise UnreadableError(f"{name}: {error}" if name else str(error)) from error


def _declared(data: bytes) -> str | None:
    """The encoding that an XML file says it is in, unless it is in UTF-8 all the same."""
    found = _XML_ENCODING.match(data)
    if found is None:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return found[1].decode("ascii")
    return None


def _reader_of(name: str, content: str) -> str:
    if content.lstrip("\ufeff").startswith(tsv.HEADER):
        return "tsv"
    if image.opens(content):
        return "image"
    if alto.opens(content):
        return "alto"
    if page.opens(content):
        return "page"
    if hocr.opens(content):
        return "hocr"
    return "markdown" if _is_markdown(name, content) else "plain"


def _is_markdown(name: str, content: str) -> bool:
    if name.lower().endswith(_MARKDOWN_NAMES):
        return True
    sample = content[:200_000]
    # Specks of a bad scan look like single asterisks and underscores: only what no speck makes counts.
    signs = bool(_STRONG.search(sample)) + bool(_HEADING.search(sample))
    signs += (len(_ESCAPED.findall(sample)) >= 2) + (len(_BREAK.findall(sample)) >= 2)
    return signs >= 1


__all__ = ["MAX_BYTES", "READERS", "read"]
