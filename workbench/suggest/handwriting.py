"""Stretches that look like handwriting or a drawing read as letters: one flag, and no word of them is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbench.core.suggestion import Evidence, Suggestion
from workbench.lexicon import Lexicon
from workbench.suggest.lines import Line, lines_of
from workbench.suggest.protocol import WORD, Context

KIND = "handwriting"
_WORDS = 6
"""Words that a stretch has at least."""
_UNKNOWN = 0.85
"""Share of them that no lexicon has."""
_UNLIKE = 0.45
"""How much less likely their letters are than those of words, in powers of ten."""
_LONGEST = 1000  # code points of a flag


class Handwriting:
    """Flags lines in which hardly anything is a word, or looks like one."""

    name = "handwriting"
    version = "1"

    def suggest(self, context: Context) -> Iterable[Suggestion]:
        if context.lexicon is None:
            return
        lines = [line for line in lines_of(context.text) if not context.quiet(line.start, line.end)]
        for run in _runs(lines, context.lexicon):
            start, end = run[0].start, run[-1].end
            yield Suggestion(
                start=start, end=end, quote=context.text.content[start:end], kind=KIND, change="uncertain",
                suggester=self.name, version=self.version, evidence=(Evidence.of("looks-handwritten"),),
            )  # fmt: skip


def _runs(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in [*lines, None]:
        short = line is not None and line.end - line.start <= _LONGEST
        fits = short and line is not None and _garbled(_words(line), lexicon)
        if fits and line and (not run or line.end - run[0].start <= _LONGEST):
            run.append(line)
            continue
        if run and sum(len(_words(one)) for one in run) >= _WORDS:
            yield run
        run = [line] if fits and line else []


def _words(line: Line) -> list[str]:
    return [word.lower() for word in WORD.findall(line.text) if len(word) > 2]


def _garbled(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Are nearly all of them unknown, and unlike words on the average?"""
    strange = [word for word in words if not lexicon.knows(word) and lexicon.related(word) is None]
    if len(words) < 2 or len(strange) < _UNKNOWN * len(words):
        return False
    mean = sum(lexicon.likeness(word)[0] for word in strange) / len(strange)
    return mean < lexicon.ordinary - _UNLIKE
