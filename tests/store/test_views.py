"""The views: what a person finds who opens corrections.db with any tool for SQLite."""

from __future__ import annotations

from typing import Any

import pytest

from tests.store.workspace import NOW, TEXT, about, author, put, revert, suggest
from workbench.core.entry import Decision
from workbench.services.edition import Edition
from workbench.store import journal

DOCUMENT = TEXT.sha[:12]


@pytest.fixture
def worked(edition: Edition) -> Edition:
    """A registered person and another; changes live, superseded and taken back; a document with a title."""
    with edition.writing() as db:
        suggest(db)
        db.execute("INSERT INTO persons (id, name, siglum, role) VALUES ('anna', 'Анна Ивлева', 'АИ', 'editor')")
    put(edition, 0, 2, "X")
    put(edition, 0, 3, "Y", who="boris")
    taken = put(edition, 14, 16, "Z", batch="gesture")
    revert(edition, {taken.id})
    with edition.writing() as db:
        journal.append(db, about("textual_note", 11, 13, data={"body": "sic"}), author())
        fields = {"document": DOCUMENT, "fields": {"title": "A letter"}}
        journal.append(db, Decision(act="describe", data=fields), author())
    return edition


def rows(edition: Edition, query: str) -> list[tuple[Any, ...]]:
    return edition.db.execute(query).fetchall()


def test_history_tells_who_did_what_where_and_what_became_of_it(worked: Edition) -> None:
    """In the order of writing; lines are counted from 1; a person without a name appears by id."""
    query = "SELECT seq, person, act, transcript, line, quote, page, page_class, batch, state FROM history"
    assert rows(worked, query) == [
        (1, "Анна Ивлева", "edit", "letter.txt", 1, "ab", "X", "ocr", None, "superseded"),
        (2, "boris", "edit", "letter.txt", 1, "abc", "Y", "ocr", None, "live"),
        (3, "Анна Ивлева", "edit", "letter.txt", 2, "ab", "Z", "ocr", "gesture", "reverted"),
        (4, "Анна Ивлева", "revert", None, None, None, None, None, None, "live"),
        (5, "Анна Ивлева", "textual_note", "letter.txt", 2, "gh", None, None, None, "live"),
        (6, "Анна Ивлева", "describe", None, None, None, None, None, None, "live"),
    ]
    assert {time for (time,) in rows(worked, "SELECT time FROM history")} == {NOW}
    assert rows(worked, "SELECT data FROM history WHERE act = 'textual_note'") == [('{"body":"sic"}',)]


def test_history_says_that_an_undo_was_undone(worked: Edition) -> None:
    """The decision is live again, the first revert is reverted, the second stands."""
    (undo,) = (i for (i,) in rows(worked, "SELECT id FROM history WHERE act = 'revert'"))
    revert(worked, {undo})
    states = rows(worked, "SELECT seq, state FROM history WHERE act = 'revert' OR seq = 3")
    assert states == [(3, "live"), (4, "reverted"), (7, "live")]


def test_history_shows_an_entry_about_a_text_that_is_not_here(worked: Edition) -> None:
    """Taken in before its transcript, say: by its act and quote, without a line."""
    worked.db.execute("PRAGMA foreign_keys = OFF")
    worked.db.execute("DELETE FROM texts")
    assert len(rows(worked, "SELECT * FROM history")) == 6
    assert rows(worked, "SELECT transcript, line, quote FROM history WHERE seq = 2") == [(None, None, "abc")]


def test_open_suggestions_are_those_that_nobody_answered(worked: Edition) -> None:
    """By place, with the first candidate and its probability; what was taken back is open again."""
    query = 'SELECT transcript, line, raw, proposed, probability, kind, suggester, start, "end" FROM open_suggestions'
    assert rows(worked, query) == [
        ("letter.txt", 1, "ef", "et", 0.7, "word", "words", 6, 8),
        ("letter.txt", 2, "gh", "qh", 0.7, "word", "words", 11, 13),
        ("letter.txt", 2, "ab", "ob", 0.7, "word", "words", 14, 16),
        ("letter.txt", 2, "\n", " ", 0.7, "word", "words", 16, 17),
    ]


def test_progress_counts_by_document(worked: Edition) -> None:
    """Suggestions, those still open, live decisions about the text, who made what stands."""
    assert rows(worked, "SELECT * FROM progress") == [
        (DOCUMENT, "A letter", 6, 4, 1, "boris, Анна Ивлева", NOW),
    ]


def test_progress_follows_a_split(worked: Edition) -> None:
    """Each document counts what lies in it."""
    with worked.writing() as db:
        split = journal.append(db, about("split", 11, 11, data={"document": DOCUMENT}), author())
    query = "SELECT document, suggestions, open, decisions, persons FROM progress"
    assert rows(worked, query) == [
        (DOCUMENT, 3, 1, 1, "boris"),
        (split.id[:12], 3, 3, 0, "Анна Ивлева"),
    ]


def test_progress_of_an_untouched_document_is_empty(edition: Edition) -> None:
    """It is listed by the name of its file."""
    assert rows(edition, "SELECT * FROM progress") == [(DOCUMENT, "letter.txt", 0, 0, 0, None, None)]


def test_progress_counts_what_stands_at_the_very_end_of_a_text(edition: Edition) -> None:
    """An insertion after the last character belongs to the document that ends there."""
    put(edition, len(TEXT.content), len(TEXT.content), "the end")
    assert rows(edition, "SELECT decisions, persons FROM progress") == [(1, "anna")]
