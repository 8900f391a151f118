"""JSON Lines: a program finds in it everything that the other formats say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exporters.letter import DECISIONS, DESCRIPTION, RAW, letter, sheet
from workbench.core.printing import TextKind
from workbench.core.style import STYLES
from workbench.exporters.frame import words_of
from workbench.exporters.jsonl import write_jsonl
from workbench.readers import read

Record = dict[str, Any]
LETTERS: list[tuple[TextKind, str]] = [
    *(("reading", style) for style in STYLES),
    ("diplomatic", "archival"),
    ("search", "archival"),
]  # fmt: skip


def records(written: str) -> list[Record]:
    assert written.endswith("\n")
    return [json.loads(line) for line in written[:-1].split("\n")]


def of(kind: str, written: str) -> list[Record]:
    return [record for record in records(written) if record["record"] == kind]


@pytest.mark.parametrize(("kind", "style"), LETTERS)
def test_every_line_is_a_record_of_a_known_kind_in_order(kind: TextKind, style: str) -> None:
    """The document first, then blocks, notes and corrections."""
    kinds = [record["record"] for record in records(write_jsonl(letter(kind, style)))]
    assert kinds[0] == "document"
    assert list(dict.fromkeys(kinds)) == [k for k in ("document", "block", "note", "correction") if k in kinds]
    assert kinds.count("document") == 1


@pytest.mark.parametrize(("kind", "style"), LETTERS)
def test_the_records_written_again_are_the_same_bytes(kind: TextKind, style: str) -> None:
    """Sorted keys, letters as letters."""
    written = write_jsonl(letter(kind, style))
    again = "".join(json.dumps(r, ensure_ascii=False, sort_keys=True) + "\n" for r in records(written))
    assert again == written


@pytest.mark.parametrize(("kind", "style"), LETTERS)
def test_the_printed_text_comes_back(kind: TextKind, style: str) -> None:
    """Blocks with their inlines, and each note under its label."""
    export = letter(kind, style)
    written = write_jsonl(export)
    blocks = [
        (b["section"], b["zone"], b["text"], [(i["text"], i["role"], i["start"], i["end"]) for i in b["inlines"]])
        for b in of("block", written)
    ]
    assert blocks == [
        (b.section, b.zone, b.plain, [(i.text, i.role, i.start, i.end) for i in b.inlines])
        for b in export.printed.blocks
    ]
    notes = [(n["series"], n["label"], n["code"], n["lemma"], n["text"], n["entry"]) for n in of("note", written)]
    assert notes == [(n.series, n.label, n.code, n.lemma, words_of(n, "ru"), n.entry) for n in export.printed.notes]


def test_every_reference_names_a_note_and_every_note_is_referred_to() -> None:
    written = write_jsonl(letter())
    named = {i["note"] for b in of("block", written) for i in b["inlines"] if "note" in i}
    assert named == {n["label"] for n in of("note", written)}
    roles = {i["role"] for b in of("block", written) for i in b["inlines"] if "note" in i}
    assert roles == {"ref", "ref-open"}


def test_an_inline_of_raw_text_stands_at_its_offsets() -> None:
    """The offsets count in the file that the text was read from."""
    raw = read(RAW.encode(), name="pismo.md").content
    plain = [i for b in of("block", write_jsonl(letter())) for i in b["inlines"] if i["role"] == "text"]
    assert len(plain) > 20
    for inline in plain:
        assert raw[inline["start"] : inline["end"]].strip() == inline["text"].strip()


def test_every_departure_is_a_correction_with_who_and_why() -> None:
    """Those of the letter, in order of place, with the person's name in place of the id; conflicts are none yet."""
    found = of("correction", write_jsonl(letter()))
    text_acts = [
        (act, quote) for act, quote, _ in DECISIONS
        if act in ("accept", "edit", "keep", "supply", "unclear", "gap", "blank") and quote != "4/7"
    ]  # fmt: skip
    assert [(c["act"], RAW[c["start"] : c["end"]]) for c in found] == text_acts
    assert {c["person"] for c in found} == {"Нина Орлова"}
    first = found[0]
    assert (first["raw"], first["page"], first["reading"]) == ("31 апреля", "31 апреля", "30 апреля")
    assert (first["line"], first["reading_class"], first["reason"]) == (6, "source", "в апреле 30 дней")


def test_the_document_says_what_the_text_is_and_rests_on() -> None:
    """Description, legend, style with rules, transcripts with their hashes, heads of the journal."""
    (document,) = of("document", write_jsonl(letter("reading", "reader")))
    assert document["description"] == DESCRIPTION
    assert document["legend"].startswith("Районный архив. Ф. 5. Оп. 1. Д. 23. Л. 13–14.")
    assert (document["text"], document["style"], document["rules"]) == ("reading", "reader", ["dash@1"])
    assert document["transcripts"] == [{"name": "pismo.md", "sha256": "a" * 64}]
    assert document["heads"] == ["f" * 64]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_stays_on_its_line_and_comes_back(text: str) -> None:
    """Line ends, quotes, NUL and the separators that only Unicode knows."""
    document, block = records(write_jsonl(sheet((text,), title=text)))
    assert (document["title"], block["text"]) == (text, text)
