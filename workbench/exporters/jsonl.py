"""JSON Lines: a record a line, `document` first, then `block`, `note` and `correction` records in text order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from workbench.exporters.frame import Export, kind_name, legend, statement, words_of


def write_jsonl(export: Export) -> str:
    """Everything that an export knows of a document, for programs."""
    return "".join(json.dumps(r, ensure_ascii=False, sort_keys=True) + "\n" for r in _records(export))


def _records(export: Export) -> Iterator[dict[str, Any]]:
    yield {
        "record": "document",
        "id": export.document,
        "title": export.title,
        "description": dict(export.description),
        "legend": legend(export.description, export.language),
        "text": export.kind,
        "text_name": kind_name(export),
        "style": export.style.name,
        "rules": list(export.style.rules),
        "statement": statement(export),
        "transcripts": [{"name": name, "sha256": sha} for name, sha in export.sources],
        "heads": list(export.heads),
    }
    for block in export.printed.blocks:
        yield {
            "record": "block",
            "section": block.section,
            "zone": block.zone,
            "text": block.plain,
            "inlines": [
                {"text": i.text, "role": i.role, "start": i.start, "end": i.end}
                | ({"note": export.printed.notes[i.note].label} if i.note is not None else {})
                for i in block.inlines
            ],
        }
    for note in export.printed.notes:
        yield {
            "record": "note",
            "series": note.series,
            "label": note.label,
            "code": note.code,
            "lemma": note.lemma,
            "text": words_of(note, export.language),
            "entry": note.entry,
        }
    for correction in export.corrections:
        row = asdict(correction)
        row["person"] = export.persons.get(correction.person, correction.person)
        yield {"record": "correction", **row}
