"""The series screen: every place where the same stands, in context, ticked or not; then all of them as one batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.visible import visible
from workbench.i18n import N_, _, ngettext
from workbench.services import series
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.series import Member, Series, Wanted
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import EVERYWHERE, SERIES, bindings
from workbench.tui.find_form import FindForm
from workbench.tui.preview import Preview
from workbench.tui.row_list import RowList

_SAMPLES = 12
_TOLD = 50  # places after which progress is said
_ACTS = {
    "accept": N_("accept"), "edit": N_("change"), "keep": N_("keep"), "unclear": N_("mark unclear"), "gap": N_("lost"),
    "check": N_("put on the checking list"), "textual_note": N_("note"), "content_note": N_("note"),
}  # fmt: skip


class SeriesScreen(AtWork):
    """Answers with the number of decisions recorded; None when left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SERIES)
    commands = (*SERIES, *EVERYWHERE)
    DEFAULT_CSS = """
    SeriesScreen #empty { padding: 1 2; height: 1fr; color: $foreground-muted; }
    SeriesScreen #line { height: 5; padding: 0 1; background: $surface; border-top: solid $panel; }
    """

    def __init__(self, wanted: Wanted | None, document: str, *, everywhere: bool = False) -> None:
        """`wanted`: None asks what to look for first; `everywhere`: in the whole edition."""
        super().__init__()
        self._wanted, self._document = wanted, document
        self._everywhere = everywhere
        self.series: Series | None = None
        self.ticked: set[int] = set()

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList()
        yield Static(id="empty")
        yield Static(id="line")
        yield KeyBar(SERIES)

    def on_mount(self) -> None:
        self._empty(_("What to look for? f asks for words or a pattern."))
        if self._wanted is None:
            self.action_pattern()
        else:
            self._gather()

    # finding

    def _gather(self) -> None:
        wanted = self._wanted
        where = None if self._everywhere else self._document
        assert wanted is not None

        def make(edition: Edition, told: Callable[[str], None]) -> Series:
            def count(done: int, total: int) -> None:
                told(_("{done} of {total} documents").format(done=done, total=total))

            return series.gather(edition, series.documents_of(edition, where), wanted, count)

        self.prepare(make, self._gathered, self._empty)

    def _gathered(self, found: Series) -> None:
        self.series, self.ticked = found, found.first_ticked()
        rows = self.query_one(RowList)
        rows.display = bool(found.members)
        self.query_one("#empty").display = not found.members
        if found.members:
            rows.show(len(found.members), self._row)
            rows.focus()
        else:
            where = _("in the edition") if self._everywhere else _("in this document")
            self._empty(_("No place {where} matches. f changes what is looked for, d where.").format(where=where))
        self._title()
        self._line()

    def _empty(self, words: str) -> None:
        self.query_one("#empty", Static).update(Content(visible(words)))

    def _title(self) -> None:
        if self.series is None or self._wanted is None:
            return
        count = len(self.series.members)
        what = _(_ACTS.get(self._wanted.act, self._wanted.act))
        left = ngettext("{count} place: {what}", "{count} places: {what}", count).format(count=count, what=what)
        if self.series.members:
            left += f" “{' '.join(self.series.members[0].quote.split())}”"
        else:
            left += f" {self._wanted.pattern}"
        if self.series.members:
            new = self.series.members[0].proposed
            left += f" → “{new}”" if new not in (None, self.series.members[0].quote) else ""
        where = _("edition") if self._everywhere else _("document")
        self.query_one(TitleBar).say(left, _("{count} ticked · {where}").format(count=len(self.ticked), where=where))

    # showing

    def _row(self, number: int) -> Content:
        assert self.series is not None
        member = self.series.members[number]
        tick = "☑" if number in self.ticked else "·" if not member.may_be_ticked else "☐"
        place = f"{member.document.number}:{member.line}" if self._everywhere else str(member.line)
        room = max(10, (self.size.width - 34) // 3)
        before = _flat(member.before)[-room:].rjust(room)
        parts: list[Content | tuple[str, str] | str] = [
            (f" {tick} ", "bold $text-accent"), (f"{place:>7}  ", "$foreground-muted"), before,
            (_flat(member.quote) or "∅", "bold underline"),
        ]  # fmt: skip
        if member.proposed is not None and member.proposed != member.quote:
            parts += [" → ", (_flat(member.proposed) or "∅", "bold $text-success")]
        if member.decided:
            parts.append((" " + _("(decided)"), "italic $text-warning"))
        return Content.assemble(*parts, _flat(member.after))

    def _line(self) -> None:
        line = self.query_one("#line", Static)
        if self.series is None or not self.series.members:
            line.update("")
            return
        member = self.series.members[self.query_one(RowList).cursor]
        old = Content.assemble(_flat(member.before), (_flat(member.quote), "strike $text-error"), _flat(member.after))
        new = _flat(member.quote if member.proposed is None else member.proposed)
        becomes = Content.assemble(_flat(member.before), (new, "bold $text-success"), _flat(member.after))
        where = f"{member.document.title} · " + _("line {number}").format(number=member.line)
        head = Content(visible(where)).truncate(max(1, self.size.width - 2), ellipsis=True)
        shown = [head.stylize("$foreground-muted"), old]
        line.update(Content("\n").join([*shown, becomes] if member.proposed is not None else shown))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._line()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_apply()

    # ticking

    def action_tick(self) -> None:
        if self.series is None or not self.series.members:
            return
        rows = self.query_one(RowList)
        if not self.series.members[rows.cursor].may_be_ticked:
            self.workbench.tell(_("Nothing can be decided here as it stands"))
            return
        self.ticked ^= {rows.cursor}
        rows.repaint(rows.cursor)
        rows.action_move(1)
        self._title()

    def action_all(self) -> None:
        if self.series is not None:
            self._tick({n for n, m in enumerate(self.series.members) if m.may_be_ticked and not m.decided})

    def action_none(self) -> None:
        self._tick(set())

    def _tick(self, ticked: set[int]) -> None:
        self.ticked = ticked
        self.query_one(RowList).repaint()
        self._title()

    # changing what is wanted

    def action_scope(self) -> None:
        self._everywhere = not self._everywhere
        if self._wanted is not None:
            self._gather()

    @work(exclusive=True, group="ask")
    async def action_replacement(self) -> None:
        if self._wanted is None:
            return
        now = self._wanted.replacement or ""
        typed = await self.app.push_screen_wait(
            Ask(_("What should stand there?"), value=now, may_be_empty=True, help=_("empty takes it out"))
        )
        if typed is not None:
            act = "edit" if self._wanted.act in ("keep", "accept", "check") else self._wanted.act
            self._wanted = replace(self._wanted, replacement=typed, act=act)
            self._gather()

    @work(exclusive=True, group="ask")
    async def action_pattern(self) -> None:
        found = await self.app.push_screen_wait(FindForm(self._wanted))
        if found is not None:
            self._wanted = found
            self._gather()
        elif self._wanted is None:
            self.dismiss(None)

    # doing it

    @work(exclusive=True, group="ask")
    async def action_apply(self) -> None:
        found, ticked = self.series, sorted(self.ticked)
        if found is None or not ticked:
            self.workbench.tell(_("No place is ticked: Space ticks one, a all"))
            return
        person = await self.workbench.ask_person()
        if person is None:
            return
        title = ngettext("{count} place as one batch", "{count} places as one batch", len(ticked))
        samples = [_sample(found.members[n]) for n in ticked[:_SAMPLES]]
        if len(ticked) > _SAMPLES:
            samples.append(_("… and {count} more").format(count=len(ticked) - _SAMPLES))
        act = _("records them; u takes them back together")
        if await self.app.push_screen_wait(Preview(title.format(count=len(ticked)), samples, act=act)):
            self._record(found, ticked, person)

    def _record(self, found: Series, ticked: list[int], person: Person) -> None:
        bar = self.query_one(TitleBar)

        def make(edition: Edition, told: Callable[[str], None]) -> int:
            def count(done: int, total: int) -> None:
                if done % _TOLD == 0:
                    told(_("{done} of {total} recorded").format(done=done, total=total))

            return len(series.apply(edition, found, ticked, person, count))

        self.prepare(make, self.dismiss, bar.flash)

    def action_leave(self) -> None:
        self.dismiss(None)


def _flat(text: str) -> str:
    return visible(text.replace("\r\n", "⏎").replace("\n", "⏎"))


def _sample(member: Member) -> str:
    new = "" if member.proposed is None else f" → {_flat(member.proposed) or '∅'}"
    return f"{member.line:>6}  {_flat(member.before[-24:])}[{_flat(member.quote)}]{_flat(member.after[:24])}{new}"
