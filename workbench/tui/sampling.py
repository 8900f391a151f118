"""A sample looked at blind: one line at a time, nothing of who worked on it or what was changed, right or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from workbench.core.errors import WorkbenchError
from workbench.core.sampling import STANDARD, needed
from workbench.core.visible import visible
from workbench.i18n import _, ngettext
from workbench.services import deciding, library
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.quality import sampling
from workbench.services.quality.sampling import Drawn, Sample, Shown
from workbench.tui.asking import Ask
from workbench.tui.at_work import AtWork
from workbench.tui.bars import KeyBar, TitleBar
from workbench.tui.commands import SAMPLE, keyed

if TYPE_CHECKING:
    from workbench.tui.image_pane import ImagePane

_CHARACTERS = "10000"


class SampleScreen(AtWork):
    """Goes on with the last sample, or draws one."""

    table = SAMPLE
    DEFAULT_CSS = """
    SampleScreen #middle { height: 1fr; align: center middle; }
    SampleScreen #line { width: 90%; height: auto; padding: 1 2; border: round $accent; }
    SampleScreen #said, SampleScreen .beside { width: 90%; height: auto; padding: 0 3; color: $foreground-muted; }
    SampleScreen #said { margin-top: 1; }
    SampleScreen .beside { max-height: 4; }
    """

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._sample: Sample | None = None
        self._shown: dict[int, Shown] = {}
        self._waiting: list[Drawn] = []
        self._pane: ImagePane | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Vertical(id="middle"):
            yield Static(id="before", classes="beside")
            yield Static(id="line")
            yield Static(id="after", classes="beside")
            yield Static(id="said")
        yield KeyBar(self.table)

    def on_mount(self) -> None:
        self._begin()

    def _begin(self) -> None:
        """Go on with the sample, if it stands, else with the last one there is, or draw one."""
        drawn = [entry.id for entry in sampling.every(self.workbench.edition)]
        if self._sample is not None and self._sample.entry.id in drawn:
            self._take(self._sample.entry.id)
        elif drawn:
            self._take(drawn[-1])
        else:
            self._sample, self._waiting = None, []
            self._show()
            self.action_draw()

    def _take(self, sample: str) -> None:
        def make(edition: Edition, told: Callable[[str], None]) -> tuple[Sample, dict[int, Shown]]:
            told(_("Looking …") + self.stops)
            found = sampling.sample(edition, sample)
            return found, sampling.shown(edition, found.lines)

        self.prepare(make, self._have)

    def say(self, words: str) -> None:
        self.query_one("#said", Static).update(Content(words))

    def _have(self, made: tuple[Sample, dict[int, Shown]]) -> None:
        self._sample, self._shown = made
        self._waiting = [line for line in self._sample.open if line.number in self._shown]
        self._show()

    @property
    def _here(self) -> Drawn | None:
        return self._waiting[0] if self._waiting else None

    def _show(self) -> None:
        shown, sample = self.query_one("#line", Static), self._sample
        shown.display = sample is not None
        if sample is None:
            return
        done = len(sample.lines) - len(self._waiting)
        title = _("{done} of {lines} lines").format(done=done, lines=len(sample.lines))
        line = self._here
        one = self._shown[line.number] if line is not None else None
        where = "" if one is None else "  " + library.heading(self.workbench.edition, one.document)
        if one is not None and one.number is not None:
            title = " · ".join([_("line {number}").format(number=one.number), title])
        self.query_one(TitleBar).say(_("SAMPLE") + where, title)
        for beside in ("before", "after"):
            self.query_one(f"#{beside}", Static).update(Content(visible(getattr(one, beside)) if one else ""))
        if one is None:
            shown.update(Content("\n").join(self._report()))
            self.say(keyed("[sample.draw] draws another sample"))
        else:
            shown.update(Content(visible(one.reading)))
            self.say(keyed("Does the page have this? [sample.right]: yes. [sample.wrong]: no, this is what it has."))
        self._show_image()

    def _report(self) -> list[Content]:
        """What the sample says, once all of it is looked at."""
        assert self._sample is not None
        found = sampling.report(self.workbench.edition, self._sample)
        errors = ngettext("{count} error", "{count} errors", found.errors).format(count=found.errors)
        lines = [Content(_("{errors} in {count} characters").format(errors=errors, count=f"{found.characters:,}"))]
        if (guess := found.estimate) is not None:
            rate = _rate(guess.rate)
            lines.append(
                Content(
                    _("residual errors: {rate} (95 %: {low} to {high})").format(
                        rate=rate, low=_rate(guess.low), high=_rate(guess.high)
                    )
                )
            )
            standard, bound = f"{round(1 / STANDARD):,}", _rate(guess.bound)
            if guess.meets_standard:
                said = _("the standard of two careful readers, 1 in {standard}, is met")
            else:
                said = _("the standard of two careful readers, 1 in {standard}, is not shown: no more than {bound}")
            lines.append(Content(said.format(standard=standard, bound=bound)))
            lines.append(Content(_("it needs about {count} characters without an error").format(
                count=f"{needed():,}")))  # fmt: skip
        return lines

    # the image

    async def action_image(self) -> None:
        """The image of the line, on and off."""
        from workbench.tui.image_pane import ImagePane

        if self._pane is None:
            self._pane = ImagePane()
            await self.mount(self._pane, before="#middle")
        else:
            self._pane.action_on_off()
        self._show_image()

    def _show_image(self) -> None:
        if self._pane is None or not self._pane.display:
            return
        from workbench.services import images
        from workbench.tui import pictures

        edition, line = self.workbench.edition, self._here
        if line is None:
            self._pane.show(None)
        elif (entry := self._shown[line.number].added) is not None:
            found = images.of_entry(edition, entry)
            self._pane.show(pictures.request(found, 0, 0) if found is not None else None)
        else:
            found = images.page_image(edition, line.text, line.start)
            self._pane.show(pictures.request(found, line.start, line.start) if found is not None else None)

    # answering

    def action_right(self) -> None:
        self._answer(None)

    @work(exclusive=True, group="ask")
    async def action_wrong(self) -> None:
        line = self._here
        if line is None:
            return
        now = self._shown[line.number].reading
        truth = await self.app.push_screen_wait(
            Ask(_("What does the page have?"), value=now, may_be_empty=True)
        )  # fmt: skip
        if truth is not None and line is self._here:
            self._answer(truth)

    def _answer(self, truth: str | None) -> None:
        line, sample = self._here, self._sample
        if line is None or sample is None:
            return
        try:
            made = sampling.answer(self.workbench.edition, sample, line.number, truth, self._person)
        except WorkbenchError as error:
            self.workbench.complain(error)
            self._begin()  # somebody changed the line, or took the sample back: it waits no more
            return
        sample.answers[line.number] = made
        self._waiting = self._waiting[1:]
        self._show()

    def action_undo(self) -> None:
        done = deciding.undo(self.workbench.edition, self._person)
        if done is None:
            self.workbench.tell(_("There is nothing of yours to take back"))
        else:
            self._begin()

    def action_draw(self) -> None:
        """Another sample, of what is transcribed; how much text there is, and how much a claim needs, is said first."""
        documents = sampling.finished(self.workbench.edition)
        if not documents:
            self.say(keyed("Nothing is transcribed yet: [board.move] on the board says that a document is."))
            return

        def make(own: Edition, told: Callable[[str], None]) -> int:
            told(_("Looking …") + self.stops)
            return sampling.there_is(own, documents).characters

        self.prepare(make, lambda characters: self._ask_how_much(documents, characters))

    @work(exclusive=True, group="ask")
    async def _ask_how_much(self, documents: list[str], characters: int) -> None:
        title = _("How many characters shall be looked at?")
        help = _("there are {count}; the standard needs about {needed} without an error").format(
            count=f"{characters:,}", needed=f"{needed():,}"
        )
        wanted = await self.app.push_screen_wait(Ask(title, value=_CHARACTERS, help=help))
        if not wanted or not wanted.isdecimal():
            self._show()
            return

        def make(own: Edition, told: Callable[[str], None]) -> tuple[Sample, dict[int, Shown]]:
            import secrets

            told(_("drawing …"))
            made = sampling.make(own, documents, int(wanted), secrets.randbelow(2**31), self._person)
            return made, sampling.shown(own, made.lines)

        self.prepare(make, self._have)

    def action_leave(self) -> None:
        self.dismiss(None)


def _rate(rate: float) -> str:
    return _("1 in {count}").format(count=f"{round(1 / rate):,}") if rate else _("no error")
