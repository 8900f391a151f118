"""Words for codes: what notes, headings and statements say, in the language of the edition.

Keys are codes; each has its English and its Russian sentence. Exporters and front ends give words, the core does not.
"""

from __future__ import annotations

from collections.abc import Mapping

Language = str

WORDS: dict[str, tuple[str, str]] = {
    # notes that decisions carry by their class
    "note.as-in-document": ("So in the document.", "Так в документе."),
    "note.fault-kept": ("So in the document; should be: {expected}.", "Так в документе; следует: {expected}."),
    "note.fault-corrected": ("In the document: {page}.", "В документе: {page}."),
    "note.unseen-kept": (
        "So in the machine reading; expected: {expected}.",
        "Так в машинном чтении; по смыслу следует: {expected}.",
    ),
    "note.unseen-corrected": ("In the machine reading: {raw}.", "В машинном чтении: {raw}."),
    "note.machine-reading": ("In the machine reading: {raw}.", "В машинном чтении: {raw}."),
    "note.unclear": ("Reading doubtful{extent}.", "Прочтение предположительно{extent}."),
    "note.unread": ("Not read{extent}.", "Не прочитано{extent}."),
    "note.lost": ("Text lost{extent}.", "Текст утрачен{extent}."),
    "note.blank": ("Left blank{extent}.", "Не заполнено{extent}."),
    "note.conflict": ("Read differently: {readings}.", "Прочтения расходятся: {readings}."),
    "note.written-here": ("Written here ({hand}): {text}", "Здесь помета ({hand}): {text}"),
    "note.person": ("", ""),
    # hands
    "hand.print": ("printed", "типографский текст"),
    "hand.type": ("typed", "машинопись"),
    "hand.ink": ("in ink", "чернилами"),
    "hand.pencil": ("in pencil", "карандашом"),
    "hand.unknown": ("hand unknown", "способ записи не установлен"),
    # zones under headings of their own
    "zone.resolution": ("Resolution", "Резолюция"),
    "zone.acknowledgement": ("Acknowledgement", "Помета об ознакомлении"),
    "zone.dispatch note": ("Dispatch note", "Помета о рассылке"),
    "zone.marginal note": ("Note", "Помета"),
    "zone.return stamp": ("Return stamp", "Штамп о возврате"),
    # the frame of an export
    "frame.textual": ("Textual notes", "Примечания по тексту"),
    "frame.content": ("Notes", "Примечания по содержанию"),
    "frame.statement": ("About this text", "О тексте"),
    "frame.diplomatic": ("Diplomatic text", "Дипломатический текст"),
    "frame.machine": ("Machine reading, corrected; nobody has seen the page", "Исправленное машинное чтение"),
    "frame.reading": ("Reading text", "Текст для чтения"),
    "frame.search": ("Search text", "Текст для поиска"),
    "frame.not-collated": ("Not collated with the original.", "С подлинником не сверено."),
    "frame.alone": ("Reviewed by the person who decided, and by nobody else.", "Проверено только тем, кто решал."),
    "frame.collated": ("Collated with: {what}.", "Сверено: {what}."),
    "frame.rules": ("Normalised without further mention: {rules}.", "Без оговорок унифицировано: {rules}."),
    "frame.style": ("House style: {style}.", "Правила передачи текста: {style}."),
    "style.archival": ("archival", "архивные"),
    "style.reader": ("for readers", "для читателя"),
    "frame.faults.keep": (
        "Faults of the document that touch the meaning stand, with a note.",
        "Погрешности документа, затрагивающие смысл, сохранены и оговорены.",
    ),
    "frame.faults.correct": (
        "Faults of the document that touch the meaning are corrected, with a note.",
        "Погрешности документа, затрагивающие смысл, исправлены и оговорены.",
    ),
    "frame.raw": ("Raw forms: {forms}", "Машинное чтение: {forms}"),
    "frame.no-legend": ("Place of keeping unknown.", "Место хранения не установлено."),
    "frame.published": ("Published: {where}.", "Опубликовано: {where}."),
    # legend
    "legend.fond": ("Fonds {value}", "Ф. {value}"),
    "legend.opis": ("Inventory {value}", "Оп. {value}"),
    "legend.delo": ("File {value}", "Д. {value}"),
    "legend.leaves": ("Leaves {value}", "Л. {value}"),
    # normalising rules
    "rule.initials": ("a blank after initials and abbreviations", "пробел после инициалов и сокращений"),
    "rule.dash": ("a spaced hyphen as a dash", "тире вместо дефиса с пробелами"),
    "rule.quotes": ("quotation marks as « »", "кавычки «ёлочки»"),
    "rule.doubled": ("т. т. as тт.", "«т. т.» как «тт.»"),
    "rule.dates": ("no blanks within dates", "даты без пробелов"),
    "rule.capitals": ("typed capitals of emphasis as ordinary letters", "выделение прописными не передаётся"),
}


def say(code: str, language: Language, params: Mapping[str, str] | None = None) -> str:
    """The sentence of a code; an unknown code is said as it is, an unknown language in English."""
    pair = WORDS.get(code)
    if pair is None:
        return code
    template = pair[1] if language.startswith("ru") else pair[0]
    values = dict(params or {})
    for name, value in values.items():
        if name == "extent":
            values[name] = f" ({value})" if value else ""
        elif name == "hand":
            values[name] = say(f"hand.{value}", language)
    return template.format(**values)


def alphabet(language: Language) -> str:
    """Letters of textual notes."""
    return "абвгдежзиклмнопрстуфхцчшщэюя" if language.startswith("ru") else "abcdefghijklmnopqrstuvwxyz"
