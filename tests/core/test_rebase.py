"""Carrying decisions to another text: nothing is dropped, and what both texts have reads the same in both."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.entry import Decision, Entry
from workbench.core.pieces import Fragment, reading, replay
from workbench.core.rebase import Alignment, carry

WORDS = st.lists(
    st.sampled_from(["сад", "дом", "лес", "река", "поле", "год", "артель", "сев"]), min_size=4, max_size=30
)


def sealed(decisions: list[Decision]) -> list[Entry]:
    return [
        Entry.seal(d, parents=[], lamport=n, person="anna", role="transcriber", time="2026-01-01T00:00:00.000000Z")
        for n, d in enumerate(decisions, 1)
    ]  # fmt: skip


def about(text: str, start: int, end: int, act: str = "edit", page: str | None = "X") -> Decision:
    return Decision(
        act=act, text="old", start=start, end=end, quote=text[start:end], prefix=text[max(0, start - 24) : start],
        suffix=text[end : end + 24], page=page if act == "edit" else None, page_class="ocr" if act == "edit" else None,
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(WORDS, st.data())
def test_nothing_is_dropped_and_nothing_overlaps(words: list[str], data: st.DataObject) -> None:
    """Whatever the new text is, each decision has one fate, and what is carried stands upon its words."""
    old = " ".join(words)
    new = " ".join(data.draw(st.permutations(words)) if data.draw(st.booleans()) else data.draw(WORDS))
    spans = data.draw(st.lists(st.integers(0, len(words) - 1), unique=True, max_size=6))
    decisions = []
    for n in sorted(spans):
        start = len(" ".join(words[:n])) + (n > 0)
        decisions.append(about(old, start, start + len(words[n]), "keep" if n % 2 else "edit", words[n] + "!"))
    live = sealed(decisions)
    found = carry(Alignment(old, new), live, "new")
    assert sorted(one.entry.id for one in found) == sorted(e.id for e in live)
    spans_new = sorted((one.start, one.end) for one in found if one.decision is not None)
    assert all(a[1] <= b[0] for a, b in pairwise(spans_new))
    for one in found:
        assert 0 <= one.start <= one.end <= len(new)
        assert (one.decision is None) == (one.fate == "look")
        if one.decision is not None:
            assert one.decision.quote == new[one.start : one.end] and one.decision.carried_from == one.entry.id
            if one.fate in ("kept", "moved"):
                assert one.decision.quote == one.entry.decision.quote


@settings(max_examples=200, deadline=None)
@given(WORDS, st.sampled_from(["", "(1)\n", "Копия. "]), st.sampled_from(["", "\nконец"]), st.data())
def test_what_is_only_moved_reads_the_same(words: list[str], head: str, tail: str, data: st.DataObject) -> None:
    """A head and a tail more: every decision is carried, and the reading of what was there is what it was."""
    old = " ".join(words)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, min(len(old), start + 9)))
    live = sealed([about(old, start, end)])
    new = head + old + tail
    (one,) = carry(Alignment(old, new), live, "new")
    assert one.decision is not None, (old, start, end, new)
    carried = sealed([one.decision])
    assert reading(replay(Fragment(new), carried)) in {
        head + reading(replay(Fragment(old), live)) + tail,
        # an insertion at the very end or beginning may stand on either side of what is new there
        new[: one.start] + "X" + new[one.end :],
    }


def test_what_the_new_machine_read_right_is_kept_as_it_stands() -> None:
    old, new = "из Тверн о саде", "из Твери о саде"
    (one,) = carry(Alignment(old, new), sealed([about(old, 3, 8, page="Твери")]), "new")
    assert (one.fate, one.start, one.end) == ("right", 3, 8)
    assert one.decision is not None and one.decision.act == "keep" and one.decision.quote == "Твери"


def test_a_place_that_is_elsewhere_is_found_by_what_stands_around_it() -> None:
    old = "первая строка письма\nвторая строка артелн\n" + "х" * 30
    new = "у" * 30 + "\nвторая строка артелн\nпервая строка письма\n"
    start = old.index("артелн")
    (one,) = carry(Alignment(old, new), sealed([about(old, start, start + 6)]), "new")
    assert one.fate == "moved" and new[one.start : one.end] == "артелн"


def test_the_hash_of_a_carried_decision_has_where_it_came_from() -> None:
    (entry,) = sealed([about("из Тверн", 3, 8)])
    assert "carried_from" not in entry.body
    (one,) = carry(Alignment("из Тверн", "и из Тверн"), [entry], hashlib.sha256(b"").hexdigest())
    assert one.decision is not None
    (again,) = sealed([one.decision])
    assert f'"carried_from":"{entry.id}"' in again.body
    assert Entry.open(id=again.id, parents=(), lamport=1, body=again.body).decision == one.decision


def test_what_was_taken_out_is_right_where_the_new_text_lacks_just_that() -> None:
    """Where more is lacking, a word or a line, nobody knows what was there."""
    old, speck = "сад ‘ дом\nлес река\n", 4
    (entry,) = sealed([about(old, speck, speck + 2, page="")])
    for new, fate in (
        ("сад дом\nлес река\n", "right"), ("сад\nлес река\n", "look"), ("лес река\n", "look"),
        ("сад · дом\nлес река\n", "look"),
    ):  # fmt: skip
        (one,) = carry(Alignment(old, new), [entry], "new")
        assert (one.fate, one.decision) == (fate, None), new
    moved = replace(entry, decision=replace(entry.decision, page="", reading="["))
    assert carry(Alignment(old, "сад дом\nлес река\n"), [moved], "new")[0].fate == "look"


def test_what_is_looked_for_is_never_found_in_the_words_of_another_place() -> None:
    """Places of real readings: the speck's sign stands elsewhere, and the hyphenated word's beginning in its like."""
    for old, new, quote in (
        ("общее посмешище в театре... : т\n° РЕЖИССЕР.", "общее посмешище в театре... г 5\n° РЕЖИССЕР.", " т\n"),
        ("Мезальянсова уходит. : р з\n. ЧУДАКОВ. Ну", "Мезальянсова уходит. АЕ 2\n‚ ЧУДАК, Ну", ". ЧУД"),
        ("щи из кислой капусты и капу,\nвечером ужин", "щи из кислой капусты и кату, вечером ужин", "капу,"),
    ):
        start = old.index(quote)
        end = start + len(quote.rstrip("\n,ЧУД"))
        (one,) = carry(Alignment(old, new), sealed([about(old, start, end)]), "new")
        assert (one.fate, one.decision) == ("look", None), quote
