"""The history under real keys: orders, filters, the text as of any entry, what stands behind each line."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tui.driving import ask, desk, here, on, press, running, settled, shown
from workbench.services import adding, deciding, library, persons
from workbench.services.edition import Edition
from workbench.services.looking_back import history
from workbench.services.reviewing import review
from workbench.store import entries, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.diff import DiffScreen
from workbench.tui.history import HistoryScreen
from workbench.tui.past import PastScreen
from workbench.tui.row_list import RowList

EDITOR = "Борис Ветров"
Compare = Callable[..., bool]


@pytest.fixture
def told(edition: Edition, document: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkbenchApp]:
    """The application for an editor; a transcriber decided twice at one place and once at another."""
    numbers = itertools.count(1)
    times = iter(f"2026-01-0{day}T03:04:05.000000Z" for day in range(2, 10))
    monkeypatch.setattr(persons, "now", lambda: next(times))
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers) << 80))  # ids are shown
    (row,) = texts.all_texts(edition.db)
    with edition.writing():
        anna = persons.ensure(edition, "Анна Ивлева")
    raw = texts.whole_text(edition.db, row.sha).content

    def decide(quote: str, page: str, **more: Any) -> None:
        start = raw.index(quote)
        asked = {"act": "edit", "transcript": row.sha, "start": start, "end": start + len(quote), "page": page}
        deciding.record_all(edition, [{**asked, "class": "ocr", **more}], anna)

    decide("текущсм", "текущем", ground="internal", reason="по смыслу")
    decide("артелн", "артеле")
    decide("артелн", "артели")
    yield WorkbenchApp(edition, document=document, person=EDITOR)


def values(app: WorkbenchApp) -> list[str | None]:
    """What the entries listed now put in their places."""
    screen = on(app, HistoryScreen)
    return [screen._event(seq).value for seq in screen.rows]


async def test_the_history_in_three_orders(told: WorkbenchApp) -> None:
    async with running(told) as pilot:
        await press(pilot, "H")
        assert values(told) == ["артели", "артеле", "текущем"]
        await press(pilot, "o")
        assert values(told) == ["текущем", "артеле", "артели"]
        await press(pilot, "o")
        assert values(told) == ["артеле", "артели", "текущем"]
        await press(pilot, "s")
        assert len(values(told)) == 4  # with the entry that registers the person


async def test_an_approval_of_many_shows_in_each_document_what_of_it_lies_there(
    told: WorkbenchApp, edition: Edition, document: str, tmp_path: Path
) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Другая бумага.\n", "utf-8")
    list(adding.add(edition, [source]))
    anna = persons.known(edition, "Анна Ивлева")
    deciding.record_all(edition, [{"act": "keep", "transcript": "a.txt", "start": 0, "end": 6}], anna)
    with edition.writing():
        editor = persons.ensure(edition, EDITOR)
    live = sorted(entries.live(edition.db, "text"), key=lambda e: e.key, reverse=True)
    approval = review.approve(edition, [e.id for e in live], editor)
    (other,) = (d.id for d in library.headings(edition) if d.id != document)
    seq = entries.last_seq(edition.db)
    assert len(approval.targets) == 3
    quotes = [history.event(edition, seq, within).shown.quote for within in (document, other)]
    assert quotes == ["артелн", "Другая"]
    async with running(told) as pilot:
        await press(pilot, "H")
        assert "артелн → артели" in shown(told).split("\n")[1]


async def test_the_history_filtered_and_whole_again(told: WorkbenchApp) -> None:
    async with running(told) as pilot:
        await press(pilot, "H")
        await ask(pilot, "f", *["down"] * 10, "enter", *"СМЫСЛ", "enter")
        await settled(pilot)
        assert values(told) == ["текущем"]
        await press(pilot, "n")
        await ask(pilot, "f", "2", "ctrl+u", *"2026-01-05", "enter")
        await settled(pilot)
        assert values(told) == ["артели"]
        await ask(pilot, "f", *["down"] * 9, "enter", "3")
        await settled(pilot)
        assert values(told) == [] and "Nothing like this" in shown(told)


async def test_enter_leads_to_the_place_and_x_takes_back(told: WorkbenchApp, edition: Edition) -> None:
    async with running(told) as pilot:
        await press(pilot, "H", "end", "enter")
        assert here(told) == "текущсм"
        await ask(pilot, "H")
        await settled(pilot)
        await ask(pilot, "x", "1")
        await settled(pilot)
        assert [e.decision.page for e in entries.live(edition.db, "text")] == ["текущем", "артеле"]
        await press(pilot, "u")
        assert [e.decision.page for e in entries.live(edition.db, "text")] == ["текущем", "артели"]


async def test_a_comment_is_seen_with_the_entry(told: WorkbenchApp) -> None:
    async with running(told) as pilot:
        await press(pilot, "H")
        await ask(pilot, "c", *"см лист", "enter")
        await settled(pilot)
        assert f"{EDITOR} says: см лист" in shown(told)
        await press(pilot, "up")
        assert "“см лист”" in shown(told)  # of the comment itself, shown at the place it speaks of


async def test_evidence_and_what_stood_before_are_told(told: WorkbenchApp, edition: Edition) -> None:
    (kept,) = [i for i, q in edition.db.execute("SELECT id, quote FROM suggestions") if q == "текущсм"]
    (row,) = texts.all_texts(edition.db)
    asked = {"transcript": row.sha, "suggestion": kept, "act": "accept", "class": "ocr"}
    start = texts.whole_text(edition.db, row.sha).content.index("текущсм")
    boris = persons.known(edition, "Анна Ивлева")
    deciding.record_all(edition, [{**asked, "start": start, "end": start + 7, "page": "текущий"}], boris)
    async with running(told) as pilot:
        await press(pilot, "H")
        assert "is in no word list" in shown(told) and "words 1" in shown(told)
        assert "before  текущем  Анна Ивлева" in shown(told)


async def test_a_review_leads_to_the_place_it_speaks_of(told: WorkbenchApp) -> None:
    async with running(told) as pilot:
        await press(pilot, "H", "end")
        await ask(pilot, "c", *"см", "enter")
        await settled(pilot)
        await press(pilot, "home", "enter")
        assert here(told) == "текущсм"


async def test_stepping_through_the_text(told: WorkbenchApp) -> None:
    def first(app: WorkbenchApp) -> str:
        return on(app, PastScreen)._lines[0].reading

    async with running(told) as pilot:
        await press(pilot, "V")
        assert first(told).endswith("артели.") and "now" in shown(told)
        assert "артелн → артели" in shown(told)
        await press(pilot, "left")
        assert first(told).endswith("артеле.")
        await press(pilot, "left", "left", "left")
        assert first(told).endswith("артелн.") and "step 0 of 3" in shown(told)
        await press(pilot, "right", "right")
        assert first(told).endswith("артеле.")
        await ask(pilot, "g", *"2026-01-03", "enter")
        await settled(pilot)
        assert first(told).endswith("артелн.") and "step 1 of 3" in shown(told)
        await ask(pilot, "d", "1")
        await settled(pilot)
        assert [c.new for d in on(told, DiffScreen)._found for c in d.changes if not c.same] == ["артели"]
        await press(pilot, "escape", "n", "escape")
        assert desk(told)


async def test_any_two_moments_or_persons_are_compared(told: WorkbenchApp, edition: Edition) -> None:
    with edition.writing():
        boris = persons.ensure(edition, EDITOR)
    (row,) = texts.all_texts(edition.db)
    start = texts.whole_text(edition.db, row.sha).content.index("Ивлева")
    asked = {"act": "edit", "transcript": row.sha, "start": start, "end": start + 6, "page": "Иевлева", "class": "ocr"}
    deciding.record_all(edition, [asked], boris)

    def differences(app: WorkbenchApp) -> list[tuple[str, str]]:
        return [(c.old, c.new) for d in on(app, DiffScreen)._found for c in d.changes if not c.same]

    async with running(told) as pilot:
        await press(pilot, "V", "left", "left")
        await ask(pilot, "d", "3", *"2026-01-03", "enter")  # against another moment
        await settled(pilot)
        assert differences(told) == [("артеле", "артелн")]
        await press(pilot, "escape")
        await ask(pilot, "p", "1")  # what Anna decided alone
        await settled(pilot)
        assert "Анна Ивлева alone" in shown(told) and "тов. Ивлева" in shown(told)
        await ask(pilot, "d", "4")  # against what Boris did
        await settled(pilot)
        assert differences(told) == [("артели", "артелн"), ("Ивлева", "Иевлева"), ("текущем", "текущсм")]
        await press(pilot, "escape", "n")
        assert "тов. Иевлева" in shown(told) and "step 4 of 4" in shown(told)


async def test_the_text_then_with_its_notes(told: WorkbenchApp, edition: Edition) -> None:
    (row,) = texts.all_texts(edition.db)
    asked = {"act": "textual_note", "transcript": row.sha, "start": 0, "end": 8, "body": "Заголовок подчёркнут"}
    deciding.record_all(edition, [asked], persons.known(edition, "Анна Ивлева"))
    async with running(told) as pilot:
        await press(pilot, "V", "v", "end")
        assert "Заголовок подчёркнут" in shown(told)
        await press(pilot, "escape", "left", "v")
        assert "Заголовок подчёркнут" not in shown(told) and "артели" in shown(told)
        await press(pilot, "escape", "left", "v")
        assert "артеле" in shown(told) and "2026-01-04 03:04 UTC" in shown(told)


async def test_a_line_longer_than_the_screen_is_shown_whole(told: WorkbenchApp) -> None:
    async with running(told, width=40) as pilot:
        await press(pilot, "V")
        assert "Протокол" in shown(told) and "заседания" in shown(told) and "артели." in shown(told)


async def test_the_text_just_after_an_entry(told: WorkbenchApp) -> None:
    async with running(told) as pilot:
        await press(pilot, "H", "down", "t")
        assert on(told, PastScreen)._lines[0].reading.endswith("артеле.")
        await press(pilot, "escape")
        assert on(told, HistoryScreen).query_one(RowList).cursor == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
@pytest.mark.parametrize("keys", [("H", "down"), ("V", "left")], ids=["history", "past"])
def test_how_it_looks(told: WorkbenchApp, snap_compare: Compare, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async def pressed(pilot: Any) -> None:
        await press(pilot, *keys)

    assert snap_compare(told, terminal_size=size, run_before=pressed)
