"""Commands that read: list, log, show, diff, status, verify; reading writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import BILL, LETTER, PERSON, about, decide, done, one_line, run

MENDED = "из Твери о нашем саде"


def test_list_prints_a_line_a_document(edition: Path) -> None:
    printed = done("list").out.splitlines()
    assert len(printed) == 2
    assert printed[0].split()[:3] == ["1", "raw", "0"] and "bill.txt: Счет за доски." in printed[0]


def test_list_as_json_has_progress_and_persons(edition: Path) -> None:
    decide(about("Тверн", page="Твери"))
    bill, letter = done("list", "--json").records
    assert (bill["number"], bill["state"], bill["decisions"], bill["persons"]) == (1, "raw", 0, [])
    assert (letter["number"], letter["state"], letter["progress"]) == (2, "transcribing", "decided")
    assert letter["persons"] == [PERSON] and letter["transcripts"] == ["letter.txt"] and letter["lines"] == 3
    assert letter["last_decision"].endswith("Z")


def test_list_of_an_empty_edition_names_the_next_step(here: Path) -> None:
    done("init", "new")
    ran = done("-C", "new", "list")
    assert ran.data == b"" and "workbench add" in ran.err


def test_an_edition_is_found_from_a_folder_below_it(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(edition / "transcripts")
    assert len(done("list", "--json").records) == 2


@pytest.mark.parametrize(
    "find", [lambda d: d["number"], lambda d: d["id"], lambda d: d["id"][:6], lambda d: "letter.txt", lambda d: "павел"]
)
def test_a_document_is_named_in_several_ways(edition: Path, find: Callable[[dict[str, object]], object]) -> None:
    """By number, id, beginning of the id, file name, and words of its title in any case."""
    letter = done("list", "--json").records[1]
    assert done("show", find(letter), "--text", "raw").out == LETTER


@pytest.mark.parametrize("name", ["diary", "3", "0", "-1", "²", "9" * 5000, ""])
def test_a_document_that_is_not_there_is_a_usage_error(edition: Path, name: str) -> None:
    ran = run("show", "--", name)
    assert ran.code == 2
    one_line(ran)


def test_a_name_of_two_documents_lists_both(edition: Path) -> None:
    line = one_line(run("show", ".txt"))
    assert "1 bill.txt" in line and "2 letter.txt" in line


def test_show_prints_the_reading(edition: Path) -> None:
    assert "из Тверн" in done("show", "letter").out
    decide(about("Тверн", page="Твери"))
    assert MENDED in done("show", "letter").out


def test_show_prints_each_of_the_texts(edition: Path) -> None:
    """A slip stays on the page and goes from the reading; the search text has both, a paragraph a line."""
    decide(about("отцвели", reading="отцветали", **{"class": "slip"}))
    assert "давно отцвели." in done("show", "letter", "--text", "diplomatic").out
    assert "давно отцветали." in done("show", "letter", "--text", "reading").out
    found = [line for line in done("show", "letter", "--text", "search").out.splitlines() if "отцветали" in line]
    assert len(found) == 1 and "отцвели" in found[0].replace("отцветали", "")


def test_show_follows_the_style(edition: Path) -> None:
    """A fault with meaning stays in one style and is corrected in the other, noted in both."""
    decide(about("Павел", reading="Пётр", **{"class": "source"}))
    assert "Дорогой Павел" in done("show", "letter").out
    assert "Дорогой Пётр" in done("show", "letter", "--style", "reader").out


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffПервая\r\nвторая\rтретья\fчетвёртая",
        "и\u0306 не й; нуль\u200bширины; \u202eвлево; \x1b[31mкрасное\x1b[0m\n\n\n",
        "**Жирно** и \\*точно\\*  \n# Глава\n",
    ],
)
def test_show_raw_is_exact(here: Path, edition: Path, content: str) -> None:
    """Line ends, marks of order, escapes, notation: byte for byte what was received, decisions or none."""
    (here / "odd.txt").write_bytes(content.encode())
    done("add", here / "odd.txt")
    record = {"act": "edit", "transcript": "odd.txt", "start": 2, "end": 4, "page": "XYZ"}
    decide(record)
    assert done("show", "odd.txt", "--text", "raw").data == content.encode()


def test_show_at_an_entry_is_the_text_as_it_was_then(edition: Path) -> None:
    first, second = decide(about("Тверн", page="Твери"), about("давно", page="уже"))
    then = done("show", "letter", "--at", first[:12]).out
    assert MENDED in then and "Яблони давно" in then
    assert done("show", "letter", "--at", second).out == done("show", "letter").out


def test_show_at_a_time_is_the_text_as_it_was_then(edition: Path) -> None:
    """A day is meant whole; an exact time includes what was decided at it."""
    (first,) = decide(about("Тверн", page="Твери"))
    times = {row["id"]: row["time"] for row in done("log", "--json").records}
    decide(about("давно", page="уже"))
    assert "из Тверн" in done("show", "letter", "--at", "2001-01-31").out
    then = done("show", "letter", "--at", times[first]).out
    assert MENDED in then and "Яблони давно" in then
    assert "Яблони уже" in done("show", "letter", "--at", times[first][:10]).out


def test_show_at_a_time_before_a_split_has_no_such_document(edition: Path) -> None:
    done("split", "--line", "letter", "2")
    ran = run("show", "3", "--at", "2001-01-31")
    assert ran.code == 2 and "did not exist then" in one_line(ran)


@pytest.mark.parametrize("at", ["feedface", "tuesday", "9"])
def test_show_at_what_is_neither_time_nor_entry_is_a_usage_error(edition: Path, at: str) -> None:
    ran = run("show", "letter", "--at", at)
    assert ran.code == 2 and "no entry" in one_line(ran)


def test_show_in_an_unknown_style_lists_the_known_ones(edition: Path) -> None:
    ran = run("show", "letter", "--style", "baroque")
    assert ran.code == 2 and "archival, reader" in one_line(ran)


def test_diff_is_empty_until_something_was_changed(edition: Path) -> None:
    """Exit 0 and nothing, then exit 1 and the line with its number, before and after."""
    same = run("diff", "letter")
    assert (same.code, same.data) == (0, b"")
    decide(about("Тверн", page="Твери"), about("Яблони", "keep"))
    ran = run("diff", "letter")
    assert ran.code == 1
    assert ran.out.split("\n") == [
        "    2 - Пишу тебе из Тверн о нашем саде.", "      + Пишу тебе из Твери о нашем саде.", "",
    ]  # fmt: skip


def test_log_tells_who_did_what_and_why(edition: Path) -> None:
    (made,) = decide(about("Тверн", page="Твери", reason="город на Волге", **{"class": "ocr"}))
    line = done("log").out.splitlines()[-1]
    for part in (made[:10], PERSON, "edit", "letter.txt:2", "“Тверн” → “Твери”", "ocr", "город на Волге"):
        assert part in line


def test_log_as_json_is_a_row_of_the_history_a_line(edition: Path) -> None:
    """With what became of the entry."""
    (made,) = decide(about("Тверн", page="Твери"))
    done("undo")
    row = next(row for row in done("log", "--json").records if row["id"] == made)
    assert (row["person"], row["line"], row["quote"], row["page"], row["state"]) == (
        PERSON, 2, "Тверн", "Твери", "reverted",
    )  # fmt: skip


def test_log_of_a_document_leaves_the_others_out(edition: Path) -> None:
    decide(about("Тверн", page="Твери"), {"act": "describe", "document": "bill", "fields": {"kind": "счёт"}})
    assert [row["act"] for row in done("log", "letter", "--json").records] == ["edit"]
    assert [row["act"] for row in done("log", "bill", "--json").records] == ["describe"]


def test_status_counts(edition: Path) -> None:
    (made,) = decide(about("Тверн", page="Твери"))
    (facts,) = done("status", "--json").records
    assert (facts["documents"], facts["decided"], facts["open_suggestions"], facts["conflicts"]) == (2, 1, 0, 0)
    assert facts["edition"] == str(edition) and facts["person"] == PERSON
    assert facts["entries"] == 2 and facts["heads"] == [made]
    assert facts["bytes"] == (edition / "corrections.db").stat().st_size
    printed = dict(line.rsplit(maxsplit=1) for line in done("status").out.splitlines())
    assert (printed["documents"], printed["open suggestions"]) == ("2", "0")


def test_status_where_nobody_is_named(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_PERSON")
    printed = dict(line.rsplit(maxsplit=1) for line in done("status").out.splitlines())
    assert printed["person"] == "–" and done("status", "--json").records[0]["person"] is None


def test_status_says_what_happened_to_the_files(edition: Path) -> None:
    """Decisions rest on the bytes that were imported; the raw text does not change with the file."""
    (edition / "transcripts" / "bill.txt").write_text("Подменено.\n", "utf-8")
    (edition / "transcripts" / "letter.txt").unlink()
    said = done("status").err
    assert "bill.txt was changed after its import" in said and "letter.txt is no longer in" in said
    assert len(done("status", "--json").records[0]["changed_files"]) == 2
    assert done("show", "bill", "--text", "raw").out == BILL


def test_verify_says_intact_and_what_that_does_not_mean(edition: Path) -> None:
    decide(about("Тверн", page="Твери"))
    ran = done("verify")
    assert "the journal is intact: 2 entries" in ran.out and "nothing about whether the text is right" in ran.err


def test_verify_finds_tampering(edition: Path) -> None:
    """Exit 5, each problem in a line, then the verdict."""
    with sqlite3.connect(edition / "corrections.db") as db:
        db.execute("UPDATE transcripts SET bytes = CAST('x' AS BLOB) WHERE name = 'bill.txt'")
    db.close()
    ran = run("verify")
    assert ran.code == 5 and ran.data == b""
    assert "bill.txt are not those that were received" in ran.err
    assert ran.err.splitlines()[-1].startswith("workbench: Not intact: 1 problem")


@pytest.mark.parametrize(
    "words",
    [["list"], ["log"], ["show", "letter"], ["diff", "letter"], ["status"], ["verify"], ["settings"], ["export"],
     ["describe", "letter"], ["journal", "export"]],
)  # fmt: skip
def test_reading_writes_nothing(edition: Path, words: list[str]) -> None:
    """The database stays the same file, and nothing is left beside it."""
    before = (edition / "corrections.db").read_bytes()
    done(*words)
    assert (edition / "corrections.db").read_bytes() == before
    assert sorted(path.name for path in edition.glob("corrections.db*")) == ["corrections.db"]


def test_raw_forms_stand_by_their_own_text_where_two_files_are_one_document(edition: Path) -> None:
    """Offsets of one file mean nothing in the other."""
    decide(about("Тверн", page="Твери"))
    done("join", "1", "2")
    (line,) = [line for line in done("show", "1", "--text", "search").out.splitlines() if "\t" in line]
    assert "из Твери" in line.partition("\t")[0]
    assert "Тверн" in line.partition("\t")[2]


def test_explain_prints_the_options_with_what_speaks_for_each(edition: Path) -> None:
    printed = done("explain", "2", str(LETTER.index("Тверн"))).out
    assert printed.startswith("Пишу тебе из Тверн о нашем саде.\n")
    assert "“Тверн”  (keep)" in printed and "something else" in printed
    chances = [float(line.split("%")[0]) for line in printed.splitlines() if line[:7].strip()[:1].isdigit()]
    assert sum(chances) == pytest.approx(100, abs=0.2)
    assert run("explain", "2", "9999").code == 2
