"""What other readings of the page say about each chunk: second witnesses, and the machine's own doubts.

A witness is aligned with the text, so that each chunk has what the witness has in its place. Where both agree, the
reading stands more firmly; where they differ, the witness's reading is a candidate. A confidence counts by how far it
lies below the text's median, for engines differ in what they mean by it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import cached_property

from workbench.core.alignment import At, aligned
from workbench.suggest.options import Features, Option, Slot
from workbench.suggest.page import Chunk, decompose
from workbench.suggest.protocol import Context

Parts = tuple[str, str, str]
"""Signs, core, signs."""

_DOUBTFUL = 0.2
"""A chunk whose confidence lies this far below the median is looked at even where its word is common."""
_ALIKE = 0.4
_LONGEST_SIGNS = 3


class Collation:
    """The other readings of one text."""

    def __init__(self, context: Context, letters: frozenset[str]) -> None:
        self._letters = letters
        self._content = context.text.content
        self._witnesses = context.witnesses
        self._sure = {c.start: c for c in context.text.confidences}
        self._memo: dict[int, tuple[Parts, ...]] = {}

    @cached_property
    def _at(self) -> list[At]:
        return [aligned(self._content, witness) for _, witness in self._witnesses]

    @cached_property
    def _median(self) -> float:
        return statistics.median(c.ppm for c in self._sure.values()) if self._sure else 0.0

    def readings(self, chunk: Chunk) -> tuple[Parts, ...]:
        """What each witness has for a chunk."""
        if not self._witnesses:
            return ()
        if chunk.start not in self._memo:
            self._memo[chunk.start] = tuple(decompose(at(chunk.start, chunk.end), self._letters) for at in self._at)
        return self._memo[chunk.start]

    def doubt(self, chunk: Chunk) -> float:
        """How far the machine's confidence lies below the text's median, as a share of it; 0 where it says nothing."""
        sure = self._sure.get(chunk.start)
        return max(0.0, 1 - sure.ppm / self._median) if sure is not None and self._median else 0.0

    def doubted(self, chunk: Chunk) -> bool:
        """Does anything beside the text itself speak against a chunk?"""
        return self.doubt(chunk) > _DOUBTFUL or any(core != chunk.core for _, core, _ in self.readings(chunk))

    def differing(self, chunk: Chunk) -> Iterator[tuple[str, str]]:
        """Names of the witnesses that have something else, with what they have."""
        for (name, _), parts in zip(self._witnesses, self.readings(chunk), strict=False):
            if (reading := "".join(parts)) != chunk.text:
                yield name, reading

    def unsure(self, chunk: Chunk) -> int | None:
        """The machine's confidence in per cent, where it lies well below the text's median."""
        return round(self._sure[chunk.start].ppm / 10_000) if self.doubt(chunk) > _DOUBTFUL else None

    # what this adds to the options

    def weigh_core(self, slot: Slot, chunk: Chunk, *, known: bool) -> None:
        """Add what speaks for each option of a core, and the readings that are no option yet."""
        readings = [core for _, core, _ in self.readings(chunk)]
        alternatives = self._alternatives(chunk)
        for text in dict.fromkeys([*readings, *alternatives]):
            if text and _alike(text, chunk.core) and all(o.text != text for o in slot.options):
                kind = "spacing" if " " in text else "case" if text.lower() == chunk.core.lower() else "word"
                option = Option(text, {"also.new": 1.0, f"also.new.{kind}": 1.0}, kind)
                slot.options.insert(len(slot.options) - 1, option)
        share = _weight(len(readings))
        texts = {option.text for option in slot.options}
        for option in slot.options:
            f: Features = {}
            for reading in readings:
                for name in _of_core(option, reading, chunk.core, known=known, among=reading in texts):
                    f[name] = f.get(name, 0.0) + share
            if option.text in alternatives:
                f["sure.alternative"] = 1.0
            option.features = {**option.features, **f, **self._sureness(option, chunk, known)}

    def weigh_signs(self, slot: Slot, chunk: Chunk, part: int) -> None:
        """The same for the signs before (0) or after (2) a core, or for signs alone (0)."""
        readings = [parts[part] for parts in self.readings(chunk)]
        first = slot.options[0].text
        for text in dict.fromkeys(readings):
            if text and len(text) <= _LONGEST_SIGNS and not chunk.junk and all(o.text != text for o in slot.options):
                slot.options.append(Option(text, {"also.sign.new": 1.0}, "sign"))
        share = _weight(len(readings))
        for option in slot.options:
            text = " ".join((option.text or "").split())
            name = "same" if option.text == first else "take"
            against = "differs" if option.text == first else "against"
            f: Features = {}
            for reading in readings:
                key = f"also.sign.{name if text == reading else against}"
                f[key] = f.get(key, 0.0) + share
                if not reading:
                    f[f"{key}.nothing"] = f.get(f"{key}.nothing", 0.0) + share
            if doubt := self.doubt(chunk):
                f["sure.sign.keep" if option.text == first else "sure.sign.change"] = doubt
            option.features = {**option.features, **f}

    def added_sign(self, chunk: Chunk) -> Slot | None:
        """A sign after a word that a witness has and the text has not."""
        signs = [trail for _, core, trail in self.readings(chunk) if core.lower() == chunk.core.lower() and trail]
        if not signs or len(signs[0]) > 1:
            return None
        slot = Slot(chunk.end, chunk.end, [Option("", {})])
        count = signs.count(signs[0]) * _weight(len(self._witnesses))
        features: Features = {
            "also.added": count,
            f"also.added.{signs[0]}": count,
            "also.added.last": float(chunk.last),
        }
        slot.options.append(Option(signs[0], features, "sign"))
        return slot

    def _alternatives(self, chunk: Chunk) -> list[str]:
        sure = self._sure.get(chunk.start)
        return [decompose(a, self._letters)[1] for a in sure.alternatives] if sure is not None else []

    def _sureness(self, option: Option, chunk: Chunk, known: bool) -> Features:
        doubt = self.doubt(chunk)
        if not doubt:
            return {}
        if option.text == chunk.core:
            return {"sure.keep": doubt, "sure.keep.high": doubt**2, "sure.keep.known": doubt * known}
        return {f"sure.{option.kind if option.text is not None else 'other'}": doubt}


def _of_core(option: Option, reading: str, core: str, *, known: bool, among: bool) -> list[str]:
    """Names of what a witness's reading says about an option."""
    state = "known" if known else "unknown"
    if option.text is None:
        return ["also.other.same" if reading == core else "also.other.among" if among else "also.other.none"]
    if option.text == core:
        if reading == core:
            return ["also.same", f"also.same.{state}"]
        how = "nothing" if not reading else "case" if reading.lower() == core.lower() else "word"
        return [f"also.differs.{how}", f"also.differs.{how}.{state}"]
    if option.text == reading:
        return ["also.take", f"also.take.{option.kind}.{state}"]
    return ["also.against" if reading == core else "also.beside"]


def _weight(witnesses: int) -> float:
    """What one of several witnesses counts: more of them say more, but they are not independent."""
    return float(witnesses**-0.5) if witnesses else 0.0


def _alike(one: str, two: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one.lower(), two.lower()) >= _ALIKE
