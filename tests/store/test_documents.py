"""Documents follow texts as they are added, in whatever order, and what the journal says of them already."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.workspace import NOW, author, projected, rebuilt
from workbench.core.entry import Decision
from workbench.core.text import Text
from workbench.services import library
from workbench.services.edition import Edition, init
from workbench.store import interchange, journal, projections, texts


def text_of(name: str) -> Text:
    return Text(content=f"the text of {name}\n", reader="plain")


def add(edition: Edition, name: str) -> str:
    """Add a text as `workbench add` does; the id of its document."""
    text = text_of(name)
    with edition.writing() as db:
        texts.add_transcript(db, name=name, data=text.content.encode(), text=text, now=NOW)
        projections.text_added(db, text.sha)
    return text.sha[:12]


def record(edition: Edition, act: str, **data: object) -> None:
    with edition.writing() as db:
        journal.append(db, Decision(act=act, data=data), author())


@pytest.mark.parametrize("names", ["abc", "cba", "bca", "acb"])
def test_documents_stand_in_the_order_of_their_names(tmp_path: Path, names: str) -> None:
    with init(tmp_path) as edition:
        made = {name: add(edition, name) for name in names}
        assert library.ids(edition) == [made[name] for name in "abc"]
        assert [library.number(edition, made[name]) for name in "abc"] == [1, 2, 3]
        assert projected(edition.db) == rebuilt(edition)


def test_what_is_described_keeps_its_title_where_others_come_before_it(tmp_path: Path) -> None:
    with init(tmp_path) as edition:
        last = add(edition, "z")
        record(edition, "describe", document=last, fields={"kind": "letter", "author": "Anna"})
        record(edition, "describe", document=last, fields={"author": ""})
        assert library.heading(edition, last) == "letter"
        add(edition, "a")
        assert [d.title for d in library.listings(edition)] == ["a: the text of a …", "letter"]
        assert projected(edition.db) == rebuilt(edition)


def test_what_was_said_of_a_text_before_it_came_holds(tmp_path: Path) -> None:
    """A copy may have a journal about texts that it lacks."""
    with init(tmp_path / "one") as one, init(tmp_path / "other") as other:
        first, second = add(one, "a"), add(one, "b")
        record(one, "describe", document=second, fields={"title": "Described elsewhere"})
        record(one, "join", document=first, other=second)
        persons, entries = interchange.read_lines(interchange.export_lines(one.db))
        with other.writing() as db:
            interchange.unite(db, persons, entries)
        add(other, "a")
        assert library.ids(other) == [first]
        add(other, "b")
        assert library.ids(other) == [first]
        assert [s.text[:12] for s in library.stretches(other, first)] == [first, second]
        assert projected(other.db) == rebuilt(other)
        with other.writing() as db:
            (joined,) = db.execute("SELECT id FROM entries WHERE act = 'join'").fetchone()
            journal.revert(db, [joined], author())
        assert [library.heading(other, d) for d in library.ids(other)] == ["a: the text of a …", "Described elsewhere"]
        assert projected(other.db) == rebuilt(other)
