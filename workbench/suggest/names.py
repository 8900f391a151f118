"""Names against authority lists: an unknown one that is a letter, or two confusions, from a form of a listed name."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.lexicon.named import NamedLexicon
from workbench.suggest.channel import distance
from workbench.suggest.cores import like
from workbench.suggest.protocol import Context

_SHORTEST = 5
_FARTHEST = 1.0
_CHANCE = 600_000
"""Parts per million: the list may simply lack the name that stands here."""


class Names:
    """Proposes the listed name in the case that fits the letters."""

    name = "names"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        lexicon = context.lexicon
        if not isinstance(lexicon, NamedLexicon):
            return
        for token in context.tokens:
            low = token.text.lower()
            if len(low) < _SHORTEST or not token.text[0].isupper() or lexicon.knows(low):
                continue
            if low in context.accepted_words or context.quiet(token.start, token.end):
                continue
            found = [(away, form) for form in lexicon.shaped_like(low) if (away := distance(low, form)) <= _FARTHEST]
            if found:
                form = like(min(found)[1], token.text)
                yield Suggestion(
                    start=token.start, end=token.end, quote=token.text, kind="name", change="unseen",
                    suggester=self.name, version=self.version, candidates=(Candidate(text=form, ppm=_CHANCE),),
                    evidence=(Evidence.of("unknown-word", word=token.text), Evidence.of("in-authority", name=form)),
                )  # fmt: skip
