"""Where lines and words stand on their pages, and which image shows a page. The images themselves are files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.errors import RefusedError
from workbench.core.text import Box, Scan, Text
from workbench.store import entrance, schema
from workbench.store.lacking import lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The image of one page of a text."""

    text: str
    """SHA-256 of the text."""
    page: int
    """Index of the page, from 0."""
    sha: str
    """SHA-256 of the file."""
    path: str
    """The file, from the folder of the edition, with `/` between folders."""
    frame: int
    """Which picture of the file it is, from 0; a TIFF can hold many."""
    width: int
    height: int
    """In pixels, as a person sees the picture: turned as the file says it is to be turned."""


_COLUMNS = "text, page, sha256, path, frame, width, height"


def keep(db: sqlite3.Connection, image: Image, *, now: str) -> None:
    """Let a page be shown by an image, within a write transaction; the one it had before is let go."""
    db.execute(
        f"INSERT OR REPLACE INTO images ({_COLUMNS}, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (image.text, image.page, image.sha, image.path, image.frame, image.width, image.height, now),
    )


def of_text(db: sqlite3.Connection, text: str) -> dict[int, Image]:
    """The images of a text by page."""
    if not schema.has(db, "images"):
        return {}
    rows = db.execute(f"SELECT {_COLUMNS} FROM images WHERE text = ? ORDER BY page", (text,))
    return {row[1]: _image(row) for row in rows}


def of_page(db: sqlite3.Connection, text: str, page: int) -> Image | None:
    return of_text(db, text).get(page)


def _image(row: tuple[str, int, str, str, int, int, int]) -> Image:
    text, page, sha, path, frame, width, height = row
    return Image(text=text, page=page, sha=sha, path=path, frame=frame, width=width, height=height)


def every(db: sqlite3.Connection) -> list[Image]:
    """All images of pages."""
    if not schema.has(db, "images"):
        return []
    return [_image(row) for row in db.execute(f"SELECT {_COLUMNS} FROM images ORDER BY text, page")]


def carry(db: sqlite3.Connection, old: str, new: str, *, pages: int) -> None:
    """Let the pages of a new text have the images of the old one's, as far as they have none."""
    db.execute(
        f"INSERT OR IGNORE INTO images ({_COLUMNS}, added_at)"
        " SELECT ?, page, sha256, path, frame, width, height, added_at FROM images WHERE text = ? AND page < ?",
        (new, old, pages),
    )


def copy(db: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Take over what another edition says about pages that have no image here. The files go by themselves."""
    if not schema.has(other, "images"):
        return
    columns = {"text": str, "page": int, "sha256": str, "path": str, "frame": int, "width": int, "height": int,
               "added_at": str}  # fmt: skip
    text, page, *rest = columns
    rows = list(entrance.typed("images", columns, lacking(db, other, "images", (text, page), *rest)))
    if led := next((row[3] for row in rows if not entrance.leads_nowhere(row[3])), None):
        raise RefusedError(f"its image {led!r} is not in the folder of the edition")
    db.executemany(f"INSERT INTO images ({_COLUMNS}, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


# boxes


def keep_boxes(db: sqlite3.Connection, text_id: int, text: Text) -> None:
    """Keep the boxes and scans that a text came with, within a write transaction."""
    db.executemany(
        "INSERT OR IGNORE INTO scans (text_id, page, image, width, height) VALUES (?, ?, ?, ?, ?)",
        ((text_id, page, s.image, s.width, s.height) for page, s in enumerate(text.scans)),
    )
    db.executemany(
        "INSERT OR IGNORE INTO boxes (text_id, start, level, end_, page, x, y, width, height)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((text_id, b.start, b.level, b.end, b.page, b.x, b.y, b.width, b.height) for b in text.boxes),
    )


def scans(db: sqlite3.Connection, text_id: int) -> tuple[Scan, ...]:
    """The scans of a text by page; empty where its source said nothing."""
    if not schema.has(db, "scans"):
        return ()
    rows = db.execute("SELECT image, width, height FROM scans WHERE text_id = ? ORDER BY page", (text_id,))
    return tuple(Scan(image=image, width=width, height=height) for image, width, height in rows)


def boxes(db: sqlite3.Connection, text_id: int, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Boxes that begin in `[start, end)`, by start, a line before its words."""
    if not schema.has(db, "boxes"):
        return
    rows = db.execute(
        "SELECT start, end_, page, x, y, width, height, level FROM boxes"
        " WHERE text_id = ? AND start >= ? AND start < ? ORDER BY start, level",
        (text_id, start, end if end is not None else 1 << 60),
    )
    for at, until, page, x, y, width, height, level in rows:
        yield Box(start=at, end=until, page=page, x=x, y=y, width=width, height=height, level=level)


def line_height(db: sqlite3.Connection, text_id: int, start: int, end: int) -> int:
    """The height that half of the lines in `[start, end)` do not reach, in the page's units; 0 where there are none."""
    heights = sorted(box.height for box in boxes(db, text_id, start, end) if box.level == "line")
    return heights[len(heights) // 2] if heights else 0
