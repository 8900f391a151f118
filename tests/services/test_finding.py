"""Finding one's way: searching as one types, going to what is named, what differs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import someone, split_and_joined
from workbench.core.errors import UsageError
from workbench.services import checking, deciding, library
from workbench.services.document.desk import Desk
from workbench.services.document.differing import Unit, changes, differences
from workbench.services.document.going import goto, leaves_of
from workbench.services.document.searching import Search

TEXT = "Ещё раз о Елке\nвсе ещё тут\nраз-\nводка\nконец\n"
Make = Callable[[str], Desk]


def found(desk: Desk, query: str, after: int | None = None, *, backwards: bool = False) -> int | None:
    text = desk.lines.parts[0].stretch.text
    hit = Search(desk).next(query, (text, after) if after is not None else None, backwards=backwards)
    return hit.start if hit else None


@pytest.mark.parametrize(
    ("query", "count"),
    [("еще", 2), ("ЕЩЁ", 2), ("ёлк", 1), ("ещё   тут", 1), ("раз", 2), (".", 0), ("(", 0), ("  ", 0)],
)
def test_what_is_typed_is_found_however_it_is_written(made_of: Make, query: str, count: int) -> None:
    assert Search(made_of(TEXT)).count(query) == count


def test_the_search_goes_round_both_ways(made_of: Make) -> None:
    desk = made_of(TEXT)
    second = TEXT.index("ещё тут")
    assert found(desk, "ещё") == 0
    assert found(desk, "ещё", 0) == second
    assert found(desk, "ещё", second) == 0
    assert found(desk, "ещё", 0, backwards=True) == second
    assert found(desk, "нет такого") is None


@pytest.mark.parametrize("backwards", [False, True])
def test_the_search_goes_round_a_document_of_two_parts_of_one_text(made_of: Make, backwards: bool) -> None:
    text = "а раз\nб раз\nв раз\n"
    desk = made_of(text)
    whole = split_and_joined(desk, text.index("б"), someone(desk))
    places = [m.start() for m in re.finditer("раз", text)]
    onward = dict(zip(places, [*places[1:], places[0]], strict=True))
    for here, following in onward.items():
        before, after = (following, here) if backwards else (here, following)
        assert found(whole, "раз", before, backwards=backwards) == after


def test_what_was_decided_is_found_as_it_reads_and_as_it_stood(made_of: Make) -> None:
    desk = made_of(TEXT)
    desk.edit_line(4, "финал", someone(desk))
    assert Search(desk).count("финал") == Search(desk).count("конец") == 1


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("2", TEXT.index("все")), ("«раз о»", TEXT.index("раз о")), ("водка", TEXT.index("водка")),
        ("л. 7", TEXT.index("все")), ("7 об.", TEXT.index("раз-")), ("f 7v", TEXT.index("раз-")),
        ("Лист 7", TEXT.index("все")),
    ],
)  # fmt: skip
def test_one_goes_to_a_line_a_leaf_or_words(made_of: Make, typed: str, start: int) -> None:
    desk = made_of(TEXT)
    text = desk.lines.parts[0].stretch.text
    asked = [
        {"act": "leaf", "leaf": label, "transcript": text, "start": at, "end": at}
        for label, at in (("7", TEXT.index("все")), ("7 об.", TEXT.index("раз-")))
    ]
    deciding.record_all(desk.edition, asked, someone(desk))
    assert goto(desk.edition, desk.document, typed) == (text, start)


def test_a_leaf_that_begins_where_two_parts_meet_is_named_once(made_of: Make) -> None:
    desk = made_of(TEXT)
    person, at = someone(desk), TEXT.index("все")
    whole = split_and_joined(desk, at, person)
    text = whole.lines.parts[0].stretch.text
    asked = [{"act": act, "transcript": text, "start": at, "end": at, **more}
             for act, more in (("leaf", {"leaf": "7"}), ("check", {}))]  # fmt: skip
    deciding.record_all(whole.edition, asked, person)
    assert [leaf.leaf for leaf in leaves_of(whole)] == ["7"]
    assert [place.leaf for place in checking.places(whole.edition, library.headings(whole.edition))] == ["7"]


@pytest.mark.parametrize(("typed", "there"), [("99", "1–5"), ("л. 3", "no leaf is"), ("«нигде»", "neither raw nor")])
def test_what_is_not_there_is_answered_by_what_is(made_of: Make, typed: str, there: str) -> None:
    desk = made_of(TEXT)
    with pytest.raises(UsageError, match=there):
        goto(desk.edition, desk.document, typed)


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["word", "character"]))
def test_the_sides_of_a_difference_are_the_two_lines(old: str, new: str, unit: Unit) -> None:
    found = changes(old, new, unit)
    assert "".join(c.old for c in found) == old
    assert "".join(c.new for c in found) == new
    assert all(c.old and c.new for c in found if c.same)


def test_only_lines_that_read_otherwise_differ(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    desk.edit_line(4, "концы", person)
    desk.keep(next(p for p in desk.places(1)), person)
    (one,) = differences(desk)
    assert (one.row, one.line) == (4, 5)
    assert [(c.old, c.new) for c in one.changes if not c.same] == [("конец", "концы")]
    (by_letters,) = differences(desk, "character")
    assert [(c.old, c.new) for c in by_letters.changes if not c.same] == [("ец", "цы")] or len(by_letters.changes) > 2
