"""Signs before, after and between words: specks read as punctuation, one sign read as another, a lost hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from workbench.suggest.cores import Cores
from workbench.suggest.options import Features, Option, Slot
from workbench.suggest.page import ENDS, HYPHENS, ODD, Chunk, elided

_GROUPS = re.compile(r"[!?]+\.{2,}|[!?]{2,}|\.{2,}|…|(.)", re.DOTALL)
_CLASSES = {
    **dict.fromkeys(".", "dot"), **dict.fromkeys(",", "comma"), **dict.fromkeys("‚", "low"),
    **dict.fromkeys(":", "colon"), **dict.fromkeys(";", "semi"),
    **dict.fromkeys("’‘`'´", "high"), **dict.fromkeys("\"“”„«»", "quote"),
    **dict.fromkeys("-—–‐¬\u00ad", "dash"), **dict.fromkeys("_=", "bar"), **dict.fromkeys("!?", "mark"),
    **dict.fromkeys("()[]/", "paren"),
}  # fmt: skip
_TRAIL_FOR = {
    ".": (",",), ",": (".",), "‚": (",",), ":": (".", ","), ";": (",",), "›": (",",), "’": (",", '"'), "“": ('"',),
    "”": ('"',), "„": ('"',), "‘": ('"', ","), "`": ('"', ","), "_": ("-",), "=": ("-",), "—": ("-",), "'": (",", '"'),
    "..": ("...", "."), "*": ('"',), "]": (")",), "}": (")",), "|": ("!", ","), "»": ('"',), "¬": ("-",),
}  # fmt: skip
_LEAD_FOR = {
    "‘": ('"',), "“": ('"',), "„": ('"',), "”": ('"',), "’": ('"',), "`": ('"',), "'": ('"',), "*": ('"',), "[": ("(",),
    "{": ("(",), "<": ("(",), "«": ('"',),
}  # fmt: skip
_ALONE_FOR = {
    "=": ("-", "и"), "_": ("-",), "—": ("-",), "–": ("-",), "&": ("а", "в"), "©": ("о", "с"), "|": ("!",), "~": ("-",),
    "<": ("с",), ">": ("х",), "%": ("и",),
}  # fmt: skip


_DOTTED = re.compile(r"\.[,;:)]?")
_STANDS = re.compile(r"[№§]|(\S)(?:\s?\1){2,}")
"""Signs that stand alone by right: of numbers and paragraphs, and ruled lines."""
_HANGS = frozenset(".,;:!?)…-")
"""Signs that stand right after a word."""
_PAIR_REACH = 20
_LONGEST = 12
"""Code points; a longer run of signs is a ruled line, or no text at all."""
_QUOTES = "\"“”„«»‘’'`"
_CLOSES = {"(": ")", "[": "])", **dict.fromkeys(_QUOTES, _QUOTES)}
_OPENS = {")": "(", "]": "[(", **dict.fromkeys(_QUOTES, _QUOTES)}


def sign_class(sign: str) -> str:
    """The class of one sign or of a run of dots or marks."""
    if len(sign) > 1 or sign == "…":
        return "mark" if sign[0] in "!?" else "dots"
    return _CLASSES.get(sign, "odd")


def groups(signs: str) -> list[str]:
    """Signs one by one, runs of dots together."""
    return [m[0] for m in _GROUPS.finditer(signs)]


class Signs:
    """Slots for the signs of a page."""

    def __init__(self, cores: Cores) -> None:
        self.page, self.cores = cores.page, cores
        page = cores.page
        self._straight = page.text.content.count('"') >= page.text.content.count("“")
        self._often = {
            "lead": Counter(c.lead for c in page.chunks if not c.junk),
            "trail": Counter(c.trail for c in page.chunks if not c.junk),
        }

    def slots(self, chunk: Chunk) -> Iterable[Slot]:
        """The slots of a chunk that may be doubted."""
        also = self.cores.collation
        if chunk.junk:
            if len(chunk.lead) <= _LONGEST and not self._stands(chunk):
                slot = self._alone(chunk)
                also.weigh_signs(slot, chunk, 0)
                yield slot
            return
        if 0 < len(chunk.lead) <= _LONGEST and not self._belongs(chunk):
            slot = self._beside(chunk, chunk.lead, chunk.start, "lead", _LEAD_FOR)
            also.weigh_signs(slot, chunk, 0)
            yield slot
        if chunk.trail:
            if len(chunk.trail) <= _LONGEST and not (_DOTTED.fullmatch(chunk.trail) and self._abbreviated(chunk)):
                slot = self._beside(chunk, chunk.trail, chunk.core_end, "trail", _TRAIL_FOR)
                also.weigh_signs(slot, chunk, 2)
                yield slot
        elif (lost := self._lost_hyphen(chunk) or also.added_sign(chunk)) is not None:
            yield lost

    def _beside(self, chunk: Chunk, signs: str, at: int, side: str, others: Mapping[str, tuple[str, ...]]) -> Slot:
        slot = Slot(at, at + len(signs))
        parts = groups(signs)
        surroundings = self._surroundings(chunk)
        if pair := self._partner(chunk, signs, side):
            surroundings.append(pair)
        made: dict[str, list[str]] = {signs: []}
        for n, part in enumerate(parts):
            rest = "".join(parts[:n] + parts[n + 1 :])
            made.setdefault(rest, []).append(f"drop.{sign_class(part)}")
            for new in others.get(part, ()):
                text = "".join(parts[:n]) + new + "".join(parts[n + 1 :])
                made.setdefault(text, []).append(f"{sign_class(part)}.to.{sign_class(new)}")
        if len(parts) > 1:
            made.setdefault("", []).extend(f"drop.{sign_class(p)}" for p in parts)
            for n, part in enumerate(parts):  # all but one, and that one read otherwise
                made.setdefault(part, []).extend(f"drop.{sign_class(p)}" for m, p in enumerate(parts) if m != n)
                for new in others.get(part, ()):
                    made.setdefault(new, []).extend(
                        [f"{sign_class(part)}.to.{sign_class(new)}"]
                        + [f"drop.{sign_class(p)}" for m, p in enumerate(parts) if m != n]
                    )
        for text, changes in made.items():
            f: Features = {}
            for change in changes:
                f[f"{side}.{change}"] = f.get(f"{side}.{change}", 0.0) + 1.0
                f[f"{side}.{change}.noise"] = self.page.rough
                f[f"{side}.{change}.trouble"] = self.cores.trouble
                f[f"{side}.{change.partition('.')[0]}.noise"] = self.page.rough
                for name in surroundings:
                    f[f"{side}.{change}.{name}"] = 1.0
            if not changes:
                f[f"{side}.keep.odd"] = float(sum(s in ODD for s in text))
                f[f"{side}.keep.many"] = float(len(parts) > 1)
                f[f"{side}.keep.often"] = self._often[side].get(signs, 0) / len(self.page.chunks) * 20
            f |= {f"{side}.{result(text)}.{name}": 1.0 for name in surroundings}
            if '"' in text and text != signs:
                f[f"{side}.straight"] = float(self._straight)
            slot.options.append(Option(text, f, "keep" if not changes else "sign" if text else "stray"))
        return slot

    def _stands(self, chunk: Chunk) -> bool:
        """Does a sign between blanks stand there by right?"""
        if chunk.lead in self.page.spaced and not chunk.first and not chunk.last:
            return True
        return chunk.lead in self.page.quotes or bool(_STANDS.fullmatch(self.page.received(chunk)))

    def _belongs(self, chunk: Chunk) -> bool:
        """Is the sign before a word a part of it, such as in 't, or a quotation mark of print?"""
        sign = chunk.lead[-1]
        return chunk.lead in self.page.quotes or elided(sign, "", chunk.core)

    def _abbreviated(self, chunk: Chunk) -> bool:
        """Is it an initial, or a letter that is no word and so stands for one?"""
        return len(chunk.core) == 1 and chunk.core.isalpha() and not self.cores.zipf(chunk.core.lower())

    def _surroundings(self, chunk: Chunk) -> list[str]:
        following = self.page.after(chunk)
        if following is None or (following.fresh and following.first):
            next_is = "paragraph"
        elif following.core[0].islower():
            next_is = "lower"
        else:
            next_is = "upper" if following.core[0].isupper() else "digit"
        kind = self._core_class(chunk)
        found = [next_is, kind, f"{kind}.{next_is}"]
        if chunk.last:
            found += ["last", f"last.{next_is}"]
        if chunk.first:
            found.append("first")
        before, after = self.cores.halves(chunk)
        whole = bool(after) and self.cores.known(before + chunk.core.lower() + after)
        if whole or (chunk.last and chunk.core.isalpha() and next_is == "lower" and self._joins(chunk, following)):
            found.append("joins")
        return found

    def _core_class(self, chunk: Chunk) -> str:
        core = chunk.core
        if any(c.isdigit() for c in core):
            return "number"
        if len(core) == 1:
            return "initial" if core.isupper() else "letter"
        zipf = self.cores.zipf(core.lower())
        if zipf >= 5 or (zipf >= 3.5 and len(core) > 4):
            return "common"
        if len(core) < 5:
            return "short"
        return "known" if zipf or self.cores.known(core.lower()) else "strange"

    def _joins(self, chunk: Chunk, following: Chunk | None) -> bool:
        """Do two pieces make a word that at least one of them is not?"""
        known = self.cores.known
        left, right = chunk.core.lower(), following.core.lower() if following else ""
        return known(left + right) and not (known(left) and known(right))

    def _partner(self, chunk: Chunk, signs: str, side: str) -> str:
        """Is the other one of a pair of quotation marks or brackets near?"""
        chunks = self.page.chunks
        if side == "lead":
            near = (c.trail for c in chunks[chunk.index : chunk.index + _PAIR_REACH])
            pairs = _CLOSES.get(signs[-1], "")
        else:
            near = (c.lead for c in chunks[max(0, chunk.index - _PAIR_REACH) : chunk.index + 1])
            pairs = _OPENS.get(signs[0], "")
        if not pairs:
            return ""
        return "paired" if any(s in pairs for t in near for s in t) else "single"

    def _lost_hyphen(self, chunk: Chunk) -> Slot | None:
        following = self.page.after(chunk)
        if not chunk.last or not chunk.core.isalpha() or following is None or not following.core[:1].islower():
            return None
        left, right = chunk.core.lower(), following.core.lower()
        joined = left + right
        if not right.isalpha() or not self._joins(chunk, following) or self.cores.zipf(joined) < 2.0:
            return None
        slot = Slot(chunk.end, chunk.end)
        f = {"hyphen.lost": 1.0, "hyphen.lost.zipf": self.cores.zipf(joined), "hyphen.lost.noise": self.page.rough,
             "hyphen.lost.half": float(self.cores.known(left) or self.cores.known(right))}  # fmt: skip
        slot.options = [Option("", {}), Option("-", f, "hyphen")]
        return slot

    def _alone(self, chunk: Chunk) -> Slot:
        """A sign between blanks, with the blank before it (at a line's start, the one after it)."""
        b, a = self.page.beside(chunk)
        start = b.end if b is not None else chunk.start
        end = a.start if b is None and a is not None and not a.junk else chunk.end
        content = self.page.text.content
        before, after = content[start : chunk.start], content[chunk.end : end]
        signs = chunk.lead
        parts = groups(signs)
        kind = sign_class(parts[0]) if len(parts) == 1 else "run"
        where = self._place(chunk)
        names = self._about(chunk, kind, where, b, a)
        f: Features = {"alone.drop": 1.0, f"alone.drop.{kind}": 1.0, "alone.drop.noise": self.page.rough}
        f[f"alone.drop.{kind}.noise"] = self.page.rough
        f["alone.drop.trouble"] = self.cores.trouble
        f["alone.drop.odd"] = float(any(s in ODD for s in signs))
        f |= {f"alone.drop.{name}": 1.0 for name in names}
        slot = Slot(start, end, [Option(content[start:end], {}), Option("", f, "stray")])
        for new in _ALONE_FOR.get(signs, ()):
            g = {"alone.to": 1.0, f"alone.to.{'letter' if new.isalpha() else 'sign'}": 1.0,
                 f"alone.{signs}.to.{new}": 1.0, f"alone.to.{where}": 1.0}  # fmt: skip
            slot.options.append(Option(before + new + after, g, "sign"))
        if b is not None and not b.junk and signs[0] in _HANGS:
            h: Features = {"alone.hangs": 1.0, f"alone.hangs.{kind}": 1.0, f"alone.hangs.{where}": 1.0}
            h[f"alone.hangs.{kind}.after_{result(b.trail)}"] = 1.0
            h["alone.hangs.noise"] = self.page.rough
            slot.options.append(Option(signs, h, "spacing"))
        return slot

    def _place(self, chunk: Chunk) -> str:
        if chunk.first:
            return "alone" if chunk.last else "first"
        return "last" if chunk.last else "middle"

    def _about(self, chunk: Chunk, kind: str, where: str, b: Chunk | None, a: Chunk | None) -> list[str]:
        names = [where, f"{kind}.{where}"]
        following = self.page.after(chunk)
        if chunk.fresh:
            names.append(f"{kind}.fresh")
        if chunk.index in self.cores.breaks.between:
            names.append("between")
        if following is not None and chunk.last:
            names.append(f"{kind}.{'upper' if following.core[0].isupper() else 'lower'}_follows")
        if b is not None:
            names.append("after_junk" if b.junk else "after_word")
            if any(s in ENDS for s in b.trail):
                names.append(f"{kind}.after_end")
            if any(s in ",;:" for s in b.trail):
                names.append(f"{kind}.after_comma")
            if chunk.last and b.trail and b.trail[0] in (*HYPHENS, "_"):
                names.append("after_hyphen")
            if b.junk or b.trail == "":
                names.append(f"{kind}.after_bare")
        if a is not None:
            names.append("before_junk" if a.junk else "before_word")
            if not a.junk:
                names.append(f"{kind}.before_{'upper' if a.core[0].isupper() else 'lower'}")
        return names


def result(text: str) -> str:
    """What signs after a word do: end a sentence, part it, break the word, or nothing."""
    if any(s in ENDS for s in text):
        return "ends"
    if any(s in ",;:" for s in text):
        return "parts"
    if text[:1] and text[0] in HYPHENS:
        return "breaks"
    return "other" if text else "nothing"
