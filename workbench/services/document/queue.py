"""The queue: from one open suggestion to the next, in the order that the person chose.

Each step asks the database for one row of each stretch, whatever the document holds.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from workbench.core.suggestion import Suggestion
from workbench.services.document.desk import Desk, Place
from workbench.store import suggestions
from workbench.store.suggestions import Kept, Rank

Order = Literal["text", "chance", "kind"]
"""In the order of the text; the likeliest first; one kind after the other."""
ORDERS: tuple[Order, ...] = get_args(Order)


def next_open(desk: Desk, place: Place | None, order: Order = "text", *, backwards: bool = False) -> Place | None:
    """The open suggestion after (or before) a place in an order.

    Where no suggestion is looked at, an order by rank begins with its first.
    """
    if order == "text":
        return desk.next_open(place, backwards=backwards)
    by: Rank = "probability" if order == "chance" else "kind"
    here = suggestions.by_id(desk.edition.db, place.mark) if place is not None and place.kind == "suggestion" else None
    if here is None:
        kept = _beyond(desk, by, None, False)
    else:
        kept = _beside(desk, by, here, backwards) or _beyond(desk, by, here, backwards)
    return desk.place_of(kept) if kept is not None else None


class Waiting(NamedTuple):
    """An open suggestion on the way."""

    line: int | None
    """Number of its line in the transcript, from 1."""
    suggestion: Suggestion


def ahead(desk: Desk, place: Place | None, order: Order, most: int) -> list[Waiting]:
    """The next open suggestions after a place, at most so many."""
    found: list[Waiting] = []
    while len(found) < most and (place := next_open(desk, place, order)) is not None:
        kept = suggestions.by_id(desk.edition.db, place.mark)
        if kept is None:
            break
        found.append(Waiting(desk.lines.number_of(place.row), kept.suggestion))
    return found


def _beside(desk: Desk, by: Rank, here: Kept, backwards: bool) -> Kept | None:
    """The next of the same rank further on in the document."""
    parts = desk.lines.parts[::-1] if backwards else desk.lines.parts
    at: int | None = here.suggestion.start
    for part in parts[parts.index(desk.lines.part_of(desk.place_of(here).row)) :]:
        if found := suggestions.of_rank(desk.edition.db, part.stretch, by, here, at, backwards=backwards):
            return found
        at = None
    return None


def _beyond(desk: Desk, by: Rank, here: Kept | None, backwards: bool) -> Kept | None:
    """The first one of the next rank."""
    best: Kept | None = None
    for part in desk.lines.parts:
        found = suggestions.beyond_rank(desk.edition.db, part.stretch, by, here, backwards=backwards)
        if found is not None and (best is None or _comes_first(found, best, by, backwards)):
            best = found
    return best


def _comes_first(one: Kept, other: Kept, by: Rank, backwards: bool) -> bool:
    """Does a suggestion of a later stretch come before one of an earlier stretch?"""
    a, b = suggestions.rank(one, by), suggestions.rank(other, by)
    if a == b:
        return backwards
    higher = a > b  # type: ignore[operator]  # both are numbers, or both are texts
    return higher == ((by == "probability") != backwards)
