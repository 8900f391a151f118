"""Agreement in lists of names: one in another case than all its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.cores import like as in_case_of
from workbench.suggest.protocol import Context

_LIST = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+(?:[ ][^\W\d_]{1,3}\.)?(?:,\s[^\W\d_]{3,}+(?:[ ][^\W\d_]{1,3}\.)?){3,}")
_NAME = re.compile(r"[^\W\d_]{3,}")


class Lists:
    """Proposes the missing ending; which of hand and machine dropped it stays open."""

    name = "lists"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        lexicon = context.lexicon
        if lexicon is None:
            return
        for run in _LIST.finditer(context.text.content):
            names = [m for m in _NAME.finditer(context.text.content, run.start(), run.end()) if m[0][0].isupper()]
            cases = [lexicon.cases(m[0]) if lexicon.knows(m[0]) else frozenset[str]() for m in names]
            known = [c for c in cases if c]
            for case in ("datv", "gent", "ablt"):
                fit = [case in c for c in known]
                if len(known) < 4 or sum(fit) < len(fit) - max(1, len(fit) // 6) or all(fit):
                    continue
                like = next(m[0] for m, c in zip(names, cases, strict=True) if case in c)
                for m, c in zip(names, cases, strict=True):
                    form = lexicon.inflected(m[0], case) if c and case not in c else None
                    if form is None or form == m[0].lower() or context.quiet(m.start(), m.end()):
                        continue
                    yield Suggestion(
                        start=m.start(), end=m.end(), quote=m[0], kind="agreement", change="unseen",
                        suggester=self.name, version=self.version,
                        candidates=(Candidate(text=in_case_of(form, m[0]), ppm=800_000),),
                        evidence=(Evidence.of("list-case", like=like),),
                    )  # fmt: skip
                break
