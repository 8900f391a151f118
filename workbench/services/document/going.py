"""Going to what is named: a leaf, a line, or quoted words."""

from __future__ import annotations

import re

from workbench.core.documents import Leaf, leaves
from workbench.core.errors import UsageError
from workbench.i18n import N_
from workbench.services.document.desk import Desk
from workbench.services.document.searching import Search, matching
from workbench.services.edition import Edition
from workbench.store import entries

_LEAF = re.compile(r"(?:л|лист|f|fol|leaf)\.?\s*(\d+)\s*(об|v)?\.?\s*|(\d+)\s*(об|v)\.?\s*", re.IGNORECASE)
_QUOTES = "«»“”„\"'"


def goto(edition: Edition, document: str, typed: str) -> tuple[str, int]:
    """(text, offset) of `л. 117 об.`, `f 117v`, a line number, or words; raises UsageError that says what there is."""
    desk = Desk(edition, document)
    typed = typed.strip()
    if leaf := _LEAF.fullmatch(typed):
        number, verso = leaf.group(1) or leaf.group(3), leaf.group(2) or leaf.group(4)
        return _leaf(desk, number + (" об." if verso else ""))
    return passage(desk, typed)[:2]


def passage(desk: Desk, typed: str) -> tuple[str, int, int]:
    """(text, start, end) of a line by its number, or of words; raises UsageError that says what there is."""
    typed = typed.strip()
    if typed.isdecimal():
        return _line(desk, int(typed))
    words = typed.strip(_QUOTES)
    found = Search(desk).next(words, None)
    if found is None:
        raise UsageError(N_("“{words}” stands nowhere in this document, neither raw nor as it is read"), words=words)
    _, _, end = desk.line_span(desk.lines.row_of(found.text, found.start) or 0)
    added = desk.lines.row_of_added(found.text) is not None
    match = None if added else matching(words).match(desk.raw(found.text, found.start, end))
    return found.text, found.start, found.start + match.end() if match else end  # words of the reading, or over lines


def _line(desk: Desk, number: int) -> tuple[str, int, int]:
    for part in desk.lines.parts:
        first, count = part.first_line, part.lines or part.rows
        if first < number <= first + count:
            return desk.line_span(part.row_of(number - 1) if part.lines else part.first_row + number - 1)
    there = ", ".join(f"{p.first_line + 1}–{p.first_line + (p.lines or p.rows)}" for p in desk.lines.parts if p.rows)
    raise UsageError(
        N_("there is no line {number} in this document; it has {there}"), number=number, there=there or "0"
    )


def _leaf(desk: Desk, label: str) -> tuple[str, int]:
    known = leaves_of(desk)
    wanted = _plain(label)
    for leaf in known:
        if _plain(leaf.leaf) == wanted:
            return leaf.text, leaf.at
    there = ", ".join(leaf.leaf for leaf in known)
    if not there:
        raise UsageError(N_("no leaf is marked in this document yet"))
    raise UsageError(N_("no leaf {label} is marked in this document; marked: {there}"), label=label, there=there)


def leaves_of(desk: Desk) -> list[Leaf]:
    """The leaves of a document in its order."""
    found: list[Leaf] = []
    for part in desk.lines.parts:
        s = part.stretch
        here = leaves(entries.live_at(desk.edition.db, s.text, "document", s.start, s.end))
        found += [leaf for leaf in here if s.holds(leaf.at, part.length)]
    return found


def _plain(label: str) -> str:
    return re.sub(r"[^\dа-яa-z]", "", label.lower().replace("v", "об"))
