"""What accepting in bulk would do, in words: how many from whom, how that was measured, and some of the places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from workbench.core.text import fold
from workbench.i18n import N_, _, ngettext
from workbench.services.edition import Edition
from workbench.services.suggestions.bulk import ENOUGH, Measured, Offer
from workbench.store import texts
from workbench.store.suggestions import Kept

_SAMPLES = 5
_CONTEXT = 18  # code points
_RIGHT = {
    "edition": N_("right {right} of {count} times ({low} to {high}), by your own answers in this edition"),
    "evaluation": N_("right {right} of {count} times ({low} to {high}), by the shipped evaluation"),
}
_LEFT = {
    "one-by-one": N_("left: touch a name, a number, a date or an abbreviation: decided one by one"),
    "unmeasured": N_("left: are of suggesters that fewer than {enough} answers were measured of"),
    "below": N_("left: are of suggesters that were right less often than that"),
}


def in_words(edition: Edition, offered: Offer) -> Iterator[str]:
    """Lines without ends."""
    if not offered.accepted:
        yield _("nothing can be accepted in bulk above {chance}").format(chance=f"{offered.above:g}")
    by_suggester: dict[str, list[Kept]] = defaultdict(list)
    for kept in offered.accepted:
        by_suggester[kept.suggestion.suggester].append(kept)
    for name, places in sorted(by_suggester.items(), key=lambda pair: -len(pair[1])):
        yield f"{len(places):5}  {name}: {_measured(offered.measured[name])}"
        yield from _samples(edition, places)
    for reason, count in sorted(offered.left.items()):
        yield f"{count:5}  " + _(_LEFT[reason]).format(enough=ENOUGH)


def _measured(m: Measured) -> str:
    low, high = m.interval
    return _(_RIGHT[m.where]).format(right=m.right, count=m.count, low=f"{low:.0%}", high=f"{high:.0%}")


def _samples(edition: Edition, places: list[Kept]) -> Iterator[str]:
    """The commonest changes of a suggester, each at its first place, and how often it is made."""
    changes = Counter((k.suggestion.quote, k.suggestion.candidates[0].text) for k in places)
    for (quote, text), count in changes.most_common(_SAMPLES):
        first = next(k for k in places if (k.suggestion.quote, k.suggestion.candidates[0].text) == (quote, text))
        before, after = _around(edition, first)
        times = "   " + ngettext("{count} time", "{count} times", count).format(count=count)
        yield f"       …{before}[{fold(quote)} → {fold(text)}]{after}…{times if count > 1 else ''}"
    if len(changes) > _SAMPLES:
        more = len(changes) - _SAMPLES
        others = ngettext("and {count} other change", "and {count} other changes", more).format(count=more)
        yield f"       {others}"


def _around(edition: Edition, kept: Kept) -> tuple[str, str]:
    row = texts.text_row(edition.db, kept.text)
    start, end = kept.suggestion.start, kept.suggestion.end
    low, high = max(0, start - _CONTEXT), min(row.length, end + _CONTEXT)
    around = texts.fragment(edition.db, row.id, low, high)
    return around.raw(low, start).replace("\n", " "), around.raw(end, high).replace("\n", " ")
