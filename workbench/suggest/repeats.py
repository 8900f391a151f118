"""Lines that stand twice: the machine read one twice, or the typist lost the place."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.suggestion import PPM, Candidate, Evidence, Suggestion
from workbench.suggest.lines import lines_of
from workbench.suggest.protocol import Context

_LETTERS = 20
"""Shorter lines repeat in any list and table."""
_ALIKE = 90.0
_REACH = 2
"""Lines back."""
_LONGEST = 1000  # code points


class Repeats:
    """Proposes to take out a line that repeats the one before it, or the one before that."""

    name = "repeats"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        from rapidfuzz import fuzz

        content = context.text.content
        lines = lines_of(context.text)
        letters = [line.letters for line in lines]
        for n, line in enumerate(lines):
            if not _LETTERS <= len(letters[n]) <= _LONGEST or context.quiet(line.start, line.end):
                continue
            twin = next(
                (k for k in range(n - 1, max(-1, n - 1 - _REACH), -1)
                 if fuzz.ratio(letters[n], letters[k], score_cutoff=_ALIKE)), None
            )  # fmt: skip
            start, end = context.text.line_span(line.number - 1)
            if twin is None or end - start > _LONGEST:
                continue
            yield Suggestion(
                start=start, end=end, quote=content[start:end], kind="repeated", change="unseen",
                suggester=self.name, version=self.version, candidates=(Candidate(text="", ppm=PPM // 2),),
                evidence=(Evidence.of("repeated-line", line=lines[twin].number),),
            )  # fmt: skip
