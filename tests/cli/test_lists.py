"""Authority lists, witnesses and dictionaries on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import LETTER, done, run


def written(folder: Path, name: str, content: str, codec: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(codec))
    return path


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        ("name,kind,note\nЩебетов П. И.,person,счетовод\nВерхолужье,place,\n", "utf-8-sig"),
        ("Щебетов П. И.;person;счетовод\r\nВерхолужье;place\r\n", "cp1251"),
        ("Щебетов П. И.\tperson\tсчетовод\n\nВерхолужье\tplace", "utf-8"),
    ],
)
def test_a_list_comes_in_from_any_table(edition: Path, content: str, codec: str) -> None:
    done("authorities", written(edition, "names.csv", content, codec))
    assert [list(r.values()) for r in run("authorities", "--json").records] == [
        ["Верхолужье", "place", "", "names.csv"], ["Щебетов П. И.", "person", "счетовод", "names.csv"]
    ]  # fmt: skip


def test_a_file_takes_the_place_of_its_former_self_and_can_go(edition: Path) -> None:
    done("authorities", written(edition, "a.csv", "Щебетов\nЛопырь\n"), written(edition, "b.csv", "Ытанко\n"))
    done("authorities", written(edition, "a.csv", "Кряжмов\n"))
    assert [r["name"] for r in run("authorities", "--json").records] == ["Кряжмов", "Ытанко"]
    done("authorities", "--remove", "a.csv")
    assert [r["name"] for r in run("authorities", "--json").records] == ["Ытанко"]
    assert run("authorities", "--remove", "a.csv").code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Щебетов\n,person\n", "line 2"),
        ("Щебетов,ghost\n", "ghost"),
        ('"Щебетов\n', "line 1"),
        ("a,person,b,c\n", "columns"),
    ],
)
def test_a_list_that_is_not_sound_is_refused_whole(edition: Path, content: str, said: str) -> None:
    ran = run("authorities", written(edition, "names.csv", content))
    assert ran.code != 0
    assert said in ran.err
    assert run("authorities", "--json").records == []


def test_a_witness_is_attached_once_and_is_no_document(edition: Path) -> None:
    other = written(edition.parent, "second.txt", LETTER.replace("Тверн", "Твери"))
    assert "is a witness of" in done("add", "--witness", other, "letter.txt").err
    assert "known" in done("add", "--witness", other, "letter.txt").err
    assert len(run("list", "--json").records) == 2
    same = written(edition.parent, "same.txt", LETTER)
    assert run("add", "--witness", same, "letter.txt").code != 0


def test_a_dictionary_that_is_not_there_is_named(edition: Path) -> None:
    ran = run("suggest", "--lexicon", "nowhere/xx.dic")
    assert ran.code == 2
    assert "nowhere/xx.dic" in ran.err


def test_evidence_is_said_in_the_persons_language(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = written(edition.parent, "a.txt", "Завтра утром из Тулы приехал новый инженер, и пижьмо пришло.\n")
    monkeypatch.setenv("LC_ALL", "C")
    assert "is in no word list" in run("check", page).out
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert "нет в словаре" in run("check", page).out
    done("settings", "user.language=en")
    assert "is in no word list" in run("check", page).out
    assert run("settings", "user.language=zz").code == 2


def test_bulk_acceptance_without_a_yes_records_nothing(edition: Path) -> None:
    ran = run("suggest", "--accept-above", "0.9")
    assert ran.code == 1
    assert run("log", "--json").records == []
    assert run("suggest", "--accept-above", "1.5").code == 2
