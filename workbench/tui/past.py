"""The text as of any entry, or as one person made it, and who and what stands behind each span of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual import work
from textual.content import Content

from workbench.core.entry import Entry
from workbench.core.errors import WorkbenchError
from workbench.core.visible import flat
from workbench.i18n import _
from workbench.services import moments, persons, verdicts
from workbench.services.edition import Edition
from workbench.services.looking_back import past
from workbench.services.looking_back.past import PastLine
from workbench.services.looking_back.placed import decided_by, placed
from workbench.services.moments import Side, Steps
from workbench.store import entries
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.choosing import Choose
from workbench.tui.commands import PAST
from workbench.tui.list_screen import ListScreen
from workbench.tui.telling import made, reason, told_reviews, why
from workbench.tui.view.wrap import breaks

_RUNS = {
    "decision": "bold $text-success", "added": "bold $text-success", "conflict": "reverse $text-error",
    "markup": "$foreground-muted", "raw": "",
}  # fmt: skip
_JUST_NOW = "bold reverse $text-accent"
_BESIDE = 20
"""Columns beside the text: the number of the line, who decided in it, the scroll bar."""


class PastScreen(ListScreen[tuple[int, int, int]]):
    """Steps through the history of a document; at its end, the present, it is the blame of each line.

    A row is (line, start, end) in its text.
    """

    table = PAST
    detail = "behind"
    DEFAULT_CSS = "PastScreen #behind { height: 9; }"

    def __init__(self, document: str, title: str, *, entry: str | None = None) -> None:
        """`entry`: id of the one after which to look; None: now."""
        super().__init__()
        self._document, self._title, self._entry = document, title, entry
        self._steps: list[Entry] = []
        self._step = 0
        """How many entries of the document are taken in."""
        self._person = ""
        """Id of the person whose decisions alone are shown instead."""
        self._lines: list[PastLine] = []
        self._names: dict[str, str] = {}
        self._sigla: dict[str, str] = {}
        """By name."""

    def on_mount(self) -> None:
        edition = self.workbench.edition
        self._names, self._sigla = persons.names(edition), {p.name: p.siglum for p in persons.everyone(edition)}
        document, entry = self._document, self._entry

        def make(edition: Edition, told: Callable[[str], None]) -> list[Entry]:
            told(_("Looking …") + self.stops)
            return list(Steps(edition, document).entries)

        def have(steps: list[Entry]) -> None:
            self._steps = steps
            self._step = next((n for n, e in enumerate(steps, 1) if e.id == entry), len(steps))
            self._replay()

        self.prepare(make, have)

    def on_resize(self) -> None:
        if self._lines:
            self._replay()

    @property
    def _side(self) -> Side:
        """The moment that is shown."""
        if self._person:
            return f"@{self._person}"
        return "now" if self._step == len(self._steps) else self._step

    @property
    def _when(self) -> str:
        """The moment that is shown, in words."""
        if self._person:
            return _("{name} alone").format(name=self._names.get(self._person, ""))
        if self._side == "now":
            return _("now")
        return _("the raw text") if self._last is None else f"{self._last.time[:16].replace('T', ' ')} UTC"

    def _replay(self) -> None:
        document, side, width = self._document, self._side, max(20, self.size.width - _BESIDE)

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[list[PastLine], list[tuple[int, int, int]]]:
            lines = past.lines(edition, document, moments.side(edition, document, side))
            rows = [(n, a, b) for n, line in enumerate(lines) for a, b in breaks(_shown(line), width)]
            return lines, rows

        self.prepare(make, self._have)

    @property
    def _last(self) -> Entry | None:
        """The entry that this moment comes just after."""
        return self._steps[self._step - 1] if self._step else None

    def _have(self, found: tuple[list[PastLine], list[tuple[int, int, int]]]) -> None:
        self._lines, rows = found
        new = next((n for n, line in enumerate(self._lines) if self._is_new(line)), None)
        at = next((row for row, (n, _a, _b) in enumerate(rows) if n == new), None)
        self.show_rows(rows, _("This document has no text."), at)
        count = _("step {step} of {count}").format(step=self._step, count=len(self._steps))
        self.query_one(TitleBar).say(
            _("AS OF") + f"  {self._title}", self._when if self._person else f"{self._when} · {count}"
        )

    def _is_new(self, line: PastLine) -> bool:
        return not self._person and self._last is not None and any(self._last in run.entries for run in line.runs)

    def row_of(self, number: int) -> Content:
        n, start, end = self.rows[number]
        line = self._lines[n]
        begins = not number or self.rows[number - 1][0] != n
        who = dict.fromkeys(self._siglum(e) for run in line.runs for e in run.entries) if begins else ()
        parts: list[tuple[str, str]] = [
            (f"{(line.number or '+') if begins else '':>6}  ", "$foreground-muted"),
            (f"{' '.join(who)[:8]:8}  ", "$text-primary"),
        ]
        at = 0
        for run in line.runs:
            text = _of_run(run)
            style = _JUST_NOW if self._is_just_made(run) else _RUNS[run.kind]
            parts.append((text[max(start - at, 0) : max(end - at, 0)], style))
            at += len(text)
        return Content.assemble(*(part for part in parts if part[0]))

    def _is_just_made(self, run: past.Run) -> bool:
        shown = self._step < len(self._steps) or self._entry is not None
        return shown and not self._person and self._last is not None and self._last in run.entries

    def _siglum(self, entry: Entry) -> str:
        return self._sigla.get(decided_by(self.workbench.edition, entry, self._names)[0], "?")

    def told(self) -> list[Content]:
        if self.here is None:
            return [Content()]
        line = self._lines[self.here[0]]
        told: list[Content] = []
        edition = self.workbench.edition
        for run in line.runs:
            for entry in run.entries:
                one = placed(edition, entry, self._names)
                value = f"{flat(one.quote) or '∅'} → {flat(run.text) or '∅'}  "
                told.append(Content.assemble((value, "bold"), made(one)))
                told += [*reason(one), *why(one), *told_reviews(verdicts.said_of(edition, entry, self._names))]
        return told or [Content(_("The machine alone stands behind this line."))]

    # stepping

    def action_step(self, by: int) -> None:
        self._go(self._step + by)

    def action_to_end(self, end: int) -> None:
        self._go(len(self._steps) if end else 0)

    def _go(self, step: int) -> None:
        step = min(max(step, 0), len(self._steps))
        if step != self._step or self._person:
            self._step, self._person = step, ""
            self._replay()

    @work(exclusive=True, group="ask")
    async def action_go(self) -> None:
        """To a day, or an entry by the beginning of its id."""
        wanted = await self._asked_moment()
        if wanted is not None:
            self._go(wanted)

    async def _asked_moment(self) -> int | None:
        """How many entries of the document were there at a day, or with an entry; None when left."""
        wanted = await self.app.push_screen_wait(
            Ask(_("As of which moment?"), help=_("2026-01-31, or less of it, or the beginning of an entry's id"))
        )
        if not wanted:
            return None
        if re.match(r"\d{4}(-|$)", wanted):
            return sum(e.time <= wanted + "\U0010ffff" for e in self._steps)
        try:
            entry = entries.one(self.workbench.edition.db, wanted)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return None
        return sum(e.key <= entry.key for e in self._steps)

    @work(exclusive=True, group="ask")
    async def action_person(self) -> None:
        """What one person alone decided."""
        options = [(p.id, p.name) for p in persons.everyone(self.workbench.edition)]
        chosen = await self.app.push_screen_wait(Choose(_("Whose decisions alone?"), options, at=self._person))
        if chosen is not None:
            self._person = chosen
            self._replay()

    # comparing, printing

    @work(exclusive=True, group="ask")
    async def action_diff(self) -> None:
        """This moment against another, or against what one person decided."""
        from workbench.tui.diff import DiffScreen

        options = [("now", _("now")), ("raw", _("the raw text")), ("moment", _("another moment …"))]
        people = [(f"@{p.id}", p.name) for p in persons.everyone(self.workbench.edition)]
        options = [one for one in (*options, *people) if one[0] != self._side]
        chosen = await self.app.push_screen_wait(Choose(_("Against what?"), options))
        other: Side | None = await self._asked_moment() if chosen == "moment" else chosen
        if other is None:
            return
        words = dict(options).get(str(other), _("step {step} of {count}").format(step=other, count=len(self._steps)))
        await self.app.push_screen_wait(
            DiffScreen(
                self._document, self._title, sides=(self._side, other), between=f"{self._when} → {words}"
            )
        )  # fmt: skip

    def action_printed(self) -> None:
        """The text at this moment with its apparatus."""
        from workbench.tui.printed import PrintedScreen

        self.app.push_screen(PrintedScreen(self._document, self._title, at=self._side, moment=self._when))


def _of_run(run: past.Run) -> str:
    return flat(run.text) or ("∅" if run.entries else "")


def _shown(line: PastLine) -> str:
    return "".join(map(_of_run, line.runs))
