"""Whatever was split and joined, each place of a text belongs to one stretch of one document."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.documents import Document, Stretch, fold_documents
from workbench.core.entry import Decision, Entry

LENGTHS = {"a" * 64: 9, "b" * 64: 4, "c" * 64: 0}
shapes = st.lists(
    st.tuples(st.sampled_from(["split", "join"]), st.integers(0, 9), st.integers(0, 9), st.sampled_from("ab")),
    max_size=12,
)


def shaped(steps: Iterable[tuple[str, int, int, str]]) -> tuple[Document, ...]:
    """The documents after splits at offsets and joins of one with another, by their numbers."""
    done: list[Entry] = []
    found = fold_documents(LENGTHS.items(), done)
    for act, one, other, text in steps:
        document = found[one % len(found)].id
        asked = Decision(act="join", data={"document": document, "other": found[other % len(found)].id})
        if act == "split":
            asked = Decision(
                act="split", text=text * 64, start=other, end=other, quote="", data={"document": document}
            )  # fmt: skip
        done.append(Entry.seal(asked, parents=[], lamport=len(done), person="p", role="editor", time="t"))
        found = fold_documents(LENGTHS.items(), done)
    return found


@given(shapes)
def test_each_place_belongs_to_the_stretch_that_begins_there_or_goes_on_there(
    steps: list[tuple[str, int, int, str]],
) -> None:
    """Of two that meet it is the second; at the end of a text, where none begins, the last."""
    stretches = [s for d in shaped(steps) for s in d.stretches]
    for text, length in LENGTHS.items():
        own = [s for s in stretches if s.text == text]
        for offset in range(length + 1):
            reached = [s for s in own if s.start <= offset <= s.end]
            assert [s for s in own if s.holds(offset, length)] == [max(reached, key=lambda s: s.start)]


def test_what_a_new_text_left_nothing_of_holds_nothing() -> None:
    """A rebase may leave a document empty; what stands there is of the one that begins there."""
    assert not Stretch("t", 4, 4).holds(4, 9)
    assert Stretch("t", 4, 9).holds(4, 9)
