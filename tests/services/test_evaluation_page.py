"""The page of an evaluation: well formed, harmless, complete."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from workbench.services.evaluation.evaluating import Report, evaluate, pairs
from workbench.services.evaluation.evaluation_page import page

VOID = ("br", "meta")
RAW = "Завтра утром из Тулы приехал новый инженер.\nПижьмо <script>alert(1)</script> пришло вчера вечером.\n"
TRUTH = RAW.replace("Пижьмо", "Письмо").replace("вечером", "ночью")


class Walk(HTMLParser):
    """Remembers what is open, and all text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.fixture
def report(tmp_path: Path) -> Report:
    for name, raw, truth in (("a", RAW, TRUTH), ("b", "Все верно.\n", "Все верно.\n")):
        (tmp_path / f"{name}.raw.txt").write_text(raw, "utf-8")
        (tmp_path / f"{name}.gt.txt").write_text(truth, "utf-8")
    return evaluate(pairs(tmp_path, None), language="ru", threshold=0.9)


def test_it_is_well_formed_and_runs_nothing_that_a_text_says(report: Report) -> None:
    walk = Walk()
    walk.feed(page(report))
    assert walk.open == []
    assert "script" not in walk.tags
    assert "<script>alert(1)</script>" in walk.said


def test_each_place_is_there_once_with_its_outcome(report: Report) -> None:
    made = page(report)
    outcomes = [d.outcome for d in report.documents[0].differences if d.outcome != "alarm"]
    assert outcomes == ["right", "missed"]
    assert made.count(">found and repaired<") == made.count(">missed<") == 1


def test_a_document_without_differences_says_so(report: Report) -> None:
    assert page(report).count("No difference, and nothing suggested.") == 1


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert page(report) == page(report)
    assert page(report).isprintable() or "\n" in page(report)


def test_what_is_reported_adds_up(report: Report) -> None:
    """Differences of all documents and the counts are of the same places."""
    outcomes = [d.outcome for s in report.documents for d in s.differences]
    assert len([o for o in outcomes if o != "alarm"]) == report.total.places
    assert report.record()["threshold"] == 0.9
    assert set(report.intervals) == set(report.rates)
