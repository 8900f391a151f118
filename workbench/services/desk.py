"""The desk: what can be done at a place of one document; each gesture one decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from workbench.core.acts import PROPOSED_ZONES
from workbench.core.edit import hunks, plan
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.suggestion import Suggestion
from workbench.services import deciding
from workbench.services.persons import Person
from workbench.services.whereabouts import Counts, Decided, Detail, Place, Whereabouts
from workbench.store import suggestions
from workbench.store.suggestions import Kept

__all__ = ["Counts", "Decided", "Desk", "Detail", "Place", "zone_words"]

Weighty = Literal["source", "unseen", "earlier"]
"""Why a decision needs a reason: a fault with meaning, a place that nobody saw, somebody else's decision there."""


class Desk(Whereabouts):
    """One document at work."""

    def accept(self, place: Place, number: int, person: Person, **more: Any) -> Entry:
        """Take the n-th candidate, from 0, of the suggestion at a place."""
        kept = suggestions.by_id(self.edition.db, place.mark)
        if kept is None:
            raise RefusedError("there is no suggestion here to accept")
        if zone_words(kept.suggestion) and not number:
            return self.record(person, place, act="accept", suggestion=place.mark)
        if number >= len(kept.suggestion.candidates):
            raise RefusedError(f"this suggestion has no candidate {number + 1}")
        chosen = kept.suggestion.candidates[number].text
        asked = {"class": proposed_class(kept.suggestion), **more}
        return self.record(person, place, act="accept", page=chosen, suggestion=place.mark, **asked)

    def answer(self, place: Place, text: str, person: Person, **more: Any) -> Entry:
        """An answer of one's own for the whole place."""
        if text == self.base(place):
            return self.keep(place, person)
        kept = suggestions.by_id(self.edition.db, place.mark) if place.kind == "suggestion" else None
        asked = {"page": text, "class": proposed_class(kept.suggestion) if kept else "ocr", **more}
        return self.record(person, place, act="edit", **self.answering(place), **asked)

    def keep(self, place: Place, person: Person, **more: Any) -> Entry:
        return self.record(person, place, act="keep", **self.answering(place), **more)

    def unclear(self, place: Place, person: Person, guess: str = "") -> Entry:
        asked: dict[str, Any] = {"page": guess, "class": "ocr"} if guess and guess != self.base(place) else {}
        if guess and not asked:
            asked = {"page": guess}
        return self.record(person, place, act="unclear", **asked, **self.answering(place))

    def note(self, place: Place, body: str, person: Person, *, series: str = "textual_note") -> Entry:
        return self.record(person, place, act=series, body=body)

    def word_right(self, place: Place, scope: Literal["document", "edition"], person: Person) -> Entry:
        """The word at a place is right wherever it stands in the document, or in the edition."""
        asked: dict[str, Any] = {"act": "word", "word": self.base(place), "scope": scope}
        if scope == "document":
            asked["document"] = self.document
        return deciding.record_all(self.edition, [asked], person)[0]

    def change_class(self, place: Place, change: str, person: Person, **more: Any) -> Entry:
        """Say what kind of change the decision at a place is; at an open suggestion, take its first candidate so."""
        if place.kind == "suggestion":
            return self.accept(place, 0, person, **{"class": change, **more})
        decided = self.detail(place).decided
        value = decided[0].reading if decided else None
        if value is None or value == self.base(place):
            raise RefusedError("nothing is changed here: a class says what kind of change it is")
        return self.record(person, place, act="edit", page=value, **{"class": change, **more})

    def weighty(self, place: Place, change: str | None, person: Person) -> Weighty | None:
        """Does a decision at a place need a reason, and why?"""
        if change == "source":
            return "source"
        if change == "unseen":
            return "unseen"
        against = [d for d in self.detail(place).decided if d.entry.person != person.id]
        return "earlier" if against else None

    def change_of(self, place: Place) -> str | None:
        """The class that accepting what is proposed at a place has."""
        kept = suggestions.by_id(self.edition.db, place.mark) if place.kind == "suggestion" else None
        return proposed_class(kept.suggestion) if kept and not zone_words(kept.suggestion) else None

    def answering(self, place: Place) -> dict[str, Any]:
        return {"suggestion": place.mark} if place.kind == "suggestion" else {}

    def record(self, person: Person, place: Place, **asked: Any) -> Entry:
        """Record an act about a place; refused when somebody decided there after it was shown."""
        return self.record_at(person, place.text, place.start, place.end, **asked)

    def record_at(self, person: Person, text: str, start: int, end: int, **asked: Any) -> Entry:
        """Record an act about a span; refused when somebody decided there after the place was shown."""
        record: dict[str, Any] = {"transcript": text, "start": start, "end": end, **asked}
        if self.seen is not None:
            record["seen"] = self.seen
        return deciding.record_all(self.edition, [record], person)[0]

    def edit_line(self, row: int, new: str, person: Person, *, old: str | None = None) -> list[Entry]:
        """Rewrite the reading of a row: each changed place a decision, all of them one batch.

        `old` is the reading that the person began with; refused where the line reads otherwise by now.
        """
        now = self.line_reading(row)
        if old is not None and old != now:
            raise RefusedError(f"the line was changed meanwhile and reads “{now}”; yours was “{new}”")
        changes = hunks(now, new)
        if not changes:
            return []
        batch = deciding.new_batch() if len(changes) > 1 else None
        made = []
        with self.edition.writing():
            for i, j, text in changes:
                made.append(deciding.record(self.edition, self._hunk(row, i, j, text), person, batch=batch))
        return made

    def _hunk(self, row: int, i: int, j: int, text: str) -> Mapping[str, Any]:
        """The record for one replacement in the reading of a row; it answers the suggestion about just this span."""
        now, ahead, pieces, part = self.line(row)
        p = plan(pieces, ahead + i, ahead + j, text)
        answered = self._answered(part.stretch.text, p.start, p.end, now[i:j], text)
        if answered is not None:
            s = answered.suggestion
            before, after = s.start - p.start, p.end - s.end
            p = plan(pieces, ahead + i + before, ahead + j - after, text[before : len(text) - after])
        asked: dict[str, Any] = {
            "transcript": part.stretch.text, "start": p.start, "end": p.end, "also": sorted(p.supersedes),
            "act": "keep" if p.restores_raw else "edit", "suggestion": answered.id if answered else None,
        }  # fmt: skip
        if not p.restores_raw:
            asked |= {"page": p.reading if p.page is None else p.page, "page_class": "ocr"}
            if p.page is not None:
                asked |= {"reading": p.reading, "reading_class": p.reading_class}
        return asked

    def _answered(self, text: str, start: int, end: int, old: str, new: str) -> Kept | None:
        """The open suggestion that a replacement of raw text answers: it changes nothing outside of its span."""
        for kept in suggestions.within(self.edition.db, text, start, end) if len(old) == end - start else ():
            s = kept.suggestion
            before, after = s.start - start, end - s.end
            inside = len(new) >= before + after and old[before : len(old) - after] == s.quote
            if inside and old[:before] == new[:before] and old[len(old) - after :] == new[len(new) - after :]:
                return kept
        return None

    def undo(self, person: Person) -> list[Entry]:
        done = deciding.undo(self.edition, person)
        return done[1] if done else []

    def redo(self, person: Person) -> list[Entry]:
        done = deciding.redo(self.edition, person)
        return done[1] if done else []


def zone_words(suggestion: Suggestion) -> str:
    """What accepting a proposed zone records, in words; empty where no zone is proposed."""
    if suggestion.candidates:
        return ""
    return " · ".join(PROPOSED_ZONES.get(suggestion.kind, {}).values())


def proposed_class(suggestion: Suggestion) -> str:
    """The class of a change that a suggestion proposes."""
    return "ocr" if suggestion.change == "uncertain" else suggestion.change
