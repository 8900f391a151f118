"""What became of every decision: does it stand, what do others say of it, who ended it.

The statistics and the snapshot that editors browse both rest on this, so that they cannot disagree.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from workbench.core.acts import PROPOSED_ZONES
from workbench.core.classes import touches_meaning
from workbench.core.entry import Decision, Entry
from workbench.core.proportions import Fate, Said
from workbench.core.review import REVIEWED, Concern, Verdict, concerns, verdict
from workbench.services import persons, settings
from workbench.services.edition import Edition
from workbench.services.suggestions.bulk import BATCH
from workbench.store import chronicle, entries, reviews

Answer = Literal["accepted", "edited", "kept"]
"""What was said to a suggestion: its first proposal, something else, or that what stands is right (stet)."""

_JUDGING = frozenset({"approve", "dispute"})
"""Reviews that settle something; a comment does not."""
_AT_ONCE = 2000
"""Decisions that are read, and told of, at once."""


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
    in_conflict: bool
    batch_size: int
    fate: Fate
    reviews: tuple[Entry, ...]
    ended_by: tuple[str, ...]
    """Ids of the persons who took it back or decided otherwise."""

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """Why it wants a second look."""
        return concerns(self.entry, self.verdict, in_conflict=self.in_conflict, batch=self.batch_size)

    @property
    def value(self) -> str | None:
        """What it put in the place, where it changes anything."""
        return self.entry.decision.value

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
    def suggester(self) -> str | None:
        """Whose suggestion it answers."""
        suggestion = self.entry.decision.suggestion
        return None if suggestion is None else str(suggestion["suggester"])

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


def judged(
    edition: Edition,
    documents: Collection[str] | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Judged]:
    """Every decision that can be reviewed, or those of some documents, in the order in which they were written here.

    `told(done, total)` is called now and then; what is in memory at once does not grow with the journal.
    """
    db, placed = edition.db, _documents(edition, documents)
    layers = ", ".join(f"'{layer}'" for layer in sorted(REVIEWED))
    rows = db.execute(
        "SELECT s.seq, e.id, s.live, s.effective FROM standing s JOIN entries e ON e.seq = s.seq"
        f" WHERE s.layer IN ({layers}) ORDER BY s.seq"
    )
    found = [row for row in rows if documents is None or row[0] in placed]
    contested, own = entries.in_conflict(db), settings.alone(edition)
    who, knows = persons.counting(edition), partial(entries.knows, db)
    sizes: dict[str, int] = {}

    for first in range(0, len(found), _AT_ONCE):
        told(first, len(found))
        part = found[first : first + _AT_ONCE]
        known = {e.id: e for e in entries.numbered(db, [seq for seq, *_ in part])}
        said = reviews.of(db, list(known))
        sizes |= reviews.batch_sizes(db, {e.batch for e in known.values() if e.batch} - sizes.keys())
        enders = chronicle.enders(db, [entry for _, entry, live, _ in part if not live])
        for seq, entry_id, live, effective in part:
            entry, about = known[entry_id], said.get(entry_id, [])
            by = entries.origin(db, entry).person
            author = who(by)
            shown = verdict(entry, about, knows, alone=own, who=who, by=by)
            ended = tuple(sorted({ender.person for ender in enders.get(entry_id, ())}))
            yield Judged(
                entry=entry, author=author, document=placed.get(seq), verdict=shown, reviews=tuple(about),
                ended_by=ended, in_conflict=entry_id in contested, batch_size=sizes.get(entry.batch or "", 1),
                state=chronicle.state(live=bool(live), effective=bool(effective), act=entry.decision.act),
                fate=Fate(
                    live=bool(live), overturned=any(who(person) != author for person in ended),
                    reviewed=any(r.decision.act in _JUDGING and who(r.person) != author for r in about),
                    approved=(verdict(entry, about, knows, who=who, by=by) if own else shown) == "approved",
                ),
            )  # fmt: skip


def _documents(edition: Edition, documents: Collection[str] | None) -> dict[int, str]:
    """The document of each entry, by its number."""
    where = "" if documents is None else " WHERE document IN (SELECT value FROM json_each(?))"
    bounds = [] if documents is None else [json.dumps(list(documents))]
    return dict(edition.db.execute(f"SELECT seq, document FROM placed{where}", bounds))
