"""Writing lines at the desk that no machine has read: added one after the other, joined, taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from workbench.core.entry import Entry
from workbench.core.errors import WorkbenchError
from workbench.i18n import _, ngettext
from workbench.services.persons import Person
from workbench.tui.bars import KeyBar
from workbench.tui.commands import LINE, keyed
from workbench.tui.desk.looking import Looking

if TYPE_CHECKING:
    from workbench.tui.line_editor import LineEditor


class Transcribing(Looking):
    """Keys of the line layer."""

    @work(exclusive=True, group="ask")
    async def action_add_line(self, above: bool) -> None:
        if await self.workbench.ask_person() is None:  # asked first: what is typed shall not be lost to a question
            return
        row: int | None = self.row if self.desk.lines.row_count else None
        if above:
            row = row - 1 if row else None
        await self._write(row)

    async def _write(self, row: int | None) -> None:
        """Open the editor for a line after a row; with the image of where it should be."""
        self.query_one(KeyBar).instead(LINE)
        if row is not None:
            self.go_to_row(row, jump=False)
        await self.show_next_line(row)
        editor = await self.editor()
        editor.begin_new(row, top=self.view.line_of_row(row) + 2 if row is not None else 1)

    async def on_line_editor_added(self, event: LineEditor.Added) -> None:
        event.stop()
        if event.new is None:
            await self.close_editor()
            self.go(self.desk.place_at(self.row), jump=False)
        else:
            self._add(event.row, event.new)

    def on_line_editor_typed(self, event: LineEditor.Typed) -> None:
        event.stop()
        self.follow(event.count)

    @work(exclusive=True, group="decide")
    async def _add(self, row: int | None, content: str) -> None:
        def add(person: Person) -> list[Entry]:
            return self.desk.add_line(row, content, person, box=self.box_of_next() if content.strip() else None)

        made = await self._record(add)
        if made:
            last = self.desk.lines.row_of_added(made[-1].id)
            await self._write(last if last is not None else row)

    @work(exclusive=True, group="decide")
    async def action_delete_line(self) -> None:
        row = self.row
        if await self._record(lambda person: self.desk.delete_line(row, person)):
            self.workbench.tell(keyed("Taken out; [desk.undo] brings it back"))
            self.go_to_row(min(row, max(self.desk.lines.row_count - 1, 0)), jump=False)

    @work(exclusive=True, group="decide")
    async def action_join_line(self) -> None:
        row = self.row
        if await self._record(lambda person: self.desk.join_line(row, person)):
            self.go_to_row(row - 1, jump=False)

    async def _record(self, act: Callable[[Person], list[Entry]]) -> list[Entry]:
        """Record it as the person at the keyboard and show it; nothing where it is refused."""
        person = await self.workbench.ask_person()
        if person is None:
            return []
        try:
            made = act(person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return []
        self.workbench.meter.decided(len(made))
        self.changed(made)
        if len(made) > 1:
            said = ngettext("{count} decision", "{count} decisions", len(made)).format(count=len(made))
            self.workbench.tell(_("{decisions} recorded").format(decisions=said))
        return made
