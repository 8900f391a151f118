"""Suggestions from the command line: looked for, accepted in bulk, with witnesses, in the person's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import LETTER, Ran, done, history, one_line, run
from workbench.services.suggestions import bulk
from workbench.suggest.model import prior

REPORT = "Всем паргии и слискам, паргии наш привет.\nДоклад Паргии принят.\n"
"""Three misread words that may be accepted together, and a name that may not."""


@pytest.fixture
def report(edition: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edition with a third document; the words of its suggesters were right 99 times of 100."""
    record = {
        "prior": prior().version, "lexicon": "ru-",
        "suggesters": {name: [[700_000, 100, 99]] for name in ("words", "spacing", "case")},
    }  # fmt: skip
    monkeypatch.setattr(bulk, "_evaluation", lambda: record)
    (here / "report.txt").write_text(REPORT, "utf-8")
    done("add", here / "report.txt")
    return edition


# suggest


def test_suggest_says_what_it_searched_and_in_which_languages(edition: Path) -> None:
    """A second run has nothing to do; one afresh looks all the same, and finds as much in two processes."""
    run("check", "-", "--lang", "ru", stdin=REPORT)  # whoever comes first says that it makes the index of words
    first, second = done("suggest"), done("suggest")
    assert first.err.startswith("searched 2 texts, 0 unchanged; languages: ru 2\n")
    assert second.err.startswith("searched 0 texts, 2 unchanged; languages: ru 2\n")
    afresh = done("suggest", "--afresh", "--jobs", "2")
    assert afresh.err == first.err and afresh.data == b""


def test_suggest_takes_no_fewer_than_one_process(edition: Path) -> None:
    assert run("suggest", "--jobs", "0").code == 2


# suggest --accept-above


def accept(*more: str, above: str = "0.7", stdin: str = "", terminal: bool = False) -> Ran:
    return run("suggest", "report", "--accept-above", above, *more, stdin=stdin, terminal=terminal)


def test_what_would_be_accepted_is_shown_and_nothing_recorded_without_a_word(report: Path) -> None:
    """No --yes and nobody at a terminal: exit 1."""
    ran = accept()
    assert ran.code == 1 and history() == []
    assert "right 99 of 100 times" in ran.out and "паргии → партии" in ran.out and "2 times" in ran.out
    assert "Паргии →" not in ran.out and "1  left: touch a name" in ran.out
    assert ran.err.endswith("nothing was accepted; --yes accepts without asking\n")


def test_what_was_shown_is_accepted_as_one_batch_and_taken_back_as_one(report: Path) -> None:
    ran = accept("--yes")
    assert ran.code == 0 and "accepted 3 suggestions; workbench undo takes them back together\n" in ran.err
    assert {(row["act"], row["quote"], row["page"]) for row in history()} == {
        ("accept", "паргии", "партии"), ("accept", "слискам", "спискам"),
    }  # fmt: skip
    assert len({row["batch"] for row in history()}) == 1
    assert "Всем партии и спискам, партии" in done("show", "report").out
    assert "3 entries taken back" in done("undo").err
    assert "Всем паргии и слискам, паргии" in done("show", "report").out


@pytest.mark.parametrize(("typed", "code", "acts"), [("y\n", 0, 3), ("n\n", 1, 0), ("\n", 1, 0)])
def test_who_sits_at_a_terminal_is_asked(report: Path, typed: str, code: int, acts: int) -> None:
    """No is the answer of somebody who only presses Enter."""
    ran = accept(stdin=typed, terminal=True)
    assert "Accept 3 suggestions as one batch?" in ran.err
    assert (ran.code, len(history())) == (code, acts)


def test_where_nothing_may_be_accepted_the_report_says_why(report: Path) -> None:
    ran = accept("--yes", above="0.995")
    assert ran.code == 1 and history() == []
    assert ran.out.startswith("nothing can be accepted in bulk above 0.995\n")


@pytest.mark.parametrize("above", ["0.2", "1", "-1", "nan"])
def test_a_chance_that_is_none_is_a_usage_error(report: Path, above: str) -> None:
    ran = accept("--yes", above=above)
    assert ran.code == 2 and "no probability to accept above" in ran.err and history() == []


def test_nothing_is_accepted_by_nobody(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_PERSON")
    ran = accept("--yes")
    assert ran.code == 2 and "nobody is named" in ran.err and history() == []


# add --witness


def test_a_witness_is_attached_and_its_reading_proposed(edition: Path, here: Path) -> None:
    """It is no transcript; attaching it again changes nothing."""
    (here / "second.txt").write_text(LETTER.replace("Тверн", "Твери"), "utf-8")
    ran = done("add", "--witness", here / "second.txt", "letter")
    assert ran.err.startswith("added: second.txt is a witness of letter.txt: ") and "workbench suggest" in ran.err
    assert done("add", "--witness", here / "second.txt", "2").err.startswith("known: second.txt")
    assert [record["transcripts"] for record in done("list", "--json").records] == [["bill.txt"], ["letter.txt"]]
    assert not (edition / "transcripts" / "second.txt").exists()
    done("suggest")
    shown = done("explain", "letter", LETTER.index("Тверн")).out
    best = next(line for line in shown.split("\n") if "%" in line)
    assert "“Твери”" in best and "also." in shown


def test_a_witness_that_is_the_text_itself_is_refused(edition: Path, here: Path) -> None:
    """In whatever encoding it comes."""
    (here / "same.txt").write_bytes(LETTER.encode("koi8-r"))
    ran = run("add", "--witness", here / "same.txt", "letter", "--encoding", "koi8-r")
    assert ran.code == 1 and "the text of this document itself" in one_line(ran)


@pytest.mark.parametrize(
    ("data", "document", "code", "said"),
    [
        (b"\x89PNG\r\n\0\0", "letter", 1, "w.txt is a binary file"),
        (b"<alto>", "letter", 1, "w.txt: this XML is broken"),
        (b"abc\n", "diary", 2, "no document 'diary'"),
        (None, "letter", 3, "w.txt: No such file"),
    ],
)
def test_a_witness_that_is_none_is_refused_in_one_line(
    edition: Path, data: bytes | None, document: str, code: int, said: str
) -> None:
    if data is not None:
        Path("w.txt").write_bytes(data)
    ran = run("add", "--witness", "w.txt", document)
    assert ran.code == code and said in one_line(ran)


# the person's language


def said(here: Path) -> str:
    (here / "page.txt").write_text("Всем райкомам паргии.\n", "utf-8")
    ran = run("check", here / "page.txt")
    assert ran.code == 1
    return ran.out


RUSSIAN, ENGLISH = "«паргии» нет в словаре", "“паргии” is in no word list"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"LANG": "ru_RU.UTF-8"}, RUSSIAN),
        ({"LANG": "en_GB.UTF-8"}, ENGLISH),
        ({"LANG": "C.UTF-8"}, ENGLISH),
        ({}, ENGLISH),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, RUSSIAN),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, ENGLISH),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, RUSSIAN),
    ],
)
def test_evidence_is_said_in_the_language_of_the_locale(
    here: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert sentence in said(here)


def test_the_users_own_setting_comes_before_the_locale(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And needs no edition; it is the user's, and no entry of a journal."""
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    done("settings", "user.language=en")
    assert ENGLISH in said(here)
    done("settings", "user.language=ru")
    monkeypatch.setenv("LC_ALL", "C")
    assert RUSSIAN in said(here)


def test_a_language_that_nothing_is_said_in_is_a_usage_error(here: Path) -> None:
    ran = run("settings", "user.language=de")
    assert ran.code == 2 and "known: en, ru" in one_line(ran)
