"""A new machine reading of the same page: the decisions about the old one are carried over, and nothing is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.core.added_lines import fold_lines
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.rebase import CARRIED, Alignment, Carried, carry
from workbench.core.text import Text
from workbench.readers import read
from workbench.services import adding, library, persons
from workbench.services.edition import Edition
from workbench.services.persons import Person, author
from workbench.store import entries, images, journal, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebased:
    """What became of the decisions about a text."""

    old: str
    """Name of the transcript that was."""
    new: str
    carried: tuple[Carried, ...]
    lines: int
    """Added lines, which stand where they stood."""
    unread: int
    """Read marks: what a person read was the old text, so the lines are read again."""

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(one.fate for one in self.carried)
        return {fate: found[fate] for fate in ("kept", "moved", "right", "look")}


def rebase(
    edition: Edition, document: str, path: Path, person: Person | None, *, replaces: str | None = None
) -> Rebased:
    """Let a document stand on a new text; one batch, which `undo` takes back. The old text stays, with its decisions.

    `person`: None records nothing and only says what would become of each decision. `replaces`: the transcript of the
    document whose page it is, needed where there are several. Raises RefusedError, UsageError, UnreadableError.
    """
    old = _old(edition, document, replaces)
    new = read(path.read_bytes(), name=path.name)
    if new.sha == old.sha:
        raise RefusedError(f"{path.name} has the text that is here already, as {old.name}")
    if person is not None:
        for added in adding.add(edition, [path]):
            if added.outcome not in ("added", "known"):
                raise RefusedError(added.detail)
    db = edition.db
    with edition.reading() if person is None else edition.writing():
        alignment = Alignment(texts.whole_text(db, old.sha).content, new.content)
        live = [e for layer in sorted(CARRIED) for e in entries.live_at(db, old.sha, layer, 0, old.length)]
        carried = carry(alignment, live, new.sha, in_conflict=entries.in_conflict(db))
        added_lines = fold_lines(entries.live_at(db, old.sha, "line", 0, old.length))
        marks = len(entries.live_at(db, old.sha, "read", 0, old.length))
        if person is not None:
            _record(edition, document, old, new, alignment, carried, person)
    return Rebased(old=old.name, new=path.name, carried=tuple(carried), lines=len(added_lines), unread=marks)


def _old(edition: Edition, document: str, replaces: str | None) -> texts.TextRow:
    shas = dict.fromkeys(s.text for s in library.stretches(edition, document))
    rows = [texts.text_row(edition.db, sha) for sha in shas]
    if replaces is not None:
        rows = [row for row in rows if row.name == replaces]
    if len(rows) != 1:
        named = ", ".join(texts.text_row(edition.db, sha).name for sha in shas)
        raise UsageError(f"say which transcript of the document the new one replaces, with --replaces: {named}")
    return rows[0]


def _record(
    edition: Edition, document: str, old: texts.TextRow, new: Text, alignment: Alignment, carried: Iterable[Carried],
    person: Person,
) -> None:  # fmt: skip
    db, batch, who = edition.db, journal.new_batch(), author(person)
    bounds = db.execute("SELECT start, end_ FROM stretches WHERE text = ? ORDER BY start", (old.sha,)).fetchall()
    cuts = [[at, _cut(alignment, at, old.length)] for at in sorted({at for span in bounds for at in span})]
    data = {"document": document, "old": old.sha, "new": new.sha, "cuts": cuts}
    journal.append(db, Decision(act="rebase", data=data), who, batch=batch)
    names = persons.names(edition)
    for one in carried:
        decision = _question(one, new, names) if one.fate == "look" else one.decision
        if decision is not None:
            journal.append(db, decision, who, batch=batch)
    _carry_lines(edition, old, new, alignment, person, batch)
    images.carry(db, old.sha, new.sha, pages=max(len(new.page_starts), 1))


def _cut(alignment: Alignment, at: int, length: int) -> int:
    """Where a document that begins or ends at an offset does so in the new text: its ends are the text's."""
    return 0 if at == 0 else len(alignment.new) if at == length else alignment.start(at)


def _question(one: Carried, new: Text, names: dict[str, str]) -> Decision:
    """What could not be carried is put on the checking list, about where it should be."""
    d = one.entry.decision
    was = f"“{d.quote}” → “{d.value}”" if d.value is not None else f"“{d.quote}” ({d.act})"
    start, end = one.start, one.end
    return Decision(
        act="check", text=new.sha, start=start, end=end, quote=new.content[start:end],
        prefix=new.content[max(0, start - 24) : start], suffix=new.content[end : end + 24], carried_from=one.entry.id,
        data={"body": f"{names.get(one.entry.person, one.entry.person)}: {was}"},
    )  # fmt: skip


def _carry_lines(
    edition: Edition, old: texts.TextRow, new: Text, alignment: Alignment, person: Person, batch: str
) -> None:
    """Add the added lines again, in their order, before the line that they stood before."""
    starts = {*new.line_starts, len(new.content)}
    before: tuple[int, str] = -1, ""
    for line in fold_lines(entries.live_at(edition.db, old.sha, "line", 0, old.length)):
        at = len(new.content) if line.at == old.length else alignment.start(line.at)
        at = max((s for s in starts if s <= at), default=0)
        data = {"after": before[1] if before[0] == at else ""} | ({"box": dict(line.box)} if line.box else {})
        made: Entry = journal.append(
            edition.db,
            Decision(act="add_line", text=new.sha, start=at, end=at, quote="", page=line.content, ground="page",
                     data=data, carried_from=line.entries[0].id),
            author(person), batch=batch,
        )  # fmt: skip
        before = at, made.id
