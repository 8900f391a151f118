"""Older spellings of words that the modern lists have: how they are written today.

Each rule is `old>new`: applied to all places in a word, to its start (`^`) or to its end (`$`). The rules are
common knowledge of the orthographies: German before 1901, Dutch before 1883, Russian before 1918, the long s in all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DEEPEST = 3
"""So many rules may meet in one word."""


def _table(rules: str) -> tuple[tuple[str, str], ...]:
    pairs = (rule.split(">") for rule in rules.split())
    return tuple((old, new) for old, new in pairs)


_RULES = {
    "de": _table("th>t ey>ei ay>ai c>k c>z ss>ß ß>ss niß$>nis iren$>ieren irt$>iert irung>ierung dt>t ae>ä oe>ö ue>ü "
                 "y>i aa>a ee>e oo>o ph>f lerley>lerlei gieng>ging fieng>fing hieng>hing ieng>ing"),
    "nl": _table("ae>aa ae>a ck>k gh>g uy>ui uij>ui y>ij y>i ey>ei sch>s sche>se ph>f th>t dt>d dt>t gt>cht ch>g x>ks "
                 "qu>kw ee>e oo>o aa>a uu>u ij>i oe>o c>k c>s ende$>en ^s>z ^f>v ^i>j sen$>zen ie>i eu>u"),
    "en": _table("ick$>ic 'd$>ed ſ>s vv>w shew>show connexion>connection"),
    "fr": _table("oit$>ait oient$>aient ois$>ais ens$>ents ans$>ants"),
    "ru-petr1708": _table("аго$>ого яго$>его ыя$>ые ія$>ие ія$>ия ея$>её ея$>ее безс>бесс изс>исс возс>восс разс>расс "
                          "ъи>ы"),
}  # fmt: skip
_LETTERS = {
    "ru-petr1708": str.maketrans("іѣѳѵ", "иефи"),
    **dict.fromkeys(("de", "en", "fr", "nl", "it", "es", "la"), str.maketrans("ſ", "s")),
}
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UMLAUTS = (("a\u0364", "ä"), ("o\u0364", "ö"), ("u\u0364", "ü"))
_NO_LONGER = re.compile("[\ufb00-\ufb06\u0364ſ]")
_NO_LONGER_RUSSIAN = re.compile("[\ufb00-\ufb06іѣѳѵ]|ъ(?!\\w)")


def has_old_letters(text: str, language: str) -> bool:
    """Is there a letter in a text in lower case that is no longer written?"""
    if text.isascii():
        return False
    return (_NO_LONGER_RUSSIAN if language == "ru-petr1708" else _NO_LONGER).search(text) is not None


def letters_today(word: str, language: str) -> str:
    """A word in lower case with today's letters for those that are no longer written."""
    if not has_old_letters(word, language):
        return word
    word = unicodedata.normalize("NFKC", word) if _LIGATURES.search(word) else word
    for old, new in _UMLAUTS:
        word = word.replace(old, new)
    word = word.translate(_LETTERS.get(language, {}))
    return word.removesuffix("ъ") if language == "ru-petr1708" else word


def respelt(word: str, language: str) -> Iterator[str]:
    """What an unknown word in lower case may be written today, by few rules first."""
    rules = _RULES.get(language, ())
    seen, layer = {word}, [word]
    for _ in range(_DEEPEST):
        after: list[str] = []
        for old in layer:
            for rule in rules:
                new = _applied(old, *rule)
                if new not in seen:
                    seen.add(new)
                    after.append(new)
                    yield new
        layer = after


def _applied(word: str, old: str, new: str) -> str:
    if old.endswith("$"):
        return word.removesuffix(old[:-1]) + new if word.endswith(old[:-1]) else word
    if old.startswith("^"):
        return new + word[len(old) - 1 :] if word.startswith(old[1:]) else word
    return word.replace(old, new)
