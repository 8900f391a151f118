"""The reading of a stretch of text, as pieces: raw text, the source's markup, decisions, conflicts.

`replay` is a pure fold. It takes any range of a text with the decisions and the markup that meet the range, so a screen
folds only the lines it shows and an exporter the whole text, with one function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from workbench.core.added_lines import AddedLine, fold_lines
from workbench.core.classes import touches_meaning
from workbench.core.entry import Decision, Entry
from workbench.core.text import Markup, overlap

PieceKind = Literal["raw", "markup", "decision", "conflict", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Signs for what is not simply text, as the house style prints them."""

    unread: str = "[нрзб.]"
    lost: str = "[…]"
    blank: str = "_____"
    doubtful: str = "[?]"
    supply_open: str = "["
    supply_close: str = "]"


ARCHIVAL_MARKS = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A span of the raw text and what it has become. Pieces lie side by side and cover their range."""

    start: int
    end: int
    kind: PieceKind
    raw: str
    """The raw text of the span without the source's markup."""
    page: str
    """What the page has, as far as anybody knows."""
    reading: str
    """The plain reading, before house style."""
    entries: tuple[Entry, ...] = ()
    """The decision with its agreements, or the sides of a conflict."""
    line: AddedLine | None = None
    """The added line that this is; its reading has the line end that parts it from what follows or went before."""
    trails: bool = False
    """Does it follow raw text that has no line end, so that its own stands before it?"""

    @property
    def decision(self) -> Decision | None:
        return self.entries[0].decision if self.kind == "decision" else None

    @property
    def stands(self) -> bool:
        """Does it read as its span does, sign for sign, so that it can be cut where lines end?"""
        return self.line is None and 0 < self.end - self.start == len(self.raw) and self.reading == self.raw


@dataclass(frozen=True, slots=True)
class Fragment:
    """A range of a text: its code points, where they begin, and the markup that meets them (sorted)."""

    content: str
    start: int = 0
    markup: Sequence[Markup] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.content)

    def raw(self, start: int, end: int) -> str:
        """The code points of a span as they are."""
        return self.content[start - self.start : end - self.start]

    def part(self, start: int, end: int) -> Fragment:
        """A range of the fragment."""
        markup = [mark for mark in self.markup if mark.end > start and mark.start < end]
        return Fragment(self.raw(start, end), start, markup)

    def base(self, start: int, end: int) -> str:
        """The span without the source's markup: what the reader says stands in the document."""
        out: list[str] = []
        at = start
        for mark in self._markup_in(start, end):
            out.append(self.raw(at, max(at, mark.start)))
            if mark.start >= start:
                out.append(mark.replacement)
            at = min(mark.end, end)
        out.append(self.raw(at, end))
        return "".join(out)

    def _markup_in(self, start: int, end: int) -> Iterator[Markup]:
        for mark in self.markup:
            if mark.start >= end:
                break
            if mark.end > start:
                yield mark

    def raw_pieces(self, start: int, end: int) -> Iterator[Piece]:
        """A span nobody decided about, cut where markup begins and ends."""
        at = start
        for mark in self._markup_in(start, end):
            if mark.start > at:
                yield self._raw_piece(at, mark.start)
            low, high = max(mark.start, start), min(mark.end, end)
            shown = mark.replacement if mark.start >= start else ""
            yield Piece(start=low, end=high, kind="markup", raw=shown, page=shown, reading=shown)
            at = high
        if at < end:
            yield self._raw_piece(at, end)

    def _raw_piece(self, start: int, end: int) -> Piece:
        text = self.raw(start, end)
        return Piece(start=start, end=end, kind="raw", raw=text, page=text, reading=text)


class Valued(Protocol):
    """What of a decision says what it makes of its span."""

    @property
    def act(self) -> str: ...
    @property
    def page(self) -> str | None: ...
    @property
    def reading(self) -> str | None: ...
    @property
    def page_class(self) -> str | None: ...


def values(decision: Valued, base: str, marks: Marks = ARCHIVAL_MARKS) -> tuple[str, str]:
    """What a decision makes of its span: (page, reading), both before house style."""
    match decision.act:
        case "keep":
            return base, base
        case "gap":
            return marks.lost, marks.lost
        case "blank":
            return marks.blank, marks.blank
        case "unclear" if decision.page is None and decision.reading is None:
            return marks.unread, marks.unread
    page = base if decision.page is None else decision.page
    reading = page if decision.reading is None else decision.reading
    if decision.page_class == "unseen":
        page = base
    return page, reading


def effective_reading_class(decision: Decision) -> str | None:
    """The class of the reading; a bare `unseen` counts as `source` where it may touch the meaning, else as `slip`."""
    if decision.reading_class is None and decision.page_class == "unseen":
        return "source" if touches_meaning(decision.quote or "", decision.value or "") else "slip"
    return decision.reading_class


def replay(
    fragment: Fragment,
    live: Iterable[Entry],
    *,
    in_conflict: frozenset[str] = frozenset(),
    marks: Marks = ARCHIVAL_MARKS,
) -> list[Piece]:
    """Pieces of a fragment, in order, covering it; agreements render once, a place in conflict shows its raw text.

    `live` are the live decisions of the text and line layers that lie in the fragment (those that reach beyond it are
    left out: a caller takes a fragment that cuts none). An insertion at p stands before what begins at p and after what
    ends there; a line added at p before the insertion, but after it where it trails the text.
    """
    live = list(live)
    spans = [(s, e, group) for s, e, group in _groups(live) if s >= fragment.start and e <= fragment.end]
    lines = [line for line in fold_lines(live) if fragment.start <= line.at <= fragment.end]
    lines.reverse()
    pieces: list[Piece] = []
    at = fragment.start
    for start, end, group in spans:
        while lines and (lines[-1].at < start or (lines[-1].at == start and not _trails(fragment, lines[-1]))):
            pieces.extend(fragment.raw_pieces(at, lines[-1].at))
            at = max(at, lines[-1].at)
            pieces.append(_added(fragment, lines.pop()))
        pieces.extend(fragment.raw_pieces(at, start))
        base = fragment.base(start, end)
        if any(entry.id in in_conflict for entry in group) or _differ(group):
            pieces.append(
                Piece(
                    start=start,
                    end=end,
                    kind="conflict",
                    raw=base,
                    page=base,
                    reading=base,
                    entries=tuple(group),
                )
            )
        else:
            page, reading = values(group[0].decision, base, marks)
            pieces.append(
                Piece(
                    start=start,
                    end=end,
                    kind="decision",
                    raw=base,
                    page=page,
                    reading=reading,
                    entries=tuple(group),
                )
            )
        at = max(at, end)
    while lines:
        pieces.extend(fragment.raw_pieces(at, lines[-1].at))
        at = max(at, lines[-1].at)
        pieces.append(_added(fragment, lines.pop()))
    pieces.extend(fragment.raw_pieces(at, fragment.end))
    return pieces


def _added(fragment: Fragment, line: AddedLine) -> Piece:
    """An added line: it ends with a line end, unless it follows raw text that has none."""
    trails = _trails(fragment, line)
    text = f"\n{line.content}" if trails else f"{line.content}\n"
    return Piece(
        start=line.at, end=line.at, kind="conflict" if line.conflict else "added", raw="", page=text, reading=text,
        entries=line.entries, line=line, trails=trails,
    )  # fmt: skip


def _trails(fragment: Fragment, line: AddedLine) -> bool:
    return line.at > fragment.start and fragment.raw(line.at - 1, line.at) not in "\r\n"


def _differ(group: list[Entry]) -> bool:
    return len(group) > 1 and any(entry.decision.answer() != group[0].decision.answer() for entry in group[1:])


def _groups(live: Iterable[Entry]) -> list[tuple[int, int, list[Entry]]]:
    """Decisions gathered where they overlap, as (start, end, entries); an agreement or a conflict makes a group."""
    entries = sorted((e for e in live if e.decision.layer == "text"), key=lambda e: (e.decision.span, e.key))
    groups: list[tuple[int, int, list[Entry]]] = []
    for entry in entries:
        start, end = entry.decision.span
        # An insertion inside a span sorts after it, so the group before is not always the one it meets.
        hit = next((g for g in reversed(groups[-3:]) if overlap(g[0], g[1], start, end)), None)
        if hit is None:
            groups.append((start, end, [entry]))
        else:
            groups[groups.index(hit)] = (min(hit[0], start), max(hit[1], end), [*hit[2], entry])
    groups.sort(key=lambda g: (g[0], g[1]))
    return groups


def reading_apart(fragment: Fragment, decided: Iterable[tuple[int, int, Valued]]) -> str:
    """The reading of a fragment, as `replay` has it, whose decisions by place lie apart, each alone where it is."""
    out, at = [], fragment.start
    for start, end, decision in decided:
        out += [fragment.base(at, start), values(decision, fragment.base(start, end))[1]]
        at = end
    return "".join([*out, fragment.base(at, fragment.end)])


def reading(pieces: Iterable[Piece]) -> str:
    """The plain reading of pieces."""
    return "".join(piece.reading for piece in pieces)


def page(pieces: Iterable[Piece]) -> str:
    """The page of pieces."""
    return "".join(piece.page for piece in pieces)
