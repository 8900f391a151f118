"""The library: what is counted without a look at each document is what the list says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services.conftest import someone
from workbench.core.errors import UsageError
from workbench.services import deciding, library, moments, persons, printing
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.services.library import Totals
from workbench.services.reviewing import board, review
from workbench.services.suggestions import suggesting
from workbench.store import entries


def listed(edition: Edition) -> Totals:
    found = library.listings(edition)
    return Totals(
        documents=len(found), decided=sum(d.progress == "decided" for d in found), open=sum(d.open for d in found)
    )


def test_the_totals_are_those_of_the_list(own: Edition) -> None:
    assert library.totals(own) == listed(own)
    suggesting.suggest(own, library.listings(own))
    assert library.totals(own) == listed(own)
    with own.writing():
        person = persons.ensure(own, "Анна Ивлева")
    deciding.revert_all(own, [e.id for e in entries.live(own.db, "text")], person)
    assert library.totals(own) == listed(own)
    assert library.totals(own).open > 0
    first = library.listings(own)[0]
    (stretch,) = library.stretches(own, first.id)
    for act in ({"act": "edit", "start": stretch.end, "end": stretch.end, "page": "x", "class": "ocr"},
                {"act": "split", "start": stretch.start + 40, "document": first.id}):  # fmt: skip
        deciding.record_all(own, [{"transcript": stretch.text, **act}], person)
        assert library.totals(own) == listed(own)
    assert library.totals(own).documents == 4


def test_one_document_is_listed_as_in_the_list(own: Edition) -> None:
    found = library.listings(own)
    assert [library.listing(own, d.id) for d in found] == found
    assert [library.number(own, d.id) for d in found] == [d.number for d in found] == [1, 2, 3]
    assert library.number(own, "none") is None and library.heading(own, "none") == ""


def test_a_heading_is_what_the_list_calls_a_document(own: Edition) -> None:
    names = ("number", "id", "title", "described", "transcripts", "description")
    for heading, listing in zip(library.headings(own), library.listings(own), strict=True):
        assert [getattr(heading, name) for name in names] == [getattr(listing, name) for name in names]


def test_two_that_turned_out_to_be_one_are_listed_as_one(own: Edition) -> None:
    first = library.listings(own)[0]
    (editors,) = first.persons
    with own.writing():
        person = persons.ensure(own, "Анна Ивлева")
    (stretch,) = library.stretches(own, first.id)
    note = {"act": "textual_note", "transcript": stretch.text, "start": stretch.start, "end": stretch.start + 1}
    deciding.record_all(own, [{**note, "body": "так"}], person)
    assert library.listing(own, first.id).persons == tuple(sorted({editors, "Анна Ивлева"}))
    persons.unite(own, persons.known(own, editors), person)
    assert library.listing(own, first.id).persons == (editors,)


def test_a_document_is_found_by_number_id_file_and_words(own: Edition) -> None:
    for d in library.listings(own):
        for wanted in (str(d.number), d.id, d.id[:6], d.title, d.title.upper()):
            assert library.resolve(own, wanted) == d
    with pytest.raises(UsageError, match="names 3 documents: 1 "):
        library.resolve(own, "С")
    for wanted in ("999", "\udcff", "nothing of the kind"):
        with pytest.raises(UsageError, match="there is no document"):
            library.resolve(own, wanted)


def test_what_lies_at_a_border_is_printed_reviewed_and_counted_in_one_document(made_of: Callable[[str], Desk]) -> None:
    """What is put in where a document begins is its own; what reaches over from the one before stays with that."""
    text = "один два\nтри четыре\n"
    desk, border = made_of(text), text.index("три")
    person, sha, edition = someone(desk), desk.lines.parts[0].stretch.text, desk.edition
    asked = [{"transcript": sha, "act": "split", "start": border}] + [
        {"transcript": sha, "act": "edit", "start": start, "end": end, "page": page, "class": "ocr"}
        for start, end, page in ((border - 4, border + 1, "два т"), (border + 3, border + 4, "-"))
    ]
    deciding.record_all(edition, asked, person)
    put_in = {"transcript": sha, "act": "textual_note", "start": border, "end": border, "body": "sic"}
    deciding.record_all(edition, [put_in], person)
    first, second = library.headings(edition)
    of_first, of_second = ([i.entry.decision.act for i in review.items(edition, [d])] for d in (first, second))
    assert (of_first, of_second) == (["edit"], ["textual_note", "edit"])
    assert [d.decisions for d in library.listings(edition)] == [1, 1]
    notes = [[len(s.notes) for s in printing.sources(edition, d.id, moments.present(edition))] for d in (first, second)]
    assert notes == [[0], [1]]


def test_what_is_put_in_at_a_border_is_shown_where_it_belongs(made_of: Callable[[str], Desk]) -> None:
    text = "один два три"
    desk, border = made_of(text), text.index("три")
    sha, edition = desk.lines.parts[0].stretch.text, desk.edition
    put_in = {"act": "edit", "end": border, "page": "и ", "class": "ocr"}
    asked = [{"transcript": sha, "start": border, **act} for act in ({"act": "split"}, put_in)]
    deciding.record_all(edition, asked, someone(desk))
    rows = [Desk(edition, d.id).lines.rows(0, 1) for d in library.headings(edition)]
    assert ["".join(s.text for s in row.reading) for (row,) in rows] == ["один два ", "и три"]


def test_the_board_counts_leaves_and_not_where_documents_were_parted(made_of: Callable[[str], Desk]) -> None:
    text = "один\nдва\nтри\n"
    desk = made_of(text)
    person, sha = someone(desk), desk.lines.parts[0].stretch.text
    leaves = [(label, text.index(word)) for label, word in (("1", "один"), ("2", "два"), ("3", "три"))]
    asked = [{"transcript": sha, "act": "leaf", "leaf": leaf, "start": at, "end": at} for leaf, at in leaves]
    deciding.record_all(desk.edition, [*asked, {"transcript": sha, "act": "split", "start": text.index("два")}], person)
    assert [post.leaves for post in board.posts(desk.edition)] == [1, 2]
