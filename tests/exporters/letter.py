"""A made-up letter with every kind of decision, zone, note and leaf, and the exports of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from workbench.core.corrections import corrections
from workbench.core.documents import leaves
from workbench.core.entry import Decision, Entry
from workbench.core.pieces import Fragment
from workbench.core.printing import Block, Inline, Printed, Source, TextKind, print_document
from workbench.core.style import house_style
from workbench.core.text import Text
from workbench.exporters import Export
from workbench.i18n.words import alphabet
from workbench.readers import read

RAW = """Не подлежит оглашению

Правлению артели «Заря»
тов. **КОРНЕЕВУ**

Сообщаем, что 31 апреля через стан-
цию Лужки отправленно 3 вагона семяи:
1. овса - 12 т, <сорт> A_1 & B*2
- ржи - на **** руб.
Пред. артели Хрулев просит мешков.

14
Вес проверил весовщик Тишкин, акт № 4/7
подписали ........ и Лосев.
\f\
Бухгалтер (подпись)

Выдать. 2 мая. Корнеев

Исполнено
"""
TIME = "2031-05-02T09:00:00.000000Z"
HEAD = "f" * 64

Row = tuple[str, str, dict[str, Any]]
DECISIONS: list[Row] = [
    ("zone", "Не подлежит оглашению", {"data": {"kind": "classification", "hand": "type"}}),
    ("edit", "31 апреля", {"reading": "30 апреля", "reading_class": "source", "reason": "в апреле 30 дней"}),
    ("edit", "стан-\nцию", {"reading": "станцию", "reading_class": "layout"}),
    ("edit", "отправленно", {"reading": "отправлено", "reading_class": "slip"}),
    ("accept", "семяи", {"page": "семян", "page_class": "ocr", "ground": "page", "certainty": "high"}),
    ("edit", "12 т", {"page": "72 т", "page_class": "unseen", "reason": "ср. накладную"}),
    ("blank", "****", {"data": {"extent": "4 знака"}}),
    ("edit", "Пред.", {"reading": "Председатель", "reading_class": "expand"}),
    ("keep", "Хрулев", {"reading_class": "source"}),
    ("supply", "просит мешков", {"page": "просит мешков", "reading": "просит 40 мешков", "reading_class": "supply"}),
    ("leaf", "14\n", {"data": {"leaf": "14", "doubtful": True}}),
    ("unclear", "Тишкин", {"page": "Тишин", "reason": "конец строки смазан"}),
    ("edit", "4/7", {"page": "417", "page_class": "ocr"}),
    ("edit", "4/7", {"page": "477", "page_class": "ocr"}),
    ("unclear", "........", {"data": {"extent": "одно слово"}}),
    ("gap", "(подпись)", {"data": {"extent": "край листа оторван"}}),
    ("textual_note", "через стан-\nцию Лужки", {"data": {"body": "вписано над строкой"}}),
    ("content_note", "Заря", {"data": {"body": "артель в селе Лужки; устав — 1929 г. [см. *опись*]"}}),
    ("zone", "Выдать. 2 мая. Корнеев", {"data": {"kind": "resolution", "hand": "ink", "dated": "2031-05-02"}}),
    ("zone", "Исполнено", {"data": {"kind": "marginal note", "hand": "pencil", "belongs": "ржи"}}),
]
RULES = [Decision(act="rule", data={"rule": "dash", "version": "1", "on": True})]
DESCRIPTION = {
    "title": "Письмо о семенах",
    "archive": "Районный архив",
    "fond": "5",
    "opis": "1",
    "delo": "23",
    "leaves": "13–14",
    "copy": "подлинник",
    "technique": "машинопись",
}


@cache
def _raw() -> Text:
    return read(RAW.encode(), name="pismo.md")


def _sealed(number: int, act: str, quote: str, fields: dict[str, Any]) -> Entry:
    start = RAW.index(quote)
    data = dict(fields.get("data", {}))
    if passage := data.get("belongs"):
        data["belongs"] = {"start": RAW.index(passage), "end": RAW.index(passage) + len(passage)}
    decision = Decision(
        act=act, text=_raw().sha, start=start, end=start + len(quote), quote=quote, **{**fields, "data": data}
    )
    return _seal(decision, number)


def _seal(decision: Decision, number: int) -> Entry:
    return Entry.seal(decision, parents=(), lamport=number, person="nina", role="editor", time=TIME)


def source() -> Source:
    """The letter with all that was decided; the two answers about its number are a conflict."""
    text = _raw()
    entries = [_sealed(number, *row) for number, row in enumerate(DECISIONS, 1)]

    def of(*layers: str) -> list[Entry]:
        return [e for e in entries if e.decision.layer in layers]

    return Source(
        fragment=Fragment(text.content, 0, text.markup), text=text.sha, entries=of("text"), zones=of("zone"),
        notes=of("inline"), leaves=leaves(of("document")), line_of=text.line_at,
        in_conflict=frozenset(e.id for e in entries if e.decision.quote == "4/7"),
    )  # fmt: skip


def letter(kind: TextKind = "reading", style: str = "archival", language: str = "ru") -> Export:
    """The letter in one of its texts."""
    house = house_style(style, [_seal(rule, 0) for rule in RULES])
    return Export(
        document=_raw().sha[:12], title=DESCRIPTION["title"], description=DESCRIPTION, kind=kind, style=house,
        language=language, printed=print_document([source()], house, kind, alphabet=alphabet(language)),
        corrections=tuple(corrections([source()])), persons={"nina": "Нина Орлова"},
        sources=(("pismo.md", "a" * 64),), heads=(HEAD,),
    )  # fmt: skip


def sheet(*paragraphs: tuple[str, ...], title: str = "Лист", **fields: Any) -> Export:
    """An export of bare paragraphs, each the inlines that it is cut into."""
    blocks = tuple(
        Block(section="here", zone=None, inlines=tuple(Inline(text=text) for text in inlines)) for inlines in paragraphs
    )
    values: dict[str, Any] = {
        "document": "0" * 12, "title": title, "description": {}, "kind": "reading", "style": house_style("archival"),
        "language": "en", "printed": Printed(blocks=blocks), "corrections": (), "persons": {}, "sources": (),
        "heads": (),
    }  # fmt: skip
    return Export(**values | fields)
