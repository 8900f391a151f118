"""hOCR: an HTML page whose classes say what is a page, a line, a word, and whose titles say where and how sure.

It is read as HTML is, for much of it is no XML: tags stay open, signs stand for themselves.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from workbench.core.text import Notice, Scan, Text
from workbench.readers.words import Area, Word, between, file_name, number, ppm, put_together
from workbench.readers.xml import begins_with

NAME = "hocr"
VERSION = "1"
_PAGE = re.compile(r"""<[a-z]+\s[^>]*class\s*=\s*["']?ocr_page\b""", re.IGNORECASE)
_BOX = re.compile(r"\bbbox\s+(\S+)\s+(\S+)\s+(\S+)\s+([^\s;]+)")
_IMAGE = re.compile(r"""\bimage\s+(?:"([^"]*)"|'([^']*)'|([^;]*))""")
_SURE = re.compile(r"\bx_wconf\s+([\d.]+)")
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_LINES = {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}
_BLOCKS = {"ocr_carea", "ocrx_block", "ocr_par"}
_WORDS = {"ocrx_word", "ocr_word"}


def opens(content: str) -> bool:
    """Does this look like hOCR?"""
    return begins_with(_PAGE, content, within=20_000)


def read_hocr(content: str, encoding: str, notices: tuple[Notice, ...] = ()) -> Text:
    """Words in lines and paragraphs; raises UnreadableError where there are none."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    reader.end_all()
    return put_together(
        reader.words, reader=NAME, version=VERSION, encoding=encoding, notices=notices, scans=reader.scans
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[Word] = []
        self.scans: dict[str, Scan] = {}
        self._open: list[tuple[str, str, str]] = []
        """Open elements: tag, what it is (a class), title."""
        self._page = self._block = self._line = 0
        self._of_line: Area | None = None
        self._in_word: list[str] = []
        self._signs: list[str] = []
        """Signs of the word that have places of their own: then they are the word, and the blanks between them not."""
        self._in_line: list[str] = []
        self._before = 0
        """How many words there were when the line began."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        title = given.get("title", "")
        what = next((c for c in given.get("class", "").split() if c.startswith("ocr")), "")
        if what == "ocr_page":
            self._page += 1
            self.scans[str(self._page)] = _scan(title)
        elif what in _BLOCKS:
            self._block += 1
        elif what in _LINES:
            self._line += 1
            self._of_line, self._in_line, self._before = _area(title), [], len(self.words)
        elif what in _WORDS:
            self._in_word, self._signs = [], []
        self._open.append((tag, what, title))

    def handle_endtag(self, tag: str) -> None:
        if not any(tag == opened for opened, _, _ in self._open):
            return
        while self._end_last() != tag:
            pass

    def end_all(self) -> None:
        """End what the file left open."""
        while self._open:
            self._end_last()

    def _end_last(self) -> str:
        tag, what, title = self._open.pop()
        if what in _WORDS:
            sure = _SURE.search(title)
            self._add(self._signs or self._in_word, _area(title), ppm(sure[1], 100) if sure else None)
        elif what in _LINES:
            if len(self.words) == self._before:  # a line that is not divided into words
                self._add(self._in_line, None, None)
            self._line += 1
        return tag

    def handle_data(self, data: str) -> None:
        for _, what, title in reversed(self._open):
            if what == "ocrx_cinfo":
                if "x_bboxes" in title:  # else it is another reading of a sign
                    self._signs.append(data.strip())
                return
            if what in _WORDS:
                self._in_word.append(data)
                return
            if what in _LINES:
                self._in_line.append(data)
                return

    def _add(self, parts: list[str], area: Area | None, ppm: int | None) -> None:
        if text := " ".join("".join(parts).split()):
            self.words.append(
                Word(text=text, page=str(max(self._page, 1)), block=str(self._block), line=str(self._line), ppm=ppm,
                     area=area, line_area=self._of_line)
            )  # fmt: skip


def _area(title: str) -> Area | None:
    found = _BOX.search(title)
    if found is None:
        return None
    left, top, right, bottom = (number(said) for said in found.groups())
    if left is None or top is None or right is None or bottom is None:
        return None
    return between(left, top, right, bottom)


def _scan(title: str) -> Scan:
    image, page = _IMAGE.search(title), _area(title)
    named = file_name(next((g for g in image.groups() if g), "")) if image else ""
    if page is None:
        return Scan(image=named)
    return Scan(image=named, width=page[0] + page[2], height=page[1] + page[3])
