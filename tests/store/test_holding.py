"""Which document holds a place: what SQL answers is what the rule of the core says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.workspace import TEXT, about, author, make
from workbench.core.entry import Decision
from workbench.services import library
from workbench.services.edition import Edition
from workbench.store import chronicle, holding, journal

LENGTH = len(TEXT.content)
shapes = st.lists(st.tuples(st.booleans(), st.integers(0, LENGTH), st.integers(0, 9)), max_size=6)


class _UndoneError(Exception):
    """Nothing of it is kept."""


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """An edition with something said at each place of its text."""
    folder: Path = tmp_path_factory.mktemp("noted")
    with make(folder) as edition:
        with edition.writing() as db:
            for at in range(LENGTH + 1):
                journal.append(db, about("check", at, at), author())
        yield edition


@given(shapes)
def test_sql_and_the_core_name_the_same_document(noted: Edition, steps: list[tuple[bool, int, int]]) -> None:
    """In the view that anybody reads, in the question about one place, in the chronicle, and where it is counted."""
    with pytest.raises(_UndoneError), noted.writing() as db:
        for joins, at, other in steps:
            known = library.ids(noted)
            ours = {"document": known[at % len(known)]}
            if joins:
                data = {**ours, "other": known[other % len(known)]}
                journal.append(db, Decision(act="join", data=data), author())
            else:
                journal.append(db, about("split", at, at, data=ours), author())
        wanted = {
            (document, at) for document in library.ids(noted) for s in library.stretches(noted, document)
            for at in range(LENGTH + 1) if s.holds(at, LENGTH)
        }  # fmt: skip
        placed = "FROM placed p JOIN standing s ON s.seq = p.seq WHERE s.act = 'check'"
        assert set(db.execute(f"SELECT p.document, s.start {placed}")) == wanted
        assert {(holding.document_of(db, TEXT.sha, at), at) for at in range(LENGTH + 1)} == wanted
        held = f"JOIN texts t ON t.sha256 = s.text JOIN stretches h ON h.text = s.text AND {holding.held('s.start')}"
        assert set(db.execute(f"SELECT h.document, s.start FROM standing s {held} WHERE s.act = 'check'")) == wanted
        start_of = dict(db.execute("SELECT seq, start FROM standing WHERE act = 'check'"))
        for document in library.ids(noted):
            seqs = chronicle.of_document(db, document, library.stretches(noted, document))
            assert {(document, start_of[n]) for n in seqs if n in start_of} == {w for w in wanted if w[0] == document}
        raise _UndoneError
