"""Random histories on real files: what the database keeps for speed is what follows from the entries."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store import workspace
from tests.store.workspace import (
    PROPOSED,
    RAW,
    TEXT,
    about,
    author,
    change,
    edit,
    fork,
    make,
    pieces,
    projected,
    read,
    rebuilt,
    revert,
    slow_pieces,
    suggest,
)
from workbench.core.answering import answers
from workbench.core.documents import Stretch, fold_documents
from workbench.core.entry import Decision
from workbench.core.errors import RefusedError
from workbench.core.history import History
from workbench.core.line_reading import vouched
from workbench.core.pieces import Piece, reading
from workbench.core.states import STATES
from workbench.core.text import overlap
from workbench.services import moments
from workbench.services.edition import Edition
from workbench.services.moments import Moment
from workbench.services.verification import verifying
from workbench.store import added_lines, entries, interchange, journal, read_lines, texts

HISTORIES = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))

Step = tuple[int, str, int, int, str]
TEXT_ACTS = ["edit", "edit", "put", "put", "revert", "redo", "fork", "merge"]
OTHER_ACTS = [
    "put", "batch", "zone", "textual_note", "textual_note", "leaf", "word", "split", "join", "describe", "revert",
    "revert", "redo", "merge",
]  # fmt: skip
DESK_ACTS = ["read", "read", "put", "put", "state", "claim", "add", "set", "word", "revert", "redo", "fork", "merge"]
FEW_ACTS = ["textual_note", "textual_note", "leaf", "word", "put", "split", "revert", "redo"]


def histories(acts: list[str], most: int = 22) -> st.SearchStrategy[list[Step]]:
    numbers = st.integers(0, 99)
    return st.lists(
        st.tuples(numbers, st.sampled_from(acts), numbers, numbers, st.text("XY", max_size=2)), max_size=most
    )


class Copies:
    """Three copies of an edition, each a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        first = make(folder / "0")
        with first.writing() as db:
            suggest(db)
        self.them = [first, *(self.fork_of(first) for _ in range(2))]

    def fork_of(self, edition: Edition) -> Edition:
        self.made += 1
        return fork(edition, self.folder / str(self.made))

    def step(self, who: int, what: str, x: int, y: int, text: str) -> Edition:
        """One step of one copy; the laws of editing and of refusing are asserted on the way."""
        index = who % 3
        edition, other = self.them[index], self.them[x % 3]
        before = read(edition)
        if what == "edit":
            i, j = sorted((x % (len(before) + 1), y % (len(before) + 1)))
            if i != j or text:
                edit(edition, i, j, text, who=str(index))
                assert read(edition) == before[:i] + text + before[j:]
        elif what == "fork":
            if other is not edition:
                edition.close()
                self.them[index] = self.fork_of(other)
        elif what == "merge":
            if other is not edition:
                with edition.writing() as db:
                    interchange.merge(db, other.db)
        else:
            untouched = projected(edition.db)
            try:
                decide(edition, what, x, y, text, str(index))
            except RefusedError:
                assert projected(edition.db) == untouched
        return self.them[index]

    def close(self) -> None:
        for edition in self.them:
            edition.close()


def decide(edition: Edition, what: str, x: int, y: int, text: str, who: str) -> None:
    """Put a decision of some layer, or take one back."""
    known = list(entries.every(edition.db))
    if what in ("revert", "redo"):
        wanted = [e for e in known if (e.decision.act == "revert") == (what == "redo")]
        if wanted:
            revert(edition, {wanted[x % len(wanted)].id}, who=who)
        return
    if what in ("state", "claim"):
        say_of_document(edition, what, x, y, who)
        return
    decisions = decisions_of(edition, what, x, y, text)
    former = [e.id for e in known if e.decision.act == what and what in ("textual_note", "leaf")]
    supersedes = frozenset(former[len(former) - 1 - y % 3 :][:1]) if y % 4 else frozenset()
    with edition.writing() as db:
        for decision in decisions:
            journal.append(db, decision, author(who), supersedes=supersedes, batch=f"{what}-{x}-{y}")


def say_of_document(edition: Edition, what: str, x: int, y: int, who: str) -> None:
    """Move a document to another state, or claim it, in place of what was said before."""
    documents = [d for (d,) in edition.db.execute("SELECT id FROM documents ORDER BY position")]
    one = documents[x % len(documents)]
    said = {"state": STATES[y % len(STATES)]} if what == "state" else {"until": f"202{y % 10}"}
    with edition.writing() as db:
        before = frozenset(e.id for e in entries.live_about(db, one) if e.decision.act == what)
        decision = Decision(act=what, data={"document": one, **said})
        journal.append(db, decision, author(who), supersedes=before)


def decisions_of(edition: Edition, what: str, x: int, y: int, text: str) -> list[Decision]:
    start, end = sorted((x % (len(RAW) + 1), y % (len(RAW) + 1)))
    documents = [d for (d,) in edition.db.execute("SELECT id FROM documents ORDER BY position")]
    one, other = documents[x % len(documents)], documents[y % len(documents)]
    match what:
        case "put":
            return [change(start, end, text)]
        case "batch":
            return [change(start, end, text), change(end, end, "Z")]
        case "zone":
            return [about("zone", start, end, data={"kind": "folio" if text else "body"})]
        case "textual_note":
            return [about(what, start, end, data={"body": text})]
        case "leaf":
            return [about("leaf", start, end, data={"leaf": text})]
        case "word":
            scope = {"scope": "document", "document": one} if x % 2 else {"scope": "edition"}
            data = {("word" if x % 3 else "pattern"): "ab" if y % 2 else "gh"} | scope
            return [Decision(act="word" if x % 3 else "keep_all", data=data)]
        case "read":
            line = [(0, 10), (11, 16)][x % 2]
            words = read_lines.reading_of(edition.db, texts.text_row(edition.db, TEXT.sha), *line)
            return [about("read", *line, data={"hash": vouched(words if y % 5 else text)})]
        case "add":
            return [about("add_line", *[(0, 0), (11, 11), (17, 17)][x % 3], page=text, data={"after": ""})]
        case "set":
            lines = added_lines.within(edition.db, Stretch(TEXT.sha, 0, len(RAW)), len(RAW))
            if not lines:
                return []
            line_ = lines[x % len(lines)]
            act = "set_line" if y % 3 else "delete_line"
            return [about(act, line_.at, line_.at, page=text if y % 3 else None, data=line_.standing())]
        case "describe":
            return [Decision(act="describe", data={"document": one, "fields": {"author": text, "kind": "letter"}})]
        case "split":
            return [about("split", start, start, data={"document": other})]
        case _:
            return [Decision(act="join", data={"document": one, "other": other})]


@contextmanager
def copies() -> Iterator[Copies]:
    with tempfile.TemporaryDirectory() as folder:
        made = Copies(Path(folder))
        try:
            yield made
        finally:
            made.close()


def still_open(history: History) -> set[tuple[str, int]]:
    """Suggestions that nothing in a history answers, as (quote, start), without any projection."""
    effective = [e for e in history if e.id in history.effective]
    documents = fold_documents([(TEXT.sha, len(RAW))], [e for e in effective if e.decision.layer == "document"])
    found = set()
    for quote, start in {(q, s) for q, s, _ in PROPOSED}:
        answered = any(
            answers(d, "word") and overlap(start, start + len(quote), *d.span)
            for d in (e.decision for e in history.live.values() if e.decision.place is not None)
        )
        silenced = any(
            quote in (e.decision.data.get("word"), e.decision.data.get("pattern"))
            and (e.decision.data["scope"] == "edition" or any(
                d.id == e.decision.data["document"] and any(s.start <= start < s.end for s in d.stretches)
                for d in documents
            ))
            for e in effective
        )  # fmt: skip
        if not answered and not silenced:
            found.add((quote, start))
    return found


def assert_projections_follow(edition: Edition) -> None:
    """Compare what the database keeps with the entries, by core's History."""
    db = edition.db
    history = entries.history(db)
    now = projected(db)
    assert {i for (i,) in now["heads"]} == history.heads
    standing = {row[0]: (row[1], row[2]) for row in now["standing"]}
    assert standing == {e.id: (e.id in history.effective, e.id in history.live) for e in history}
    assert {frozenset(pair) for pair in now["conflicts"]} == {conflict.ids for conflict in history.conflicts}
    opened = set(db.execute("SELECT quote, start FROM suggestions WHERE closed_by IS NULL"))
    assert opened == still_open(history)
    assert pieces(db) == slow_pieces(history)
    for one, other in product((e.id for e in history), repeat=2):
        assert entries.knows(db, one, other) == (one != other and history.knows(one, other))


def slice_of(whole: list[Piece], low: int, high: int) -> str:
    """The reading of `[low, high)` out of the pieces of the whole text, none of its decisions cut."""
    out = []
    for piece in whole:
        if piece.kind == "raw":
            out.append(RAW[max(low, piece.start) : max(low, min(high, piece.end))])
        elif low <= piece.start and piece.end <= high:
            out.append(piece.reading)
    return "".join(out)


def widened(edition: Edition, low: int, high: int) -> tuple[int, int]:
    """The smallest range around another that cuts no live decision."""
    while True:
        spans = [e.decision.span for e in entries.live_at(edition.db, TEXT.sha, "text", low, high)]
        cut = [(s, e) for s, e in spans if overlap(s, e, low, high)]
        wider = min([low, *(s for s, _ in cut)]), max([high, *(e for _, e in cut)])
        if wider == (low, high):
            return wider
        low, high = wider


@HISTORIES
@given(histories(TEXT_ACTS))
def test_after_each_step_the_projections_and_the_reading_follow_from_the_entries(history: list[Step]) -> None:
    """Edits, reverts, forks and merges: what is live, effective, in conflict, closed and read equals core's replay."""
    with copies() as them:
        for step in history:
            assert_projections_follow(them.step(*step))


@HISTORIES
@given(histories(OTHER_ACTS) | histories(FEW_ACTS))
def test_decisions_of_every_layer_leave_projections_that_follow_from_the_entries(history: list[Step]) -> None:
    """Zones, notes, leaves, words, split and joined documents open and close suggestions as a replay says."""
    with copies() as them:
        for step in history:
            assert_projections_follow(them.step(*step))


@HISTORIES
@given(histories(DESK_ACTS))
def test_what_the_desk_records_verifies_in_full(history: list[Step]) -> None:
    """Read marks, states, claims and added lines, in forks and merged: the slow replay finds the same."""
    with copies() as them:
        for step in history:
            them.step(*step)
        for edition in them.them:
            assert verifying.replayed(edition.db)[0] == []


@HISTORIES
@given(histories(TEXT_ACTS + OTHER_ACTS))
def test_projections_made_anew_are_those_that_grew(history: list[Step]) -> None:
    """Deleting and rebuilding changes nothing, and the file verifies."""
    with copies() as them:
        for step in history:
            them.step(*step)
        for edition in them.them:
            assert projected(edition.db) == rebuilt(edition)
            assert verifying.replayed(edition.db)[0] == []


@HISTORIES
@given(histories(TEXT_ACTS))
def test_the_reading_of_a_range_is_the_slice_of_the_whole_reading(history: list[Step]) -> None:
    """Any range, widened until it cuts no decision, reads as it does within the whole."""
    with copies() as them:
        for step in history:
            them.step(*step)
        edition = them.them[0]
        whole = pieces(edition.db)
        for low in range(len(RAW) + 1):
            for high in range(low, len(RAW) + 1):
                wide = widened(edition, low, high)
                if any(m.start < edge < m.end for m in TEXT.markup for edge in wide):
                    continue
                assert reading(pieces(edition.db, *wide)) == slice_of(whole, *wide)


@settings(HISTORIES, max_examples=100)
@given(histories(TEXT_ACTS + OTHER_ACTS))
def test_a_moment_is_what_the_whole_journal_says_of_it(history: list[Step]) -> None:
    """As of an entry or a time, from the part of the journal that speaks of a text: in forks and merged."""
    with copies() as them, pytest.MonkeyPatch.context() as clock:
        for second, step in enumerate(history):
            clock.setattr(workspace, "NOW", f"2020-01-01T00:00:{second:02}.000000Z")
            them.step(*step)
        for edition in them.them:
            whole = entries.history(edition.db)
            for entry in whole.order[::4]:
                for at, then in ((entry.id, whole.as_of(entry.id)), (entry.time, whole.until(entry.time))):
                    assert seen(moments.as_of(edition, at), whole) == seen(moments.of_history(edition, then), whole)


def seen(moment: Moment, whole: History) -> tuple[object, ...]:
    """What a moment says of the text and of every document that there ever was."""
    live = [
        [e.id for e in moment.live(TEXT.sha, layer, 0, len(RAW))] for layer in ("text", "zone", "inline", "document")
    ]
    documents = [moment.document(d) for d in (TEXT.sha[:12], *(e.id[:12] for e in whole if e.decision.act == "split"))]
    contested = {i for i in moment.in_conflict(TEXT.sha) if whole[i].decision.text == TEXT.sha}
    return live, documents, contested, moment.heads, [e.id for e in moment.style]
