"""Which language a text is in: by its script, its commonest words, and letters that no longer are."""

from __future__ import annotations

import re
from collections import Counter

from workbench.core.text import Text

_SAMPLE = 40_000  # code points
_WORDS = {
    "en": "the of and to in that is was for it with as be by not this have from which are",
    "de": "der die und das den dem des nicht ist ein mit von zu auf für sich auch eine als daß dass werden",
    "nl": "de het een van en dat niet is op te met voor zijn aan er ende den ook door deze",
    "fr": "le la les des et est une dans que qui pour par sur ne pas du au ce se plus",
    "es": "el la los las de que y en un una por con no se del para es al lo su",
    "it": "il di che la e un una per non con del della sono le gli da dei si nel alla",
    "pt": "o a os as de que e do da em um uma para com não por dos das se na",
    "pl": "i w na z do nie się że to jest o od po przez jak za ale dla tym są",
    "cs": "a v na se je že s z do o k i za by jako pro ale od po jsou",
    "sv": "och att det en som på är av för med till den har inte om ett var men jag",
    "da": "og at det en som på er af for med til den har ikke om et var men jeg de",
    "fi": "ja on ei se että oli hän mutta ovat kun niin joka myös ole sen tai mitä kuin",
    "la": "et in est non ad ut cum quod qui ex sed per si de ab quae ac esse",
    "ru": "и в не на что с он как по это а его за все от так же из но было",
    "uk": "і в не на що з він як до та це за від але про її його був для й",
    "bg": "и на в да се за е от не с по като ще са това към той си през му",
    "sr": "и у је да на се за са од као су што не који али или овај њен био све",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_NOT_IN = {"ru": "їєґјљњђћџў", "uk": "ыэёъѣ", "sr": "ыэёъйяюьщіїєґѣ", "bg": "ыэёіїєґјљњђћџѣ"}
"""Letters that a Cyrillic language does not write; і is left to Russian, which had it until 1918."""
_WORD = re.compile(r"[^\W\d_]+")
_OLD_RUSSIAN = re.compile("[ѣѳѵ]|[бвгджзклмнпрстфхцчшщ]ъ\\b", re.IGNORECASE)
_OLD_SHARE = 0.05
"""So many pre-reform letters to a word make a text pre-reform; modern ones have none."""


def detect_language(text: Text) -> str:
    """A language code; `und` where there is no word of any language that is known."""
    sample = text.content[:_SAMPLE]
    words = Counter(w.lower() for w in _WORD.findall(sample))
    if not words:
        return "und"
    hits = {language: sum(words[w] for w in known) for language, known in _SETS.items()}
    for language, letters in _NOT_IN.items():
        hits[language] -= sum(n for word, n in words.items() if not set(letters).isdisjoint(word))
    best = max(hits, key=lambda language: (hits[language], language == "ru"))
    if hits[best] <= 0:
        return _by_script(sample)
    if best == "ru" and len(_OLD_RUSSIAN.findall(sample)) > _OLD_SHARE * words.total():
        return "ru-petr1708"
    return best


def _by_script(sample: str) -> str:
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in sample)
    latin = sum("a" <= c.lower() <= "z" for c in sample)
    if not cyrillic and not latin:
        return "und"
    return "ru" if cyrillic >= latin else "en"
