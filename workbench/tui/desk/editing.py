"""Editing a line at the desk: typed where it stands, recorded as the decisions that the changed places are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from workbench.core.errors import RefusedError, WorkbenchError
from workbench.i18n import N_, _
from workbench.services.persons import Person
from workbench.tui.bars import KeyBar
from workbench.tui.commands import LINE
from workbench.tui.desk.base import decisions
from workbench.tui.desk.deciding import Deciding
from workbench.tui.reasons import ask_reason

if TYPE_CHECKING:
    from workbench.tui.line_editor import LineEditor


class Editing(Deciding):
    """The key that types, and what becomes of what was typed."""

    _edited: tuple[str, int] = ("", 0)
    """Where the line begins that is edited: others may add lines above it."""

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        if await self.workbench.ask_person() is None:  # asked first: what is typed shall not be lost to a question
            return
        row = self.row
        self.view.go(row, self.place.mark if self.place else None, self.place.start if self.place else 0)
        await self._begin_edit(row, self.desk.line_reading(row))

    async def _begin_edit(self, row: int, current: str, *, typed: str | None = None) -> None:
        added = self.desk.lines.added_at(row) is not None
        self.query_one(KeyBar).instead(c for c in LINE if added or c.action != "break")
        at = self.desk.column(self.place) if self.place is not None else 0
        self._edited = self.desk.line_span(row)[:2]
        editor = await self.editor()
        editor.begin(current, at, top=self.view.line_of_row(row), may_break=added, typed=typed)

    async def on_line_editor_done(self, event: LineEditor.Done) -> None:
        event.stop()
        await self.close_editor()
        if event.new is not None:
            self._edit_line(self._edited, event.old, event.new)

    @work(exclusive=True, group="decide")
    async def _edit_line(self, at: tuple[str, int], old: str, new: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        row = self.desk.lines.row_of(*at)
        if row is not None and self.desk.line_reading(row) == old and self.desk.against(row, new, person):
            self._edit_against(at, old, new, person)
        else:
            await self._rewrite(at, old, new, person)

    @work(exclusive=True, group="ask")
    async def _edit_against(self, at: tuple[str, int], old: str, new: str, person: Person) -> None:
        reason = await ask_reason(self.workbench, "earlier")
        if reason is not None:
            await self._rewrite(at, old, new, person, reason)
        else:
            await self._type_on(at, new)  # what was typed is not lost to a question

    async def _type_on(self, at: tuple[str, int], typed: str) -> None:
        """Go on with what was typed, over what the line reads by now."""
        row = self.desk.lines.row_of(*at)
        if row is not None:
            await self._begin_edit(row, self.desk.line_reading(row), typed=typed)

    async def _rewrite(
        self, at: tuple[str, int], old: str, new: str, person: Person, reason: str | None = None
    ) -> None:
        gone = RefusedError(N_("somebody took this line out meanwhile; yours was “{new}”"), new=new)
        row = self.desk.lines.row_of(*at)
        try:
            if row is None:
                raise gone
            made = self.desk.edit_line(row, new, person, old=old, reason=reason)
        except WorkbenchError as error:
            self.lay_out()
            self.desk.point_at(self.place)  # what stands there now is said, and seen in the editor
            self.workbench.complain(error if self.desk.lines.row_of(*at) is not None else gone)
            await self._type_on(at, new)
            return
        self.workbench.meter.decided(len(made))
        self.changed(made)
        self._learn()
        self.workbench.tell(
            _("{decisions} recorded").format(decisions=decisions(len(made))) if made else _("Nothing changed")
        )
        before = self.place
        here = self.desk.place_at(row, before.start if before is not None else None)
        answered = before is not None and before.kind == "suggestion" and here != before
        following = self._following(before) if before is not None and answered else None
        if answered and following is None and not self.reading_mode:
            self._said_done()
        self.go(following or here, jump=following is not None)
