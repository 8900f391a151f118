"""From bytes to code points: which encoding, and how sure.

UTF-8 decides by itself: text in another encoding is hardly ever valid UTF-8. Without it, and without a byte order
mark, the candidates are weighed by how much what they give looks like a language: Cyrillic by the frequency of its
letters and pairs, by lower case and by words that do not change case or script inside.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from workbench.core.errors import UnreadableError

MAX_BYTES = 256 * 1024 * 1024
"""A transcript is no longer than this; beyond it stands a mistake, not a letter."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
_LATIN = ("cp1252", "iso8859-1", "cp1250")
_SAMPLE = 200_000

# Letters of Russian prose in order of frequency; the order is common knowledge, the weights fall with the rank.
_FREQUENT = {letter: 33 - rank for rank, letter in enumerate("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")}
# The commonest pairs of letters in Russian words.
_FREQUENT_PAIRS = (
    "ст но то на ен ов ни ра во ко пр ет ли по ос ал ро го ер ре ос ла ка не ан ло ол ор та ти ва ль от ел ом те ле ат "
    "ит ин"
)
_PAIRS = frozenset(_FREQUENT_PAIRS.split(" "))
_ODD = re.compile(r"[\u0080-\u009f\u2500-\u259f\u0402-\u040c\u0452-\u045f√≤≥≈÷¤¦§©«®°±²·№ї]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MIXED = re.compile(r"[а-яё][А-ЯЁ]|[А-ЯЁ]{2}[а-яё]|[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")


def decode(data: bytes, *, name: str, encoding: str | None = None) -> tuple[str, str, bool]:
    """The text, its codec, and whether the codec was only detected. Raises UnreadableError naming the file."""
    name = name or "this file"
    if not data.strip():
        raise UnreadableError(f"{name} is empty")
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"{name} has {len(data):,} bytes, more than the {MAX_BYTES:,} of one transcript")
    if encoding is not None:
        try:
            return _sound(data.decode(encoding), name), codecs.lookup(encoding).name, False
        except (LookupError, UnicodeError) as error:
            raise UnreadableError(f"{name} is not {encoding}: {error}") from error
    for mark, codec in _MARKS:
        if data.startswith(mark):
            try:
                return _sound(data.decode(codec), name), codec, False
            except UnicodeError as error:
                raise UnreadableError(f"{name} begins as {codec} but is not: {error}") from error
    if b"\0" in data[:_SAMPLE]:
        raise UnreadableError(f"{name} is a binary file, not a text")
    try:
        return _sound(data.decode("utf-8"), name), "utf-8", False
    except UnicodeDecodeError:
        pass
    found = _detected(data)
    if found is None:
        raise UnreadableError(f"{name}: no encoding makes this readable; name one with --encoding")
    try:
        return _sound(data.decode(found), name), found, True
    except UnicodeDecodeError as error:  # it was detected in a sample
        raise UnreadableError(f"{name} begins as {found} but is not: {error}") from error


def _sound(text: str, name: str) -> str:
    controls = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in text[:_SAMPLE])
    if "\0" in text or controls > max(8, len(text[:_SAMPLE]) // 20):
        raise UnreadableError(f"{name} is a binary file, not a text")
    if surrogate := _SURROGATE.search(text):
        raise UnreadableError(f"{name} holds the lone surrogate {surrogate[0]!a} at {surrogate.start()}, no character")
    if not text.strip("\ufeff \t\r\n\f"):
        raise UnreadableError(f"{name} is empty")
    return text


def _detected(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    scores: dict[str, float] = {}
    for codec in _CYRILLIC:
        try:
            scores[codec] = _russian(sample.decode(codec))
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda c: scores[c], default=None)
    if best is not None and scores[best] > 0:
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(sample, cp_isolation=[*_CYRILLIC, *_LATIN]).best()
    return guess.encoding if guess is not None else None


def _russian(text: str) -> float:
    """How much a text looks like Russian, per letter that is not ASCII; above zero means it may be."""
    counts = Counter(text)
    letters = sum(n for c, n in counts.items() if c.lower() in _FREQUENT)
    beyond = sum(n for c, n in counts.items() if c > "\x7f")
    if not beyond:
        return 0.0
    weight = sum(
        _FREQUENT[c.lower()] * n * (1.0 if c.islower() else 0.8) for c, n in counts.items() if c.lower() in _FREQUENT
    )
    odd = sum(n for c, n in counts.items() if c > "\x7f" and c.lower() not in _FREQUENT and _ODD.match(c))
    mixed = len(_MIXED.findall(text))
    low = text.lower()
    pairs = sum(low[i : i + 2] in _PAIRS for i in range(len(low) - 1))
    return (weight + 20 * pairs - 60 * odd - 40 * mixed) / beyond if letters > beyond / 2 else -1.0
