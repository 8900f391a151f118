"""The screens that the desk opens: series, words, differences, preview, checking list, breaks, description."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.images.pages import saved
from tests.tui.conftest import TEXT, proposal
from tests.tui.driving import acts, ask, asked, desk, here, on, press, running, settled, shown, to_row, until
from workbench.services import adding, deciding, images, library, persons
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.store import entries, suggestions, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.breaks import BreaksScreen
from workbench.tui.checking import CheckingScreen
from workbench.tui.description import DescriptionScreen
from workbench.tui.desk import DeskScreen
from workbench.tui.diff import DiffScreen
from workbench.tui.find_form import FindForm
from workbench.tui.image_pane import ImagePane
from workbench.tui.page_screen import PageScreen
from workbench.tui.preview import Preview
from workbench.tui.printed import PrintedScreen
from workbench.tui.series import SeriesScreen
from workbench.tui.words import WordsScreen


@pytest.mark.parametrize("keys", [("S", "n", "space", "enter", "enter"), ("Ы", "т", "space", "enter", "enter")])
async def test_a_series_keeps_the_ticked_places_as_one_batch(
    app: WorkbenchApp, edition: Edition, keys: tuple[str, ...]
) -> None:
    async with running(app) as pilot:
        await to_row(pilot, 6)  # «Пункт 1.»
        await press(pilot, "right", "right", "right", *keys[:1])
        series = on(app, SeriesScreen).series
        assert series is not None
        assert {m.quote for m in series.members} == {"Работы"}
        await press(pilot, *keys[1:3])
        assert len(on(app, SeriesScreen).ticked) == 1
        await ask(pilot, *keys[3:])
        await settled(pilot)
        on(app, DeskScreen)
        assert len(acts(edition)) == 1
        await press(pilot, "u")
        assert desk(app).desk.counts().decisions == 0


async def test_a_series_left_with_escape_decides_nothing(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "A")
        on(app, SeriesScreen)
        assert "артели" in shown(app)
        await press(pilot, "enter")
        on(app, Preview)
        await press(pilot, "escape", "escape")
        on(app, DeskScreen)
    assert acts(edition) == []


async def test_find_and_replace_takes_a_pattern_and_previews_it(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await pilot.press("F")
        await asked(pilot)
        on(app, FindForm)
        await pilot.press(*"Пункт", "tab", *"Параграф", "enter")
        await settled(pilot)
        on(app, SeriesScreen)
        assert len(on(app, SeriesScreen).ticked) == 59
        await ask(pilot, "enter", "enter")
        await settled(pilot)
        assert desk(app).desk.line_reading(5) == "Параграф 1. Работы продолжать."
    assert len({e.batch for e in entries.every(edition.db) if e.decision.act == "edit"}) == 1


async def test_a_series_of_nothing_says_what_to_do(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await pilot.press("F")
        await asked(pilot)
        await pilot.press(*"zzz", "enter")
        await settled(pilot)
        assert "f changes what is looked for" in shown(app)
        await press(pilot, "enter")
        on(app, SeriesScreen)


async def test_from_a_row_of_the_word_lists_straight_to_its_series(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "W")
        on(app, WordsScreen)
        assert on(app, WordsScreen).rows[0].text in ("артелн", "вых", "текущсм", "яро")
        await press(pilot, "1")
        assert on(app, WordsScreen).rows[0].text in ("Работы", "продолжать", "Пункт")
        await press(pilot, "enter")
        series = on(app, SeriesScreen).series
        assert series is not None
        assert len(series.members) == 59
        await press(pilot, "escape")
        on(app, WordsScreen)
        await press(pilot, "escape")
        on(app, DeskScreen)


async def test_a_word_accepted_as_right_closes_its_suggestions(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await ask(pilot, "w", "2")
        await settled(pilot)
        assert desk(app).desk.counts().open == 2
        assert here(app) == "яро-\nвых"


async def test_a_word_accepted_as_right_is_shown_so_wherever_it_stands(app: WorkbenchApp, edition: Edition) -> None:
    (row,) = texts.all_texts(edition.db)
    first = TEXT.index("Работы")
    found = [
        replace(proposal("Работы", "Роботы"), start=at, end=at + 6) for at in (first, TEXT.index("Работы", first + 1))
    ]
    with edition.writing() as db:
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="test", version="1", started=now()))
    async with running(app) as pilot:
        assert shown(app).count("Роботы") == 2 + 1  # both places, and the candidate
        await ask(pilot, "w", "2")
        await settled(pilot)
        assert "Роботы" not in shown(app)
        await press(pilot, "u")
        assert shown(app).count("Роботы") == 2 + 1


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_differences_show_what_goes_and_what_comes(app: WorkbenchApp, width: int) -> None:
    async with running(app, width) as pilot:
        await press(pilot, "enter", "d")
        on(app, DiffScreen)
        assert "артелн" in shown(app) and "артели" in shown(app)
        await press(pilot, "c", "i")
        assert "1 line differs" in shown(app)
        await press(pilot, "enter")
        on(app, DeskScreen)
        assert desk(app).row == 0


async def test_nothing_changed_is_said_where_nothing_differs(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "d")
        assert "Nothing is changed" in shown(app)


async def test_the_preview_prints_each_text_in_each_style(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "enter", "v")
        on(app, PrintedScreen)
        assert "артели." in shown(app) and "reading text" in shown(app)
        await press(pilot, "t")
        assert "diplomatic text" in shown(app)
        await press(pilot, "s")
        assert "reader" in shown(app)
        await press(pilot, "escape")
        on(app, DeskScreen)


async def test_a_place_on_the_checking_list_is_printed_and_answered(
    app: WorkbenchApp, edition: Edition, tmp_path: Path
) -> None:
    async with running(app) as pilot:
        await press(pilot, "o", "k")
        on(app, CheckingScreen)
        sheet = tmp_path / "list.csv"
        await pilot.press("p")
        await asked(pilot)
        for _ in range(len(str(edition.folder / "checklist.html"))):
            await pilot.press("backspace")
        await pilot.press(*str(sheet), "enter")
        await settled(pilot)
        rows = sheet.read_text("utf-8").splitlines()
        assert rows[1].endswith(',"артелн",,')
        sheet.write_text("\n".join([rows[0], rows[1].removesuffix(",,") + ",артель,"]), "utf-8")
        await pilot.press("a")
        await asked(pilot)
        await pilot.press(*str(sheet), "enter")
        await settled(pilot)
        on(app, Preview)
        await press(pilot, "enter")
        assert "Nothing is to be checked" in shown(app)
        await press(pilot, "escape")
        assert desk(app).desk.line_reading(0).endswith("артель.")
    (decision,) = [e.decision for e in entries.live(edition.db, "text")]
    assert (decision.page, decision.ground) == ("артель", "page")


async def test_a_printed_list_is_filled_in_taken_in_and_taken_back_and_never_written_over_unasked(
    app: WorkbenchApp, edition: Edition, tmp_path: Path
) -> None:
    sheet = tmp_path / "list.txt"

    async def asked_for(key: str, path: Path) -> None:
        await ask(pilot, key)
        for _ in range(len(str(edition.folder / "checklist.html")) if key == "p" else 0):
            await pilot.press("backspace")
        await pilot.press(*str(path), "enter")
        await settled(pilot)

    async with running(app, 80, 24) as pilot:
        await press(pilot, "o", "k")
        await asked_for("p", tmp_path / "list.pdf")
        assert "a list is written as .html, .txt or .csv" in list(app._notifications)[-1].message
        await asked_for("p", sheet)
        filled = sheet.read_text("utf-8").rstrip() + " артель\n"
        sheet.write_text(filled, "utf-8")
        await asked_for("p", sheet)
        assert "list.txt is there already, perhaps filled in" in shown(app)
        await press(pilot, "enter")
        assert sheet.read_text("utf-8") == filled
        await asked_for("a", sheet)
        await press(pilot, "enter")
        assert "Nothing is to be checked" in shown(app)
        await press(pilot, "г")
        assert "taken back" in shown(app) and "артелн" in shown(app)
        assert list(entries.live(edition.db, "text")) == []


async def test_line_ends_take_one_key_each(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "X")
        on(app, BreaksScreen)
        assert "яровых" in shown(app)
        await press(pilot, "enter")
        assert "Every break is decided" in shown(app)
        await press(pilot, "u")
        assert "taken back" in shown(app)
        await press(pilot, "k", "escape")
        on(app, DeskScreen)
    assert [e.decision.reading for e in entries.live(edition.db, "text")] == ["яро-вых"]


async def test_line_ends_answered_ahead_are_all_answered_and_each_is_seen_in_its_sentence(
    edition: Edition, tmp_path: Path
) -> None:
    other = tmp_path / "pismo.txt"
    other.write_text("О ходе се-\nва и убор-\nки в районе, о рабо-\nте артели.\n", "utf-8")
    assert [a.outcome for a in adding.add(edition, [other])] == ["added"]
    app = WorkbenchApp(edition, document=library.ids(edition)[0], person="Анна Ивлева")
    async with running(app, 80, 24) as pilot:
        await press(pilot, "X")
        assert "О ходе се-⏎ва и убор-" in shown(app)
        for _ in range(3):
            await pilot.press("enter")
        await settled(pilot)
        await until(pilot, lambda: "0 left of 3 breaks" in shown(app) or "Every break is decided" in shown(app))
    made = [e.decision for e in entries.live(edition.db, "text")]
    assert [d.reading for d in made] == ["сева", "уборки", "работе"]


async def test_a_line_end_that_somebody_else_answered_since_is_shown_and_not_answered_over(
    edition: Edition, tmp_path: Path
) -> None:
    other = tmp_path / "pismo.txt"
    other.write_text("О ходе се-\nва и убор-\nки в районе, о рабо-\nте артели.\n", "utf-8")
    list(adding.add(edition, [other]))
    app = WorkbenchApp(edition, document=library.ids(edition)[0], person="Анна Ивлева")
    with edition.writing():
        boris = persons.ensure(edition, "Борис Ветров")
    asked = {"act": "edit", "transcript": "pismo.txt", "start": 16, "end": 24, "page": "убор-ки", "class": "layout"}
    async with running(app, 80, 24) as pilot:
        await press(pilot, "X")
        deciding.record_all(edition, [asked], boris)
        await press(pilot, "j", "j")
        assert "✓      2  убор- ⏎  ки" in shown(app)
    assert {e.decision.reading for e in entries.live(edition.db, "text")} == {"сева", "убор-ки"}


async def test_the_description_is_recorded_as_one_entry(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "D")
        on(app, DescriptionScreen)
        await pilot.press(*"akt", "enter", *"Anna")
        await press(pilot, "ctrl+s")
        on(app, DeskScreen)
    (entry,) = [e for e in entries.every(edition.db) if e.decision.act == "describe"]
    assert entry.decision.data["fields"] == {"kind": "akt", "author": "Anna"}
    assert library.listings(edition)[0].title.startswith("akt")


async def test_a_description_left_is_asked_about(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "D")
        await pilot.press(*"akt")
        await ask(pilot, "escape", "2")
        await settled(pilot)
        on(app, DeskScreen)
    assert not [e for e in entries.every(edition.db) if e.decision.act == "describe"]


async def test_a_zone_a_leaf_and_a_tag_are_set_at_the_place(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await ask(pilot, "z", "1", "enter")
        await settled(pilot)
        await pilot.press("L")
        await asked(pilot)
        await pilot.press(*"12", "enter")
        await settled(pilot)
        await ask(pilot, "y", "3", "enter")
        await settled(pilot)
    made = [(e.decision.act, dict(e.decision.data)) for e in entries.every(edition.db) if e.decision.act != "person"]
    assert made[0] == ("zone", {"kind": "letterhead"})
    assert made[1] == ("leaf", {"leaf": "12"})
    assert made[2][0] == "tag" and made[2][1]["kind"] == "body"


@pytest.mark.parametrize("keys", [("z", "f"), ("я", "а")])
async def test_a_resolution_has_a_hand_a_person_a_doubt_a_day_and_a_passage(
    app: WorkbenchApp, edition: Edition, keys: tuple[str, str]
) -> None:
    async with running(app) as pilot:
        await to_row(pilot, 4)
        await ask(pilot, *keys, "enter", "3", *"Ивлев", "enter", "2")
        await ask(pilot, *"4.I.1934", "enter", "2", *"доклад", "enter")
        await settled(pilot)
        assert "resolution · in ink · Ивлев (probably) · 1934-01-04 · printed as a note upon its" in shown(app)
        await press(pilot, "v")
        assert "Слушали: доклад⟨а⟩ тов. Ивлева" in shown(app)
    (zone,) = [e.decision for e in entries.every(edition.db) if e.decision.act == "zone"]
    start = TEXT.index("доклад")
    assert dict(zone.data) == {
        "kind": "resolution", "hand": "ink", "person": "Ивлев", "person_certainty": "medium", "dated": "1934-01-04",
        "belongs": {"start": start, "end": start + len("доклад")},
    }  # fmt: skip


async def test_what_is_said_of_a_place_is_told_there_and_a_leaf_stands_where_it_begins(app: WorkbenchApp) -> None:
    async with running(app, 80, 24) as pilot:
        await ask(pilot, "y", "1", "enter")
        await settled(pilot)
        await ask(pilot, "m", "7", "4")
        await settled(pilot)
        await press(pilot, "o", "o")
        assert "name tagged  person: артелн  ·  another hand  in pencil  ·  to be checked" in shown(app)
        await press(pilot, "L", *"12", "enter")
        assert any("|л. 12| Протокол" in line for line in shown(app).splitlines())
        await to_row(pilot, 1)
        await press(pilot, "m")
        assert "An empty line: nothing stands here to decide about" in shown(app)
        await press(pilot, "L", "enter")  # there a leaf may well begin
        assert any("|л. 12 об.|" in line for line in shown(app).splitlines())


async def test_a_number_of_lines_that_is_none_is_said(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await ask(pilot, "z", "1")
        await press(pilot, "x", "enter")
        assert "“1x” is no number of lines" in shown(app)
    assert acts(edition) == []


async def test_a_document_is_split_and_joined_again_from_the_palette(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await to_row(pilot, 1)  # an empty line: the document may well begin with one
        await app.run_action("split", default_namespace=app.screen)
        await asked(pilot)
        await press(pilot, "enter")
        assert [d.lines for d in library.listings(edition)] == [1, 63]
        assert desk(app).document == library.ids(edition)[1] and desk(app).row == 0  # the cursor stays on its line
        await press(pilot, "u")
        assert [d.lines for d in library.listings(edition)] == [64] == [desk(app).desk.lines.row_count]
        assert desk(app).row == 1
        await press(pilot, "ctrl+r")
        assert desk(app).desk.lines.row_count == 63
        app.switch_desk(library.ids(edition)[0], ("", 0))
        await settled(pilot)
        await app.run_action("join", default_namespace=app.screen)
        await asked(pilot)
        await press(pilot, "enter")
        assert [d.lines for d in library.listings(edition)] == [64] == [desk(app).desk.lines.row_count]
        await press(pilot, "u")
        assert desk(app).desk.lines.row_count == 1


async def test_searching_moves_with_every_letter_and_ends_where_it_found(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "f", *"доклад")
        assert here(app) == "доклад" and "2 places" in shown(app)
        await press(pilot, "down")
        assert desk(app).row == 4
        await press(pilot, "escape", "right")
        assert here(app) == "принять"


async def test_going_to_a_line_and_to_what_is_not_there(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await pilot.press("j")
        await asked(pilot)
        await pilot.press(*"40", "enter")
        await settled(pilot)
        assert desk(app).row == 39
        await pilot.press("о")
        await asked(pilot)
        await pilot.press(*"999", "enter")
        await settled(pilot)
        assert desk(app).row == 39


async def test_where_there_is_no_image_the_key_says_how_to_add_one(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "i")
        assert any("workbench add --image" in n.message for n in app._notifications)


async def test_a_class_is_given_with_its_reason_where_one_is_owed(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await ask(pilot, "c", "7")
        await settled(pilot)
        await press(pilot, "b", "j", *"артели", "enter")
        await ask(pilot, "с", *["up"] * 3, "enter")  # a fault of the document: why, one key
        await ask(pilot, "1")
        await settled(pilot)
    live = [e.decision for e in entries.live(edition.db, "text")]
    (decision,) = live
    assert (decision.quote, decision.reading, decision.reading_class) == ("артелн", "артели", "source")
    assert decision.reason


async def test_the_same_note_is_put_at_every_place_where_the_same_stands(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "j", *"Работы", "enter")
        for key, body in (("T", "так"), ("P", "вид работ")):
            await ask(pilot, key, *body, "enter")
            await settled(pilot)
            await press(pilot, "n", "space", "down", "space", "enter", "enter")
    notes = [(e.decision.act, e.decision.data["body"]) for e in entries.live(edition.db, "inline")]
    assert sorted(notes) == [("content_note", "вид работ")] * 2 + [("textual_note", "так")] * 2


def displayed(pane: ImagePane) -> bool:
    return pane.display


async def test_the_page_image_comes_and_goes_nears_and_is_seen_whole(
    app: WorkbenchApp, edition: Edition, document: str, tmp_path: Path
) -> None:
    images.attach(edition, saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12)]), document)
    async with running(app) as pilot:
        await press(pilot, "i")
        pane = desk(app).query_one(ImagePane)
        assert displayed(pane) and pane.request is not None and pane.request.estimated
        before = pane.request.line
        await press(pilot, "ctrl+up", "ctrl+up", "ctrl+down")
        assert pane.zoom == 1
        await press(pilot, "n", "n")
        assert pane.request.line != before
        await press(pilot, "I")
        assert isinstance(app.screen, PageScreen)
        await press(pilot, "escape", "i")
        assert not displayed(pane)
        await press(pilot, "enter")
    assert len(acts(edition)) == 1
