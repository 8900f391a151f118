"""The checking list: places to be looked at in the original, by shelf and leaf, and the answers taken back in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError, WorkbenchError
from workbench.core.pieces import Piece
from workbench.core.text import fold, overlap
from workbench.i18n import N_
from workbench.services import deciding, library
from workbench.services.document.desk import Desk
from workbench.services.document.going import leaves_of
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.persons import Person, author
from workbench.store import entries, journal, texts

CONTEXT = 40
"""Code points shown on either side of a place."""
_CODE = 6
"""Hexadecimal digits by which a place is named on paper; more where two would be alike."""
_AS_READ = frozenset({"=", "ok", "ок", "+", "верно", "так", "as read"})
_NOTHING = frozenset({"∅", "[]"})
_ILLEGIBLE = frozenset({"?", "нрзб", "нрзб.", "[нрзб.]", "illegible", "unread"})
_REFERENCE = ("archive", "fond", "opis", "delo")
COLUMNS = ("code", "reference", "leaf", "line", "context", "reads", "answer", "remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place on the list."""

    code: str
    entry: str
    """Id of the entry that put it there."""
    document: Heading
    reference: tuple[str, ...]
    """Archive, fond, opis, delo; empty where unknown."""
    leaf: str
    line: int
    text: str
    start: int
    end: int
    before: str
    after: str
    reads: str
    """What stands there as it is read now."""
    body: str
    """Why it is to be looked at, if anybody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back about one place, and what would be recorded."""

    place: Place | None
    code: str
    typed: str
    remark: str = ""
    problem: str = ""

    @property
    def as_read(self) -> bool:
        """Does it say that the page has what was read?"""
        return self.place is not None and (self.typed.casefold() in _AS_READ or _alike(self.typed, self.place.reads))


def places(edition: Edition, documents: Iterable[Heading]) -> list[Place]:
    """Every place of some documents that waits for a look, by reference, document and place."""
    found = [place for document in documents for place in _of_document(edition, document)]
    codes = _codes([p.entry for p in found])
    named = [replace(p, code=codes[p.entry]) for p in found]
    return sorted(named, key=lambda p: (p.reference, p.document.number))


def _codes(ids: Sequence[str]) -> dict[str, str]:
    size = _CODE
    while len({i[:size] for i in ids}) < len(set(ids)):
        size += 1
    return {i: i[:size] for i in ids}


def _of_document(edition: Edition, document: Heading) -> Iterator[Place]:
    desk = Desk(edition, document.id)
    leaves = leaves_of(desk)
    reference = tuple(document.description.get(name, "") for name in _REFERENCE)
    for part in desk.lines.parts:
        s = part.stretch
        for entry in entries.live_at(edition.db, s.text, "inline", s.start, s.end):
            d = entry.decision
            start, end = d.span
            if d.act != "check" or not s.holds(start, part.length) or end > s.end or _seen_on_page(edition, entry):
                continue
            low, high = max(s.start, start - CONTEXT), min(s.end, end + CONTEXT)
            around = texts.fragment(edition.db, part.text_id, low, high)
            material = desk.lines.material(part, start, end)
            here = [leaf.leaf for leaf in leaves if leaf.text == s.text and leaf.at <= start]
            yield Place(
                code="", entry=entry.id, document=document, reference=reference,
                leaf=here[-1] if here else document.description.get("leaves", ""),
                line=texts.line_of(edition.db, part.text_id, start) + 1, text=s.text, start=start, end=end,
                before=around.base(low, start), after=around.base(end, high),
                reads=_reads(material.pieces, start, end), body=str(d.data.get("body", "")),
            )  # fmt: skip


def _reads(pieces: Iterable[Piece], start: int, end: int) -> str:
    """The reading of a span; a decision that reaches beyond it gives its whole output."""
    out = []
    for piece in pieces:
        if piece.kind == "raw":
            out.append(piece.reading[max(0, start - piece.start) : max(0, end - piece.start)])
        elif overlap(piece.start, piece.end, start, end) or (start <= piece.start <= piece.end <= end):
            out.append(piece.reading)
    return "".join(out)


def _seen_on_page(edition: Edition, entry: Entry) -> bool:
    """Did somebody decide there since, from the page itself?"""
    return any(
        e.decision.ground == "page" and e.lamport > entry.lamport
        and overlap(*e.decision.span, *entry.decision.span)
        for e in entries.live_at(edition.db, entry.decision.text or "", "text", *entry.decision.span)
    )  # fmt: skip


# taking the answers in


def answers(edition: Edition, written: str) -> list[Answer]:
    """What a filled-in list says: a sheet, or lines `CODE = answer`; empty ones say nothing. Nothing is recorded."""
    known = {p.code: p for p in places(edition, library.headings(edition))}
    found = []
    for code, typed, remark in _parsed(written):
        if typed:
            place = known.get(code.lower())
            problem = "" if place else "no such place on the list"
            found.append(Answer(place=place, code=code, typed=typed, remark=remark, problem=problem))
    return found


def _parsed(written: str) -> Iterator[tuple[str, str, str]]:
    lines = written.lstrip("\ufeff").splitlines()
    first = lines[0] if lines else ""
    delimiter = next((d for d in ("\t", ";", ",") if d in first), "")
    if delimiter and first.split(delimiter)[0].strip().strip('"').lower() == "code":
        for row in csv.DictReader(io.StringIO("\n".join(lines)), delimiter=delimiter):
            yield (row.get("code") or "").strip(), (row.get("answer") or "").strip(), (row.get("remark") or "").strip()
        return
    for line in lines:
        if match := re.fullmatch(r"\s*([0-9a-fA-F]{4,64})\s*=\s*(.*?)\s*", line):
            yield match.group(1), match.group(2), ""
        elif line.strip() and not line.lstrip().startswith("#"):
            raise UsageError(
                N_("“{line}” is neither `CODE = answer` nor a row of the table that was printed"), line=line
            )


def _records(edition: Edition, answer: Answer) -> Iterator[dict[str, Any]]:
    """What an answer asks to be recorded: a confirmation of what stands, or what the page has instead."""
    place = answer.place
    assert place is not None
    asked: dict[str, Any] = {
        "transcript": place.text, "start": place.start, "end": place.end, "ground": "page",
        "reason": answer.remark or None,
    }  # fmt: skip
    raw = _raw(edition, place)
    if answer.typed.casefold() in _ILLEGIBLE:
        yield {**asked, "act": "unclear"}
    elif not answer.as_read and _alike(answer.typed, raw):
        yield {**asked, "act": "keep"}
    elif not answer.as_read:
        page = "" if answer.typed in _NOTHING else _between_its_blanks(answer.typed, place.reads, raw)
        yield {**asked, "act": "edit", "page": page, "class": "ocr"}
    elif decided := _decided_within(edition, place):
        yield from ({**asked, **_again(entry.decision)} for entry in decided)
    else:
        yield {**asked, "act": "keep"}


def _alike(typed: str, stands: str) -> bool:
    """Is it what was printed of it, white space within as one blank and around it unseen?"""
    return bool(typed.strip()) and fold(typed) == fold(stands)


def _between_its_blanks(typed: str, *stood: str) -> str:
    """An answer with the blanks that belong to its place: nobody writes them on a list."""
    around = next((one for one in stood if one.strip()), "")
    word = around.strip()
    before, _, after = around.partition(word) if word else ("", "", "")
    return before + typed + after


def _raw(edition: Edition, place: Place) -> str:
    row = texts.text_row(edition.db, place.text)
    return texts.fragment(edition.db, row.id, place.start, place.end).base(place.start, place.end)


def _decided_within(edition: Edition, place: Place) -> list[Entry]:
    return [
        e for e in entries.live_at(edition.db, place.text, "text", place.start, place.end)
        if overlap(*e.decision.span, place.start, place.end)
        or (place.start <= e.decision.span[0] and e.decision.span[1] <= place.end)
    ]  # fmt: skip


def _again(d: Decision) -> dict[str, Any]:
    """The same answer once more, with its own span, values and classes: an agreement."""
    return {
        "act": "edit" if d.act == "accept" else d.act, "start": d.start, "end": d.end, "page": d.page,
        "reading": d.reading, "page_class": d.page_class, "reading_class": d.reading_class, **d.data,
    }  # fmt: skip


def take_in(edition: Edition, given: Sequence[Answer], person: Person) -> list[Entry]:
    """Record the answers as one batch, each taking its place off the list; raises what the first refusal raises."""
    batch = journal.new_batch()
    made = []
    with edition.writing() as db:
        for answer in given:
            if answer.place is None:
                continue
            try:
                made += [deciding.record(edition, one, person, batch=batch) for one in _records(edition, answer)]
                made.append(journal.revert(db, [answer.place.entry], author(person), batch=batch))
            except WorkbenchError as error:
                raise RefusedError(N_("{code}: {error}"), code=answer.code, error=error) from error
    return made


def take_off(edition: Edition, place: Place, person: Person) -> None:
    """Take a place off the list unanswered."""
    with edition.writing() as db:
        journal.revert(db, [place.entry], author(person))
