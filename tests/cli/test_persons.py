"""Who decides: the option, the environment, one's own settings; git only proposes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import about, done, lines, one_line, run

KEEP = lines([about("саде", "keep")])


@pytest.fixture
def nobody(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition, with nobody named."""
    monkeypatch.delenv("WORKBENCH_PERSON")


@pytest.fixture
def git(own_home: Path) -> None:
    """git knows the user as Пётр Из-Гита."""
    (own_home / ".gitconfig").write_text("[user]\n\tname = Пётр Из-Гита\n", "utf-8")


def persons() -> list[str]:
    return [record["person"]["name"] for record in done("journal", "export").records if "person" in record]


def named() -> object:
    return done("status", "--json").records[0]["person"]


@pytest.mark.usefixtures("nobody")
def test_nothing_is_recorded_anonymously() -> None:
    """The line names the three ways to name oneself, and no entry was made."""
    describe, settings = ["describe", "letter", "kind=письмо"], ["settings", "style=reader"]
    for words in (["decide"], ["undo"], ["revert", "x"], describe, settings):
        ran = run(*words, stdin=KEEP)
        line = one_line(ran)
        assert ran.code == 2
        assert "--person" in line and "WORKBENCH_PERSON" in line and "user.person" in line
    assert done("log").data == b"" and persons() == []


@pytest.mark.usefixtures("nobody")
def test_the_option_goes_before_the_environment_and_that_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named() is None
    done("settings", "user.person=Анна")
    assert named() == "Анна"
    monkeypatch.setenv("WORKBENCH_PERSON", "Борис")
    assert named() == "Борис"
    done("--person", "Вера", "decide", stdin=KEEP)
    assert persons() == ["Вера"]


@pytest.mark.usefixtures("nobody")
def test_ones_own_name_is_kept_outside_of_the_edition(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be set where there is no edition, and is no entry of one."""
    monkeypatch.chdir(here)
    assert run("settings", "user.person=Анна").code == 0
    monkeypatch.chdir(here / "edition")
    assert named() == "Анна" and done("log").data == b""


@pytest.mark.usefixtures("nobody", "git")
def test_the_name_that_git_knows_is_not_taken_unasked() -> None:
    assert run("decide", stdin=KEEP).code == 2
    assert persons() == []


@pytest.mark.usefixtures("nobody", "git")
def test_the_name_that_git_knows_is_proposed_at_a_terminal() -> None:
    """Once: what was confirmed is kept. A no, or an end of input, records nothing."""
    for answer in ("n\n", ""):
        ran = run("undo", stdin=answer, terminal=True)
        assert ran.code != 0 and "Пётр Из-Гита" in ran.err and "Traceback" not in ran.err
    assert persons() == []
    run("undo", stdin="y\n", terminal=True)
    assert persons() == ["Пётр Из-Гита"]
    done("decide", stdin=KEEP)
    assert persons() == ["Пётр Из-Гита"]


def test_a_person_is_registered_once(edition: Path) -> None:
    """The name with other blanks, or the siglum, is the same person; the initials of another are told apart."""
    for name in ("Анна Белова", "  Анна   Белова ", "АБ", "Артур Быков"):
        done("--person", name, "decide", stdin=KEEP)
    registered = [r["person"] for r in done("journal", "export").records if "person" in r]
    assert {(p["name"], p["siglum"]) for p in registered} == {("Анна Белова", "АБ"), ("Артур Быков", "АБ2")}


@pytest.mark.parametrize("name", ["   ", "\udcff"])
def test_a_name_that_is_none_is_a_usage_error(edition: Path, name: str) -> None:
    ran = run("--person", name, "decide", stdin=KEEP)
    assert ran.code == 2
    one_line(ran)
    assert persons() == []


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("content", [b'person = "\xff"', b"person = 5", b"person = ", b"\x00"])
def test_broken_settings_of_the_user_name_nobody(own_home: Path, content: bytes) -> None:
    done("settings", "user.person=Анна")
    (file,) = own_home.rglob("settings.toml")
    file.write_bytes(content)
    assert named() is None
    done("settings", "user.person=Борис")
    assert named() == "Борис"
