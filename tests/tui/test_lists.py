"""After any keys, and whatever others decide meanwhile, a list shows what a new one shows, its cursor where it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.conftest import TEXT, proposal
from tests.tui.driving import ask, on, running, settled
from workbench.core.errors import WorkbenchError
from workbench.services import adding, deciding, library, persons, states
from workbench.services.clock import now
from workbench.services.edition import Edition, init, open_edition
from workbench.services.exchange import merging
from workbench.services.persons import Person
from workbench.services.reviewing import moving, review
from workbench.store import connection, entries, suggestions, texts
from workbench.tui.app import WorkbenchApp
from workbench.tui.bars import TitleBar
from workbench.tui.board import BoardScreen
from workbench.tui.checking import CheckingScreen
from workbench.tui.collating import CollateScreen
from workbench.tui.conflicts import ConflictsScreen
from workbench.tui.history import HistoryScreen
from workbench.tui.library import Library
from workbench.tui.list_screen import ListScreen
from workbench.tui.returned import ReturnedScreen
from workbench.tui.review import ReviewScreen
from workbench.tui.row_list import RowList

ANNA, BORIS, VERA = "Анна Ивлева", "Борис Ветров", "Вера Лунина"
_PRESSES = 8
_MOVES = (("down",), ("down",), ("up",), ("end",), ("home",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A screen with the keys that are pressed there."""

    kind: type[Screen[Any]]
    opens: tuple[str, ...]
    """Keys from the library on."""
    keys: tuple[tuple[str, ...], ...]
    """Keys, each with those that answer what it asks."""
    made_of: tuple[str, ...] = ()
    """What the screen was made with."""
    asked: tuple[str, ...] = ()
    """What was asked for on it: a new one is asked for the same."""
    person: str = BORIS


_NARROWED = (("f", "2", "2"), ("f", "3", "ctrl+u", "2", "enter"), ("f", "end", "enter"))
TRIED = (
    Tried(
        kind=ReviewScreen, opens=("R",), made_of=("_document",),
        asked=("_everywhere", "selection", "_only", "_approved_too", "_names", "_ticked"),
        keys=(
            ("a",), ("a",), ("d", "н", "enter"), ("c", "д", "enter"), ("x", "1"), ("e", "х", "enter", "2"),
            ("e", "enter"), ("u",), ("u",), ("v",), ("space",), ("space",), ("A",), ("S",), ("B",), ("P",), ("n",),
            ("a", "enter"), ("x", "enter", "1"), ("d", "enter", "н", "enter"), ("f", "1", "down", "down", "enter"),
            *_NARROWED,
        ),
    ),
    Tried(
        kind=HistoryScreen, opens=("H",), made_of=("_document",),
        asked=("_everywhere", "selection", "_order", "_names"),
        keys=(("c", "д", "enter"), ("x", "1"), ("x", "1"), ("u",), ("u",), ("o",), ("n",), *_NARROWED),
    ),
    Tried(
        kind=BoardScreen, opens=("b",), asked=("_mine",),
        keys=(
            ("m", "1"), ("m", "1"), ("m", "2"), ("c",), ("c",), ("a", "1"), ("a", "2"), ("a", "3"), ("p",), ("u",),
            ("a", "end", "enter", "Н", "enter"),
        ),
    ),
    Tried(kind=Library, opens=(), keys=(("u",), ("b", "m", "1"), ("d", "х", "f10"), ("R", "a"), ("y",), ("k", "x"))),
    Tried(
        kind=ConflictsScreen, opens=("K",),
        keys=(("1", "1"), ("2", "1"), ("3", "1"), ("e", "х", "enter", "1"), ("c", "д", "enter"), ("u",), ("u",)),
    ),
    Tried(
        kind=CheckingScreen, opens=("k",), made_of=("_document",), asked=("_everywhere",),
        keys=(("x",), ("u",), ("u",)),
    ),
    Tried(
        kind=ReturnedScreen, opens=("y",), made_of=("_person",), person=ANNA,
        keys=(("a",), ("c", "д", "enter"), ("u",)),
    ),
    Tried(
        kind=CollateScreen, opens=("C", "1", "1"), made_of=("_document", "_two"),
        keys=(("1",), ("2",), ("e", "х", "enter"), ("u",)),
    ),
)  # fmt: skip


def about(quote: str, page: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    asked = {"act": "edit", "transcript": "protokol.txt", "start": start, "end": start + len(quote), "page": page}
    return {**asked, "class": "ocr", **more}


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Edition]:
    """Three documents, at which two persons worked, each in a copy, and a third one said what he thinks."""
    edition = init(tmp_path / "edition")
    for name, content in (("protokol", TEXT), ("spravka", "Справка о севе.\n"), ("pismo", "Письмо.\nЕщё одно.\n")):
        (tmp_path / f"{name}.txt").write_text(content, "utf-8")
        list(adding.add(edition, [tmp_path / f"{name}.txt"]))
    row = next(row for row in texts.all_texts(edition.db) if row.name == "protokol.txt")
    with edition.writing() as db:
        found = [proposal("артелн", "артели"), proposal("текущсм", "текущем")]
        suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="test", version="1", started=now()))
        anna = persons.ensure(edition, ANNA, role="transcriber")
        vera = persons.ensure(edition, VERA, role="editor")
    (tmp_path / "copy").mkdir()
    connection.snapshot(edition.db, tmp_path / "copy" / "corrections.db").close()
    some = [about("артелн", "артели", certainty="low"), about("текущсм", "текущем"), about("Ивлева", "Иевлева")]
    for one in some:
        deciding.record_all(edition, [one], anna)
    deciding.record_all(edition, [about(f"Пункт {n}.", f"§ {n}.") for n in (3, 5, 7)], anna, batch="разом")
    for n in (9, 11, 13):
        asked = {**about(f"Пункт {n}.", ""), "act": "check"}
        deciding.record_all(edition, [{k: v for k, v in asked.items() if k not in ("page", "class")}], anna)
    with open_edition(tmp_path / "copy") as copy:
        for one in (about("артелн", "артель"), about("текущсм", "текучем"), about("Пункт 5.", "Пункт V.")):
            deciding.record_all(copy, [one], vera)
    merging.merge(edition, tmp_path / "copy")
    live = {e.decision.quote: e for e in entries.live(edition.db, "text") if e.person == anna.id}
    review.dispute(edition, [live["Ивлева"].id], "а так ли?", vera)
    review.comment(edition, [live["Пункт 3."].id], "вот как", vera)
    yield edition
    edition.close()


def by_others(edition: Edition, draw: random.Random) -> list[str]:
    """A third person decides something, says something, or takes something back; what it was."""
    with open_edition(edition.folder) as own:
        vera = persons.known(own, VERA)
        name, act = draw.choice(_THEIRS)
        with suppress(WorkbenchError):
            act(own, draw, vera)
        return [f"others {name}"]


def _decide(own: Edition, draw: random.Random, vera: Person) -> None:
    n = draw.randrange(1, 20)
    deciding.record_all(own, [about(f"Пункт {n}.", f"п. {n} {draw.randrange(9)}")], vera)


def _describe(own: Edition, draw: random.Random, vera: Person) -> None:
    document = draw.choice(library.ids(own))
    fields = {"title": f"Бумага {draw.randrange(99)}"}
    deciding.record_all(own, [{"act": "describe", "document": document, "fields": fields}], vera)


def _join(own: Edition, draw: random.Random, vera: Person) -> None:
    first, second = draw.sample([*library.ids(own), ""], 2)
    deciding.record_all(own, [{"act": "join", "document": first, "other": second}], vera)


def _one(own: Edition, draw: random.Random) -> str:
    return draw.choice(sorted(e.id for e in entries.live(own.db, "text")))


_THEIRS: tuple[tuple[str, Callable[[Edition, random.Random, Person], object]], ...] = (
    ("decide", _decide), ("decide", _decide), ("describe", _describe), ("join", _join),
    ("undo", lambda own, draw, vera: deciding.undo(own, vera)),
    ("approve", lambda own, draw, vera: review.approve(own, [_one(own, draw)], vera)),
    ("dispute", lambda own, draw, vera: review.dispute(own, [_one(own, draw)], "нет", vera)),
    ("revert", lambda own, draw, vera: deciding.revert_all(own, [_one(own, draw)], vera, reason="не то")),
    ("move", lambda own, draw, vera: moving.move(own, draw.choice(library.ids(own)), "transcribing", vera)),
    ("claim", lambda own, draw, vera: moving.claim(own, draw.choice(library.ids(own)), vera)),
    ("assign", lambda own, draw, vera: moving.assign(own, [draw.choice(library.ids(own))], vera, vera)),
)  # fmt: skip


def painted(app: WorkbenchApp) -> list[list[tuple[str, str]]]:
    """Every sign on the screen with its colours, but for what is said for a moment."""
    return [[(s.text, str(s.style)) for s in strip.simplify()] for strip in app.screen._compositor.render_strips()]


async def come_to_rest(pilot: Pilot[int]) -> None:
    pilot.app.clear_notifications()
    for bar in pilot.app.screen.query(TitleBar):
        bar._fade()
    await settled(pilot)


async def same(pilot: Pilot[int], tried: Tried) -> list[str]:
    """The lines in which the screen differs from a new one that is asked for the same."""
    app = pilot.app
    assert isinstance(app, WorkbenchApp)
    screen = app.screen
    assert isinstance(screen, tried.kind)
    await come_to_rest(pilot)
    seen, rows = painted(app), screen.query_one(RowList)
    made_of = [getattr(screen, name) for name in tried.made_of]
    new = tried.kind(*(made_of if tried.made_of != ("_document", "_two") else (made_of[0], *made_of[1])))
    for name in tried.asked:
        setattr(new, name, getattr(screen, name))
    app.push_screen(new)
    await settled(pilot)
    if isinstance(new, ReturnedScreen):
        assert isinstance(screen, ReturnedScreen)
        new._seen = screen._seen  # what is new stays marked until one leaves
        new.listed()
        await settled(pilot)
    there = new.query_one(RowList)
    there.move_to(rows.cursor)
    there.scroll_to(y=rows.scroll_offset.y, animate=False)
    await come_to_rest(pilot)
    lines = painted(app)
    app.pop_screen()
    await settled(pilot)
    return [f"{_plain(a)}\n{_plain(b)}" for a, b in zip(seen, lines, strict=True) if a != b]


def _plain(line: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in line)


async def opened(pilot: Pilot[int], tried: Tried) -> None:
    """Go to the screen, from wherever a key led."""
    for _ in range(4):
        if not isinstance(pilot.app.screen, tried.kind) and not isinstance(pilot.app.screen, Library):
            await ask(pilot, "escape")
            await settled(pilot)
    if not isinstance(pilot.app.screen, tried.kind):
        await ask(pilot, *tried.opens)
        await settled(pilot)


def cursor(screen: Screen[Any]) -> object:
    """What the cursor is on."""
    if isinstance(screen, ListScreen):
        return None if screen.here is None else screen.key_of(screen.here)
    return screen.current.id if isinstance(screen, Library) and screen.current is not None else None


def listed(screen: Screen[Any]) -> list[Any]:
    """The list that was made last."""
    if isinstance(screen, ListScreen):
        return screen.rows
    assert isinstance(screen, Library)
    return screen._documents


def left(screen: Screen[Any], before: list[object]) -> object:
    """The first of some keys that is still on the screen."""
    rows = listed(screen)
    there = [screen.key_of(row) for row in rows] if isinstance(screen, ListScreen) else rows
    return next((key for key in before if key in there), None)


def onward(screen: Screen[Any]) -> list[object]:
    """Keys of the rows from the cursor on."""
    at = screen.query_one(RowList).cursor
    return [screen.key_of(row) if isinstance(screen, ListScreen) else row for row in listed(screen)[at:]]


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: tried.kind.__name__)
async def test_after_any_keys_a_list_shows_what_a_new_one_shows(crowded: Edition, tried: Tried) -> None:
    """And the cursor is on what it was on, or on the next that is left; an undo may lead to what came back."""
    draw, pressed = random.Random(3), list[str]()
    app = WorkbenchApp(crowded, person=tried.person)
    async with running(app, draw.choice((90, 110)), 50) as pilot:
        await opened(pilot, tried)
        others: list[str] = []
        for _ in range(_PRESSES):
            await ask(pilot, *draw.choice(_MOVES))
            if draw.random() < 0.4:
                others = by_others(crowded, draw)
            screen, before, count = app.screen, onward(app.screen), entries.last_seq(crowded.db)
            rows = listed(screen)
            first, *answers = draw.choice(tried.keys)
            pressed += [*others[:1], first, *answers, "·"]
            await ask(pilot, first)
            if answers and draw.random() < 0.3:
                others = by_others(crowded, draw)
                pressed.append("meanwhile " + others[0])
            await ask(pilot, *answers)
            await settled(pilot)
            await opened(pilot, tried)
            recorded = [e for e in entries.since(crowded.db, count) if app.is_me(e.person)]
            if others and not recorded and listed(app.screen) is rows:
                continue  # nothing was asked of the edition since
            others = []
            if app.screen is screen and not (first in ("u", "space") and tried.kind is ReviewScreen):
                expected = left(app.screen, before)
                if expected is not None:
                    assert cursor(app.screen) == expected, " ".join(pressed[-14:])
            assert "\n".join(await same(pilot, tried)) == "", " ".join(pressed[-14:])


async def test_nothing_falls_on_what_somebody_else_put_there_while_a_question_was_asked(crowded: Edition) -> None:
    app, vera = WorkbenchApp(crowded, person=BORIS), persons.known(crowded, VERA)
    document = library.ids(crowded)[0]
    async with running(app) as pilot:
        await ask(pilot, "R", "end", "up")
        while (item := on(app, ReviewScreen).here) is not None and item.quote != "Пункт 7.":
            await ask(pilot, "up")
        await ask(pilot, "e", "х")
        deciding.record_all(crowded, [about("Пункт 7.", "VII")], vera)
        await ask(pilot, "enter", "2")
        await settled(pilot)
        assert [e.decision.page for e in entries.live(crowded.db, "text") if e.decision.quote == "Пункт 7."] == ["VII"]
        assert "VII" in [row.value for row in on(app, ReviewScreen).rows]  # and it is shown
        await ask(pilot, "escape", "home", "b", "home", "m")
        for state in ("transcribing", "transcribed"):
            moving.move(crowded, document, state, vera)
        await ask(pilot, "1")
        await settled(pilot)
        assert states.standing(crowded, document).state == "transcribed"
        await ask(pilot, "a")
        moving.assign(crowded, [document], vera, vera)
        await ask(pilot, "1")
        await settled(pilot)
        assert states.standing(crowded, document).assigned == vera.id
        assert on(app, BoardScreen).rows[0].standing == states.standing(crowded, document)
