"""An entry in its place: who made it, in which line, and the raw text around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.documents import Stretch
from workbench.core.entry import Entry
from workbench.services.edition import Edition
from workbench.store import entries, texts

AROUND = 40
"""Code points of raw text shown on either side of a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry with what there is to judge it by."""

    entry: Entry
    person: str
    """Name of who decided it."""
    line: int | None
    """Number of the line in its transcript, from 1; None where it names no place."""
    before: str
    quote: str
    after: str
    """The raw text of the place and around it."""
    carried_by: str | None = None
    """Name of who carried it over from an older text of the page, where somebody did."""

    @property
    def value(self) -> str | None:
        """What stands there now, where the entry changes anything."""
        return self.entry.decision.value

    @property
    def place(self) -> tuple[str, int] | None:
        """Where the desk finds it: in a text, or in a line that was added."""
        d = self.entry.decision
        if d.place is None:
            return None
        text, start, _ = d.place
        return self.entry.subject if d.layer == "line" else text, start


def around(edition: Edition, entry: Entry, stretch: Stretch | None = None) -> tuple[int | None, str, str, str]:
    """(line, before, quote, after) of an entry; no further than a stretch reaches."""
    place = entry.decision.place
    if place is None or not texts.has(edition.db, place[0]):
        return None, "", "", ""
    sha, start, end = place
    row = texts.text_row(edition.db, sha)
    floor, ceiling = (stretch.start, stretch.end) if stretch else (0, row.length)
    low, high = max(floor, start - AROUND), min(ceiling, end + AROUND)
    text = texts.raw(edition.db, sha, low, high)
    line = texts.line_of(edition.db, row.id, start) + 1
    return line, text[: start - low], text[start - low : end - low], text[end - low :]


def placed(edition: Edition, entry: Entry, names: Mapping[str, str]) -> Placed:
    """An entry in its place; `names`: of persons, by id."""
    line, before, quote, after = around(edition, entry)
    person, carried_by = decided_by(edition, entry, names)
    return Placed(
        entry=entry, person=person, line=line, before=before, quote=quote, after=after, carried_by=carried_by
    )  # fmt: skip


def decided_by(edition: Edition, entry: Entry, names: Mapping[str, str]) -> tuple[str, str | None]:
    """Names of who decided, and of who carried the decision over from an older text (None: nobody had to)."""
    first = entries.origin(edition.db, entry)
    carried_by = names.get(entry.person, entry.person) if first is not entry else None
    return names.get(first.person, first.person), carried_by
