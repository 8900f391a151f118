"""Transcripts and texts: the bytes as received, the text a reader made of them, read back by ranges of lines."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.core.errors import RefusedError
from workbench.core.pieces import Fragment
from workbench.core.text import Confidence, Markup, Newline, Notice, Rendition, Text
from workbench.store import schema

WORDLESS = "image"
"""The reader whose texts have no words, and are named by their transcript."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A text as the database knows it, without its content."""

    id: int
    sha: str
    transcript: str
    name: str
    reader: str
    encoding: str
    length: int
    """In code points."""
    line_count: int
    page_starts: tuple[int, ...]


def add_transcript(db: sqlite3.Connection, *, name: str, data: bytes, text: Text, now: str) -> bool:
    """Keep a transcript with its text, within a write transaction; False if these bytes are there already."""
    sha = hashlib.sha256(data).hexdigest()
    if db.execute("SELECT 1 FROM transcripts WHERE sha256 = ?", (sha,)).fetchone():
        return False
    same = db.execute(
        "SELECT tr.name FROM texts t JOIN transcripts tr ON tr.sha256 = t.transcript WHERE t.sha256 = ?", (text.sha,)
    ).fetchone()
    if same:
        raise RefusedError(f"{name} has the same text as {same[0]}, only in other bytes")
    db.execute(
        "INSERT INTO transcripts (sha256, name, size, bytes, added_at) VALUES (?, ?, ?, ?, ?)",
        (sha, name, len(data), data, now),
    )
    keep_text(db, transcript=sha, text=text)
    return True


def keep_text(db: sqlite3.Connection, *, transcript: str, text: Text) -> None:
    """Keep a text with its lines and markup."""
    cursor = db.execute(
        "INSERT INTO texts (sha256, transcript, reader, reader_version, encoding, newline, length, line_count,"
        " page_starts, page_names, renditions, notices) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            text.sha, transcript, text.reader, text.reader_version, text.encoding, text.newline, len(text.content),
            len(text.line_starts), json.dumps(text.page_starts), json.dumps(text.page_names, ensure_ascii=False),
            json.dumps([[r.start, r.end, r.look] for r in text.renditions]),
            json.dumps([[n.code, n.start, n.end, n.detail] for n in text.notices], ensure_ascii=False),
        ),
    )  # fmt: skip
    text_id = cursor.lastrowid
    spans = (text.line_span(n) for n in range(len(text.line_starts)))
    db.executemany(
        "INSERT INTO lines (text_id, line, start, content) VALUES (?, ?, ?, ?)",
        ((text_id, number, start, text.content[start:end]) for number, (start, end) in enumerate(spans)),
    )
    db.executemany(
        "INSERT INTO markup (text_id, start, end_, kind, replacement) VALUES (?, ?, ?, ?, ?)",
        ((text_id, m.start, m.end, m.kind, m.replacement) for m in text.markup),
    )
    db.executemany(
        "INSERT INTO confidences (text_id, start, end_, ppm, alternatives) VALUES (?, ?, ?, ?, ?)",
        ((text_id, c.start, c.end, c.ppm, json.dumps(c.alternatives, ensure_ascii=False)) for c in text.confidences),
    )
    assert text_id is not None
    from workbench.store import images

    images.keep_boxes(db, text_id, text)


_ROW = (
    "SELECT t.id, t.sha256, t.transcript, tr.name, t.reader, t.encoding, t.length, t.line_count, t.page_starts"
    " FROM texts t JOIN transcripts tr ON tr.sha256 = t.transcript"
)


def all_texts(db: sqlite3.Connection) -> list[TextRow]:
    """Every text, by the name of its transcript."""
    return [_row(row) for row in db.execute(f"{_ROW} ORDER BY tr.name, t.sha256")]


def has(db: sqlite3.Connection, sha: str) -> bool:
    """Is a text kept here? A bundle has decisions about others too."""
    return db.execute("SELECT 1 FROM texts WHERE sha256 = ?", (sha,)).fetchone() is not None


def text_row(db: sqlite3.Connection, sha: str) -> TextRow:
    row = db.execute(f"{_ROW} WHERE t.sha256 = ?", (sha,)).fetchone()
    if row is None:
        raise RefusedError(f"there is no text {sha[:12]} in this edition")
    return _row(row)


def _row(row: Sequence[object]) -> TextRow:
    text_id, sha, transcript, name, reader, encoding, length, line_count, starts = row
    assert isinstance(text_id, int) and isinstance(length, int) and isinstance(line_count, int)
    return TextRow(
        id=text_id, sha=str(sha), transcript=str(transcript), name=str(name), reader=str(reader),
        encoding=str(encoding), length=length, line_count=line_count, page_starts=tuple(json.loads(str(starts))),
    )  # fmt: skip


def line_of(db: sqlite3.Connection, text_id: int, offset: int) -> int:
    """Index, from 0, of the line that holds an offset."""
    row = db.execute("SELECT line FROM lines WHERE text_id = ? AND start <= ? ORDER BY start DESC LIMIT 1",
                     (text_id, offset)).fetchone()  # fmt: skip
    return row[0] if row else 0


def line_starts(db: sqlite3.Connection, text_id: int, first: int, last: int) -> list[int]:
    """Offsets at which the lines `[first, last)` begin."""
    rows = db.execute("SELECT start FROM lines WHERE text_id = ? AND line >= ? AND line < ? ORDER BY line",
                      (text_id, first, last))  # fmt: skip
    return [start for (start,) in rows]


def raw(db: sqlite3.Connection, sha: str, start: int, end: int) -> str:
    """The code points `[start, end)` of a text; raises RefusedError where it has none."""
    rows = db.execute(
        "SELECT t.length, l.start, l.content FROM texts t LEFT JOIN lines l ON l.text_id = t.id AND l.start < ?2"
        " AND l.start >= (SELECT coalesce(max(start), 0) FROM lines WHERE text_id = t.id AND start <= ?1)"
        " WHERE t.sha256 = ?3 ORDER BY l.start",
        (start, max(end, start + 1), sha),
    ).fetchall()
    if not rows or end > rows[0][0]:
        row = text_row(db, sha)
        raise RefusedError(f"{start}..{end} lies outside {row.name}, {row.length} long")
    low = rows[0][1] or 0
    return "".join(content or "" for _, _, content in rows)[start - low : end - low]


def fragment(db: sqlite3.Connection, text_id: int, start: int, end: int) -> Fragment:
    """The code points `[start, end)` with the markup that meets them."""
    rows = db.execute(
        "SELECT start, content FROM lines WHERE text_id = ? AND start < ? AND start >="
        " (SELECT coalesce(max(start), 0) FROM lines WHERE text_id = ? AND start <= ?) ORDER BY start",
        (text_id, max(end, start + 1), text_id, start),
    ).fetchall()
    low = rows[0][0] if rows else start
    content = "".join(content for _, content in rows)[start - low : end - low]
    return Fragment(content, start, tuple(markup(db, text_id, start, end)))


def markup(db: sqlite3.Connection, text_id: int, start: int, end: int) -> list[Markup]:
    """Markup that meets a range. Spans of markup are short: none reaches over a line."""
    rows = db.execute(
        "SELECT start, end_, kind, replacement FROM markup WHERE text_id = ? AND start < ? AND start >="
        " (SELECT coalesce(max(start), 0) FROM lines WHERE text_id = ? AND start <= ?) AND end_ > ? ORDER BY start",
        (text_id, end, text_id, start, start),
    )
    return [Markup(start=s, end=e, kind=kind, replacement=replacement) for s, e, kind, replacement in rows]


def whole_text(db: sqlite3.Connection, sha: str) -> Text:
    """A text as its reader made it."""
    from workbench.store import images

    row = db.execute(
        "SELECT id, reader, reader_version, encoding, newline, page_starts, page_names, renditions, notices, length,"
        " transcript FROM texts WHERE sha256 = ?",
        (sha,),
    ).fetchone()
    if row is None:
        raise RefusedError(f"there is no text {sha[:12]} in this edition")
    text_id, reader, version, encoding, newline, starts, names, renditions, notices, length, transcript = row
    kind: Newline = newline
    content = "".join(c for (c,) in db.execute("SELECT content FROM lines WHERE text_id = ? ORDER BY line", (text_id,)))
    return Text(
        content=content, reader=reader, reader_version=version, encoding=encoding, newline=kind,
        markup=tuple(markup(db, text_id, 0, length + 1)), page_starts=tuple(json.loads(starts)),
        page_names=tuple(json.loads(names)),
        renditions=tuple(Rendition(start=s, end=e, look=look) for s, e, look in json.loads(renditions)),
        notices=tuple(Notice(code=c, start=s, end=e, detail=d) for c, s, e, d in json.loads(notices)),
        confidences=tuple(_confidences(db, text_id)), boxes=tuple(images.boxes(db, text_id)),
        scans=images.scans(db, text_id), sha=transcript if reader == WORDLESS else "",
    )  # fmt: skip


def _confidences(db: sqlite3.Connection, text_id: int) -> Iterator[Confidence]:
    if schema.has(db, "confidences"):
        query = "SELECT start, end_, ppm, alternatives FROM confidences WHERE text_id = ? ORDER BY start"
        for start, end, ppm, others in db.execute(query, (text_id,)):
            yield Confidence(start=start, end=end, ppm=ppm, alternatives=tuple(json.loads(others)))
