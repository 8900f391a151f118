"""Random histories of what editors do, on forks of real files: reviews, states, claims, added lines, read marks.

The layers of the text are in test_random_histories.py; here what is said about entries and documents, and what has no
place in the raw text, follows from the set of entries alone: after each step, after merges in any order, and after a
journey through a journal file.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.store.test_random_histories import Copies, Step, assert_projections_follow, histories
from tests.store.workspace import RAW, TEXT, about, author, ids, live_ids, make, projected, put, read, rebuilt, revert
from workbench.core.added_lines import fold_lines
from workbench.core.entry import Decision
from workbench.core.errors import RefusedError
from workbench.core.line_reading import vouched
from workbench.core.review import REVIEWED
from workbench.core.states import STATES
from workbench.services import states, verdicts
from workbench.services.edition import Edition
from workbench.store import entries, interchange, journal, read_lines, texts, verify, vouching

HISTORIES = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
ACTS = [
    "put", "put", "add_line", "add_line", "set_line", "delete_line", "read", "read", "state", "state", "claim",
    "assign", "approve", "approve", "dispute", "comment", "zone", "split", "revert", "revert", "redo", "fork", "merge",
    "merge",
]  # fmt: skip
LINES = ((0, 10), (11, 16), (len(RAW), len(RAW)))
"""The raw lines of the text without their ends, and its end."""


class Desks(Copies):
    """Three copies at which editors sit."""

    def step(self, who: int, what: str, x: int, y: int, text: str) -> Edition:
        if what in ("edit", "fork", "merge", "zone", "split", "redo"):
            return super().step(who, what, x, y, text)
        edition = self.them[who % 3]
        untouched = projected(edition.db)
        try:
            act(edition, what, x, y, text, str(who % 3))
        except RefusedError:
            assert projected(edition.db) == untouched
        return edition


def act(edition: Edition, what: str, x: int, y: int, text: str, who: str) -> None:
    """One act of an editor, about whatever the numbers hit upon."""
    known = list(entries.every(edition.db))
    if what == "put":
        start, end = sorted((x % (len(RAW) + 1), y % (len(RAW) + 1)))
        put(edition, start, end, text, who=who)
    elif what == "revert":
        if known:
            revert(edition, {known[x % len(known)].id}, who=who)
    elif what in ("approve", "dispute", "comment"):
        if known:
            targets = frozenset({known[x % len(known)].id, known[y % len(known)].id})
            data = {"body": text} if what == "comment" else {}
            said = Decision(act=what, reason=text if what == "dispute" else None, data=data)
            with edition.writing() as db:
                journal.append(db, said, author(who), targets=targets)
    elif what in ("state", "claim", "assign"):
        of_document(edition, what, x, y, who)
    else:
        decision = of_line(edition, what, x, y, text)
        if decision is not None:
            with edition.writing() as db:
                journal.append(db, decision, author(who))


def of_document(edition: Edition, what: str, x: int, y: int, who: str) -> None:
    """A document moved, claimed or given away; what was said of it before is superseded, as the services do."""
    documents = [d for (d,) in edition.db.execute("SELECT id FROM documents ORDER BY position")]
    document = documents[x % len(documents)]
    said = {"claim": {"until": f"20{20 + y % 9}"}, "assign": {"person": str(y % 3)}}.get(what, {})
    if what == "state":
        said = {"state": STATES[y % len(STATES)]}
        if said["state"] == "approved":
            said["stands"] = vouching.digest(edition.db, document)
    with edition.writing() as db:
        live = [e.id for e in entries.live_about(db, document) if e.decision.act == what]
        decision = Decision(act=what, data={"document": document, **said})
        journal.append(db, decision, author(who), supersedes=frozenset(live))


def of_line(edition: Edition, what: str, x: int, y: int, text: str) -> Decision | None:
    """A line added, rewritten or taken out, or a raw line that somebody read as it reads now."""
    start, end = LINES[x % 3]
    lines = fold_lines(entries.live_at(edition.db, TEXT.sha, "line", 0, len(RAW)))
    match what:
        case "read":
            row = texts.text_row(edition.db, TEXT.sha)
            reading = read_lines.reading_of(edition.db, row, start, end)
            return about("read", start, end, data={"hash": vouched(reading if y % 4 else reading + "?")})
        case "add_line":
            beside = [line.id for line in lines if line.at == start]
            return about("add_line", start, start, page=text, data={"after": beside[y % len(beside)] if beside else ""})
        case _ if lines:
            line = lines[y % len(lines)]
            page = text if what == "set_line" else None
            return about(what, line.at, line.at, data=line.standing(), page=page)
    return None


@contextmanager
def desks() -> Iterator[Desks]:
    with tempfile.TemporaryDirectory() as folder:
        made = Desks(Path(folder))
        try:
            yield made
        finally:
            made.close()


def see(edition: Edition) -> dict[str, object]:
    """Everything that an editor sees, which may not depend on the order in which entries came here."""
    db, live = edition.db, live_ids(edition.db)
    documents = [d for (d,) in db.execute("SELECT id FROM documents ORDER BY position")]
    reviewed = [e for e in entries.select(db, live) if e.decision.layer in REVIEWED]
    return {
        "ids": ids(db), "heads": entries.heads(db), "live": live, "conflicts": projected(db)["conflicts"],
        "reads": read(edition), "lines": fold_lines(entries.live_at(db, TEXT.sha, "line", 0, len(RAW))),
        "read lines": set(db.execute("SELECT text, line FROM read_lines")),
        "states": [states.standing(edition, d) for d in documents],
        "stands": [vouching.digest(db, d) for d in documents],
        "verdicts": {e.id: verdicts.verdict_of(edition, e, own=False) for e in reviewed},
    }  # fmt: skip


@HISTORIES
@given(histories(ACTS))
def test_after_each_step_what_is_kept_follows_from_the_entries(history: list[Step]) -> None:
    """Live, effective, in conflict: as core replays them. Made anew, the projections are those that grew."""
    with desks() as them:
        for step in history:
            edition = them.step(*step)
            assert_projections_follow(edition)
            assert projected(edition.db) == rebuilt(edition)
            assert not list(verify.problems(edition.db))


@HISTORIES
@given(histories(ACTS))
def test_copies_that_took_each_other_in_show_the_same_in_any_order(history: list[Step]) -> None:
    with desks() as them:
        for step in history:
            them.step(*step)
        seen = []
        for order in itertools.permutations(range(3)):
            copy = them.fork_of(them.them[order[0]])
            for n in (*order[1:], order[1]):  # the last of them twice: nothing comes of it
                with copy.writing() as db:
                    interchange.merge(db, them.them[n].db)
            seen.append(see(copy))
            copy.close()
        assert all(one == seen[0] for one in seen[1:])


@HISTORIES
@given(histories(ACTS))
def test_a_journal_file_and_the_transcripts_give_all_of_it_again(history: list[Step]) -> None:
    with desks() as them:
        for step in history:
            them.step(*step)
        for edition in them.them:
            persons, found = interchange.read_lines(list(interchange.export_lines(edition.db)))
            them.made += 1
            again = make(them.folder / str(them.made))
            with again.writing() as db:
                interchange.unite(db, persons, found)
            assert see(again) == see(edition)
            again.close()


@HISTORIES
@given(histories(ACTS))
def test_an_undo_of_everything_since_brings_an_approval_back(history: list[Step]) -> None:
    """What one copy does after an approval reopens the document or leaves it; taken back, it is approved again."""
    with desks() as them:
        edition = them.them[0]
        (document,) = [d for (d,) in edition.db.execute("SELECT id FROM documents")]
        of_document(edition, "state", 0, STATES.index("approved"), "0")
        before = set(ids(edition.db))
        for _, what, x, y, text in history:
            if what not in ("merge", "fork", "state", "revert", "redo"):
                them.step(0, what, x, y, text)
        for entry in sorted(entries.every(edition.db), key=lambda e: e.key, reverse=True):
            if entry.id not in before:
                revert(edition, {entry.id})
        assert states.standing(edition, document).state == "approved"


def test_what_is_put_after_the_last_line_leaves_it_read(edition: Edition) -> None:
    """Found by the histories above: the mark reaches to the end of the words, the line to the end of the text."""
    act(edition, "read", 1, 1, "", "0")
    assert [line for (line,) in edition.db.execute("SELECT line FROM read_lines")] == [1]
    put(edition, len(RAW), len(RAW), "X")
    assert [line for (line,) in edition.db.execute("SELECT line FROM read_lines")] == [1]
