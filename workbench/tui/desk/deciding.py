"""Deciding at the desk: one gesture a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from textual import work

from workbench.core.acts import HANDS
from workbench.core.classes import PAGE_CLASSES, READING_CLASSES
from workbench.core.entry import Entry
from workbench.core.errors import WorkbenchError
from workbench.i18n import N_, _, ngettext, shape
from workbench.services.document import reading
from workbench.services.document.desk import Desk, Place
from workbench.services.persons import Person
from workbench.tui.commands import keyed, with_keys
from workbench.tui.desk.base import AtDesk, decisions
from workbench.tui.panel import ACT_WORDS, CANDIDATES, CLASS_WORDS
from workbench.tui.reasons import ask_reason, ask_what_the_page_has

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

Act = Callable[[Place, Person], Entry | Sequence[Entry]]


class Deciding(AtDesk):
    """Keys that record something about the current place."""

    _undigested = 0
    """Decisions that the suggestions have not learnt from."""
    _shown: int | None = None
    """The row whose open suggestions Space has shown."""

    def decide(self, act: Act, *, onward: bool = True, yours: str | None = None) -> None:
        """Do something at the current place as the person at the keyboard, then go on to what waits next."""
        place = self.text_place()
        if place is not None and self.painted:
            self._decide_at(place, act, onward, yours)

    @work(exclusive=True, group="decide")
    async def _decide_at(self, place: Place, act: Act, onward: bool, yours: str | None = None) -> None:
        person = await self.workbench.ask_person()
        if person is not None:
            self.act(place, person, act, onward, yours)

    def act(self, place: Place, person: Person, act: Act, onward: bool, yours: str | None = None) -> None:
        """Record it, show what changed, go on. `yours`: how the place would read, to be said where it is refused."""
        try:
            made = act(place, person)
        except WorkbenchError as error:
            self.refused(error, place, yours)
            return
        entries = [made] if isinstance(made, Entry) else list(made)
        self.workbench.meter.decided(len(entries))
        following = self._following(place) if onward and place.kind == "suggestion" else None
        with self.view.at_once():
            self.changed(entries)
            here = self.desk.place_at(place.row, place.start) or place
            self.go(following or here, jump=following is not None)
        self._learn()
        if onward and place.kind == "suggestion" and following is None and not self.reading_mode:
            self._said_done()
        self.workbench.drop_what_was_typed()

    def _following(self, place: Place) -> Place | None:
        """Where to go after a suggestion is answered: in reading, what else waits in its line."""
        if not self.reading_mode:
            return self.next_open(place)
        following = self.desk.next_open(place)
        return following if following is not None and following.row == place.row else None

    def _said_done(self) -> None:
        waiting = self.next_open(None)
        if waiting is None:
            self.workbench.tell(
                keyed("Every suggestion of this document is answered; [desk.mode] reads it line by line")
            )
        else:
            self.workbench.tell(keyed("None waits after this place; [desk.next] begins at the top"))

    # one gesture each

    def action_accept(self, number: int) -> None:
        if self.place is None or self.place.kind != "suggestion":
            self.workbench.tell(keyed("Nothing is suggested here: [desk.keep] keeps it, [desk.edit] edits the line"))
            return
        detail = self.told  # what is painted, and acted on; it is asked for again where it is recorded
        if detail is None:
            return
        if detail.suggestion is not None and not detail.suggestion.candidates and not detail.proposed_zone:
            self.workbench.tell(keyed("Nothing is proposed here: [desk.keep] keeps it, [desk.edit] edits the line"))
            return
        if number > CANDIDATES:
            self.workbench.tell(_("There is no candidate {number}").format(number=number))
            return
        change = self.desk.change_of(self.place)
        if not self.painted:
            return
        candidates = detail.suggestion.candidates if detail.suggestion is not None else ()
        yours = candidates[number - 1].text if number <= len(candidates) else None
        if change in ("unseen", "source"):
            self._accept_weighty(self.place, number, cast("Literal['unseen', 'source']", change), yours)
        else:
            self.decide(lambda place, person: self.desk.accept(place, number - 1, person), yours=yours)

    @work(exclusive=True, group="ask")
    async def _accept_weighty(
        self, place: Place, number: int, why: Literal["unseen", "source"], yours: str | None
    ) -> None:
        person = await self.workbench.ask_person()
        asked = await self._owed(place, number, why) if person is not None else None
        if person is not None and asked is not None:
            self.act(place, person, lambda p, who: self.desk.accept(p, number - 1, who, **asked), True, yours)

    async def _owed(self, place: Place, number: int, why: Literal["source", "unseen"]) -> dict[str, Any] | None:
        """Class or reason that a weighty candidate wants; None when left. With the page in sight nothing is unseen."""
        asked: dict[str, Any] = {}
        suggestion = self.desk.detail(place).suggestion
        if self.desk.page_shown and suggestion is not None and number <= len(suggestion.candidates):
            new = suggestion.candidates[number - 1].text
            chosen = await ask_what_the_page_has(self.workbench, self._quoted(place), " ".join(new.split()))
            if chosen != "source":
                return {"class": chosen} if chosen else None
            asked, why = {"class": chosen}, "source"
        reason = await ask_reason(self.workbench, why)
        return None if reason is None else asked | {"reason": reason}

    def action_keep(self) -> None:
        self._against(lambda place, person, more: self.desk.keep(place, person, **more))

    @work(exclusive=True, group="ask")
    async def _against(self, act: Callable[[Place, Person, dict[str, Any]], Entry]) -> None:
        """Decide, with a reason where somebody else decided before."""
        place = self.text_place()
        if place is None or not self.painted:
            return
        person = await self.workbench.ask_person()
        more = await self._reason(place, person) if person is not None else None
        if person is not None and more is not None:
            self.act(place, person, lambda p, who: act(p, who, more), True, self.desk.base(place))

    async def _reason(self, place: Place, person: Person) -> dict[str, Any] | None:
        """What is to be recorded as the reason, where one is owed to who decided before; None when left."""
        if not self.desk.weighty(place, None, person):
            return {}
        reason = await ask_reason(self.workbench, "earlier")
        return None if reason is None else {"reason": reason}

    def action_check(self) -> None:
        def check(place: Place, person: Person) -> Entry:
            made = self.desk.record(person, place, act="check")
            self.workbench.tell(_("On the checking list"))
            return made

        self.decide(check, onward=False)

    @work(exclusive=True, group="ask")
    async def action_change_class(self) -> None:
        place = self.text_place()
        if place is None or not self._is_changed(place):
            return
        person = await self.workbench.ask_person()
        asked = await self._class(place, person) if person is not None else None
        if person is not None and asked is not None:
            self.act(place, person, lambda p, who: self.desk.change_class(p, asked["class"], who, **asked), True)

    @work(exclusive=True, group="ask")
    async def action_class_series(self) -> None:
        """The same class wherever the same change was made or is suggested."""
        from workbench.services import series

        place = self.text_place()
        if place is None or not self._is_changed(place):
            return
        person = await self.workbench.ask_person()
        if person is None:
            return
        detail = self.desk.detail(place)
        if detail.suggestion is not None:
            wanted = series.of_suggestions(detail.suggestion)
        else:
            new = series.literal(detail.decided[0].reading)
            wanted = series.Wanted(pattern=series.words(detail.quote), act="edit", replacement=new, decided_so=True)
        asked = await self._class(place, person)
        if asked is not None:
            await self.run_series(replace(wanted, more=asked))

    def _is_changed(self, place: Place) -> bool:
        """Is there a change, made or proposed, that a class could be about? Else that is said."""
        detail = self.desk.detail(place)
        proposed = detail.suggestion is not None and bool(detail.suggestion.candidates)
        if proposed or (detail.decided and detail.decided[0].reading != self.desk.base(place)):
            return True
        self.workbench.tell(_("Nothing is changed here: a class says what kind of change it is"))
        return False

    async def _class(self, place: Place, person: Person) -> dict[str, Any] | None:
        """A class, with its reason where one is owed; None when left."""
        known = [name for name in (*PAGE_CLASSES, *READING_CLASSES) if name != "layout"]
        options = [(name, f"{name}: {_(CLASS_WORDS[name])}") for name in known]
        chosen = await self.choose(_("What kind of change is it?"), options, at=self.desk.class_at(place))
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
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        options = [(value, _(words)) for value, words in _MARKS]
        mark = await self.choose(_("Mark “{quote}”").format(quote=self._quoted(place)), options)
        upon = mark in ("added", "deleted", "hand")
        more = {} if mark is None or upon else await self._reason(place, person)
        act = await self._marking(mark, more) if mark is not None and more is not None else None
        if act is not None:
            self._decide_at(place, act, not upon)

    async def _marking(self, mark: str, owed: dict[str, Any]) -> Act | None:
        """What a mark records, once what it still needs is known; `owed`: the reason, where there has to be one."""
        desk = self.desk
        if mark == "unclear":
            guess = await self.ask(_("What might it be?"), may_be_empty=True, help=_("empty: no guess"))
            return None if guess is None else lambda p, who: desk.unclear(p, who, guess, **owed)
        if mark in ("unread", "gap"):
            extent = await self.ask(
                _("How much? Such as: one word, two lines"), may_be_empty=True, help=_("empty: not said")
            )
            if extent is None:
                return None
            more = owed | ({"extent": extent} if extent else {})
            act = "unclear" if mark == "unread" else "gap"
            return lambda p, who: desk.record(who, p, act=act, **more, **desk.answering(p))
        if mark == "hand":
            options = [(hand, _(shape.HANDS[hand])) for hand in HANDS]
            hand = await self.choose(_("In what hand?"), options)
            return None if hand is None else lambda p, who: desk.record(who, p, act="hand", hand=hand)
        if mark == "blank":
            return lambda p, who: desk.record(who, p, act="blank", **owed, **desk.answering(p))
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
            self.action_keep()
        elif scope is not None:
            within = cast("Literal['document', 'edition']", scope)
            said = f"{title}: {dict(options)[scope]}"

            def right(p: Place, who: Person) -> Entry:
                made = self.desk.word_right(p, within, who)
                self.workbench.tell(said)
                return made

            self._decide_at(place, right, True)

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
            words = ngettext(
                "{count} waits here; [desk.read] again reads the line and leaves it open",
                "{count} wait here; [desk.read] again reads the line and leaves them open",
                left,
            )
            self.workbench.tell(with_keys(words).format(count=left))
            return
        if self.painted:
            self._shown = None
            self._read(row)

    @work(exclusive=True, group="decide")
    async def _read(self, row: int) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        left = reading.left_open(self.desk, row)
        try:
            if reading.can_be_read(self.desk, row):
                again = reading.is_read(self.desk, row)
                made = reading.mark_read(self.desk, row, person)
                self.workbench.meter.read()
                self.line_was_read(made, again=again)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        if left:
            self.workbench.tell(ngettext("Read, {count} left open", "Read, {count} left open", left).format(count=left))
        following = reading.next_line(self.desk, row)
        if following is None:
            unread = reading.next_unread(self.desk, -1)
            self.workbench.tell(
                _("The end; every line is read")
                if unread is None
                else keyed("The end; [desk.next] goes to a line nobody has read")
            )
            following = row
        self.go_to_row(following)
        self.workbench.drop_what_was_typed()

    # taking back

    def action_undo(self) -> None:
        self._take_back(Desk.undo, _("Taken back: {what}"), _("There is nothing of yours to take back"))

    def action_redo(self) -> None:
        self._take_back(Desk.redo, _("Brought back: {what}"), _("There is nothing to bring back"))

    @work(exclusive=True, group="decide")
    async def _take_back(self, act: Callable[[Desk, Person], list[Entry]], done: str, otherwise: str) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        at = self.at
        try:
            entries = act(self.desk, person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        if not entries:
            self.workbench.tell(otherwise)
            return
        first = entries[0].decision.act
        what = decisions(len(entries)) if len(entries) > 1 else _(ACT_WORDS.get(first, first))
        if first in ("split", "join"):
            self.reopen(at, done.format(what=what))
            return
        self.repaint_rows(entries)
        self.recount()
        self.workbench.tell(done.format(what=what))
        self.go(next(filter(None, map(self.desk.place_of_entry, entries)), self.place_now))

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
