"""What identifies a document. Unknown is a value: a field left out is unknown, never invented."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: dict[str, str] = {
    "title": "a heading of one's own, in place of the one made from the other fields",
    "kind": "letter, covering note, statement, report, …",
    "author": "who wrote it",
    "addressee": "to whom",
    "contents": "what it is about, in a few words",
    "number": "office number, as written",
    "date_written": "the date as written in the document",
    "date": "the date, YYYY-MM-DD, YYYY-MM or YYYY; in [ ] when established and not written",
    "date_reason": "what an established date rests on",
    "place": "where it was written",
    "archive": "the archive that keeps it",
    "fond": "fond",
    "opis": "opis",
    "delo": "delo",
    "leaves": "leaves, such as 116 or 117–119 об.",
    "copy": "original, copy, certified copy, …",
    "technique": "typescript, manuscript, form, print",
    "language": "language of the document, such as ru",
    "publications": "earlier publications",
    "collated": "what the text was compared with: the original, a microfilm, a publication; left out: nothing",
    "parent": "the document that this one belongs to, such as a covering note to the letter it encloses",
    "remarks": "anything else",
}  # fmt: skip
"""Every field with its help."""


def title(fields: Mapping[str, str], fallback: str = "") -> str:
    """One line for a list: kind, author → addressee, date, place; the fallback where nothing is known."""
    if fields.get("title"):
        return fields["title"]
    people = " → ".join(filter(None, (fields.get("author"), fields.get("addressee"))))
    parts = [
        fields.get("kind"),
        people,
        fields.get("date") or fields.get("date_written"),
        fields.get("place"),
    ]
    return " · ".join(part for part in parts if part) or fallback
