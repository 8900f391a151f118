"""Printing documents: the raw material out of the store, the three texts, exports, differences, as of any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from workbench.core.corrections import Correction, corrections
from workbench.core.documents import Document, Stretch, fold_documents, leaves
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.history import History
from workbench.core.printing import Printed, Source, TextKind, print_document
from workbench.core.style import HouseStyle, house_style
from workbench.exporters import EXPORTERS, Export
from workbench.i18n.words import alphabet
from workbench.services import library, persons, settings
from workbench.services.edition import Edition
from workbench.store import entries, texts


@dataclass(frozen=True, slots=True)
class Moment:
    """What is live at some moment: now, from the projection; earlier, from a replay of the history until then."""

    live: Callable[[str, str, int, int], list[Entry]]
    """(text, layer, start, end) -> live entries that meet the span."""
    memory: list[Entry]
    documents: tuple[Document, ...]
    in_conflict: frozenset[str]
    heads: tuple[str, ...]


def present(edition: Edition) -> Moment:
    """The edition as it stands."""
    db = edition.db
    return Moment(
        live=lambda text, layer, start, end: entries.live_at(db, text, layer, start, end),
        memory=entries.effective(db, "memory"),
        documents=_documents(edition, entries.effective(db, "document")),
        in_conflict=entries.in_conflict(db),
        heads=entries.heads(db),
    )


def as_of(edition: Edition, at: str) -> Moment:
    """The edition at an entry (beginning of its id) or a time (`2026-01-31` or longer); raises UsageError."""
    history = entries.history(edition.db)
    if at[:4].isdigit() and at[4:5] == "-":
        history = history.until(at if "Z" in at else at + "\uffff")
    else:
        try:
            history = history.as_of(entries.one(edition.db, at).id)
        except RefusedError as error:
            raise UsageError(f"{error}, and it is no time such as 2026-01-31") from error
    return of_history(edition, history)


def of_history(edition: Edition, history: History) -> Moment:
    """The edition after a history: the slow replay that the projection must equal."""
    live = [e for e in history if e.id in history.live]

    def meeting(text: str, layer: str, start: int, end: int) -> list[Entry]:
        return [
            e for e in live
            if e.decision.text == text and e.decision.layer == layer
            and (e.decision.start or 0) <= end and (e.decision.end or 0) >= start
        ]  # fmt: skip

    effective = [e for e in history if e.id in history.effective]
    return Moment(
        live=meeting,
        memory=[e for e in effective if e.decision.layer == "memory"],
        documents=_documents(edition, [e for e in effective if e.decision.layer == "document"]),
        in_conflict=frozenset(i for conflict in history.conflicts for i in conflict.ids),
        heads=tuple(sorted(history.heads)),
    )


def _documents(edition: Edition, acts: Iterable[Entry]) -> tuple[Document, ...]:
    return fold_documents([(t.sha, t.length) for t in texts.all_texts(edition.db)], acts)


def sources(edition: Edition, document: str, moment: Moment) -> Iterator[Source]:
    """The stretches of a document with what is live in them."""
    found = next((d for d in moment.documents if d.id == document), None)
    if found is None:
        raise UsageError(f"the document {document} did not exist then")
    for stretch in found.stretches:
        yield _source(edition, stretch, moment)


def _source(edition: Edition, stretch: Stretch, moment: Moment) -> Source:
    row = texts.text_row(edition.db, stretch.text)

    def within(layer: str) -> list[Entry]:
        return [
            e for e in moment.live(stretch.text, layer, stretch.start, stretch.end)
            if (e.decision.start or 0) >= stretch.start and (e.decision.end or 0) <= stretch.end
            and ((e.decision.start or 0) < stretch.end or stretch.end == row.length)  # else it opens the next stretch
        ]  # fmt: skip

    return Source(
        fragment=texts.fragment(edition.db, row.id, stretch.start, stretch.end), text=stretch.text,
        entries=[*within("text"), *within("line")], zones=within("zone"), notes=within("inline"),
        leaves=leaves(within("document")),
        in_conflict=moment.in_conflict, line_of=lambda offset: texts.line_of(edition.db, row.id, offset),
    )  # fmt: skip


def raw_text(edition: Edition, document: str, moment: Moment) -> str:
    """The raw text of a document, code point for code point."""
    return "".join(s.fragment.content for s in sources(edition, document, moment))


def printed(edition: Edition, document: str, kind: TextKind, style: HouseStyle, moment: Moment) -> Printed:
    """One of the three texts."""
    return print_document(
        sources(edition, document, moment), style, kind, alphabet=alphabet(settings.get(edition, "language"))
    )


def log(edition: Edition, document: str, moment: Moment) -> tuple[Correction, ...]:
    """The correction log of a document."""
    return tuple(corrections(sources(edition, document, moment)))


def export(
    edition: Edition, document: str, *, kind: TextKind, style: str | None = None, moment: Moment | None = None
) -> Export:
    """Everything an exporter needs of a document."""
    moment = moment or present(edition)
    house = house_style(style or settings.get(edition, "style"), moment.memory)
    listing = next(d for d in library.listings(edition) if d.id == document)
    described = next((d.description for d in moment.documents if d.id == document), {})
    names = {t.name: t.transcript for t in texts.all_texts(edition.db) if t.name in listing.transcripts}
    return Export(
        document=document, title=listing.title, description=described, kind=kind, style=house,
        language=settings.get(edition, "language"), printed=printed(edition, document, kind, house, moment),
        corrections=log(edition, document, moment), persons=persons.names(edition), sources=tuple(names.items()),
        heads=moment.heads, alone=settings.get(edition, "review") == "alone",
    )  # fmt: skip


def written(export_: Export, format_: str) -> str:
    """An export in a format; raises UsageError that lists the known ones."""
    if format_ not in EXPORTERS:
        raise UsageError(f"there is no format {format_!r}; known: {', '.join(EXPORTERS)}")
    return EXPORTERS[format_](export_)
