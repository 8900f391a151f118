"""Readers: bytes to a Text. Pure on bytes; a reader says what a newline means and what is notation."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.core.errors import UnreadableError
from workbench.core.text import Notice, Text
from workbench.readers.encoding import MAX_BYTES, decode
from workbench.readers.markdown import read_markdown
from workbench.readers.plain import read_plain

READERS: dict[str, Callable[[str, str, tuple[Notice, ...]], Text]] = {"plain": read_plain, "markdown": read_markdown}
"""Every reader by name: (content, codec, notices so far) -> Text."""

_MARKDOWN_NAMES = (".md", ".markdown", ".mkd")
_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^\n*]{2,}?(?<=[^\s*])\*\*(?![\w*])")
_ESCAPED = re.compile(r"\\[_*#\[\].()!+-]")
_HEADING = re.compile(r"(?m)(?:^|(?<=[\r\f])|(?<=\A\ufeff))#{1,6} \S")
_BREAK = re.compile(r"(?<=\S) {2,}+(?=[\r\n]|\Z)")


def read(data: bytes, *, name: str = "", reader: str | None = None, encoding: str | None = None) -> Text:
    """Read a file; raises UnreadableError in one line that names it.

    `reader` picks one of READERS, else the file's name and strong signs in its text do; `encoding` is a codec's name.
    """
    content, codec, detected = decode(data, name=name, encoding=encoding)
    notices = (Notice(code="encoding-detected", detail=codec),) if detected else ()
    chosen = reader or ("markdown" if _is_markdown(name, content) else "plain")
    if chosen not in READERS:
        raise UnreadableError(f"there is no reader {chosen!r}; known: {', '.join(READERS)}")
    return READERS[chosen](content, codec, notices)


def _is_markdown(name: str, content: str) -> bool:
    if name.lower().endswith(_MARKDOWN_NAMES):
        return True
    sample = content[:200_000]
    # Specks of a bad scan look like single asterisks and underscores: only what no speck makes counts.
    signs = bool(_STRONG.search(sample)) + bool(_HEADING.search(sample))
    signs += (len(_ESCAPED.findall(sample)) >= 2) + (len(_BREAK.findall(sample)) >= 2)
    return signs >= 1


__all__ = ["MAX_BYTES", "READERS", "read"]
