"""The history gathered for others: what became of each entry, under the names that persons have now."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import someone
from tests.services.reviewed import TEXT, Reviewed, reviewed
from workbench.core.entry import Decision
from workbench.core.errors import UsageError
from workbench.exporters.history import Told, row
from workbench.services import adding, deciding, library, persons
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, open_edition
from workbench.services.exchange import merging
from workbench.services.looking_back import history, provenance
from workbench.services.persons import author
from workbench.services.reviewing import review
from workbench.store import entries, journal, projections

Make = Callable[[str], Desk]


@pytest.fixture
def worked(made_of: Make) -> Reviewed:
    return reviewed(made_of(TEXT))


def told(edition: Edition) -> list[Told]:
    return list(provenance.told(edition, history.choose(edition)))


def by_id(edition: Edition) -> dict[str, Told]:
    return {one.entry.id: one for one in told(edition)}


def written(edition: Edition, format_: str) -> str:
    return "".join(provenance.written(edition, history.choose(edition), format_))


def test_each_entry_has_its_place_its_fate_and_its_verdict(worked: Reviewed) -> None:
    """Of the persons' work: approved, replaced, taken back, disputed, looked at by nobody."""
    found = by_id(worked.edition)

    def of(quote: str) -> tuple[Any, ...]:
        one = found[worked.by_quote[quote].id]
        return one.person, one.transcript, one.line, one.state, one.verdict

    assert of("Тверн") == ("Анна", "text0.txt", 2, "live", "approved")
    assert of("отцвелн") == ("Анна", "text0.txt", 3, "live", "unreviewed")
    assert of("Смернов") == ("Борис", "text0.txt", 6, "live", "disputed")
    assert of("Павел") == ("Борис", "text0.txt", 1, "reverted", None)
    assert of("вишнн") == ("Анна", "text0.txt", 3, "superseded", None)


def test_what_both_tell_is_what_the_view_tells(worked: Reviewed) -> None:
    """Whoever opens the database with another program reads the same."""
    rows = worked.edition.db.execute("SELECT * FROM history")
    names = [column[0] for column in rows.description]
    for seen, one in zip(rows, told(worked.edition), strict=True):
        view, ours = dict(zip(names, seen, strict=True)), row(one)
        view["data"] = view["data"] and json.loads(view["data"])
        assert view == {name: ours[name] for name in names}


def test_what_ended_an_entry_is_named(worked: Reviewed) -> None:
    """The amendment, the revert; and nothing where an entry stands."""
    found = by_id(worked.edition)
    for one in found.values():
        assert (one.ended_by is None) == (one.state == "live")
    amended = found[str(found[worked.by_quote["вишнн"].id].ended_by)]
    assert (amended.person, amended.entry.decision.page) == ("Редактор", "Вишни")
    assert found[str(found[worked.by_quote["Павел"].id].ended_by)].entry.decision.act == "revert"


def test_what_rose_again_was_ended_by_nothing(worked: Reviewed) -> None:
    """A revert of a revert; the first revert is what ended then."""
    edition, gone = worked.edition, worked.by_quote["Павел"].id
    (back,) = [one.entry.id for one in told(edition) if one.entry.decision.act == "revert"]
    deciding.revert_all(edition, [back], worked.editor)
    found = by_id(edition)
    assert (found[gone].state, found[gone].ended_by) == ("live", None)
    assert found[back].state == "reverted"
    assert found[str(found[back].ended_by)].entry.targets == {back}


def test_what_stands_upon_something_taken_back_ended_what_lies_below(worked: Reviewed) -> None:
    """4.7 was replaced; the replacement is replaced and then taken back alone: the last answer ended the first."""
    edition = worked.edition
    first, second = (one.entry for one in told(edition) if one.entry.decision.quote == "4.7")
    start = TEXT.index("4.7")
    asked = {"act": "edit", "transcript": first.decision.text, "start": start, "end": start + 3, "page": "4.2"}
    (third,) = deciding.record_all(edition, [asked], worked.editor)
    deciding.revert_all(edition, [second.id], worked.editor)
    found = by_id(edition)
    assert (found[first.id].state, found[first.id].ended_by) == ("superseded", third.id)
    assert found[second.id].state == "reverted" and found[third.id].state == "live"


def test_a_review_and_a_revert_belong_to_the_document_they_speak_of(worked: Reviewed) -> None:
    found = [one for one in told(worked.edition) if one.entry.targets]
    assert {one.entry.decision.act for one in found} == {"approve", "dispute", "revert"}
    assert {one.document for one in found} == {str(worked.by_quote["Тверн"].decision.text)[:12]}


def test_order_is_as_asked_for_across_many(worked: Reviewed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are looked up some at a time; where one lot ends does not show."""
    seqs = history.choose(worked.edition, order="newest")
    whole = list(provenance.told(worked.edition, seqs))
    assert [one.seq for one in whole] == seqs and len(seqs) > 10
    monkeypatch.setattr(provenance, "AT_ONCE", 3)
    assert list(provenance.told(worked.edition, seqs)) == whole


@pytest.mark.parametrize("format_", provenance.FORMATS)
def test_the_same_journal_gives_the_same_bytes(worked: Reviewed, format_: str) -> None:
    """Asked again, from projections made anew, and without leaving a trace in the database."""
    edition = worked.edition
    before = written(edition, format_)
    with edition.writing() as db:
        projections.rebuild(db)
    changes = edition.db.total_changes
    assert written(edition, format_) == before
    assert edition.db.total_changes == changes and not edition.db.in_transaction


@pytest.mark.parametrize("format_", provenance.FORMATS)
def test_a_person_appears_under_the_name_of_today(worked: Reviewed, format_: str) -> None:
    """Renamed; united with another, whose name and id count for both; erased, and then by no name at all."""
    edition = worked.edition
    persons.rename(edition, worked.anna, "Анна Ивлева")
    assert "Анна Ивлева" in written(edition, format_)
    persons.unite(edition, worked.editor, worked.boris)
    united = written(edition, format_)
    assert "Борис" not in united
    assert {one.person_id for one in told(edition) if one.entry.person == worked.boris.id} == {worked.editor.id}
    persons.erase(edition, persons.known(edition, "Редактор"))
    erased = written(edition, format_)
    assert "Редактор" not in erased and "Борис" not in erased
    assert f"({worked.editor.id[:6]})" in erased and "Анна Ивлева" in erased


def test_own_approval_is_told_from_that_of_another(worked: Reviewed) -> None:
    """In an edition of one person; there are none elsewhere."""
    edition, own = worked.edition, worked.by_quote["отцвелн"].id
    with edition.writing() as db:
        journal.append(db, Decision(act="approve"), author(worked.anna), targets=frozenset({own}))
    assert by_id(edition)[own].verdict == "unreviewed"
    deciding.put_setting(edition, "review", "alone", worked.anna)
    verdicts = {one.entry.id: one.verdict for one in told(edition)}
    assert (verdicts[own], verdicts[worked.by_quote["Тверн"].id]) == ("self-approved", "approved")
    review.approve(edition, [own], worked.editor)
    assert by_id(edition)[own].verdict == "approved"


def test_what_is_not_here_is_told_by_its_hash(worked: Reviewed, made_of: Make, tmp_path: Path) -> None:
    """A bundle has the whole journal and some of the texts."""
    other = tmp_path / "other.txt"
    other.write_text("Другое письмо.\n", "utf-8")
    assert [a.outcome for a in adding.add(worked.edition, [other])] == ["added"]
    wanted = next(d.id for d in library.listings(worked.edition) if "other" in d.transcripts[0])
    merging.bundle(worked.edition, [wanted], tmp_path / "bundle")
    with open_edition(tmp_path / "bundle") as bundle:
        one = by_id(bundle)[worked.by_quote["Тверн"].id]
        assert (one.transcript, one.line, one.document) == (None, None, None)
        assert f"id:text-{one.entry.decision.text}" in written(bundle, "prov")


def test_what_is_written_meanwhile_is_not_told(worked: Reviewed, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is as of one moment."""
    monkeypatch.setattr(provenance, "AT_ONCE", 1)
    edition, target = worked.edition, worked.by_quote["отцвелн"]
    with edition.reading():
        telling: Iterator[Told] = provenance.told(edition, history.choose(edition))
        first = [next(telling)]
        with open_edition(edition.folder) as other:
            deciding.revert_all(other, [target.id], worked.anna)
        states = {one.entry.id: one.state for one in (*first, *telling)}
    assert states[target.id] == "live" and by_id(edition)[target.id].state == "reverted"


def test_rows_take_no_more_memory_for_a_longer_history(made_of: Make) -> None:
    """Four times the entries, written in the same room; PROV is made whole, and the help says so."""
    desk = made_of(TEXT)
    person = someone(desk)

    def peak(more: int) -> int:
        with desk.edition.writing() as db:
            for _ in range(more):
                journal.append(db, Decision(act="comment", data={"body": "х" * 900}), author(person))
        seqs = history.choose(desk.edition)
        tracemalloc.start()
        for format_ in ("jsonl", "csv"):
            for _ in provenance.written(desk.edition, seqs, format_):
                pass
        (_, most) = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few, many = peak(500), peak(1500)
    assert len(list(entries.every(desk.edition.db))) > 2000
    assert many < 1.25 * few


def test_progress_is_told(worked: Reviewed, monkeypatch: pytest.MonkeyPatch) -> None:
    seqs = history.choose(worked.edition)
    heard: list[tuple[int, int]] = []
    monkeypatch.setattr(provenance, "TOLD_EVERY", 5)
    for _ in provenance.written(worked.edition, seqs, "csv", lambda *now: heard.append(now)):
        pass
    assert heard == [(done, len(seqs)) for done in range(5, len(seqs) + 1, 5)]


def test_an_unknown_format_lists_the_known_ones(worked: Reviewed) -> None:
    with pytest.raises(UsageError, match="jsonl, csv, prov"):
        provenance.written(worked.edition, [], "xml")
