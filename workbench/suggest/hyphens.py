"""Words broken at line and page ends: joined where the whole is a word, left where the hyphen is the word's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.protocol import Context

_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,}+)([-¬\u00ad])([ \t]*(?:\r?\n|\r|\f)[ \t\r\n\f]*)([^\W\d_]{2,}+)")


class Hyphens:
    """Proposes the joined word over the whole break; the break itself stays known to the journal."""

    name = "hyphens"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        lexicon = context.lexicon
        for m in _BROKEN.finditer(context.text.content):
            head, tail = m[1], m[4]
            if context.quiet(m.start(), m.end()) or (not tail[0].islower() and not head.isupper()):
                continue
            joined = head + tail
            known = bool(lexicon and lexicon.knows(joined)) or context.seen(joined) > 0
            compound = bool(lexicon and lexicon.knows(f"{head}-{tail}")) or context.seen(f"{head}-{tail}") > 0
            page = m[3].count("\n") > 1 or "\f" in m[3]
            evidence = [Evidence.of("page-end-hyphen" if page else "line-end-hyphen")]
            if known:
                evidence.append(Evidence.of("joined-known"))
            first, second = (joined, f"{head}-{tail}") if known or not compound else (f"{head}-{tail}", joined)
            chance = 970_000 if known and not compound else 750_000
            yield Suggestion(
                start=m.start(), end=m.end(), quote=m[0], kind="hyphen", change="layout", suggester=self.name,
                version=self.version, evidence=tuple(evidence),
                candidates=(Candidate(text=first, ppm=chance), Candidate(text=second, ppm=990_000 - chance)),
            )  # fmt: skip
