"""Many places at once, and suggestions that learn: real keys, previewed, taken back, never under one's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.driving import acts, desk, press, running, shown
from workbench.core.suggestion import Candidate, Suggestion
from workbench.services import adding, library
from workbench.services.clock import now
from workbench.services.edition import Edition, init
from workbench.services.suggestions import bulk
from workbench.store import entries, suggestions, texts
from workbench.suggest.model import prior
from workbench.tui.app import WorkbenchApp
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.desk import DeskScreen
from workbench.tui.preview import Preview

QUOTES = ["артелн", "яро-\nвых", "текущсм"]


def on(app: WorkbenchApp, screen: type) -> bool:
    """Is this screen in front?"""
    return isinstance(app.screen, screen)


@pytest.fixture(autouse=True)
def trusted(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three suggestions of the edition are of a suggester that was right 99 times of 100."""
    record = {"prior": prior().version, "lexicon": "ru-", "suggesters": {"words": [[800_000, 100, 99]]}}
    monkeypatch.setattr(bulk, "_evaluation", lambda: record)
    edition.db.execute("UPDATE runs SET lexicon = 'ru-opencorpora 1'")


async def ask(pilot: Pilot[int], *chance: str, key: str = "B") -> None:
    """Ask for bulk acceptance and answer from which chance on."""
    await pilot.press(key)
    await pilot.pause()
    assert isinstance(pilot.app.screen, Ask)
    assert pilot.app.screen.query_one(Input).value == "0.95"
    await pilot.press("end", *["backspace"] * 4, *chance)
    await press(pilot, "enter")


@pytest.mark.parametrize("key", ["B", "И"])
async def test_all_above_a_chance_is_previewed_accepted_as_a_batch_and_taken_back_at_once(
    app: WorkbenchApp, edition: Edition, key: str
) -> None:
    """On either layout; nothing is recorded before the preview was answered."""
    async with running(app) as pilot:
        await ask(pilot, *"80%", key=key)
        assert on(app, Preview)
        assert "right 99 of 100 times" in shown(app) and "артелн → артели" in shown(app)
        assert "accepts 3 as one batch" in shown(app)
        assert acts(edition) == []
        await press(pilot, "enter")
        assert [(act, quote) for act, quote, _ in acts(edition)] == [("accept", quote) for quote in QUOTES]
        assert len({e.batch for e in entries.every(edition.db) if e.decision.act == "accept"}) == 1
        assert desk(app).desk.counts().open == 0
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления артели."
        await press(pilot, "u")
        assert desk(app).desk.counts().open == 3
        assert desk(app).desk.line_reading(0) == "Протокол заседания правления артелн."


async def test_escape_leaves_everything_as_it_is(app: WorkbenchApp, edition: Edition) -> None:
    """At the question as well as at the preview."""
    async with running(app) as pilot:
        await pilot.press("B")
        await pilot.pause()
        await press(pilot, "escape")
        assert on(app, DeskScreen)
        await ask(pilot, *"0,8")
        assert on(app, Preview)
        await press(pilot, "escape")
        assert desk(app).desk.counts().open == 3
    assert acts(edition) == []


async def test_where_nothing_can_be_accepted_enter_closes_and_records_nothing(
    app: WorkbenchApp, edition: Edition
) -> None:
    async with running(app) as pilot:
        await ask(pilot, *".95")
        assert on(app, Preview)
        assert "nothing can be accepted" in shown(app) and "Esc closes this" in shown(app)
        await press(pilot, "enter")
        assert on(app, DeskScreen)
    assert acts(edition) == []


@pytest.mark.parametrize("chance", ["often", "0.3", "101%", "nan"])
async def test_what_is_no_chance_is_said(app: WorkbenchApp, edition: Edition, chance: str) -> None:
    async with running(app) as pilot:
        await ask(pilot, *chance)
        assert on(app, DeskScreen)
        assert any("chance" in n.message or "probability" in n.message for n in app._notifications)
    assert acts(edition) == []


async def test_enter_where_nothing_is_proposed_records_nothing(app: WorkbenchApp, edition: Edition) -> None:
    """Neither at a suggestion without a candidate nor at a word; it says what to do instead."""
    edition.db.execute("UPDATE suggestions SET candidates = '[]', probability = 0 WHERE quote = 'артелн'")
    async with running(app) as pilot:
        await press(pilot, "enter")
        assert "Nothing is proposed here" in str(desk(app).query_one(TitleBar).render())
        await press(pilot, "left", "enter")
        assert "Nothing is suggested here" in str(desk(app).query_one(TitleBar).render())
        assert desk(app).desk.counts().open == 3
    assert acts(edition) == []


# suggestions that learn

PAGE = "".join(f"В нашей дереене {n} дворов.\n" for n in range(1, 14))
"""A word misread on every line; the last place is one that nobody has suggested anything about."""


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Edition]:
    source = tmp_path / "page.txt"
    source.write_text(PAGE, "utf-8")
    with init(tmp_path / "learning") as made:
        list(adding.add(made, [source]))
        (row,) = texts.all_texts(made.db)
        starts = [n for n in range(len(PAGE)) if PAGE.startswith("дереене", n)]
        found = [
            Suggestion(
                start=start, end=start + 7, quote="дереене", kind="word", change="ocr", suggester="words", version="0",
                candidates=(Candidate(text="деревне", ppm=600_000 + start),),
            ) for start in starts[:-1]
        ]  # fmt: skip
        with made.writing() as db:
            suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="t", version="1", started=now()))
        yield made


async def test_after_ten_decisions_the_suggestions_have_learnt_and_the_place_stays(page: Edition) -> None:
    """Nine are not enough. What was corrected ten times is proposed where it stands unnoticed; the suggestion that is
    looked at is the one that it was."""

    def runs() -> int:
        return int(page.db.execute("SELECT count(*) FROM runs").fetchone()[0])

    (row,) = texts.all_texts(page.db)
    app = WorkbenchApp(page, document=library.listings(page)[0].id, person="Анна Ивлева")
    async with running(app) as pilot:
        await press(pilot, *["enter"] * 9)
        assert runs() == 1
        await press(pilot, "enter")
        assert runs() == 2
        place = desk(app).place
        assert place is not None and PAGE.count("\n", 0, place.start) == 10
        seen = suggestions.by_id(page.db, place.mark)
        assert seen is not None and seen.suggestion.version == "0"
        later = suggestions.within(page.db, row.sha, place.end, row.length)
        assert [k.suggestion.suggester for k in later] == ["series", "series"]
        await press(pilot, "enter")
        assert acts(page)[-1] == ("accept", "дереене", "деревне")
        assert desk(app).desk.counts().open == 2
