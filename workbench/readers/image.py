"""A page image that no machine has read, as a transcript: a small file that names the image by its hash.

    workbench image 1
    file: leaf-117.tif
    sha256: 5f2c…
    pages: 2

Its text holds nothing but the borders of its pages; every line of it is one that a person added.
"""

from __future__ import annotations

import hashlib
import re

from workbench.core.errors import UnreadableError
from workbench.core.text import Markup, Notice, Scan, Text

NAME = "image"
VERSION = "1"
SUFFIX = ".image"
_FIRST = "workbench image 1\n"
_FILE = re.compile(r"workbench image 1\nfile: ([^\n/\\]+)\nsha256: ([0-9a-f]{64})\npages: ([1-9][0-9]{0,3})\n")
_PAGE_END = "\f\n"


def describe(name: str, sha: str, pages: int) -> str:
    """The transcript of an image: its file name, the SHA-256 of its bytes, and how many pictures it holds."""
    return f"{_FIRST}file: {name}\nsha256: {sha}\npages: {pages}\n"


def opens(content: str) -> bool:
    return content.startswith(_FIRST)


def read_image(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """A text without words: an end of a page after each page but the last. Its name is the hash of this file."""
    found = _FILE.fullmatch(content)
    if found is None:
        raise UnreadableError("this describes no page image: it needs file, sha256 and pages, a line each")
    name, _, pages = found[1], found[2], int(found[3])
    ends = range(0, (pages - 1) * len(_PAGE_END), len(_PAGE_END))
    return Text(
        content=_PAGE_END * (pages - 1), reader=NAME, reader_version=VERSION, encoding=encoding, newline="line",
        markup=tuple(Markup(start=at, end=at + 1, kind="page-break") for at in ends),
        page_starts=tuple(n * len(_PAGE_END) for n in range(pages)), notices=notices,
        scans=tuple(Scan(image=name) for _ in range(pages)),
        sha=hashlib.sha256(content.encode("utf-8")).hexdigest(),
    )  # fmt: skip
