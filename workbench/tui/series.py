"""The series screen: every place where the same stands, in context, ticked or not; then all of them as one batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.cells import cell_len
from textual import work
from textual.content import Content

from workbench.core.errors import RefusedError, WorkbenchError
from workbench.core.visible import flat, visible
from workbench.i18n import N_, _, ngettext, quoted
from workbench.services import library, series
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.series import Member, Series, Wanted
from workbench.tui.asking import Ask
from workbench.tui.bars import TitleBar
from workbench.tui.commands import SERIES, keyed, with_keys
from workbench.tui.find_form import FindForm
from workbench.tui.list_screen import ListScreen
from workbench.tui.preview import Preview
from workbench.tui.row_list import RowList

_SAMPLES = 12
_AROUND = 24
"""Signs of its line that a place is shown with, before it and after."""
_TOLD = 50  # places after which progress is said
_ACTS = {
    "accept": N_("accept"), "edit": N_("change"), "keep": N_("keep"), "unclear": N_("mark unclear"), "gap": N_("lost"),
    "check": N_("put on the checking list"), "textual_note": N_("note"), "content_note": N_("note"), "zone": N_("zone"),
}  # fmt: skip


class SeriesScreen(ListScreen[Member]):
    """Answers with the number of decisions recorded; None when left."""

    table = SERIES
    detail = "line"
    DEFAULT_CSS = "SeriesScreen #line { height: 4; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(
        self, wanted: Wanted | None, document: str, *, everywhere: bool = False, undo: str = "desk.undo"
    ) -> None:
        """`wanted`: None asks what to look for first; `everywhere`: in the whole edition; `undo`: the command of the
        screen beneath that takes it back."""
        super().__init__()
        self._wanted, self._document = wanted, document
        self._everywhere, self._undo = everywhere, undo
        self.series: Series | None = None
        self.ticked: set[int] = set()
        self._chosen: dict[tuple[str, int, int], bool] = {}
        """Which places were ticked, and which were not, before the same was looked for again."""

    def on_mount(self) -> None:
        self.say(keyed("What to look for? [series.pattern] asks for words or a pattern."))
        if self._wanted is None:
            self.action_pattern()
        else:
            self._gather()

    # finding

    def _gather(self, *, again: bool = False) -> None:
        """Look for the places; `again`: for the same as before, so that what was ticked and unticked stays so."""
        wanted = self._wanted
        where = None if self._everywhere else self._document
        assert wanted is not None
        if again and self.series is not None:
            known = enumerate(self.series.members)
            self._chosen |= {(m.text, m.start, m.end): n in self.ticked for n, m in known if m.may_be_ticked}
        elif not again:
            self._chosen.clear()
        self._show(None, keyed("Looking …  [series.leave] stops"))

        def make(edition: Edition, told: Callable[[str], None]) -> Series | WorkbenchError:
            def count(done: int, total: int) -> None:
                told(keyed("Looking … {share:.0%}  [series.leave] stops").format(share=done / max(total, 1)))

            try:
                return series.gather(edition, library.headings(edition, where), wanted, count)
            except WorkbenchError as error:
                return error

        self.prepare(make, self._gathered)

    def _gathered(self, found: Series | WorkbenchError) -> None:
        if isinstance(found, WorkbenchError):
            self.say(keyed("Nothing was looked for. [series.pattern] changes what is looked for."))
            self.workbench.complain(found)
            return
        meant = found.first_ticked()
        self.ticked = {
            n for n, m in enumerate(found.members)
            if m.may_be_ticked and self._chosen.get((m.text, m.start, m.end), n in meant)
        }  # fmt: skip
        where = _("in the edition") if self._everywhere else _("in this document")
        nothing = keyed("No place {where} matches. [series.pattern] changes what is looked for, [series.scope] where.")
        self._show(found, nothing.format(where=where))
        if found.members and not any(m.may_be_ticked for m in found.members):
            self.workbench.tell(keyed("Nothing would change yet: [series.replacement] types what should stand there"))

    def _show(self, found: Series | None, nothing: str) -> None:
        """Show the places of a series; of none while it is looked for."""
        self.series = found
        self.show_rows(list(found.members) if found is not None else [], nothing, 0)
        self._title()

    def _title(self) -> None:
        if self._wanted is None:
            return
        where = _("in the edition") if self._everywhere else _("in this document")
        what = self._looked_for
        if self.series is None:
            self.query_one(TitleBar).say(quoted(what), where)
            return
        count = len(self.series.members)
        left = ngettext("{count} place of “{what}”", "{count} places of “{what}”", count)
        left = left.format(count=count, what=what) + self._what_is_done
        self.query_one(TitleBar).say(left, _("{count} ticked · {where}").format(count=len(self.ticked), where=where))

    @property
    def _looked_for(self) -> str:
        assert self._wanted is not None
        return " ".join(series.looked_for(self._wanted.pattern).split())

    @property
    def _what_is_done(self) -> str:
        assert self._wanted is not None
        new = self._wanted.replacement
        if new is None:
            return f": {_(_ACTS.get(self._wanted.act, self._wanted.act))}"
        shown = series.plain_replacement(new) if series.plain(self._wanted.pattern) else None
        return f" → {quoted(new if shown is None else shown)}"

    # showing

    def row_of(self, number: int) -> Content:
        member = self.rows[number]
        tick = "☑" if number in self.ticked else "☐" if member.may_be_ticked else "·"
        parts: list[Content | tuple[str, str] | str] = [
            (f" {tick} ", "bold $text-accent"), (f"{self._place(member):>7}  ", "$foreground-muted"),
            _ending(_left(member), max(10, (self.size.width - 34) // 3)),
            (flat(member.quote) or "∅", "bold underline"),
        ]  # fmt: skip
        if member.proposed is not None and member.proposed != member.quote:
            parts += [" → ", (flat(member.proposed) or "∅", "bold $text-success")]
        if member.decided:
            parts.append((" " + _("(decided)"), "italic $text-warning"))
        return Content.assemble(*parts, ("  " + _right(member), "$foreground-muted"))

    def _place(self, member: Member) -> str:
        return f"{member.document.number}:{member.line}" if self._everywhere else str(member.line)

    def _sample(self, member: Member) -> str:
        """A place with some of its line: the place in brackets, with what is put there."""
        new = "" if member.proposed is None else f" → {flat(member.proposed) or '∅'}"
        around = f"{_left(member)[-_AROUND:]}[{flat(member.quote)}{new}]{_right(member)[:_AROUND]}"
        return f"{self._place(member):>6}  {around}"

    def told(self) -> list[Content]:
        """The place under the cursor, as it is and as it would be, one line each."""
        member = self.here
        if member is None:
            return []
        facts = [_("line {number}").format(number=member.line)]
        if member.cut:
            facts.append(_("somebody decided about a part of this and more: only the desk can change it"))
        elif member.decided:
            facts.append(_("decided already; ticked, it is decided anew"))
        elif member.suggestion is not None and not member.agrees:
            facts.append(_("something else is suggested here"))
        head = Content(visible(" · ".join([*facts, member.document.title])))
        shown = [head.truncate(max(1, self.size.width - 2), ellipsis=True).stylize("$foreground-muted")]
        shown.append(self._in_context(member, member.quote, "strike $text-error"))
        if member.proposed is not None:
            shown.append(self._in_context(member, member.proposed, "bold $text-success"))
        return shown

    def _in_context(self, member: Member, text: str, style: str) -> Content:
        """A place with some text in it, both versions beginning in the same column."""
        room = max(10, (self.size.width - 2) // 3)
        return Content.assemble(_ending(_left(member), room), (flat(text) or "∅", style), _right(member))

    def on_resize(self) -> None:
        self.tell_here()

    # ticking

    def action_tick(self) -> None:
        if self.here is None:
            return
        if not self.here.may_be_ticked:
            self.workbench.tell(_("Nothing can be decided here as it stands"))
            return
        rows = self.query_one(RowList)
        self.ticked ^= {rows.cursor}
        rows.repaint(rows.cursor)
        rows.action_move(1)
        self._title()

    def action_all(self) -> None:
        self._tick(self._open_ones)

    def action_invert(self) -> None:
        self._tick(self._open_ones - self.ticked)

    @property
    def _open_ones(self) -> set[int]:
        """What can be ticked and nobody decided: only by itself is a decided place ticked."""
        return {n for n, m in enumerate(self.rows) if m.may_be_ticked and not m.decided}

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
            self._gather(again=True)

    @work(exclusive=True, group="ask")
    async def action_replacement(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        plain = series.plain(wanted.pattern) is not None
        now = wanted.replacement or ""
        now = (series.plain_replacement(now) or "") if plain else now
        typed = await self.app.push_screen_wait(
            Ask(_("What should stand there?"), value=now, may_be_empty=True, help=_("empty takes it out"))
        )
        if typed is not None:
            if wanted.act not in ("edit", "unclear"):
                wanted = replace(wanted, act="edit", more={})
            self._wanted = replace(wanted, replacement=series.literal(typed) if plain else typed)
            self._gather(again=True)

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
            self.workbench.tell(keyed("No place is ticked: [series.tick] ticks one, [series.all] all"))
            return
        person = await self.workbench.ask_person()
        if person is None:
            return
        title = ngettext("{count} place as one batch", "{count} places as one batch", len(ticked))
        samples = [self._sample(found.members[n]) for n in ticked[:_SAMPLES]]
        if len(ticked) > _SAMPLES:
            samples.append(_("… and {count} more").format(count=len(ticked) - _SAMPLES))
        act = _("records them; {key} takes them back together").format(key=with_keys(f"[{self._undo}]"))
        if await self.app.push_screen_wait(Preview(title.format(count=len(ticked)), samples, act=act)):
            self._record(found, ticked, person)

    def _record(self, found: Series, ticked: list[int], person: Person) -> None:
        def make(edition: Edition, told: Callable[[str], None]) -> int | WorkbenchError:
            def count(done: int, total: int) -> None:
                if done % _TOLD == 0:
                    told(_("{done} of {total} recorded").format(done=done, total=total))

            try:
                return len(series.apply(edition, found, ticked, person, count))
            except WorkbenchError as error:
                return error

        self.prepare(make, self._recorded, self.query_one(TitleBar).flash)

    def _recorded(self, made: int | WorkbenchError) -> None:
        if not isinstance(made, WorkbenchError):
            self.dismiss(made)
            return
        self.workbench.complain(made)
        if isinstance(made, RefusedError):
            self._gather(again=True)  # somebody else decided meanwhile: now it is shown

    @work(exclusive=True, group="ask")
    async def action_remember(self) -> None:
        """Take what is looked for as right wherever it stands, in the scope that is shown."""
        plain = series.plain(self._wanted.pattern) if self._wanted is not None and self._wanted.act == "keep" else None
        if plain is None:
            self.workbench.tell(_("Only words that are kept can be right everywhere"))
            return
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            scope = None if self._everywhere else self._document
            series.remember(self.workbench.edition, plain[0], scope, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self.dismiss(1)


def _left(member: Member) -> str:
    """What stands before a place on its line."""
    return flat(member.before.rpartition("\n")[2])


def _right(member: Member) -> str:
    return flat(member.after.partition("\n")[0].rstrip("\r"))


def _ending(text: str, cells: int) -> str:
    """The end of a text in so many cells of the terminal, filled up from the left."""
    while cell_len(text) > cells:
        text = text[1:]
    return " " * (cells - cell_len(text)) + text
