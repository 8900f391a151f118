"""Statistics: what is counted, of what, by whom; and the page, which is harmless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.reviewed import TEXT, Reviewed, reviewed
from tests.services.test_evaluation_page import Walk
from workbench.core.entry import Decision
from workbench.services import adding, deciding, library
from workbench.services.document.desk import Desk
from workbench.services.quality import statistics_page, statistics_report
from workbench.services.quality.statistics import Row, Statistics, SuggesterRow, statistics
from workbench.services.reviewing import judging, review

HOSTILE = '<script>alert("1")</script> & \x1b[31m\u202e'


@pytest.fixture
def worked(made_of: Callable[[str], Desk]) -> Reviewed:
    return reviewed(made_of(TEXT))


def made(worked: Reviewed) -> Statistics:
    return statistics(worked.edition, library.listings(worked.edition))


def counts(row: Row) -> tuple[int, ...]:
    t = row.tally
    return t.made, t.standing, t.overturned, t.withdrawn, t.judged, t.survived


def test_each_person_is_counted_by_what_survived_of_what_others_judged(worked: Reviewed) -> None:
    """Made, standing, overturned, withdrawn, judged, survived."""
    assert {row.name: counts(row) for row in made(worked).persons} == {
        "Анна": (5, 4, 1, 0, 3, 2),
        "Борис": (4, 2, 1, 1, 2, 0),
        "Редактор": (1, 1, 0, 0, 0, 0),
    }


def test_documents_and_classes_count_the_same_decisions(worked: Reviewed) -> None:
    found = made(worked)
    assert counts(found.total) == (10, 7, 2, 1, 5, 2)
    assert [counts(row) for row in found.documents] == [counts(found.total)]
    assert {row.name: counts(row) for row in found.classes} == {
        "ocr": (8, 5, 2, 1, 5, 2),
        "keep": (1, 1, 0, 0, 0, 0),
        "unseen": (1, 1, 0, 0, 0, 0),
    }


def test_a_suggester_is_measured_by_the_answers_that_stand(worked: Reviewed) -> None:
    """And by those that another person overturned: they were wrong."""
    (row,) = made(worked).suggesters
    assert isinstance(row, SuggesterRow)
    assert (row.accepted, row.edited, row.kept, row.silenced, row.open) == (2, 1, 1, 0, 1)
    assert row.calibration.mean == pytest.approx((0.9 + 0.9 + 0.8 + 0.7 + 0.6) / 5)
    assert (row.calibration.acceptance.part, row.calibration.acceptance.whole) == (2, 5)


def test_what_an_author_ends_himself_is_nobodys_judgement(worked: Reviewed) -> None:
    replaced = [j for j in judging.judged(worked.edition) if j.value == "4.VII"]
    assert [(j.state, j.ended_by, j.fate.judged) for j in replaced] == [("superseded", (worked.boris.id,), False)]


def test_what_stands_upon_a_reverted_replacement_ended_the_first(worked: Reviewed) -> None:
    """Anna replaces Boris, the editor replaces Anna, Anna's is taken back: Boris was overturned by the editor."""
    edition, first = worked.edition, worked.by_quote["4.7"]
    second = review.amend(edition, first, "4.II", "", worked.anna)
    third = review.amend(edition, second, "4.III", "", worked.editor)
    deciding.revert_all(edition, [second.id], worked.anna)
    (found,) = [j for j in judging.judged(edition) if j.entry.id == first.id]
    assert third.id and found.ended_by == (worked.editor.id,) and found.fate.overturned


def test_ones_own_approval_survives_nothing(worked: Reviewed) -> None:
    """Not even in an edition of one person, where it counts as an approval."""
    edition = worked.edition
    deciding.record_all(edition, [{"act": "setting", "key": "review", "value": "alone"}], worked.boris)
    own = worked.by_quote["4.7"]
    review.approve(edition, [own.id], worked.boris)
    (found,) = [j for j in judging.judged(edition) if j.entry.id == own.id]
    assert found.verdict == "approved" and not found.fate.judged and not found.fate.survived


def test_an_undone_review_judges_nothing(worked: Reviewed) -> None:
    before = counts(made(worked).total)
    entry = worked.by_quote["отцвелн"]
    review.approve(worked.edition, [entry.id], worked.editor)
    assert counts(made(worked).total)[4:] == (6, 3)
    deciding.undo(worked.edition, worked.editor)
    assert counts(made(worked).total) == before


def test_a_comment_judges_nothing(worked: Reviewed) -> None:
    before = counts(made(worked).total)
    review.comment(worked.edition, [worked.by_quote["отцвелн"].id], "см. л. 3", worked.editor)
    assert counts(made(worked).total) == before


def test_what_is_outside_of_the_documents_is_not_counted(worked: Reviewed) -> None:
    found = statistics(worked.edition, [])
    assert counts(found.total) == (0,) * 6 and not found.persons and not found.suggesters


# in words and as a page


def test_one_document_is_counted_without_a_look_at_the_others(
    worked: Reviewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read is told, however few are read at once; the counts do not depend on that."""
    edition, source = worked.edition, tmp_path / "other.txt"
    source.write_text("Другое письмо.\n", "utf-8")
    list(adding.add(edition, [source]))
    shas = {s.text: d for d in library.headings(edition) for s in library.stretches(edition, d.id)}
    (other,) = (d for d in shas.values() if "other.txt" in d.transcripts)
    (sha,) = (sha for sha, d in shas.items() if d is other)
    keep = {"act": "keep", "transcript": sha, "start": 0, "end": 6}
    deciding.record_all(edition, [keep], worked.anna)
    every = library.headings(edition)
    whole, told = statistics(edition, every), list[tuple[int, int]]()
    monkeypatch.setattr(judging, "_AT_ONCE", 2)
    assert statistics(edition, every, lambda done, total: told.append((done, total))) == whole
    assert [done for done, _ in told] == [*range(0, whole.total.tally.made, 2)] and len(told) > 3
    told.clear()
    alone = statistics(edition, [other], lambda done, total: told.append((done, total)))
    assert told == [(0, 1)] and alone.total.tally == alone.documents[0].tally
    assert alone.documents == tuple(row for row in whole.documents if row.id == other.id)


def test_the_words_say_the_share_its_interval_and_its_denominator(worked: Reviewed) -> None:
    plain = statistics_report.in_words(made(worked), bars=False)
    assert " 67% (21% to 94%) of 3" in plain and "█" not in plain
    assert "██████▋    " in statistics_report.in_words(made(worked), bars=True)
    assert "another person approved, disputed, took back or decided otherwise" in plain


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, " " * 10), (1, "█" * 10), (0.5, "█████     "), (0.0125, "▏         ")]
)
def test_a_bar_is_true_to_an_eighth(share: float, drawn: str) -> None:
    assert statistics_report.bar(share) == drawn


def test_the_page_is_well_formed_and_runs_nothing_that_a_name_says(made_of: Callable[[str], Desk]) -> None:
    worked = reviewed(made_of(TEXT), title=HOSTILE)
    with worked.edition.writing() as db:
        db.execute("UPDATE persons SET name = ? WHERE id = ?", (HOSTILE, worked.anna.id))
        db.execute("UPDATE suggestions SET suggester = ?", (HOSTILE,))
    page = statistics_page.page(made(worked), HOSTILE)
    walk = Walk()
    walk.feed(page)
    assert walk.open == []
    assert "script" not in walk.tags and "svg" in walk.tags
    assert '<script>alert("1")</script> &' in walk.said
    assert "\x1b" not in page and "\u202e" not in page
    assert "http" not in page, "nothing comes from elsewhere"


def test_the_page_of_an_edition_that_nobody_reviewed_says_so(made_of: Callable[[str], Desk]) -> None:
    edition = made_of(TEXT).edition
    page = statistics_page.page(statistics(edition, library.listings(edition)), "empty")
    assert "nothing can be said yet" in page and "<svg" not in page


def proposed(kind: str, *candidates: str) -> dict[str, object]:
    return {"suggester": "t", "kind": kind, "candidates": [{"text": text, "ppm": 500_000} for text in candidates]}


@pytest.mark.parametrize(
    ("act", "values", "suggestion", "said"),
    [
        ("accept", {"page": "сад"}, proposed("word", "сад", "сам"), "accepted"),
        ("accept", {"page": "сам"}, proposed("word", "сад", "сам"), "edited"),  # the second proposal
        ("edit", {"reading": "сад", "reading_class": "slip"}, proposed("word", "сад"), "accepted"),
        ("edit", {"page": "сан", "reading": "сад"}, proposed("word", "сад"), "kept"),  # the page has it so
        ("keep", {}, proposed("word", "сад"), "kept"),
        ("gap", {}, proposed("word", "сад"), "edited"),
        ("zone", {"data": {"kind": "folio"}}, proposed("folio"), "accepted"),
        ("zone", {"data": {"kind": "body"}}, proposed("folio"), "kept"),
        ("zone", {"data": {"kind": "page number"}}, proposed("folio"), "edited"),
        ("keep", {}, None, None),
    ],
)
def test_what_a_decision_says_to_its_suggestion(
    act: str, values: dict[str, Any], suggestion: dict[str, object] | None, said: str | None
) -> None:
    d = Decision(act=act, text="t", start=0, end=3, quote="сан", suggestion=suggestion, **values)
    assert judging.answer(d) == said
