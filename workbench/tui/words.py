"""The word lists: one screen, nine lists, from each row straight to its series."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.i18n import _, ngettext, quoted
from workbench.services import library, series
from workbench.services.edition import Edition, again
from workbench.services.words import word_lists, word_places, words
from workbench.services.words.word_lists import LISTS, ListName, Word
from workbench.services.words.word_places import Example, WordChoice
from workbench.services.words.words import Counted
from workbench.tui.at_work import AtWork, index_told
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import WORDS, keyed
from workbench.tui.find_bar import FindBar
from workbench.tui.row_list import RowList
from workbench.tui.series import SeriesScreen
from workbench.tui.word_columns import LOOKS, header, line, tabs

_REST = 0.1
"""Seconds that the cursor rests on a word before its places are looked up."""

OnChoose = Callable[[WordChoice], Awaitable[bool]]
"""Shows the places of a word; was anything decided there?"""


class WordsScreen(AtWork):
    """Answers whether anything was decided."""

    table = WORDS
    DEFAULT_CSS = """
    WordsScreen #lists { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; }
    WordsScreen #columns { height: 1; color: $foreground-muted; text-style: underline; text-wrap: nowrap; }
    WordsScreen #empty { height: 1fr; padding: 1 2; color: $foreground-muted; }
    WordsScreen #examples {
        height: 4; padding: 0 1; background: $surface; border-top: solid $panel; text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, document: str | None, on_choose: OnChoose | None = None) -> None:
        """`document`: None counts the whole edition; `on_choose`: instead of opening the series of a word."""
        super().__init__()
        self._document = document
        self._everywhere = document is None
        self._on_choose = on_choose or self._open_series
        self._list: ListName = "suspicion"
        self._filter = ""
        self._counted: dict[bool, Counted] = {}
        """By scope: is it the edition?"""
        self._made: dict[tuple[bool, ListName], list[Word]] = {}
        self._cursors: dict[ListName, tuple[str, int]] = {}
        """The word and the row that the cursor is on in each list."""
        self._counting = False
        self._decided = False
        self.rows: list[Word] = []

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Static(id="lists")
        yield Static(id="columns")
        yield RowList()
        yield Static(id="empty")
        yield Static(id="examples")
        yield FindBar()
        yield KeyBar(self.table)

    def on_mount(self) -> None:
        self._fetch()

    def reload(self) -> None:
        """Count anew; list, filter and cursor stay."""
        self._counting = False
        self._counted.clear()
        self._made.clear()
        self._fetch()

    # counting

    def _fetch(self) -> None:
        """Show the list, counted and made in a thread where it is not there yet."""
        scope, name = self._everywhere, self._list
        counted = self._counted.get(scope)
        self.query_one("#lists", Static).update(tabs(name, self.size.width - 2), layout=False)
        if (scope, name) in self._made:
            self._show()
        if (scope, name) in self._made or (self._counting and counted is None):
            return
        self._counting = counted is None
        where = _("edition") if scope else _("document")
        self.query_one(TitleBar).say(_(LOOKS[name].said), where)
        self.say(keyed("Counting …  [words.leave] stops"))

        def make(edition: Edition, told: Callable[[str], None]) -> tuple[Counted, list[Word]]:
            def count(done: int, total: int) -> None:
                told(keyed("Counting … {share}  [words.leave] stops").format(share=f"{done / max(1, total):.0%}"))

            documents = library.headings(edition, None if scope else self._document)
            with index_told(told):
                found = counted or words.count(edition, documents, count)
                return found, word_lists.listed(found, name)

        def have(made: tuple[Counted, list[Word]]) -> None:
            self._counting = False
            self._counted[scope], self._made[scope, name] = made
            self._fetch()

        self.prepare(make, have)

    def say(self, words: str) -> None:
        """Say something in the place of the rows."""
        self.rows = []
        self.query_one(RowList).show(0, self._row)
        empty = self.query_one("#empty", Static)
        empty.update(Content(visible(words)))
        empty.display = True
        for other in ("RowList", "#columns", "#examples"):
            self.query_one(other).display = False

    # showing

    def _show(self) -> None:
        """Lay out the list that is chosen."""
        counted, wanted = self._counted[self._everywhere], self._filter.casefold()
        made = self._made[self._everywhere, self._list]
        if not made:
            self.say(
                keyed("Nothing here. Digits and arrows turn to another list, [words.scope] changes what is counted.")
            )
        elif not (found := [word for word in made if _holds(word, wanted)]):
            self.say(
                keyed("Nothing here holds “{letters}”. [words.leave] shows all again.").format(letters=self._filter)
            )
        else:
            self.rows = found
            for shown in ("RowList", "#columns", "#examples"):
                self.query_one(shown).display = True
            self.query_one("#empty").display = False
            rows, (at, row) = self.query_one(RowList), self._cursors.get(self._list, ("", 0))
            cursor = next((n for n, word in enumerate(found) if word.text == at), row)
            rows.show(len(found), self._row, cursor=cursor)
            if not self.query_one(FindBar).display:
                rows.focus()
            self.query_one("#columns", Static).update(header(self._list, self.size.width), layout=False)
            self._rest()
        where = _("edition") if self._everywhere else _("document")
        count = ngettext("{count} row", "{count} rows", len(self.rows)).format(count=len(self.rows))
        total = sum(counted.words.values())
        of = ngettext("{count} word", "{count} words", total).format(count=total)
        holding = f" {quoted(self._filter)}" if self._filter else ""
        self.query_one(TitleBar).say(f"{_(LOOKS[self._list].said)}{holding}", f"{count} · {of} · {where}")

    def _row(self, number: int) -> Content:
        word = self.rows[number]
        scope = "" if word.sign else self._counted[self._everywhere].right.get(word.text, "")
        return line(self._list, word, "✓" if scope == "edition" else "•" if scope else " ", self.size.width)

    def on_resize(self) -> None:
        if self.is_mounted:
            self._fetch()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if (word := self._word) is not None:  # else the rows were put away meanwhile
            self._cursors[self._list] = word.text, self.query_one(RowList).cursor
        self._rest()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_series()

    # examples

    def _rest(self) -> None:
        """Look the places of the word up once the cursor has rested on it."""
        self.query_one("#examples", Static).update("", layout=False)
        self.set_timer(_REST, lambda row=self._word: self._look(row) if row is not None and row is self._word else None)

    @work(thread=True, exclusive=True, group="examples", exit_on_error=False)
    def _look(self, word: Word) -> None:
        counted, worker = self._counted[self._everywhere], get_current_worker()
        with again(self.workbench.edition) as own:
            found = word_places.examples(own, counted, word.choice, raw=self._list == "changed")
        if not worker.is_cancelled:
            self.app.call_from_thread(self._have_examples, word, found)

    def _have_examples(self, word: Word, found: list[Example]) -> None:
        if self.is_attached and word is self._word:
            self.query_one("#examples", Static).update(Content("\n").join(map(self._in_context, found)), layout=False)

    def _in_context(self, example: Example) -> Content:
        """A place on one line, all words beginning in one column."""
        place = f"{example.document}:{example.line}" if self._everywhere else str(example.line)
        room = max(10, (self.size.width - 12) // 3)
        before = _flat(example.before)[-room:].rjust(room)
        return Content.assemble(
            (f"{place:>8}  ", "$foreground-muted"), before, (_flat(example.quote), "bold underline"),
            _flat(example.after),
        )  # fmt: skip

    # lists

    def action_list(self, number: int) -> None:
        self._list = LISTS[number]
        self._fetch()

    def action_turn(self, by: int) -> None:
        self.action_list((LISTS.index(self._list) + by) % len(LISTS))

    def action_scope(self) -> None:
        if self._document is None:
            self.workbench.tell(_("All documents are counted; one alone is counted from its desk"))
            return
        self._everywhere = not self._everywhere
        self._counting = False
        self._fetch()

    def action_filter(self) -> None:
        self.query_one(FindBar).begin()

    def on_find_bar_typed(self, event: FindBar.Typed) -> None:
        event.stop()
        self._filter = event.query
        if (self._everywhere, self._list) in self._made:
            self._show()

    def on_find_bar_onward(self, event: FindBar.Onward) -> None:
        """Back to the rows, those without the letters left out."""
        event.stop()
        self.query_one(FindBar).display = False
        self.query_one(RowList).focus()

    def on_find_bar_left(self, event: FindBar.Left) -> None:
        event.stop()
        self._show_all()

    def _show_all(self) -> None:
        self.query_one(FindBar).query_one(Input).value = ""
        self._filter = ""
        self.query_one(RowList).focus()
        if (self._everywhere, self._list) in self._made:
            self._show()

    # what can be done with a word

    @property
    def _word(self) -> Word | None:
        return self.rows[self.query_one(RowList).cursor] if self.rows else None

    @work(exclusive=True, group="ask")
    async def action_series(self) -> None:
        if self._word is not None and await self._on_choose(self._word.choice):
            self._decided = True
            self.reload()

    async def _open_series(self, choice: WordChoice) -> bool:
        wanted = series.Wanted(pattern=choice.expression, over="reading", replacement=series.literal(choice.word))
        if self._list == "changed":
            last = self._counted[self._everywhere].last[choice.word]
            wanted = series.Wanted(pattern=choice.expression, replacement=series.literal(last))
        document = self._document or library.ids(self.workbench.edition)[0]
        made = await self.app.push_screen_wait(
            SeriesScreen(wanted, document, everywhere=self._everywhere, undo="words.undo")
        )
        if made:
            self.workbench.tell(keyed("recorded; [words.undo] takes it back"))
        return bool(made)

    @work(exclusive=True, group="decide")
    async def action_undo(self) -> None:
        if await self.workbench.take_back():
            self._decided = True
            self.reload()

    @work(exclusive=True, group="ask")
    async def action_right(self, scope: Literal["document", "edition"]) -> None:
        word = self._word
        if word is None or word.sign:
            self.workbench.tell(_("Only a word can be right"))
            return
        if scope == "document" and self._document is None:
            self.workbench.tell(
                keyed(
                    "Which document? [words.right_here] answers from the desk of "
                    "one; [words.right] is for the whole edition"
                )
            )
            return
        if self._counted[self._everywhere].right.get(word.text) in (scope, "edition"):
            self.workbench.tell(_("It is right already"))
            return
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            word_places.accept(
                self.workbench.edition, word.choice, self._document if scope == "document" else None, person
            )
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self._decided = True
        for where, counted in self._counted.items():
            if scope == "edition" or not where:
                self._counted[where] = replace(counted, right={**counted.right, word.text: scope})
        rows = self.query_one(RowList)
        rows.repaint(rows.cursor)
        rows.action_move(1)
        told = _("“{word}” is right in the edition") if scope == "edition" else _("“{word}” is right in this document")
        self.workbench.tell(told.format(word=word.text))

    def action_leave(self) -> None:
        """Stop counting, or show all rows again, or leave."""
        if self._counting and (not self._everywhere) in self._counted:
            self.workers.cancel_group(self, "prepare")
            self._counting = False
            self._everywhere = not self._everywhere
            self._fetch()
        elif self._filter:
            self._show_all()
        else:
            self.dismiss(self._decided)


def _holds(word: Word, letters: str) -> bool:
    """Does a row hold what is typed? A sign is found by its code or name, too."""
    return any(letters in part.casefold() for part in ((word.text, *word.notes) if word.sign else (word.text,)))


def _flat(text: str) -> str:
    """Text on one line, line ends as blanks."""
    return visible(text.replace("\r", "").replace("\n", " "))
