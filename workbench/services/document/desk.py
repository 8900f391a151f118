"""The desk: what can be done at a place of one document; each gesture one decision.

What plans an edit and what writes into the journal is imported by the first act: the first screen only reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from workbench.core.acts import act as act_of
from workbench.core.added_lines import AddedLine
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.suggestion import Suggestion
from workbench.i18n import N_
from workbench.services import persons
from workbench.services.document.whereabouts import Counts, Decided, Detail, Place, Whereabouts, proposed_zone
from workbench.services.persons import Person
from workbench.store import reviews, suggestions
from workbench.store.suggestions import Kept

__all__ = ["Counts", "Decided", "Desk", "Detail", "Place", "proposed_zone"]

Weighty = Literal["source", "unseen", "earlier"]
"""Why a decision needs a reason: a fault with meaning, a place that nobody saw, an earlier decision that is not, or no
longer, the person's own."""


_ENDS_WORD = re.compile(r"[^\s\-\u00ad\u2010\u2011¬]\Z")
"""The end of a line that is not that of a word cut in two."""


class Desk(Whereabouts):
    """One document at work."""

    page_shown = False
    """Does the person see the image of the line? Then what is decided about its text rests on the page."""

    def accept(self, place: Place, number: int, person: Person, **more: Any) -> Entry:
        """Take the n-th candidate, from 0, of the suggestion at a place."""
        kept = suggestions.by_id(self.edition.db, place.mark)
        if kept is None:
            raise RefusedError(N_("there is no suggestion here to accept"))
        if proposed_zone(kept.suggestion) and not number:
            return self.record(person, place, act="accept", suggestion=place.mark)
        if number >= len(kept.suggestion.candidates):
            raise RefusedError(N_("this suggestion has no candidate {number}"), number=number + 1)
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

    def unclear(self, place: Place, person: Person, guess: str = "", **more: Any) -> Entry:
        """It cannot be read with certainty; a guess stands between the blanks that the place has at its ends."""
        if guess and (before := self.base(place)).strip():
            guess = before.replace(before.strip(), guess.strip())
        asked: dict[str, Any] = {"page": guess, "class": "ocr"} if guess and guess != self.base(place) else {}
        if guess and not asked:
            asked = {"page": guess}
        return self.record(person, place, act="unclear", **asked, **more, **self.answering(place))

    def note(self, place: Place, body: str, person: Person, *, series: str = "textual_note") -> Entry:
        return self.record(person, place, act=series, body=body)

    def word_right(self, place: Place, scope: Literal["document", "edition"], person: Person) -> Entry:
        """The word at a place is right wherever it stands in the document, or in the edition."""
        asked: dict[str, Any] = {"act": "word", "word": self.base(place), "scope": scope}
        if scope == "document":
            asked["document"] = self.document
        with self.edition.writing():
            return self._write(asked, person)

    def change_class(self, place: Place, change: str, person: Person, **more: Any) -> Entry:
        """Say what kind of change the decision at a place is; at an open suggestion, take its first candidate so."""
        more = {**more, "class": change}
        if place.kind == "suggestion":
            return self.accept(place, 0, person, **more)
        decided = self.detail(place).decided
        value = decided[0].reading if decided else None
        if value is None or value == self.base(place):
            raise RefusedError(N_("nothing is changed here: a class says what kind of change it is"))
        return self.record(person, place, act="edit", page=value, **more)

    def weighty(self, place: Place, change: str | None, person: Person) -> Weighty | None:
        """Does a decision at a place need a reason, and why?"""
        if change == "source":
            return "source"
        if change == "unseen":
            return "unseen"
        return "earlier" if self._others_stand_by((d.entry for d in self.detail(place).decided), person) else None

    def against(self, row: int, new: str, person: Person) -> bool:
        """Would a new reading of a row end what somebody else decided, or approved?"""
        from workbench.core.edit import hunks, plan

        now, ahead, pieces, part = self.line(row)
        if (line := part.added_at(row)) is not None:
            return new != now and self._others_stand_by(line.entries, person)
        ended = {name for i, j, text in hunks(now, new) for name in plan(pieces, ahead + i, ahead + j, text).supersedes}
        return self._others_stand_by((e for p in pieces for e in p.entries if e.id in ended), person)

    def _others_stand_by(self, decided: Iterable[Entry], person: Person) -> bool:
        """Did anybody else make or approve one of these? What is only one's own may be changed as it may be undone."""
        decided = list(decided)
        if not decided:
            return False
        own = persons.ids_of(self.edition, person.id)
        said = reviews.of(self.edition.db, {e.id for e in decided})
        approvals = [r for some in said.values() for r in some if r.decision.act == "approve"]
        return any(e.person not in own for e in (*decided, *approvals))

    def change_of(self, place: Place) -> str | None:
        """The class that accepting what is proposed at a place has."""
        kept = suggestions.by_id(self.edition.db, place.mark) if place.kind == "suggestion" else None
        return proposed_class(kept.suggestion) if kept and not proposed_zone(kept.suggestion) else None

    def class_at(self, place: Place) -> str | None:
        """The class of the change at a place, as it was decided or is proposed."""
        decided = self.detail(place).decided
        if decided:
            return decided[0].entry.decision.reading_class or decided[0].entry.decision.page_class
        return self.change_of(place)

    def answering(self, place: Place) -> dict[str, Any]:
        return {"suggestion": place.mark} if place.kind == "suggestion" else {}

    def record(self, person: Person, place: Place, /, **asked: Any) -> Entry:
        """Record an act about a place; refused when somebody decided there after it was shown."""
        return self.record_at(person, place.text, place.start, place.end, **asked)

    def record_at(self, person: Person, text: str, start: int, end: int, /, **asked: Any) -> Entry:
        """Record an act about a span; refused when somebody decided there after the place was shown."""
        if self.lines.row_of_added(text) is not None:
            raise RefusedError(N_("this line was added here: its words are changed, or it is taken out"))
        record: dict[str, Any] = {"transcript": text, "start": start, "end": end, **asked}
        if self.page_shown and act_of(asked["act"]).layer == "text":
            record.setdefault("ground", "page")
        if self.seen is not None:
            record["seen"] = self.seen
        with self.edition.writing():
            return self._write(record, person)

    def _write(self, asked: Mapping[str, Any], person: Person, batch: str | None = None) -> Entry:
        from workbench.services import deciding

        return deciding.record(self.edition, asked, person, batch=batch)

    # added lines

    def add_line(
        self, row: int | None, content: str, person: Person, *, box: Mapping[str, int] | None = None
    ) -> list[Entry]:
        """Add a line after a row, or before the first (None); newlines part several, which are one batch.

        `box`: where the first of them is on the page image, as `x`, `y`, `width`, `height` in its pixels.
        """
        text, at, after = self._after(row)
        lines = content.split("\n")
        batch = _new_batch() if len(lines) > 1 else None
        with self.edition.writing():
            made = self._add(text, at, after, lines, person, batch, box)
        self.lines.lay_out()
        return made

    def _add(
        self, text: str, at: int, after: str, lines: list[str], person: Person, batch: str | None,
        box: Mapping[str, int] | None = None,
    ) -> list[Entry]:  # fmt: skip
        made: list[Entry] = []
        for line in lines:
            asked: dict[str, Any] = {"transcript": text, "start": at, "end": at, "after": after, "page": line}
            asked |= {"act": "add_line", "ground": "page", "box": None if made else box}
            made.append(self._write(asked, person, batch))
            after = made[-1].id
        return made

    def after(self, row: int | None) -> tuple[str, int, AddedLine | None, int]:
        """Where a line after a row (None: before the first) would stand.

        (text, offset, the last added line before it that has a box, how many are added before it at this offset).
        """
        text, at, name = self._after(row)
        line = self.lines.added_at(row) if name and row is not None else None
        if row is None or line is None:
            return text, at, None, 0
        nth = self.lines.part_of(row).nth(line)
        before = (self.lines.added_at(row - n) for n in range(nth + 1))
        return text, at, next((one for one in before if one is not None and one.box is not None), None), nth + 1

    def _after(self, row: int | None) -> tuple[str, int, str]:
        """Where a line after a row stands: (text, offset, the added line before it)."""
        if not self.lines.parts:
            raise RefusedError(N_("this document has no text that a line could be added to"))
        if row is None or not self.lines.row_count:
            stretch = self.lines.parts[0].stretch
            return stretch.text, stretch.start, ""
        part = self.lines.part_of(row)
        if (line := part.added_at(row)) is not None:
            return line.text, line.at, line.id
        return part.stretch.text, self.lines.span(part, row)[1], ""

    def delete_line(self, row: int, person: Person) -> list[Entry]:
        """Take an added line out."""
        return self._rewrite([(self._added(row), None)], person)

    def join_line(self, row: int, person: Person) -> list[Entry]:
        """Join an added line with the one before it, which must be an added one too, as words are joined by a blank."""
        line, before = self._added(row), self.lines.added_at(row - 1)
        if not row:
            raise RefusedError(N_("there is no line above this one"))
        if before is None or (before.text, before.at) != (line.text, line.at):
            raise RefusedError(N_("the line above was not added: lines of the raw text are not joined"))
        head, tail = before.content, line.content
        blank = " " if _ENDS_WORD.search(head) and tail and not tail[0].isspace() else ""
        return self._rewrite([(before, head + blank + tail), (line, None)], person)

    def _added(self, row: int) -> AddedLine:
        line = self.lines.added_at(row)
        if line is None:
            raise RefusedError(N_("this line stands in the raw text, which never changes: its reading is edited"))
        return line

    def _rewrite(
        self, contents: list[tuple[AddedLine, str | None]], person: Person, reason: str | None = None
    ) -> list[Entry]:
        """Let added lines read otherwise, or (None) take them out, as one batch; beyond a newline another follows."""
        made: list[Entry] = []
        several = len(contents) > 1 or any(content is not None and "\n" in content for _, content in contents)
        batch = _new_batch() if several else None
        with self.edition.writing():
            for line, content in contents:
                first, *more = [None] if content is None else content.split("\n")
                asked: dict[str, Any] = {"transcript": line.text, "start": line.at, "end": line.at, **line.standing()}
                asked["reason"] = reason
                if self.seen is not None:
                    asked["seen"] = [*self.seen, *(e.id for e in made)]
                if first is None:
                    made.append(self._write({**asked, "act": "delete_line"}, person, batch))
                elif first != line.content:
                    asked |= {"act": "set_line", "page": first, "ground": "page"}
                    made.append(self._write(asked, person, batch))
                made += self._add(line.text, line.at, line.id, [m for m in more if m is not None], person, batch)
        self.lines.lay_out()
        return made

    def edit_line(
        self, row: int, new: str, person: Person, *, old: str | None = None, batch: str | None = None,
        reason: str | None = None,
    ) -> list[Entry]:  # fmt: skip
        """Rewrite the reading of a row: each changed place a decision, all of them one batch.

        `old` is the reading that the person began with; refused where the line reads otherwise by now.
        """
        from workbench.core.edit import hunks

        now = self.line_reading(row)
        if old is not None and old != now:
            raise RefusedError(
                N_("the line was changed meanwhile and reads “{now}”; yours was “{new}”"), now=now, new=new
            )
        if (line := self.lines.added_at(row)) is not None:
            return self._rewrite([(line, new)], person, reason)
        changes = hunks(now, new)
        if not changes:
            return []
        batch = batch or (_new_batch() if len(changes) > 1 else None)
        made = []
        with self.edition.writing():
            for i, j, text in changes:
                asked = {**self._hunk(row, i, j, text), "reason": reason}
                asked |= {"ground": "page"} if self.page_shown else {}
                made.append(self._write(asked, person, batch))
        return made

    def _hunk(self, row: int, i: int, j: int, text: str) -> Mapping[str, Any]:
        """The record for one replacement in the reading of a row; it answers the suggestion about just this span."""
        from workbench.core.edit import plan

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
        from workbench.services import deciding

        done = deciding.undo(self.edition, person)
        return done[1] if done else []

    def redo(self, person: Person) -> list[Entry]:
        from workbench.services import deciding

        done = deciding.redo(self.edition, person)
        return done[1] if done else []


def _new_batch() -> str:
    from workbench.store import journal

    return journal.new_batch()


def proposed_class(suggestion: Suggestion) -> str:
    """The class of a change that a suggestion proposes."""
    return "ocr" if suggestion.change == "uncertain" else suggestion.change
