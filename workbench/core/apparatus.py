"""The apparatus of a printed text: what a reader must know about a place, in two series of notes.

Textual notes carry letters, content notes numbers. What a decision says by itself is a code with parameters; its words
come from the catalogue. What a person wrote is printed as written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.core.entry import Entry
from workbench.core.pieces import Piece, effective_reading_class
from workbench.core.text import fold

Series = Literal["textual", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note; its label is given when the text is printed."""

    series: Series
    code: str
    """What it says: `as-in-document`, `unseen-fault`, `misread`, `unread`, `conflict`, `person`, …"""
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""
    """A person's own words: the body of a note, or the reason of a decision."""
    lemma: str = ""
    """The place it speaks of, as printed."""
    label: str = ""
    entry: str = ""


def own_note(piece: Piece, faults: Literal["keep", "correct"]) -> Note | None:
    """The note that a decision carries by its class: always for faults with meaning, until seen for what nobody saw."""
    entry = piece.entries[0]
    d = entry.decision
    if piece.kind == "conflict":
        return _note(entry, "conflict", readings=" / ".join(_answers(piece)))
    if d.act in ("unclear", "gap", "blank"):
        extent = str(d.data.get("extent", ""))
        if not (extent or d.reason):
            return None
        guessed = d.page is not None or d.reading is not None
        code = {"unclear": "unclear" if guessed else "unread", "gap": "lost", "blank": "blank"}[d.act]
        return _note(entry, code, extent=extent)
    kind = effective_reading_class(d)
    if d.act == "keep":
        return _note(entry, "as-in-document") if kind == "source" else None
    if d.page_class == "unseen":
        if kind == "source":
            code = "unseen-kept" if faults == "keep" else "unseen-corrected"
            return _note(entry, code, raw=fold(piece.raw), expected=fold(piece.reading))
        return _note(entry, "machine-reading", raw=fold(piece.raw))
    if kind == "source":
        code = "fault-kept" if faults == "keep" else "fault-corrected"
        return _note(entry, code, page=fold(piece.page), expected=fold(piece.reading))
    return None


def _note(entry: Entry, code: str, **params: str) -> Note:
    return Note(
        series="textual", code=code, params=tuple(sorted(params.items())), body=entry.decision.reason or "",
        entry=entry.id,
    )  # fmt: skip


def _answers(piece: Piece) -> list[str]:
    found = []
    for entry in piece.entries:
        value = entry.decision.value
        found.append(fold(piece.raw if value is None else value))
    return list(dict.fromkeys(found))


def letters(number: int, alphabet: str) -> str:
    """The label of the textual note with that index, from 0: а, б, … я, аа, бб, …"""
    size = len(alphabet)
    return alphabet[number % size] * (number // size + 1)
