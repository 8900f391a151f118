"""What a decision rests on where nobody says it: a witness that has just this, what the document was collated with,
or the text itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from workbench.services.edition import Edition
from workbench.store import holding

_ORIGINAL = re.compile(
    r"подлинник|оригинал|микрофильм|скан|\b(?:original|microfilm|scan|page|leaf|leaves)", re.IGNORECASE
)
_PUBLISHED = re.compile(r"публикац|издани|\b(?:publication|published|edition)", re.IGNORECASE)


def ground(edition: Edition, text: str, start: int, value: str | None, suggestion: Mapping[str, Any] | None) -> str:
    """The ground of a decision about a place: its value, and the provenance of the suggestion that it answers."""
    said = (suggestion or {}).get("evidence", ())
    if value is not None and any(e["code"] == "witness-reads" and e["params"]["reading"] == value for e in said):
        return "witness"
    document = holding.document_of(edition.db, text, start)
    row = edition.db.execute("SELECT description FROM documents WHERE id = ?", (document,)).fetchone()
    return of_collation(json.loads(row[0]).get("collated", "")) if row is not None else "internal"


def of_collation(collated: str) -> str:
    """What decisions rest on in a document that was compared with this, as its description has it in free words."""
    if _ORIGINAL.search(collated):
        return "page"
    return "external" if _PUBLISHED.search(collated) else "internal"
