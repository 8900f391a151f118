"""The word lists: one screen, nine lists, from each row straight to its series."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import N_, _, ngettext
from workbench.services import deciding, series, words
from workbench.services.edition import Edition
from workbench.services.words import LISTS, Counted, ListName, Word
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import EVERYWHERE, WORDS, bindings
from workbench.tui.row_list import RowList
from workbench.tui.series import SeriesScreen

_NAMES: dict[ListName, str] = {
    "frequency": N_("all"), "suspicion": N_("odd"), "case": N_("case"), "hyphen": N_("hyphen"), "yo": N_("ё and е"),
    "script": N_("alphabet"), "near": N_("one letter"), "signs": N_("signs"), "changed": N_("changed"),
}  # fmt: skip
_SAID: dict[ListName, str] = {
    "frequency": N_("All words, the most frequent first."),
    "suspicion": N_("Words that suggestions are about, then words that stand but once."),
    "case": N_("Words that differ only by capital and small letters; the rarer form first."),
    "hyphen": N_("Words that differ only by a hyphen."),
    "yo": N_("Words that differ only by ё and е."),
    "script": N_("Words with letters of two alphabets, or the same in two alphabets."),
    "near": N_("Rare words one letter away from frequent ones."),
    "signs": N_("Every sign, the rarest first."),
    "changed": N_("Words sometimes changed and sometimes left: share changed, last to what, changed, left."),
}  # fmt: skip


class WordsScreen(AtWork):
    """Answers whether anything was decided."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WORDS)
    commands = (*WORDS, *EVERYWHERE)
    DEFAULT_CSS = """
    WordsScreen #lists { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; }
    WordsScreen #said { height: 1; padding: 0 1; color: $foreground-muted; text-wrap: nowrap; }
    WordsScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    """

    def __init__(self, document: str | None) -> None:
        """`document`: None counts the whole edition."""
        super().__init__()
        self._document = document
        self._everywhere = document is None
        self._list: ListName = "suspicion"
        self._filter = ""
        self._counted: Counted | None = None
        self.rows: list[Word] = []
        self._cursors: dict[ListName, int] = {}
        self._right: set[str] = set()
        self._decided = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Static(id="lists")
        yield Static(id="said")
        yield RowList()
        yield Static(id="empty")
        yield KeyBar(WORDS)

    def on_mount(self) -> None:
        self._count()

    def _count(self) -> None:
        where = None if self._everywhere else self._document

        def make(edition: Edition, told: Callable[[str], None]) -> Counted:
            def count(done: int, total: int) -> None:
                told(_("counting the words: {share}").format(share=f"{done / max(1, total):.0%}"))

            return words.count(edition, series.documents_of(edition, where), count)

        self.prepare(make, self._have, lambda said: self.query_one("#empty", Static).update(Content(said)))

    def _have(self, counted: Counted) -> None:
        self._counted = counted
        self._show()

    def _show(self) -> None:
        """Lay out the list that is chosen."""
        if self._counted is None:
            return
        wanted = self._filter.casefold()
        self.rows = [w for w in words.listed(self._counted, self._list) if wanted in w.text.casefold()]
        parts: list[tuple[str, str] | str] = []
        for number, name in enumerate(LISTS, 1):
            here = name == self._list
            parts += [(f"{number} ", "$text-accent"), (f"[{_(_NAMES[name])}]" if here else _(_NAMES[name]),
                      "bold reverse" if here else "$foreground-muted"), " "]  # fmt: skip
        self.query_one("#lists", Static).update(Content.assemble(*parts), layout=False)
        said = _(_SAID[self._list])
        if self._filter:
            said += "  " + _("Only with “{letters}”.").format(letters=visible(self._filter))
        self.query_one("#said", Static).update(Content(said), layout=False)
        rows, empty = self.query_one(RowList), self.query_one("#empty", Static)
        rows.display, empty.display = bool(self.rows), not self.rows
        empty.update(Content(_("Nothing here. Digits and arrows turn to another list, d counts the whole edition.")))
        rows.show(len(self.rows), self._row, cursor=self._cursors.get(self._list, 0))
        if self.rows:
            rows.focus()
        count = sum(self._counted.words.values())
        where = _("edition") if self._everywhere else _("document")
        right = ngettext("{count} row", "{count} rows", len(self.rows)).format(count=len(self.rows))
        forms = _("{forms} forms in {count} words").format(forms=len(self._counted.words), count=count)
        self.query_one(TitleBar).say(f"{_('WORDS')}  {forms} · {where}", right)

    def _row(self, number: int) -> Content:
        word = self.rows[number]
        width = max(24, min(44, self.size.width // 3))
        text = repr(word.text)[1:-1] if word.sign and not word.text.isprintable() else visible(word.text)
        right = "✓" if word.text in self._right else " "
        return Content.assemble(
            (f" {right} ", "bold $text-success"), (f"{word.count:>6}  ", "$foreground-muted"),
            text.ljust(width), "  ".join(visible(n) for n in word.notes),
        )  # fmt: skip

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._cursors[self._list] = event.row

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_series()

    # lists

    def action_list(self, number: int) -> None:
        self._list = LISTS[number]
        self._show()

    def action_turn(self, by: int) -> None:
        self.action_list((LISTS.index(self._list) + by) % len(LISTS))

    def action_scope(self) -> None:
        if self._document is not None:
            self._everywhere = not self._everywhere
            self._count()

    @work(exclusive=True, group="ask")
    async def action_filter(self) -> None:
        typed = await self.app.push_screen_wait(
            Ask(_("Only words with these letters"), value=self._filter, may_be_empty=True, help=_("empty: all"))
        )
        if typed is not None:
            self._filter = typed
            self._cursors.clear()
            self._show()

    # what can be done with a word

    @property
    def _word(self) -> Word | None:
        return self.rows[self.query_one(RowList).cursor] if self.rows else None

    @work(exclusive=True, group="ask")
    async def action_series(self) -> None:
        word = self._word
        if word is None:
            return
        pattern = series.exactly(word.text) if word.sign else series.words(word.text)
        over = "raw" if self._list in ("suspicion", "changed") else "reading"
        better = series.literal(word.text)
        if self._list == "changed" and self._counted is not None:
            better = series.literal(self._counted.last[word.text])
        wanted = series.Wanted(pattern=pattern, over="raw" if over == "raw" else "reading", replacement=better)
        document = self._document or series.documents_of(self.workbench.edition, None)[0].id
        screen = SeriesScreen(wanted, document, everywhere=self._everywhere)
        if await self.app.push_screen_wait(screen):
            self._decided = True
            self._count()

    @work(exclusive=True, group="ask")
    async def action_right(self) -> None:
        word = self._word
        person = await self.workbench.ask_person() if word is not None and not word.sign else None
        if word is None or person is None:
            return
        asked = {"act": "word", "word": word.text, "scope": "edition"}
        if not self._everywhere and self._document is not None:
            asked |= {"scope": "document", "document": self._document}
        try:
            deciding.record_all(self.workbench.edition, [asked], person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self._right.add(word.text)
        self._decided = True
        rows = self.query_one(RowList)
        rows.repaint(rows.cursor)
        rows.action_move(1)

    def action_leave(self) -> None:
        self.dismiss(self._decided)
