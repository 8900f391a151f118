"""What is looked at in a database from elsewhere before anything of it is taken: its tables, and the values in them.

SQLite keeps a text where a number is declared, and a view where a table is expected; who made the file may mean harm.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from workbench.core.errors import RefusedError
from workbench.store import schema

_TAKEN = frozenset(
    {"edition", "transcripts", "texts", "lines", "markup", "confidences", "scans", "boxes", "images", "witnesses",
     "authorities", "persons", "entries", "heads"}
)  # fmt: skip
"""Tables that are read."""


def refuse_other_tables(other: sqlite3.Connection) -> None:
    """Refuse a database whose tables are not those that its changes make."""
    wanted, found = schema.expected(schema.applied(other) or ()), schema.parts(other)
    for name in sorted(_TAKEN & wanted.keys()):
        if name not in found or " ".join(found[name].sql.split()) != " ".join(wanted[name].sql.split()):
            raise RefusedError(f"its table {name} is not the one of the workbench")


def typed(table: str, kinds: Mapping[str, type], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows, as long as each value is of its column's kind."""
    for row in rows:
        for (column, kind), value in zip(kinds.items(), row, strict=True):
            if not isinstance(value, kind):
                raise RefusedError(f"in its table {table} the {column} of a row is no {kind.__name__}: {value!r:.40}")
        yield row


def is_file_name(name: object) -> bool:
    """Is it the plain name of a file, that leads nowhere?"""
    return (
        isinstance(name, str) and name not in ("", ".", "..") and not any(sign in name for sign in "/\\\0")
        and not any("\ud800" <= sign <= "\udfff" for sign in name)
    )  # fmt: skip


def leads_nowhere(path: str) -> bool:
    """Does a path stay within the folder that it is counted from?"""
    return all(map(is_file_name, PurePosixPath(path).parts))
