"""Merging real files is union: in any order, once or twice, the same ids, the same reading, the same conflicts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.workspace import RAW, fork, ids, live_ids, make, projected, put, read, rebuilt, revert
from workbench.core.errors import RefusedError
from workbench.core.text import Text
from workbench.services import library, persons
from workbench.services.edition import Edition
from workbench.store import entries, interchange, texts, verify
from workbench.store.interchange import Merged

MERGES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

Work = list[tuple[bool, int, int, str]]
work = st.lists(
    st.tuples(st.booleans(), st.integers(0, len(RAW)), st.integers(0, len(RAW)), st.text("XY", max_size=1)), max_size=6
)


def merge(edition: Edition, other: Edition) -> Merged:
    with edition.writing() as db:
        return interchange.merge(db, other.db)


def see(edition: Edition) -> tuple[object, ...]:
    """What a merge may not make depend on its order."""
    db = edition.db
    live = live_ids(db)
    return ids(db), entries.heads(db), projected(db)["conflicts"], live, read(edition)


@contextmanager
def forked(*works: Work) -> Iterator[list[Edition]]:
    """An edition and forks of it, each with work of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = make(folder / "0")
        put(first, 2, 7, "A")
        put(first, 11, 13, "B")
        them = [first, *(fork(first, folder / str(n)) for n in range(1, len(works)))]
        for n, (edition, steps) in enumerate(zip(them, works, strict=True)):
            for takes_back, x, y, text in steps:
                try:
                    if takes_back:
                        known = sorted(ids(edition.db))
                        revert(edition, {known[x % len(known)]}, who=str(n))
                    else:
                        put(edition, min(x, y), max(x, y), text, who=str(n))
                except RefusedError:
                    continue
        try:
            yield [*them, *(fork(edition, folder / f"{n}-again") for n, edition in enumerate(them))]
        finally:
            for path in them:
                path.close()


@MERGES
@given(work, work)
def test_merging_is_commutative_and_idempotent(one: Work, other: Work) -> None:
    """a with b is b with a, and again changes nothing; conflicts are counted alike."""
    with forked(one, other) as (a, b, a_again, b_again):
        merged, turned = merge(a, b), merge(b_again, a_again)
        assert see(a) == see(b_again)
        assert merged.conflicts == turned.conflicts == len(projected(a.db)["conflicts"])
        assert merged.entries == len(ids(b.db) - ids(a_again.db))
        before = projected(a.db)
        assert merge(a, b).entries == merge(a, b_again).entries == 0
        assert projected(a.db) == before == rebuilt(a)
        assert not list(verify.problems(a.db))
        a_again.close()
        b_again.close()


@MERGES
@given(work, work, work)
def test_merging_is_associative(one: Work, other: Work, third: Work) -> None:
    """a with b, then c; or b with c, then a with that."""
    with forked(one, other, third) as (a, b, c, a_again, b_again, c_again):
        merge(a, b)
        merge(a, c)
        merge(b_again, c_again)
        merge(a_again, b_again)
        assert see(a) == see(a_again)
        for edition in (a_again, b_again, c_again):
            edition.close()


def test_two_answers_at_one_place_are_one_conflict(edition: Edition, tmp_path: Path) -> None:
    """The place reads as the raw text until somebody who saw both decides."""
    with fork(edition, tmp_path / "other") as other:
        mine, theirs = put(edition, 0, 2, "X"), put(other, 0, 2, "Y", who="boris")
        assert merge(edition, other) == Merged(entries=1, transcripts=0, persons=0, conflicts=1)
        assert projected(edition.db)["conflicts"] == {tuple(sorted((mine.id, theirs.id)))}
        assert read(edition).startswith("abc")
        put(edition, 0, 2, "Z")
        assert merge(edition, other).conflicts == 0
        assert read(edition).startswith("Zc")


def test_two_equal_answers_are_no_conflict(edition: Edition, tmp_path: Path) -> None:
    """They agree, and the place is read once."""
    with fork(edition, tmp_path / "other") as other:
        put(edition, 0, 2, "X")
        put(other, 0, 2, "X", who="boris")
        assert merge(edition, other).conflicts == 0
        assert read(edition).startswith("Xc")


def test_an_edition_merged_into_an_empty_one_brings_all_it_has(edition: Edition, tmp_path: Path) -> None:
    """Transcripts, texts, persons and documents come along."""
    with edition.writing():
        anna = persons.ensure(edition, "Anna")
    put(edition, 0, 2, "X", who=anna.id)
    text = Text(content="another\n", reader="plain")
    with make(tmp_path / "other", text=text, name="other.txt") as other:
        assert merge(other, edition) == Merged(entries=2, transcripts=1, persons=1, conflicts=0)
        assert {t.name for t in texts.all_texts(other.db)} == {"letter.txt", "other.txt"}
        assert len(library.listings(other)) == 2
        assert read(other) == read(edition)
        assert persons.everyone(other) == persons.everyone(edition)
        assert not list(verify.problems(other.db))
        assert projected(other.db) == rebuilt(other)
        assert merge(edition, other) == Merged(entries=0, transcripts=1, persons=0, conflicts=0)
        assert len(library.listings(edition)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transcripts SET bytes = CAST('changed' AS BLOB)",
        "UPDATE lines SET content = 'changed'",
        "DELETE FROM lines",
    ],
)
def test_changed_transcripts_are_not_taken_in(edition: Edition, tmp_path: Path, statement: str) -> None:
    """Else this edition would no longer verify; it stays as it was."""
    text = Text(content="another\n", reader="plain")
    with make(tmp_path / "other", text=text, name="other.txt") as other:
        other.db.execute(statement)
        with pytest.raises(RefusedError, match="the other edition's"):
            merge(edition, other)
    assert [t.name for t in texts.all_texts(edition.db)] == ["letter.txt"]
    assert not list(verify.problems(edition.db))


def test_a_batch_is_merged_whole(edition: Edition, tmp_path: Path) -> None:
    """Both of its entries come, and it can be taken back by its name here."""
    with fork(edition, tmp_path / "other") as other:
        put(other, 0, 2, "X", batch="two")
        put(other, 11, 13, "Y", batch="two")
        merge(edition, other)
        changed = read(edition)
        revert(edition, {i for (i,) in edition.db.execute("SELECT id FROM entries WHERE batch = 'two'")})
        assert changed == read(other) != read(edition)
