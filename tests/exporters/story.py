"""A made-up history with one of everything: what exports of the history are compared on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import Any

from workbench.core.entry import Decision, Entry
from workbench.core.review import Verdict
from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.exporters.history import Told
from workbench.exporters.provenance import Origin, Whole

RAW = "Пишу тебе из Тверн о саде.\n"
TEXT = hashlib.sha256(RAW.encode()).hexdigest()
ELSEWHERE = "e" * 64
"""A text that is not here."""
NAMES = {"anna": "Анна Ивлева", "lev": "=Лев Орлов"}
FORMULA = '=HYPERLINK("http://x.example";"опись")'
PERSON, ACCEPTED, BETTER, NOTE, APPROVAL, REVERT, COMMENT, REBASE, CARRIED = range(9)
"""The entries of the history, in order."""
SUGGESTION = Suggestion(
    start=13, end=18, quote="Тверн", kind="word", change="ocr", suggester="words", version="1.2",
    candidates=(Candidate(text="Твери", ppm=900_000), Candidate(text="Тверь", ppm=50_000)),
    evidence=(Evidence.of("unknown-word", word="Тверн"),),
)  # fmt: skip


def at(quote: str, act: str = "edit", **fields: Any) -> Decision:
    """A decision about the first place of some words."""
    start = RAW.index(quote)
    return Decision(act=act, text=TEXT, start=start, end=start + len(quote), quote=quote, **fields)


def whole(**changes: Any) -> Whole:
    origin = Origin(
        length=len(RAW), encoding="utf-8", reader="plain", reader_version="1", transcript="a" * 64, name="письмо.txt",
        size=44, images=("b" * 64,),
    )  # fmt: skip
    made = Whole(id="0123456789ab", heads=("f" * 64,), alone=False, language="ru", origins={TEXT: origin})
    return replace(made, **changes)


@cache
def entries() -> tuple[Entry, ...]:
    """A suggestion accepted in a batch, replaced by an editor, approved; a note taken back; a comment; work on a new
    reading of the page.
    """
    found: list[Entry] = []

    def seal(decision: Decision, person: str = "anna", **links: Any) -> str:
        number = len(found) + 1
        entry = Entry.seal(
            decision, parents=[found[-1].id] if found else [], lamport=number, person=person,
            role="editor" if person == "lev" else "transcriber", time=f"2031-05-02T09:00:{number:02}.000123Z", **links,
        )  # fmt: skip
        found.append(entry)
        return entry.id

    seal(Decision(act="person", data={"registers": "anna"}))
    accepted = seal(
        at("Тверн", "accept", page="Твери", page_class="ocr", ground="internal", suggestion=SUGGESTION.provenance(),
           certainty="low", prefix="из ", suffix=" о"),
        batch="урожай 1",
    )  # fmt: skip
    better = at("Тверн", page="Тверь", page_class="ocr", ground="page", reason=FORMULA)
    replaced = seal(better, "lev", supersedes=[accepted])
    note = seal(at("саде", "textual_note", data={"body": "вписано\n- над строкой"}), batch="урожай 1")
    seal(Decision(act="approve"), targets=[replaced])
    seal(Decision(act="revert"), "lev", targets=[note])
    seal(Decision(act="comment", data={"body": "+1"}), "lev", targets=[accepted])
    seal(Decision(act="rebase", data={"document": TEXT[:12], "old": TEXT, "new": ELSEWHERE, "cuts": []}))
    carried = Decision(act="edit", text=ELSEWHERE, start=4, end=7, quote="\ttя", page="", page_class="unseen")
    seal(replace(carried, carried_from=replaced))
    return tuple(found)


@cache
def history() -> tuple[Told, ...]:
    """The same, told with what became of each."""
    return tuple(_told(number, entry) for number, entry in enumerate(entries()))


def _told(number: int, entry: Entry) -> Told:
    here = entry.decision.text == TEXT
    ender = {ACCEPTED: BETTER, NOTE: REVERT}.get(number)
    judged: dict[int, Verdict] = {BETTER: "approved", CARRIED: "unreviewed"}
    return Told(
        seq=number + 1, entry=entry, person=NAMES[entry.person], person_id=entry.person,
        document=TEXT[:12] if here else None, transcript="письмо.txt" if here else None, line=1 if here else None,
        state="superseded" if number == ACCEPTED else "reverted" if number == NOTE else "live",
        verdict=judged.get(number), ended_by=None if ender is None else entries()[ender].id,
    )  # fmt: skip
