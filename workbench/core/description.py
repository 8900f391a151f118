"""What identifies a document. Unknown is a value: a field left out is unknown, never invented."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.core.words import N_

FIELDS: dict[str, str] = {
    "title": N_("a heading of one's own, in place of the one made from the other fields"),
    "kind": N_("letter, covering note, statement, report, …"),
    "author": N_("who wrote it"),
    "addressee": N_("to whom"),
    "contents": N_("what it is about, in a few words"),
    "number": N_("as the office wrote it, such as № 12/с"),
    "date_written": N_("the date as written in the document"),
    "date": N_("the date, YYYY-MM-DD, YYYY-MM or YYYY; in [ ] when established and not written"),
    "date_reason": N_("what an established date rests on"),
    "place": N_("where it was written"),
    "archive": N_("the archive that keeps it"),
    "fond": N_("the record group within the archive, by its number"),
    "opis": N_("the inventory within the fond, by its number"),
    "delo": N_("the file within the inventory, by its number"),
    "leaves": N_("of the file, such as 116 or 117–119 об."),
    "copy": N_("original, copy, certified copy, …"),
    "technique": N_("typescript, manuscript, form, print"),
    "language": N_("of the document, such as ru"),
    "publications": N_("earlier publications"),
    "collated": N_("what the text was compared with: the original, a microfilm, a publication; left out: nothing"),
    "parent": N_("the document that this one belongs to, such as a covering note to the letter it encloses"),
    "remarks": N_("anything else"),
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
