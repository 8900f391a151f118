"""Lines that persons add: where they stand, in what order, and what two persons make of one."""

from __future__ import annotations

import pytest

from tests.core.model import TEXT, Copy
from workbench.core.added_lines import AddedLine, fold_lines
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError

RAW = "one\ntwo\n"


def add(copy: Copy, at: int, content: str, after: str = "", *, who: str = "a") -> Entry:
    decision = Decision(
        act="add_line", text=TEXT, start=at, end=at, quote="", page=content, data={"after": after}
    )  # fmt: skip
    return copy.about_line(decision, who)


def lines(copy: Copy) -> list[AddedLine]:
    return fold_lines(copy.history.live.values())


@pytest.mark.parametrize(
    ("raw", "at", "reading"),
    [
        ("one\ntwo\n", 0, "new\none\ntwo\n"),
        ("one\ntwo\n", 4, "one\nnew\ntwo\n"),
        ("one\ntwo\n", 8, "one\ntwo\nnew\n"),
        ("one\ntwo", 7, "one\ntwo\nnew"),
        ("", 0, "new\n"),
        ("one\r\ntwo", 5, "one\r\nnew\ntwo"),
    ],
)
def test_a_line_stands_where_it_was_added(raw: str, at: int, reading: str) -> None:
    copy = Copy(raw)
    add(copy, at, "new")
    assert copy.reading == reading


def test_several_lines_stand_in_the_order_in_which_they_follow_each_other() -> None:
    copy = Copy("")
    first = add(copy, 0, "1")
    second = add(copy, 0, "2", first.id)
    add(copy, 0, "3", second.id)
    add(copy, 0, "1a", first.id)  # put between them later
    add(copy, 0, "0")
    assert [line.content for line in lines(copy)] == ["0", "1", "1a", "2", "3"]


def test_what_followed_a_line_that_was_taken_out_or_taken_back_stays_in_its_place() -> None:
    copy = Copy("")
    first = add(copy, 0, "1")
    second = add(copy, 0, "2", first.id)
    add(copy, 0, "3", second.id)
    copy.line("delete", 1, "")
    assert [line.content for line in lines(copy)] == ["1", "3"]
    copy.revert(frozenset({first.id}))
    assert [line.content for line in lines(copy)] == ["3"]


def test_lines_added_by_two_persons_at_one_place_are_no_conflict_and_stand_alike_for_both() -> None:
    one = Copy(RAW)
    two = one.fork()
    add(one, 4, "hers", who="a")
    add(two, 4, "his", who="b")
    one.merge(two)
    two.merge(one)
    assert not one.history.conflicts
    assert one.reading == two.reading
    assert {line.content for line in lines(one)} == {"hers", "his"}


def test_a_line_that_two_persons_changed_at_once_is_in_conflict_until_somebody_settles_it() -> None:
    one = Copy(RAW)
    add(one, 4, "line")
    two = one.fork()
    one.line("set", 0, "hers", who="a")
    two.line("set", 0, "his", who="b")
    one.merge(two)
    assert len(one.history.conflicts) == 1
    (piece,) = [p for p in one.pieces if p.line is not None]
    assert piece.kind == "conflict" and len(piece.entries) == 2
    one.line("set", 0, "both", who="c")
    assert not one.history.conflicts
    assert one.reading == "one\nboth\ntwo\n"


def test_the_same_change_by_two_persons_is_an_agreement() -> None:
    one = Copy(RAW)
    add(one, 4, "line")
    two = one.fork()
    one.line("set", 0, "same", who="a")
    two.line("set", 0, "same", who="b")
    one.merge(two)
    assert not one.history.conflicts
    assert len(lines(one)[0].entries) == 2


def test_a_line_keeps_its_place_and_its_box_when_it_is_changed() -> None:
    copy = Copy("")
    box = {"x": 1, "y": 2, "width": 30, "height": 4}
    decision = Decision(
        act="add_line", text=TEXT, start=0, end=0, quote="", page="a", data={"after": "", "box": box}
    )  # fmt: skip
    first = copy.about_line(decision, "a")
    copy.line("set", 0, "b")
    (line,) = lines(copy)
    assert (line.id, line.content, line.box) == (first.id, "b", box)


def test_an_edit_of_raw_text_does_not_reach_into_an_added_line() -> None:
    copy = Copy(RAW)
    add(copy, 4, "new")
    with pytest.raises(RefusedError, match="added"):
        copy.edit(2, 6, "X")
    copy.edit(0, 3, "ONE")
    copy.edit(8, 8, "X")  # an insertion at the beginning of the raw line after it
    assert copy.reading == "ONE\nnew\nXtwo\n"


def test_a_line_that_is_gone_is_not_changed() -> None:
    copy = Copy(RAW)
    add(copy, 4, "new")
    (line,) = lines(copy)
    late = Decision(act="set_line", text=TEXT, start=4, end=4, quote="", page="late", data=line.standing())
    with pytest.raises(RefusedError, match="not there"):
        Copy(RAW).about_line(late, "a")


def test_what_is_typed_at_the_end_of_a_text_stands_before_the_lines_that_follow_it() -> None:
    copy = Copy("one\ntwo")
    add(copy, 7, "three")
    copy.edit(7, 7, "!")
    assert copy.reading == "one\ntwo!\nthree"
    with pytest.raises(RefusedError, match="added"):
        copy.edit(len(copy.reading), len(copy.reading), "?")
