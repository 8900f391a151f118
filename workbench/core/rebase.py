"""Carrying decisions from one text of a page to another: where each place is there, and what that means for it.

The two texts are aligned by their differences (diff-match-patch). A place that lies in what both have is kept or moved;
where they differ, the new text may have what was decided; else the place is looked for by its words with what stands
around them (the fuzzy match of diff-match-patch), and if that fails too, a person looks at it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from workbench.core.acts import CHANGES
from workbench.core.entry import Decision, Entry
from workbench.core.text import overlap

Fate = Literal["kept", "moved", "right", "look"]
"""`kept`: at the same offsets; `moved`: elsewhere; `right`: the new text has it already; `look`: a person looks."""

CARRIED = frozenset({"text", "inline", "zone", "document"})
"""Layers whose entries about a place are carried by this; added lines and read marks are not spans of words."""

_PATTERN = 32
"""As long as what diff-match-patch can look for, in code points."""
_LETTERS = 3
"""Letters and digits that words need to be looked for: fewer are found anywhere."""
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the old text and what is there in the new one."""

    old: int
    old_end: int
    new: int
    new_end: int
    same: bool


class Alignment:
    """Where the offsets of one text are in another."""

    def __init__(self, old: str, new: str) -> None:
        from diff_match_patch import diff_match_patch

        self.old, self.new = old, new
        self._differ = diff_match_patch()
        self._differ.Diff_Timeout = _SECONDS
        self._differ.Match_Distance = max(10 * len(new), 1)  # what stands around a place says more than how far it is
        differences = self._differ.diff_main(old, new)
        self._stretches = list(_stretches(differences))
        self._differ.diff_cleanupSemantic(differences)
        self._alike = [s for s in _stretches(differences) if s.same]  # without the letters that are alike by chance
        self._starts = [s.old for s in self._stretches]

    def start(self, offset: int) -> int:
        """Where what begins at an offset begins."""
        stretch = self._at(offset)
        return stretch.new + offset - stretch.old if stretch.same else stretch.new

    def end(self, offset: int) -> int:
        """Where what ends at an offset ends."""
        stretch = self._at(offset - 1) if offset else self._at(0)
        return stretch.new + offset - stretch.old if stretch.same else stretch.new_end

    def same(self, start: int, end: int) -> bool:
        """Does a span lie in what both texts have? Of an empty one what stands on either side of it."""
        low, high = (max(start - 1, 0), min(end + 1, len(self.old))) if start == end else (start, end)
        stretch = self._at(low)
        return stretch.same and high <= stretch.old_end

    def gone(self, start: int, end: int) -> bool:
        """Is just this span, and nothing beside it, left out of the new text?"""
        stretch = self._at(start)
        return (stretch.old, stretch.old_end) == (start, end) and stretch.new == stretch.new_end

    def sought(self, decision: Decision, near: int) -> int | None:
        """Where the words of a decision are, by what stands around them; None where no place is like it.

        Only in what is in the new text alone: what both texts have are the words of another place.
        """
        quote = decision.quote or ""
        if len(quote) > _PATTERN or sum(map(str.isalnum, quote)) < _LETTERS:
            return None
        before = decision.prefix[-((_PATTERN - len(quote)) // 2) :] if len(quote) < _PATTERN else ""
        after = decision.suffix[: _PATTERN - len(quote) - len(before)]
        found = self._differ.match_main(self.new, before + quote + after, max(near - len(before), 0))
        if found < 0:
            return None
        for at in sorted(range(found, found + len(before) + 8), key=lambda at: abs(at - found - len(before))):
            if self.new.startswith(quote, at) and not self._is_known(at, at + len(quote)):
                return at
        return None

    def _is_known(self, start: int, end: int) -> bool:
        """Is anything of a span of the new text in the old one as well, where it belongs?"""
        return any(s.new < end and start < s.new_end for s in self._alike)

    def _at(self, offset: int) -> _Stretch:
        if not self._stretches:
            return _Stretch(0, 0, 0, len(self.new), False)
        return self._stretches[max(bisect_right(self._starts, offset) - 1, 0)]


def _stretches(differences: Iterable[tuple[int, str]]) -> Iterator[_Stretch]:
    old = new = 0
    pending: tuple[int, int] | None = None
    for kind, text in (*differences, (0, "")):
        if kind == 0:
            if pending is not None:
                yield _Stretch(pending[0], old, pending[1], new, False)
                pending = None
            if text:
                yield _Stretch(old, old + len(text), new, new + len(text), True)
            old, new = old + len(text), new + len(text)
        else:
            pending = pending or (old, new)
            old, new = (old + len(text), new) if kind < 0 else (old, new + len(text))


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of an entry."""

    entry: Entry
    fate: Fate
    start: int
    end: int
    """The span in the new text; of `look` about where it would be."""
    decision: Decision | None
    """What is recorded about the new text; None of `look`, and where what was taken out is not there any more."""


def carry(
    alignment: Alignment, live: Iterable[Entry], text: str, *, in_conflict: Collection[str] = ()
) -> list[Carried]:
    """What becomes of live entries about spans, in text order; `text`: the SHA-256 of the new one.

    Of the sides of a conflict (`in_conflict`: ids) none wins by being carried: a person looks at all of them.
    """
    taken: list[tuple[int, int]] = []
    found = []
    for entry in sorted(live, key=lambda e: (e.decision.span, e.key)):
        one = _carried(alignment, entry, text)
        if entry.id in in_conflict:
            one = replace(one, fate="look", decision=None)
        if entry.decision.layer == "text" and one.decision is not None:
            if any(overlap(one.start, one.end, *span) for span in taken):
                one = replace(one, fate="look", decision=None)
            else:
                taken.append((one.start, one.end))
        found.append(one)
    return found


def _carried(alignment: Alignment, entry: Entry, text: str) -> Carried:
    d = entry.decision
    low, high = d.span
    start, end = alignment.start(low), alignment.end(high)
    if low == high:
        start = end
    stands = alignment.new[start:end]
    if alignment.same(low, high) or (stands == d.quote and start < end):
        return _as(alignment, entry, text, "kept" if start == low else "moved", start, end)
    if d.layer != "text":
        if start < end or d.act == "leaf":
            return _as(alignment, entry, text, "moved", start, max(start, end))
        return Carried(entry, "look", start, start, None)
    if d.act in CHANGES and stands == (d.page if d.page is not None else d.quote) and start < end:
        return _as(alignment, entry, text, "right", start, end)
    if d.act in CHANGES and d.page == "" and not d.reading and alignment.gone(low, high):
        return Carried(entry, "right", start, start, None)
    sought = alignment.sought(d, start)
    if sought is not None:
        return _as(alignment, entry, text, "moved", sought, sought + len(d.quote or ""))
    return Carried(entry, "look", start, max(start, end), None)


def _as(alignment: Alignment, entry: Entry, text: str, fate: Fate, start: int, end: int) -> Carried:
    """The decision as it is said of the new text."""
    d, new = entry.decision, alignment.new
    changed: dict[str, Any] = {}
    if fate == "right":
        changed = {"page": None, "page_class": None, "suggestion": None}
        if d.reading is None or d.reading == d.page:
            changed |= {"act": "keep", "reading": None, "reading_class": None}
        else:
            changed["act"] = "edit"
    data = dict(d.data)
    if "from" in data:
        data["from"] = alignment.start(int(data["from"]))
    if isinstance(data.get("belongs"), dict):
        data["belongs"] = {
            "start": alignment.start(data["belongs"]["start"]),
            "end": alignment.end(data["belongs"]["end"]),
        }
    around = max(0, start - 24), min(len(new), end + 24)
    decision = replace(
        d, text=text, start=start, end=end, quote=new[start:end], prefix=new[around[0] : start],
        suffix=new[end : around[1]], data=data, carried_from=entry.id, **changed,
    )  # fmt: skip
    return Carried(entry, fate, start, end, decision)
