"""Roman months in dates and digits among initials: letters and digits that one shape makes one of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.protocol import Context

_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SHAPES = str.maketrans({
    "І": "I", "1": "I", "l": "I", "!": "I", "|": "I", "Т": "I", "T": "I", "Г": "I", "i": "I", "t": "I", "т": "I",
    "У": "V", "Y": "V", "Ч": "V", "у": "V", "v": "V", "Х": "X", "х": "X", "x": "X", "К": "X",
    "П": "II", "п": "II", "Н": "II", "Ш": "III", "ш": "III", "N": "IV",
})  # fmt: skip
_DATE = re.compile(r"(?<![\w.,/-])([0-3]?\d)[./-]\s?([\w!|]{1,6})[./-]\s?(1[5-9]\d\d|20\d\d|\d\d)(?!\d)")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\s?([036])\.(?=[,;:\s)]|$)")
_LETTERS = {"0": "О", "3": "З", "6": "Б"}


class Dates:
    """Proposes the Roman month that the shapes allow, and the letter of an initial."""

    name = "dates"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        content = context.text.content
        for m in _DATE.finditer(content):
            if m[2].isdigit() or m[2] in _MONTHS or not 0 < int(m[1]) < 32 or context.quiet(m.start(2), m.end(2)):
                continue
            shape = m[2].translate(_SHAPES)
            away, month = min((Levenshtein.distance(shape, month), month) for month in _MONTHS)
            if away == 0 or (away == 1 and len(shape) > 2):
                evidence = Evidence.of("roman-shape", wrong=m[2], right=month)
                yield self._made(content, m.start(2), m.end(2), month, 700_000 if away else 930_000, "date", evidence)
        for m in _INITIAL.finditer(content):
            if not context.quiet(m.start(1), m.end(1)):
                evidence = Evidence.of("digit-initial", wrong=m[1], right=_LETTERS[m[1]])
                yield self._made(content, m.start(1), m.end(1), _LETTERS[m[1]], 850_000, "word", evidence)

    def _made(
        self, content: str, start: int, end: int, text: str, ppm: int, kind: str, evidence: Evidence
    ) -> Suggestion:
        return Suggestion(
            start=start, end=end, quote=content[start:end], kind=kind, change="ocr", suggester=self.name,
            version=self.version, candidates=(Candidate(text=text, ppm=ppm),), evidence=(evidence,),
        )  # fmt: skip
