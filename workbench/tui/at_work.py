"""A screen that prepares what it shows in a thread, with a connection of its own, and says so meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import work
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import _
from workbench.services.edition import Edition, again, unreadable
from workbench.tui.bars import TitleBar
from workbench.tui.command import Command, bindings, keys_of, shown
from workbench.tui.commands import EVERYWHERE
from workbench.tui.row_list import RowList

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp

T = TypeVar("T")


@contextmanager
def index_told(told: Callable[[str], None]) -> Iterator[None]:
    """Say that the index of the words of a language is being made, should that come up: it takes a while, once."""
    from workbench.lexicon import frequencies

    def making(language: str) -> None:
        told(_("making the index of words of {language}, once · some seconds").format(language=language))

    frequencies.building[:] = [making]
    try:
        yield
    finally:
        frequencies.building.clear()


class Stopped(Exception):  # noqa: N818  nothing went wrong: nobody waits for it any more
    """The work was left."""


class AtWork(Screen[Any]):
    """Runs one piece of work at a time; a newer one stops the older."""

    table: ClassVar[tuple[Command, ...]] = ()
    """The commands of the screen."""
    commands: tuple[Command, ...] = ()
    """What help and the palette show."""

    def __init_subclass__(cls, **more: Any) -> None:
        if cls.table:
            cls.BINDINGS, cls.commands = bindings(cls.table), (*cls.table, *EVERYWHERE)
        super().__init_subclass__(**more)

    @property
    def workbench(self) -> WorkbenchApp:
        return cast("WorkbenchApp", self.app)

    @property
    def stops(self) -> str:
        """Which key stops the work, to be said after how far it is: the one that leaves the screen."""
        leave = next(c for c in self.commands if c.action == "leave")
        return "  " + _("{key} stops").format(key=shown(keys_of(leave)[0]))

    def say(self, words: str) -> None:
        """Words where the rows will be."""
        self.query_one("#empty", Static).update(Content(visible(words)))

    @work(thread=True, exclusive=True, group="prepare", exit_on_error=False)
    def prepare(
        self, make: Callable[[Edition, Callable[[str], None]], T], then: Callable[[T], None],
        say: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        """`make(edition, told)` in the thread, `then(what it made)` on the screen, `say(words)` how far it is.

        Work that was left ends with the next `told`, or in the middle of a query.
        """
        worker = get_current_worker()

        def unless_left(act: Callable[[], None]) -> None:
            if not worker.is_cancelled:  # asked on the screen, where it may have been left since the thread asked
                act()

        def told(words: str) -> None:
            if worker.is_cancelled:
                raise Stopped
            self.app.call_from_thread(unless_left, partial(self._say_how_far, say or self.say, words))

        def ended(act: Callable[[], None]) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(unless_left, partial(self._end_of_work, act))

        try:
            with again(self.workbench.edition, lambda: worker.is_cancelled) as own:
                made = make(own, told)
        except Stopped:
            return
        except WorkbenchError as error:
            ended(partial(self.workbench.complain, error))
        except sqlite3.DatabaseError as error:
            ended(partial(self.workbench.complain, unreadable(self.workbench.edition, error)))
        else:
            ended(partial(then, made))

    def _say_how_far(self, say: Callable[[str], None], words: str) -> None:
        """How far it is: where the rows will be, and in the title while older ones still stand there."""
        say(words)
        if any(rows.display for rows in self.query(RowList)):
            self.query_one(TitleBar).meanwhile(words)

    def _end_of_work(self, act: Callable[[], None]) -> None:
        if self.is_attached:
            self.query_one(TitleBar).meanwhile("")
            act()
