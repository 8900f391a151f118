"""Word work: the words of a document or an edition as lists that show what is odd about them.

After Guiguts and the word lists of Distributed Proofreaders. Everything is counted on the reading, so that what was
decided shows; each list is a function of these counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from workbench.core.pieces import reading, replay
from workbench.services import library
from workbench.services.edition import Edition
from workbench.services.library import Listing
from workbench.store import entries, read_lines, suggestions, texts

ListName = Literal[
    "frequency", "suspicion", "case", "hyphen", "yo", "script", "near", "signs", "changed",
]  # fmt: skip
LISTS: tuple[ListName, ...] = get_args(ListName)

_WORD = re.compile(r"[^\W\d_]+(?:[-’'\u0300-\u036f]+[^\W\d_]+)*")
_LINES = 2000  # read at once
_RARE = 2
"""A word that stands so often at most is rare beside a near one that is frequent."""
_FREQUENT = 4
_LIKE_CYRILLIC = str.maketrans("AaBcCEeHKMOoPpTXxyiI", "АаВсСЕеНКМОоРрТХхуіІ")
"""Latin letters as the Cyrillic ones that look the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What stands in some documents."""

    words: Mapping[str, int]
    signs: Mapping[str, int]
    open: Mapping[str, int]
    """Words that open suggestions are about."""
    changed: Mapping[str, Mapping[str, int]]
    """What words of the raw text were changed to, and how often; to themselves where they were kept."""
    last: Mapping[str, str]
    """What each of these was changed to last."""
    raw: Mapping[str, int]
    """How often the words that were ever changed stand in the raw text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One row of a list."""

    text: str
    count: int
    notes: tuple[str, ...] = ()
    """What the list says of it beside: other forms with their counts, percentages, names of signs."""
    sign: bool = False
    """Is it a sign, found wherever it stands, rather than a word?"""


def count(
    edition: Edition, documents: Sequence[Listing], progress: Callable[[int, int], None] | None = None
) -> Counted:
    """Count some documents; `progress(done, total)` counts lines and may raise to stop."""
    words: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    changed: dict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, str] = {}
    total, done = sum(d.lines for d in documents), 0
    for document in documents:
        for stretch in library.stretches(edition, document.id):
            for kept in suggestions.within(edition.db, stretch.text, stretch.start, stretch.end):
                waiting.update(_WORD.findall(kept.suggestion.quote))
            for entry in entries.live_at(edition.db, stretch.text, "text", stretch.start, stretch.end):
                d = entry.decision
                if d.quote and _WORD.fullmatch(d.quote):
                    became = d.reading if d.reading is not None else d.page if d.page is not None else d.quote
                    changed[d.quote][became] += 1
                    last[d.quote] = became
            for part, lines in _readings(edition, stretch.text, stretch.start, stretch.end):
                if progress is not None:
                    progress(done, total)
                done += lines
                words.update(_WORD.findall(part))
                signs.update(part)
    # A word that was changed everywhere is gone from the reading: what is left of it, and what was changed, is the raw.
    raw = {w: words.get(w, 0) + sum(n for to, n in tos.items() if to != w) for w, tos in changed.items()}
    return Counted(words=words, signs=signs, open=waiting, changed=changed, last=last, raw=raw)


def _readings(edition: Edition, text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The reading of a stretch, some thousand lines at a time, with how many lines that were."""
    db = edition.db
    row = texts.text_row(db, text)
    line, last = texts.line_of(db, row.id, start), texts.line_of(db, row.id, max(start, end - 1)) + 1
    conflict = entries.in_conflict(db)
    low = start
    while line < last:
        after = min(line + _LINES, last)
        borders = texts.line_starts(db, row.id, after, after + 1)
        high = min(end, borders[0]) if borders else end
        # A decision over the border belongs to the lines in which it begins.
        _low, wide_high, live = read_lines.widened(db, text, low, high, (start, end))
        fragment = texts.fragment(db, row.id, low, max(high, wide_high))
        inside = [e for e in live if (e.decision.start or 0) >= low]
        yield reading(replay(fragment, inside, in_conflict=conflict)), after - line
        line, low = after, max(high, wide_high)


def listed(counted: Counted, name: ListName) -> list[Word]:
    """One of the lists."""
    return _LISTS[name](counted)


def _frequency(c: Counted) -> list[Word]:
    return [Word(text=w, count=n) for w, n in sorted(c.words.items(), key=lambda item: (-item[1], item[0]))]


def _suspicion(c: Counted) -> list[Word]:
    """What suggestions are about, then words that stand once with signs of trouble, then the other lone ones."""

    def rank(word: str) -> tuple[int, int, int, str]:
        trouble = _mixed(word) or any(a.islower() and b.isupper() for a, b in pairwise(word))
        return (-c.open.get(word, 0), 0 if trouble else 1, c.words[word], word)

    odd = [w for w, n in c.words.items() if c.open.get(w) or n == 1 or _mixed(w)]
    return [
        Word(text=w, count=c.words[w], notes=(f"{c.open[w]} ○",) if c.open.get(w) else ())
        for w in sorted(odd, key=rank)
    ]


def _alike(c: Counted, key: Callable[[str], str], among: Iterable[str] | None = None) -> list[Word]:
    """Words that become the same by a key; the rarer form first in each group."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in c.words if among is None else among:
        groups[key(word)].append(word)
    found = []
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda w: (c.words[w], w))
            for word in group[:-1]:
                others = tuple(f"{w} {c.words[w]}" for w in reversed(group) if w != word)
                found.append(Word(text=word, count=c.words[word], notes=others))
    return sorted(found, key=lambda w: (w.count, w.text))


def _case(c: Counted) -> list[Word]:
    """A word capitalised as a whole, or as at the beginning of a sentence, is left out: that is how sentences begin."""
    inner = [w for w in c.words if not (w.istitle() and w.lower() in c.words) and not w.isupper()]
    return _alike(c, str.casefold, inner)


def _hyphen(c: Counted) -> list[Word]:
    return _alike(c, lambda w: w.replace("-", "").casefold())


def _yo(c: Counted) -> list[Word]:
    return _alike(c, lambda w: w.replace("ё", "е").replace("Ё", "Е"))


def _script(c: Counted) -> list[Word]:
    """Words that differ only by the alphabet they are written in, then words with letters of both."""
    twins = {w.text: w for w in _alike(c, lambda w: w.translate(_LIKE_CYRILLIC))}
    mixed = [Word(text=w, count=c.words[w]) for w in c.words if _mixed(w) and w not in twins]
    return [*twins.values(), *sorted(mixed, key=lambda w: (w.count, w.text))]


def _mixed(word: str) -> bool:
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1


def _near(c: Counted) -> list[Word]:
    """Rare words one edit away from frequent ones, found by leaving out each letter: linear in the words."""
    from rapidfuzz.distance import Levenshtein

    frequent = [w for w, n in c.words.items() if n >= _FREQUENT and len(w) > 3]
    index: dict[str, list[str]] = defaultdict(list)
    for word in frequent:
        for form in _less_one(word):
            index[form].append(word)
    found = []
    for word, n in c.words.items():
        if n > _RARE or len(word) <= 3:
            continue
        near = {
            other for form in _less_one(word) for other in index.get(form, ())
            if other != word and Levenshtein.distance(word, other, score_cutoff=1) <= 1
        }  # fmt: skip
        if near:
            best = sorted(near, key=lambda w: (-c.words[w], w))
            found.append(Word(text=word, count=n, notes=tuple(f"{w} {c.words[w]}" for w in best[:3])))
    return sorted(found, key=lambda w: (w.count, w.text))


def _less_one(word: str) -> set[str]:
    return {word} | {word[:n] + word[n + 1 :] for n in range(len(word))}


def _signs(c: Counted) -> list[Word]:
    """Every sign, the rarest first."""
    return [
        Word(text=s, count=n, notes=(f"U+{ord(s):04X}", unicodedata.name(s, "").capitalize()), sign=True)
        for s, n in sorted(c.signs.items(), key=lambda item: (item[1], item[0]))
    ]


def _changed(c: Counted) -> list[Word]:
    """Words sometimes changed and sometimes left: share changed, last changed to, how often changed, how often left."""
    found = []
    for word, to in c.changed.items():
        changed = sum(n for became, n in to.items() if became != word)
        left = c.raw[word] - changed
        if changed:
            share = f"{changed / max(1, changed + left):.0%}"
            found.append((changed / max(1, changed + left), Word(
                text=word, count=changed + left, notes=(share, c.last[word], str(changed), str(left))
            )))  # fmt: skip
    return [word for _, word in sorted(found, key=lambda item: (item[0] == 1, item[0], item[1].text))]


_LISTS: dict[ListName, Callable[[Counted], list[Word]]] = {
    "frequency": _frequency, "suspicion": _suspicion, "case": _case, "hyphen": _hyphen, "yo": _yo, "script": _script,
    "near": _near, "signs": _signs, "changed": _changed,
}  # fmt: skip
