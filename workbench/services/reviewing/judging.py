"""What became of every decision: does it stand, what do others say of it, who ended it.

The statistics and the snapshot that editors browse both rest on this, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from workbench.core.acts import PROPOSED_ZONES
from workbench.core.classes import touches_meaning
from workbench.core.entry import Decision, Entry
from workbench.core.proportions import Fate, Said
from workbench.core.review import REVIEWED, Concern, Verdict, concerns, verdict
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.reviewing import review
from workbench.services.suggestions.bulk import BATCH
from workbench.store import chronicle, entries, reviews

Answer = Literal["accepted", "edited", "kept"]
"""What was said to a suggestion: its first proposal, something else, or that what stands is right (stet)."""

_JUDGING = frozenset({"approve", "dispute"})
"""Reviews that settle something; a comment does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One decision with what became of it."""

    entry: Entry
    author: str
    """Id by which who decided counts."""
    document: str | None
    """The document it lies in now; None for a text that is not here."""
    state: Literal["live", "superseded", "reverted"]
    verdict: Verdict
    """As the review screen has it, so that one's own approval counts in an edition of one person."""
    concerns: tuple[Concern, ...]
    fate: Fate
    reviews: tuple[Entry, ...]
    ended_by: tuple[str, ...]
    """Ids of the persons who took it back or decided otherwise."""

    @property
    def value(self) -> str | None:
        """What it put in the place, where it changes anything."""
        d = self.entry.decision
        return d.page if d.reading is None else d.reading

    @property
    def kind(self) -> str:
        """Its classes, or its act where it has none: `ocr`, `unseen + source`, `keep`, `zone`."""
        d = self.entry.decision
        return " + ".join(filter(None, (d.page_class, d.reading_class))) or d.act

    @property
    def names(self) -> bool:
        """May it touch a name, a number or a date? Of a decision about the text, whatever it decided."""
        d = self.entry.decision
        return d.layer in ("text", "line") and touches_meaning(d.quote or "", self.value or "")

    @property
    def answer(self) -> Answer | None:
        """What it says to the suggestion that it answers; None where it answers none."""
        return answer(self.entry.decision)

    @property
    def said(self) -> Said | None:
        """Its suggester's first proposal put to the test: by an answer that stands, or an acceptance that another
        person overturned, which was wrong. Not by an acceptance in bulk, which looked at nothing.
        """
        d = self.entry.decision
        if not d.suggestion or not d.suggestion["candidates"] or (self.entry.batch or "").startswith(BATCH):
            return None
        accepted = self.answer == "accepted"
        if not self.fate.live and not (accepted and self.fate.overturned):
            return None
        return Said(ppm=d.suggestion["candidates"][0]["ppm"], right=accepted and self.fate.live)


def answer(d: Decision) -> Answer | None:
    """What a decision says to the suggestion that it carries."""
    if d.suggestion is None:
        return None
    if d.act == "zone":
        proposed = PROPOSED_ZONES.get(d.suggestion["kind"], {}).get("kind")
        return "accepted" if d.data["kind"] == proposed else "kept" if d.data["kind"] == "body" else "edited"
    value = d.page if d.page is not None else d.reading
    if d.act == "keep" or value == d.quote:
        return "kept"
    first = next(iter(d.suggestion["candidates"]), None)
    return "accepted" if first is not None and value == first["text"] else "edited"


def judged(edition: Edition) -> Iterator[Judged]:
    """Every decision that can be reviewed, in the order in which they were written here."""
    db = edition.db
    placed = _documents(edition)
    query = "SELECT e.id, s.live, s.effective FROM standing s JOIN entries e ON e.seq = s.seq"
    standing = {entry: (bool(live), bool(effective)) for entry, live, effective in db.execute(query)}
    found = [e for e in entries.every(db) if e.decision.layer in REVIEWED]
    said = reviews.of(db, [e.id for e in found])
    sizes = reviews.batch_sizes(db, {e.batch for e in found if e.batch})
    contested, own = entries.in_conflict(db), review.alone(edition)
    enders = chronicle.enders(db, [e.id for e in found if not standing.get(e.id, (False, False))[0]])
    who, knows = persons.counting(edition), partial(entries.knows, db)

    for entry in found:
        live, effective = standing.get(entry.id, (False, False))
        about, by = said.get(entry.id, []), entries.origin(db, entry).person
        author = who(by)
        shown = verdict(entry, about, knows, alone=own, who=who, by=by)
        ended = tuple(sorted({ender.person for ender in enders.get(entry.id, ())}))
        yield Judged(
            entry=entry, author=author, document=placed.get(entry.id), verdict=shown, reviews=tuple(about),
            ended_by=ended, state="live" if live else "superseded" if effective else "reverted",
            concerns=concerns(
                entry, shown, in_conflict=entry.id in contested, batch=sizes.get(entry.batch or "", 1)
            ),
            fate=Fate(
                live=live, overturned=any(who(person) != author for person in ended),
                reviewed=any(r.decision.act in _JUDGING and who(r.person) != author for r in about),
                approved=(verdict(entry, about, knows, who=who, by=by) if own else shown) == "approved",
            ),
        )  # fmt: skip


def _documents(edition: Edition) -> dict[str, str]:
    """The document of each entry. Where two documents meet at an insertion, the first one has it."""
    found: dict[str, str] = {}
    query = "SELECT p.document, e.id FROM placed p JOIN entries e ON e.seq = p.seq"
    for document, entry in edition.db.execute(query):
        found.setdefault(entry, document)
    return found
