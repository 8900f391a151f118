"""The series screen under real keys: ticks, scopes, replacements, one batch, and nothing done on the way out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Checkbox, Input, Static

from tests.tui.driving import acts, press, running, settled, shown, until
from workbench.services import adding, deciding, library, persons, series
from workbench.services.edition import Edition, again
from workbench.services.series import Member, Series, Wanted
from workbench.store import entries
from workbench.tui.app import WorkbenchApp
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.find_form import FindForm
from workbench.tui.preview import Preview
from workbench.tui.row_list import RowList
from workbench.tui.series import SeriesScreen

SIZES = [(80, 24), (120, 30), (200, 50)]


def on(app: WorkbenchApp, kind: type[Screen[Any]]) -> bool:
    """Is a screen of this kind the one that is open?"""
    return isinstance(app.screen, kind)


def screen(app: WorkbenchApp) -> SeriesScreen:
    assert isinstance(app.screen, SeriesScreen)
    return app.screen


def members(app: WorkbenchApp) -> Sequence[Member]:
    found = screen(app).series
    assert found is not None
    return found.members


def title(app: WorkbenchApp) -> str:
    return str(app.screen.query_one(TitleBar).render())


async def opened(pilot: Pilot[int], document: str, wanted: Wanted | None, *, everywhere: bool = False) -> SeriesScreen:
    made = SeriesScreen(wanted, document, everywhere=everywhere)
    pilot.app.push_screen(made)
    await pilot.pause()
    await settled(pilot)
    return made


WORK = Wanted(pattern=series.words("Работы"), replacement="Труды")


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_the_count_comes_first_and_each_place_stands_in_its_context(
    app: WorkbenchApp, document: str, width: int, height: int
) -> None:
    async with running(app, width, height) as pilot:
        await opened(pilot, document, WORK)
        assert "59 places of “Работы” → “Труды”" in title(app)
        rows = [line for line in shown(app).splitlines() if "☑" in line]
        assert len(rows) == screen(app).query_one(RowList).size.height
        assert "Пункт 1. Работы → Труды   продолжать." in rows[0]
        assert len({line.index("Работы") for line in rows}) == 1
        below = str(screen(app).query_one("#line", Static).render())
        assert "Пункт 1. Работы продолжать." in below and "Пункт 1. Труды продолжать." in below


async def test_exceptions_are_left_out_and_the_rest_is_one_batch(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "space", "down", "space")
        assert screen(app).ticked == set(range(59)) - {0, 2}
        await press(pilot, "enter")
        assert on(app, Preview)
        await press(pilot, "enter")
        assert not on(app, SeriesScreen)
    made = [e for e in entries.every(edition.db) if e.decision.act == "edit"]
    assert len(made) == 57
    assert len({e.batch for e in made}) == 1


async def test_one_undo_at_the_desk_takes_a_series_back(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "right")
        while "Пункт" not in str(app.screen.query_one("Panel").render()):
            await press(pilot, "down")
        await press(pilot, "S")
        assert "59 places of “Пункт”" in title(app)
        await press(pilot, "enter", "enter")
        assert len(acts(edition)) == 59
        await press(pilot, "u")
    assert list(entries.live(edition.db, "text")) == []


async def test_the_answer_is_how_many_were_recorded_or_none(app: WorkbenchApp, document: str, edition: Edition) -> None:
    answers: list[int | None] = []
    async with running(app) as pilot:
        for keys in (("escape",), ("n", "space", "enter", "enter")):
            app.push_screen(SeriesScreen(WORK, document), answers.append)
            await pilot.pause()
            await settled(pilot)
            await press(pilot, *keys)
    assert answers == [None, 1]
    assert len(acts(edition)) == 1


@pytest.mark.parametrize("keys", ["nia", "тшф"], ids=["latin", "russian"])
async def test_none_all_and_the_others_are_ticked_on_either_layout(app: WorkbenchApp, document: str, keys: str) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, keys[0])
        assert screen(app).ticked == set()
        await press(pilot, "space", keys[1])
        assert screen(app).ticked == set(range(1, 59))
        await press(pilot, keys[2])
        assert screen(app).ticked == set(range(59))


async def test_nothing_ticked_records_nothing_and_says_how_to_tick(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "n", "enter")
        assert on(app, SeriesScreen)
        assert "Space ticks one" in title(app)
    assert acts(edition) == []


async def test_leaving_before_or_at_the_preview_records_nothing(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "enter", "escape")
        assert on(app, SeriesScreen)
        await press(pilot, "escape")
        assert not on(app, SeriesScreen)
    assert acts(edition) == []


async def test_a_decided_place_is_marked_and_ticked_by_itself_only(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    (part,) = library.stretches(edition, document)
    first = next(m for m in series.gather(edition, library.listings(edition), WORK).members)
    with edition.writing():
        person = persons.ensure(edition, "Анна Ивлева")
    record = {"transcript": part.text, "start": first.start, "end": first.end, "act": "keep"}
    deciding.record_all(edition, [record], person)
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        assert screen(app).ticked == set(range(1, 59))
        assert "decided already" in str(screen(app).query_one("#line", Static).render())
        assert shown(app).count("(decided)") == 1
        await press(pilot, "a")
        assert 0 not in screen(app).ticked
        await press(pilot, "space")
        assert 0 in screen(app).ticked


async def test_another_replacement_keeps_what_was_unticked(app: WorkbenchApp, document: str, edition: Edition) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "space")
        await pilot.press("r")
        await pilot.pause()
        assert on(app, Ask)
        app.screen.query_one(Input).value = "Дела\\1"
        await press(pilot, "enter")
        assert screen(app).ticked == set(range(1, 59))
        assert "→ “Дела\\1”" in title(app)
        await press(pilot, "enter", "enter")
    assert {page for _, _, page in acts(edition)} == {"Дела\\1"}


async def test_a_replacement_for_words_that_were_to_be_noted_makes_it_a_change(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    async with running(app) as pilot:
        noted = Wanted(pattern=series.words("Слушали"), act="textual_note", more={"body": "так"})
        await opened(pilot, document, noted)
        assert "1 place of “Слушали”: note" in title(app)
        await pilot.press("r")
        await pilot.pause()
        await press(pilot, "я", "enter", "enter", "enter")
    assert acts(edition) == [("edit", "Слушали", "я")]


async def test_the_scope_is_the_document_or_the_edition(
    app: WorkbenchApp, document: str, edition: Edition, tmp_path: Path
) -> None:
    source = tmp_path / "second.txt"
    source.write_text("Другой документ той же описи.\nРаботы окончены, люди отпущены.\n", "utf-8")
    assert [a.outcome for a in adding.add(edition, [source])] == ["added"]
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "space", "d")
        assert "60 places" in title(app) and "in the edition" in title(app)
        assert len(screen(app).ticked) == 59
        await press(pilot, "end")
        assert "2:2" in shown(app)
        await press(pilot, "в")
        assert "59 places" in title(app) and "in this document" in title(app)
        assert len(screen(app).ticked) == 58


async def test_find_and_replace_begins_with_an_empty_form_and_takes_a_pattern_with_groups(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await press(pilot, "F")
        assert on(app, FindForm)
        app.screen.query_one("#pattern", Input).value = r"Пункт (\d)\."
        app.screen.query_one("#replacement", Input).value = r"п. \1."
        app.screen.query_one("#regex", Checkbox).value = True
        await press(pilot, "enter")
        assert "9 places" in title(app)
        await press(pilot, "enter", "enter")
    assert acts(edition)[:2] == [("edit", "Пункт 1.", "п. 1."), ("edit", "Пункт 2.", "п. 2.")]


async def test_an_empty_form_that_is_left_leaves_the_screen(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "F", "escape")
        assert not on(app, SeriesScreen)
        assert not on(app, FindForm)


async def test_the_form_shows_the_words_that_were_looked_for_and_not_their_pattern(
    app: WorkbenchApp, document: str
) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "f")
        form = app.screen
        assert form.query_one("#pattern", Input).value == "Работы"
        assert form.query_one("#replacement", Input).value == "Труды"
        assert "☐ a regular expression" in shown(app) and "☑ whole words" in shown(app)
        assert (form.query_one("#regex", Checkbox).value, form.query_one("#words", Checkbox).value) == (False, True)


async def test_another_pattern_for_words_that_are_kept_takes_nothing_out(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, Wanted(pattern=series.words("Работы"), act="keep"))
        await press(pilot, "f")
        assert not app.screen.query("#replacement")
        app.screen.query_one("#pattern", Input).value = "Слушали"
        await press(pilot, "enter", "enter", "enter")
    assert acts(edition) == [("keep", "Слушали", None)]


async def test_a_wrong_pattern_is_said_in_the_form(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "F")
        app.screen.query_one("#pattern", Input).value = "(а"
        app.screen.query_one("#regex", Checkbox).value = True
        await press(pilot, "enter")
        assert on(app, FindForm)
        assert "no pattern" in str(app.screen.query_one("#wrong", Static).render())


async def test_a_group_that_the_pattern_has_not_is_said_while_the_form_is_there(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "F")
        app.screen.query_one("#pattern", Input).value = r"(нет) такого"
        app.screen.query_one("#replacement", Input).value = r"\2"
        app.screen.query_one("#regex", Checkbox).value = True
        await press(pilot, "enter")
        assert on(app, FindForm)
        assert r"“\2” cannot be put there" in str(app.screen.query_one("#wrong", Static).render())


async def test_enter_looks_from_a_tick_too_and_a_pattern_says_itself_what_a_word_is(app: WorkbenchApp) -> None:
    async with running(app) as pilot:
        await press(pilot, "F", "enter")
        assert "Nothing to look for is typed yet" in shown(app)
        await press(pilot, *"Пункт", "tab", "tab", "space")
        assert "☑ a regular expression" in shown(app)
        assert app.screen.query_one("#words", Checkbox).disabled
        await press(pilot, "space")
        assert not app.screen.query_one("#words", Checkbox).disabled
        await press(pilot, "tab", "enter")
        assert "59 places of “Пункт”" in title(app)


async def test_the_preview_shows_each_place_with_what_is_put_there(app: WorkbenchApp, document: str) -> None:
    async with running(app, 80, 24) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "enter")
        assert "Пункт 1. [Работы → Труды] продолжать." in shown(app)


async def test_a_wrong_replacement_is_said_and_the_screen_goes_on(app: WorkbenchApp, document: str) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, Wanted(pattern="Пункт (.)", replacement="\\"))
        assert "f changes what is looked for" in shown(app)
        assert any("cannot be put there" in n.message for n in app._notifications)
        await press(pilot, "space", "a", "enter", "d")
        assert on(app, SeriesScreen)


async def test_no_place_found_says_what_to_do(app: WorkbenchApp, document: str) -> None:
    async with running(app, 80, 24) as pilot:
        await opened(pilot, document, Wanted(pattern=series.words("небывалое"), replacement="x"))
        assert "No place in this document matches" in shown(app)
        assert "0 places of “небывалое”" in title(app)
        await press(pilot, "space", "enter", "down", "i")
        assert on(app, SeriesScreen)


async def test_a_long_search_says_how_far_it_is_and_escape_stops_it(
    app: WorkbenchApp, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*asked: Any) -> Series:
        while True:
            asked[-1](1, 2)
            sleep(0.01)

    monkeypatch.setattr(series, "gather", endless)
    async with running(app) as pilot:
        app.push_screen(SeriesScreen(WORK, document))
        await until(pilot, lambda: "50%" in shown(app))
        (search,) = [w for w in app.workers if w.group == "prepare"]
        await pilot.press("space", "enter", "i")  # nothing can be decided yet
        assert on(app, SeriesScreen)
        await press(pilot, "escape")
        assert not on(app, SeriesScreen)
        await until(pilot, lambda: search.is_finished)


async def test_what_would_change_nothing_says_how_to_change_it(app: WorkbenchApp, document: str) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, Wanted(pattern="Работы", replacement="Работы"))
        assert "r types what should stand there" in title(app)
        assert screen(app).ticked == set()


async def test_what_somebody_decides_meanwhile_is_not_overwritten_and_then_shown(
    app: WorkbenchApp, document: str, edition: Edition
) -> None:
    async with running(app) as pilot:
        made = await opened(pilot, document, WORK)
        assert made.series is not None
        member = made.series.members[3]
        with again(edition) as other:
            with other.writing():
                person = persons.ensure(other, "Пётр Зуев")
            record = {"transcript": member.text, "start": member.start, "end": member.end, "act": "keep"}
            deciding.record_all(other, [record], person)
        await press(pilot, "enter", "enter")
        assert on(app, SeriesScreen)
        assert any("line 9: " in n.message and "was decided meanwhile" in n.message for n in app._notifications)
        assert members(app)[3].decided
    assert acts(edition) == [("keep", "Работы", None)]


async def test_a_word_that_is_kept_can_be_right_everywhere_instead(app: WorkbenchApp, edition: Edition) -> None:
    async with running(app) as pilot:
        await press(pilot, "S", "w")
        assert not on(app, SeriesScreen)
    (entry,) = entries.effective(edition.db, "memory")[-1:]
    assert (entry.decision.act, entry.decision.data["word"], entry.decision.data["scope"]) == (
        "word", "артелн", "document",
    )  # fmt: skip


async def test_a_change_is_never_right_everywhere(app: WorkbenchApp, document: str, edition: Edition) -> None:
    async with running(app) as pilot:
        await opened(pilot, document, WORK)
        await press(pilot, "w")
        assert on(app, SeriesScreen)
    assert all(e.decision.act != "word" for e in entries.every(edition.db))


HOSTILE = "до \x1b[31mслово [/b] и \u202eволс [bold]слово\x07 конец\n" * 3


async def test_hostile_text_is_shown_harmlessly(app: WorkbenchApp, edition: Edition, tmp_path: Path) -> None:
    source = tmp_path / "hostile.txt"
    source.write_text(HOSTILE, "utf-8")
    assert [a.outcome for a in adding.add(edition, [source], reader="plain")] == ["added"]
    document = next(d.id for d in library.listings(edition) if "hostile.txt" in d.transcripts)
    async with running(app) as pilot:
        made = await opened(pilot, document, Wanted(pattern=r"слово \[/b\].+?конец", replacement="[/b]\x1b"))
        assert made.series is not None and len(made.series.members) == 3
        await press(pilot, "down", "f", "escape", "r", "escape", "enter")
        assert on(app, Preview)
        seen = shown(app)
        await press(pilot, "escape")
        seen += shown(app)
        assert not any(char in seen for char in "\x1b\u202e\x07")
        assert "[/b]" in seen


async def test_a_zone_is_set_at_every_line_that_reads_alike(tmp_path: Path, edition: Edition) -> None:
    source = tmp_path / "leaves.txt"
    source.write_text("СЕКРЕТНО\nо секретно\n СЕКРЕТНО \nтекст\r\nСЕКРЕТНО\r\n", "utf-8", newline="")
    list(adding.add(edition, [source]))
    document = next(d.id for d in library.listings(edition) if "leaves.txt" in d.transcripts)
    app = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(app) as pilot:
        await press(pilot, "Z", *["up"] * 6, "enter")
        assert [m.quote for m in members(app)] == ["СЕКРЕТНО"] * 3
        assert "“СЕКРЕТНО”" in title(app)
        await press(pilot, "enter", "enter")
        zones = [e.decision for e in entries.every(edition.db) if e.decision.act == "zone"]
        assert {z.data["kind"] for z in zones} == {"classification"}
        assert [z.start for z in zones] == [0, 21, 38]
        await press(pilot, "u")
    assert list(entries.live(edition.db, "zone")) == []


async def test_a_class_is_given_to_every_place_with_the_same_change(edition: Edition, document: str) -> None:
    app = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(app) as pilot:
        made = await opened(pilot, document, WORK)
        await press(pilot, "enter", "enter")
        assert made.series is not None and len(made.series.members) == 59
        await press(pilot, "j", *"Работы", "enter")
        await press(pilot, "C", *["down"] * 6, "enter")
        assert len(screen(app).ticked) == 59
        await press(pilot, "enter", "enter")
    live = [e.decision for e in entries.live(edition.db, "text")]
    assert {(d.reading, d.reading_class) for d in live} == {("Труды", "normalise")} and len(live) == 59


async def test_no_class_is_given_where_nothing_is_changed(edition: Edition, document: str) -> None:
    app = WorkbenchApp(edition, document=document, person="Анна Ивлева")
    async with running(app) as pilot:
        await press(pilot, "home", "C")
        assert not on(app, SeriesScreen)
