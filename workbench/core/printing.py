"""The three texts of a document: pieces placed by the house style, with rules, marks and notes.

diplomatic: what the page says (the machine reading, where nobody saw a page). reading: what a reader wants. search: the
reading without marks and breaks, one paragraph a line, raw and corrected forms both findable.

The way of a piece: cut where zones, leaves and notes begin and end; put into its section (above, here, after); gathered
into blocks at blank lines and zone borders; the accepted rules applied; notes labelled in printed order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from workbench.core.apparatus import Note, letters, own_note
from workbench.core.documents import Leaf
from workbench.core.entry import Entry
from workbench.core.pieces import Fragment, Piece, effective_reading_class, replay
from workbench.core.placing import Place
from workbench.core.rules import RULES
from workbench.core.style import HouseStyle
from workbench.core.text import fold

TextKind = Literal["diplomatic", "reading", "search"]
Section = Literal["above", "here", "after"]

_BLANK_LINE = re.compile(r"(?:[ \t\u00a0]*(?>\r\n|\n|\r|\f)){2,}[ \t\u00a0]*")
_LINE_END = re.compile(r"[ \t\u00a0]*(?:\r\n|\n|\r)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One stretch of a document with what was decided about it."""

    fragment: Fragment
    text: str
    """SHA-256 of the text."""
    entries: Sequence[Entry] = ()
    """Live decisions of the text and line layers within the stretch."""
    zones: Sequence[Entry] = ()
    notes: Sequence[Entry] = ()
    """Live inline entries: textual and content notes, places to check."""
    leaves: Sequence[Leaf] = ()
    in_conflict: frozenset[str] = frozenset()
    line_of: Callable[[int], int] = field(default=lambda offset: 0)
    """Index of the line, from 0, that holds an offset of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A run of printed text."""

    text: str
    source: str = ""
    """SHA-256 of the text that `start` and `end` count in."""
    role: Literal["text", "changed", "supplied", "unclear", "leaf", "conflict", "ref-open", "ref"] = "text"
    start: int = 0
    end: int = 0
    note: int | None = None
    """Index of the note that a reference points at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or the lines of a zone that stand together."""

    section: Section
    zone: str | None
    inlines: tuple[Inline, ...]

    @property
    def plain(self) -> str:
        """The text without note references."""
        return "".join(i.text for i in self.inlines if i.role not in ("ref", "ref-open"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A text of a document, ready for an exporter."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Run:
    """A run on its way: what it prints, where it comes from, what hangs on it."""

    text: str
    start: int
    end: int
    role: Literal["text", "changed", "supplied", "unclear", "leaf", "conflict"] = "text"
    piece: Piece | None = None
    aligned: bool = False
    """Does the text stand code point for code point for the raw span, so that it can be cut at a raw offset?"""
    fixed: bool = False
    """A rule may not touch it."""
    zone: Entry | None = None
    source: str = ""
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)

    def cut(self, at: int) -> tuple[_Run, _Run]:
        """Two runs, cut at an index of the text; what hangs on it stays at its side."""
        middle = self.start + at if self.aligned else self.end
        left = replace(self, text=self.text[:at], end=middle, closes=[])
        right = replace(self, text=self.text[at:], start=middle, opens=[])
        return left, right


def print_document(
    sources: Iterable[Source],
    style: HouseStyle,
    kind: TextKind,
    *,
    alphabet: str = "абвгдежзиклмнопрстуфхцчшщэюя",
) -> Printed:
    """Print a document; `alphabet` gives the letters of the textual notes."""
    notes: list[Note] = []
    sections: dict[Place, list[list[_Run]]] = {"above": [], "here": [[]], "after": [], "out": []}
    for source in sources:
        runs = _cut(_runs(source, style, kind), _borders(source))
        _place_zones(runs, source.zones)
        _hang_own_notes(runs, style, notes)
        _hang_notes(runs, source, notes)
        passage = _passage_notes(source, runs, notes)
        for zone, group in _by_zone(_with_leaves(runs, source.leaves, style)):
            if zone is not None and zone.id in passage:
                continue
            for run in group:
                run.source = source.text
            place = style.place(zone.decision.data["kind"]) if zone is not None else "here"
            if place == "here":
                sections["here"][0].extend(group)
            else:
                sections[place].append(group)
    sections["after"].sort(key=lambda group: _dated(group[0].zone))
    blocks: list[Block] = []
    for section in ("above", "here", "after"):
        for group in sections[section]:
            blocks.extend(_blocks(group, section, style, kind))
    return _labelled(blocks, notes, alphabet)


def _dated(zone: Entry | None) -> str:
    return str(zone.decision.data.get("dated", "~")) if zone is not None else "~"


def _runs(source: Source, style: HouseStyle, kind: TextKind) -> list[_Run]:
    pieces = replay(source.fragment, source.entries, in_conflict=source.in_conflict, marks=style.marks)
    return [_run(piece, style, kind) for piece in pieces]


def _run(piece: Piece, style: HouseStyle, kind: TextKind) -> _Run:
    if piece.line is not None:
        role_here: Literal["changed", "conflict"] = "conflict" if piece.kind == "conflict" else "changed"
        return _Run(piece.reading, piece.start, piece.end, role=role_here, piece=piece)
    decision = piece.decision
    if decision is None:
        role: Literal["text", "conflict"] = "conflict" if piece.kind == "conflict" else "text"
        atom = None if piece.kind == "raw" else piece
        aligned = piece.kind == "raw"
        return _Run(
            piece.raw, piece.start, piece.end, role=role, piece=atom, aligned=aligned, fixed=piece.kind == "conflict"
        )
    text = piece.page if kind == "diplomatic" else piece.reading
    role_of: Literal["text", "changed", "supplied", "unclear"] = "changed" if text != piece.raw else "text"
    if decision.act in ("unclear", "gap", "blank"):
        role_of = "unclear"
        if decision.act == "unclear" and text != style.marks.unread and kind != "search":
            text = f"{text} {style.marks.doubtful}"
    elif kind == "reading":
        match effective_reading_class(decision):
            case "source" if style.faults == "keep":
                text = piece.page
            case "supply" | "expand":
                text, role_of = bracketed(piece.page, piece.reading, style), "supplied"
    fixed = decision.act not in ("accept", "edit") or decision.reading is not None or role_of == "unclear"
    aligned = text == piece.raw and len(text) == piece.end - piece.start
    return _Run(text, piece.start, piece.end, role=role_of, piece=piece, aligned=aligned, fixed=fixed)


def bracketed(page: str, reading: str, style: HouseStyle) -> str:
    """The reading with what the page lacks in brackets; blanks stay outside, what the page has too much drops out."""
    from rapidfuzz.distance import Levenshtein

    out: list[str] = []
    supplied = ""

    def close() -> None:
        nonlocal supplied
        if supplied:
            core = supplied.strip()
            lead = supplied[: len(supplied) - len(supplied.lstrip())]
            tail = supplied[len(supplied.rstrip()) :] if core else ""
            marked = f"{style.marks.supply_open}{core}{style.marks.supply_close}" if core else ""
            out.append(lead + marked + tail)
            supplied = ""

    for op in Levenshtein.opcodes(page, reading):
        if op.tag == "equal":
            close()
            out.append(reading[op.dest_start : op.dest_end])
        else:
            supplied += reading[op.dest_start : op.dest_end]
    close()
    return "".join(out)


def _borders(source: Source) -> list[int]:
    cuts: set[int] = set()
    for entry in (*source.zones, *source.notes):
        cuts.update(entry.decision.span)
        if isinstance(belongs := entry.decision.data.get("belongs"), dict):
            cuts |= {belongs["start"], belongs["end"]}
    for leaf in source.leaves:
        cuts |= {leaf.start, leaf.end, leaf.at}
    return sorted(cuts)


def _cut(runs: list[_Run], borders: list[int]) -> list[_Run]:
    """Runs cut at the borders; what a decision made of its span stays whole."""
    out: list[_Run] = []
    for run in runs:
        rest = run
        if run.aligned:
            for border in borders:
                if rest.start < border < rest.end:
                    left, rest = rest.cut(border - rest.start)
                    out.append(left)
        out.append(rest)
    return out


def _place_zones(runs: list[_Run], zones: Sequence[Entry]) -> None:
    for run in runs:
        for zone in zones:
            start, end = zone.decision.span
            if start <= run.start < end:
                run.zone = zone
                break


def _with_leaves(runs: list[_Run], leaves: Sequence[Leaf], style: HouseStyle) -> list[_Run]:
    """Runs without folio numbers, with a milestone where each leaf begins: before the next text that stays in place."""
    waiting = sorted(leaves, key=lambda leaf: leaf.at)
    out: list[_Run] = []
    for run in runs:
        if any(leaf.start <= run.start < run.end <= leaf.end for leaf in leaves):
            continue
        stays = style.place(run.zone.decision.data["kind"] if run.zone else None) == "here"
        while waiting and run.start >= waiting[0].at and run.text.strip() and stays:
            out.append(_milestone(waiting.pop(0), out, run))
        out.append(run)
    out += [_milestone(leaf, out, None) for leaf in waiting]
    return out


def _milestone(leaf: Leaf, before: list[_Run], after: _Run | None) -> _Run:
    """|л. 117|, with a blank on each side where text touches it."""
    doubt = "?" if leaf.doubtful and "?" not in leaf.leaf else ""
    lead = " " if before and before[-1].text and not before[-1].text[-1].isspace() else ""
    tail = " " if after is not None and not after.text[0].isspace() else ""
    zone = after.zone if after is not None else before[-1].zone if before else None
    return _Run(f"{lead}|л. {leaf.leaf}{doubt}|{tail}", leaf.at, leaf.at, role="leaf", fixed=True, zone=zone)


def _by_zone(runs: list[_Run]) -> list[tuple[Entry | None, list[_Run]]]:
    groups: list[tuple[Entry | None, list[_Run]]] = []
    for run in runs:
        if groups and groups[-1][0] is run.zone:
            groups[-1][1].append(run)
        else:
            groups.append((run.zone, [run]))
    return groups


def _hang_own_notes(runs: list[_Run], style: HouseStyle, notes: list[Note]) -> None:
    """Notes that decisions carry by their class."""
    for run in runs:
        if run.piece is None or not run.piece.entries:
            continue
        note = own_note(run.piece, style.faults)
        if note is not None:
            _hang(replace(note, lemma=fold(run.text)), [run], notes, words=len(run.piece.reading.split()))


def _hang(note: Note, runs: list[_Run], notes: list[Note], *, words: int) -> None:
    """A note is referred to after its last run; a textual one on several words also before the first (а–а)."""
    notes.append(note)
    if note.series == "textual" and words > 1:
        runs[0].opens.append(len(notes) - 1)
    runs[-1].closes.append(len(notes) - 1)


def _hang_notes(runs: list[_Run], source: Source, notes: list[Note]) -> None:
    """Notes that persons wrote."""
    for entry in sorted(source.notes, key=lambda e: e.decision.span):
        d = entry.decision
        if d.act not in ("textual_note", "content_note"):
            continue
        start, end = d.span
        inside = [r for r in runs if r.start < end and r.end > start] or [r for r in runs if r.end >= start][:1]
        if not inside:
            continue
        note = Note(
            series="textual" if d.act == "textual_note" else "content", code="person", body=d.data["body"],
            lemma=fold("".join(r.text for r in inside)), entry=entry.id,
        )  # fmt: skip
        _hang(note, inside, notes, words=len(note.lemma.split()))


def _passage_notes(source: Source, runs: list[_Run], notes: list[Note]) -> frozenset[str]:
    """A zone that belongs to a passage becomes a textual note there; ids of the zones so taken."""
    taken: set[str] = set()
    for zone in source.zones:
        belongs = zone.decision.data.get("belongs")
        if not isinstance(belongs, dict):
            continue
        host = [r for r in runs if r.start < belongs["end"] and r.end > belongs["start"]]
        words = fold("".join(r.text for r in runs if r.zone is zone))
        if host and words:
            params = (("hand", str(zone.decision.data.get("hand", "unknown"))), ("text", words))
            notes.append(Note(series="textual", code="written-here", params=params, entry=zone.id))
            host[-1].closes.append(len(notes) - 1)
            taken.add(zone.id)
    return frozenset(taken)


def _blocks(runs: list[_Run], section: Section, style: HouseStyle, kind: TextKind) -> list[Block]:
    out: list[Block] = []
    for paragraph in _paragraphs(runs):
        trimmed = _trim(paragraph)
        if any(r.text for r in trimmed):
            if kind != "diplomatic":
                trimmed = _apply_rules(trimmed, style)
            zone = next((r.zone for r in trimmed if r.zone is not None), None)
            name = zone.decision.data["kind"] if zone is not None else None
            out.append(Block(section=section, zone=name, inlines=tuple(_inlines(trimmed, kind))))
    return out


def _paragraphs(runs: list[_Run]) -> list[list[_Run]]:
    """Runs cut at blank lines, which fall away, and at the borders of zones. A gap may reach over several runs."""
    gaps = [m.span() for m in _BLANK_LINE.finditer("".join(r.text for r in runs if r.role != "leaf"))]
    out: list[list[_Run]] = [[]]
    at = 0
    for run in runs:
        if out[-1] and out[-1][-1].zone is not run.zone:
            out.append([])
        if run.role == "leaf":
            out[-1].append(run)
            continue
        begin, cursor, rest = at, at, run
        at += len(run.text)
        while gaps and gaps[0][0] < at:
            low, high = gaps[0]
            kept, rest = rest.cut(max(low, cursor) - cursor)
            out[-1].append(kept)
            _, rest = rest.cut(min(high, at) - max(low, cursor))
            cursor = min(high, at)
            if low >= begin:
                out.append([])
            if high > at:
                break
            gaps.pop(0)
        out[-1].append(rest)
    return out


def _trim(paragraph: list[_Run]) -> list[_Run]:
    """Without white space at either end of the paragraph and at the ends of its lines."""
    runs = [replace(r, text=_LINE_END.sub("\n", r.text)) if r.role != "leaf" else r for r in paragraph]
    for left, right in pairwise(runs):
        if right.text.startswith("\n"):
            left.text = left.text.rstrip(" \t\u00a0")
    for ordered, strip in ((runs, str.lstrip), (list(reversed(runs)), str.rstrip)):
        for run in ordered:
            run.text = strip(run.text)
            if run.text:
                break
    return runs


def _apply_rules(runs: list[_Run], style: HouseStyle) -> list[_Run]:
    for accepted in style.rules:
        rule = RULES[accepted.partition("@")[0]]
        for start, end, new in reversed(rule.find("".join(r.text for r in runs))):
            runs = _replaced(runs, start, end, new)
    return runs


def _replaced(runs: list[_Run], start: int, end: int, new: str) -> list[_Run]:
    """The runs with `[start, end)` of their joined text replaced, unless a fixed run has a part in it."""
    at = 0
    for index, run in enumerate(runs):
        low, high = at, at + len(run.text)
        at = high
        if low <= start and end <= high and (start < high or start == end):
            if run.fixed or (start == end == high and index + 1 < len(runs) and runs[index + 1].fixed):
                return runs
            changed = replace(run, text=run.text[: start - low] + new + run.text[end - low :])
            if run.role == "text":
                changed.role = "changed"
                return [
                    *runs[:index],
                    *_isolated(run, changed, start - low, end - low, new),
                    *runs[index + 1 :],
                ]
            return [*runs[:index], changed, *runs[index + 1 :]]
    return runs  # it reaches over several runs: the border is somebody's decision


def _isolated(run: _Run, changed: _Run, start: int, end: int, new: str) -> list[_Run]:
    left, rest = run.cut(start)
    _, right = rest.cut(end - start)
    middle = replace(changed, text=new, start=left.end, end=right.start, opens=[], closes=[])
    return [r for r in (left, middle, right) if r.text or r.opens or r.closes]


def _inlines(runs: list[_Run], kind: TextKind) -> Iterable[Inline]:
    for run in runs:
        if kind == "search":
            if run.role != "leaf" and run.text:
                yield Inline(text=run.text, source=run.source, role=run.role, start=run.start, end=run.end)
            continue
        for number in run.opens:
            yield Inline(text="", source=run.source, role="ref-open", start=run.start, end=run.start, note=number)
        if run.text:
            yield Inline(text=run.text, source=run.source, role=run.role, start=run.start, end=run.end)
        for number in run.closes:
            yield Inline(text="", source=run.source, role="ref", start=run.end, end=run.end, note=number)


def _labelled(blocks: list[Block], notes: list[Note], alphabet: str) -> Printed:
    """Notes in the order in which their references are printed, with labels."""
    order: dict[int, int] = {}
    counts = {"textual": 0, "content": 0}
    printed: list[Note] = []
    out: list[Block] = []
    for block in blocks:
        inlines: list[Inline] = []
        for inline in block.inlines:
            if inline.note is None:
                inlines.append(inline)
                continue
            if inline.note not in order:
                note = notes[inline.note]
                number = counts[note.series]
                counts[note.series] += 1
                label = letters(number, alphabet) if note.series == "textual" else str(number + 1)
                order[inline.note] = len(printed)
                printed.append(replace(note, label=label))
            inlines.append(replace(inline, note=order[inline.note]))
        out.append(replace(block, inlines=tuple(inlines)))
    return Printed(blocks=tuple(out), notes=tuple(printed))
