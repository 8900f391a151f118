"""Entries: the exact bytes that are hashed, and what is refused before anything is sealed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from workbench.core.entry import Decision, Entry, canonical, entry_id
from workbench.core.errors import RefusedError

EDIT: dict[str, Any] = {"act": "edit", "text": "ab" * 32, "start": 3, "end": 7, "quote": "двe ", "page": "две "}
BODY = (
    '{"act":"edit","end":7,"page":"две ","page_class":"ocr","person":"nina","quote":"двe ","role":"transcriber",'
    '"start":3,"text":"' + "ab" * 32 + '","time":"2026-01-02T03:04:05.000006Z"}'
)


def sealed(**more: Any) -> Entry:
    decision = Decision(**EDIT, page_class="ocr")
    common: dict[str, Any] = {
        "lamport": 1,
        "person": "nina",
        "role": "transcriber",
        "time": "2026-01-02T03:04:05.000006Z",
    }
    return Entry.seal(decision, parents=more.pop("parents", ()), **(common | more))


def test_the_body_is_these_bytes() -> None:
    """Sorted keys, no blanks, UTF-8, nothing that is empty."""
    assert sealed().body == BODY


def test_the_id_can_be_derived_without_this_program() -> None:
    parents = ["f" * 64, "0" * 64]
    by_hand = hashlib.sha256()
    by_hand.update(b"workbench/entry/1\x00")
    by_hand.update(("0" * 64 + " " + "f" * 64).encode("ascii"))
    by_hand.update(b"\x00")
    by_hand.update(BODY.encode("utf-8"))
    assert sealed(parents=parents).id == by_hand.hexdigest()
    assert entry_id(reversed(parents), BODY) == by_hand.hexdigest()


@pytest.mark.parametrize(
    "change", [{"person": "anna"}, {"parents": ["1" * 64]}, {"batch": "b"}, {"targets": ["2" * 64]}]
)
def test_whatever_differs_gives_another_id(change: dict[str, Any]) -> None:
    assert sealed(**change).id != sealed().id


def test_an_opened_entry_is_the_sealed_one() -> None:
    one = sealed(parents=["3" * 64], batch="b", supersedes=["4" * 64])
    assert Entry.open(id=one.id, parents=one.parents, lamport=one.lamport, body=one.body) == one


@pytest.mark.parametrize("value", [1.0, float("nan"), {"a": [1, {"b": 0.5}]}, ("x", 2.5)])
def test_no_float_is_hashed(value: object) -> None:
    with pytest.raises(RefusedError, match="floating"):
        canonical({"v": value})


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(RefusedError, match="surrogate"):
        canonical({"v": "\udc80"})


def test_canonical_json_is_json() -> None:
    value = {"я": [1, True, None, "\u2028"], "a": {"c": 1, "b": "\\"}}
    assert json.loads(canonical(value)) == value
    assert canonical(value) == '{"a":{"b":"\\\\","c":1},"я":[1,true,null,"\u2028"]}'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"act": "guess"}, "guess"),
        ({"start": None}, "needs a text, a span"),
        ({"start": 9}, "is no span"),
        ({"quote": "двe"}, "is not as long as"),
        ({"page": None}, "needs a page or a reading"),
        ({"act": "keep"}, "takes no page"),
        ({"page_class": "wrong"}, "no page class"),
        ({"ground": "hearsay"}, "no ground"),
        ({"certainty": "rather"}, "no certainty"),
        ({"data": {"colour": "red"}}, "does not take colour"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        Decision(**{**EDIT, **change})


def test_nothing_is_sealed_without_a_person() -> None:
    with pytest.raises(RefusedError, match="person"):
        sealed(person="")


def test_a_decision_about_a_place_has_a_span() -> None:
    one = Decision(**EDIT)
    assert one.span == (3, 7)
    assert one.place == ("ab" * 32, 3, 7)


@pytest.mark.parametrize("more", [{}, {"text": "ab" * 32}, {"text": "ab" * 32, "start": 3}, {"end": 3}])
def test_a_decision_about_no_place_has_none(more: dict[str, Any]) -> None:
    """Asking where it is all the same is a mistake of whoever asks; offset 0 is no answer."""
    one = Decision(act="comment", data={"body": "?"}, **more)
    assert one.place is None
    with pytest.raises(ValueError, match="comment"):
        _ = one.span
