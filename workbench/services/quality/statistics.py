"""Statistics of an edition by document, person, suggester and class: decisions, and the share that survived review.

Decisions about the text, its lines, zones, tags and notes are counted; descriptions, settings, read marks and reviews
are not. What the shares are taken of is said in `core/proportions.py`, and to the reader in `DENOMINATORS`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from workbench.core.proportions import Calibration, Fate, Said, Share, Tally
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.reviewing import judging
from workbench.services.reviewing.judging import Answer

_Fates: TypeAlias = defaultdict[str, Counter[Fate]]
"""How many decisions had each fate, by what they are counted by."""
AnyRow = TypeVar("AnyRow", bound="Row")

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


def statistics(
    edition: Edition, documents: Collection[Heading], told: Callable[[int, int], None] = lambda done, total: None
) -> Statistics:
    """The statistics of some documents of an edition; `told(done, total)`: decisions."""
    wanted = {d.id for d in documents}
    kinds = ("document", "author", "kind", "suggester")
    fates: dict[str, _Fates] = {kind: defaultdict(Counter) for kind in kinds}
    total: Counter[Fate] = Counter()
    answers: dict[str, Counter[Answer | None]] = defaultdict(Counter)
    said: dict[str, Counter[Said]] = defaultdict(Counter)
    for one in judging.judged(edition, wanted, told):
        total[one.fate] += 1
        for kind in kinds:
            if (name := getattr(one, kind)) is not None:
                fates[kind][name][one.fate] += 1
        if one.suggester is not None and one.fate.live:
            answers[one.suggester][one.answer] += 1
        if one.suggester is not None and one.said is not None:
            said[one.suggester][one.said] += 1
    return Statistics(
        total=_row("", "all", total),
        documents=tuple(_row(d.id, f"{d.number} {d.title}", fates["document"][d.id]) for d in documents),
        persons=_rows(fates["author"], persons.names(edition)),
        suggesters=_suggesters(fates["suggester"], answers, said, *_suggestions(edition, wanted)),
        classes=_rows(fates["kind"], {}),
    )


def _row(key: str, name: str, fates: Counter[Fate]) -> Row:
    return Row(id=key, name=name, tally=Tally.of(fates))


def _rows(groups: _Fates, names: dict[str, str]) -> tuple[Row, ...]:
    return _in_order(_row(key, names.get(key, key), fates) for key, fates in groups.items())


def _in_order(rows: Iterable[AnyRow]) -> tuple[AnyRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.tally.made, row.name)))


def _suggesters(
    fates: _Fates, answers: dict[str, Counter[Answer | None]], said: dict[str, Counter[Said]], waiting: Counter[str],
    silenced: Counter[str],
) -> tuple[SuggesterRow, ...]:  # fmt: skip
    return _in_order(
        SuggesterRow(
            id=name, name=name, tally=Tally.of(fates[name]), accepted=answers[name]["accepted"],
            edited=answers[name]["edited"], kept=answers[name]["kept"], silenced=silenced[name], open=waiting[name],
            calibration=Calibration.of(said[name].elements()),
        ) for name in fates.keys() | waiting.keys() | silenced.keys()
    )  # fmt: skip


def _suggestions(edition: Edition, wanted: Collection[str]) -> tuple[Counter[str], Counter[str]]:
    """How many suggestions of each suggester are open, and silenced by the memory, in some documents."""
    rows = edition.db.execute(
        "SELECT s.suggester, count(*) FILTER (WHERE s.closed_by IS NULL), count(*) FILTER (WHERE x.layer = 'memory')"
        " FROM stretches h CROSS JOIN suggestions s ON s.text = h.text AND s.start >= h.start AND s.start < h.end_"
        " LEFT JOIN entries e ON e.id = s.closed_by LEFT JOIN standing x ON x.seq = e.seq"
        " WHERE h.document IN (SELECT value FROM json_each(?)) GROUP BY s.suggester",
        (json.dumps(list(wanted)),),
    ).fetchall()
    return Counter({name: waiting for name, waiting, _ in rows}), Counter({name: silent for name, _, silent in rows})
