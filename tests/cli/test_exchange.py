"""Commands that carry things out and in: export, merge, journal."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.program import BILL, LETTER, about, decide, done, history, one_line, run


@pytest.fixture
def copy(edition: Path, here: Path) -> Path:
    """A copy of the edition, taken along by somebody else."""
    decide(about("Дорогой", "keep"))
    return Path(shutil.copytree(edition, here / "copy"))


def decide_in(folder: Path, *words: object) -> None:
    """Mend the misread word in an edition that is not the current one, as another person would."""
    record = about("Тверн", page="Тверь") if not words else words[0]
    done("-C", folder, "--person", "Илья Гончар", "decide", stdin=json.dumps(record))


def ids(folder: Path) -> set[str]:
    return {row["id"] for row in done("-C", folder, "log", "--json").records}


# export


def test_export_writes_a_file_a_document(edition: Path, here: Path) -> None:
    """Named by number, transcript, text and format; each is said, and stdout stays empty."""
    decide(about("Тверн", page="Твери"))
    ran = done("export", "-o", here / "out" / "texts")
    names = ["001-bill.reading.txt", "002-letter.reading.txt"]
    assert sorted(path.name for path in (here / "out" / "texts").iterdir()) == names
    assert ran.data == b"" and [line.rpartition("/")[2] for line in ran.err.splitlines()] == names
    written = (here / "out" / "texts" / names[1]).read_bytes()
    assert written == done("export", "letter").data == done("show", "letter").data
    assert "из Твери" in written.decode() and b"\r" not in written


@pytest.mark.parametrize("form", ["txt", "md", "jsonl"])
@pytest.mark.parametrize("text", ["diplomatic", "reading", "search"])
def test_export_knows_every_format_and_text(edition: Path, here: Path, form: str, text: str) -> None:
    """The file and stdout have the same bytes, and every paragraph of the letter is in them."""
    done("export", "letter", "--format", form, "--text", text, "-o", here)
    written = (here / f"002-letter.{text}.{form}").read_text("utf-8")
    assert written == done("export", "letter", "--format", form, "--text", text).out
    assert "Яблони давно отцвели." in written


def test_export_as_json_lines_names_its_sources(edition: Path) -> None:
    """A record for each document, with the hash of the bytes that its text rests on."""
    records = [r for r in done("export", "--format", "jsonl").records if r["record"] == "document"]
    found = [source for record in records for source in record["transcripts"]]
    assert found == [
        {"name": name, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        for name, text in (("bill.txt", BILL), ("letter.txt", LETTER))
    ]


def test_export_overwrites_nothing_unasked(edition: Path, here: Path) -> None:
    """The same content is no matter; another is, whatever its encoding; --force overwrites it."""
    done("export", "letter", "-o", here)
    done("export", "letter", "-o", here)
    path = here / "002-letter.reading.txt"
    good = path.read_bytes()
    for other in (b"mine\n", "моё\n".encode("cp1251")):
        path.write_bytes(other)
        ran = run("export", "letter", "-o", here)
        assert ran.code == 2 and "--force" in one_line(ran) and path.read_bytes() == other
    done("export", "letter", "-o", here, "--force")
    assert path.read_bytes() == good


def test_export_where_a_file_stands_is_one_line(edition: Path, here: Path) -> None:
    (here / "taken").write_text("x")
    ran = run("export", "-o", here / "taken")
    assert ran.code == 3 and "taken" in one_line(ran)


@pytest.mark.parametrize(("option", "said"), [("--format", "txt, md, jsonl"), ("--style", "archival, reader")])
def test_export_in_an_unknown_format_or_style_lists_the_known_ones(edition: Path, option: str, said: str) -> None:
    ran = run("export", option, "baroque")
    assert ran.code == 2 and said in one_line(ran)


# merge


def test_merge_takes_the_work_of_a_copy_in(edition: Path, copy: Path) -> None:
    """Decisions about different places: the union stands, nothing is in conflict."""
    decide_in(copy)
    decide(about("давно", page="уже"))
    ran = done("merge", copy)
    assert ran.err == "merged 2 entries, 0 transcripts, 1 person; 0 conflicts\n"  # the person is an entry as well
    text = done("show", "letter").out
    assert "из Тверь" in text and "Яблони уже" in text
    assert {row["person"] for row in history()} == {"Вера Лунина", "Илья Гончар"}
    assert "intact" in done("verify").out


def test_merge_takes_the_transcripts_of_a_copy_in(edition: Path, copy: Path, here: Path) -> None:
    (here / "card.txt").write_text("Поздравляю с праздником.\n", "utf-8")
    done("-C", copy, "add", here / "card.txt")
    assert ", 1 transcript, " in done("merge", copy).err
    assert done("show", "card.txt", "--text", "raw").out == "Поздравляю с праздником.\n"


def test_merge_of_two_opinions_is_a_conflict_until_somebody_decides(edition: Path, copy: Path) -> None:
    """Exit 1 and a count; a decision that knows both settles it."""
    decide_in(copy)
    decide(about("Тверн", page="Твери"))
    ran = run("merge", copy)
    assert ran.code == 1 and "; 1 conflict\n" in ran.err
    assert done("status", "--json").records[0]["conflicts"] == 1
    decide(about("Тверн", page="Твери", ground="page"))
    assert done("status", "--json").records[0]["conflicts"] == 0
    assert run("merge", copy).code == 0


def test_merging_both_ways_gives_the_same_journal(edition: Path, copy: Path) -> None:
    """And merging again brings nothing."""
    decide_in(copy)
    decide(about("давно", page="уже"))
    done("merge", copy / "corrections.db")
    done("-C", copy, "merge", edition)
    assert ids(edition) == ids(copy)
    assert done("show", "letter").data == done("-C", copy, "show", "letter").data
    assert done("merge", copy).err.startswith("merged 0 entries, 0 transcripts, 0 persons")


def test_merge_leaves_the_other_as_it_is(edition: Path, copy: Path) -> None:
    decide_in(copy)
    before = {path.name: path.read_bytes() for path in copy.iterdir() if path.is_file()}
    done("merge", copy)
    assert {path.name: path.read_bytes() for path in copy.iterdir() if path.is_file()} == before


def test_merge_with_itself_or_with_nothing_is_one_line(edition: Path, here: Path) -> None:
    (here / "text.db").write_text("no database at all")
    for other, code in ((edition, 2), (edition / "corrections.db", 2), (here, 3), (here / "text.db", 3)):
        ran = run("merge", other)
        assert ran.code == code
        one_line(ran)


# journal


def test_the_journal_goes_out_and_comes_back(edition: Path, copy: Path, here: Path) -> None:
    """Into a copy that lacks the new entries: the same journal, the same texts, twice the same file."""
    decide(about("Тверн", page="Твери", reason="город"), {"act": "rule", "rule": "dash", "version": "1", "on": True})
    done("undo")
    assert "wrote" in done("journal", "export", here / "journal.jsonl").err
    ran = done("-C", copy, "journal", "import", here / "journal.jsonl")
    assert ran.err == "took in 3 entries and 0 persons; 0 conflicts\n"
    assert ids(edition) == ids(copy)
    assert done("show", "letter").data == done("-C", copy, "show", "letter").data
    assert done("-C", copy, "journal", "export").data == (here / "journal.jsonl").read_bytes()
    again = done("-C", copy, "journal", "import", stdin=(here / "journal.jsonl").read_bytes())
    assert again.err.startswith("took in 0 entries and 0 persons")


def test_the_ids_follow_from_the_journal_file_alone(edition: Path) -> None:
    """As the page of formats says: the tag, the parents, the body, with NUL between them; parents come first."""
    decide(about("Тверн", page="Твери"), about("давно", page="уже"))
    done("undo")
    records = done("journal", "export").records
    assert records[0]["person"]["name"] == "Вера Лунина"
    known: set[str] = set()
    for entry in (record["entry"] for record in records[1:]):
        parents = " ".join(sorted(entry["parents"]))
        hashed = b"\0".join([b"workbench/entry/1", parents.encode(), entry["body"].encode()])
        assert hashlib.sha256(hashed).hexdigest() == entry["id"]
        assert known >= set(entry["parents"])
        known.add(entry["id"])
    assert len(known) == 4


def test_a_forged_journal_is_refused_whole(edition: Path, copy: Path) -> None:
    decide(about("Тверн", page="Твери"))
    forged = done("journal", "export").out.replace("Твери", "Твёри")
    ran = run("-C", copy, "journal", "import", stdin=forged)
    assert ran.code == 1 and "does not have the hash" in one_line(ran)
    assert "из Тверн" in done("-C", copy, "show", "letter").out


@pytest.mark.parametrize("content", [b"{", b"[]", b"5", b'{"entry": {}}', b'{"person": 1}', b"\xff\xfe\x00"])
def test_what_is_no_journal_is_refused_in_one_line(edition: Path, here: Path, content: bytes) -> None:
    (here / "journal.jsonl").write_bytes(content)
    for ran in (run("journal", "import", here / "journal.jsonl"), run("journal", "import", stdin=content)):
        assert ran.code == 1
        one_line(ran)
    assert history() == []


def test_a_journal_that_is_not_there_is_one_line(edition: Path, here: Path) -> None:
    ran = run("journal", "import", here / "nowhere.jsonl")
    assert ran.code == 3 and "nowhere.jsonl" in one_line(ran)


def test_a_journal_is_not_written_where_there_is_no_folder(edition: Path, here: Path) -> None:
    ran = run("journal", "export", here / "nowhere" / "journal.jsonl")
    assert ran.code == 3 and "nowhere" in one_line(ran)
