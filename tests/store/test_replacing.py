"""What a decision may replace: only what stands; and what it closes stays closed while anything answers it."""

from __future__ import annotations

import pytest

from tests.store.workspace import TEXT, about, author, change, live_ids, projected, put, rebuilt, revert, suggest
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.services.edition import Edition
from workbench.store import journal


def note(edition: Edition, body: str, *former: Entry) -> Entry:
    with edition.writing() as db:
        return journal.append(
            db, about("textual_note", 0, 2, data={"body": body}), author(), supersedes=frozenset(e.id for e in former)
        )


def decide(edition: Edition, decision: Decision) -> Entry:
    with edition.writing() as db:
        return journal.append(db, decision, author())


def opened(edition: Edition) -> set[tuple[str, int]]:
    return set(edition.db.execute("SELECT quote, start FROM suggestions WHERE closed_by IS NULL"))


def test_a_note_replaces_a_note(edition: Edition) -> None:
    """The former one no longer stands, and taking the new one back brings it back."""
    first = note(edition, "first")
    second = note(edition, "second", first)
    assert live_ids(edition.db) == {second.id}
    revert(edition, {second.id})
    assert live_ids(edition.db) == {first.id}


@pytest.mark.parametrize("ended", ["replaced", "taken back"])
def test_what_no_longer_stands_is_not_replaced(edition: Edition, ended: str) -> None:
    """Else it would hide what its own end brought back."""
    first = note(edition, "first")
    second = note(edition, "second", first)
    if ended == "replaced":
        note(edition, "third", second)
    else:
        revert(edition, {second.id})
    before = projected(edition.db)
    with pytest.raises(RefusedError, match=second.id[:12]):
        note(edition, "late", second)
    assert projected(edition.db) == before == rebuilt(edition)


def test_what_is_not_here_is_not_replaced(edition: Edition) -> None:
    """An id from elsewhere is named, not passed over."""
    with edition.writing() as db, pytest.raises(RefusedError, match="no entry ffffffffffff"):
        journal.append(db, about("check", 0, 2), author(), supersedes=frozenset({"f" * 64}))


def test_a_note_does_not_replace_a_reading(edition: Edition) -> None:
    """What may follow what is a table."""
    reading = put(edition, 0, 2, "X")
    with pytest.raises(RefusedError, match="'textual_note' may not supersede 'edit'"):
        note(edition, "about it", reading)


def test_a_silenced_suggestion_stays_closed_when_its_decision_is_taken_back(edition: Edition) -> None:
    """A word accepted everywhere answers in place of the decision that ended."""
    with edition.writing() as db:
        suggest(db)
    decision = put(edition, 0, 2, "X")
    word = decide(edition, Decision(act="word", data={"word": "ab", "scope": "edition"}))
    revert(edition, {decision.id})
    assert not {("ab", 0), ("ab", 14)} & opened(edition)
    revert(edition, {word.id})
    assert {("ab", 0), ("ab", 14)} <= opened(edition)


def test_a_decided_suggestion_stays_closed_when_its_word_is_taken_back(edition: Edition) -> None:
    """The decision answers in place of the word, at its own place only."""
    with edition.writing() as db:
        suggest(db)
    word = decide(edition, Decision(act="word", data={"word": "ab", "scope": "edition"}))
    decide(edition, change(0, 2, "X"))
    revert(edition, {word.id})
    assert ("ab", 0) not in opened(edition)
    assert ("ab", 14) in opened(edition)


def test_a_word_of_one_document_follows_the_border_of_the_document(edition: Edition) -> None:
    """When the document is split its tail asks again, and no longer once the split is taken back."""
    with edition.writing() as db:
        suggest(db)
    data = {"word": "ab", "scope": "document", "document": TEXT.sha[:12]}
    decide(edition, Decision(act="word", data=data))
    split = decide(edition, about("split", 10, 10, data={"document": TEXT.sha[:12]}))
    assert {q for q in opened(edition) if q[0] == "ab"} == {("ab", 14)}
    revert(edition, {split.id})
    assert not {q for q in opened(edition) if q[0] == "ab"}
    assert projected(edition.db) == rebuilt(edition)
