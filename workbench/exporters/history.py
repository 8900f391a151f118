"""The history as rows, one an entry: JSON Lines for programs, CSV for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbench.core.entry import Entry
from workbench.core.review import Verdict
from workbench.core.suggestion import PPM
from workbench.exporters import spreadsheet
from workbench.exporters.spreadsheet import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry with what became of it, and with what stands in words beside the journal."""

    seq: int
    """Its number in this database; another copy may count otherwise."""
    entry: Entry
    person: str
    """Name, as the table of persons has it now."""
    person_id: str
    """Id by which the person counts: that of another, where two turned out to be one."""
    document: str | None
    """Id of the document that it is about."""
    transcript: str | None
    """File name."""
    line: int | None
    """In the transcript, from 1."""
    state: Literal["live", "superseded", "reverted"]
    verdict: Verdict | Literal["self-approved"] | None
    """What reviews made of it; None where nothing stands that is reviewed. `self-approved`: in an edition of one
    person, by who decided and by nobody else."""
    ended_by: str | None
    """Id of the first entry that took it back or took its place, and was not taken back itself."""


COLUMNS = (
    "seq", "time", "person", "role", "act", "document", "transcript", "line", "quote", "page", "reading", "page_class",
    "reading_class", "ground", "certainty", "reason", "data", "state", "verdict", "suggester", "proposed",
    "probability", "suggestion", "batch", "id", "supersedes", "targets", "ended_by", "carried_from", "person_id",
    "text", "start", "end", "prefix", "suffix", "parents", "lamport",
)  # fmt: skip
"""What a row has, in this order; docs/formats.md explains each."""


def row(told: Told) -> dict[str, Any]:
    """An entry as JSON values by column, None where there is nothing."""
    entry = told.entry
    suggestion = entry.decision.suggestion
    first = next(iter(suggestion["candidates"]), None) if suggestion else None
    values = entry.decision.fields() | {
        "seq": told.seq, "time": entry.time, "person": told.person, "role": entry.role, "document": told.document,
        "transcript": told.transcript, "line": told.line, "state": told.state, "verdict": told.verdict,
        "suggester": suggestion["suggester"] if suggestion else None, "proposed": first and first["text"],
        "probability": first and first["ppm"] / PPM, "batch": entry.batch, "id": entry.id,
        "supersedes": sorted(entry.supersedes), "targets": sorted(entry.targets), "ended_by": told.ended_by,
        "person_id": told.person_id, "parents": list(entry.parents), "lamport": entry.lamport,
    }  # fmt: skip
    return {column: values.get(column) for column in COLUMNS}


def write_jsonl(history: Iterable[Told]) -> Iterator[str]:
    """A row a line."""
    for told in history:
        yield json.dumps(row(told), ensure_ascii=False) + "\n"


def write_csv(history: Iterable[Told]) -> Iterator[str]:
    """A row a line under a header; ids are joined by blanks, an object is canonical JSON."""
    return spreadsheet.table(COLUMNS, ([_cell(value) for value in row(told).values()] for told in history))


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return " ".join(value) or None
    if isinstance(value, Mapping):
        return compact(value)
    assert value is None or isinstance(value, str | int | float)
    return value


def compact(value: Any) -> str:
    """A value as JSON on one line, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
