"""What every export of a document says besides its text: heading, legend, statement, notes in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.apparatus import Note
from workbench.core.corrections import Correction
from workbench.core.printing import Block, Printed, TextKind
from workbench.core.style import HouseStyle
from workbench.core.text import fold
from workbench.i18n.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One text of one document with all that an exporter may print."""

    document: str
    """Id of the document."""
    title: str
    description: Mapping[str, str]
    kind: TextKind
    style: HouseStyle
    language: str
    printed: Printed
    corrections: tuple[Correction, ...]
    persons: Mapping[str, str]
    """Names of persons by id."""
    sources: tuple[tuple[str, str], ...]
    """Transcripts the text rests on, as (file name, SHA-256 of its bytes)."""
    heads: tuple[str, ...]
    """Heads of the journal that the text follows from."""
    alone: bool = False
    """May persons approve their own decisions in this edition?"""


def legend(description: Mapping[str, str], language: str) -> str:
    """Where the document is kept, as a citation gives it: «РГАСПИ. Ф. 17. Оп. 2. Д. 3. Л. 4. Подлинник. Машинопись.»"""
    parts = [description.get("archive", "")]
    for name in ("fond", "opis", "delo", "leaves"):
        if value := description.get(name):
            parts.append(say(f"legend.{name}", language, {"value": value}))
    if not any(parts):
        parts = [say("frame.no-legend", language).rstrip(".")]
    parts += [_capital(description.get(name, "")) for name in ("copy", "technique")]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reservations(export: Export) -> list[str]:
    """What every export says where it is so: that nobody saw the page, that nobody but its maker reviewed the text."""
    unseen = [] if export.description.get("collated") else [say("frame.not-collated", export.language)]
    return unseen + ([say("frame.alone", export.language)] if export.alone else [])


def statement(export: Export) -> list[str]:
    """What was done to the text, a sentence each: collation, style, faults, accepted rules."""
    language = export.language
    collated = export.description.get("collated")
    said = [say("frame.collated", language, {"what": collated})] if collated else []
    said += reservations(export)
    if export.kind == "diplomatic":
        return said
    said.append(say("frame.style", language, {"style": say(f"style.{export.style.name}", language)}))
    said.append(say(f"frame.faults.{export.style.faults}", language))
    if export.style.rules:
        rules = "; ".join(say(f"rule.{rule.partition('@')[0]}", language) for rule in export.style.rules)
        said.append(say("frame.rules", language, {"rules": rules}))
    return said


def kind_name(export: Export) -> str:
    """What this text is called: nobody who did not see the page may call it diplomatic."""
    if export.kind == "diplomatic" and not export.description.get("collated"):
        return say("frame.machine", export.language)
    return say(f"frame.{export.kind}", export.language)


def words_of(note: Note, language: str) -> str:
    """A note in words: what its class says, then what the person wrote."""
    own = say(f"note.{note.code}", language, dict(note.params))
    return " ".join(part for part in (own, _sentence(note.body)) if part)


def _sentence(text: str) -> str:
    text = _capital(text.strip())
    return text if not text or text[-1] in ".!?…" else text + "."


def zone_heading(block: Block, language: str) -> str:
    """The heading of a zone that is printed after the text."""
    return say(f"zone.{block.zone}", language)


def raw_forms(block: Block, corrections: tuple[Correction, ...]) -> list[str]:
    """Raw forms, on one line each, of what was changed in a block, so that they are found as well."""
    spans: dict[str, tuple[int, int]] = {}
    for i in block.inlines:
        low, high = spans.get(i.source, (i.start, i.end))
        spans[i.source] = min(low, i.start), max(high, i.end)
    forms: dict[str, None] = {}
    for c in corrections:
        low, high = spans.get(c.text, (0, -1))
        if low <= c.start < max(high, low + 1):
            for form in (c.raw, c.page):
                flat = fold(form)
                if flat and flat != fold(c.reading):
                    forms[flat] = None
    return list(forms)
