"""The past of a document: its lines as the desk has them, steps that equal the journal as of each entry."""

from __future__ import annotations

from workbench.services import library, moments
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition
from workbench.services.looking_back import past
from workbench.services.moments import Steps


def test_the_lines_now_are_those_of_the_desk(own: Edition) -> None:
    for listing in library.listings(own):
        desk = Desk(own, listing.id)
        found = past.lines(own, listing.id, moments.present(own))
        assert len(found) == desk.lines.row_count
        assert [line.reading for line in found] == [desk.line_reading(row) for row in range(desk.lines.row_count)]


def test_each_step_is_the_document_as_of_its_entry(own: Edition) -> None:
    for listing in library.listings(own):
        steps = Steps(own, listing.id)
        assert len(steps) > 10
        for count in range(1, len(steps) + 1, 7):
            entry = steps.entries[count - 1]
            then = moments.as_of(own, entry.id)
            if then.document(listing.id) is not None:
                stepped = past.lines(own, listing.id, steps.at(count))
                assert {x.key: x.reading for x in past.lines(own, listing.id, then)}.items() >= {
                    x.key: x.reading for x in stepped
                }.items()


def test_before_the_first_entry_there_is_the_raw_text(own: Edition) -> None:
    for listing in library.listings(own):
        raw = past.lines(own, listing.id, moments.moment(own, "raw"))
        assert past.lines(own, listing.id, Steps(own, listing.id).at(0)) == raw
        assert not [run for line in raw for run in line.runs if run.entries]
        assert not list(past.compare(raw, raw))


def test_what_differs_is_what_the_desk_calls_decided(own: Edition) -> None:
    for listing in library.listings(own):
        desk = Desk(own, listing.id)
        raw, now = (past.lines(own, listing.id, moments.moment(own, side)) for side in ("raw", "now"))
        told = [(d.row, "".join(c.old for c in d.changes), "".join(c.new for c in d.changes))
                for d in past.compare(raw, now)]  # fmt: skip
        assert told == list(desk.decided_lines())
