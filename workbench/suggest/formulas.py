"""Parts of a letter that offices write by formula: classifications, stamps, numbers, signatures; proposed as zones.

A line must be the formula, not merely hold it. Letters are compared without case and signs, and may be misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.core.suggestion import Evidence, Suggestion
from workbench.suggest.lines import Line, lines_of
from workbench.suggest.protocol import Context

_LONGEST = 60  # code points of a line that may be a formula
_ALIKE = 85.0
_FORMULAS = {
    "classification": (
        "секретно", "совсекретно", "совершенно секретно", "строго секретно", "для служебного пользования",
        "не подлежит оглашению", "конфиденциально", "лично", "confidential", "secret", "top secret", "restricted",
        "geheim", "streng geheim", "vertraulich",
    ),
    "return stamp": (
        "подлежит возврату", "подлежит возвращению", "to be returned", "return to sender", "zurückzugeben",
    ),
}  # fmt: skip
_PATTERNS = (
    ("copy number", re.compile(r"(?:экз(?:емпляр)?|copy|ausfertigung)\.?\s*(?:№|N|No\.?|Nr\.?)?\s*\d{1,4}\.?", re.I)),
    ("office number", re.compile(r"(?:(?:исх|вх)\S{0,6}\s*)?(?:№|N[or]\.)\s*[\w/.-]*\d[\w/.-]*", re.I)),
)
_NAME = r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?"
_INITIALS = r"(?:[^\W\d_]\.\s?){1,3}"
_SIGNATURE = re.compile(
    rf"\W{{0,3}}(?:\(?(?:подпись|подп|signed|gez)\)?[.:]?\s*)?(?:(?P<one>{_INITIALS})(?P<name>{_NAME})|(?P<last>{_NAME})"
    rf"\s(?P<two>{_INITIALS})|/\s*(?:{_INITIALS})?(?P<slashed>{_NAME})\s*/?)\W{{0,3}}",
    re.IGNORECASE,
)
_TAIL = 8
"""Lines at the end of a text among which a signature is looked for."""


class Formulas:
    """Proposes classifications, return stamps, numbers of copies and of offices, signatures."""

    name = "formulas"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        lines = [line for line in lines_of(context.text) if not context.quiet(line.start, line.end)]
        for line, kind, why in (*_formulas(lines), *_signatures(lines)):
            yield Suggestion(
                start=line.start, end=line.end, quote=context.text.content[line.start : line.end], kind=kind,
                change="layout", suggester=self.name, version=self.version, evidence=(why,),
            )  # fmt: skip


def _formulas(lines: Sequence[Line]) -> Iterator[tuple[Line, str, Evidence]]:
    from rapidfuzz import fuzz

    known = {kind: ["".join(formula.split()) for formula in all_] for kind, all_ in _FORMULAS.items()}
    for line in lines:
        if len(line.text) > _LONGEST:
            continue
        letters = line.letters
        for kind, formulas in known.items():
            if any(fuzz.ratio(letters, formula, score_cutoff=_ALIKE) for formula in formulas):
                yield line, kind, Evidence.of("formula")
        for kind, pattern in _PATTERNS:
            if pattern.fullmatch(line.text):
                yield line, kind, Evidence.of("formula")


def _signatures(lines: Sequence[Line]) -> Iterator[tuple[Line, str, Evidence]]:
    """Short lines near the end of the text that are a name with its initials, or a name between slashes."""
    for line in lines[-_TAIL:]:
        m = _SIGNATURE.fullmatch(line.text) if len(line.text) <= _LONGEST else None
        name = m and (m["name"] or m["last"] or m["slashed"])
        if m and name and name[0].isupper() and (m["one"] or m["two"] or "A").replace(" ", "")[0].isupper():
            yield line, "signature", Evidence.of("signature-line")
