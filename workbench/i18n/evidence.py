"""The words of evidence: each code's English and Russian sentence, its parameters in braces."""

from __future__ import annotations

from workbench.core.suggestion import Evidence

EVIDENCE: dict[str, tuple[str, str]] = {
    "unknown-word": ("“{word}” is in no word list", "«{word}» нет в словаре"),
    "confusion": ("the machine often reads {wrong} for {right}", "машина часто читает {wrong} вместо {right}"),
    "rare-word": (
        "“{word}” is in the dictionary but hardly ever written",
        "«{word}» есть в словаре, но почти не встречается",
    ),
    "other-word": ("“{word}” is a word, but another may stand here", "«{word}» — слово, но здесь может быть другое"),
    "near-known": ("one or two letters from a known form", "отличается от известной формы на одну-две буквы"),
    "in-edition": ("“{word}” stands elsewhere in the edition", "«{word}» встречается в издании"),
    "in-authority": ("“{name}” stands in the lists of names", "«{name}» есть в списках имён"),
    "mixed-scripts": ("Latin and Cyrillic letters in one word", "латинские и русские буквы в одном слове"),
    "line-end-hyphen": ("a word broken at a line end", "слово разорвано концом строки"),
    "page-end-hyphen": ("a word broken at a page end", "слово разорвано концом страницы"),
    "joined-known": ("joined, it is a known word", "слитно это известное слово"),
    "run-together": ("two known words without a blank", "два известных слова без пробела"),
    "blank-before-sign": ("a blank before a punctuation mark", "пробел перед знаком препинания"),
    "written-two-ways": (
        "written in two ways: here “{here}”, in line {line} “{there}”",
        "написано по-разному: здесь «{here}», в строке {line} «{there}»",
    ),
    "roman-month": (
        "{digit} stands where a Roman month is written elsewhere (“{there}”, line {line})",
        "{digit} на месте римского месяца («{there}», строка {line})",
    ),
    "years-disagree": (
        "the same day, another year: “{there}” in line {line}",
        "тот же день, другой год: «{there}» в строке {line}",
    ),
    "list-case": (
        "the names around it stand in another case, such as “{like}”",
        "соседние имена в другом падеже, например «{like}»",
    ),
    "roman-shape": ("a Roman month read as {wrong}", "римская цифра месяца прочитана как {wrong}"),
    "digit-initial": (
        "a digit among initials: {right} read as {wrong}",
        "цифра среди инициалов: {right} прочитано как {wrong}",
    ),
    "capital": ("a sentence seems to begin here", "здесь, видимо, начинается предложение"),
    "no-capital": ("a capital inside a sentence", "прописная буква внутри предложения"),
    "margin-scrap": (
        "a scrap of the margin or a speck read as letters",
        "обрывок поля или пятно, прочитанные как буквы",
    ),
    "lost-hyphen": ("the hyphen at the line end was lost", "потерян знак переноса в конце строки"),
    "sign-misread": ("{wrong} read for {right}", "{wrong} прочитано вместо {right}"),
    "stray-mark": ("a sign that belongs to no word", "знак, не относящийся к слову"),
    "decided-before": (
        "the same word was decided {total} times, {times} times as “{page}”",
        "то же слово решали {total} раз, из них {times} — «{page}»",
    ),
    "lone-number": ("a number alone at the edge of the page", "отдельное число у края страницы"),
    "running-head": ("it stands on {pages} pages alike", "повторяется на {pages} страницах"),
    "formula": ("a formula of the office, alone in its line", "канцелярская формула отдельной строкой"),
    "signature-line": ("a name alone in a line near the end", "отдельная строка с именем в конце"),
    "looks-handwritten": (
        "hardly a word in it: handwriting or a drawing read as letters",
        "почти нет слов: рукопись или рисунок, прочитанные как буквы",
    ),
    "repeated-line": ("the same as line {line}", "то же, что в строке {line}"),
    "witness-reads": ("{name} has “{reading}”", "в {name} — «{reading}»"),
    "witness-lacks": ("{name} has nothing here", "в {name} здесь ничего нет"),
    "machine-unsure": ("the machine itself was only {percent} % sure", "сама машина уверена лишь на {percent} %"),
    "unbalanced-emphasis": ("a Markdown mark without its partner", "знак разметки без пары"),
}


class _Params(dict[str, str]):
    """A record of another version may lack a parameter; the sentence stands without it."""

    def __missing__(self, name: str) -> str:
        return "…"


def words(evidence: Evidence, language: str = "en") -> str:
    """The sentence of a piece of evidence; an unknown code is said as it is."""
    pair = EVIDENCE.get(evidence.code)
    if pair is None:
        return evidence.code
    return pair[1 if language.startswith("ru") else 0].format_map(_Params(evidence.params))
