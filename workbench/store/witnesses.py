"""Witnesses of a text: other readings of the same page, other copies, publications. Kept whole, never decided about."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from workbench.core.errors import RefusedError
from workbench.core.text import Text
from workbench.store import entrance, schema
from workbench.store.lacking import lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Another reading of a text."""

    sha: str
    """SHA-256 of its bytes."""
    name: str
    """Name of its file."""
    content: str
    """What a reader made of it, without markup."""


def add(db: sqlite3.Connection, text: str, *, name: str, data: bytes, read: Text, now: str) -> bool:
    """Keep a witness of a text, within a write transaction; False if the text has these bytes as a witness already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO witnesses (text, sha256, name, bytes, content, added_at) VALUES (?, ?, ?, ?, ?, ?)",
        (text, hashlib.sha256(data).hexdigest(), name, data, _plain(read), now),
    )
    return cursor.rowcount == 1


def of_text(db: sqlite3.Connection, text: str) -> tuple[Witness, ...]:
    """The witnesses of a text, by name."""
    if not schema.has(db, "witnesses"):
        return ()
    rows = db.execute("SELECT sha256, name, content FROM witnesses WHERE text = ? ORDER BY name, sha256", (text,))
    return tuple(Witness(sha=sha, name=name, content=content) for sha, name, content in rows)


def copy(db: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Take over the witnesses of another edition for the texts that both have."""
    if not schema.has(other, "witnesses"):
        return
    columns = {"text": str, "sha256": str, "name": str, "bytes": bytes, "content": str, "added_at": str}
    text, sha256, *rest = columns
    rows = list(entrance.typed("witnesses", columns, lacking(db, other, "witnesses", (text, sha256), *rest)))
    for _, sha, name, data, *_ in rows:
        if hashlib.sha256(data).hexdigest() != sha:
            raise RefusedError(f"the other edition's bytes of the witness {name} are not those that were received")
    db.executemany(
        "INSERT INTO witnesses (text, sha256, name, bytes, content, added_at) VALUES (?, ?, ?, ?, ?, ?)", rows
    )


def _plain(read: Text) -> str:
    out, at = [], 0
    for mark in read.markup:
        out += [read.content[at : mark.start], mark.replacement]
        at = mark.end
    return "".join(out) + read.content[at:]
