"""A journal without a database: the core's functions put together as the store puts them together, for the laws."""

from __future__ import annotations

from typing import Any

from workbench.core.added_lines import fold_lines
from workbench.core.append import admit
from workbench.core.edit import plan
from workbench.core.entry import Decision, Entry
from workbench.core.history import History
from workbench.core.pieces import Fragment, Piece, reading, replay
from workbench.core.revert import REVERT, rising, superseded_by
from workbench.core.text import Markup

TEXT = "t" * 64


class Copy:
    """One copy of an edition over one raw text."""

    def __init__(self, raw: str, markup: tuple[Markup, ...] = (), history: History | None = None) -> None:
        self.fragment = Fragment(raw, 0, markup)
        self.history = history or History()

    def fork(self) -> Copy:
        return Copy(self.fragment.content, tuple(self.fragment.markup), self.history)

    def merge(self, other: Copy) -> None:
        self.history = self.history | other.history

    @property
    def in_conflict(self) -> frozenset[str]:
        return frozenset(i for conflict in self.history.conflicts for i in conflict.ids)

    @property
    def pieces(self) -> list[Piece]:
        return replay(self.fragment, self.history.live.values(), in_conflict=self.in_conflict)

    @property
    def reading(self) -> str:
        return reading(self.pieces)

    def put(
        self,
        start: int,
        end: int,
        new: str | None,
        *,
        who: str = "a",
        also: frozenset[str] = frozenset(),
        page: str | None = None,
        reading_class: str | None = None,
    ) -> Entry:
        quote = self.fragment.raw(start, end)
        decision = Decision(
            act="keep" if new is None else "edit",
            text=TEXT,
            start=start,
            end=end,
            quote=quote,
            page=page if page is not None else new,
            reading=None if page is None else new,
            page_class=None if new is None else "ocr",
            reading_class=reading_class,
        )
        live = [e for e in self.history.live.values() if e.decision.layer == "text"]
        superseded = admit(decision, raw=quote, meeting=live, also=also, in_conflict=self.in_conflict)
        return self.seal(decision, who, supersedes=superseded)

    def line(self, what: str, number: int, content: str, *, who: str = "a") -> Entry | None:
        """Add a line, change one or take it out: `number` says where, or which one; None where there is none."""
        there = fold_lines(self.history.live.values())
        if what == "add":
            places = [(at, "") for at in (0, self.fragment.content.index("\n") + 1, self.fragment.end)]
            places += [(line.at, line.id) for line in there]
            at, after = places[number % len(places)]
            return self.about_line(Decision(act="add_line", text=TEXT, start=at, end=at, quote="", page=content,
                                             data={"after": after}), who)  # fmt: skip
        if not there:
            return None
        line = there[number % len(there)]
        value: dict[str, Any] = {"act": "delete_line"} if what == "delete" else {"act": "set_line", "page": content}
        return self.about_line(
            Decision(**value, text=TEXT, start=line.at, end=line.at, quote="", data=line.standing()), who
        )

    def about_line(self, decision: Decision, who: str) -> Entry:
        live = [e for e in self.history.live.values() if e.decision.layer == "line"]
        ended = admit(decision, raw="", meeting=live, in_conflict=self.in_conflict)
        return self.seal(decision, who, supersedes=ended)

    def edit(self, i: int, j: int, new: str, *, who: str = "a") -> Entry:
        p = plan(self.pieces, i, j, new)
        return self.put(
            p.start,
            p.end,
            None if p.restores_raw else p.reading,
            who=who,
            also=p.supersedes,
            page=None if p.restores_raw else p.page,
            reading_class=None if p.restores_raw else p.reading_class,
        )

    def revert(self, targets: frozenset[str], *, who: str = "a") -> Entry:
        back, stay = rising(self.history, targets)
        ended = frozenset(self.history.live) - stay | targets
        return self.seal(
            REVERT,
            who,
            targets=targets,
            supersedes=superseded_by(back, self.history.live.values(), ended, self.history.knows),
        )

    def seal(
        self,
        decision: Decision,
        who: str,
        supersedes: frozenset[str] = frozenset(),
        targets: frozenset[str] = frozenset(),
    ) -> Entry:
        entry = Entry.seal(
            decision, parents=self.history.heads, lamport=self.history.lamport, person=who, role="transcriber",
            time="2020-01-01T00:00:00.000000Z", supersedes=supersedes, targets=targets,
        )  # fmt: skip
        self.history = self.history + entry
        return entry
