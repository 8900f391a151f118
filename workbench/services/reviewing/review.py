"""Reviewing at work: which entries want a second look, and saying what one thinks of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from workbench.core.acts import ACTS
from workbench.core.documents import Stretch
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.core.review import REVIEWED, Concern, Verdict, concerns, verdict
from workbench.i18n import N_
from workbench.services import deciding, library, persons, settings
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.looking_back import choosing
from workbench.services.looking_back.placed import Placed, around, decided_by
from workbench.services.persons import Person, author
from workbench.services.verdicts import Said, said
from workbench.store import chronicle, entries, holding, journal, reviews, texts
from workbench.store.chronicle import Selection

_LAYERS = REVIEWED | {"review", "revert"}
_APART = frozenset({"read", "word", "keep_all", "rule", "style", "leaf", "state", "claim", "assign", "person"})
"""Acts of other layers that bear on no item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Placed):
    """A standing entry that is reviewed."""

    document: Heading
    author: str
    """Id of who decided."""
    verdict: Verdict
    concerns: tuple[Concern, ...]
    said: tuple[Said, ...]
    order: tuple[int, int, int, int, int, str]
    """By which a list of them is in the order of the documents and texts."""


def items(edition: Edition, documents: Collection[Heading], selection: Selection = choosing.ALL) -> Iterator[Item]:
    """The standing entries of some documents, in text order; `selection`: of those the ones that it means."""
    chosen, known = choosing.ids(edition, selection), _Known.now(edition)
    for document in documents:
        for place, stretch in enumerate(library.stretches(edition, document.id)):
            row = texts.text_row(edition.db, stretch.text)
            here = [
                e for layer in sorted(REVIEWED)
                for e in entries.live_at(edition.db, stretch.text, layer, stretch.start, stretch.end)
                if stretch.holds(e.decision.span[0], row.length)
                and (chosen is None or e.id in chosen)
            ]  # fmt: skip
            yield from _items(edition, document, place, stretch, here, known)


def renewed(
    edition: Edition, since: int, contested: Collection[str] = (), selection: Selection = choosing.ALL
) -> dict[str, Item | None] | None:
    """What was written after an entry, by its number, and what that is about, as it is now, by id.

    So much of a list is to be made anew; `contested`: ids of those in it that were in conflict, which may have ended.
    None of what does not stand, or is not meant by the selection. No dict where there is a setting, say, among it,
    which may bear on all that is listed.
    """
    db, known = edition.db, _Known.now(edition)
    touched = reviews.touched(db, since, {*contested, *known.contested})
    if any(ACTS[act].layer not in _LAYERS and act not in _APART for _, _, act, _ in touched):
        return None
    found: dict[str, Item | None] = {entry: None for entry, *_ in touched}
    live = [seq for _, seq, _, is_live in touched if is_live]
    chosen = chronicle.choose(db, choosing.by_ids(edition, selection), live) if selection else live
    here: dict[str, list[Entry]] = {}
    for entry in entries.numbered(db, chosen):
        d = entry.decision
        document = holding.document_of(db, *d.place[:2]) if d.place is not None else None
        if d.layer in REVIEWED and document is not None:
            here.setdefault(document, []).append(entry)
    for document, some in here.items():
        (heading,) = library.headings(edition, document)
        for place, stretch in enumerate(library.stretches(edition, document)):
            length = texts.text_row(db, stretch.text).length
            within = [e for e in some if e.decision.text == stretch.text and stretch.holds(e.decision.span[0], length)]
            found |= {item.entry.id: item for item in _items(edition, heading, place, stretch, within, known)}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What items are made with: looked up once for many."""

    names: Mapping[str, str]
    contested: Collection[str]
    own: bool
    who: Callable[[str], str]

    @classmethod
    def now(cls, edition: Edition) -> _Known:
        return cls(
            names=persons.names(edition), contested=entries.in_conflict(edition.db), own=settings.alone(edition),
            who=persons.counting(edition),
        )  # fmt: skip


def _items(
    edition: Edition, document: Heading, place: int, stretch: Stretch, here: Collection[Entry], known: _Known
) -> Iterator[Item]:
    """Entries of one stretch of a document, its `place` among them, in text order."""
    about = reviews.of(edition.db, [e.id for e in here])
    sizes = reviews.batch_sizes(edition.db, {e.batch for e in here if e.batch})
    knows = partial(entries.knows, edition.db)
    for entry in sorted(here, key=lambda e: (e.decision.span, e.key)):
        line, before, quote, after = around(edition, entry, stretch)
        mine, author_ = about.get(entry.id, []), entries.origin(edition.db, entry).person
        judged = verdict(entry, mine, knows, alone=known.own, who=known.who, by=author_)
        person, carried_by = decided_by(edition, entry, known.names)
        yield Item(
            document=document, entry=entry, author=author_, person=person, carried_by=carried_by, line=line,
            before=before, quote=quote, after=after, verdict=judged,
            concerns=concerns(
                entry, judged, in_conflict=entry.id in known.contested, batch=sizes.get(entry.batch or "", 1)
            ),
            said=tuple(said(e, known.names) for e in mine),
            order=(document.number, place, *entry.decision.span, *entry.key),
        )  # fmt: skip


def unsettled(edition: Edition, document: str) -> int:
    """How many standing entries of a document are disputed or in conflict."""
    every = items(edition, library.headings(edition, document))
    return sum({"disputed", "conflict"} & set(item.concerns) != set() for item in every)


def unapproved(edition: Edition, document: str) -> int:
    """How many standing entries of a document nobody approved one by one."""
    return sum(item.verdict != "approved" for item in items(edition, library.headings(edition, document)))


def waiting(
    edition: Edition, documents: Collection[Heading], *, only: Collection[str] = (), person: Person | None = None,
    selection: Selection = choosing.ALL,
) -> Iterator[Item]:  # fmt: skip
    """What no review has settled, in text order; `only`: for one of these concerns; not what `person` made himself."""
    own = persons.ids_of(edition, person.id) if person is not None else frozenset()
    for item in items(edition, documents, selection):
        others = person is None or item.author not in own or settings.alone(edition)
        if item.verdict != "approved" and others and (not only or set(only) & set(item.concerns)):
            yield item


# saying what one thinks


def approve(edition: Edition, ids: Collection[str], person: Person) -> Entry:
    """Approve standing entries of others, as one entry; raises RefusedError that names the one in the way."""
    return _review(edition, Decision(act="approve"), ids, person)


def dispute(edition: Edition, ids: Collection[str], reason: str, person: Person) -> Entry:
    """Dispute standing entries, with a reason; they go back to who made them."""
    if not reason.strip():
        raise RefusedError(N_("a dispute needs its reason: who decided shall know what to look at"))
    return _review(edition, Decision(act="dispute", reason=reason.strip()), ids, person)


def comment(edition: Edition, ids: Collection[str], body: str, person: Person) -> Entry:
    """Say something about entries that settles nothing."""
    if not body.strip():
        raise RefusedError(N_("a comment needs words"))
    return _review(edition, Decision(act="comment", data={"body": body.strip()}), ids, person)


def amend(edition: Edition, entry: Entry, value: str, reason: str, person: Person, *, ground: str = "") -> Entry:
    """Decide otherwise where a text decision stands, or rewrite an added line.

    The page value of a decision stays where it gave a reading of its own.

    In an edition of one person it is approved with that, as one batch; else it is the person's own decision, which
    another one approves, the first who decided among them. Raises RefusedError where it no longer stands.
    """
    d = entry.decision
    asked: dict[str, Any] = {
        "transcript": d.text, "start": d.start, "end": d.end, "reason": reason, "ground": ground or None,
    }  # fmt: skip
    if d.layer == "line":
        line = {"line": entry.id, "after": d.data["after"], "added": entry.lamport} | dict(d.data)
        asked |= {"act": "set_line", "page": value, "ground": ground or "page", **line}
    elif value == d.quote:
        asked["act"] = "keep"
    elif d.reading is not None:
        asked |= {"act": "edit", "page": d.page, "page_class": d.page_class, "reading": value}
        asked["reading_class"] = d.reading_class
    else:
        asked |= {"act": "edit", "page": value, "page_class": d.page_class or "ocr"}
    batch = journal.new_batch() if settings.alone(edition) else None
    with edition.writing() as db:
        _check_standing(edition, entry)
        made = deciding.record(edition, asked, person, batch=batch)
        if batch is not None:
            journal.append(db, Decision(act="approve"), author(person), batch=batch, targets=frozenset({made.id}))
    return made


def _review(edition: Edition, decision: Decision, ids: Collection[str], person: Person) -> Entry:
    with edition.writing() as db:
        found = [entries.one(db, prefix) for prefix in ids]
        own = settings.alone(edition)
        for entry in found:
            _check(edition, decision, entry, person, own)
        return journal.append(db, decision, author(person), targets=frozenset(e.id for e in found))


def _check(edition: Edition, decision: Decision, entry: Entry, person: Person, own: bool) -> None:
    what = _what(entry)
    if decision.act == "comment":
        return
    if entry.decision.layer not in REVIEWED:
        raise RefusedError(N_("{what} is nothing that is reviewed"), what=what)
    _check_standing(edition, entry)
    decided = persons.one_id(edition, entries.origin(edition.db, entry).person)
    if decision.act == "approve" and decided == person.id and not own:
        raise RefusedError(
            N_("{what} is your own: another person approves it. In an edition of one person: workbench settings"
               " review=alone, which every export then says"), what=what,
        )  # fmt: skip


def _check_standing(edition: Edition, entry: Entry) -> None:
    if not journal.stands(edition.db, entry.id):
        raise RefusedError(N_("{what} no longer stands: look at what took its place"), what=_what(entry))


def _what(entry: Entry) -> str:
    return f"the {entry.decision.act!r} {entry.id[:12]}"
