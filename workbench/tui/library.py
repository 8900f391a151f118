"""The library: the documents of the edition by their descriptions, with state, progress and who worked on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.core.states import STATE_WORDS
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import library, persons
from workbench.services.library import Listing
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.command import bindings
from workbench.tui.commands import EVERYWHERE, LIBRARY, keyed, with_keys
from workbench.tui.row_list import RowList, kept

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp

SIGNS = {"raw": "○", "open": "◐", "decided": "●"}
_PROGRESS_CELLS = 8


class Library(Screen[None]):
    """The first screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(c for c in LIBRARY if c.id != "library.open")
    commands = (*LIBRARY, *EVERYWHERE)

    DEFAULT_CSS = """
    Library #head { height: 1; text-style: bold; text-wrap: nowrap; }
    Library #about { height: auto; max-height: 7; padding: 0 1; background: $surface; color: $foreground-muted; }
    Library #empty { height: 1fr; padding: 2 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._documents: list[str] = []
        self._listings: dict[str, Listing] = {}
        """Of the rows that were painted: counting all documents takes as long as there are documents."""
        self._said: list[str] = []

    @property
    def workbench(self) -> WorkbenchApp:
        return cast("WorkbenchApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Static(id="head")
        yield RowList()
        yield Static(id="empty")
        yield Static(id="about")
        yield KeyBar(LIBRARY)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the list anew and lay it out for the width there is."""
        if not self.is_mounted or self.size.width == 0:
            return
        edition, rows = self.workbench.edition, self.query_one(RowList)
        before, self._documents = self._documents, library.ids(edition)
        self._listings.clear()
        cursor = kept(self._documents, before[rows.cursor :], rows.cursor)
        rows.show(len(self._documents), self._row, cursor=cursor)
        heads = (*zip(("", _("document"), _("state"), _("progress")), self._widths, strict=False),
                 *((_("open"), 8), (_("who"), 20))[: 2 * self._wide])  # fmt: skip
        head = self.query_one("#head", Static)
        head.update(Content("".join(f" {label[:width]:{width}} " for label, width in heads)))
        rows.display = head.display = bool(self._documents)
        empty = self.query_one("#empty", Static)
        empty.display = not self._documents
        empty.update(
            Content.assemble(
                (_("No documents yet.") + "\n\n", "bold"),
                _("Add raw OCR, files or a whole folder, from the command line:") + "\n\n",
                ("    workbench add FILE…", "$text-accent"), "\n\n",
                keyed("Then press [library.suggest] here to look for suggestions."),
            )
        )  # fmt: skip
        all_of_it = library.totals(edition)
        count = all_of_it.documents
        documents = ngettext("{count} document", "{count} documents", count).format(count=count)
        said = _("{documents}, {done} of them decided · {waiting} suggestions open")
        self._say([said.format(documents=documents, done=all_of_it.decided, waiting=all_of_it.open)])
        self._about()
        self._count_news(self.workbench.own_ids())

    def _say(self, parts: list[str]) -> None:
        self._said = parts
        self.query_one(TitleBar).say(_("LIBRARY") + f"  {self.workbench.edition.folder.name}", " · ".join(parts))

    @work(thread=True, exclusive=True, group="news", exit_on_error=False)
    def _count_news(self, own: frozenset[str]) -> None:
        """Count what others did about one's own decisions since one last looked: that grows with the journal."""
        from workbench.services.edition import again
        from workbench.services.reviewing import came_back

        worker = get_current_worker()
        with again(self.workbench.edition) as edition:
            count = came_back.news(edition, own, came_back.seen(edition, own)) if own else 0
        if count and not worker.is_cancelled:
            said = with_keys(
                ngettext("{count} came back: [library.returned]", "{count} came back: [library.returned]", count)
            ).format(count=count)
            self.app.call_from_thread(self._say, [*self._said[:1], said])

    @property
    def _wide(self) -> bool:
        return self.size.width >= 100

    @property
    def _widths(self) -> tuple[int, int, int, int]:
        """Columns of the sign, the title, the state and the progress."""
        return 1, max(20, self.size.width - (69 if self._wide else 35)), 16, _PROGRESS_CELLS

    def _listing(self, number: int) -> Listing:
        document = self._documents[number]
        if document not in self._listings:
            self._listings[document] = library.listing(self.workbench.edition, document)
        return self._listings[document]

    def _row(self, number: int) -> Content:
        listing = self._listing(number)
        raw = listing.progress == "raw"
        sign, title, state, progress = self._widths
        cells = [
            (Content(SIGNS[listing.progress]), sign),
            (Content.styled(visible(listing.title), "" if listing.described else "italic"), title),
            (Content.styled(_(STATE_WORDS[listing.state]), "dim"), state),
            (Content.styled(_bar(listing), "dim" if raw else ""), progress),
        ]
        if self._wide:
            cells.append((Content(f"{listing.open or '':>8}"), 8))
            cells.append((Content(visible(", ".join(listing.persons))), 20))
        return Content.assemble(
            *(part for cell, width in cells for part in (" ", cell.truncate(width, ellipsis=True, pad=True), " "))
        )

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._about()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_open()

    @property
    def current(self) -> Listing | None:
        row = self.query_one(RowList).cursor
        return self._listing(row) if row < len(self._documents) else None

    def select(self, document: str) -> None:
        """Put the cursor on a document."""
        if document in self._documents:
            self.query_one(RowList).move_to(self._documents.index(document))

    def _about(self) -> None:
        listing = self.current
        about = self.query_one("#about", Static)
        if listing is None:
            about.update("")
            return
        d = listing.description
        where = [d.get(name, "") for name in ("archive", "fond", "opis", "delo")]
        facts = [
            (_("document"), listing.title),
            (_("file"), ", ".join(listing.transcripts)),
            (
                _("written"),
                " · ".join(filter(None, (d.get("date_written") or d.get("date"), d.get("place"), d.get("number")))),
            ),
            (_("kept"), " ".join(filter(None, where)) or _("place of keeping unknown")),
            (_("collated"), d.get("collated", _("with nothing: nobody has seen the page"))),
        ]
        said = Content("\n").join(
            Content.assemble((name.ljust(12), "bold"), visible(value)) for name, value in facts if value
        )
        about.update(said)

    def action_open(self) -> None:
        if self.current is not None:
            self.workbench.open_desk(self.current.id)

    def action_suggest(self) -> None:
        if self.current is not None:
            self._suggest(self.current)

    @work(exclusive=True, group="suggest")
    async def _suggest(self, listing: Listing) -> None:
        await self.workbench.run_suggest(listing, self._progress)
        self.reload()

    def _progress(self, words: str) -> None:
        self.query_one(TitleBar).say(_("LIBRARY") + f"  {self.workbench.edition.folder.name}", words)

    @work(exclusive=True, group="ask")
    async def action_describe(self) -> None:
        from workbench.tui.description import DescriptionScreen

        if self.current is not None:
            await self.app.push_screen_wait(DescriptionScreen(self.current))
            self.reload()

    @work(exclusive=True, group="ask")
    async def action_words(self) -> None:
        from workbench.tui.words import WordsScreen

        await self.app.push_screen_wait(WordsScreen(None))
        self.reload()

    @work(exclusive=True, group="ask")
    async def action_checking(self) -> None:
        from workbench.tui.checking import CheckingScreen

        place = await self.app.push_screen_wait(CheckingScreen(None))
        if place is not None:
            self.workbench.switch_desk(place.document.id, (place.text, place.start))

    @work(exclusive=True, group="ask")
    async def action_review(self) -> None:
        from workbench.tui.review import ReviewScreen

        item = await self.app.push_screen_wait(ReviewScreen(None))
        if item is not None and item.place is not None:
            self.workbench.switch_desk(item.document.id, item.place)
        else:
            self.reload()

    @work(exclusive=True, group="ask")
    async def action_board(self) -> None:
        from workbench.tui.board import BoardScreen

        document = await self.app.push_screen_wait(BoardScreen(self.current.id if self.current else None))
        if document is not None:
            self.workbench.open_desk(document)
        else:
            self.reload()

    @work(exclusive=True, group="ask")
    async def action_conflicts(self) -> None:
        from workbench.tui.conflicts import ConflictsScreen

        conflict = await self.app.push_screen_wait(ConflictsScreen())
        place = next((side.place for side in conflict.sides if side.place), None) if conflict is not None else None
        if conflict is not None and conflict.document is not None and place is not None:
            self.workbench.switch_desk(conflict.document, place)
        else:
            self.reload()

    @work(exclusive=True, group="ask")
    async def action_returned(self) -> None:
        from workbench.tui.returned import ReturnedScreen

        person = await self.workbench.ask_person()
        one = await self.app.push_screen_wait(ReturnedScreen(person)) if person is not None else None
        if one is not None and one.document is not None and one.place is not None:
            self.workbench.switch_desk(one.document, one.place)

    @work(exclusive=True, group="ask")
    async def action_sample(self) -> None:
        from workbench.tui.sampling import SampleScreen

        person = await self.workbench.ask_person()
        if person is not None:
            await self.app.push_screen_wait(SampleScreen(person))

    @work(exclusive=True, group="ask")
    async def action_collate(self) -> None:
        from workbench.tui.choosing import Choose
        from workbench.tui.collating import CollateScreen

        listing = self.current
        people = {p.id: p for p in persons.everyone(self.workbench.edition)}
        if listing is None or len(people) < 2:
            self.workbench.tell(_("Two persons have to decide, each alone, before they can be compared"))
            return
        options = [(p.id, p.name) for p in people.values()]
        first = await self.app.push_screen_wait(Choose(_("Whose work?"), options))
        others = [one for one in options if one[0] != first]
        second = await self.app.push_screen_wait(Choose(_("Against whose?"), others)) if first else None
        if first is None or second is None:
            return
        place = await self.app.push_screen_wait(CollateScreen(listing.id, people[first], people[second]))
        if place is not None:
            self.workbench.switch_desk(listing.id, place)

    @work(exclusive=True, group="ask")
    async def action_history(self) -> None:
        from workbench.tui.history import HistoryScreen

        event = await self.app.push_screen_wait(HistoryScreen(None))
        if event is not None and event.document is not None and event.shown.place is not None:
            self.workbench.switch_desk(event.document, event.shown.place)
        else:
            self.reload()

    def action_stop(self) -> None:
        self.workbench.stop_suggest()

    @work(exclusive=True, group="undo")
    async def action_undo(self) -> None:
        if await self.workbench.take_back():
            self.reload()


def _bar(listing: Listing) -> str:
    if listing.progress == "raw":
        return "·" * _PROGRESS_CELLS
    total = listing.suggestions
    full = round(_PROGRESS_CELLS * (1.0 if not total else (total - listing.open) / total))
    return "█" * full + "░" * (_PROGRESS_CELLS - full)
