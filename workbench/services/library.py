"""The documents of an edition as a list: described, with state, progress and who worked on them; and finding one."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from workbench.core.description import title
from workbench.core.documents import Document, Stretch
from workbench.core.errors import UsageError
from workbench.core.states import State, stated
from workbench.services import persons, states
from workbench.services.edition import Edition
from workbench.store import added_lines, entries, holding, texts, vouching

Progress = Literal["raw", "open", "decided"]
"""`raw`: nothing suggested or decided yet. `open`: suggestions wait. `decided`: all of them are answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One document of the list: which it is. Nothing of it is counted."""

    number: int
    """Its number in the list, from 1."""
    id: str
    title: str
    """From its description; the first words of the text where it has none."""
    described: bool
    transcripts: tuple[str, ...]
    description: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Heading):
    """A document with how far it is."""

    lines: int
    suggestions: int
    open: int
    decisions: int
    persons: tuple[str, ...]
    last_decision: str | None
    state: State = "raw"
    """What was said of it; `transcribing` where something was decided and nobody said anything."""

    @property
    def progress(self) -> Progress:
        if self.open:
            return "open"
        return "decided" if self.decisions else "raw"


def stretches(edition: Edition, document: str) -> tuple[Stretch, ...]:
    rows = edition.db.execute(
        "SELECT text, start, end_ FROM stretches WHERE document = ? ORDER BY position", (document,)
    )
    return tuple(Stretch(text, start, end) for text, start, end in rows)


def document(edition: Edition, wanted: str) -> Document | None:
    """A document as it is now, by its id."""
    row = edition.db.execute("SELECT description FROM documents WHERE id = ?", (wanted,)).fetchone()
    if row is None:
        return None
    return Document(id=wanted, stretches=stretches(edition, wanted), description=json.loads(row[0]))


def ids(edition: Edition) -> list[str]:
    """The ids of all documents, in order; nothing is counted for that."""
    return [document for (document,) in edition.db.execute("SELECT id FROM documents ORDER BY position")]


def heading(edition: Edition, document: str) -> str:
    """What a document is called in the list; nothing where it is not there any more."""
    row = edition.db.execute("SELECT description FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        return ""
    return title(json.loads(row[0])) or _first_words(edition, stretches(edition, document))


def number(edition: Edition, document: str) -> int | None:
    """The number of a document in the list, from 1; None where there is none of this id."""
    row = edition.db.execute("SELECT position + 1 FROM documents WHERE id = ?", (document,)).fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How far an edition is, counted without a look at each document."""

    documents: int
    decided: int
    """Those in which something was decided and no suggestion waits."""
    open: int
    """Suggestions that wait."""


def totals(edition: Edition) -> Totals:
    db = edition.db
    waiting = (
        "FROM stretches h CROSS JOIN suggestions s ON s.text = h.text AND s.start >= h.start AND s.start < h.end_"
        " WHERE s.closed_by IS NULL"
    )
    decided = (
        "FROM stretches h JOIN texts t ON t.sha256 = h.text JOIN standing x ON x.text = h.text"
        f" AND x.layer IN ('text', 'line') AND x.live = 1 AND {holding.held('x.start')}"
    )
    return Totals(
        documents=db.execute("SELECT count(*) FROM documents").fetchone()[0],
        open=db.execute(f"SELECT count(*) {waiting}").fetchone()[0],
        decided=db.execute(
            f"SELECT count(*) FROM documents d WHERE NOT EXISTS (SELECT 1 {waiting} AND h.document = d.id)"
            f" AND EXISTS (SELECT 1 {decided} WHERE h.document = d.id)"
        ).fetchone()[0],
    )


def listing(edition: Edition, document: str) -> Listing:
    """One document of the list, with its progress."""
    return next(each(edition, document))


def headings(edition: Edition, only: str | None = None) -> list[Heading]:
    """The documents, in order, or one of them, where nobody asks how far each is."""
    chosen, bounds = ("", ()) if only is None else (" WHERE id = ?", (only,))
    rows = edition.db.execute(f"SELECT position + 1, id, description FROM documents{chosen} ORDER BY position", bounds)
    return [_heading(edition, *row) for row in rows.fetchall()]


def listings(edition: Edition) -> list[Listing]:
    """Every document, in order."""
    return list(each(edition))


def each(edition: Edition, only: str | None = None) -> Iterator[Listing]:
    """The documents, in order, or one of them; each is counted when its turn comes."""
    chosen, bounds = ("", ()) if only is None else (" WHERE d.id = ?", (only,))
    said, names = states.said(edition, only), persons.names(edition)
    rebased = {entry.decision.data["new"] for entry in entries.few(edition.db, {"rebase"})}
    rows = edition.db.execute(
        "SELECT d.position + 1, d.id, d.description, p.suggestions, p.open, p.decisions"
        f" FROM documents d JOIN progress p ON p.document = d.id{chosen} ORDER BY d.position",
        bounds,
    )
    for place, document, described, suggestions, still_open, decisions in rows:
        here, parts = _heading(edition, place, document, described), stretches(edition, document)
        people, last = _work(edition, document, rebased=any(s.text in rebased for s in parts))
        yield Listing(
            number=here.number, id=here.id, title=here.title, described=here.described, transcripts=here.transcripts,
            description=here.description, lines=lines(edition, document), suggestions=suggestions,
            open=still_open, decisions=decisions, persons=tuple(sorted({names.get(i, i) for i in people})),
            last_decision=last,
            state=stated(said.get(document, ()), partial(vouching.digest, edition.db, document))
            or ("transcribing" if decisions else "raw"),
        )  # fmt: skip


def _heading(edition: Edition, place: int, document: str, described: str) -> Heading:
    parts, description = stretches(edition, document), json.loads(described)
    name = title(description)
    return Heading(
        number=place, id=document, title=name or _first_words(edition, parts), described=bool(name),
        transcripts=tuple(dict.fromkeys(texts.text_row(edition.db, s.text).name for s in parts)),
        description=description,
    )  # fmt: skip


def _work(edition: Edition, document: str, *, rebased: bool) -> tuple[set[str], str | None]:
    """Ids of the persons whose decisions stand in a document, and when anything in it was decided last.

    `rebased`: it lies in a new text, to which decisions were carried over; who decided counts, not who carried.
    """
    db, read = edition.db, "FROM placed x JOIN entries e ON e.seq = x.seq WHERE x.document = ?"
    stands = "x.live = 1 AND x.layer IN ('text', 'line', 'zone', 'inline')"
    (last,) = db.execute(f"SELECT max(e.time) {read}", (document,)).fetchone()
    if rebased:
        query = f"SELECT e.id, x.person, json_extract(e.body, '$.carried_from') IS NOT NULL {read} AND {stands}"
        rows = db.execute(query, (document,)).fetchall()
        carried = entries.select(db, [entry for entry, _, is_carried in rows if is_carried])
        own = {person for _, person, is_carried in rows if not is_carried}
        return own | {entries.origin(db, entry).person for entry in carried}, last
    decided = db.execute(f"SELECT DISTINCT x.person FROM placed x WHERE x.document = ? AND {stands}", (document,))
    return {person for (person,) in decided}, last


def lines(edition: Edition, document: str) -> int:
    """Lines of a document, those that persons added among them."""
    return sum(line_count(edition, s) for s in stretches(edition, document))


def line_count(edition: Edition, stretch: Stretch) -> int:
    """Lines of a stretch, those that persons added among them."""
    length = texts.text_row(edition.db, stretch.text).length
    added = added_lines.count(edition.db, stretch, length)
    return raw_line_count(edition, stretch) + added


def raw_line_count(edition: Edition, stretch: Stretch) -> int:
    """Lines of the raw text that a stretch reaches into."""
    row = texts.text_row(edition.db, stretch.text)
    if stretch.end <= stretch.start:
        return 0
    first = texts.line_of(edition.db, row.id, stretch.start)
    return texts.line_of(edition.db, row.id, stretch.end - 1) - first + 1


def _first_words(edition: Edition, parts: tuple[Stretch, ...]) -> str:
    for part in parts:
        row = texts.text_row(edition.db, part.text)
        piece = texts.fragment(edition.db, row.id, part.start, min(part.end, part.start + 400))
        added = added_lines.within(edition.db, replace(part, end=piece.end), row.length)
        words = " ".join([*(line.content for line in added[:8]), piece.base(piece.start, piece.end)]).split()
        if words:
            return f"{row.name}: {' '.join(words[:8])} …"
    names = [texts.text_row(edition.db, part.text).name for part in parts]
    return names[0] if names else "…"


def resolve(edition: Edition, wanted: str) -> Listing:
    """A document by its number in the list, the beginning of its id, its file name, or words of its title."""
    if not edition.db.execute("SELECT 1 FROM documents LIMIT 1").fetchone():
        raise UsageError("this edition has no documents yet; add some with: workbench add FILE…")
    for found in _meant(edition, wanted):
        if len(found) == 1:
            return listing(edition, found[0])
        if found:
            listed = "; ".join(f"{number(edition, d)} {heading(edition, d)}" for d in found)
            raise UsageError(f"{wanted!r} names {len(found)} documents: {listed}")
    raise UsageError(f"there is no document {wanted!r}; see: workbench list")


def named(edition: Edition, wanted: Collection[str] | None) -> Sequence[Heading]:
    """Documents as a person names them; all where nothing is named."""
    return [resolve(edition, one) for one in wanted] if wanted else headings(edition)


def _meant(edition: Edition, wanted: str) -> Iterator[list[str]]:
    """The ids of the documents that are meant, by the strictest reading first; what costs most comes last."""

    wanted = wanted.encode("utf-8", "replace").decode("utf-8")  # what is no UTF-8 names nothing

    def ids_of(query: str, *values: str) -> list[str]:
        return [document for (document,) in edition.db.execute(query, values)]

    if re.fullmatch(r"[1-9][0-9]{0,8}", wanted):
        yield ids_of("SELECT id FROM documents WHERE position = CAST(? AS INTEGER) - 1", wanted)
    yield ids_of("SELECT id FROM documents WHERE id = ?", wanted)
    beyond = wanted + "\U0010ffff"
    if len(wanted) >= 4:
        yield ids_of("SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY position", wanted, beyond)
    yield ids_of(
        "SELECT DISTINCT d.id FROM transcripts tr JOIN texts t ON t.transcript = tr.sha256 JOIN stretches h"
        " ON h.text = t.sha256 JOIN documents d ON d.id = h.document WHERE tr.name >= ? AND tr.name < ?"
        " ORDER BY d.position",
        wanted, beyond,
    )  # fmt: skip
    folded = wanted.casefold()
    yield [document for document in ids(edition) if folded in heading(edition, document).casefold()]
