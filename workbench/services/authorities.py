"""Importing authority lists: plain CSV or TSV with the columns name, kind, note; only the name is needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from workbench.core.errors import UnreadableError
from workbench.readers.encoding import decode
from workbench.services.edition import Edition
from workbench.store import authorities
from workbench.store.authorities import KINDS, Authority

_HEADER = "name"
_COLUMNS = 3
_SAMPLE = 4000  # code points


def add(edition: Edition, path: Path) -> int:
    """Import a list, all of it or none; it takes the place of a former one of that file name. How many names it has.

    Raises UnreadableError that names the line.
    """
    content, _, _ = decode(path.read_bytes(), name=path.name)
    rows = list(read(content, name=path.name))
    with edition.writing() as db:
        return authorities.replace(db, path.name, rows)


def read(content: str, *, name: str) -> Iterator[Authority]:
    """The names of a list; raises UnreadableError for a line that has none, or a kind that nobody knows."""
    rows = csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=_delimiter(content), strict=True)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or (rows.line_num == 1 and cells[0].lower() == _HEADER):
                continue
            yield _authority(cells, f"{name}, line {rows.line_num}")
    except csv.Error as error:
        raise UnreadableError(f"{name}, line {rows.line_num}: {error}") from error


def _authority(cells: list[str], where: str) -> Authority:
    if not cells[0]:
        raise UnreadableError(f"{where}: there is no name in the first column")
    if len(cells) > _COLUMNS and any(cells[_COLUMNS:]):
        raise UnreadableError(f"{where}: more than the columns name, kind, note; quote a name that holds the delimiter")
    kind = (cells[1].lower() if len(cells) > 1 else "") or KINDS[0]
    if kind not in KINDS:
        raise UnreadableError(f"{where}: {kind!r} is no kind; known: {', '.join(KINDS)}")
    return Authority(name=cells[0], kind=kind, note=cells[2] if len(cells) > 2 else "")


def _delimiter(content: str) -> str:
    """The one of tab, semicolon and comma that the beginning has most of."""
    return max(",;\t", key=content[:_SAMPLE].count)
