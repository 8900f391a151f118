"""Series: every place where the same stands, in raw text or reading, decided as one batch with exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import propose, someone
from workbench.core.errors import RefusedError, UsageError
from workbench.services import deciding, library, matching, series
from workbench.services.document.desk import Desk
from workbench.services.series import Series, Wanted

TEXT = "кот и котик, кот.\nКот да кот-\nенок; кoт\n"
Make = Callable[[str], Desk]


def gathered(desk: Desk, wanted: Wanted) -> Series:
    return series.gather(desk.edition, library.listings(desk.edition), wanted)


def lines(desk: Desk) -> list[str]:
    return [desk.line_reading(row) for row in range(desk.lines.row_count)]


def test_a_word_is_found_as_a_whole_word_only(made_of: Make) -> None:
    desk = made_of(TEXT)
    found = gathered(desk, Wanted(pattern=series.words("кот"), act="keep"))
    assert [(m.line, m.start) for m in found.members] == [(1, 0), (1, 13), (2, TEXT.index("кот-"))]
    assert found.members[1].before.endswith("котик, ") and found.members[1].after.startswith(".\n")


@pytest.mark.parametrize(("quote", "count"), [(",", 1), ("кот-\nенок", 1), (" ", 6), (".", 1)])
def test_what_is_no_word_is_found_wherever_it_stands(made_of: Make, quote: str, count: int) -> None:
    desk = made_of(TEXT)
    assert len(gathered(desk, Wanted(pattern=series.words(quote), act="keep")).members) == count


def test_ticked_places_become_one_batch_which_one_undo_takes_back(made_of: Make) -> None:
    desk = made_of(TEXT)
    person = someone(desk)
    found = gathered(desk, Wanted(pattern=series.words("кот"), replacement="пёс"))
    made = series.apply(desk.edition, found, {0, 2}, person)
    assert lines(desk)[0] == "пёс и котик, кот." and lines(desk)[1] == "Кот да пёс-"
    assert len({entry.batch for entry in made}) == 1 and made[0].batch
    desk.undo(person)
    assert "\n".join(lines(desk)) + "\n" == TEXT


def test_groups_of_a_pattern_may_stand_in_the_replacement(made_of: Make) -> None:
    desk = made_of("12.3 и 4.56\n")
    found = gathered(desk, Wanted(pattern=r"(\d+)\.(\d+)", replacement=r"\2/\1"))
    assert [m.proposed for m in found.members] == ["3/12", "56/4"]


def test_a_literal_replacement_stands_for_itself(made_of: Make) -> None:
    desk = made_of("а б\n")
    found = gathered(desk, Wanted(pattern="а", replacement=series.literal(r"\1\g<x>")))
    assert found.members[0].proposed == r"\1\g<x>"


@pytest.mark.parametrize(
    ("pattern", "replacement"), [("(", None), ("а", r"\3"), ("(?P<x>а)", r"\g<y>"), ("[", "б")]
)  # fmt: skip
def test_a_pattern_that_is_none_is_refused_in_words(made_of: Make, pattern: str, replacement: str | None) -> None:
    desk = made_of("а\n")
    with pytest.raises(UsageError):
        gathered(desk, Wanted(pattern=pattern, replacement=replacement))


def test_a_pattern_that_never_ends_is_given_up(made_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SECONDS", 0.1)
    desk = made_of("а" * 60 + "б\n")
    with pytest.raises(UsageError, match="too long"):
        gathered(desk, Wanted(pattern=r"(а|а)*$(?<!б)"))


def test_decided_places_are_shown_but_never_ticked_unasked(made_of: Make) -> None:
    desk = made_of("кот кот\n")
    person = someone(desk)
    desk.edit_line(0, "кит кот", person)
    found = gathered(desk, Wanted(pattern=series.words("кот"), replacement="пёс"))
    assert [m.decided for m in found.members] == [True, False]
    assert found.first_ticked() == {1}


def test_a_place_that_would_cut_a_decision_cannot_be_ticked(made_of: Make) -> None:
    desk = made_of("водо-\nпад\n")
    person = someone(desk)
    text = desk.lines.parts[0].stretch.text
    asked = {"transcript": text, "start": 0, "end": 9, "act": "edit", "page": "водопад", "class": "layout"}
    deciding.record_all(desk.edition, [asked], person)
    (member,) = gathered(desk, Wanted(pattern=series.words("пад"), replacement="пар")).members
    assert member.decided and not member.may_be_ticked


def test_the_reading_is_searched_with_what_was_decided_in_it(made_of: Make) -> None:
    desk = made_of("котъ и котъ\n")
    person = someone(desk)
    desk.edit_line(0, "кит и котъ", person)
    found = gathered(desk, Wanted(pattern="к[ио]т", over="reading", replacement="конь"))
    assert [m.quote for m in found.members] == ["кит", "кот"]
    series.apply(desk.edition, found, {0, 1}, person)
    assert lines(desk) == ["конь и коньъ"]


def test_accepting_everywhere_means_where_the_same_was_proposed(made_of: Make) -> None:
    desk = made_of(TEXT)
    propose(desk, TEXT, [("кот", "кит", 800_000, "word")])
    found = gathered(desk, Wanted(pattern=series.words("кот"), act="accept", replacement="кит"))
    assert found.first_ticked() == {0}
    made = series.apply(desk.edition, found, {0, 1}, someone(desk))
    assert [(e.decision.act, e.decision.suggestion is None) for e in made] == [("accept", False), ("edit", True)]


def test_what_was_decided_meanwhile_refuses_the_whole_series(made_of: Make) -> None:
    desk = made_of("кот кот\n")
    found = gathered(desk, Wanted(pattern=series.words("кот"), replacement="пёс"))
    desk.edit_line(0, "кот кит", someone(desk, "Кто-то другой"))
    with pytest.raises(RefusedError):
        series.apply(desk.edition, found, {0, 1}, someone(desk))
    assert lines(desk) == ["кот кит"]


def test_a_replacement_equal_to_what_stands_there_is_no_change(made_of: Make) -> None:
    found = gathered(made_of("кот Кот\n"), Wanted(pattern="[Кк]от", replacement="кот"))
    assert [m.may_be_ticked for m in found.members] == [False, True]


_word = st.text(alphabet="абв ", min_size=0, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.lists(_word, min_size=1, max_size=4),
    edited=st.lists(_word, max_size=4),
    old=st.sampled_from(["а", "аб", "б ?", "в+"]),
)
def test_replacing_in_the_reading_is_what_substitution_would_give(
    made_of: Make, raw: list[str], edited: list[str], old: str
) -> None:
    """Whatever was decided before, all places ticked, the new reading is `re.sub` of the old one."""
    desk = made_of("\n".join(raw) + "\nх\n")
    person = someone(desk)
    for row, words in enumerate(edited[: len(raw)]):
        desk.edit_line(row, words, person)
    before = lines(desk)
    found = gathered(desk, Wanted(pattern=old, over="reading", replacement="Ж"))
    series.apply(desk.edition, found, range(len(found.members)), person)
    assert lines(desk) == [re.sub(old, "Ж", line) for line in before]
