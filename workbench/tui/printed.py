"""The document as it will be exported: in the house style, with its notes and its statement."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.core.printing import TextKind
from workbench.core.style import STYLES
from workbench.core.visible import visible
from workbench.i18n import N_, _
from workbench.services import moments, printing, settings
from workbench.services.edition import Edition
from workbench.services.moments import Side
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import PRINTED
from workbench.tui.row_list import RowList
from workbench.tui.view.wrap import breaks

_TEXTS: tuple[TextKind, ...] = ("reading", "diplomatic", "search")
_NAMES: dict[TextKind, str] = {
    "reading": N_("reading text"), "diplomatic": N_("diplomatic text"), "search": N_("search text"),
}  # fmt: skip
_WIDEST = 100
"""Lines longer than this are hard to read."""
_TOLD = 5000


class PrintedScreen(AtWork):
    """Shows what `export` would write."""

    table = PRINTED
    DEFAULT_CSS = """
    PrintedScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    PrintedScreen RowList { padding: 0 2; }
    """

    def __init__(self, document: str, title: str, *, at: Side = "now", moment: str = "") -> None:
        """`at`: the moment whose text and notes are shown, `moment` which in words."""
        super().__init__()
        self._document, self._title, self._at, self._moment = document, title, at, moment
        self._text: TextKind = "reading"
        self._style = ""
        self._lines: list[str] = []

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield RowList(picks=False)
        yield Static(id="empty")
        yield KeyBar(self.table)

    def on_mount(self) -> None:
        self.query_one(TitleBar).say(_("PREVIEW") + f"  {self._title}", "")
        self._style = settings.get(self.workbench.edition, "style")
        self._print()

    def on_resize(self) -> None:
        if self._style:
            self._print()

    def _print(self) -> None:
        document, text, style, at = self._document, self._text, self._style, self._at
        width = max(20, min(_WIDEST, self.size.width - 6))

        def make(edition: Edition, told: Callable[[str], None]) -> list[str]:
            told(_("preparing the text …"))
            moment = moments.side(edition, document, at)
            export = printing.export(edition, document, kind=text, style=style, moment=moment)
            lines: list[str] = []
            for number, line in enumerate(printing.written(export, "txt").splitlines()):
                if number % _TOLD == 0:
                    told(_("laying out: {count} lines").format(count=number))
                shown = visible(line)
                lines += [shown[a:b] for a, b in breaks(shown, width)]
            return lines

        self.prepare(make, self._have)

    def _have(self, lines: list[str]) -> None:
        self._lines = lines
        rows = self.query_one(RowList)
        self.query_one("#empty").display = False
        rows.show(len(lines), lambda number: Content(self._lines[number]))
        rows.focus()
        style = _("house style: {style}").format(style=self._style)
        self.query_one(TitleBar).say(
            _("PREVIEW") + f"  {self._title}", " · ".join([*filter(None, [self._moment]), _(_NAMES[self._text]), style])
        )

    def action_text(self) -> None:
        self._text = _TEXTS[(_TEXTS.index(self._text) + 1) % len(_TEXTS)]
        self._print()

    def action_style(self) -> None:
        names = list(STYLES)
        self._style = names[(names.index(self._style) + 1) % len(names)]
        self._print()

    def action_leave(self) -> None:
        self.dismiss(None)
