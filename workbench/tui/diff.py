"""The differences between raw text and reading: by words or by characters, inline or side by side."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from textual.content import Content

from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services.document.desk import Desk
from workbench.services.document.differing import LineDifference, Unit, differences
from workbench.services.edition import Edition
from workbench.services.looking_back.past import between
from workbench.services.moments import Side
from workbench.tui.bars import TitleBar
from workbench.tui.commands import DIFF
from workbench.tui.list_screen import ListScreen

_SIDES_FROM = 100
"""Columns from which two sides stand beside each other."""
_TOLD = 200


class DiffScreen(ListScreen[tuple[int, Content]]):
    """Screen lines with the rows of the document that they are about; answers with the row to go to, None when left."""

    table = DIFF

    def __init__(self, document: str, title: str, *, sides: tuple[Side, Side] | None = None, between: str = "") -> None:
        """`sides`: two moments or persons, `between` which in words; None compares the raw text with the reading."""
        super().__init__()
        self._document, self._title, self._between = document, title, between
        self._compared = sides
        self._unit: Unit = "word"
        self._sides: bool | None = None
        self._found: list[LineDifference] = []

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("DIFFERENCES") + f"  {self._title}", self._between)
        self._compare()

    def _compare(self) -> None:
        document, unit, sides = self._document, self._unit, self._compared

        def make(edition: Edition, told: Callable[[str], None]) -> list[LineDifference]:
            found = []
            pairs = (
                differences(Desk(edition, document), unit) if sides is None else between(edition, document, sides, unit)
            )
            for number, one in enumerate(pairs):
                if number % _TOLD == 0:
                    told(_("comparing: {count} lines").format(count=number))
                found.append(one)
            return found

        self.prepare(make, self._have)

    def _have(self, found: list[LineDifference]) -> None:
        self._found = found
        self._lay()

    def on_resize(self) -> None:
        self._lay()

    @property
    def _beside(self) -> bool:
        return self.size.width >= _SIDES_FROM if self._sides is None else self._sides

    def _lay(self) -> None:
        """Lay the differences out for the width there is."""
        at = self.here[0] if self.here is not None else None
        rows: list[tuple[int, Content]] = []
        for one in self._found:
            lines = self._two_sides(one) if self._beside else self._inline(one)
            rows += [(one.row, line) for line in [*lines, Content("")]]
        same = _("Nothing is changed in this document: the reading is the raw text.")
        cursor = next((n for n, (row, _line) in enumerate(rows) if row == at), 0)
        self.show_rows(rows, same if self._compared is None else _("Both read the same."), cursor)
        count = ngettext("{count} line differs", "{count} lines differ", len(self._found))
        self.query_one(TitleBar).say(
            _("DIFFERENCES") + f"  {self._title}",
            " · ".join([*filter(None, [self._between]), count.format(count=len(self._found))]),
        )

    def row_of(self, number: int) -> Content:
        return self.rows[number][1]

    def _inline(self, one: LineDifference) -> list[Content]:
        parts: list[tuple[str, str] | str] = []
        for change in one.changes:
            if change.same:
                parts.append(visible(change.old))
            else:
                parts += [(visible(change.old), "strike $text-error"), (visible(change.new), "bold $text-success")]
        return _numbered(one.line, Content.assemble(*parts).wrap(max(20, self.size.width - 10)))

    def _two_sides(self, one: LineDifference) -> list[Content]:
        width = max(20, (self.size.width - 13) // 2)
        old, new = [
            Content.assemble(*[
                (visible(getattr(c, side)), "" if c.same else style) for c in one.changes if getattr(c, side)
            ]).wrap(width) if any(getattr(c, side) for c in one.changes) else [Content("")]
            for side, style in (("old", "strike $text-error"), ("new", "bold $text-success"))
        ]  # fmt: skip
        lines = [
            Content.assemble(left.truncate(width, pad=True), (" │ ", "$foreground 20%"), right)
            for left, right in zip_longest(old, new, fillvalue=Content(""))
        ]
        return _numbered(one.line, lines)

    def action_unit(self) -> None:
        self._unit = "character" if self._unit == "word" else "word"
        self._compare()

    def action_sides(self) -> None:
        self._sides = not self._beside
        self._lay()

    def action_goto(self) -> None:
        self.dismiss(self.here[0] if self.here is not None else None)


def _numbered(line: int | None, lines: list[Content]) -> list[Content]:
    return [
        Content.assemble((f"{'' if n else line or '+':>6}  ", "$foreground-muted"), content)
        for n, content in enumerate(lines)
    ]
