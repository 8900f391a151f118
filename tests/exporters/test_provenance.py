"""PROV: what an editor or a machine can follow in it, and that any text comes back from it."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prov.model import ProvDocument

from tests.exporters.story import (
    ACCEPTED,
    APPROVAL,
    BETTER,
    CARRIED,
    COMMENT,
    ELSEWHERE,
    NAMES,
    NOTE,
    PERSON,
    REVERT,
    TEXT,
    entries,
    history,
    whole,
)
from workbench.core.acts import ACTS
from workbench.core.entry import Decision, Entry
from workbench.exporters.history import Told
from workbench.exporters.provenance import KINDS, Whole, write_prov

ANY = st.text(st.characters(exclude_categories=["Cs"]))
RELATED = {
    "wasGeneratedBy": ("entity", "activity"), "used": ("activity", "entity"),
    "wasInvalidatedBy": ("entity", "activity"), "wasDerivedFrom": ("generatedEntity", "usedEntity"),
    "wasAttributedTo": ("entity", "agent"), "wasAssociatedWith": ("activity", "agent"),
    "alternateOf": ("alternate1", "alternate2"), "hadMember": ("collection", "entity"),
}  # fmt: skip
"""Relations that are written, with what each relates."""


def document(told: tuple[Told, ...] = history(), about: Whole | None = None) -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(write_prov(told, about or whole())))
    return read


def name(kind: str, number: int) -> str:
    return f"id:{kind}-{entries()[number].id}"


def pairs(found: dict[str, Any], relation: str, kind: str | None = None) -> set[tuple[str, str]]:
    """What a relation relates; `kind`: of those derivations only."""
    one, other = (f"prov:{role}" for role in RELATED[relation])
    return {
        (r[one], r[other])
        for r in found[relation].values()
        if kind is None or r.get("prov:type", {}).get("$") == f"prov:{kind}"
    }


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """A document without the names of its relations, which count in the order of writing."""
    return {
        section: sorted(map(json.dumps, values.values())) if section in RELATED else values
        for section, values in found.items()
    }


def test_it_reads_as_it_was_written() -> None:
    """By the library, with no warning, to an equal document."""
    written = "".join(write_prov(history(), whole()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = ProvDocument.deserialize(content=written, format="json")
        again = ProvDocument.deserialize(content=read.serialize(format="json"), format="json")
    assert read == again
    assert plain(json.loads(str(read.serialize(format="json")))) == plain(json.loads(written))


def test_it_has_the_shape_that_the_submission_asks_for() -> None:
    """Known sections, relations with both their ends, values that are literals or typed, names of our namespaces."""
    found = document()
    assert found.keys() <= {"prefix", "entity", "activity", "agent", *RELATED}
    described = {**found["entity"], **found["activity"], **found["agent"]}
    assert len(described) == sum(len(found[section]) for section in ("entity", "activity", "agent"))
    for thing, values in described.items():
        assert re.fullmatch(r"id:[a-z]+(-[A-Za-z0-9_]+)+", thing)
        for attribute, value in values.items():
            assert re.fullmatch(r"(prov|wb):[A-Za-z_0-9]+", attribute)
            assert isinstance(value, str) or (value.keys() == {"$", "type"} and isinstance(value["$"], str))
    for relation in RELATED:
        for ends in pairs(found, relation):
            assert set(ends) <= described.keys()


def test_a_decision_is_the_act_of_a_person_on_a_span_that_left_a_reading() -> None:
    found = document()
    act, left = found["activity"][name("act", BETTER)], found["entity"][name("entry", BETTER)]
    assert act["prov:startTime"] == act["prov:endTime"] == "2031-05-02T09:00:03.000123+00:00"
    assert act["prov:type"]["$"] == "wb:edit"
    assert (left["prov:value"], left["prov:type"]["$"]) == ("Тверь", "wb:Reading")
    assert (left["wb:page_class"], left["wb:ground"], left["wb:verdict"]) == ("ocr", "page", "approved")
    assert (name("entry", BETTER), name("act", BETTER)) in pairs(found, "wasGeneratedBy")
    span = f"id:span-{TEXT}-13-18"
    assert found["entity"][span]["prov:value"] == "Тверн"
    assert (name("act", BETTER), span) in pairs(found, "used")
    (role,) = [r["prov:role"] for r in found["wasAssociatedWith"].values() if r["prov:activity"] == name("act", BETTER)]
    assert role == "editor"
    assert found["agent"]["id:person-lev"] == {
        "prov:type": {"$": "prov:Person", "type": "xsd:QName"}, "prov:label": NAMES["lev"],
    }  # fmt: skip


def test_a_span_leads_back_to_the_bytes_and_the_image_of_the_page() -> None:
    found = document()
    text, transcript, image = f"id:text-{TEXT}", f"id:transcript-{'a' * 64}", f"id:image-{'b' * 64}"
    assert (f"id:span-{TEXT}-13-18", text) in pairs(found, "wasDerivedFrom", "Quotation")
    assert (text, transcript) in pairs(found, "wasDerivedFrom")
    assert (text, image) in pairs(found, "wasDerivedFrom", "PrimarySource")
    assert found["entity"][transcript]["wb:sha256"] == "a" * 64
    assert (text, "id:reader-plain-1") in pairs(found, "wasAttributedTo")
    assert ("id:edition-0123456789ab", transcript) in pairs(found, "hadMember")


def test_a_suggestion_is_its_suggesters_and_was_used_by_the_answer() -> None:
    found = document()
    suggestion = name("suggestion", ACCEPTED)
    assert (name("act", ACCEPTED), suggestion) in pairs(found, "used")
    assert (suggestion, "id:suggester-words-1_2e2") in pairs(found, "wasAttributedTo")
    assert found["agent"]["id:suggester-words-1_2e2"]["prov:type"]["$"] == "prov:SoftwareAgent"
    values = found["entity"][suggestion]
    assert (values["prov:value"], values["wb:probability"]["$"]) == ("Твери", "0.9")
    assert json.loads(values["wb:candidates"])[1] == {"text": "Тверь", "ppm": 50_000}
    assert json.loads(values["wb:evidence"])[0]["code"] == "unknown-word"


def test_replacing_revises_and_taking_back_invalidates() -> None:
    """Each entry was ended once at most, by the act that the history names."""
    found = document()
    assert pairs(found, "wasDerivedFrom", "Revision") == {(name("entry", BETTER), name("entry", ACCEPTED))}
    assert pairs(found, "wasInvalidatedBy") == {
        (name("entry", ACCEPTED), name("act", BETTER)), (name("entry", NOTE), name("act", REVERT)),
    }  # fmt: skip


@pytest.mark.parametrize(("who", "of"), [(APPROVAL, BETTER), (COMMENT, ACCEPTED), (REVERT, NOTE)])
def test_a_review_and_a_revert_used_what_they_speak_of(who: int, of: int) -> None:
    assert (name("act", who), name("entry", of)) in pairs(document(), "used")


def test_a_batch_is_a_collection_whatever_it_is_called() -> None:
    found = document()
    batch = "id:batch-" + "".join(f"_{byte:02x}" for byte in "урожай ".encode()) + "1"
    assert found["entity"][batch]["prov:type"]["$"] == "prov:Collection"
    assert {member for owner, member in pairs(found, "hadMember") if owner == batch} == {
        name("entry", ACCEPTED), name("entry", NOTE),
    }  # fmt: skip


def test_what_was_carried_over_goes_on_from_what_it_was() -> None:
    """And both readings of the page are known, the one that is not here by its hash."""
    found = document()
    assert (name("entry", CARRIED), name("entry", BETTER)) in pairs(found, "wasDerivedFrom")
    assert pairs(found, "alternateOf") == {(f"id:text-{ELSEWHERE}", f"id:text-{TEXT}")}
    assert found["entity"][f"id:text-{ELSEWHERE}"]["wb:sha256"] == ELSEWHERE


def test_an_edition_of_one_person_says_so() -> None:
    edition = document()["entity"]["id:edition-0123456789ab"]
    assert edition["wb:review"] == "others" and "wb:statement" not in edition
    edition = document(about=whole(alone=True))["entity"]["id:edition-0123456789ab"]
    assert edition["wb:review"] == "alone"
    assert edition["wb:statement"] == "Проверено только тем, кто решал."


def test_a_part_names_what_lies_outside_it() -> None:
    """A chosen entry keeps its ends; nothing is invented about the others."""
    found = document((history()[ACCEPTED],))
    assert pairs(found, "wasInvalidatedBy") == {(name("entry", ACCEPTED), name("act", BETTER))}
    assert name("act", BETTER) not in found["activity"]


def test_every_layer_has_a_type() -> None:
    assert KINDS.keys() == {act.layer for act in ACTS.values()}


def test_a_time_that_is_none_is_left_out() -> None:
    """A journal may come from a program that keeps other times."""
    (first, *_) = history()
    body = json.dumps(json.loads(first.entry.body) | {"time": "вчера"}, ensure_ascii=False)
    found = document((replace(first, entry=Entry.open(id=first.entry.id, parents=(), lamport=1, body=body)),))
    assert found["activity"][name("act", PERSON)] == {"prov:type": {"$": "wb:person", "type": "xsd:QName"}}


@settings(deadline=None, max_examples=50)
@given(ANY, ANY.filter(bool))
def test_any_text_and_any_name_come_back(text: str, odd: str) -> None:
    """Texts are exact; what is no letter or digit in a name is written as its bytes."""
    decision = Decision(act="edit", text=TEXT, start=0, end=len(text), quote=text, page=text, reason=text)
    entry = Entry.seal(decision, parents=(), lamport=1, person=odd, role=odd, time="2031", batch=odd)
    told = replace(history()[BETTER], entry=entry, person=text, person_id=odd)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = "".join(write_prov([told], whole()))
        read = ProvDocument.deserialize(content=written, format="json")
    found = json.loads(str(read.serialize(format="json")))
    assert plain(found) == plain(json.loads(written))
    assert found["entity"][f"id:entry-{entry.id}"]["wb:reason"] == text
    assert found["entity"][f"id:span-{TEXT}-0-{len(text)}"]["prov:value"] == text
    (agent,) = (a for a in found["agent"] if a.startswith("id:person-"))
    assert found["agent"][agent]["prov:label"] == text
    signs = re.findall("_([0-9a-f]{2})|([A-Za-z0-9])", agent.removeprefix("id:person-"))
    assert b"".join(bytes.fromhex(byte) or sign.encode() for byte, sign in signs).decode() == odd
