"""The board: how every document stands, and how much of it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.states import STATES
from workbench.services import library
from workbench.services.edition import Edition
from workbench.services.looking_back import history
from workbench.services.states import Standing, said, standing
from workbench.store import added_lines, entries, reviews, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A document on the board."""

    document: str
    number: int
    standing: Standing
    leaves: int
    """Leaves marked in it, else pages of its texts; one at least."""
    lines: int
    read: int
    """Lines that a person has read as they stand."""

    @property
    def done(self) -> float:
        """The share of it that is done, from 0 to 1: all when it is transcribed, else what is read."""
        if STATES.index(self.standing.state) >= STATES.index("transcribed"):
            return 1.0
        return self.read / self.lines if self.lines else 0.0

    @property
    def left(self) -> float:
        """Leaves that are still to be done."""
        return round(self.leaves * (1 - self.done), 1)


def posts(edition: Edition) -> Iterator[Post]:
    """All documents, in order."""
    live = said(edition)
    for number, document in enumerate(library.ids(edition), 1):
        yield _post(edition, document, number, standing(edition, document, live.get(document, ())))


def post(edition: Edition, document: str) -> Post:
    """One document of the board."""
    return _post(edition, document, library.number(edition, document) or 0, standing(edition, document))


def touched(edition: Edition, since: int) -> set[str] | None:
    """Ids of the documents that what was written after an entry, by its number, bears on.

    None where documents were made, joined or read anew: then all of the board is another one.
    """
    found = reviews.touched(edition.db, since)
    if {act for _, _, act, _ in found} & {"split", "join", "rebase"}:
        return None
    meant = entries.numbered(edition.db, [seq for _, seq, _, _ in found])
    return {document for entry in meant if (document := history.document_of(edition, entry)) is not None}


def _post(edition: Edition, document: str, number: int, stands: Standing) -> Post:
    leaves, lines, read, pages = 0, 0, 0, 0
    for s in library.stretches(edition, document):
        row = texts.text_row(edition.db, s.text)
        (marked,) = edition.db.execute(
            "SELECT count(*) FROM standing WHERE text = ? AND layer = 'document' AND live = 1 AND act = 'leaf'"
            " AND start BETWEEN ? AND ?", (s.text, s.start, s.last(row.length))).fetchone()  # fmt: skip
        leaves += marked
        pages += sum(s.start <= p < s.end for p in row.page_starts)
        lines += added_lines.count(edition.db, s, row.length)
        if s.end > s.start:
            first, last = (texts.line_of(edition.db, row.id, p) for p in (s.start, s.end - 1))
            (vouched,) = edition.db.execute(
                "SELECT count(*) FROM read_lines WHERE text = ? AND line BETWEEN ? AND ?", (s.text, first, last)
            ).fetchone()  # fmt: skip
            read += vouched
            lines += last - first + 1
    return Post(
        document=document, number=number, standing=stands, leaves=max(leaves, pages, 1), lines=lines,
        read=min(read, lines),
    )  # fmt: skip
