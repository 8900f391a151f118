"""Deciding at the desk: one gesture a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast

from textual import work

from workbench.core.acts import HANDS
from workbench.core.classes import PAGE_CLASSES, READING_CLASSES
from workbench.core.entry import Entry
from workbench.core.errors import WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.services import reading
from workbench.services.desk import Desk, Place, zone_words
from workbench.services.persons import Person
from workbench.tui.bars import KeyBar
from workbench.tui.desk.base import AtDesk, decisions
from workbench.tui.panel import CLASS_WORDS
from workbench.tui.reasons import ask_reason

if TYPE_CHECKING:
    from workbench.tui.line_editor import LineEditor

_LEARNS_AFTER = 10
"""Decisions after which the suggestions of the document are looked for again, behind the scenes."""
_LEARNS_UP_TO = 3000
"""Rows of a document above which that is left to a person: it would take minutes, and hold up who writes."""

_MARKS = (
    ("unclear", N_("unclear, and what it might be")), ("unread", N_("cannot be read; how much of it")),
    ("blank", N_("left blank in the document")), ("gap", N_("lost: torn off, cut off, burnt")),
    ("added", N_("put in afterwards by its writer")), ("deleted", N_("struck out in the document")),
    ("hand", N_("in another hand")),
)  # fmt: skip
HAND_WORDS = {
    "print": N_("printed"), "type": N_("typed"), "ink": N_("in ink"), "pencil": N_("in pencil"),
    "unknown": N_("unknown"),
}  # fmt: skip

Act = Callable[[Place, Person], Entry | Sequence[Entry]]


class Deciding(AtDesk):
    """Keys that record something about the current place."""

    _undigested = 0
    """Decisions that the suggestions have not learnt from."""
    _shown: int | None = None
    """The row whose open suggestions Space has shown."""

    def decide(self, act: Act, *, onward: bool = True) -> None:
        """Do something at the current place as the person at the keyboard, then go on to what waits next."""
        place = self.text_place()
        if place is not None and self.painted:
            self.painted = False
            self._decide_at(place, act, onward)

    @work(exclusive=True, group="decide")
    async def _decide_at(self, place: Place, act: Act, onward: bool) -> None:
        person = await self.workbench.ask_person()
        if person is not None:
            self.act(place, person, act, onward)
        self.call_after_refresh(self._is_painted)

    def act(self, place: Place, person: Person, act: Act, onward: bool) -> None:
        """Record it, show what changed, go on."""
        try:
            made = act(place, person)
        except WorkbenchError as error:
            self.refused(error, place)
            return
        entries = [made] if isinstance(made, Entry) else list(made)
        self.workbench.meter.decided(len(entries))
        following = self._following(place) if onward and place.kind == "suggestion" else None
        self.changed(entries)
        self._learn()
        if onward and place.kind == "suggestion" and following is None and not self.reading_mode:
            self._said_done()
        self.go(following or self.desk.place_at(place.row, place.start) or place, jump=False)

    def _following(self, place: Place) -> Place | None:
        """Where to go after a suggestion is answered: in reading, what else waits in its line."""
        if not self.reading_mode:
            return self.next_open(place)
        following = self.desk.next_open(place)
        return following if following is not None and following.row == place.row else None

    def _said_done(self) -> None:
        waiting = self.next_open(None)
        if waiting is None:
            self.workbench.tell(_("Every suggestion of this document is answered; r reads it line by line"))
        else:
            self.workbench.tell(_("None waits after this place; n begins at the top"))

    # one gesture each

    def action_accept(self, number: int) -> None:
        if self.place is None or self.place.kind != "suggestion":
            self.workbench.tell(_("Nothing is suggested here: s keeps it, e edits the line"))
            return
        detail = self.desk.detail(self.place)
        if detail.suggestion is not None and not detail.suggestion.candidates and not zone_words(detail.suggestion):
            self.workbench.tell(_("Nothing is proposed here: s keeps it, e edits the line"))
            return
        change = self.desk.change_of(self.place)
        if change in ("unseen", "source"):
            if self.painted:
                self._accept_weighty(self.place, number, cast("Literal['unseen', 'source']", change))
        else:
            self.decide(lambda place, person: self.desk.accept(place, number - 1, person))

    @work(exclusive=True, group="ask")
    async def _accept_weighty(self, place: Place, number: int, why: Literal["unseen", "source"]) -> None:
        person = await self.workbench.ask_person()
        reason = await ask_reason(self.workbench, why) if person is not None else None
        if person is not None and reason is not None:
            self.act(place, person, lambda p, who: self.desk.accept(p, number - 1, who, reason=reason), True)

    def action_keep(self) -> None:
        self._against(lambda place, person, more: self.desk.keep(place, person, **more))

    @work(exclusive=True, group="ask")
    async def _against(self, act: Callable[[Place, Person, dict[str, Any]], Entry], *, onward: bool = True) -> None:
        """Decide, with a reason where somebody else decided before."""
        place = self.text_place()
        if place is None or not self.painted:
            return
        self.painted = False
        self.call_after_refresh(self._is_painted)
        person = await self.workbench.ask_person()
        if person is None:
            return
        more: dict[str, Any] = {}
        if self.desk.weighty(place, None, person):
            reason = await ask_reason(self.workbench, "earlier")
            if reason is None:
                return
            more["reason"] = reason
        self.act(place, person, lambda p, who: act(p, who, more), onward)

    def action_check(self) -> None:
        if self.text_place() is not None:
            self.decide(lambda place, person: self.desk.record(person, place, act="check"), onward=False)
            self.workbench.tell(_("On the checking list"))

    @work(exclusive=True, group="ask")
    async def action_change_class(self) -> None:
        place = self.text_place()
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        asked = await self._class(place, person)
        if asked is not None:
            self.act(place, person, lambda p, who: self.desk.change_class(p, asked["class"], who, **asked), True)

    @work(exclusive=True, group="ask")
    async def action_class_series(self) -> None:
        """The same class wherever the same change was made or is suggested."""
        from workbench.services import series

        place = self.text_place()
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        detail = self.desk.detail(place)
        if detail.suggestion is not None and detail.suggestion.candidates:
            wanted = series.of_suggestions(detail.suggestion)
        elif detail.decided and detail.decided[0].reading != self.desk.base(place):
            new = series.literal(detail.decided[0].reading)
            wanted = series.Wanted(pattern=series.words(detail.quote), act="edit", replacement=new, decided_so=True)
        else:
            self.workbench.tell(_("Nothing is changed here: a class says what kind of change it is"))
            return
        asked = await self._class(place, person)
        if asked is not None:
            await self.run_series(replace(wanted, more=asked))

    async def _class(self, place: Place, person: Person) -> dict[str, Any] | None:
        """A class, with its reason where one is owed; None when left."""
        known = [name for name in (*PAGE_CLASSES, *READING_CLASSES) if name != "layout"]
        options = [(name, f"{name}: {_(CLASS_WORDS[name])}") for name in known]
        chosen = await self.choose(_("What kind of change is it?"), options)
        if chosen is None:
            return None
        why = self.desk.weighty(place, chosen, person)
        reason = await ask_reason(self.workbench, why) if why else None
        if why and reason is None:
            return None
        return {"class": chosen} | ({"reason": reason} if reason else {})

    @work(exclusive=True, group="ask")
    async def action_mark(self) -> None:
        place = self.text_place()
        if place is None or await self.workbench.ask_person() is None:
            return
        options = [(value, _(words)) for value, words in _MARKS]
        mark = await self.choose(_("Mark “{quote}”").format(quote=self._quoted(place)), options)
        act = await self._marking(mark) if mark is not None else None
        if act is not None:
            self._decide_at(place, act, mark not in ("added", "deleted", "hand"))

    async def _marking(self, mark: str) -> Act | None:
        """What a mark records, once what it still needs is known."""
        desk = self.desk
        if mark == "unclear":
            guess = await self.ask(_("What might it be?"), may_be_empty=True, help=_("empty: no guess"))
            return None if guess is None else lambda p, who: desk.unclear(p, who, guess)
        if mark in ("unread", "gap"):
            extent = await self.ask(
                _("How much? Such as: one word, two lines"), may_be_empty=True, help=_("empty: not said")
            )
            if extent is None:
                return None
            more = {"extent": extent} if extent else {}
            act = "unclear" if mark == "unread" else "gap"
            return lambda p, who: desk.record(who, p, act=act, **more, **desk.answering(p))
        if mark == "hand":
            options = [(hand, _(HAND_WORDS[hand])) for hand in HANDS]
            hand = await self.choose(_("In what hand?"), options)
            return None if hand is None else lambda p, who: desk.record(who, p, act="hand", hand=hand)
        if mark == "blank":
            return lambda p, who: desk.record(who, p, act="blank", **desk.answering(p))
        return lambda p, who: desk.record(who, p, act=mark)

    @work(exclusive=True, group="ask")
    async def action_note(self, series: str) -> None:
        place = self.text_place()
        if place is None or await self.workbench.ask_person() is None:
            return
        title = _("Textual note: about the text here")
        if series == "content_note":
            title = _("Content note: person, event, term")
        body = await self.ask(title)
        if body:
            self._decide_at(place, lambda p, person: self.desk.note(p, body, person, series=series), False)

    @work(exclusive=True, group="ask")
    async def action_word_right(self) -> None:
        place = self.text_place()
        if place is None or await self.workbench.ask_person() is None:
            return
        options = [
            ("here", _("here")), ("document", _("everywhere in this document")),
            ("edition", _("everywhere in the edition")),
        ]  # fmt: skip
        title = _("“{word}” is right").format(word=self._quoted(place))
        scope = await self.choose(title, options)
        if scope == "here":
            self._decide_at(place, self.desk.keep, True)
        elif scope is not None:
            within = cast("Literal['document', 'edition']", scope)
            self._decide_at(place, lambda p, who: self.desk.word_right(p, within, who), True)

    def _quoted(self, place: Place) -> str:
        return " ".join(self.desk.base(place).split())

    # reading

    def action_read(self) -> None:
        """Read the line under the cursor; an open suggestion of it is shown first, and never decided."""
        row = self.row
        place = self.place
        waiting = next((p for p in self.desk.places(row) if p.kind == "suggestion"), None)
        if waiting is not None and self._shown != row:
            self._shown = row
            self.go(place if place is not None and place.kind == "suggestion" else waiting, jump=False)
            left = reading.left_open(self.desk, row)
            words = ngettext("{count} waits here; Space again reads the line and leaves it open",
                             "{count} wait here; Space again reads the line and leaves them open", left)  # fmt: skip
            self.workbench.tell(words.format(count=left))
            return
        if self.painted:
            self._shown = None
            self.painted = False
            self._read(row)

    @work(exclusive=True, group="decide")
    async def _read(self, row: int) -> None:
        person = await self.workbench.ask_person()
        self.call_after_refresh(self._is_painted)
        if person is None:
            return
        left = reading.left_open(self.desk, row)
        try:
            if self.desk.line_reading(row).strip():
                made = reading.mark_read(self.desk, row, person)
                self.workbench.meter.read()
                self.changed([made])
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        if left:
            self.workbench.tell(ngettext("Read, {count} left open", "Read, {count} left open", left).format(count=left))
        following = reading.next_line(self.desk, row)
        if following is None:
            unread = reading.next_unread(self.desk, -1)
            self.workbench.tell(
                _("The end; every line is read") if unread is None else _("The end; n goes to a line nobody has read")
            )
            following = row
        self.go_to_row(following)

    # the line

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        if await self.workbench.ask_person() is None:  # asked first: what is typed shall not be lost to a question
            return
        row = self.row
        self.view.go(row, self.place.mark if self.place else None, self.place.start if self.place else 0)
        current = self.desk.line_reading(row)
        keys = [("Enter", _("record")), ("Esc", _("leave the line as it was"))]
        added = self.desk.lines.added_at(row) is not None
        if added:
            keys.insert(1, ("Ctrl+J", _("break the line")))
        self.query_one(KeyBar).instead(keys)
        at = self.desk.column(self.place) if self.place is not None else 0
        editor = await self.editor()
        editor.begin(row, current, at, top=self.view.line_of_row(row), may_break=added)

    async def on_line_editor_done(self, event: LineEditor.Done) -> None:
        event.stop()
        await self.close_editor()
        if event.new is not None:
            self._edit_line(event.row, event.old, event.new)

    @work(exclusive=True, group="decide")
    async def _edit_line(self, row: int, old: str, new: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            made = self.desk.edit_line(row, new, person, old=old)
        except WorkbenchError as error:
            self.workbench.complain(error)
            self.view.source_changed()
            return
        self.workbench.meter.decided(len(made))
        self.changed(made)
        self._learn()
        self.workbench.tell(
            _("{decisions} recorded").format(decisions=decisions(len(made))) if made else _("Nothing changed")
        )
        start = self.place.start if self.place is not None else None
        self.go(self.desk.place_at(row, start), jump=False)

    # taking back

    def action_undo(self) -> None:
        self._take_back(Desk.undo, _("taken back"), _("There is nothing of yours to take back"))

    def action_redo(self) -> None:
        self._take_back(Desk.redo, _("brought back"), _("There is nothing to bring back"))

    @work(exclusive=True, group="decide")
    async def _take_back(self, act: Callable[[Desk, Person], list[Entry]], done: str, otherwise: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        try:
            entries = act(self.desk, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        if not entries:
            self.workbench.tell(otherwise)
            return
        self.repaint_rows(entries)
        self.recount()
        self.workbench.tell(f"{len(entries)} {done}" if len(entries) > 1 else f"{entries[0].decision.act} {done}")
        self.go(next(filter(None, map(self.desk.place_of_entry, entries)), self.place))

    # learning

    def _learn(self) -> None:
        """After some decisions, let the suggestions of this document learn from them."""
        self._undigested += 1
        learns = self.workbench.learns and self.desk.lines.row_count <= _LEARNS_UP_TO
        if learns and self._undigested >= _LEARNS_AFTER and self.desk.next_open(None) is not None:
            self._undigested = 0
            self._learn_now()

    @work(exclusive=True, group="learn")
    async def _learn_now(self) -> None:
        def looking_at() -> str | None:
            return self.place.mark if self.place is not None and self.place.kind == "suggestion" else None

        if await self.workbench.learn(self.listing, looking_at) and self.is_attached:
            self.view.source_changed()
            self.recount()
