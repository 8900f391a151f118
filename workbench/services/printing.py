"""Printing documents: the raw material out of the store, the three texts, exports, as of any moment."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.core.corrections import Correction, corrections
from workbench.core.documents import Stretch, leaves
from workbench.core.entry import Entry
from workbench.core.errors import UsageError
from workbench.core.printing import Printed, Source, TextKind, print_document
from workbench.core.style import HouseStyle, house_style
from workbench.exporters import EXPORTERS, Export
from workbench.i18n.words import alphabet
from workbench.services import library, persons, settings
from workbench.services.edition import Edition
from workbench.services.moments import Moment, present
from workbench.store import texts


def sources(edition: Edition, document: str, moment: Moment) -> Iterator[Source]:
    """The stretches of a document with what is live in them."""
    found = moment.document(document)
    if found is None:
        raise UsageError(f"the document {document} did not exist then")
    for stretch in found.stretches:
        yield _source(edition, stretch, moment)


def _source(edition: Edition, stretch: Stretch, moment: Moment) -> Source:
    row = texts.text_row(edition.db, stretch.text)

    def within(layer: str) -> list[Entry]:
        return [
            e for e in moment.live(stretch.text, layer, stretch.start, stretch.end)
            if stretch.holds(e.decision.span[0], row.length) and e.decision.span[1] <= stretch.end
        ]  # fmt: skip

    return Source(
        fragment=texts.fragment(edition.db, row.id, stretch.start, stretch.end), text=stretch.text,
        entries=[*within("text"), *within("line")], zones=within("zone"), notes=within("inline"),
        leaves=leaves(within("document")),
        in_conflict=moment.in_conflict(stretch.text), line_of=lambda offset: texts.line_of(edition.db, row.id, offset),
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
    house = house_style(style or settings.get(edition, "style"), moment.style)
    listing, then = library.listing(edition, document), moment.document(document)
    rows = (texts.text_row(edition.db, s.text) for s in library.stretches(edition, document))
    names = {(row.name, row.transcript) for row in rows}
    return Export(
        document=document, title=listing.title, description=then.description if then else {}, kind=kind, style=house,
        language=settings.get(edition, "language"), printed=printed(edition, document, kind, house, moment),
        corrections=log(edition, document, moment), persons=persons.names(edition), sources=tuple(sorted(names)),
        heads=moment.heads, alone=settings.alone(edition),
    )  # fmt: skip


def written(export_: Export, format_: str) -> str:
    """An export in a format; raises UsageError that lists the known ones."""
    if format_ not in EXPORTERS:
        raise UsageError(f"there is no format {format_!r}; known: {', '.join(EXPORTERS)}")
    return EXPORTERS[format_](export_)
