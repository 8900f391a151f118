"""The documents of an edition as a list: described, with state, progress and who worked on them; and finding one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from workbench.core.description import title
from workbench.core.documents import Stretch
from workbench.core.entry import Entry
from workbench.core.errors import UsageError
from workbench.core.states import State, stated
from workbench.services.edition import Edition
from workbench.store import added_lines, entries, texts, vouching

Progress = Literal["raw", "open", "decided"]
"""`raw`: nothing suggested or decided yet. `open`: suggestions wait. `decided`: all of them are answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One document in the list."""

    number: int
    """Its number in the list, from 1."""
    id: str
    title: str
    """From its description; the first words of the text where it has none."""
    described: bool
    transcripts: tuple[str, ...]
    lines: int
    suggestions: int
    open: int
    decisions: int
    persons: tuple[str, ...]
    last_decision: str | None
    description: dict[str, str] = field(default_factory=dict)

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


def ids(edition: Edition) -> list[str]:
    """The ids of all documents, in order; nothing is counted for that."""
    return [document for (document,) in edition.db.execute("SELECT id FROM documents ORDER BY position")]


def heading(edition: Edition, document: str) -> str:
    """What a document is called in the list."""
    row = edition.db.execute("SELECT description FROM documents WHERE id = ?", (document,)).fetchone()
    return title(json.loads(row[0])) or _first_words(edition, stretches(edition, document))


def listing(edition: Edition, document: str) -> Listing:
    """One document of the list, with its progress."""
    return next(d for d in listings(edition) if d.id == document)


def listings(edition: Edition) -> list[Listing]:
    """Every document, in order."""
    names = {t.sha: t for t in texts.all_texts(edition.db)}
    progress = {row[0]: row[1:] for row in edition.db.execute(
        "SELECT document, suggestions, open, decisions, persons, last_decision FROM progress")}  # fmt: skip
    rows = edition.db.execute("SELECT id, description FROM documents ORDER BY position").fetchall()
    about: dict[str, list[Entry]] = {}
    for entry in entries.live_about(edition.db):
        about.setdefault(str(entry.decision.data["document"]), []).append(entry)
    found = []
    for number, (document, described) in enumerate(rows, 1):
        parts = stretches(edition, document)
        description: dict[str, str] = json.loads(described)
        suggestions, still_open, decisions, persons, last = progress[document]
        heading = title(description)
        found.append(
            Listing(
                number=number, id=document, title=heading or _first_words(edition, parts), described=bool(heading),
                transcripts=tuple(dict.fromkeys(names[s.text].name for s in parts)),
                lines=sum(line_count(edition, s) for s in parts), suggestions=suggestions, open=still_open,
                decisions=decisions, persons=tuple((persons or "").split(", ")) if persons else (),
                last_decision=last, description=description,
                state=stated(about.get(document, ()), partial(vouching.digest, edition.db, document))
                or ("transcribing" if decisions else "raw"),
            )
        )  # fmt: skip
    return found


def line_count(edition: Edition, stretch: Stretch) -> int:
    """Lines of a stretch, those that persons added among them."""
    length = texts.text_row(edition.db, stretch.text).length
    added = added_lines.count(edition.db, stretch.text, stretch.start, stretch.end, length)
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
        added = added_lines.between(edition.db, part.text, part.start, piece.end, row.length)
        words = " ".join([*(line.content for line in added[:8]), piece.base(piece.start, piece.end)]).split()
        if words:
            return f"{row.name}: {' '.join(words[:8])} …"
    names = [texts.text_row(edition.db, part.text).name for part in parts]
    return f"{names[0]}: (empty)" if names else "(empty)"


def resolve(edition: Edition, wanted: str) -> Listing:
    """A document by its number in the list, the beginning of its id, its file name, or words of its title."""
    documents = listings(edition)
    if not documents:
        raise UsageError("this edition has no documents yet; add some with: workbench add FILE…")
    for d in documents:
        if wanted == str(d.number):
            return d
    folded = wanted.casefold()
    for matches in (
        [d for d in documents if d.id == wanted],
        [d for d in documents if d.id.startswith(wanted)] if len(wanted) >= 4 else [],
        [d for d in documents if any(name == wanted or name.startswith(wanted) for name in d.transcripts)],
        [d for d in documents if folded in d.title.casefold()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            listed = "; ".join(f"{d.number} {d.title}" for d in matches)
            raise UsageError(f"{wanted!r} names {len(matches)} documents: {listed}")
    raise UsageError(f"there is no document {wanted!r}; see: workbench list")
