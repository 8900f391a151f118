"""Surveying on the command line: statistics."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import PERSON, about, decide, done, one_line, run


def test_statistics_count_what_survived_review(edition: Path) -> None:
    (entry,) = decide(about("Тверн", page="Твери"))
    done("--person", "Редактор", "review", "approve", entry)
    (record,) = done("statistics", "--json").records
    assert [(r["name"], r["judged"], r["survived"], r["survival"]) for r in record["persons"]] == [(PERSON, 1, 1, 1.0)]
    assert record["persons"][0]["survival_interval"][0] < 0.3
    assert [r["survival"] for r in record["documents"]] == [None, 1.0]
    assert "100% (21% to 100%) of 1" in done("statistics", "letter").out
    assert done("statistics", "bill", "--json").records[0]["total"]["decisions"] == 0


def test_statistics_as_a_page(edition: Path) -> None:
    ran = done("statistics", "--html", "page.html")
    assert "page.html" in ran.err and ran.out.startswith("Documents")
    assert (edition / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_statistics_of_a_document_that_is_not_there(edition: Path) -> None:
    ran = run("statistics", "nothing")
    assert ran.code == 2 and "'nothing'" in one_line(ran)
