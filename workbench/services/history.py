"""The history as rows that people read: the view `history` of the database, for all or for one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.core.documents import Stretch
from workbench.services import library
from workbench.services.edition import Edition
from workbench.store import entries


def rows(edition: Edition, document: str | None = None) -> Iterator[dict[str, Any]]:
    """Rows in the order they were written here; for a document what lies in its stretches or names it."""
    parts = library.stretches(edition, document) if document else ()
    cursor = edition.db.execute("SELECT * FROM history")
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        if document is None or _touches(edition, row["id"], document, parts):
            yield row


def _touches(edition: Edition, entry_id: str, document: str, parts: tuple[Stretch, ...]) -> bool:
    (entry,) = entries.select(edition.db, [entry_id])
    d = entry.decision
    if document in (d.data.get("document"), d.data.get("other")):
        return True
    return any(d.text == p.text and d.start is not None and p.start <= d.start < max(p.end, p.start + 1) for p in parts)
