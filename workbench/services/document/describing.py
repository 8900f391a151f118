"""What a text says about itself: proposals for its description, taken from its shape. A person decides each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.services.document.desk import Desk
from workbench.store import entries

_EDGE = 60
"""Lines of the beginning and of the end that are looked at."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("января january", "февраля february", "марта march", "апреля april", "мая may", "июня june", "июля july",
         "августа august", "сентября september", "октября october", "ноября november", "декабря december"), 1
    )
    for name in names.split()
}  # fmt: skip
_ROMAN = {r: n for n, r in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)}
_WORDED = re.compile(rf"(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})(?:\s*г\w*\.?)?", re.IGNORECASE)
_AMERICAN = re.compile(rf"({'|'.join(m for m in _MONTHS if m.isascii())})\s+(\d{{1,2}}),\s+(\d{{4}})", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<![\d.])(\d{1,2})[./]\s?([IVX]{1,4}|\d{1,2})[./]\s?(\d{4}|\d{2})(?!\d)")
_NUMBER = re.compile(r"(?:№|\bNo\.?|\bNr\.?)\s*([\w/().-]*\d[\w/().-]*)")
_TO = re.compile(r"^(?:тов\.?|товарищу|т\.|гр\.|гражданину|to)\s+(.{3,60})$", re.IGNORECASE)
_PLACED = re.compile(r"^(?:гор\.|г\.)?\s*([A-ZА-ЯЁ][\w-]+(?: [A-ZА-ЯЁ][\w-]+)?)\s*,\s*(?=\d)")
_KINDS = (
    "письмо", "записка", "справка", "протокол", "докладная записка", "телеграмма", "заявление", "отчет", "доклад",
    "постановление", "приказ", "акт", "рапорт", "letter", "memorandum", "report", "minutes", "telegram", "order",
    "statement", "certificate",
)  # fmt: skip
_ZONES = {"addressee": "addressee", "signature": "author", "office number": "number", "dateline": "date_written"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value that the text itself offers for a field."""

    field: str
    value: str
    line: int
    """Where it stands, from 1."""


def propose(desk: Desk) -> Mapping[str, list[Proposal]]:
    """Proposals by field, zones that somebody set before what is only guessed; each value once."""
    found: dict[str, list[Proposal]] = {}
    for one in (*_of_zones(desk), *_of_lines(desk)):
        value = " ".join(one.value.split()).strip(" ,;")
        here = found.setdefault(one.field, [])
        if value and value not in (p.value for p in here):
            here.append(Proposal(field=one.field, value=value, line=one.line))
    return found


def _of_zones(desk: Desk) -> Iterator[Proposal]:
    for part in desk.lines.parts:
        s = part.stretch
        for entry in entries.live_at(desk.edition.db, s.text, "zone", s.start, s.end):
            field = _ZONES.get(str(entry.decision.data["kind"]))
            row = desk.lines.row_of(s.text, entry.decision.span[0])
            if field is not None and row is not None:
                value = str(entry.decision.data.get("person", "")) if field == "author" else ""
                yield Proposal(field=field, value=value or desk.line_reading(row), line=_line(desk, row))


def _of_lines(desk: Desk) -> Iterator[Proposal]:
    count = desk.lines.row_count
    rows = sorted({*range(min(_EDGE, count)), *range(max(0, count - _EDGE), count)})
    for row in rows:
        line, number = desk.line_reading(row).strip(), _line(desk, row)
        yield from (Proposal(field=f, value=v, line=number) for f, v in _of_line(line))


def _of_line(line: str) -> Iterator[tuple[str, str]]:
    for written, date in dates(line):
        yield "date_written", written
        yield "date", date
    if placed := _PLACED.match(line):
        yield "place", placed[1]
    if number := _NUMBER.search(line):
        yield "number", number[0]
    if to := _TO.match(line):
        yield "addressee", to[1]
    folded = line.casefold().strip(" .:")
    if folded in _KINDS:
        yield "kind", folded


def dates(line: str) -> Iterator[tuple[str, str]]:
    """(as written, YYYY-MM-DD) of the dates in a line."""
    found = [(m.start(), m[0], m[3], _MONTHS[m[2].lower()], m[1]) for m in _WORDED.finditer(line)]
    found += [(m.start(), m[0], m[3], _MONTHS[m[1].lower()], m[2]) for m in _AMERICAN.finditer(line)]
    for m in _NUMBERED.finditer(line):
        month = _ROMAN.get(m[2]) or (int(m[2]) if m[2].isdecimal() else 0)
        # Two digits of a year leave the century open: it is not guessed.
        found.append((m.start(), m[0], m[3] if len(m[3]) > 2 else "", month, m[1]))
    for _, written, year, month, day in sorted(found):
        if year and 1 <= month <= 12 and 1 <= int(day) <= 31:
            yield written, f"{year}-{month:02}-{int(day):02}"


def _line(desk: Desk, row: int) -> int:
    part = desk.lines.part_of(row)
    return part.number(row) or part.line_from(row)
