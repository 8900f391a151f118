"""What the two panes of the desk show: lines made of segments, each with the role that colours it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal[
    "plain",  # raw text nobody decided and nothing flagged
    "markup",  # the source's notation: shown dim on the raw side
    "open",  # an open suggestion
    "changed",  # a decision that changed the text
    "kept",  # a decision that confirmed it
    "unclear",  # doubtful, unread, lost, blank
    "noted",  # a fault of the document or a note upon it
    "dropped",  # placed elsewhere or left out: folio, running head, a zone set after the text
    "conflict",  # two people decided differently
    "leaf",  # what editors say of the page: a leaf milestone |л. 117|, the name of a zone
]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of one role. `start` is the raw offset it comes from; `mark` names the place it belongs to, if any."""

    text: str
    role: Role = "plain"
    start: int = 0
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One raw line beside its part of the reading; no line ends inside either."""

    number: int
    """Index of the line within the document, from 0."""
    raw: tuple[Segment, ...]
    reading: tuple[Segment, ...]
    line: int | None = None
    """Number of the line in its transcript, from 1, as panel, evidence and log have it; None: its number here; 0: a
    person added the line, it has none."""
    read: bool = False
    """Has a person read the line as it reads now?"""


class RowSource(Protocol):
    """Gives rows by range; nothing it does grows with the document."""

    @property
    def row_count(self) -> int: ...

    @property
    def highest_line(self) -> int:
        """The highest number that a row's line can have: it settles how wide the numbers are."""

    def rows(self, first: int, last: int) -> list[Row]:
        """Rows `first` to `last`, half open, clipped to the document."""
