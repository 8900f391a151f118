"""Blanks where none belong, and none where one belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.protocol import Context

_BEFORE_SIGN = re.compile(r"(?<=[^\W\d_])[ \t]+(?=[,;:!?](?:\s|$))")
_DOUBLED = re.compile(r"(?<=\S) {2,}(?=[^\s])")


class Spacing:
    """Runs of known words without a blank, blanks before punctuation, doubled blanks."""

    name = "spacing"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        marks = {(m.start, m.end) for m in context.text.markup}
        for pattern, code, new in ((_BEFORE_SIGN, "blank-before-sign", ""), (_DOUBLED, "doubled-blank", " ")):
            for m in pattern.finditer(context.text.content):
                if m.span() not in marks and not context.quiet(*m.span()):
                    yield self._made(m.start(), m.end(), m[0], new, 900_000, code)
        lexicon = context.lexicon
        if lexicon is None:
            return
        for token in context.tokens:
            word = token.text
            if not 6 <= len(word) <= 40 or lexicon.knows(word) or "-" in word or context.quiet(token.start, token.end):
                continue
            if word.lower() in context.accepted_words or context.seen(word) > 2:
                continue
            cuts = [
                n for n in range(2, len(word) - 1)
                if lexicon.common(word[:n]) and lexicon.common(word[n:]) and min(n, len(word) - n) > 1
            ]  # fmt: skip
            longest = max(cuts, key=lambda n: min(n, len(word) - n), default=None)
            if longest is not None and (min(longest, len(word) - longest) > 2 or word[longest:].islower()):
                yield self._made(
                    token.start, token.end, word, f"{word[:longest]} {word[longest:]}", 600_000, "run-together"
                )

    def _made(self, start: int, end: int, quote: str, new: str, ppm: int, code: str) -> Suggestion:
        return Suggestion(
            start=start, end=end, quote=quote, kind="spacing", change="ocr", suggester=self.name, version=self.version,
            candidates=(Candidate(text=new, ppm=ppm),), evidence=(Evidence.of(code),),
        )  # fmt: skip
