"""Commands that make and fill an edition: init, add, suggest, describe, split, join, settings, demo, open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.program import BILL, LETTER, about, decide, done, history, one_line, run
from tests.images.pages import saved
from workbench.cli import _screen_alone


def titles() -> list[str]:
    return [record["title"] for record in done("list", "--json").records]


def values() -> dict[str, str]:
    return {record["key"]: record["value"] for record in done("settings", "--json").records}


# init


def test_init_makes_an_edition_and_names_the_next_step(here: Path) -> None:
    ran = done("init", "new")
    assert (here / "new" / "corrections.db").is_file() and (here / "new" / "transcripts").is_dir()
    assert "workbench add" in ran.err and ran.data == b""


def test_init_leaves_an_edition_that_is_there_alone(edition: Path) -> None:
    before = (edition / "corrections.db").read_bytes()
    ran = run("init")
    assert ran.code == 3 and "is an edition already" in one_line(ran)
    assert (edition / "corrections.db").read_bytes() == before


def test_init_on_a_file_is_refused_in_one_line(here: Path) -> None:
    (here / "occupied").write_text("x")
    ran = run("init", "occupied")
    assert ran.code == 3 and "occupied" in one_line(ran)


# add


def test_add_keeps_the_files_and_lists_them(here: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy lies in transcripts/, each with its reader, encoding and lines said; stdout stays empty."""
    done("init", here / "new")
    monkeypatch.chdir(here / "new")
    ran = done("add", sources)
    assert ran.data == b""
    assert ran.err.splitlines() == [f"added: {name}.txt (plain, utf-8, 3 lines)" for name in ("bill", "letter")]
    assert (here / "new" / "transcripts" / "letter.txt").read_bytes() == LETTER.encode()
    assert [record["transcripts"] for record in done("list", "--json").records] == [["bill.txt"], ["letter.txt"]]


def test_add_says_what_it_passes_over(sources: Path, edition: Path) -> None:
    """Dot, swap and backup files of a folder are no transcripts, and nobody has to guess what became of them."""
    names = [".hidden.txt", "letter.txt~", ".letter.txt.swp", "old.bak", "~$bill.txt", "#bill.txt#"]
    for name in names:
        (sources / name).write_text("Не для издания.\n", "utf-8")
    (sources / ".git").mkdir()
    (sources / ".git" / "message.txt").write_text("Не для издания.\n", "utf-8")
    ran = done("add", sources)
    for name in [*names, "message.txt"]:
        assert re.search(rf"^passed over: {re.escape(name)} \(.+\)$", ran.err, re.MULTILINE), name
    assert len(titles()) == 2


def test_add_of_the_same_bytes_under_another_name_says_where_they_are(here: Path, edition: Path) -> None:
    (here / "again.txt").write_bytes(LETTER.encode())
    assert "known: again.txt (already here as letter.txt)" in done("add", here / "again.txt").err
    assert len(titles()) == 2


def test_add_refuses_what_it_cannot_read_and_takes_the_rest(here: Path, edition: Path) -> None:
    """A binary, an empty file, another text of a known name: each is named, and the exit code is 1."""
    (here / "image.txt").write_bytes(b"\x89PNG\r\n\0\0\0")
    (here / "empty.txt").write_bytes(b"")
    (here / "letter.txt").write_text("Совсем другое письмо.\n", "utf-8")
    (here / "fine.txt").write_text("Это читается.\n", "utf-8")
    ran = run("add", *(here / name for name in ("image.txt", "empty.txt", "letter.txt", "fine.txt")))
    assert ran.code == 1
    outcomes = [line.partition(" (")[0] for line in ran.err.splitlines()]
    assert outcomes == ["refused: image.txt", "refused: empty.txt", "refused: letter.txt", "added: fine.txt"]
    assert len(titles()) == 3


def test_add_takes_the_encoding_it_is_told(here: Path, edition: Path) -> None:
    (here / "old.txt").write_bytes("Погода стоит сырая.\n".encode("koi8-r"))
    assert "koi8-r" in done("add", "--encoding", "koi8-r", here / "old.txt").err
    assert done("show", "old.txt", "--text", "raw").out == "Погода стоит сырая.\n"


@pytest.mark.parametrize("option", [("--encoding", "martian"), ("--reader", "martian")])
def test_add_refuses_an_unknown_encoding_or_reader(here: Path, edition: Path, option: tuple[str, str]) -> None:
    (here / "new.txt").write_text("Новое.\n", "utf-8")
    ran = run("add", *option, here / "new.txt")
    assert ran.code == 1 and "refused: new.txt" in ran.err and "martian" in ran.err


def test_add_of_nothing_that_is_there_is_a_usage_error(edition: Path) -> None:
    ran = run("add", "nowhere.txt")
    assert ran.code == 2 and "there is no nowhere.txt" in one_line(ran)


def test_add_attaches_an_image_to_a_page(here: Path, edition: Path) -> None:
    saved(here / "leaf.png")
    assert "added: leaf.png shows page 1 of letter.txt" in done("add", "--image", here / "leaf.png", "letter.txt").err
    assert "known: leaf.png shows page 1" in done("add", "--image", here / "leaf.png", "letter.txt", "--page", "1").err
    assert (edition / "transcripts" / "images" / "leaf.png").is_file()
    assert len(titles()) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--image", "leaf.png", "letter.txt", "bill.txt"), "one document"),
        (("--image", "leaf.png", "--witness", "leaf.png", "letter.txt"), "one document"),
        (("--image", "nowhere.png", "letter.txt"), "no image"),
        (("--image", "leaf.png", "letter.txt", "--page", "2"), "no page 2"),
        (("--page", "1", "letter.txt"), "--page goes with --image"),
    ],
)
def test_add_says_what_is_wrong_with_an_image(here: Path, edition: Path, words: tuple[str, ...], said: str) -> None:
    saved(edition / "leaf.png")
    ran = run("add", *words)
    assert ran.code == 2 and said in one_line(ran)


# suggest


def test_suggest_counts_what_it_found_and_decides_nothing(edition: Path) -> None:
    ran = done("suggest", "letter")
    assert re.search(r"^[\d,]+ suggestions?, \d+ open$", ran.err, re.MULTILINE)
    assert history() == []
    assert done("show", "letter", "--text", "raw").out == LETTER


def test_suggest_for_an_unknown_document_is_a_usage_error(edition: Path) -> None:
    assert "no document 'diary'" in one_line(run("suggest", "diary"))


# describe


def test_describe_sets_and_prints_fields(edition: Path) -> None:
    """The title in the list follows; an empty value makes a field unknown again."""
    done("describe", "letter", "author=Лунина", "addressee=П. Орлов", "place=Тверь")
    (described,) = done("describe", "letter", "--json").records
    assert described == {"author": "Лунина", "addressee": "П. Орлов", "place": "Тверь"}
    assert titles()[1] == "Лунина → П. Орлов · Тверь"
    done("describe", "letter", "place=")
    assert "place: \n" in done("describe", "letter").out
    assert "author: Лунина\n" in done("describe", "letter").out


def test_describe_is_one_entry_of_the_journal(edition: Path) -> None:
    done("describe", "letter", "author=Лунина", "place=Тверь")
    assert [row["act"] for row in history()] == ["describe"]


@pytest.mark.parametrize(("word", "said"), [("colour=red", "no such field: colour"), ("author", "is not FIELD=VALUE")])
def test_describe_names_the_fields_there_are(edition: Path, word: str, said: str) -> None:
    ran = run("describe", "letter", word)
    line = one_line(ran)
    assert ran.code == 2 and said in line and "addressee" in line


# split and join


def test_split_and_join_move_the_borders_of_documents(edition: Path) -> None:
    """The raw texts of the parts are the raw text of the whole, before and after."""
    at = BILL.index("Получил")
    done("split", "bill.txt", f"bill.txt:{at}")
    parts = [record["id"] for record in done("list", "--json").records][:2]
    assert [done("show", part, "--text", "raw").out for part in parts] == [BILL[:at], BILL[at:]]
    done("join", *parts)
    assert done("show", parts[0], "--text", "raw").out == BILL
    assert len(titles()) == 2


def test_split_takes_a_line_number(edition: Path) -> None:
    """Lines count from 1; a place without a transcript lies in the document's first one."""
    done("split", "--line", "letter", "3")
    assert [done("show", number, "--text", "raw").out for number in (2, 3)] == [
        LETTER[: LETTER.index("Яблони")], LETTER[LETTER.index("Яблони") :],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "place",
    ["0", "letter.txt:9999", "letter.txt:" + "9" * 30, "letter.txt:²", "letter.txt:-3", "letter.txt", "nowhere.txt:3"],
)
def test_split_where_nothing_can_be_split_is_a_usage_error(edition: Path, place: str) -> None:
    for option in ([], ["--line"]):
        ran = run("split", *option, "letter", "--", place)
        assert ran.code == 2, place
        one_line(ran)
    assert len(titles()) == 2


def test_a_document_is_not_joined_with_itself(edition: Path) -> None:
    ran = run("join", "letter", "2")
    assert ran.code == 2 and "itself" in one_line(ran)


# settings


def test_settings_are_kept_in_the_edition(edition: Path) -> None:
    """Printed with their values, what was settled marked by an asterisk."""
    assert values()["language"] == "ru"
    done("settings", "language=en", "rule.dash=on", "style.archival.marks.lost=<lost>")
    now = values()
    assert (now["language"], now["rule.dash"], now["style.archival.marks.lost"]) == ("en", "on", "<lost>")
    printed = done("settings").out
    assert "* language=en" in printed and "  rule.quotes=off" in printed
    assert [row["act"] for row in history()] == ["setting", "rule", "style"]


def test_a_mark_that_was_set_is_printed(edition: Path) -> None:
    decide(about("саде", "gap"))
    done("settings", "style.archival.marks.lost=<lost>")
    assert "о нашем <lost>" in done("show", "letter").out


@pytest.mark.parametrize(
    "word",
    ["colour=red", "language=xx", "style=baroque", "rule.dash=perhaps", "rule.nothing=on", "language",
     "style.archival.faults=hide", "style.archival.placing.folio=moon", "user.colour=red"],
)  # fmt: skip
def test_a_setting_that_is_none_is_a_usage_error(edition: Path, word: str) -> None:
    ran = run("settings", word)
    assert ran.code == 2
    one_line(ran)
    assert history() == []


# demo and open


def test_demo_keeps_what_is_there(edition: Path) -> None:
    """A second run makes nothing anew."""
    decide(about("Тверн", page="Твери"))
    ran = done("demo", "--no-open", edition)
    assert ran.err == "" and len(history()) == 1


@pytest.mark.parametrize("words", [(), ("open",), ("open", "letter"), ("demo", ".")])
def test_the_screen_needs_a_terminal(edition: Path, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 2 and "needs a terminal" in one_line(ran)


def test_open_names_a_folder_that_is_not_there(edition: Path) -> None:
    ran = run("open", "nowhere", "letter")
    assert ran.code == 2 and "nowhere" in one_line(ran)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], (Path(), None, None)),
        (["-C", "letters"], (Path("letters"), None, None)),
        (["--person", "A. B.", "-C", "x"], (Path("x"), None, "A. B.")),
        (["-C"], None),
        (["-C", "--help"], None),
        (["open", "1"], None),
        (["--version"], None),
        (["-C", "x", "list"], None),
    ],
)
def test_the_screen_alone_opens_without_the_command_line(arguments: list[str], wanted: object) -> None:
    assert _screen_alone(arguments) == wanted
