"""The text as of any entry, and who and what stands behind each span of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.entry import Entry
from workbench.core.errors import WorkbenchError
from workbench.i18n import _
from workbench.services import past, persons, review
from workbench.services.edition import Edition
from workbench.services.moments import Steps, present
from workbench.services.past import PastLine
from workbench.services.placed import placed
from workbench.store import entries
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import EVERYWHERE, PAST, bindings
from workbench.tui.entry_screen import flat, made, reason, told_reviews
from workbench.tui.row_list import RowList

_RUNS = {
    "decision": "bold $text-success", "added": "bold $text-success", "conflict": "reverse $text-error",
    "markup": "$foreground-muted", "raw": "",
}  # fmt: skip
_JUST_NOW = "bold reverse $text-accent"


class PastScreen(AtWork):
    """Steps through the history of a document; at its end, the present, it is the blame of each line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAST)
    commands = (*PAST, *EVERYWHERE)
    DEFAULT_CSS = """
    PastScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    PastScreen #behind { height: 9; padding: 0 1; background: $surface; border-top: solid $panel; }
    """

    def __init__(self, document: str, title: str, *, entry: str | None = None) -> None:
        """`entry`: id of the one after which to look; None: now."""
        super().__init__()
        self._document, self._title, self._entry = document, title, entry
        self._steps: list[Entry] = []
        self._step = 0
        """How many entries of the document are taken in."""
        self._lines: list[PastLine] = []
        self._names: dict[str, str] = {}
        self._sigla: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="behind")
        yield KeyBar(PAST)

    def on_mount(self) -> None:
        people = persons.everyone(self.workbench.edition)
        self._names, self._sigla = {p.id: p.name for p in people}, {p.id: p.siglum for p in people}
        document, entry = self._document, self._entry

        def make(edition: Edition, told: Callable[[str], None]) -> list[Entry]:
            told(_("looking …"))
            return list(Steps(edition, document).entries)

        def have(steps: list[Entry]) -> None:
            self._steps = steps
            self._step = next((n for n, e in enumerate(steps, 1) if e.id == entry), len(steps))
            self._replay()

        self.prepare(make, have, self._say)

    def _say(self, words: str) -> None:
        self.query_one("#empty", Static).update(Content(words))

    def _replay(self) -> None:
        document, step = self._document, self._step

        def make(edition: Edition, told: Callable[[str], None]) -> list[PastLine]:
            steps = Steps(edition, document)
            return past.lines(edition, document, steps.at(step) if step < len(steps) else present(edition))

        self.prepare(make, self._have, self._say)

    @property
    def _last(self) -> Entry | None:
        """The entry that this moment comes just after."""
        return self._steps[self._step - 1] if self._step else None

    def _have(self, lines: list[PastLine]) -> None:
        self._lines = lines
        rows = self.query_one(RowList)
        rows.display, self.query_one("#empty").display = bool(lines), not lines
        self._say(_("This document has no text."))
        at = next((n for n, line in enumerate(lines) if self._is_new(line)), rows.cursor)
        rows.show(len(lines), self._row, cursor=at)
        if lines:
            rows.focus()
        now = self._step == len(self._steps)
        count = _("step {step} of {count}")
        last = self._last
        when = "" if last is None else f"{last.time[:16].replace('T', ' ')} UTC"
        where = _("now") if now else when
        self.query_one(TitleBar).say(
            _("AS OF") + f"  {self._title}", f"{where} · {count.format(step=self._step, count=len(self._steps))}"
        )
        self._detail()

    def _is_new(self, line: PastLine) -> bool:
        return self._last is not None and any(self._last in run.entries for run in line.runs)

    def _row(self, number: int) -> Content:
        line = self._lines[number]
        last = self._last if self._step < len(self._steps) or self._entry else None
        parts: list[tuple[str, str]] = [(f"{line.number or '+':>6}  ", "$foreground-muted")]
        who = dict.fromkeys(self._sigla.get(e.person, "?") for run in line.runs for e in run.entries)
        parts.append((f"{' '.join(who)[:8]:8}  ", "$text-primary"))
        for run in line.runs:
            style = _JUST_NOW if last is not None and last in run.entries else _RUNS[run.kind]
            parts.append((flat(run.text) or ("∅" if run.entries else ""), style))
        return Content.assemble(*parts)

    def _detail(self) -> None:
        shown = self.query_one("#behind", Static)
        if not self._lines:
            shown.update("")
            return
        line = self._lines[self.query_one(RowList).cursor]
        told: list[Content] = []
        edition = self.workbench.edition
        for run in line.runs:
            for entry in run.entries:
                one = placed(edition, entry, self._names)
                value = f"{flat(one.quote) or '∅'} → {flat(run.text) or '∅'}  "
                told.append(Content.assemble((value, "bold"), made(one)))
                told += [*reason(one), *told_reviews(review.said_of(edition, entry, self._names))]
        if not told:
            told = [Content(_("The machine alone stands behind this line."))]
        shown.update(Content("\n").join(told))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._detail()

    # stepping

    def action_step(self, by: int) -> None:
        self._go(self._step + by)

    def action_to_end(self, end: int) -> None:
        self._go(len(self._steps) if end else 0)

    def _go(self, step: int) -> None:
        step = min(max(step, 0), len(self._steps))
        if step != self._step:
            self._step = step
            self._replay()

    @work(exclusive=True, group="ask")
    async def action_go(self) -> None:
        """To a day, or an entry by the beginning of its id."""
        wanted = await self.app.push_screen_wait(
            Ask(_("As of which moment?"), help=_("2026-01-31, or less of it, or the beginning of an entry's id"))
        )
        if not wanted:
            return
        if re.match(r"\d{4}(-|$)", wanted):
            self._go(sum(e.time <= wanted + "\U0010ffff" for e in self._steps))
            return
        try:
            entry = entries.one(self.workbench.edition.db, wanted)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self._go(sum(e.key <= entry.key for e in self._steps))

    @work(exclusive=True, group="ask")
    async def action_diff(self) -> None:
        """This moment against the present."""
        from workbench.tui.diff import DiffScreen

        await self.app.push_screen_wait(DiffScreen(self._document, self._title, step=self._step))

    def action_leave(self) -> None:
        self.dismiss(None)
