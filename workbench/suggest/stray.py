"""Signs that belong to no word: specks read as punctuation, Markdown marks without a partner."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.protocol import Context

_ALONE = re.compile(r"(?m)(?:^[.‚‘’'`|_:;,*~^°•]{1,2}[ ]+(?=\S))|(?:(?<=\S)[ ]+[‚‘'`|_~^°•]{1,2}(?=$|[ ]))")
_INSIDE = re.compile(r"(?<=[^\W\d_])[‚‘`|_~^](?=[^\W\d_\s])")
_EDGE = re.compile(r"(?:(?<=\s)|(?<=^))[‘‚|_~^`](?=[^\W\d_])|(?<=[^\W\d_])[‘‚|_~^`](?=[\s,.]|$)")


class StrayMarks:
    """Proposes to take the sign out."""

    name = "stray"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        content = context.text.content
        for notice in context.text.notices:
            if notice.code == "unbalanced-emphasis" and notice.end > notice.start:
                yield self._made(content, notice.start, notice.end, "markup", "unbalanced-emphasis", 500_000)
        marked = [(m.start, m.end) for m in context.text.markup]
        for pattern, chance in ((_ALONE, 850_000), (_INSIDE, 800_000), (_EDGE, 800_000)):
            for m in pattern.finditer(content):
                if not any(a < m.end() and m.start() < b for a, b in marked) and not context.quiet(*m.span()):
                    yield self._made(content, m.start(), m.end(), "stray", "stray-mark", chance)

    def _made(self, content: str, start: int, end: int, kind: str, code: str, ppm: int) -> Suggestion:
        return Suggestion(
            start=start, end=end, quote=content[start:end], kind=kind, change="ocr", suggester=self.name,
            version=self.version, candidates=(Candidate(text="", ppm=ppm),), evidence=(Evidence.of(code),),
        )  # fmt: skip
