"""The cores of chunks: words that are unknown or rare for their place, letter case, run-together words, scraps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from workbench.suggest.breaks import Breaks
from workbench.suggest.channel import Channel
from workbench.suggest.collation import Collation
from workbench.suggest.mine import letter_signs, mined
from workbench.suggest.options import Features, Option, Slot, bucketed
from workbench.suggest.page import ENDS, HYPHENS, ODD, Chunk, Page, elided
from workbench.suggest.protocol import Context
from workbench.suggest.search import Search

LONGEST = 40
"""Code points; a longer core is no word."""
_GARBLED = 0.3
"""How much less likely the letters of garbled words are, in powers of ten."""
_RELATED = 2.6
"""The Zipf value that a word counts as having when it is not listed but explained."""
_CAPITALS = 0.3
"""From this share of capitalised words on, capitals are the orthography of the text."""
_COMMON = 4.6
"""Words at least this frequent are not doubted."""
_COMMON_SHORT = 6.2
"""The same for words of one or two letters, which specks and bits of letters imitate."""
_LETTER = 6.3
"""A letter at least this frequent is a word of its own."""
_WORDLIKE = re.compile(r"[^\W_]+(?:[^\w\s]{1,2}[^\W_]+)*")
_SOFT = re.compile("[\u00ad¬]")
_INNER = re.compile(r"[^\w]+")
_VOWELS = frozenset("аеёиоуыэюяіѣaeiouyäöüáéíóúàèìòùâêîôûåæøœ")


class Cores:
    """Slots for the cores of a page."""

    def __init__(self, context: Context, channel: Channel) -> None:
        self.context = context
        self.lexicon = context.lexicon
        self.page, rates = self._read()
        self.collation = Collation(context, self.page.letters)
        self.breaks = Breaks(self.page, lambda word: self.zipf(word) > 0 and self.known(word))
        words = [c for c in self.page.chunks if 3 < len(c.core) <= LONGEST and self._wordlike(c.core)]
        strange = Counter(w for c in words if not self.known(w := self._whole(c)) and not self.related(w))
        if rates:
            channel = channel.moved(rates, dict.fromkeys(rates, 1.0), strength=0.1)
        self.channel, explained = mined(channel, strange, self._worth)
        self.trouble, self.foreign = self._trouble(strange, len(words), explained)
        self.capitals = self._capitals()
        self._search = Search(self.lexicon, self.channel, self.known, context) if self.lexicon else None

    def _read(self) -> tuple[Page, dict[str, dict[str, float]]]:
        """The page, read again where signs stand for letters on it, with what they stand for."""
        page = Page(self.context.text)
        rates = letter_signs(page.chunks, self.lexicon.alphabet, self.zipf) if self.lexicon else {}
        return (Page(self.context.text, frozenset(rates)) if rates else page), rates

    def _trouble(self, strange: Mapping[str, int], words: int, explained: float) -> tuple[float, float]:
        """How much of the page the lexicon does not have: garbled by the machine, and spelt in another way.

        Both from the root of the share of unknown words. The machine made them where they look little like words of the
        language, or where the page's own confusions explain them; an orthography that the lexicon does not have is
        neither.
        """
        total = sum(strange.values())
        if self.lexicon is None or not total:
            return 0.0, 0.0
        like = sum(n * self.lexicon.likeness(word)[0] for word, n in strange.items()) / total
        garbled = min(1.0, max(0.0, (self.lexicon.ordinary - like) / _GARBLED) + explained)
        share = (total / words) ** 0.5
        return share * garbled, share * (1 - garbled)

    def _capitals(self) -> float:
        """Share of capitalised words among common ones inside sentences: high where nouns are capitalised."""
        inside = [c.core for c in self.page.chunks if len(c.core) > 3 and c.core.isalpha() and not self._starts(c)]
        common = [core for core in inside if self.zipf(core.lower()) > 3.5]
        return sum(core[0].isupper() for core in common) / max(1, len(common))

    def _wordlike(self, core: str) -> bool:
        return all(c.isalpha() or c in self.page.letters for c in core)

    def zipf(self, word: str) -> float:
        """How common a word is; letters that stand for a word nowhere are none."""
        value = self.lexicon.zipf(word) if self.lexicon else 0.0
        return value if len(word) > 1 or value >= _LETTER else 0.0

    def known(self, word: str) -> bool:
        """Does the lexicon or a person know it?"""
        if word in self.context.accepted_words:
            return True
        return bool(self.lexicon and (len(word) > 1 or self.zipf(word)) and self.lexicon.knows(word))

    def _worth(self, word: str) -> float:
        """The Zipf value of a word, or a low one for an older spelling or a compound."""
        return self.zipf(word) or (_RELATED if self.related(word) else 0.0)

    def related(self, word: str) -> bool:
        """Is it an older spelling of a known word, or a compound of known ones?"""
        return self.lexicon is not None and self.lexicon.related(word) is not None

    def is_name(self, word: str) -> bool:
        return self.lexicon is not None and self.lexicon.is_name(word)

    def halves(self, chunk: Chunk) -> tuple[str, str]:
        """What stands before and after the core in its word, where a line end breaks it."""
        before, after = self.breaks.before.get(chunk.index), self.breaks.after.get(chunk.index)
        return before.core.lower() if before else "", after.core.lower() if after else ""

    def _whole(self, chunk: Chunk) -> str:
        before, after = self.halves(chunk)
        return before + chunk.core.lower() + after

    # slots

    def slot(self, chunk: Chunk) -> Slot | None:
        """The options of a core; None where there is no reason to doubt it."""
        core = chunk.core
        if not core or len(core) > LONGEST or not any(c.isalpha() for c in core):
            return None
        if any(c.isdigit() for c in core) and self._numbered(chunk):
            return None
        if _SOFT.search(core) and self.known(_SOFT.sub("", core)):
            return None
        simple = self._wordlike(core)
        if not simple and not _WORDLIKE.fullmatch(core):
            return None
        low = core.lower()
        before, after = self.halves(chunk)
        whole = before + low + after
        zipf, known = self.zipf(whole), self.known(whole)
        scrap = self._may_be_scrap(chunk)
        case = self._recased(chunk, low)
        common = _COMMON_SHORT if len(whole) < 3 else _COMMON
        doubted = self.collation.doubted(chunk)
        if zipf >= common and simple and not scrap and not case and not doubted:
            return None
        slot = Slot(chunk.core_start, chunk.core_end)
        keep = self._keep(chunk, whole, zipf, known, bool(before or after))
        slot.options.append(Option(core, keep))
        if zipf < common:
            slot.options += self._near(chunk, low, before, after, zipf, known)
        if not simple:
            slot.options += self._inner(chunk)
        elif not known and not before and not after:
            slot.options += self._split(chunk, low)
        slot.options += case
        slot.options += self._numero(chunk)
        if scrap:
            slot.options.append(Option("", self._delete(chunk, low, known), "scrap"))
        slot.options.append(Option(None, self._other(low, zipf, known), "word"))
        slot = _without_twins(slot)
        self.collation.weigh_core(slot, chunk, known=known)
        return slot

    def _numbered(self, chunk: Chunk) -> bool:
        """Does a number sign stand before it? Then letters and strokes are part of the number."""
        b, _ = self.page.beside(chunk)
        return chunk.lead.endswith("№") or (not chunk.lead and b is not None and b.text.endswith("№"))

    def _keep(self, chunk: Chunk, whole: str, zipf: float, known: bool, half: bool) -> Features:
        core = chunk.core
        f: Features = dict(bucketed("keep.zipf", zipf))
        f["keep.known"] = float(known)
        if not known:
            f |= self._strange(chunk, whole, half)
        f["keep.odd_around"] = float(any(s in ODD for s in chunk.lead + chunk.trail))
        f["keep.inner"] = float(not core.isalnum())
        f["keep.digits"] = float(any(c.isdigit() for c in core))
        f |= self._governed(chunk, whole, "keep")
        f["keep.mixed_case"] = float(_mixed(core))
        f["keep.short"] = float(len(whole) == 2)
        f["keep.single"] = float(len(whole) == 1)
        f["keep.initial"] = float(len(whole) == 1 and core.isupper())
        if len(whole) < 3:
            f |= {f"keep.short.{k}": v for k, v in bucketed("zipf", zipf)}
            f["keep.short_dot"] = float(chunk.trail.startswith("."))
        f["keep.between"] = float(chunk.index in self.breaks.between)
        f["keep.trouble"], f["keep.foreign"] = self.trouble, self.foreign
        f["keep.letter_sign"] = float(not self.page.letters.isdisjoint(core))
        f["keep.rare_letter"] = float(not self.page.rare.isdisjoint(core.lower()))
        return f

    def _strange(self, chunk: Chunk, whole: str, half: bool) -> Features:
        """What speaks for or against a word that the lexicon does not have."""
        core = chunk.core
        title = core[0].isupper() and not core.isupper()
        f: Features = {"strange.len": min(len(whole), 12) / 10, "strange.half": float(half)}
        if self.related(whole):
            f["strange.related"] = 1.0
        f["strange.title"] = float(title)
        f["strange.title_mid"] = float(title and not self._starts(chunk))
        f["strange.upper"] = float(len(core) > 1 and core.isupper())
        f["strange.letters"] = float(core.isupper() and len(core) < 6 and _VOWELS.isdisjoint(core.lower()[1:]))
        f["strange.noise"] = self.page.rough
        f["strange.trouble"], f["strange.foreign"] = self.trouble, self.foreign
        f["strange.title.trouble"] = self.trouble * title
        f["strange.seen"] = float(self.context.seen(core) > 1)
        f["strange.often"] = float(self.context.seen(core) > 3)
        f["strange.dot"] = float(chunk.trail.startswith(".") and len(core) < 6)
        f["strange.name"] = float(title and self.is_name(core))
        f["strange.short"] = float(len(whole) <= 3)
        if self.lexicon is not None and whole.isalpha():
            mean, worst = self.lexicon.likeness(whole)
            f["strange.mean"], f["strange.worst"] = mean + 1, worst + 2
            f["strange.compound"] = max(
                (z for z in (self.zipf(whole[n:]) for n in range(3, len(whole) - 4))), default=0
            )
        return f

    # words

    def _near(self, chunk: Chunk, low: str, before: str, after: str, zipf: float, known: bool) -> Iterable[Option]:
        if self._search is None or low.isdigit():
            return
        middle = chunk.core[0].isupper() and not chunk.core.isupper() and not self._starts(chunk)
        for near in self._search.near(low, before, after, wide=not known or zipf < 2.5):
            f: Features = {"near.bias": 1.0, "near.cost": near.cost, "near.zipf": near.zipf}
            f["near.known"] = float(near.known)
            f["near.len"] = min(len(low), 12) / 10
            f["near.listed"] = float(near.listed)
            seen = self.context.seen(near.text)
            f["near.seen"], f["near.often"] = float(seen > 0), min(6.0, float(seen)) / 3
            f["near.own"] = float(near.zipf == 0 and not near.known)
            f["near.mends_rare"] = float(not self.page.rare.isdisjoint(low) and self.page.rare.isdisjoint(near.text))
            if known:
                f["near.from_known"] = 1.0
                f["near.gain"] = near.zipf - zipf
                f["near.from_known.trouble"] = self.trouble
            f["near.short"] = float(len(near.text) <= 2)
            f["near.digits"] = float(any(c.isdigit() for c in low))
            f["near.middle"] = float(middle)
            f["near.odd"] = float(any(s in ODD for s in chunk.lead + chunk.trail))
            f["near.foreign"] = self.foreign
            f |= self._governed(chunk, near.text, "near")
            f["near.broken"] = float(bool(before or after))
            yield Option(like(near.text, chunk.core), f, "word")

    def _governed(self, chunk: Chunk, word: str, side: str) -> Features:
        """Does a word stand in a case that the preposition before it asks for?"""
        b = self.page.before(chunk)
        if self.lexicon is None or b is None or b.trail or len(b.core) > 5:
            return {}
        asked = self.lexicon.governs(b.core)
        cases = self.lexicon.cases(word) if asked else frozenset()
        if not asked or not cases:
            return {}
        return {f"{side}.governed" if asked & cases else f"{side}.ungoverned": 1.0}

    def _other(self, low: str, zipf: float, known: bool) -> Features:
        f: Features = {"other.bias": 1.0, "other.known": float(known), "other.noise": self.page.rough}
        f["other.trouble"], f["other.foreign"] = self.trouble, self.foreign
        f["other.len"] = min(len(low), 12) / 10
        f["other.short"] = float(len(low) <= 2)
        f |= {f"other.{k}": v for k, v in bucketed("zipf", zipf)}
        f["other.digits"] = float(any(c.isdigit() for c in low))
        if self.lexicon is not None and not self.lexicon.complete:
            f["other.incomplete"] = self.trouble * (not known)
        return f

    # words run together, or with a sign inside

    def _split(self, chunk: Chunk, low: str) -> Iterator[Option]:
        if len(low) < 5:
            return
        cuts = [(min(self.zipf(low[:n]), self.zipf(low[n:])), n) for n in range(1, len(low) - 1)]
        z, n = max(cuts)
        if z > 3.8:
            f: Features = {"split.bias": 1.0, "split.zipf": z, "split.short": float(min(n, len(low) - n) < 3)}
            f["split.foreign"], f["split.trouble"] = self.foreign, self.trouble
            f["split.common"] = float(z > _COMMON and not self.related(low))
            f["split.single"] = float(n == 1)
            yield Option(f"{chunk.core[:n]} {chunk.core[n:]}", f, "spacing")

    def _inner(self, chunk: Chunk) -> Iterator[Option]:
        """A sign inside a core: a speck, a missing blank, or its own."""
        core = chunk.core
        signs = list(_INNER.finditer(core))
        if len(signs) != 1:
            return
        sign = signs[0]
        left, right = core[: sign.start()].lower(), core[sign.end() :].lower()
        if not left.isalpha() or not right.isalpha() or sign[0] in "()/" or elided(sign[0], left, right):
            return
        both, joined = min(self.zipf(left), self.zipf(right)), self.zipf(left + right)
        about: Features = {
            "odd": float(any(s in ODD for s in sign[0])), "hyphen": float(sign[0] in HYPHENS),
            "dot": float("." in sign[0]), "comma": float("," in sign[0]), "upper": float(core[0].isupper()),
            "short": float(min(len(left), len(right)) < 3), "whole": float(self.zipf(core.lower()) > 0),
            "trouble": self.trouble, "foreign": self.foreign, "parts": float(both > 3.5),
            "odd_parts": float(both > 3.5 and sign[0][0] in ODD),
        }  # fmt: skip
        shapes = [("", "drop", joined), (" ", "blank", both)]
        if sign[0] in ".,:;!?":
            shapes.append((sign[0] + " ", "after", both))
        for new, name, z in shapes:
            g: Features = {f"inner.{name}": 1.0, f"inner.{name}.zipf": z, f"inner.{name}.none": float(z == 0)}
            g |= {f"inner.{name}.{k}": v for k, v in about.items()}
            yield Option(core[: sign.start()] + new + core[sign.end() :], g, "spacing" if new else "stray")

    def _numero(self, chunk: Chunk) -> Iterator[Option]:
        """A letter before a number, read for the sign of a number."""
        _, a = self.page.beside(chunk)
        if len(chunk.core) == 1 and chunk.core.isupper() and not chunk.trail and a is not None and a.core.isdigit():
            for sign in ("N", "№"):
                if sign != chunk.core:
                    own = float(sign in self.page.text.content)
                    yield Option(sign, {"numero": 1.0, f"numero.{sign}": 1.0, "numero.own": own}, "word")

    # case

    def _starts(self, chunk: Chunk) -> bool:
        """Does a sentence seem to begin here?"""
        if chunk.fresh and chunk.first:
            return True
        b = self.page.before(chunk)
        if b is None:
            return True
        return any(s in ENDS for s in b.trail) and not (len(b.core) < 4 and b.trail == ".")

    def _recased(self, chunk: Chunk, low: str) -> list[Option]:
        core = chunk.core
        if not core.isalpha():
            return []
        starts = self._starts(chunk)
        z = self.zipf(low)
        f: Features
        if _mixed(core):
            mixed = {"case.mixed": 1.0, "case.mixed.zipf": z}
            shapes = dict.fromkeys((low, low.capitalize(), low.upper()))
            return [Option(t, {**mixed, "case.mixed.title": float(t[0].isupper())}, "case") for t in shapes]
        b = self.page.before(chunk)
        sign = b.trail if b else ""
        down = not starts and z > 3.0 and self.capitals < _CAPITALS
        if core[0].isupper() and (len(core) == 1 or core[1:].islower()) and down:
            f = {"case.down": 1.0, "case.down.zipf": z, "case.down.name": float(self.is_name(low)),
                 "case.down.first": float(chunk.first), "case.down.single": float(len(core) == 1),
                 "case.down.dotted": float(chunk.trail.startswith(".")), "case.down.lead": float(bool(chunk.lead)),
                 "case.down.noise": self.page.rough, "case.down.trouble": self.trouble,
                 "case.down.seen": float(self.context.own_words.get(low, 0) > 1),
                 "case.down.bare": float(sign == ""), "case.down.comma": float(sign == ","),
                 "case.down.colon": float(":" in sign or '"' in sign), "case.down.dot": float("." in sign),
                 "case.down.common": float(z > 5.5)}  # fmt: skip
            return [Option(low, f, "case")]
        if core.islower() and starts and z > 2.0 and not (chunk.fresh and chunk.first):
            f = {"case.up": 1.0, "case.up.full": float(sign in (".", "!", "?")), "case.up.first": float(chunk.first),
                 "case.up.noise": self.page.rough, "case.up.trouble": self.trouble,
                 "case.up.dots": float("..." in sign or "…" in sign), "case.up.lead": float(bool(chunk.lead)),
                 "case.up.mark": float("!" in sign or "?" in sign), "case.up.long": float(len(low) > 3),
                 "case.up.after_short": float(b is not None and len(b.core) < 4)}  # fmt: skip
            return [Option(low.capitalize(), f, "case")]
        return []

    # scraps

    def _may_be_scrap(self, chunk: Chunk) -> bool:
        """Could it be a speck or a bit of the margin read as letters?"""
        if len(chunk.core) > 3:
            return False
        b, a = self.page.beside(chunk)
        return chunk.first or chunk.last or (b is not None and b.junk) or (a is not None and a.junk)

    def _delete(self, chunk: Chunk, low: str, known: bool) -> Features:
        b, a = self.page.beside(chunk)
        n = self.page.after(chunk)
        f: Features = {"drop.bias": 1.0, "drop.first": float(chunk.first), "drop.last": float(chunk.last)}
        f["drop.alone"] = float(chunk.first and chunk.last)
        f["drop.known"] = float(known)
        f |= {f"drop.{k}": v for k, v in bucketed("zipf", self.zipf(low))}
        f[f"drop.len{len(low)}"] = 1.0
        f["drop.upper"] = float(chunk.core.isupper())
        f["drop.noise"], f["drop.trouble"] = self.page.rough, self.trouble
        f["drop.signs"] = float(bool(chunk.lead) or bool(chunk.trail))
        f["drop.lead_odd"] = float(any(s in ODD for s in chunk.lead))
        f["drop.trail_odd"] = float(any(s in ODD for s in chunk.trail))
        f["drop.digit"] = float(any(c.isdigit() for c in low))
        f["drop.between"] = float(chunk.index in self.breaks.between)
        f["drop.half"] = float(chunk.index in self.breaks.before or chunk.index in self.breaks.after)
        if b is not None:
            f["drop.after_end"] = float(any(s in ENDS for s in b.trail))
            f["drop.after_hyphen"] = float(chunk.last and b.trail[:1] in (*HYPHENS, "_") and b.trail != "")
            f["drop.after_junk"] = float(b.junk)
            f["drop.after_comma"] = float("," in b.trail)
            f["drop.after_number"] = float(b.core.isdigit())
            f["drop.after_scrap"] = float(not b.junk and len(b.core) < 3)
        if a is not None:
            f["drop.before_junk"] = float(a.junk)
            f["drop.before_scrap"] = float(not a.junk and len(a.core) < 3)
        if n is not None:
            f["drop.before_upper"] = float(chunk.first and n.core[:1].isupper())
            f["drop.last_before_fresh"] = float(chunk.last and n.fresh)
            f["drop.last_before_upper"] = float(chunk.last and n.core[:1].isupper())
        return f


def _without_twins(slot: Slot) -> Slot:
    """Options with one text: the first stays."""
    seen: dict[str | None, Option] = {}
    for option in slot.options:
        seen.setdefault(option.text, option)
    slot.options = list(seen.values())
    return slot


def _mixed(core: str) -> bool:
    """Capitals after small letters, as no word has them."""
    letters = [c for c in core if c.isalpha()]
    return any(c.isupper() for c in letters[1:]) and any(c.islower() for c in letters)


def like(word: str, model: str) -> str:
    """The word in the case of another: СЛОВО, Слово or слово."""
    letters = [c for c in model if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
