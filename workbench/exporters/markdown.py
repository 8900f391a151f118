"""Markdown: heading, legend, text with footnotes for both series, statement."""

from __future__ import annotations

import re
from itertools import groupby

from workbench.core.printing import Block, Inline
from workbench.core.text import fold
from workbench.exporters.frame import Export, kind_name, legend, statement, words_of, zone_heading
from workbench.exporters.plain import write_plain
from workbench.i18n.words import say

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^&])")
_LINE_START = re.compile(r"(?m)^([^\S\n]*)([-+=]|\d+[.)])(?=\s|$|[-=])")


def write_markdown(export: Export) -> str:
    """The text of a document as CommonMark with footnotes; document text is escaped, never read as markup."""
    if export.kind == "search":
        return write_plain(export)
    parts = [f"# {_line(export.title)}", f"*{_line(legend(export.description, export.language))}*"]
    blocks = export.printed.blocks
    for section in ("above", "here"):
        parts += [_block(b, export) for b in blocks if b.section == section]
    for zone, group in groupby((b for b in blocks if b.section == "after"), key=lambda b: b.zone):
        members = list(group)
        if zone:
            parts.append(f"**{escape(zone_heading(members[0], export.language))}**")
        parts += [_block(b, export) for b in members]
    notes = [f"[^{_mark(n.series, n.label)}]: {_line(words_of(n, export.language))}" for n in export.printed.notes]
    if notes:
        parts.append("\n".join(notes))
    about = " ".join([f"{kind_name(export)}.", *statement(export)])
    parts += [f"## {say('frame.statement', export.language)}", _line(about)]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Text that CommonMark shows as it stands."""
    return _starts(_signs(text))


def _line(text: str) -> str:
    """Text of a person on one line: a blank line would end the heading or the note that it stands in."""
    return escape(fold(text))


def _signs(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _starts(text: str) -> str:
    return _LINE_START.sub(_escaped_start, text)


def _escaped_start(match: re.Match[str]) -> str:
    sign = match[2]
    return match[1] + (sign[:-1] + "\\" + sign[-1] if sign[0].isdigit() else "\\" + sign)


def _mark(series: str, label: str) -> str:
    return label if series == "content" else f"т-{label}"


def _block(block: Block, export: Export) -> str:
    # A line may begin in one inline and go on in the next; its end is a line of the document: a hard break.
    return _starts("".join(_inline(i, export) for i in block.inlines)).replace("\n", "\\\n")


def _inline(inline: Inline, export: Export) -> str:
    if inline.role == "ref-open":
        return ""
    if inline.note is not None:
        note = export.printed.notes[inline.note]
        return f"[^{_mark(note.series, note.label)}]"
    return _signs(inline.text)
