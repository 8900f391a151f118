"""Latin letters inside Cyrillic words and the reverse: same look, another code point."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.protocol import Context

_LATIN = "ABCEHKMOPTXYaceopxyi"
_CYRILLIC = "АВСЕНКМОРТХУасеорхуі"
TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


class Homoglyphs:
    """Proposes the word in the script of most of its letters."""

    name = "homoglyphs"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        for token in context.tokens:
            latin = sum("a" <= c.lower() <= "z" for c in token.text)
            cyrillic = sum("а" <= c.lower() <= "я" or c in "ёЁіІ" for c in token.text)
            if not latin or not cyrillic or context.quiet(token.start, token.end):
                continue
            proposal = token.text.translate(TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
            pure = all("a" <= c.lower() <= "z" or c == "-" for c in proposal) or not any(
                "a" <= c.lower() <= "z" for c in proposal
            )
            if proposal == token.text or not pure:
                continue
            known = context.lexicon is not None and context.lexicon.knows(proposal)
            yield Suggestion(
                start=token.start, end=token.end, quote=token.text, kind="homoglyph", change="ocr", suggester=self.name,
                version=self.version, candidates=(Candidate(text=proposal, ppm=970_000 if known else 800_000),),
                evidence=(Evidence.of("mixed-scripts"),),
            )  # fmt: skip
