"""Plain text: heading, text, notes at the foot, statement. The search text is bare: one paragraph a line.

Only that nobody saw the page, or nobody but its maker reviewed the text, is said below the search text too.
"""

from __future__ import annotations

from itertools import groupby

from workbench.core.printing import Block, Inline
from workbench.core.text import fold
from workbench.exporters.frame import (
    Export,
    kind_name,
    legend,
    raw_forms,
    reservations,
    statement,
    words_of,
    zone_heading,
)
from workbench.i18n.words import say


def write_plain(export: Export) -> str:
    """The text of a document as UTF-8 plain text with LF line ends."""
    if export.kind == "search":
        return _search(export)
    parts = [export.title, legend(export.description, export.language), ""]
    blocks = export.printed.blocks
    for section in ("above", "here"):
        for block in blocks:
            if block.section == section:
                parts += [_block(block, export), ""]
    for zone, group in groupby((b for b in blocks if b.section == "after"), key=lambda b: b.zone):
        members = list(group)
        parts += [f"{zone_heading(members[0], export.language)}:"] if zone else []
        parts += ["\n".join(_block(b, export) for b in members), ""]
    for series in ("textual", "content"):
        notes = [n for n in export.printed.notes if n.series == series]
        if notes:
            parts.append(say(f"frame.{series}", export.language))
            for note in notes:
                last = note.label if _is_range(export, note.label, series) else ""
                parts.append(f"{label(note.label, last)} {words_of(note, export.language)}")
            parts.append("")
    parts += [f"{kind_name(export)}. {' '.join(statement(export))}"]
    return "\n".join(parts).rstrip() + "\n"


def label(first: str, last: str = "") -> str:
    """How a label is printed: ⟨а⟩, or ⟨а–а⟩ for a range."""
    return f"⟨{first}–{last}⟩" if last else f"⟨{first}⟩"


def _is_range(export: Export, name: str, series: str) -> bool:
    notes = export.printed.notes
    return any(
        i.role == "ref-open" and i.note is not None and notes[i.note].label == name and notes[i.note].series == series
        for b in export.printed.blocks
        for i in b.inlines
    )


def _block(block: Block, export: Export) -> str:
    return "".join(_inline(i, export) for i in block.inlines)


def _inline(inline: Inline, export: Export) -> str:
    if inline.note is None:
        return inline.text
    return label(export.printed.notes[inline.note].label)


def _search(export: Export) -> str:
    lines = []
    for block in export.printed.blocks:
        line = fold(block.plain)
        if forms := raw_forms(block, export.corrections):
            line += "\t" + say("frame.raw", export.language, {"forms": " · ".join(forms)})
        lines.append(line)
    lines += reservations(export)
    return "\n".join(lines) + "\n"
