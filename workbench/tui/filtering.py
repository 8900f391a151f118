"""Asking which entries are looked at: by person, period, act, class, ground, suggester, batch, certainty, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal

from textual.worker import WorkerCancelled

from workbench.core.acts import ACTS
from workbench.core.classes import CERTAINTIES, GROUNDS, PAGE_CLASSES, READING_CLASSES
from workbench.core.entry import Entry
from workbench.i18n import N_, _
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.looking_back.choosing import ALL
from workbench.store import chronicle
from workbench.store.chronicle import Selection
from workbench.tui.asking import Ask
from workbench.tui.choosing import Choose
from workbench.tui.entry_screen import EntryScreen
from workbench.tui.list_screen import Row
from workbench.tui.panel import CERTAINTY_WORDS, CLASS_WORDS, GROUND_WORDS
from workbench.tui.telling import ACT_WORDS

Facet = Literal[
    "person", "since", "until", "act", "class_", "ground", "suggester", "batch", "certainty", "state", "words"
]
FACETS: dict[Facet, str] = {
    "person": N_("a person"), "since": N_("since a day"), "until": N_("until a day"), "act": N_("an act"),
    "class_": N_("a class"), "ground": N_("a ground"), "suggester": N_("a suggester"), "batch": N_("this batch"),
    "certainty": N_("a certainty"), "state": N_("what became of it"), "words": N_("words"),
}  # fmt: skip
BECAME = {"live": N_("stands"), "superseded": N_("superseded"), "reverted": N_("taken back")}
_VALUES: Mapping[Facet, Mapping[str, str]] = {
    "act": {act: ACT_WORDS[act] for act in ACTS},
    "class_": {c: CLASS_WORDS[c] for c in (*PAGE_CLASSES, *READING_CLASSES)},
    "ground": {g: GROUND_WORDS[g] for g in GROUNDS}, "certainty": {c: CERTAINTY_WORDS[c] for c in CERTAINTIES},
    "state": BECAME,
}  # fmt: skip


class Filtered(EntryScreen[Row]):
    """A list of entries of which some are asked for."""

    facets: ClassVar[tuple[Facet, ...]] = tuple(FACETS)
    """What can be asked for here."""

    def __init__(self, selection: Selection = ALL) -> None:
        super().__init__()
        self.selection = selection
        self._names: dict[str, str] = {}

    def entry_here(self) -> Entry | None:
        """The entry under the cursor, whose own values are proposed."""
        raise NotImplementedError

    def asked(self) -> list[str]:
        """What is asked for, in words."""
        found = []
        for facet in self.facets:
            if value := getattr(self.selection, facet):
                words = _(_VALUES[facet][value]) if facet in _VALUES else self._names.get(value, value)
                found.append(f"{_(FACETS[facet])}: {words}")
        return found

    def action_all(self) -> None:
        """Ask for everything again."""
        self.selection = ALL
        self.listed()

    async def narrow_by(self, facet: Facet) -> None:
        """Ask for a value of a facet, and list only what has it."""
        value = await self._value(facet)
        if value is not None:
            asked: dict[str, Any] = {facet: value or None}
            self.selection = replace(self.selection, **asked)
            self.listed()

    async def _value(self, facet: Facet) -> str | None:
        """What is asked for of a facet; empty asks for nothing any more, None leaves it as it was."""
        entry = self.entry_here()
        if facet == "batch":
            if entry is None or entry.batch is None:
                self.workbench.tell(_("This was made by itself, in no batch"))
                return None
            return entry.batch
        now = getattr(self.selection, facet) or _as_here(entry, facet)
        if facet in ("since", "until", "words"):
            help = "" if facet == "words" else _("2026-01-31, or less of it")
            return await self.app.push_screen_wait(Ask(_(FACETS[facet]), value=now, help=help, may_be_empty=True))
        if facet == "person":
            self._names = {p.id: p.name for p in persons.everyone(self.workbench.edition)}
            values, now = self._names, persons.one_id(self.workbench.edition, now)
        elif facet == "suggester":
            names = await self._suggesters()
            if names is None:
                return None
            values = {name: name for name in names}
        else:
            values = {code: f"{code}: {_(words)}" for code, words in _VALUES[facet].items()}
        options = [("", _("any")), *values.items()]
        return await self.app.push_screen_wait(Choose(_(FACETS[facet]), options, at=now))

    async def _suggesters(self) -> list[str] | None:
        """Who proposed anything that was decided, for which all entries are looked at; None when left meanwhile."""
        found: list[str] = []

        def make(edition: Edition, told: Callable[[str], None]) -> list[str]:
            told(_("Looking …") + self.stops)
            return chronicle.suggesters(edition.db)

        try:
            await self.prepare(make, found.extend).wait()
        except WorkerCancelled:
            return None
        return found


def _as_here(entry: Entry | None, facet: Facet) -> str:
    """What the entry under the cursor has of a facet, as the value to begin with."""
    if entry is None or facet == "words":
        return ""
    d = entry.decision
    here = {
        "person": entry.person, "since": entry.time[:10], "until": entry.time[:10], "act": d.act,
        "class_": d.page_class or d.reading_class, "ground": d.ground, "certainty": d.certainty,
        "suggester": (d.suggestion or {}).get("suggester"),
    }  # fmt: skip
    return str(here.get(facet) or "")
