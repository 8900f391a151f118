"""Commands that decide and take back: decide, undo, redo, revert."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import LETTER, PERSON, about, decide, done, history, lines, one_line, run
from workbench.core.acts import ACTS
from workbench.services import deciding


def reading() -> str:
    """The body of the letter as a reader gets it."""
    return done("show", "letter", "--text", "search").out.split("\t")[0]


def states() -> list[tuple[str, str]]:
    return [(row["act"], row["state"]) for row in history()]


# decide: what is good


def test_each_line_is_answered_in_order(edition: Path) -> None:
    """By its number and the id of the entry; blank lines count and get no answer."""
    good = lines([about("Тверн", page="Твери")]) + "\n" + lines([about("давно", "keep")])
    ran = done("decide", stdin=good)
    assert [answer["line"] for answer in ran.records] == [1, 3]
    assert [answer["id"] for answer in ran.records] == [row["id"] for row in history()]


def test_decisions_come_from_a_file_as_well(edition: Path) -> None:
    (edition / "decisions.jsonl").write_text(lines([about("Тверн", page="Твери")]), "utf-8")
    done("decide", "decisions.jsonl")
    assert history()[0]["page"] == "Твери" and history()[0]["person"] == PERSON


RECORDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (about("Тверн", page="Твери"), {"page": "Твери", "page_class": "ocr", "ground": "internal"}),
    (about("Тверн", reading="Твери", **{"class": "slip"}), {"reading": "Твери", "reading_class": "slip"}),
    (about("Тверн", page="Твери", ground="page", certainty="high", reason="видно"),
     {"ground": "page", "certainty": "high", "reason": "видно"}),
    (about("Тверн", page="Твери", **{"class": "unseen"}), {"page_class": "unseen"}),
    (about("Тверн", page="Твери", reason=None, before=None), {"page": "Твери", "reason": None}),
    (about("саде", "keep"), {"quote": "саде", "page": None}),
    (about("саде", "unclear", page="сади", extent="одна буква"), {"page": "сади", "data": {"extent": "одна буква"}}),
    (about("саде", "gap"), {"act": "gap"}),
    (about("саде", "blank"), {"act": "blank"}),
    (about("саде", "supply", reading="саду"), {"reading": "саду", "reading_class": "supply"}),
    (about("саде", "textual_note", body="так"), {"data": {"body": "так"}}),
    (about("Павел", "content_note", body="брат"), {"data": {"body": "брат"}}),
    (about("Павел", "check"), {"act": "check"}),
    (about("Павел", "hand", hand="ink"), {"data": {"hand": "ink"}}),
    (about("Павел", "zone", kind="addressee", hand="type", dated="1911"), {"act": "zone"}),
    (about("Павел", "leaf", leaf="7 об.", doubtful=True), {"data": {"doubtful": True, "leaf": "7 об."}}),
    ({"act": "describe", "document": 2, "fields": {"place": "Тверь"}}, {"act": "describe"}),
    ({"act": "split", "transcript": "letter.txt", "start": 15}, {"act": "split", "line": 2}),
    ({"act": "join", "document": "letter", "other": "bill"}, {"act": "join"}),
    ({"act": "word", "word": "Тверн", "scope": "edition"}, {"act": "word"}),
    ({"act": "keep_all", "pattern": "Тверн", "scope": "document", "document": "letter"}, {"act": "keep_all"}),
    ({"act": "rule", "rule": "dash", "version": "1", "on": True}, {"act": "rule"}),
    ({"act": "setting", "key": "language", "value": "en"}, {"act": "setting"}),
    ({"act": "style", "style": "reader", "key": "faults", "value": "keep"}, {"act": "style"}),
]  # fmt: skip
"""A good record for each act, and what the history then says."""


@pytest.mark.parametrize(("record", "expected"), RECORDS, ids=[f"{n}-{r['act']}" for n, (r, _) in enumerate(RECORDS)])
def test_every_documented_act_is_recorded_and_printed(
    edition: Path, record: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Whatever was recorded, every text and format can be printed afterwards."""
    decide(record)
    (row,) = history()
    assert {name: row[name] for name in expected} == expected
    for form, text in (("txt", "diplomatic"), ("md", "reading"), ("jsonl", "reading"), ("txt", "search")):
        assert done("export", "--format", form, "--text", text).out
    assert "intact" in done("verify").out


def test_the_acts_above_are_those_that_help_lists() -> None:
    """`accept` answers a suggestion and is `edit` otherwise."""
    words = " ".join(done("decide", "--help").out.split())
    listed = words.partition("act (")[2].partition(")")[0].split()
    assert {record["act"] for record, _ in RECORDS} == set(listed) - {"accept", "edit"} | {"edit"}


def test_a_note_is_replaced_by_naming_it(edition: Path) -> None:
    (first,) = decide(about("саде", "textual_note", body="так"))
    decide(about("саде", "textual_note", body="так в письме", supersedes=[first[:12]]))
    assert states() == [("textual_note", "superseded"), ("textual_note", "live")]


# decide: what is not


BAD: list[tuple[str, str]] = [
    ("{", "not JSON"),
    ("[1, 2]", "one JSON object"),
    ("[" * 100_000, "not JSON"),
    ('{"start": ' + "9" * 5000 + "}", "not JSON"),
    ("{}", "needs an act"),
    (lines([about("Тверн", page="Твери") | {"act": "improve"}]), "there is no act 'improve'; known: accept"),
    (lines([about("Тверн", page="Твери", colour="red")]), "does not take colour"),
    (lines([about("Тверн", page="Твери", body="x")]), "does not take body"),
    (lines([about("Тверн", page="Твери") | {"before": "Тверь"}]), "stands 'Тверн', not 'Тверь'"),
    (lines([about("Тверн", page="Твери") | {"transcript": "diary.txt"}]), "no transcript"),
    (lines([about("Тверн", page="Твери") | {"transcript": ""}]), "needs a transcript"),
    (lines([about("Тверн", page="Твери") | {"transcript": "f" * 64}]), "no text"),
    (lines([about("Тверн", page="Твери") | {"start": -1}]), "lies outside"),
    (lines([about("Тверн", page="Твери") | {"end": 10_000}]), "lies outside"),
    (lines([about("Тверн", page="Твери") | {"end": 3}]), "lies outside"),
    (lines([about("Тверн", page="Твери") | {"start": None}]), "needs start and end"),
    (lines([about("Тверн", page="Тверн")]), "use the act keep"),
    (lines([about("Тверн")]), "would stay as it is"),
    (lines([about("Тверн", "keep", page="Твери", reading="x")]), "takes no page"),
    (lines([about("Тверн", page="Твери", **{"class": "wrong"})]), "'wrong' is no class; known: ocr"),
    (lines([about("Тверн", page="Твери", ground="hearsay")]), "'hearsay' is no ground; known: page"),
    (lines([about("Тверн", page="Твери", certainty="dead")]), "'dead' is no certainty"),
    (lines([about("Тверн", page="Твери", suggestion="nosuch")]), "no suggestion nosuch"),
    (lines([about("Тверн", page="Твери", seen=["feedface"])]), "no entry"),
    (lines([about("Тверн", page="Твери", supersedes=["feedface"])]), "no entry"),
    (lines([about("Тверн", "zone", kind="cloud")]), "'cloud' is no zone kind"),
    (lines([about("Тверн", "textual_note")]), "needs body"),
    (lines([{"act": "describe", "document": "letter", "fields": {"colour": "red"}}]), "no such field: colour"),
    (lines([{"act": "describe", "document": "diary", "fields": {"kind": "x"}}]), "no document 'diary'"),
    (lines([{"act": "describe", "document": "letter"}]), "needs its fields"),
    (lines([about("Тверн") | {"start": "5"}]), "start must be a whole number"),
    (lines([about("Тверн", page="Твери", seen="feedface")]), "seen must be a list of texts"),
    (lines([about("Тверн", page="Твери", document=True)]), "document must be text, or a number in the list"),
    (lines([about("Тверн", page="Твери", hand="ink")]), "'edit' does not take hand"),
    (lines([about("Тверн", "leaf", leaf="5", doubtful="yes")]), "doubtful must be true or false"),
    (lines([about("Тверн", "zone", kind="closing", belongs={"start": 1})]), "belongs must be text, or an object"),
    (lines([{"act": "describe", "document": "letter", "fields": {"kind": 5}}]), "fields must be an object of texts"),
    (lines([{"act": "setting", "key": "language", "value": "xx"}]), "known: ru, en"),
    (lines([{"act": "setting", "key": "colour", "value": "red"}]), "no setting"),
    (lines([{"act": "style", "style": "archival", "key": "faults", "value": "hide"}]), "no setting of a style"),
    (lines([{"act": "style", "style": "baroque", "key": "faults", "value": "keep"}]), "no house style"),
    (lines([{"act": "person", "registers": "x"}]), "cannot be asked for"),
    (lines([{"act": "revert"}]), "cannot be asked for"),
]


@pytest.mark.parametrize(("line", "said"), BAD, ids=[f"{n}-{said}" for n, (_, said) in enumerate(BAD)])
def test_a_bad_line_is_answered_by_its_error(edition: Path, line: str, said: str) -> None:
    """The good ones before and after it are recorded all the same, and the exit code is 1."""
    good = [lines([about(word, "keep")]) for word in ("Дорогой", "саде")]
    ran = run("decide", stdin=good[0] + line.rstrip("\n") + "\n" + good[1])
    assert ran.code == 1 and ran.err == ""
    first, second, third = ran.records
    assert second.keys() == {"line", "error"} and second["line"] == 2 and said in second["error"]
    assert {first["id"], third["id"]} == {row["id"] for row in history()}


VALUES: list[Any] = [5, 2.5, True, "нечто", "\ud800", [], [1], {}, {"start": "x"}, 10**30]
BY_ACT = {record["act"]: record for record, _ in RECORDS}
FIELDS = [field for field in deciding.FIELDS if field != "act"]
OWN = {act: list(ACTS[act].fields) for act in BY_ACT if ACTS[act].fields}


@pytest.mark.parametrize(("act", "fields"), [("edit", FIELDS), *OWN.items()], ids=["edit", *OWN])
def test_a_value_of_the_wrong_kind_is_recorded_by_no_field(edition: Path, act: str, fields: list[str]) -> None:
    """Whatever stands where: each line is answered, and what was taken can be read again and printed."""
    asked = [
        json.dumps(BY_ACT[act] | {field: value}) + "\n" for field in fields for value in VALUES
    ]  # with escapes: a lone surrogate cannot be written otherwise
    ran = run("decide", stdin="".join(asked))
    assert ran.err == "" and [answer["line"] for answer in ran.records] == list(range(1, len(asked) + 1))
    taken = [json.loads(asked[answer["line"] - 1]) for answer in ran.records if "id" in answer]
    for record in taken:
        for field in {"body", "page", "reading", "reason", "leaf", "word", "pattern", "key", "kind"} & record.keys():
            assert record[field] is None or isinstance(record[field], str)
    for words in (["export", "--format", "jsonl"], ["export"], ["list"], ["log"], ["settings"], ["verify"]):
        done(*words)


def test_bytes_that_are_no_utf8_are_a_bad_line(edition: Path) -> None:
    """From a file and from a pipe."""
    good = lines([about("саде", "keep")]).encode()
    bad = json.dumps(about("Тверн") | {"page": "?"}, ensure_ascii=False).encode().replace(b"?", b"\xff\xfe") + b"\n"
    (edition / "decisions.jsonl").write_bytes(bad + good)
    for ran in (run("decide", stdin=bad + good), run("decide", "decisions.jsonl")):
        assert ran.code == 1 and ran.err == ""
        assert [sorted(answer) for answer in ran.records] == [["error", "line"], ["id", "line"]]


def test_nothing_to_decide_is_no_failure(edition: Path) -> None:
    ran = done("decide", stdin="\n\n")
    assert ran.data == b"" and history() == []


def test_a_file_of_decisions_that_is_not_there_is_a_usage_error(edition: Path) -> None:
    ran = run("decide", "nowhere.jsonl")
    assert ran.code == 2 and "nowhere.jsonl" in ran.err and "Traceback" not in ran.err


def test_what_was_decided_since_is_not_overwritten(edition: Path) -> None:
    """A writer that says which heads it saw is refused where somebody else decided meanwhile."""
    (head,) = done("status", "--json").records[0]["heads"] or decide(about("Дорогой", "keep"))
    decide(about("Тверн", page="Твери"))
    ran = run("decide", stdin=lines([about("Тверн", page="Тверь", seen=[head])]))
    assert ran.code == 1 and "error" in ran.records[0]
    assert "из Твери" in reading()


# decide: as one


def test_atomic_records_all_or_none(edition: Path) -> None:
    """Each line is answered: the failed one by its error, the others by its number."""
    asked = [about("Дорогой", "keep"), about("Тверн") | {"before": "x"}, about("саде", "keep")]
    ran = run("decide", "--atomic", stdin=lines(asked))
    assert ran.code == 1
    assert [answer["line"] for answer in ran.records] == [1, 2, 3]
    assert [answer["error"] for answer in ran.records[::2]] == ["not recorded: line 2 failed"] * 2
    assert "not 'x'" in ran.records[1]["error"] and history() == []
    del asked[1]
    assert len(done("decide", "--atomic", stdin=lines(asked)).records) == len(history()) == 2


def test_a_batch_is_undone_as_one(edition: Path) -> None:
    decide(about("Дорогой", "keep"))
    asked = lines([about("Тверн", page="Твери"), about("давно", page="уже")])
    done("decide", "--batch", "spring", stdin=asked)
    assert {row["batch"] for row in history()} == {None, "spring"}
    ran = done("undo")
    assert len(ran.records[0]["entries"]) == 2 and "2 entries taken back" in ran.err
    assert states() == [("keep", "live"), ("edit", "reverted"), ("edit", "reverted"), ("revert", "live")]


# undo, redo, revert


def test_undo_and_redo_go_back_and_forth(edition: Path) -> None:
    raw = reading()
    (made,) = decide(about("Тверн", page="Твери"))
    mended = reading()
    ran = done("undo")
    assert ran.records[0]["entries"] == [made] and ran.err == "1 entry taken back\n"
    assert reading() == raw != mended
    assert done("redo").err == "1 entry brought back\n"
    assert reading() == mended
    assert "intact" in done("verify").out


def test_undo_without_anything_of_ones_own_says_so(edition: Path) -> None:
    """Another person's work is not taken back."""
    decide(about("Тверн", page="Твери"))
    ran = run("--person", "Илья Гончар", "undo")
    assert ran.code == 1 and ran.data == b"" and ran.err == "there is nothing of yours to take back\n"
    assert states() == [("edit", "live")]


def test_redo_without_an_undo_says_so(edition: Path) -> None:
    decide(about("Тверн", page="Твери"))
    ran = run("redo")
    assert ran.code == 1 and ran.data == b"" and ran.err == "there is nothing to bring back\n"


def test_revert_takes_back_an_entry_or_a_batch_of_anybody(edition: Path) -> None:
    (single,) = decide(about("Дорогой", page="Милый"), person="Илья Гончар")
    asked = lines([about("Тверн", page="Твери"), about("давно", page="уже")])
    batch = [r["id"] for r in done("--person", "Илья Гончар", "decide", "--batch", "spring", stdin=asked).records]
    assert done("revert", single[:10]).records[0]["entries"] == [single]
    (reverted,) = done("revert", "spring").records
    assert reverted["entries"] == sorted(batch)
    assert LETTER.split("\n")[1] in reading()
    done("revert", reverted["id"])
    assert "из Твери" in reading() and "Яблони уже" in reading()


@pytest.mark.parametrize("wanted", ["feedface", "spring", "'; --", "%"])
def test_revert_of_what_is_not_there_is_refused(edition: Path, wanted: str) -> None:
    ran = run("revert", "--", wanted)
    assert ran.code == 1 and "no entry" in one_line(ran)


def test_what_is_taken_back_cannot_be_taken_back_again(edition: Path) -> None:
    (made,) = decide(about("Тверн", page="Твери"))
    done("revert", made)
    ran = run("revert", made)
    assert ran.code == 1 and "taken back already" in one_line(ran)
