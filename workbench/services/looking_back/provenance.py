"""The history for others: its entries gathered with what became of each, and written in a format.

What writes PROV is imported for that format alone: its library takes longer to import than a history to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from workbench.core.entry import Entry
from workbench.core.errors import UsageError
from workbench.core.review import REVIEWED, Verdict, verdict
from workbench.exporters.history import Told, write_csv, write_jsonl
from workbench.services import persons, settings
from workbench.services.edition import Edition
from workbench.services.looking_back import history
from workbench.store import chronicle, entries, images, reviews, texts

if TYPE_CHECKING:
    from workbench.exporters.provenance import Origin, Whole

AT_ONCE = 500
"""So many entries are held at a time."""

TOLD_EVERY = 100
"""Progress is told after so many entries."""

FORMATS = ("jsonl", "csv", "prov")


def written(
    edition: Edition, seqs: Sequence[int], format_: str, progress: Callable[[int, int], None] | None = None
) -> Iterator[str]:
    """Some entries, by number, in a format, part by part; raises UsageError that lists the known ones.

    `progress` is told (done, in all). Only PROV is made whole in memory. It is a set and not a list, so its entries
    come in the order of the journal, and two copies that hold the same journal write the same bytes.
    """
    if format_ == "prov":
        seqs = chronicle.in_order(edition.db, seqs)
    found = _counted(told(edition, seqs), len(seqs), progress)
    if format_ == "jsonl":
        return write_jsonl(found)
    if format_ == "csv":
        return write_csv(found)
    if format_ == "prov":
        from workbench.exporters.provenance import write_prov

        return write_prov(found, _whole(edition))
    raise UsageError(f"there is no format {format_!r}; known: {', '.join(FORMATS)}")


def _counted(found: Iterator[Told], total: int, progress: Callable[[int, int], None] | None) -> Iterator[Told]:
    for number, one in enumerate(found, 1):
        yield one
        if progress is not None and number % TOLD_EVERY == 0:
            progress(number, total)


def told(edition: Edition, seqs: Sequence[int]) -> Iterator[Told]:
    """Some entries, by number, in the order asked for. Within `Edition.reading` all of them are as of one moment."""
    teller = _Teller(edition)
    for first in range(0, len(seqs), AT_ONCE):
        yield from teller.tell(seqs[first : first + AT_ONCE])


class _Teller:
    """Looks up what stands beside the entries, what they share once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._names = persons.names(edition)
        self._counting = persons.counting(edition)
        self._alone = settings.alone(edition)
        self._texts = {row.sha: row for row in texts.all_texts(edition.db)}

    def tell(self, seqs: Sequence[int]) -> Iterator[Told]:
        db = self._edition.db
        states = {seq: (entry, state) for seq, entry, state in chronicle.states(db, seqs)}
        by_id = {e.id: e for e in entries.numbered(db, seqs)}
        ended = chronicle.enders(db, [entry for entry, state in states.values() if state != "live"])
        about = chronicle.first_targets(db, [e.id for e in by_id.values() if e.targets])
        spoken_of = {e.id: e for e in entries.select(db, about.values())}
        said = reviews.of(db, [e.id for e in by_id.values() if e.decision.layer in REVIEWED])
        for seq in seqs:
            entry_id, state = states[seq]
            entry = by_id[entry_id]
            transcript, line = self._where(entry)
            judged = state == "live" and entry.decision.layer in REVIEWED
            yield Told(
                seq=seq, entry=entry, person=self._names.get(entry.person, entry.person),
                person_id=self._counting(entry.person), transcript=transcript, line=line, state=state,
                document=history.document_of(self._edition, spoken_of[about[entry_id]] if entry_id in about else entry),
                verdict=self._verdict(entry, said.get(entry_id, [])) if judged else None,
                ended_by=ended[entry_id][0].id if entry_id in ended else None,
            )  # fmt: skip

    def _where(self, entry: Entry) -> tuple[str | None, int | None]:
        d = entry.decision
        row = self._texts.get(d.text or "")
        if row is None:
            return None, None
        return row.name, None if d.start is None else texts.line_of(self._edition.db, row.id, d.start) + 1

    def _verdict(self, entry: Entry, said: list[Entry]) -> Verdict | Literal["self-approved"]:
        db = self._edition.db
        by = entries.origin(db, entry).person
        judge = partial(verdict, entry, said, partial(entries.knows, db), who=self._counting, by=by)
        others = judge()
        alone = self._alone and others != "approved" and judge(alone=True) == "approved"
        return "self-approved" if alone else others


def _whole(edition: Edition) -> Whole:
    from workbench.exporters.provenance import Whole

    ((edition_id,),) = edition.db.execute("SELECT value FROM edition WHERE key = 'id'")
    return Whole(
        id=edition_id, heads=entries.heads(edition.db), alone=settings.alone(edition),
        language=settings.get(edition, "language"), origins=dict(_origins(edition)),
    )  # fmt: skip


def _origins(edition: Edition) -> Iterator[tuple[str, Origin]]:
    """What each text comes from, by its SHA-256."""
    from workbench.exporters.provenance import Origin

    query = (
        "SELECT t.sha256, t.length, t.encoding, t.reader, t.reader_version, tr.sha256, tr.name, tr.size FROM texts t"
        " JOIN transcripts tr ON tr.sha256 = t.transcript ORDER BY t.id"
    )
    for sha, length, encoding, reader, version, transcript, name, size in edition.db.execute(query):
        shown = images.of_text(edition.db, sha)
        yield sha, Origin(
            length=length, encoding=encoding, reader=reader, reader_version=version, transcript=transcript, name=name,
            size=size, images=tuple(image.sha for image in shown.values()),
        )  # fmt: skip
