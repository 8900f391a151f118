"""Left-overs of the recogniser's Markdown: emphasis marks without a partner."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.suggest.protocol import Context


class Markup:
    """Proposes to take the mark out."""

    name = "markup"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        for notice in context.text.notices:
            if notice.code == "unbalanced-emphasis" and notice.end > notice.start:
                yield Suggestion(
                    start=notice.start, end=notice.end, quote=context.text.content[notice.start : notice.end],
                    kind="markup", change="ocr", suggester=self.name, version=self.version,
                    candidates=(Candidate(text="", ppm=500_000),), evidence=(Evidence.of("unbalanced-emphasis"),),
                )  # fmt: skip
