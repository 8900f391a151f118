"""The queue in its three orders, and a document at a glance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services.conftest import propose, someone, split_and_joined
from workbench.services.document import queue, reading
from workbench.services.document.desk import Desk, Place
from workbench.services.document.overview import overview
from workbench.services.document.queue import Order

TEXT = "аа бб вв\nгг дд ее\nжж зз\n"
PROPOSALS = [
    ("аа", "А", 300_000, "word"), ("бб", "Б", 900_000, "case"), ("гг", "Г", 900_000, "word"),
    ("ее", "Е", 500_000, "spacing"), ("зз", "З", 300_000, "case"),
]  # fmt: skip
Make = Callable[[str], Desk]


def walked(desk: Desk, order: Order, *, backwards: bool = False, start: Place | None = None) -> list[str]:
    """The places of the queue from its beginning, or onward from a place."""
    place = start or queue.next_open(desk, None, order)
    found: list[str] = []
    while place is not None and len(found) < 9:
        found.append(desk.base(place))
        place = queue.next_open(desk, place, order, backwards=backwards)
    return found


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("text", "аа бб гг ее зз"),
        ("chance", "бб гг ее аа зз"),
        ("kind", "бб зз ее аа гг"),
    ],
)
def test_each_order_visits_every_suggestion_once_and_the_same_way_back(
    made_of: Make, order: Order, wanted: str
) -> None:
    desk = made_of(TEXT)
    propose(desk, TEXT, PROPOSALS)
    forward = walked(desk, order)
    assert forward == wanted.split()
    last = next(p for row in range(3) for p in desk.places(row) if desk.base(p) == forward[-1])
    assert walked(desk, order, backwards=True, start=last) == forward[::-1]


@pytest.mark.parametrize("order", queue.ORDERS)
def test_a_document_of_two_parts_of_one_text_is_walked_whole(made_of: Make, order: Order) -> None:
    """One that was split and joined again has its rows, its places and its decisions where they were."""
    desk = made_of(TEXT)
    propose(desk, TEXT, PROPOSALS)
    person, wanted = someone(desk), walked(desk, order)
    whole = split_and_joined(desk, TEXT.index("гг"), person)
    assert walked(whole, order) == wanted
    for row, word in enumerate(["аа", "гг", "жж"]):
        place = whole.places(row)[0]
        assert (place.row, whole.base(place)) == (row, word)
        assert whole.lines.row_of(place.text, place.start) == row
        made = whole.answer(place, "да", person)
        (decided,) = whole.detail(whole.places(row)[0]).decided
        assert decided.entry.id == made.id
    assert [row for row, _, _ in whole.decided_lines()] == [0, 1, 2]


def test_the_way_on_from_an_added_line_is_the_suggestion_after_it(made_of: Make) -> None:
    desk = made_of(TEXT)
    propose(desk, TEXT, PROPOSALS)
    desk.add_line(0, "новая", someone(desk))
    (line,) = desk.places(1)
    onward, back = queue.next_open(desk, line), queue.next_open(desk, line, backwards=True)
    assert onward is not None and desk.base(onward) == "гг"
    assert back is not None and desk.base(back) == "бб"


@pytest.mark.parametrize("order", queue.ORDERS)
def test_what_waits_ahead_is_what_the_way_would_come_to(made_of: Make, order: Order) -> None:
    desk = made_of(TEXT)
    propose(desk, TEXT, PROPOSALS)
    wanted = walked(desk, order)
    first = queue.next_open(desk, None, order)
    assert [w.suggestion.quote for w in queue.ahead(desk, first, order, 9)] == wanted[1:]
    assert [w.line for w in queue.ahead(desk, first, order, 2)] == [
        TEXT[: TEXT.index(q)].count("\n") + 1 for q in wanted[1:3]
    ]


@pytest.mark.parametrize("order", queue.ORDERS)
def test_a_step_costs_the_same_in_a_long_document(made_of: Make, order: Order) -> None:
    def cost(lines: int) -> int:
        text = "".join(f"слово{n}\n" for n in range(lines))
        desk = made_of(text)
        propose(desk, text, [(f"слово{n}\n", "x", 1000 * (n % 700), f"kind {n % 3}") for n in range(lines)])
        place = queue.next_open(desk, None, order)
        steps: list[None] = []
        desk.edition.db.set_progress_handler(lambda: steps.append(None), 10)
        queue.next_open(desk, place, order)
        desk.edition.db.set_progress_handler(None, 0)
        return len(steps)

    assert cost(3000) < 3 * cost(30)


def test_the_order_goes_on_from_a_suggestion_that_was_just_answered(made_of: Make) -> None:
    desk = made_of(TEXT)
    propose(desk, TEXT, PROPOSALS)
    first = queue.next_open(desk, None, "chance")
    assert first is not None
    desk.accept(first, 0, someone(desk))
    following = queue.next_open(desk, first, "chance")
    assert following is not None and desk.base(following) == "гг"


def test_a_glance_shows_what_waits_what_is_decided_and_what_nobody_read(made_of: Make) -> None:
    desk = made_of(TEXT)
    propose(desk, TEXT, PROPOSALS[:3])
    person = someone(desk)
    place = queue.next_open(desk, None)
    assert place is not None
    desk.accept(place, 0, person)
    reading.mark_read(desk, 2, person)
    first, second, third = overview(desk.lines, 3)
    assert (first.open, first.decided, first.unread, first.disputed) == (True, True, True, False)
    assert (second.open, second.decided) == (True, False)
    assert (third.open, third.decided, third.unread) == (False, False, False)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_the_buckets_of_a_glance_cover_every_row_once(made_of: Make, count: int) -> None:
    desk = made_of("строка\n" * 7)
    buckets = overview(desk.lines, count)
    assert len(buckets) == min(count, 7)
    assert [row for b in buckets for row in range(b.first, b.last)] == list(range(7))
