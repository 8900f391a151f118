"""One thing written two ways: names a letter apart, numbers after №, dates that contradict each other.

Both places are shown, nothing is sure: which of the two is right, and whose fault it is, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.core.suggestion import Candidate, Evidence, Suggestion, SuggestionClass
from workbench.lexicon import Lexicon
from workbench.suggest.channel import distance
from workbench.suggest.cores import like
from workbench.suggest.protocol import Context, Token

_NUMBER = re.compile(r"№\s{0,2}(?P<letters>[^\W\d_]{0,3})(?P<digits>\d{2,}(?:[-/]\d+)?)")
_SAME_TAIL = 4
"""So many last digits in common are no chance."""
_MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMERIC_DATE = re.compile(r"(?<![\d.])(\d{1,2})\.[ ]?(\d{1,2}|[IVX]{1,4})\.?[ \n]{1,2}(\d{4})(?!\d)")
_WRITTEN_DATE = re.compile(r"(?<!\d)(\d{1,2})[ ]([а-я]{3,8})[ ](\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class _Date:
    day: int
    month: int
    year: int
    text: str
    at: int


class Variants:
    """Flags both kinds of contradiction inside a text."""

    name = "variants"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        yield from self._names(context)
        yield from self._numbers(context)
        yield from self._dates(context)

    def _made(self, start: int, quote: str, kind: str, text: str, ppm: int, *evidence: Evidence,
              change: SuggestionClass = "unseen") -> Suggestion:  # fmt: skip
        return Suggestion(
            start=start, end=start + len(quote), quote=quote, kind=kind, change=change, suggester=self.name,
            version=self.version, candidates=(Candidate(text=text, ppm=ppm),), evidence=evidence,
        )  # fmt: skip

    def _names(self, context: Context) -> Iterator[Suggestion]:
        """A capitalised word that is unknown, one or two letters from a name that stands in the text."""
        lexicon = context.lexicon
        if lexicon is None:
            return
        names = [t for t in context.tokens if len(t.text) > 4 and t.text[0].isupper()]
        forms = _forms((t for t in names if lexicon.knows(t.text) and lexicon.is_name(t.text)), lexicon)
        for token in names:
            if lexicon.knows(token.text) or token.text.lower() in context.accepted_words:
                continue
            if context.quiet(token.start, token.end):
                continue
            best = _nearest(token.text.lower(), forms)
            if best is not None:
                form, other = best
                yield self._made(
                    token.start, token.text, "variant", like(form, token.text), 600_000,
                    Evidence.of("written-two-ways", here=token.text, there=other.text, line=context.line(other.start)),
                )  # fmt: skip

    def _numbers(self, context: Context) -> Iterator[Suggestion]:
        """Numbers after № that differ only at the start, where one has a letter and the other a digit or two."""
        found = list(_NUMBER.finditer(context.text.content))
        lettered = {m["digits"]: m for m in reversed(found) if m["letters"]}
        for m in (m for m in found if not m["letters"]):
            # The one with a letter is the likelier: no machine makes a letter of two digits by chance.
            tails = [m["digits"][n:] for n in (1, 2)]
            other = next((lettered[t] for t in tails if len(t) >= _SAME_TAIL and t in lettered), None)
            start, here = m.start("digits"), m["digits"]
            if other is not None and not context.quiet(start, start + len(here)):
                there = other["letters"] + other["digits"]
                yield self._made(
                    start, here, "variant", there, 700_000,
                    Evidence.of("written-two-ways", here=here, there=there, line=context.line(other.start())),
                )  # fmt: skip

    def _dates(self, context: Context) -> Iterator[Suggestion]:
        """`4.7` where `4 января` stands elsewhere: a Roman I read as 7; the same day in another year."""
        content = context.text.content
        written = list(_written(content))
        for m in _NUMERIC_DATE.finditer(content):
            if context.quiet(m.start(), m.end()):
                continue
            day, year = int(m[1]), int(m[3])
            same_day = [d for d in written if d.day == day]
            if m[2].isdigit() and m[2] in ("1", "7", "11", "77"):
                roman = {"1": "I", "7": "I", "11": "II", "77": "II"}[m[2]]
                meant = next((d for d in same_day if _ROMAN[d.month - 1] == roman), None)
                if meant is not None:
                    yield self._made(
                        m.start(1), content[m.start(1) : m.end(2)], "date", content[m.start(1) : m.start(2)] + roman,
                        800_000,
                        Evidence.of("roman-month", digit=m[2], there=meant.text, line=context.line(meant.at)),
                        change="ocr",
                    )  # fmt: skip
            away = next((d for d in same_day if abs(d.year - year) == 1), None)
            if away is not None:
                yield self._made(
                    m.start(3), m[3], "date", str(away.year), 500_000,
                    Evidence.of("years-disagree", there=away.text, line=context.line(away.at)),
                )  # fmt: skip


_Forms = dict[tuple[str, int], dict[str, Token]]
"""By first letter and length: a form, and the first name that has it."""


def _forms(names: Iterable[Token], lexicon: Lexicon) -> _Forms:
    """All cases of the names of a text."""
    found: _Forms = {}
    for word, token in {t.text.lower(): t for t in reversed(list(names))}.items():
        for case in ("nomn", "gent", "datv", "accs", "ablt", "loct"):
            if form := lexicon.inflected(word, case):
                at = found.setdefault((form[0], len(form)), {})
                at[form] = min(at.get(form, token), token, key=lambda t: t.start)
    return found


def _nearest(low: str, forms: _Forms) -> tuple[str, Token] | None:
    """The form nearest to a word, one letter or two confusions away at most."""
    near = {f: t for n in (-1, 0, 1) for f, t in forms.get((low[0], len(low) + n), {}).items() if f != low}
    found = [(away, form, token.start) for form, token in near.items() if (away := distance(low, form)) <= 1.0]
    if not found:
        return None
    form = min(found)[1]
    return form, near[form]


def _written(content: str) -> Iterator[_Date]:
    for m in _WRITTEN_DATE.finditer(content):
        month = next(
            (n for n, stem in enumerate(_MONTHS, 1) if m[2].startswith(stem) and len(m[2]) <= len(stem) + 2), None
        )
        if month is not None:
            yield _Date(int(m[1]), month, int(m[3]), m[0], m.start())
