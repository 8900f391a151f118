"""Known words near a word: by listed confusions first, then by any one edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.lexicon import Lexicon
from workbench.suggest.channel import FLAT, Channel, one_edit
from workbench.suggest.protocol import Context

_MOST = 10
_RARE = 2.0
"""Words below this Zipf value are proposed only when the dictionary has them too."""
_PLAUSIBLE = 4.5
"""Cost up to which a word that no list of frequencies has is looked up in the dictionary."""


@dataclass(frozen=True, slots=True)
class Near:
    """A known word with the cost of the change that leads to it."""

    text: str
    cost: float
    zipf: float
    known: bool
    """Does the dictionary have it, not only the list of frequencies?"""
    listed: bool
    """Is the change made of listed confusions alone?"""


class Search:
    """Finds candidates in one language; remembers what it found."""

    def __init__(self, lexicon: Lexicon, channel: Channel, known: Callable[[str], bool], context: Context) -> None:
        self.lexicon, self.channel, self.known, self.context = lexicon, channel, known, context
        self._memo: dict[tuple[str, str, str, bool], list[Near]] = {}

    def near(self, low: str, before: str = "", after: str = "", *, wide: bool) -> list[Near]:
        """The likeliest words near `low`, a part of a broken word between two others; `wide`: by any one edit too."""
        key = (low, before, after, wide)
        if key not in self._memo:
            self._memo[key] = self._found(low, before, after, wide)
        return self._memo[key]

    def _found(self, low: str, before: str, after: str, wide: bool) -> list[Near]:
        found: dict[str, Near] = {}

        def test(text: str, cost: float, listed: bool) -> None:
            have = found.get(text)
            if text == low or not text or (have is not None and have.cost <= cost):
                return
            whole = before + text + after
            zipf = self.lexicon.zipf(whole)
            if (
                zipf >= _RARE
                or ((zipf > 0 or cost < _PLAUSIBLE) and self.known(whole))
                or (len(text) > 3 and self.context.seen(text) > 1)
                or (cost < _PLAUSIBLE and self.lexicon.related(whole))
            ):
                found[text] = Near(text, cost, zipf, self.known(whole), listed)

        variants = list(self.channel.variants(low, most=3 if wide else 1))
        likely = self._likely([text for cost, text in variants if cost >= _PLAUSIBLE], before, after)
        for cost, text in variants:
            if cost < _PLAUSIBLE or text in likely:
                test(text, cost, True)
        if wide and len(low) > 2:
            for text in self._one_edit(low, before, after):
                test(text, FLAT, False)
            if len(low) > 4 and not any(n.zipf > 2.5 for n in found.values()):
                for cost, i, j, right in self.channel.edits(low)[:6]:
                    for text in self._one_edit(low[:i] + right + low[j:], before, after):
                        test(text, cost + FLAT, False)
        return self._best(found)

    def _one_edit(self, low: str, before: str, after: str) -> set[str]:
        """Words one letter away that may be meant. Where no listed form begins so, later letters need no trial."""
        reach = None if self.context.edition_words else self.lexicon.reach(low, before)
        return self._likely(list(one_edit(low, self.lexicon.alphabet, reach)), before, after)

    def _likely(self, words: list[str], before: str, after: str) -> set[str]:
        """Those that have a frequency or stand in the edition: few of some thousands."""
        found = set(self.lexicon.listed(words, before, after))
        for standing in (self.context.own_words, self.context.edition_words):
            if standing:
                found.update(word for word in words if word in standing)
        return found

    def _best(self, found: dict[str, Near]) -> list[Near]:
        return sorted(
            found.values(), key=lambda n: (n.cost - 1.2 * n.zipf - n.known - (self.context.seen(n.text) > 1), n.text)
        )[:_MOST]
