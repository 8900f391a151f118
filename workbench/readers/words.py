"""A text put together from the words, lines, blocks and pages of an OCR engine's own format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.core.errors import UnreadableError
from workbench.core.text import Confidence, Notice, Text

PPM = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as the engine gives it, with where it belongs."""

    text: str
    page: str
    block: str
    line: str
    """The source's own identifiers; a change of one ends the line, the paragraph or the page."""
    ppm: int | None = None
    """The engine's confidence, in parts per million; None where it says nothing."""
    alternatives: tuple[str, ...] = ()


def put_together(
    words: Iterable[Word], *, reader: str, version: str, encoding: str, notices: tuple[Notice, ...]
) -> Text:
    """Words with blanks between them, lines with newlines, an empty line between blocks, and where pages begin.

    Raises UnreadableError where there are none.
    """
    parts: list[str] = []
    sure: list[Confidence] = []
    starts, names = [0], [""]
    length = 0
    last: Word | None = None
    for word in words:
        gap = _gap(last, word)
        if last is None:
            names[0] = word.page
        elif word.page != last.page:
            starts.append(length + len(gap))
            names.append(word.page)
        length += len(gap)
        if word.ppm is not None:
            sure.append(
                Confidence(
                    start=length, end=length + len(word.text), ppm=min(PPM, max(0, word.ppm)),
                    alternatives=tuple(a for a in word.alternatives if a != word.text),
                )
            )  # fmt: skip
        parts += [gap, word.text]
        length += len(word.text)
        last = word
    if not parts:
        raise UnreadableError("this file holds no words")
    content = "".join(parts) + "\n"
    return Text(
        content=content, reader=reader, reader_version=version, encoding=encoding, newline="line", notices=notices,
        page_starts=tuple(starts), page_names=tuple(names), confidences=tuple(sure),
    )  # fmt: skip


def _gap(last: Word | None, word: Word) -> str:
    if last is None:
        return ""
    if (word.page, word.block) != (last.page, last.block):
        return "\n\n"
    return "\n" if word.line != last.line else " "
