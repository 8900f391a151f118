"""Members of series: found in ranges however short, for every act, answering the suggestions that they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import propose, someone
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.pieces import reading as joined
from workbench.core.pieces import replay
from workbench.core.text import Text
from workbench.services import deciding, library, matching, series
from workbench.services.clock import now
from workbench.services.document.desk import Desk
from workbench.services.edition import again, init
from workbench.services.series import Member, Series, Wanted
from workbench.store import entries, projections, suggestions, texts, verify

Make = Callable[[str], Desk]


def gather(desk: Desk, pattern: str, replacement: str | None = None, **more: object) -> Series:
    wanted = Wanted(pattern=pattern, replacement=replacement, **more)  # type: ignore[arg-type]
    return series.gather(desk.edition, library.headings(desk.edition, desk.document), wanted)


def decide(desk: Desk, **asked: object) -> Entry:
    record = {"transcript": desk.lines.parts[0].stretch.text, **asked}
    return deciding.record_all(desk.edition, [record], someone(desk))[0]


def reading(desk: Desk) -> str:
    return "\n".join(Desk(desk.edition, desk.document).line_reading(n) for n in range(desk.lines.row_count))


def found(made: Series) -> list[tuple[int, int, str]]:
    return [(m.start, m.line, m.quote) for m in made.members]


# what is found


@pytest.mark.parametrize(
    ("quote", "text", "starts"),
    [
        ("дом", "дом домой, дом-2 дом-то Дом (дом)", [0, 11, 29]),
        ("Х", "8/1Х-1939 ХIХ", [3]),
        ("1", "1 1а 11 1-1 (1)", [0, 13]),
        ("кто-то", "кто-то кто-тонет кто-то", [0, 17]),
        ("то", "кто-то то", [7]),
        ("об’", "об’ явление об’ём", [0, 12]),
        (".", "т. е. три...", [1, 4, 9, 10, 11]),
        ("ро-\nса", "яро-\nса ро-\nса", [8]),
        ("a\\b", "a\\b a\\bc", [0]),
        ("зло\u0301", "зло\u0301 зло\u0301ба", [0]),
    ],
)  # fmt: skip
def test_a_quote_is_found_as_a_whole_token_and_signs_wherever_they_stand(
    made_of: Make, quote: str, text: str, starts: list[int]
) -> None:
    assert [m.start for m in gather(made_of(text), series.words(quote)).members] == starts


@given(st.text("аб-’. \n\\+[", max_size=8))
def test_a_pattern_tells_what_it_was_made_of(quote: str) -> None:
    of_words, exact = series.plain(series.words(quote)), series.plain(series.exactly(quote))
    assert of_words is not None and of_words[0] == quote
    assert exact is not None and exact[0] == quote
    assert series.plain_replacement(series.literal(quote)) == quote


@pytest.mark.parametrize("pattern", [r"\d+", "а+", "(а)", "^а", "а|б"])
def test_a_regular_expression_is_not_taken_for_words(pattern: str) -> None:
    assert series.plain(pattern) is None


def test_a_member_names_its_line_and_keeps_what_stands_around_it(made_of: Make) -> None:
    (member,) = gather(made_of("раз\nдва три четыре\n"), "три", "3").members
    assert (member.line, member.before, member.quote, member.after) == (2, "раз\nдва ", "три", " четыре\n")
    assert (member.proposed, member.decided, member.suggestion) == ("3", False, None)


def test_a_match_may_run_over_a_line_end_and_anchors_meet_at_lines(made_of: Make) -> None:
    desk = made_of("один-\nдва\nтри-\nдесять")
    assert [m.quote for m in gather(desk, r"-\n").members] == ["-\n", "-\n"]
    assert [m.quote for m in gather(desk, r"^\w+$").members] == ["два", "десять"]


def test_capital_and_small_are_alike_on_demand(made_of: Make) -> None:
    desk = made_of("Дом дом ДОМ")
    assert len(gather(desk, "дом").members) == 1
    assert len(gather(desk, "дом", any_case=True).members) == 3


def test_only_the_stretches_of_the_document_are_searched(made_of: Make) -> None:
    desk = made_of("дом\nдом\nдом\n")
    decide(desk, act="split", start=4)
    first, second = library.listings(desk.edition)
    wanted = Wanted(pattern="дом")
    assert len(series.gather(desk.edition, [first], wanted).members) == 1
    in_second = series.gather(desk.edition, [second], wanted)
    assert [m.line for m in in_second.members] == [2, 3]
    assert [m.document.id for m in series.gather(desk.edition, [first, second], wanted).members] == [
        first.id, second.id, second.id,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        ("(", None, "no pattern"), ("а", "\\", "cannot be put there"), ("а", r"\2", "cannot be put there"),
        ("а", r"\g<нет>", "cannot be put there"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_or_put_there_is_said(
    made_of: Make, pattern: str, replacement: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        gather(made_of("а"), pattern, replacement)


def test_a_pattern_that_would_never_end_is_given_up(made_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SECONDS", 0.1)
    with pytest.raises(UsageError, match="takes too long"):
        gather(made_of("аб" * 150 + " 1"), r"(?:а|аб|[а-я]+)+\d")


def test_too_many_places_are_refused_and_not_cut_off(made_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "MOST", 3)
    desk = made_of("а а а а")
    assert len(gather(desk, "а(?= )").members) == 3
    with pytest.raises(UsageError, match="more than 3 places"):
        gather(desk, "а")


def test_a_search_tells_how_far_it_is_and_stops_when_that_raises(
    made_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "LINES", 2)
    desk = made_of("дом\n" * 5)
    told: list[tuple[int, int]] = []

    def count(done: int, total: int) -> None:
        told.append((done, total))
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        series.gather(desk.edition, library.listings(desk.edition), Wanted(pattern="дом"), count)
    assert told == [(2, 5), (4, 5)]


TEXTS = st.text("аб-\n", max_size=40)
PATTERNS = st.sampled_from(["а", "аб", "а+", r"-\n", r"б\s*а", "^а", "б$", r"(?<=а)б", r"а(?=\n)", r"[аб]{2}"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, PATTERNS)
def test_ranges_of_lines_find_what_the_whole_text_gives(
    tmp_path_factory: pytest.TempPathFactory, text: str, pattern: str
) -> None:
    """However short the ranges, as long as no match is longer than what is read around them."""
    with _edition(tmp_path_factory, text) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "LINES", 1)
        patch.setattr(matching, "AROUND", 50)
        expected = [(m.start(), m.end()) for m in regex.finditer(pattern, text, regex.MULTILINE) if m.group()]
        for over in ("raw", "reading"):
            assert [(m.start, m.end) for m in gather(desk, pattern, over=over).members] == expected


# the reading


def test_a_match_in_the_reading_takes_the_whole_span_of_a_decision_and_keeps_the_rest_of_its_output(
    made_of: Make,
) -> None:
    desk = made_of("пришел тсварищ домой")
    decide(desk, act="edit", start=7, end=14, page="товарищ Иванов")
    made = gather(desk, "Иванов", "Петров", over="reading")
    (member,) = made.members
    assert (member.start, member.end, member.quote, member.decided) == (7, 14, "Иванов", True)
    assert made.first_ticked() == set()
    series.apply(desk.edition, made, {0}, someone(desk))
    assert reading(desk) == "пришел товарищ Петров домой"


def test_several_matches_in_one_decision_are_one_member(made_of: Make) -> None:
    desk = made_of("см тт и т. д.")
    decide(desk, act="edit", start=3, end=5, page="т. т.")
    made = gather(desk, r"т\. ", "т.", over="reading")
    assert [(m.quote, m.proposed) for m in made.members] == [("т. т. ", "т.т."), ("т. ", "т.")]
    series.apply(desk.edition, made, {0, 1}, someone(desk))
    assert reading(desk) == "см т.т.и т.д."


def test_what_the_raw_text_has_and_the_reading_has_not_is_found_in_the_raw_text_only(made_of: Make) -> None:
    desk = made_of("текущсм году")
    decide(desk, act="edit", start=0, end=7, page="текущем")
    assert [m.decided for m in gather(desk, "текущсм").members] == [True]
    assert gather(desk, "текущсм", over="reading").members == ()
    assert len(gather(desk, "текущем", over="reading").members) == 1


def test_a_reading_that_gives_the_raw_text_again_is_kept(made_of: Make) -> None:
    desk = made_of("слово")
    decide(desk, act="edit", start=0, end=5, page="слава")
    made = gather(desk, "слава", "слово", over="reading", more={"class": "ocr"})
    (entry,) = series.apply(desk.edition, made, {0}, someone(desk))
    assert (entry.decision.act, entry.decision.page_class) == ("keep", None)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text("абв \n", min_size=1, max_size=24),
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 4), st.text("абв\n", max_size=4)), max_size=4),
    st.sampled_from(["а", "а+", "аб", r"б\s?", "[бв]", "^а", r"в\n"]), st.text("абгд", max_size=2),
    st.sampled_from([1, 2, 2000]), st.data(),
)  # fmt: skip
def test_the_reading_afterwards_is_the_reading_with_the_ticked_places_replaced(
    tmp_path_factory: pytest.TempPathFactory, text: str, decided: list[tuple[int, int, str]], pattern: str, new: str,
    lines: int, data: st.DataObject,
) -> None:  # fmt: skip
    """Whatever was decided before, however short the ranges; the journal verifies and one undo takes all back."""
    with _edition(tmp_path_factory, text) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "LINES", lines)
        for start, length, page in decided:
            try:
                decide(desk, act="edit", start=start, end=start + length, page=page)
            except (RefusedError, UsageError):
                continue
        before = _whole_reading(desk)
        made = gather(desk, pattern, new, over="reading")
        can = [n for n, m in enumerate(made.members) if m.may_be_ticked]
        ticked = data.draw(st.sets(st.sampled_from(can))) if can else set()
        at, expected = 0, ""
        for number, member in enumerate(made.members):
            start = _start(before, member, at)
            put = member.proposed if number in ticked else member.quote
            expected, at = expected + before[at:start] + (put or ""), start + len(member.quote)
        assert regex.sub(pattern, new, before, flags=regex.MULTILINE) == _replaced(before, made)
        series.apply(desk.edition, made, ticked, someone(desk))
        assert _whole_reading(desk) == expected + before[at:]
        assert list(verify.problems(desk.edition.db)) == []
        if ticked:
            deciding.undo(desk.edition, someone(desk))
            assert _whole_reading(desk) == before


# deciding


def test_the_ticked_places_are_one_batch_and_one_undo_takes_them_back(made_of: Make) -> None:
    desk, text = made_of("тсст и тсст и тсст"), "тсст и тсст и тсст"
    person = someone(desk)
    made = gather(desk, series.words("тсст"), "тест")
    assert made.first_ticked() == {0, 1, 2}
    recorded = series.apply(desk.edition, made, {0, 2}, person)
    assert len({e.batch for e in recorded}) == 1 and recorded[0].batch
    assert reading(desk) == "тест и тсст и тест"
    deciding.undo(desk.edition, person)
    assert reading(desk) == text


def test_a_decided_place_is_shown_not_ticked_and_overwritten_on_purpose_only(made_of: Make) -> None:
    desk = made_of("тсст тсст")
    decide(desk, act="edit", start=0, end=4, page="тост")
    made = gather(desk, series.words("тсст"), "тест")
    assert ([m.decided for m in made.members], made.first_ticked()) == ([True, False], {1})
    series.apply(desk.edition, made, {0, 1}, someone(desk))
    assert reading(desk) == "тест тест"


def test_nothing_is_recorded_where_somebody_decided_meanwhile_and_the_place_is_named(made_of: Make) -> None:
    desk = made_of("тсст\nтсст\nтсст")
    made = gather(desk, series.words("тсст"), "тест")
    with again(desk.edition) as other:
        record = {"transcript": desk.lines.parts[0].stretch.text, "start": 5, "end": 9, "act": "keep"}
        deciding.record_all(other, [record], someone(desk, "Пётр"))
    with pytest.raises(RefusedError, match=r"line 2: .*was decided meanwhile.*Nothing of the series"):
        series.apply(desk.edition, made, {0, 1, 2}, someone(desk))
    assert reading(desk) == "тсст\nтсст\nтсст"
    assert [m.decided for m in gather(desk, series.words("тсст"), "тест").members] == [False, True, False]


def test_stopping_while_it_is_recorded_records_nothing(made_of: Make) -> None:
    desk = made_of("а а а")
    made = gather(desk, "а", "б")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        series.apply(desk.edition, made, {0, 1, 2}, someone(desk), stop)
    assert reading(desk) == "а а а"


@pytest.mark.parametrize(
    ("act", "more", "layer"),
    [
        ("keep", {}, "text"), ("unclear", {}, "text"), ("gap", {"extent": "слово"}, "text"),
        ("textual_note", {"body": "так"}, "inline"), ("content_note", {"body": "лицо"}, "inline"),
        ("check", {}, "inline"), ("zone", {"kind": "signature"}, "zone"),
    ],
)  # fmt: skip
def test_every_act_can_be_done_as_a_series(made_of: Make, act: str, more: dict[str, str], layer: str) -> None:
    desk = made_of("Петров и Петров")
    made = gather(desk, series.words("Петров"), act=act, more=more)
    recorded = series.apply(desk.edition, made, made.first_ticked(), someone(desk))
    assert [(e.decision.act, e.decision.layer, e.decision.start) for e in recorded] == [
        (act, layer, 0),
        (act, layer, 9),
    ]
    assert gather(desk, series.words("Петров"), act=act, more=more).first_ticked() == set()


def test_a_note_is_put_upon_a_decided_place_and_upon_a_part_of_one(made_of: Make) -> None:
    desk = made_of("тсварищ Иванов")
    decide(desk, act="edit", start=0, end=14, page="товарищ Иванов")
    for over in ("raw", "reading"):
        made = gather(desk, "Иванов", act="check", over=over)
        assert made.first_ticked() == {0}
        series.apply(desk.edition, made, {0}, someone(desk))
        deciding.undo(desk.edition, someone(desk))
    assert reading(desk) == "товарищ Иванов"


def test_class_and_ground_that_are_given_are_recorded(made_of: Make) -> None:
    desk = made_of("Иванав")
    made = gather(desk, "Иванав", "Иванов", more={"class": "slip", "ground": "external"})
    (entry,) = series.apply(desk.edition, made, {0}, someone(desk))
    d = entry.decision
    assert (d.page, d.reading, d.reading_class, d.ground) == (None, "Иванов", "slip", "external")


# suggestions

FAULTS = "текущсм году, в текущсм месяце"


def test_the_suggestion_about_just_this_span_is_answered_with_its_provenance(made_of: Make) -> None:
    desk = made_of(FAULTS)
    propose(desk, FAULTS, [("текущсм", "текущем", 900_000, "word")])
    for over in ("raw", "reading"):
        made = gather(desk, series.words("текущсм"), "текущем", act="accept", over=over)
        assert [m.agrees for m in made.members] == [True, False]
        assert made.first_ticked() == {0}
        first, second = series.apply(desk.edition, made, {0, 1}, someone(desk))
        assert (first.decision.act, second.decision.act) == ("accept", "edit")
        assert first.decision.page_class == second.decision.page_class == "ocr"
        assert first.decision.suggestion is not None and first.decision.suggestion["suggester"] == "t"
        assert second.decision.suggestion is None
        assert desk.counts().open == 0
        deciding.undo(desk.edition, someone(desk))


def test_another_answer_than_was_suggested_is_an_edit_that_names_the_suggestion(made_of: Make) -> None:
    desk = made_of(FAULTS)
    propose(desk, FAULTS, [("текущсм", "текущий", 900_000, "word")])
    made = gather(desk, series.words("текущсм"), "текущем", act="accept")
    assert (made.members[0].agrees, made.first_ticked()) == (False, set())
    (entry,) = series.apply(desk.edition, made, {0}, someone(desk))
    assert entry.decision.act == "edit"
    assert entry.decision.suggestion is not None
    assert [c["text"] for c in entry.decision.suggestion["candidates"]] == ["текущий"]


@pytest.mark.parametrize("over", ["raw", "reading"])
def test_the_class_is_the_suggestion_s_unless_another_is_given(made_of: Make, over: str) -> None:
    desk = made_of("яро-\nвых")
    propose(desk, "яро-\nвых", [("яро-\nвых", "яровых", 900_000, "hyphen")])
    with desk.edition.writing() as db:
        db.execute("UPDATE suggestions SET class = 'layout'")
    for more, expected in (({}, (None, "layout")), ({"class": "ocr"}, ("ocr", None))):
        made = gather(desk, series.words("яро-\nвых"), "яровых", over=over, more=more)
        (entry,) = series.apply(desk.edition, made, {0}, someone(desk))
        assert (entry.decision.page_class, entry.decision.reading_class) == expected
        deciding.undo(desk.edition, someone(desk))


def test_a_word_within_a_proposed_zone_is_no_answer_about_the_zone(made_of: Make) -> None:
    desk = made_of("117\nтекст")
    propose(desk, "117\nтекст", [("117", "", 900_000, "folio")])
    (member,) = gather(desk, "117", act="keep").members
    assert member.suggestion is None


def test_suggestions_that_propose_the_same_about_the_same_are_a_series(made_of: Make) -> None:
    text = "ба бы ба ба"
    desk = made_of(text)
    spans = [("ба", "да", 900_000, "word"), ("бы", "да", 900_000, "word")]
    propose(desk, text, spans)
    first = gather(desk, "ба", act="keep").members[0].suggestion
    kept = suggestions.by_id(desk.edition.db, str(first))
    assert kept is not None
    wanted = series.of_suggestions(kept.suggestion)
    made = series.gather(desk.edition, library.listings(desk.edition), wanted)
    assert [(m.start, m.quote, m.proposed, m.after) for m in made.members] == [(0, "ба", "да", " бы ба ба")]
    assert made.first_ticked() == {0}
    (entry,) = series.apply(desk.edition, made, {0}, someone(desk))
    assert (entry.decision.act, entry.decision.page) == ("accept", "да")
    assert series.gather(desk.edition, library.listings(desk.edition), wanted).members == ()


def test_a_word_that_is_right_everywhere_closes_its_suggestions_in_its_scope(made_of: Make) -> None:
    desk = made_of(FAULTS)
    propose(desk, FAULTS, [("текущсм", "текущем", 900_000, "word"), ("году,", "годы", 900_000, "word")])
    word = series.remember(desk.edition, "текущсм", desk.document, someone(desk))
    assert (word.decision.act, word.decision.data["scope"]) == ("word", "document")
    assert desk.counts().open == 1
    other = series.remember(desk.edition, "году,", None, someone(desk))
    assert (other.decision.act, other.decision.data["scope"]) == ("keep_all", "edition")
    assert desk.counts().open == 0
    deciding.undo(desk.edition, someone(desk))
    assert desk.counts().open == 1


# helpers


@contextmanager
def _edition(factory: pytest.TempPathFactory, text: str) -> Iterator[Desk]:
    """An edition of one text, put in as it is."""
    with init(factory.mktemp("series") / "edition") as edition:
        with edition.writing() as db:
            texts.add_transcript(db, name="t", data=text.encode(), text=Text(content=text, reader="plain"), now=now())
            projections.rebuild_documents(db)
        yield Desk(edition, library.listings(edition)[0].id)


def _whole_reading(desk: Desk) -> str:
    """The reading with its line ends, from the whole journal at once."""
    part = desk.lines.parts[0]
    fragment = texts.fragment(desk.edition.db, part.text_id, 0, part.stretch.end)
    history = entries.history(desk.edition.db)
    return joined(replay(fragment, history.live.values()))


def _start(before: str, member: Member, at: int) -> int:
    """Where a member stands in the reading, by what stands before and in it."""
    context = member.before + member.quote
    return before.index(context, max(0, at - len(member.before))) + len(member.before)


def _replaced(before: str, made: Series) -> str:
    """The reading with all members replaced."""
    return "".join(_cut(before, made)) if made.members else before


def _cut(before: str, made: Series) -> Iterator[str]:
    at = 0
    for member in made.members:
        start = _start(before, member, at)
        yield before[at:start]
        yield member.proposed or ""
        at = start + len(member.quote)
    yield before[at:]
