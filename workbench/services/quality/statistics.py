"""Statistics of an edition by document, person, suggester and class: decisions, and the share that survived review.

Decisions about the text, its lines, zones, tags and notes are counted; descriptions, settings, read marks and reviews
are not. What the shares are taken of is said in `core/proportions.py`, and to the reader in `DENOMINATORS`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from workbench.core.proportions import Calibration, Share, Tally
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.library import Listing
from workbench.services.reviewing import judging
from workbench.services.reviewing.judging import Judged

DENOMINATORS = (
    "Survived: of the decisions that another person approved, disputed, took back or decided otherwise (judged), those"
    " that stand and are approved. What nobody else looked at is not in it, nor what its own author revised before.",
    "Right: of the suggestions answered one by one, those whose first proposal stands; one that another person"
    " overturned was wrong. Said: the mean probability of these first proposals. Acceptances in bulk and words"
    " accepted as right everywhere are not in it.",
    "Intervals are Wilson's at 95 %.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The decisions of one document, person, suggester or class."""

    id: str
    name: str
    tally: Tally

    def record(self) -> dict[str, Any]:
        t = self.tally
        return {
            "id": self.id, "name": self.name, "decisions": t.made, "standing": t.standing, "overturned": t.overturned,
            "withdrawn": t.withdrawn, "judged": t.judged, "survived": t.survived, **_share("survival", t.survival),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggesterRow(Row):
    """What was said to the suggestions of one suggester, by the decisions that stand, beside what became of them."""

    accepted: int
    edited: int
    kept: int
    silenced: int
    """Closed by a word accepted as right, or by a reading kept wherever it stands."""
    open: int
    calibration: Calibration

    def record(self) -> dict[str, Any]:
        c = self.calibration
        return {
            **Row.record(self), "accepted": self.accepted, "edited": self.edited, "kept": self.kept,
            "silenced": self.silenced, "open": self.open, "answered_one_by_one": c.count, "right": c.right,
            "mean_probability": c.mean, **_share("acceptance", c.acceptance),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All rows; those of a kind with the most decisions first, documents in their order."""

    total: Row
    documents: tuple[Row, ...]
    persons: tuple[Row, ...]
    suggesters: tuple[SuggesterRow, ...]
    classes: tuple[Row, ...]

    def record(self) -> dict[str, Any]:
        """The whole as JSON values."""
        return {
            "denominators": list(DENOMINATORS), "total": self.total.record(),
            "documents": [r.record() for r in self.documents], "persons": [r.record() for r in self.persons],
            "suggesters": [r.record() for r in self.suggesters], "classes": [r.record() for r in self.classes],
        }  # fmt: skip


def _share(name: str, share: Share) -> dict[str, Any]:
    """A share and its interval, both null where there is nothing to take a share of."""
    return {name: share.value, f"{name}_interval": list(share.interval) if share.whole else None}


def statistics(edition: Edition, documents: Collection[Listing]) -> Statistics:
    """The statistics of some documents of an edition."""
    wanted = {d.id for d in documents}
    found = [j for j in judging.judged(edition) if j.document in wanted]
    named = persons.names(edition)
    by_document = _by(found, lambda j: j.document)
    return Statistics(
        total=_row("", "all", found),
        documents=tuple(_row(d.id, f"{d.number} {d.title}", by_document.get(d.id, [])) for d in documents),
        persons=_rows(_by(found, lambda j: j.author), named),
        suggesters=_suggesters(edition, wanted, found),
        classes=_rows(_by(found, lambda j: j.kind), {}),
    )


def _by(found: Iterable[Judged], key: Callable[[Judged], str | None]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        if (name := key(one)) is not None:
            groups[name].append(one)
    return groups


def _row(key: str, name: str, found: Collection[Judged]) -> Row:
    return Row(id=key, name=name, tally=Tally.of(j.fate for j in found))


def _rows(groups: dict[str, list[Judged]], names: dict[str, str]) -> tuple[Row, ...]:
    made = (_row(key, names.get(key, key), found) for key, found in groups.items())
    return tuple(sorted(made, key=lambda row: (-row.tally.made, row.name)))


def _suggesters(edition: Edition, wanted: Collection[str], found: Iterable[Judged]) -> tuple[SuggesterRow, ...]:
    groups = _by(found, _suggester)
    waiting, silenced = _suggestions(edition, wanted)
    names = groups.keys() | waiting.keys() | silenced.keys()
    rows = []
    for name in names:
        all_of_it = groups.get(name, [])
        standing = [j for j in all_of_it if j.fate.live]
        answers = Counter(j.answer for j in standing)
        rows.append(
            SuggesterRow(
                id=name, name=name, tally=Tally.of(j.fate for j in all_of_it), accepted=answers["accepted"],
                edited=answers["edited"], kept=answers["kept"], silenced=silenced[name], open=waiting[name],
                calibration=Calibration.of(said for j in all_of_it if (said := j.said) is not None),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.tally.made, row.name)))


def _suggester(one: Judged) -> str | None:
    suggestion = one.entry.decision.suggestion
    return None if suggestion is None else str(suggestion["suggester"])


def _suggestions(edition: Edition, wanted: Collection[str]) -> tuple[Counter[str], Counter[str]]:
    """How many suggestions of each suggester are open, and silenced by the memory, in some documents."""
    waiting: Counter[str] = Counter()
    silenced: Counter[str] = Counter()
    rows = edition.db.execute(
        "SELECT h.document, s.suggester, count(*) FILTER (WHERE s.closed_by IS NULL),"
        " count(*) FILTER (WHERE x.layer = 'memory') FROM suggestions s"
        " JOIN stretches h ON h.text = s.text AND s.start >= h.start AND s.start < h.end_"
        " LEFT JOIN entries e ON e.id = s.closed_by LEFT JOIN standing x ON x.seq = e.seq"
        " GROUP BY h.document, s.suggester"
    )
    for document, suggester, still_open, by_memory in rows:
        if document in wanted:
            waiting[suggester] += still_open
            silenced[suggester] += by_memory
    return waiting, silenced
