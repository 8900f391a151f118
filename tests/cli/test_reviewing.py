"""Reviewing on the command line: what waits, approving, disputing, commenting, taking back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import about, decide, done, run


def made() -> str:
    """The id of a decision by the first person."""
    return decide(about("Тверн", page="Твери", certainty="low"))[0]


def waiting(*words: str) -> list[Any]:
    return run("review", "list", "--json", *words).records


def test_what_nobody_approved_waits_with_why(edition: Path) -> None:
    entry = made()
    (one,) = waiting()
    assert one["entry"] == entry and one["verdict"] == "unreviewed"
    assert one["concerns"] == ["low", "name", "internal"]
    listed = run("review", "list")
    assert listed.code == 1 and "Твери" in listed.out and "[low, name, internal]" in listed.out


def test_another_person_approves_and_it_waits_no_more(edition: Path) -> None:
    entry = made()
    refused = run("review", "approve", entry)
    assert refused.code != 0 and "your own" in refused.err
    done("--person", "Редактор", "review", "approve", entry[:10])
    assert waiting() == [] and run("review", "list").code == 0
    (item,) = waiting("--all")
    assert item["verdict"] == "approved"
    done("--person", "Редактор", "undo")
    assert len(waiting()) == 1


def test_a_dispute_has_its_reason_and_stands_until_it_is_settled(edition: Path) -> None:
    entry = made()
    assert run("--person", "Редактор", "review", "dispute", entry, "--reason", " ").code != 0
    done("--person", "Редактор", "review", "dispute", entry, "--reason", "в деле «Твери»?")
    done("review", "comment", entry, "--body", "см. л. 3")
    (item,) = waiting("--only", "disputed")
    assert [s["words"] for s in item["said"]] == ["в деле «Твери»?", "см. л. 3"]
    done("--person", "Редактор", "review", "approve", entry)
    assert waiting() == []


def test_what_no_longer_stands_is_not_reviewed(edition: Path) -> None:
    entry = made()
    done("undo")
    refused = run("--person", "Редактор", "review", "approve", entry)
    assert refused.code != 0 and "no longer stands" in refused.err


def test_in_an_edition_of_one_person_its_exports_say_so(edition: Path) -> None:
    entry = made()
    done("settings", "review=alone")
    done("review", "approve", entry)
    assert waiting() == []
    assert (
        "Проверено только тем, кто решал."
        in done("export", "--format", "txt", "1").out + done("export", "--format", "txt", "2").out
    )


@pytest.mark.parametrize("words", [("--only", "nonsense"), ("no such document",)])
def test_what_is_not_understood_is_named(edition: Path, words: tuple[str, ...]) -> None:
    made()
    ran = run("review", "list", *words)
    assert ran.code == 2 and ran.err
