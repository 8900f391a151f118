"""The application: one open edition, the library beneath, a desk on top of it."""

from __future__ import annotations

import asyncio
import copy
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerCancelled, get_current_worker

from workbench import i18n
from workbench.core.errors import UnreadableError, UsageError, WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import _, in_words, ngettext
from workbench.services import library, persons, places
from workbench.services.document.queue import ORDERS
from workbench.services.edition import Edition, again, open_edition
from workbench.services.library import Listing
from workbench.services.mine import Meter
from workbench.services.persons import Person
from workbench.tui.bars import TitleBar
from workbench.tui.command import bindings, move, with_twins
from workbench.tui.commands import EVERYWHERE, keyed
from workbench.tui.desk import DeskScreen
from workbench.tui.themes import THEMES
from workbench.tui.typed import InOrder

if TYPE_CHECKING:
    from workbench.tui.library import Library

_THEMES = [theme.name for theme in THEMES]
_STATE = "desk"
_KEEPS = 5.0
"""Seconds between two times that the place is written down."""
_SETTLED = 0.5
"""Seconds after which the first screen surely stands there: what nobody waits for begins then."""
_READS = 25
"""Signs that one reads in a second."""


class WorkbenchApp(InOrder):
    """Holds what all screens share: the edition, the person, the place to come back to."""

    TITLE = "Workbench"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)

    def __init__(self, edition: Edition, *, document: str | None = None, person: str | None = None) -> None:
        i18n.use(places.language())
        super().__init__()
        self.edition = edition
        self.meter = Meter(edition.folder)
        self.learns = places.user_settings().get("learn") != "off"
        """Are the suggestions looked for again while one decides?"""
        self._read_by: float | None = None
        """When the toasts that are shown have been read; None where there is none."""
        self._keymap_problems = self._take_keymap()
        self._document = document
        self._person_name = person
        self._person: Person | None = None
        self._search: Worker[int] | None = None
        self._learner: asyncio.subprocess.Process | None = None
        self._left = places.read_state(edition.folder, _STATE)
        self._kept = copy.deepcopy(self._left)
        for theme in THEMES:
            self.register_theme(theme)
        left = self._left.get("theme")
        self.theme = str(left) if left in _THEMES else _THEMES[0]

    @cached_property
    def library(self) -> Library:
        from workbench.tui.library import Library

        return Library()

    def on_mount(self) -> None:
        wanted = self._document or self._left.get("document")
        known = set(library.ids(self.edition))
        # Later: what is laid out while Textual still starts is painted for nothing, and once more when it has started.
        if wanted in known and (self._document or self._left.get("at_desk")):
            self.call_later(self.open_desk, str(wanted))  # the library is made once somebody goes there
        else:
            self.call_later(self.push_screen, self.library)
        for notice in self.edition.notices:
            self.tell(notice, severity="warning")
        if self._keymap_problems:
            self._toast("; ".join(self._keymap_problems), title="keys.toml", severity="warning")
        self.set_timer(_SETTLED, self._look_at_sources)
        self.set_interval(_KEEPS, self._keep_state)  # a terminal that is closed says nothing first

    @work(thread=True, group="sources")
    def _look_at_sources(self) -> None:
        """Say which files in `transcripts/` are no longer what was imported; off the UI thread, for it reads them."""
        from workbench.services import adding

        with again(self.edition) as own:
            for said in adding.changed_sources(own):
                self.call_from_thread(self.tell, said, severity="warning")

    # where

    def open_desk(self, document: str) -> None:
        self._left |= {"document": document, "at_desk": True}
        self.push_screen(self._desk(document))

    def _desk(self, document: str) -> DeskScreen:
        """A desk at the place where its document was left."""
        at = self._left.get("places", {}).get(document)
        mode, order = str(self._left.get("mode", "queue")), self._left.get("order")
        desk = DeskScreen(document, at=tuple(at) if at else None, mode=mode, order=order if order in ORDERS else "text")
        desk.add_class(*desk.layout_for(self.size))  # or it would be laid out, and painted, twice
        return desk

    def switch_desk(self, document: str, at: tuple[str, int]) -> None:
        """From the desk of one document to a place of another."""
        self._left.setdefault("places", {})[document] = list(at)
        self._left |= {"document": document, "at_desk": True}
        desk = self._desk(document)
        if isinstance(self.screen, DeskScreen):
            self.switch_screen(desk)
        else:
            self.push_screen(desk)

    def close_desk(self) -> None:
        self._left["at_desk"] = False
        self._keep_state()
        if self.library in self.screen_stack:
            self.pop_screen()
        else:
            self.switch_screen(self.library)
        document = self._left.get("document")
        if document:
            self.library.call_after_refresh(self.library.select, document)

    def remember(self, document: str, text: str, start: int) -> None:
        """Keep the place in mind; it is written when the desk or the program closes."""
        self._left.setdefault("places", {})[document] = [text, start]

    def keep_way(self, mode: str, order: str) -> None:
        """The way through a text, for the next desk too."""
        self._left |= {"mode": mode, "order": order}

    def _keep_state(self) -> None:
        if self._left != self._kept:
            self._kept = copy.deepcopy(self._left)
            places.write_state(self.edition.folder, _STATE, self._left)

    # who

    async def take_back(self) -> bool:
        """Take the person's last decision or batch back and say so; was there one?"""
        from workbench.services import deciding

        person = await self.ask_person()
        if person is None:
            return False
        try:
            done = deciding.undo(self.edition, person)
        except WorkbenchError as error:
            self.complain(error)
            return False
        self.tell(_("taken back") if done else _("There is nothing of yours to take back"))
        return done is not None

    async def ask_person(self) -> Person | None:
        """The person at the keyboard, registered; asks once, git's name proposed. None when left unanswered."""
        if self._person is None:
            from workbench.tui.asking import Ask

            name = persons.named(self._person_name)
            if name is None:
                proposal = persons.proposed() or ""
                name = await self.push_screen_wait(
                    Ask(
                        _("Who decides? Your name goes into the record."),
                        value=proposal,
                        help=_("asked once, kept in your settings"),
                    )
                )
                if not name:
                    return None
                places.set_user_setting("person", name)
            try:
                with self.edition.writing():
                    self._person = persons.ensure(self.edition, name)
            except WorkbenchError as error:
                self.complain(error)
                return None
        return self._person

    def own_ids(self) -> frozenset[str]:
        """The ids under which the person at the keyboard decided here; none of somebody who is not registered yet."""
        name = persons.named(self._person_name) if self._person is None else None
        person = persons.find(self.edition, name) if name is not None else self._person
        return persons.ids_of(self.edition, person.id) if person is not None else frozenset()

    def is_me(self, person: str) -> bool:
        """Is this an id of the person at the keyboard?"""
        return person in self.own_ids()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:  # else it comes back from who did not want it
            self.meter.key()
        await super().on_event(event)

    # saying

    def tell(self, words: str, *, severity: str = "information") -> None:
        """What was done, in the title, which covers nothing; a warning stays longer, as a toast. Never markup."""
        if severity == "warning":
            self._toast(words, severity="warning")
        elif bars := self.screen.query(TitleBar):
            bars.first().flash(words)

    def complain(self, error: WorkbenchError) -> None:
        """What did not work, with what now."""
        self._toast(in_words(error), title=_(error.title), severity="error")

    def _toast(self, words: str, *, title: str = "", severity: Literal["warning", "error"]) -> None:
        self.notify(visible(words), title=title, severity=severity, markup=False, timeout=10)
        self._read_by = max(self._read_by or 0.0, time.monotonic() + 1 + len(words) / _READS)

    async def _obey(self, event: events.Key) -> None:
        """A key that comes when a toast has been read puts it away: it covers what one works on."""
        if self._read_by is not None and event.time >= self._read_by:
            self._read_by = None
            self.clear_notifications()
        await super()._obey(event)

    # commands

    async def run_suggest(self, listing: Listing, progress: Callable[[str], None]) -> None:
        """Look for suggestions in a thread of its own; the keys stay free, `progress` is told how far it is."""
        from workbench.tui.at_work import index_told

        if self._search is not None:
            self.tell(keyed("Suggestions are being looked for already; [library.stop] stops that"))
            return

        def told(worker: Worker[int], done: int, total: int) -> None:
            if worker.is_cancelled:
                raise WorkerCancelled
            self.call_from_thread(
                progress,
                keyed("looking for suggestions {share} · [library.stop] stops").format(share=f"{done / total:.0%}"),
            )

        try:
            with index_told(lambda words: self.call_from_thread(progress, words)):
                waiting = await self._look(listing, told)
            said = ngettext("{count} suggestion waits", "{count} suggestions wait", waiting).format(count=waiting)
            self.tell(said if waiting else _("Nothing to suggest"))
        except WorkerCancelled:
            self.tell(_("Stopped. The suggestions are as they were"))
        except Exception as error:  # a suggester's fault must not end the session
            self.notify(visible(in_words(error)), title=_("No suggestions"), severity="error", markup=False)

    async def learn(self, listing: Listing, looking_at: Callable[[], str | None]) -> bool:
        """Look again with what was decided meanwhile, in a program of its own; did it find its way to the end?

        Said to nobody: the suggestion that is looked at stays as it is, and what fails here fails aloud at the next
        search that is asked for.
        """
        if self._search is not None or self._learner is not None:
            return False
        command = (sys.executable, "-m", "workbench.services.suggestions.learner", str(self.edition.folder), listing.id)
        try:
            self._learner = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            assert self._learner.stdin is not None and self._learner.stdout is not None
            if await self._learner.stdout.readline():
                self._learner.stdin.write(f"{looking_at() or ''}\n".encode())
                await self._learner.stdin.drain()
            return await self._learner.wait() == 0
        except OSError:
            return False
        finally:
            self._stop_learning()

    def _stop_learning(self) -> None:
        if self._learner is not None and self._learner.returncode is None:
            self._learner.kill()
        self._learner = None

    async def _look(self, listing: Listing, told: Callable[[Worker[int], int, int], None]) -> int:
        """Search in a thread with a connection of its own; how many suggestions are open."""
        from workbench.services.suggestions import suggesting

        def look() -> int:
            worker = get_current_worker()
            with again(self.edition) as own:
                return suggesting.suggest(own, [listing], lambda done, total: told(worker, done, total)).open

        self._search = self.run_worker(look, thread=True, group="engine", exit_on_error=False)
        try:
            return await self._search.wait()
        finally:
            self._search = None

    def stop_suggest(self) -> bool:
        """Stop looking for suggestions; was there a search to stop?"""
        if self._search is None:
            return False
        self._search.cancel()
        return True

    def action_help(self) -> None:
        from workbench.tui.help import Help

        focused = self.focused
        panes = focused.ancestors_with_self if focused is not None else [self.screen]
        commands = next((pane.commands for pane in panes if hasattr(pane, "commands")), EVERYWHERE)
        self.push_screen(Help(commands, moves=focused is None or not focused.check_consume_key("x", "x")))

    def action_next_theme(self) -> None:
        self.theme = _THEMES[(_THEMES.index(self.theme) + 1) % len(_THEMES)]
        self._left["theme"] = self.theme

    def _take_keymap(self) -> list[str]:
        """Take over the person's own keys; what cannot hold, in words."""
        from workbench.tui import keymap

        try:
            keys, problems = keymap.checked(keymap.read(keymap.path()))
        except UnreadableError as error:
            keys, problems = {}, [in_words(error)]
        move(keys)
        self.set_keymap({name: ",".join(with_twins(wanted)) for name, wanted in keys.items()})
        return problems

    def action_leave(self) -> None:
        self.meter.keep()
        self._stop_learning()
        self._left["at_desk"] = isinstance(self.screen, DeskScreen)
        self._keep_state()
        self.exit(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the table of commands, for the screen that is open."""
        for command in getattr(screen, "commands", EVERYWHERE):
            yield SystemCommand(_(command.title), keyed(command.help), _runner(self, screen, command.action))


def _runner(app: WorkbenchApp, screen: Screen[object], action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await app.run_action(action, default_namespace=screen)

    return run


def _end_with_the_terminal() -> None:
    """End the program once its terminal is gone, where no hangup did (as under nohup); what is recorded is on the disk.

    In a thread of its own: without a terminal Textual waits for ever to write to it.
    """
    while sys.stdin.isatty():
        time.sleep(_KEEPS)
    os.kill(os.getpid(), signal.SIGTERM)


def _say(words: str) -> None:
    """What there is to say before there is a screen."""
    i18n.use(places.language())
    sys.stderr.write(_(words) + "\n")


def run(folder: Path, document: str | None = None, person: str | None = None) -> int:
    """Open the screen on an edition; its exit code. Raises UsageError where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the screen needs a terminal; for scripts see: workbench --help")
    threading.Thread(target=_end_with_the_terminal, daemon=True).start()
    gc.freeze()  # what was imported stays: no collection need walk it, least of all between a key and its answer
    edition = open_edition(folder, told=_say)
    try:
        edition.upgrade_if_writable()  # before anybody waits for a key
        wanted = library.resolve(edition, document).id if document else None
        return WorkbenchApp(edition, document=wanted, person=person).run() or 0
    finally:
        edition.close()
