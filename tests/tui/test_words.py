"""The word lists under real keys: turning, filtering, scopes, examples, accepting, and coming back from a series."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.driving import ask, on, press, running, settled, shown, until
from workbench.services import adding, library
from workbench.services.edition import Edition, init
from workbench.services.words import words
from workbench.services.words.word_places import WordChoice
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.row_list import RowList
from workbench.tui.series import SeriesScreen
from workbench.tui.words import WordsScreen

HOSTILE = "Сев \x1b]0;stolen\x07 и [/b] назад \u202eвтсет\u202c зюбряк[bold]\nсев\n"


def lists(app: WorkbenchApp) -> WordsScreen:
    return on(app, WordsScreen)


def here(app: WorkbenchApp) -> str:
    """The word under the cursor."""
    screen = lists(app)
    return screen.rows[screen.query_one(RowList).cursor].text


async def rested(pilot: Pilot[Any]) -> None:
    """Wait until the places of the word under the cursor are shown."""
    await pilot.pause(0.2)
    await settled(pilot)


def accepted(edition: Edition) -> list[tuple[str, str]]:
    return [(e.decision.data["word"], e.decision.data["scope"]) for e in entries.effective(edition.db, "memory")
            if e.decision.act == "word"]  # fmt: skip


@pytest.fixture
def two(edition: Edition, tmp_path: Path) -> Edition:
    """The edition with a second document."""
    other = tmp_path / "pismo.txt"
    other.write_text("Пункт приёма закрыт.\n", "utf-8")
    assert [a.outcome for a in adding.add(edition, [other])] == ["added"]
    return edition


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[WorkbenchApp]:
    source = tmp_path / "hostile.txt"
    source.write_bytes(HOSTILE.encode())
    with init(tmp_path / "other") as made:
        assert [a.outcome for a in adding.add(made, [source], reader="plain")] == ["added"]
        yield WorkbenchApp(made, document=library.listings(made)[0].id, person="А")


async def test_digits_and_arrows_turn_to_a_list_which_is_in_brackets(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "W")
        assert "2 [odd]" in shown(app)
        await press(pilot, "8")
        assert "8 [signs]" in shown(app)
        assert lists(app).rows[0].count == 1
        assert lists(app).rows[0].notes[1] in shown(app)
        await press(pilot, "right", "right")
        assert "1 [all]" in shown(app)
        await press(pilot, "left")
        assert "9 [changed]" in shown(app)
        assert "Nothing here" in shown(app)


async def test_the_cursor_of_each_list_is_kept(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "1", "down", "down")
        word = here(app)
        await press(pilot, "2", "1")
        assert here(app) == word


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_three_lines_show_the_word_in_context(app: WorkbenchApp, width: int) -> None:
    async with running(app, width, 24) as pilot:
        await press(pilot, "W", "1")
        await rested(pilot)
        assert here(app) == "Пункт"
        lines = shown(app).splitlines()[-4:-1]
        assert [line.split()[0] for line in lines] == ["6", "7", "8"]
        column = 11 + (width - 12) // 3
        assert {line[column : column + 5] for line in lines} == {"Пункт"}
        assert all(line.strip() for line in shown(app).splitlines()[:3])


async def test_typed_letters_filter_the_rows_and_escape_shows_all_again_before_it_leaves(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "1")
        every = len(lists(app).rows)
        await press(pilot, "f", *"раб")
        assert [w.text for w in lists(app).rows] == ["Работы"]
        await press(pilot, "enter")
        assert here(app) == "Работы"
        await press(pilot, "escape")
        assert len(lists(app).rows) == every
        await press(pilot, "f", *"ццц")
        assert "Nothing here holds “ццц”" in shown(app)
        await press(pilot, "escape")
        assert len(lists(app).rows) == every
        await press(pilot, "escape")
        assert not isinstance(app.screen, WordsScreen)


async def test_a_sign_is_found_by_its_name(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "8", "f", *"hyphen")
        assert [w.text for w in lists(app).rows] == ["-"]


async def test_a_word_is_accepted_for_the_edition_or_this_document_and_has_a_sign_then(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await press(pilot, "W")
        first, second = (w.text for w in lists(app).rows[:2])
        await press(pilot, "w")
        assert here(app) == second
        await press(pilot, "Ц")  # W on the Russian layout
        assert accepted(edition) == [(first, "edition"), (second, "document")]
        signs = [line[:3].strip() for line in shown(app).splitlines()[3:] if first in line or second in line]
        assert signs[:2] == ["✓", "•"]
        await press(pilot, "escape", "W")
        assert " ✓ " in shown(app)
        assert " • " in shown(app)
        assert {w.text for w in lists(app).rows[-2:]} == {first, second}


async def test_what_is_right_already_is_not_recorded_again(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "w", "up", "w", "up", "W")
        assert len(accepted(edition)) == 1


async def test_a_sign_cannot_be_accepted(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "8", "w")
        assert "Only a word can be right" in shown(app)
        assert accepted(edition) == []


async def test_d_counts_the_edition_and_the_document_again(app: WorkbenchApp, two: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "1")
        assert {w.text: w.count for w in lists(app).rows}["Пункт"] == 59
        await press(pilot, "d")
        assert {w.text: w.count for w in lists(app).rows}["Пункт"] == 60
        assert "edition" in shown(app).splitlines()[0]
        await press(pilot, "d")
        assert {w.text: w.count for w in lists(app).rows}["Пункт"] == 59


async def test_a_series_is_of_the_word_and_the_list_comes_back_at_it_counted_anew(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "1", "down")
        word = here(app)
        await press(pilot, "enter")
        found = on(app, SeriesScreen).series
        assert found is not None
        assert {m.quote for m in found.members} == {word}
        await pilot.press("r")
        await pilot.pause()
        await pilot.press(*"Труды")
        await ask(pilot, "enter")
        await settled(pilot)
        await ask(pilot, "enter", "enter")
        await settled(pilot)
        await rested(pilot)
        (row,) = [w for w in lists(app).rows if w.text.endswith("Труды")]
        assert row.raw_forms == (word,)
        await press(pilot, "9")
        assert lists(app).rows[0].notes[0] == "100%"


@pytest.mark.parametrize("undo", ["u", "г"], ids=["latin", "russian"])
async def test_what_the_preview_says_of_taking_back_is_true_of_this_screen(
    app: WorkbenchApp, edition: Edition, undo: str
) -> None:
    async with running(app) as pilot:
        await press(pilot, "W", "1", "enter", "r", *"1", "enter", "enter")
        assert "u takes them back together" in shown(app)
        await press(pilot, "enter")
        assert "recorded; u takes it back" in shown(app)
        changed = list(entries.live(edition.db, "text"))
        assert len(changed) == 59 and len({e.batch for e in changed}) == 1
        await press(pilot, undo)
        assert list(entries.live(edition.db, "text")) == []
        assert here(app) in ("Работы", "продолжать", "Пункт")
        await press(pilot, "w", undo)
        assert accepted(edition) == []
        await press(pilot, undo)
        assert "There is nothing of yours to take back" in shown(app)


async def test_who_opens_the_lists_may_show_the_places_of_a_word(app: WorkbenchApp, document: str) -> None:
    chosen: list[WordChoice] = []

    async def choose(choice: WordChoice) -> bool:
        chosen.append(choice)
        return False

    async with running(app) as pilot:
        app.push_screen(WordsScreen(document, choose))
        await settled(pilot)
        await press(pilot, "8", "enter")
        assert [(c.word, c.pattern) for c in chosen] == [(here(app), True)]


async def test_the_whole_edition_has_no_document_to_accept_for(edition: Edition) -> None:
    app = WorkbenchApp(edition, person="А")
    async with running(app) as pilot:
        app.push_screen(WordsScreen(None))
        await settled(pilot)
        await press(pilot, "W", "d")
        assert accepted(edition) == []
        assert "All documents are counted" in shown(app)


async def test_counting_the_edition_can_be_stopped_and_the_document_is_shown_again(
    app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = words.count

    def slow(edition: Edition, documents: Any, progress: Any) -> words.Counted:
        for done in range(200):
            progress(done, 200)
            import time

            time.sleep(0.02)
        return real(edition, documents, progress)

    async with running(app) as pilot:
        await press(pilot, "W", "1")
        monkeypatch.setattr(words, "count", slow)
        await pilot.press("d")
        await until(pilot, lambda: "Esc stops" in shown(app))
        await press(pilot, "escape")
        await until(pilot, lambda: bool(lists(app).rows))
        assert here(app) == "Пункт"
        assert "document" in shown(app).splitlines()[0]


async def test_what_a_count_that_was_stopped_had_to_say_is_not_said(
    app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be on its way from its thread to the screen when the key is pressed."""
    real = app.call_from_thread
    stopped: list[object] = []

    def count(edition: Edition, documents: Any, progress: Any) -> words.Counted:
        progress(1, 2)
        progress(2, 2)
        raise AssertionError("it was stopped")

    def after_the_key(act: Any, *given: Any) -> Any:
        if not stopped:
            stopped.append(act)
            real(lists(app).action_leave)
        return real(act, *given)

    async with running(app) as pilot:
        await press(pilot, "W", "1")
        monkeypatch.setattr(words, "count", count)
        monkeypatch.setattr(app, "call_from_thread", after_the_key)
        await press(pilot, "d")
        await until(pilot, lambda: stopped and lists(app).rows)
        await settled(pilot)
        assert here(app) == "Пункт"
        assert "Esc stops" not in shown(app)


async def test_text_of_documents_is_shown_harmlessly(hostile: WorkbenchApp) -> None:
    async with running(hostile) as pilot:
        await press(pilot, "W")
        for digit in "123456789":
            await press(pilot, digit)
            await rested(pilot)
            assert not {"\x1b", "\x07", "\u202e"} & set(shown(hostile))
        await press(pilot, "1", "f", *"зюбряк", "enter")
        await rested(pilot)
        assert "[/b]" in shown(hostile)
        assert "␛]0;stolen" in shown(hostile)
