"""`check`: suggestions for files, with no edition. What the engine finds is its own affair; how it is told is ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import LETTER, Ran, run
from workbench.core.suggestion import Candidate, Suggestion
from workbench.core.text import Text
from workbench.readers import read
from workbench.services.suggestions import suggesting

FIELDS = ["start", "end", "text", "kind", "class", "suggester", "candidates", "evidence"]


def proposals(content: str) -> tuple[Suggestion, ...]:
    """What the stand-in below proposes: one word with two candidates, one with none."""
    found = []
    for quote, candidates in (("Тверн", (("Твери", 700_000), ("Тверь", 100_000))), ("отцвели", ())):
        start = content.find(quote)
        if start >= 0:
            found.append(
                Suggestion(
                    start=start, end=start + len(quote), quote=quote, kind="word", change="ocr", suggester="test",
                    version="1", candidates=tuple(Candidate(text=text, ppm=ppm) for text, ppm in candidates),
                )
            )  # fmt: skip
    return tuple(found)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the engine."""

    def check_text(
        data: bytes, *, name: str, language: str | None = None, dictionary: str = ""
    ) -> tuple[Text, tuple[Suggestion, ...], str]:
        text = read(data, name=name)
        return text, proposals(text.content), language or "ru"

    monkeypatch.setattr(suggesting, "check_text", check_text)


@pytest.fixture
def letter(here: Path) -> Path:
    path = here / "letter.txt"
    path.write_bytes(LETTER.encode())
    return path


def as_json(ran: Ran) -> Any:
    assert ran.out.count("\n") == 1
    return json.loads(ran.out)


def test_what_the_engine_finds_has_the_documented_shape(letter: Path) -> None:
    """Sorted, without overlaps, quoted as it stands; no candidate is the raw text. Exit 1 where there is anything."""
    ran = run("check", letter, "--format", "json")
    found = as_json(ran)
    assert ran.code == (1 if found else 0)
    at = 0
    for item in found:
        assert list(item) == FIELDS
        assert at <= item["start"] <= item["end"] and LETTER[item["start"] : item["end"]] == item["text"]
        at = item["end"]
        chances = [candidate["probability"] for candidate in item["candidates"]]
        assert chances == sorted(chances, reverse=True) and 0 <= sum(chances) <= 1
        assert item["text"] not in [candidate["text"] for candidate in item["candidates"]]
        assert item["class"] in ("ocr", "unseen", "layout", "normalise", "uncertain")
        assert all(isinstance(sentence, str) for sentence in item["evidence"])


@pytest.mark.usefixtures("engine")
def test_one_file_gives_an_array(letter: Path) -> None:
    ran = run("check", letter, "--format", "json")
    assert ran.code == 1
    start = LETTER.index("Тверн")
    assert as_json(ran)[0] == {
        "start": start, "end": start + 5, "text": "Тверн", "kind": "word", "class": "ocr", "suggester": "test",
        "candidates": [{"text": "Твери", "probability": 0.7}, {"text": "Тверь", "probability": 0.1}], "evidence": [],
    }  # fmt: skip
    assert [item["text"] for item in as_json(ran)] == ["Тверн", "отцвели"]


@pytest.mark.usefixtures("engine")
def test_several_files_give_an_object_by_name(letter: Path, here: Path) -> None:
    (here / "clean.txt").write_text("Всё в порядке.\n", "utf-8")
    found = as_json(run("check", letter, "clean.txt", "--format", "json"))
    assert {name: len(items) for name, items in found.items()} == {str(letter): 2, "clean.txt": 0}


@pytest.mark.usefixtures("engine")
def test_a_clean_file_ends_with_success(here: Path) -> None:
    (here / "clean.txt").write_text("Всё в порядке.\n", "utf-8")
    ran = run("check", "clean.txt")
    assert (ran.code, ran.data) == (0, b"")
    assert "clean.txt: plain, utf-8, language ru, 0 suggestions" in ran.err
    assert as_json(run("check", "clean.txt", "--format", "json")) == []


@pytest.mark.usefixtures("engine")
def test_in_words_each_has_its_line(letter: Path) -> None:
    """Counted from 1, with the best candidate where there is one."""
    first, second = run("check", letter).out.splitlines()
    assert first.startswith(f"{letter}:2: “Тверн” → “Твери” 70%") and second.startswith(f"{letter}:3: “отцвели”  word")


@pytest.mark.usefixtures("engine")
def test_a_dash_is_standard_input() -> None:
    ran = run("check", "-", "--format", "json", "--lang", "en", stdin=LETTER)
    assert ran.code == 1 and len(as_json(ran)) == 2
    assert "(standard input): plain, utf-8, language en" in ran.err


@pytest.mark.usefixtures("engine")
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(letter: Path, here: Path) -> None:
    """Not there, a folder, a binary: a line each, exit 3, and still valid JSON about the rest."""
    (here / "image.png").write_bytes(b"\x89PNG\0\0")
    ran = run("check", "nowhere.txt", here, "image.png", letter, "--format", "json")
    assert ran.code == 3
    assert {name: len(items) for name, items in as_json(ran).items()} == {str(letter): 2}
    for name in ("nowhere.txt", str(here), "image.png"):
        assert any(line.startswith("workbench: ") and name in line for line in ran.err.splitlines())


@pytest.mark.usefixtures("engine")
def test_a_file_name_that_is_no_text_does_not_break_the_json(here: Path) -> None:
    """A name in another encoding appears with its bytes escaped."""
    name = b"\xcf\xe8\xf1\xfc\xec\xee.txt".decode("utf-8", "surrogateescape")
    (here / name).write_bytes(LETTER.encode())
    ran = run("check", name, "-", "--format", "json", stdin=LETTER)
    assert list(as_json(ran)) == [r"\xcf\xe8\xf1\xfc\xec\xee.txt", "(standard input)"]


def test_no_edition_is_made_or_needed(letter: Path, here: Path) -> None:
    run("check", letter)
    assert sorted(path.name for path in here.iterdir()) == ["home", "letter.txt"]
