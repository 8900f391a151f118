"""The shape of the document at the desk: zones, leaves, tags, line ends, where it begins and ends."""

from __future__ import annotations

from typing import Any

from textual import work

from workbench.core.acts import HANDS, TAG_KINDS, ZONE_KINDS
from workbench.core.errors import WorkbenchError
from workbench.i18n import N_, _, shape
from workbench.services import library
from workbench.services.document.desk import Place
from workbench.tui.commands import keyed
from workbench.tui.desk.base import AtDesk

_WRITTEN = ("signature", "resolution", "acknowledgement", "dispatch note", "marginal note")
"""Kinds of zones that are often in a hand, of a person."""
_UPON = _WRITTEN[1:]
"""Kinds that have a day of their own, and may be about a passage: they are printed as a note upon it then."""
_BEGINNING = 4
"""Lines that show where a document begins; the first ones may be empty."""
_TAGS = {"person": N_("a person"), "place": N_("a place"), "body": N_("a body: an office, a party, a committee")}


class Shaping(AtDesk):
    """Keys that say what the text is, not what it reads."""

    @work(exclusive=True, group="ask")
    async def action_zone(self) -> None:
        place = self.text_place()
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        kind = await self._zone_kind(place)
        span = await self._span(place) if kind is not None else None
        data = await self._zone(kind, self.desk.raw(*span)) if kind is not None and span is not None else None
        if data is not None and kind in _UPON:
            data = await self._belonging(place, data)
        if data is not None and span is not None:
            self._shape(place, lambda: self.desk.record_at(person, *span, act="zone", **data))

    @work(exclusive=True, group="ask")
    async def action_zone_series(self) -> None:
        """The same zone at every line that reads like this one: a stamp, a running head."""
        from workbench.services import series

        place = self.text_place()
        if place is None:
            return
        text, start, end = self.desk.line_span(place.row)
        line = self.desk.raw(text, start, end).strip()
        kind = await self._zone_kind(place) if line else None
        data = await self._zone(kind, line) if kind is not None else None
        if data is not None:
            await self.run_series(series.Wanted(pattern=series.whole_line(line), act="zone", more=data))

    async def _zone_kind(self, place: Place) -> str | None:
        """What a line is; the zone that stands there, or that is proposed, comes first to hand."""
        from workbench.services import settings

        style = settings.style(self.workbench.edition)
        kinds = [(kind, f"{_(shape.ZONES[kind]):<18} {_(shape.PLACES[style.place(kind)])}") for kind in ZONE_KINDS]
        return await self.choose(_("What is this line?"), kinds, at=self.desk.zone_at(place) or "body")

    async def _zone(self, kind: str, words: str) -> dict[str, Any] | None:
        """What is to be recorded of a zone of this kind that holds these words; None when left."""
        data: dict[str, Any] = {"kind": kind}
        if kind not in _WRITTEN:
            return data
        hands = [(hand, _(shape.HANDS[hand])) for hand in HANDS]
        hand = await self.choose(_("In what hand?"), hands, at="unknown")
        whose = await self.ask(_("Whose?"), may_be_empty=True, help=_("empty: unknown")) if hand is not None else None
        if whose is None:
            return None
        data["hand"] = hand
        if whose:
            sure = [(certainty, _(words)) for certainty, words in shape.CERTAINTIES.items()]
            certainty = await self.choose(_("{person}: how sure is that?").format(person=whose), sure)
            if certainty is None:
                return None
            data |= {"person": whose, "person_certainty": certainty}
        dated = await self._dated(words) if kind in _UPON else ""
        return None if dated is None else data | ({"dated": dated} if dated else {})

    async def _dated(self, words: str) -> str | None:
        """The day of a zone, as it is sorted by; empty where it has none, None when left."""
        from workbench.services.document import describing

        def day(words: str) -> str | None:
            return next((date for _written, date in describing.dates(words)), None)

        typed = await self.ask(
            _("Of which day?"), value=day(words) or "", may_be_empty=True,
            help=_("such as 1934-01-04 · empty: not dated"),
        )  # fmt: skip
        return None if typed is None else day(typed) or typed.strip()

    async def _belonging(self, place: Place, data: dict[str, Any]) -> dict[str, Any] | None:
        """The same with the passage that it is about, if it is about one; None when left."""
        from workbench.services.document import going

        wholes = [("document", _("to the whole document")), ("passage", _("to a passage: it becomes a note there"))]
        what = await self.choose(_("What does it belong to?"), wholes)
        if what != "passage":
            return data if what is not None else None
        typed = await self.ask(_("To which passage?"), help=_("a line: 120 · words: «…»"))
        if not typed:
            return None
        try:
            text, start, end = going.passage(self.desk, typed)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return None
        if text != place.text:
            self.workbench.tell(_("That passage stands in another file: the note belongs to the whole document"))
            return data
        return data | {"belongs": {"start": start, "end": end}}

    async def _span(self, place: Place) -> tuple[str, int, int] | None:
        """How far it reaches: the words at the cursor, or lines from here on."""
        typed = await self.ask(_("How many lines from here?"), value="1", help=_("0: only the words at the cursor"))
        if typed is None:
            return None
        if not typed.strip().isdecimal():
            self.workbench.tell(_("“{typed}” is no number of lines: no zone is set").format(typed=typed))
            return None
        count = int(typed)
        if not count:
            return place.text, place.start, place.end
        text, start, end = self.desk.line_span(place.row)
        last = min(place.row + count - 1, self.desk.lines.row_count - 1)
        last_text, _start, last_end = self.desk.line_span(last)
        return text, start, last_end if last_text == text else end

    @work(exclusive=True, group="ask")
    async def action_leaf(self) -> None:
        from workbench.services.document import leaf_marks

        place = self.line_place()
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        label = await self.ask(
            _("A leaf begins here: which?"),
            value=leaf_marks.proposed(self.desk, place),
            help=_("117 · 117 об. · [118?]"),
        )
        if label:
            self._shape(place, lambda: leaf_marks.begin(self.desk, place, label, person))

    @work(exclusive=True, group="ask")
    async def action_tag(self) -> None:
        from workbench.services.document import tagging

        place = self.text_place()
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        words = " ".join(self.desk.base(place).split())
        kinds = [(kind, _(_TAGS[kind])) for kind in TAG_KINDS]
        kind = await self.choose(_("“{words}” is").format(words=words), kinds)
        if kind is None:
            return
        known = [a for a in tagging.names_like(self.workbench.edition, words) if a.kind in (kind, "other")][:8]
        name: str | None = ""
        if known:
            options = [(a.name, f"{a.name}{'  · ' + a.note if a.note else ''}") for a in known]
            name = await self.choose(_("Who or what?"), [*options, ("", _("another name …"))])
        if name == "":
            name = await self.ask(_("The name, as a list has it"), value=words)
        if name:
            self._shape(place, lambda: self.desk.record(person, place, act="tag", kind=kind, name=name))

    def _shape(self, place: Place, act: Any) -> None:
        """Record it and show everything anew: what stands where may have changed."""
        try:
            act()
        except WorkbenchError as error:
            self.refused(error, place)
            return
        self.view.source_changed()
        self.go_to_row(place.row, place.start, jump=False)
        self.recount()

    # where the document begins and ends

    @work(exclusive=True, group="ask")
    async def action_split(self) -> None:
        place = self.line_place()
        person = await self.workbench.ask_person() if place is not None else None
        if place is None or person is None:
            return
        text, start, _end = self.desk.line_span(place.row)
        last = min(place.row + _BEGINNING, self.desk.lines.row_count)
        lines = [self.desk.line_reading(row) for row in range(place.row, last)]
        title = _("Another document begins with this line")
        if await self.preview(title, lines, act=keyed("splits it here; [desk.undo] takes it back")):
            asked = {"act": "split", "transcript": text, "start": start, "document": self.document}
            self._remake(asked, person, (text, start), _("Split: this is the document that begins here"))

    @work(exclusive=True, group="ask")
    async def action_join(self) -> None:
        person = await self.workbench.ask_person()
        if person is None:
            return
        documents = library.ids(self.workbench.edition)
        number = documents.index(self.document) + 1
        if number == len(documents):
            self.workbench.tell(_("This is the last document of the list"))
            return
        other = documents[number]
        title = _("The next document goes on here, as one with this")
        if await self.preview(
            title,
            [library.heading(self.workbench.edition, other)],
            act=keyed("joins them; [desk.undo] takes it back"),
        ):
            asked = {"act": "join", "document": self.document, "other": other}
            self._remake(asked, person, self.at, _("Joined: the next document goes on where this one ended"))

    def _remake(self, asked: dict[str, Any], person: Any, at: tuple[str, int], said: str) -> None:
        from workbench.services import deciding

        try:
            deciding.record_all(self.workbench.edition, [asked], person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            return
        self.reopen(at, said)

    # screens

    @work(exclusive=True, group="ask")
    async def action_breaks(self) -> None:
        from workbench.tui.breaks import BreaksScreen

        if await self.app.push_screen_wait(BreaksScreen(self.listing)):
            self.renew()

    @work(exclusive=True, group="ask")
    async def action_describe(self) -> None:
        from workbench.tui.description import DescriptionScreen

        if await self.app.push_screen_wait(DescriptionScreen(self.listing)):
            self.renew()
