"""The lists of word work: what is odd about the words of a document or an edition, each list a function of the counts.

After Guiguts and the word lists of Distributed Proofreaders. Lists that set words side by side compare them without
regard to case, but for the one that is about case, and leave out the form that stands most often: the others are its
doubtful relatives.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from rapidfuzz.distance import Levenshtein

from workbench.services.words.word_places import WordChoice
from workbench.services.words.word_tally import composed
from workbench.services.words.words import Counted
from workbench.suggest.homoglyphs import TO_CYRILLIC

ListName = Literal["frequency", "suspicion", "case", "hyphen", "yo", "script", "near", "signs", "changed"]
LISTS: tuple[ListName, ...] = get_args(ListName)

Reason = Literal["alphabets", "capital", "unknown", "once", ""]
"""Letters of two alphabets; a capital after a small letter; in no lexicon; it stands but once; none of these."""
_REASONS: tuple[Reason, ...] = get_args(Reason)

_RARE = 2
"""A word that stands so often at most is rare beside a near one that is frequent."""
_FREQUENT = 4
_LEAST = 4
"""Letters; of shorter words too many are one edit apart."""
_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK"})
_LINE_ENDS = "\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One row of a list."""

    text: str
    count: int
    notes: tuple[str, ...] = ()
    """The further columns, by list. `frequency`: its raw forms. `suspicion`: open suggestions about it, a `Reason`.
    `signs`: code point, Unicode name (empty where it has none). `changed`: share changed, last changed to, how often
    changed, how often left. All others: the words that it is like, with their counts."""
    raw_forms: tuple[str, ...] = ()
    sign: bool = False
    """Is it a sign, found wherever it stands, rather than a word?"""

    @property
    def choice(self) -> WordChoice:
        return WordChoice(word=self.text, raw_forms=self.raw_forms, pattern=self.sign)


def listed(counted: Counted, name: ListName) -> list[Word]:
    """One of the lists."""
    return _LISTS[name](counted)


def _row(c: Counted, text: str, *notes: str) -> Word:
    return Word(text=text, count=_count(c, text), notes=notes, raw_forms=tuple(c.raw_forms.get(text, ())))


def _count(c: Counted, text: str) -> int:
    return c.words[text] if text in c.words else c.pairs[text]


def _rarest_first(found: Iterable[Word]) -> list[Word]:
    return sorted(found, key=lambda word: (word.count, word.text))


def _frequency(c: Counted) -> list[Word]:
    ranked = sorted(c.words.items(), key=lambda item: (-item[1], item[0]))
    return [_row(c, word, ", ".join(c.raw_forms.get(word, ()))) for word, _ in ranked]


def _suspicion(c: Counted) -> list[Word]:
    """Words about which there is something odd, the oddest first.

    In this order: those that nobody accepted as right before those that somebody did; more open suggestions about a
    word; letters of two alphabets; a capital inside; unknown to the lexicons; rarer words. That a word stands but once
    is odd only where there is no lexicon to know it.
    """
    reasons: dict[str, Reason]
    if c.unknown is not None:
        reasons = dict.fromkeys(c.unknown, "unknown")
    else:
        reasons = {w: "once" for w, n in c.words.items() if n == 1}
    reasons |= {w: "capital" for w in c.words if any(a.islower() and b.isupper() for a, b in pairwise(w))}
    reasons |= {w: "alphabets" for w in c.words if _mixed(w)}

    def rank(word: str) -> tuple[bool, int, int, int, str]:
        reason = _REASONS.index(reasons.get(word, ""))
        return word in c.right, -c.open.get(word, 0), reason, c.words[word], word

    odd = {word for word in (*reasons, *c.open) if word in c.words}
    return [_row(c, w, str(c.open.get(w) or ""), reasons.get(w, "")) for w in sorted(odd, key=rank)]


def _beside(c: Counted, totals: Mapping[str, int], form_of: Mapping[str, str]) -> list[Word]:
    """The words of a group whose form is not its commonest, each with the other forms and their counts."""
    ranked = sorted(totals, key=lambda form: (-totals[form], form))
    return [
        _row(c, word, ", ".join(f"{other} {totals[other]}" for other in ranked if other != form))
        for word, form in form_of.items() if form != ranked[0]
    ]  # fmt: skip


def _case(c: Counted) -> list[Word]:
    """Words that differ only by case.

    Capitals as sentences and headings have them are left out, unless the small letters are the rarer, as of a name.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for word in c.words:
        groups[word.casefold()].append(word)
    found: list[Word] = []
    for words in groups.values():
        small = max((c.words[w] for w in words if w.islower()), default=0)
        usual = any(not w.isupper() for w in words)
        odd = {w: w for w in words if not ((w.isupper() and usual) or (w.istitle() and c.words[w] <= small))}
        if len(odd) > 1:
            found += _beside(c, {w: c.words[w] for w in odd}, odd)
    return _rarest_first(found)


def _alike(c: Counted, key: Callable[[str], str], among: Iterable[str]) -> list[Word]:
    """Words that a key makes the same, though they differ by more than case."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in among:
        groups[key(word.casefold())].append(word)
    found: list[Word] = []
    for words in groups.values():
        if len(words) > 1:
            form_of = {word: word.casefold() for word in words}
            totals = Counter[str]()
            for word, form in form_of.items():
                totals[form] += _count(c, word)
            found += _beside(c, totals, form_of)
    return _rarest_first(found)


def _hyphen(c: Counted) -> list[Word]:
    """Words that differ only by a hyphen, or by a blank that makes two of one."""
    return _alike(c, lambda w: w.replace("-", "").replace(" ", ""), [*c.words, *c.pairs])


def _yo(c: Counted) -> list[Word]:
    return _alike(c, lambda w: w.replace("ё", "е"), c.words)


def _script(c: Counted) -> list[Word]:
    """Words that differ only by the alphabet of letters that look alike, then others with letters of two alphabets."""
    twins = _alike(c, lambda w: w.translate(TO_CYRILLIC), c.words)
    listed_already = {word.text for word in twins}
    return [*twins, *_rarest_first(_row(c, w, "") for w in c.words if w not in listed_already and _mixed(w))]


def _mixed(word: str) -> bool:
    if word.isascii():
        return False
    return len(_ALPHABETS & {unicodedata.name(char, "").partition(" ")[0] for char in word}) > 1


def _near(c: Counted) -> list[Word]:
    """Rare words one edit away from frequent ones, those that no lexicon knows and have the commonest neighbours first.

    Found by leaving out each letter once: words one edit apart have such a form in common, or are it. Linear in the
    number of words.
    """
    totals = Counter[str]()
    for word, n in c.words.items():
        totals[word.casefold()] += n
    index: dict[str, list[str]] = defaultdict(list)
    for form, n in totals.items():
        if n >= _FREQUENT and len(form) >= _LEAST:
            for less in _less_one(form):
                index[less].append(form)
    found = []
    for word in c.words:
        form = word.casefold()
        if totals[form] > _RARE or len(form) < _LEAST:
            continue
        near = {
            other for less in _less_one(form) for other in index.get(less, ())
            if Levenshtein.distance(form, other, score_cutoff=1) <= 1
        }  # fmt: skip
        if near:
            best = sorted(near, key=lambda w: (-totals[w], w))
            known = c.unknown is not None and word not in c.unknown
            found.append((known, -totals[best[0]], _row(c, word, ", ".join(f"{w} {totals[w]}" for w in best[:3]))))
    return [row for *_, row in sorted(found, key=lambda item: (item[0], item[1], item[2].text))]


def _less_one(word: str) -> set[str]:
    return {word} | {word[:n] + word[n + 1 :] for n in range(len(word))}


def _signs(c: Counted) -> list[Word]:
    """Every character but line ends, the rarest first."""
    return _rarest_first(
        Word(text=s, count=n, notes=(f"U+{ord(s):04X}", unicodedata.name(s, "").capitalize()), sign=True)
        for s, n in c.signs.items() if s not in _LINE_ENDS
    )  # fmt: skip


def _changed(c: Counted) -> list[Word]:
    """Raw words that were changed somewhere; those of which none is left come last."""
    found = []
    for word, became in c.changed.items():
        changed = sum(n for to, n in became.items() if to != word)
        # what reads so now, but stood otherwise in the raw text, was not left
        made = sum(n for raw, n in c.raw_forms.get(word, {}).items() if composed(raw) != word)
        left = c.words.get(word, 0) - made
        if changed:
            share = changed / (changed + left)
            notes = (f"{share:.0%}", c.last[word], str(changed), str(left))
            row = Word(text=word, count=changed + left, notes=notes, raw_forms=tuple(c.raw_forms.get(word, ())))
            found.append((left == 0, share, row))
    return [row for *_, row in sorted(found, key=lambda item: (item[0], item[1], item[2].text))]


_LISTS: dict[ListName, Callable[[Counted], list[Word]]] = {
    "frequency": _frequency, "suspicion": _suspicion, "case": _case, "hyphen": _hyphen, "yo": _yo, "script": _script,
    "near": _near, "signs": _signs, "changed": _changed,
}  # fmt: skip
