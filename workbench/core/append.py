"""What may be appended: the quote holds, nothing unseen is overwritten, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workbench.core.acts import SPANNING, may_supersede
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError
from workbench.core.text import overlap
from workbench.core.words import N_


def admit(
    decision: Decision,
    *,
    raw: str | None,
    meeting: Iterable[Entry],
    also: frozenset[str] = frozenset(),
    in_conflict: frozenset[str] = frozenset(),
    seen: Callable[[str], bool] | None = None,
) -> frozenset[str]:
    """Ids that the decision supersedes, or a refusal that names what stands in the way.

    `raw` is the raw text of the span; `meeting` the live entries of its layer and text that overlap it or are named in
    `also` (zero-width neighbours whose output an edit takes over); `seen(id)` says whether the writer knew an entry. An
    answer equal to all that is live there, and not in conflict, is an agreement: it supersedes nothing.
    """
    if raw is not None and decision.quote != raw:
        raise RefusedError(
            N_("at {start}..{end} stands {raw!r}, not {quote!r}: the place has another text"),
            start=decision.start, end=decision.end, raw=raw, quote=decision.quote,
        )  # fmt: skip
    if decision.layer == "line":
        also = frozenset(e.id for e in meeting if e.subject == decision.data.get("line"))
        if decision.act != "add_line" and not also:
            raise RefusedError(N_("the added line is not there any more"))
    elif decision.layer not in SPANNING:
        return frozenset()
    start, end = decision.span
    touched: list[Entry] = []
    for other in meeting:
        low, high = other.decision.span
        touches = decision.layer != "line" and overlap(start, end, low, high)
        if not touches and other.id not in also:
            continue
        if seen is not None and not seen(other.id):
            raise RefusedError(
                N_("“{quote}” was decided meanwhile ({entry}); look at it first"),
                quote=other.decision.quote, entry=other.id[:12],
            )  # fmt: skip
        if not (start <= low and high <= end):
            raise RefusedError(
                N_("the span {start}..{end} would cut {what} at {from_}..{to}"),
                start=start, end=end, what=_name(other), from_=low, to=high,
            )  # fmt: skip
        may_supersede(decision.act, other.decision.act)
        touched.append(other)
    if all(other.decision.answer() == decision.answer() and other.id not in in_conflict for other in touched):
        return frozenset()
    return frozenset(other.id for other in touched)


def _name(entry: Entry) -> str:
    return f"the {entry.decision.act!r} {entry.id[:12]} of {entry.decision.quote!r}"
