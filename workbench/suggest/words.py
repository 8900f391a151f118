"""Words that no list knows: near forms, ranked by what OCR confuses and by what is common."""

from __future__ import annotations

import math
from collections.abc import Iterable

from workbench.core.suggestion import PPM, Candidate, Evidence, Suggestion
from workbench.suggest.confusions import cost, difference
from workbench.suggest.protocol import Context, Token

_LONGEST = 40
_MOST = 5
# A score is log-odds against "it stands right as it is"; chosen on prose with known truth, see benchmarks.
_KEEP = -5.2
_KEEP_NAME = -2.4
_COST = 1.9
_IN_EDITION = 1.2


class UnknownWords:
    """Proposes near forms for words that are unknown; says nothing where nothing near is convincing."""

    name = "words"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        lexicon = context.lexicon
        if lexicon is None:
            return
        memo: dict[str, tuple[Candidate, ...]] = {}
        for token in context.tokens:
            if not _worth(token, context):
                continue
            if token.text not in memo:
                memo[token.text] = self._candidates(token.text, context)
            found = memo[token.text]
            if found:
                wrong, right = difference(token.text.lower(), found[0].text.lower())
                evidence = [Evidence.of("unknown-word", word=token.text)]
                if wrong and right and len(wrong) <= 2 and len(right) <= 2:
                    evidence.append(Evidence.of("confusion", wrong=wrong, right=right))
                else:
                    evidence.append(Evidence.of("near-known"))
                yield Suggestion(
                    start=token.start, end=token.end, quote=token.text, kind="word", change="ocr", suggester=self.name,
                    version=self.version, candidates=found, evidence=tuple(evidence),
                )  # fmt: skip

    def _candidates(self, word: str, context: Context) -> tuple[Candidate, ...]:
        assert context.lexicon is not None
        low = word.lower()
        scored: list[tuple[float, str]] = []
        capital = word[0].isupper()
        for near in context.lexicon.near(low):
            if near != low and (word.isupper() or not capital or near not in ("",)):
                weight = -_COST * cost(low, near) + (_IN_EDITION if context.seen(near) else 0.0)
                scored.append((weight, near))
        if not scored:
            return ()
        name = capital and not word.isupper()
        keep = _KEEP_NAME if name or len(low) < 4 else _KEEP
        scored.sort(key=lambda s: (-s[0], s[1]))
        total = math.exp(keep) + sum(math.exp(s) for s, _ in scored)
        found = [(math.exp(s) / total, cased(w, word)) for s, w in scored[:_MOST]]
        if found[0][0] < 0.35:
            return ()
        return tuple(Candidate(text=t, ppm=int(p * (PPM - 1))) for p, t in found if t != word)


def _worth(token: Token, context: Context) -> bool:
    """Is this a word to look at: unknown, not accepted, not an abbreviation, not half of a broken word?"""
    lexicon = context.lexicon
    assert lexicon is not None
    word, content = token.text, context.text.content
    if (
        not 3 <= len(word) <= _LONGEST
        or word.lower() in context.accepted_words
        or context.quiet(token.start, token.end)
    ):
        return False
    after = content[token.end : token.end + 1]
    if after in ("-", "¬", "\u00ad", ".") and (after != "." or len(word) < 6):
        return False
    before = content[max(0, token.start - 4) : token.start].rstrip(" \r\n")
    if before.endswith(("-", "¬", "\u00ad")) or content[max(0, token.start - 1) : token.start].isdigit():
        return False
    if word.isupper() and len(word) < 6 and not any(v in "АЕЁИОУЫЭЮЯ" for v in word[1:]):
        return False
    if context.seen(word) > 2:
        return False
    parts = word.replace("’", "-").replace("'", "-").split("-")
    return not (lexicon.knows(word) or (len(parts) > 1 and all(lexicon.knows(p) for p in parts if p)))


def cased(word: str, like: str) -> str:
    """The word in the case of another: СЛОВО, Слово or слово."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
