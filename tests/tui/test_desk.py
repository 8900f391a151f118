"""The desk under real keys: each gesture one decision, on either keyboard layout."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from tests.tui.conftest import TEXT, proposal
from tests.tui.driving import acts, ask, desk, here, press, running, settled, shown, to_row, until
from workbench.core.suggestion import Candidate
from workbench.services import adding
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.store import entries, suggestions, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.command import TWINS, Command, with_twins
from workbench.tui.commands import DESK, EVERYWHERE, LIBRARY
from workbench.tui.desk import DeskScreen
from workbench.tui.help import Help
from workbench.tui.library import Library
from workbench.tui.panel import Panel


async def test_enter_accepts_the_first_candidate_and_goes_to_the_next_place(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        assert here(app) == "артелн"
        await press(pilot, "enter")
        assert here(app) == "яро-\nвых"
        await press(pilot, "enter", "enter")
        assert desk(app).desk.counts().open == 0
    assert acts(edition) == [
        ("accept", "артелн", "артели"), ("accept", "яро-\nвых", "яровых"), ("accept", "текущсм", "текущем"),
    ]  # fmt: skip


async def test_a_number_accepts_that_candidate(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "2")
    assert acts(edition) == [("accept", "артелн", "артель")]


async def test_a_number_without_a_candidate_records_nothing_and_says_so(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "7")
        assert here(app) == "артелн"
    assert acts(edition) == []


async def test_a_decision_copies_the_provenance_of_its_suggestion(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "enter")
    (decided,) = [e.decision for e in entries.every(edition.db) if e.decision.act == "accept"]
    assert decided.suggestion is not None
    assert decided.suggestion["suggester"] == "words"
    assert [c["text"] for c in decided.suggestion["candidates"]] == ["артели", "артель"]


async def test_keep_closes_the_suggestion_and_leaves_the_text(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "s")
        assert here(app) == "яро-\nвых"
    assert acts(edition) == [("keep", "артелн", None)]


async def test_an_edit_that_answers_a_suggestion_goes_on_to_the_next(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "e", "x", "enter")  # the editor begins at the place
        assert here(app) == "яро-\nвых"
        await press(pilot, "e", "escape")
        assert here(app) == "яро-\nвых"
    assert acts(edition) == [("edit", "артелн", "xартелн")]


@pytest.mark.parametrize("command", [c for c in (*DESK, *LIBRARY, *EVERYWHERE) if c.keys], ids=lambda c: c.id)
def test_every_letter_key_has_its_russian_twin(command: Command) -> None:
    bound = str(command.binding().key).split(",")
    assert bound == with_twins(command.keys)
    assert all(TWINS[k] in bound for k in command.keys if k in TWINS)


async def test_the_russian_layout_decides_as_the_latin_one(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "ы")  # s: keep
        await press(pilot, "г")  # u: undo
        assert desk(app).desk.counts().open == 3
        await press(pilot, "т")  # n: next
        assert here(app) == "яро-\nвых"
        await press(pilot, "и")  # b: back
        assert here(app) == "артелн"


async def test_undo_and_redo_walk_the_decisions_of_this_person(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "enter", "enter")
        assert desk(app).desk.counts().open == 1
        await press(pilot, "u")
        assert desk(app).desk.counts().open == 2
        assert here(app) == "яро-\nвых"
        await press(pilot, "u")
        assert desk(app).desk.counts().open == 3
        await press(pilot, "ctrl+r", "ctrl+r")
        assert desk(app).desk.counts().open == 1
        await press(pilot, "ctrl+r")
        assert "nothing to bring back" in str(desk(app).query_one(TitleBar).render())


async def test_letters_that_are_commands_elsewhere_are_text_in_the_line(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "q", "h")
        await press(pilot, "enter")
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления артелн.qh"


async def test_editing_begins_at_the_place_and_not_where_the_same_stands_before_it(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        last = desk(app).desk.places(5)[-1]
        desk(app).go(last)
        await settled(pilot)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("x")
        await press(pilot, "enter")
        assert desk(app).desk.line_reading(5) == "Пункт 1. Работы продолжатьx."


async def test_a_key_pressed_before_a_question_is_on_the_screen_does_not_answer_it(
    app: WorkbenchApp, edition: Edition
) -> None:
    """The first Enter asks for the grounds; a second one, typed ahead, was meant for the next place."""
    with edition.writing() as db:
        db.execute("UPDATE suggestions SET class = 'unseen'")
    async with running(app) as pilot:
        app.post_message(events.Key("enter", "\r"))
        while not isinstance(app.screen, Choose):
            await asyncio.sleep(0)
        app.post_message(events.Key("enter", "\r"))
        await settled(pilot)
        assert isinstance(app.screen, Choose)
        assert acts(edition) == []
        await press(pilot, "enter")
    assert acts(edition) == [("accept", "артелн", "артели")]


async def test_an_edit_of_just_the_doubted_word_answers_the_suggestion(app: WorkbenchApp, edition: Edition) -> None:
    """The record says what had been proposed, so that the engine learns from what was typed."""
    async with running(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        desk(app).query_one(TextArea).text = "Протокол заседания правления артелию."
        await press(pilot, "enter")
    (entry,) = [e for e in entries.every(edition.db) if e.decision.act == "edit"]
    assert entry.decision.suggestion is not None
    assert entry.decision.suggestion["candidates"][0]["text"] == "артели"


async def test_an_edited_line_becomes_one_decision_a_change_and_one_undo_takes_all_back(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        area = desk(app).query_one(TextArea)
        assert area.text == "Протокол заседания правления артелн."
        area.text = "Протокол заседании правления артели."
        await press(pilot, "enter")
        assert desk(app).desk.line_reading(0) == "Протокол заседании правления артели."
        assert desk(app).desk.counts().decisions == 2
        await press(pilot, "u")
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления артелн."
        assert desk(app).desk.counts().open == 3


async def test_an_edit_left_with_escape_changes_nothing(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("Ц")
        await press(pilot, "escape")
        assert desk(app).query_one(Panel).display
    assert acts(edition) == []


async def test_unclear_with_and_without_a_guess(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await ask(pilot, "m", "1")
        await press(pilot, "enter")
        await ask(pilot, "ь", "1")
        await pilot.press("я", "р")
        await press(pilot, "enter")
    assert acts(edition) == [("unclear", "артелн", None), ("unclear", "яро-\nвых", "яр")]


@pytest.mark.parametrize(
    ("keys", "act", "data"),
    [
        (("2", "enter"), "unclear", {}), (("3",), "blank", {}), (("4", "2", "enter"), "gap", {"extent": "2"}),
        (("5",), "added", {}), (("6",), "deleted", {}), (("7", "4"), "hand", {"hand": "pencil"}),
    ],
)  # fmt: skip
async def test_each_mark_is_two_keys_and_what_it_needs(
    app: WorkbenchApp, edition: Edition, keys: tuple[str, ...], act: str, data: dict[str, str]
) -> None:
    async with running(app) as pilot:
        await ask(pilot, "m", *keys)
        await settled(pilot)
    decisions = [e.decision for e in entries.every(edition.db) if e.decision.layer in ("text", "inline")]
    assert [(d.act, d.quote, dict(d.data)) for d in decisions] == [(act, "артелн", data)]


async def test_a_note_stays_at_its_place_and_leaves_the_suggestion_open(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("н", "б")
        await press(pilot, "enter")
        assert here(app) == "артелн"
        assert "нб" in str(desk(app).query_one(Panel).render())
        assert desk(app).desk.counts().open == 3
    assert acts(edition) == [("textual_note", "артелн", None)]


async def test_how_much_is_lost_is_told_at_the_place(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await ask(pilot, "m", "4", "2", "enter")
        await settled(pilot)
        await press(pilot, "home")
        await press(pilot, "right", "right", "right")
        assert "lost" in shown(app) and "UTC · 2 · ground" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_five_candidates_leave_room_for_why(edition: Edition, document: str, size: tuple[int, int]) -> None:
    (row,) = texts.all_texts(edition.db)
    words = ("текущем", "текущим", "текущий", "текущая", "текучем")
    five = replace(
        proposal("текущсм"), candidates=tuple(Candidate(text=w, ppm=90_000 - n) for n, w in enumerate(words))
    )
    with edition.writing() as db:
        suggestions.replace_all(db, row.sha, [five], suggestions.Run(engine="test", version="2", started=now()))
    app = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(app, *size) as pilot:
        lines = shown(app).splitlines()
        beside = [line for line in lines if "1 текущем" in line and "4 текущая" in line]
        assert bool(beside) == (size == (80, 24))  # two columns only where one would leave no room
        assert all(any(f"{n} {c.text}" in line for line in lines) for n, c in enumerate(five.candidates, 1))
        assert any(line.startswith(" why  ") and line.rstrip().endswith("— words") for line in lines)
        await press(pilot, "4")
        assert desk(app).desk.line_reading(3).endswith("текущая году.")


async def test_a_notice_goes_with_a_key_once_it_was_read(app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """It covers what is worked on; a key that comes before leaves it there."""
    async with running(app, 80, 24) as pilot:
        await ask(pilot, "j")
        await press(pilot, *"99", "enter", "n")
        assert [n.message[:19] for n in app._notifications] == ["there is no line 99"]
        monkeypatch.setattr(app, "_read_by", 0.0)
        await press(pilot, "n")
        assert not app._notifications


async def test_a_title_that_names_no_mode_gives_way_to_what_was_done(app: WorkbenchApp) -> None:
    async with running(app, 80, 24) as pilot:
        bar = app.screen.query_one(TitleBar)
        bar.say("A TITLE WITHOUT A SECOND PART THAT IS SIXTY CELLS LONG OR MORE THAN", "1 of 2")
        said = "Every suggestion of this document is answered; r reads it line by line"
        bar.flash(said)
        await settled(pilot)
        assert said in shown(app)


async def test_an_empty_line_that_one_goes_to_is_where_one_is(app: WorkbenchApp, edition: Edition) -> None:
    """No key acts on the place one came from, and every way leads on from the empty line."""
    async with running(app) as pilot:
        await press(pilot, "n", "n")  # a suggestion after the line
        assert desk(app).row == 3
        await press(pilot, "j", "2", "enter")
        assert (desk(app).row, desk(app).place) == (1, None)
        assert "An empty line." in shown(app)
        await press(pilot, "s", "enter")
        assert acts(edition) == []
        await press(pilot, "v", "escape")
        assert desk(app).row == 1
        await press(pilot, "n")
        assert here(app) == "яро-\nвых"
        await press(pilot, "backspace")
        assert desk(app).row == 1
        await press(pilot, "right")
        assert here(app) == "Слушали"
        await press(pilot, "up", "left")
        assert here(app) == "."


async def test_arrows_walk_words_and_rows_and_a_word_can_be_decided_too(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "left")
        assert here(app) == "правления"
        await press(pilot, "s")
        assert here(app) == "правления"
        await press(pilot, "down", "down", "right")
        assert here(app) == ":"
    assert acts(edition) == [("keep", "правления", None)]


async def test_who_decides_is_asked_once_and_kept(edition: Edition, document: str) -> None:
    app = WorkbenchApp(edition, document=document)
    async with running(app) as pilot:
        await pilot.press("s")
        await asyncio.sleep(0)
        await pilot.pause()
        assert isinstance(app.screen, Ask)
        for key in ("И", "я"):
            await pilot.press(key)
        await press(pilot, "enter")
        await press(pilot, "s")
        assert acts(edition)[0][0] == "keep"
        assert len(acts(edition)) == 2
    again = WorkbenchApp(edition, document=document)
    async with running(again) as pilot:
        await press(pilot, "s")
        assert len(acts(edition)) == 3


async def test_nobody_decides_without_a_name(edition: Edition, document: str) -> None:
    app = WorkbenchApp(edition, document=document)
    async with running(app) as pilot:
        await pilot.press("s")
        await pilot.pause()
        await press(pilot, "escape")
        assert here(app) == "артелн"
    assert acts(edition) == []


async def test_the_next_start_comes_back_to_the_place(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "n", "n")
        assert here(app) == "текущсм"
        await pilot.press("q")
    again = WorkbenchApp(edition, person="Анна Ивлева")
    async with running(again):
        assert here(again) == "текущсм"


async def test_the_library_counts_the_documents_in_sight(edition: Edition, tmp_path: Path) -> None:
    """However many there are; the totals are counted without them."""
    more = [tmp_path / f"z{number:03}.txt" for number in range(60)]
    for path in more:
        path.write_text(f"Письмо {path.stem}\n", "utf-8")
    list(adding.add(edition, more))
    app = WorkbenchApp(edition, person="Анна Ивлева")
    async with running(app) as pilot:
        screen = app.screen
        assert isinstance(screen, Library)
        assert "61 documents" in shown(app)
        assert 0 < len(screen._listings) < 30
        await press(pilot, "end")
        assert screen.current is not None and screen.current.title.startswith("z059.txt")
        assert len(screen._listings) < 60
        await press(pilot, "enter", "escape")
        current = screen.current
        assert app.screen == screen and current is not None and current.number == 61


async def test_escape_leads_to_the_library_and_enter_back_to_the_place(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "n", "escape")
        assert isinstance(app.screen, Library)
        await press(pilot, "enter")
        assert here(app) == "яро-\nвых"


async def test_help_lists_every_command_of_the_desk(app: WorkbenchApp) -> None:
    async with running(app, 120, 100) as pilot:
        await press(pilot, "f1")
        assert isinstance(app.screen, Help)
        for command in (*DESK, *EVERYWHERE):
            if not command.id.startswith("desk.accept_") and command.keys:
                assert command.title in shown(app), command.id
        await press(pilot, "escape")
        assert isinstance(app.screen, DeskScreen)


async def test_help_is_of_the_pane_in_focus(app: WorkbenchApp) -> None:
    """While a line is typed its letters are letters; what the other keys do there is what one wants to know."""
    async with running(app) as pilot:
        await press(pilot, "e", "f1")
        assert isinstance(app.screen, Help)
        assert "Record" in shown(app) and "Keep (stet)" not in shown(app)
        await press(pilot, "escape", "escape", "f", "f1")
        assert "Previous" in shown(app) and "Keep (stet)" not in shown(app)
        await press(pilot, "escape", "escape", "f1")
        assert "Keep (stet)" in shown(app)


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_footer_keeps_what_is_pressed_most_and_offers_more_where_there_is_room(
    app: WorkbenchApp, width: int
) -> None:
    async with running(app, width, 24):
        footer = shown(app).splitlines()[-1]
        assert all(word in footer for word in ("help", "accept", "keep", "edit", "next", "read"))
        assert ("find" in footer) == (width == 200)


async def test_a_decision_says_what_was_proposed_to_it(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "s", "b")
        await press(pilot, "home", *["right"] * 3)
        assert "kept as it stands" in shown(app) and "proposed by words: артели" in shown(app)


async def test_the_side_of_a_wide_screen_shows_what_waits_next(app: WorkbenchApp) -> None:
    async with running(app, 200, 40) as pilot:
        assert "яро-⏎вых → яровых" in shown(app) and "текущсм → текущем" in shown(app)
        await press(pilot, "n", "enter")
        assert "яро-⏎вых → яровых" not in shown(app) and here(app) == "текущсм"
        assert "Nothing waits after this place" in shown(app)
        await press(pilot, "b")
        assert "текущсм → текущем" in shown(app)


async def test_undo_says_what_it_took_back(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "enter", "u")
        assert "Taken back: accepted" in shown(app)
        await press(pilot, "ctrl+r")
        assert "Brought back: accepted" in shown(app)


async def test_a_class_is_asked_for_only_where_something_changes(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "left", "c")
        assert isinstance(app.screen, DeskScreen) and "Nothing is changed here" in shown(app)
        await press(pilot, "с", "C")
        assert isinstance(app.screen, DeskScreen)
    assert acts(edition) == []


async def test_the_palette_runs_commands_of_the_table(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "ctrl+p", *"keep")
        await until(pilot, lambda: "Keep" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: acts(edition))
    assert acts(edition) == [("keep", "артелн", None)]


async def test_suggestions_are_looked_for_off_the_keys(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "g")
        await settled(pilot)
        assert desk(app).desk.counts().open > 0
        assert app._search is None


async def test_no_key_does_anything_before_there_is_a_document(tmp_path: object) -> None:
    from pathlib import Path

    from workbench.services.edition import init

    assert isinstance(tmp_path, Path)
    with init(tmp_path / "empty") as empty:
        app = WorkbenchApp(empty, person="А")
        async with running(app) as pilot:
            await press(pilot, "enter", "u", "g", "escape", "down")
            assert isinstance(app.screen, Library)
            assert "workbench add" in shown(app)


async def test_a_hyphen_that_is_kept_leaves_both_lines_as_they_stand(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "n", "s")
        assert desk(app).desk.line_reading(2) == TEXT.splitlines()[2]
        assert desk(app).desk.line_reading(3).startswith("вых культур")
        rows = shown(app).splitlines()
        assert any("сева яро-" in row for row in rows) and any("│ вых культур" in row for row in rows)
        await to_row(pilot, 3)
        await press(pilot, "e", "home", "delete", "В", "enter")  # what is kept can be edited from either line
        both = desk(app).desk.line_reading(2) + desk(app).desk.line_reading(3)
        assert both == "\n".join(TEXT.splitlines()[2:4]).replace("\nвых", "\nВых")


async def test_that_a_word_is_right_is_said(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await ask(pilot, "w", "2")
        await settled(pilot)
        assert "“артелн” is right: everywhere in this document" in shown(app)
