"""What was corrected once is proposed where it stands again."""

from __future__ import annotations

import pytest

from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context, Engine
from workbench.suggest.channel import Counts
from workbench.suggest.series import Series

TEXT = "Отправил пижьмо домой. Второе «пижьмо», за ним Пижьмо и пижьмоносец. Стол стоит.\n"


def series(corrected: Counts, text: str = TEXT, **more: object) -> list[Suggestion]:
    lexicon = open_lexicon("ru")
    context = Context(text=Text(content=text, reader="plain"), lexicon=lexicon, corrected=corrected, **more)  # type: ignore[arg-type]
    return list(Series().suggest(context))


def test_every_other_place_of_the_word_gets_the_answer() -> None:
    """As it is written, with whatever signs around it, and no longer word that holds it."""
    found = series({"пижьмо": {"письмо": 1}})
    assert [(s.start, s.quote, s.candidates[0].text) for s in found] == [
        (TEXT.index("пижьмо"), "пижьмо", "письмо"), (TEXT.index("пижьмо»"), "пижьмо", "письмо"),
    ]  # fmt: skip
    assert [(e.code, dict(e.params)) for e in found[0].evidence] == [
        ("decided-before", {"page": "письмо", "times": "1", "total": "1"})
    ]


def test_the_more_often_the_surer() -> None:
    once, often, divided = (
        series({"пижьмо": answers})[0].candidates[0].ppm
        for answers in ({"письмо": 1}, {"письмо": 9}, {"письмо": 6, "пижмо": 3})
    )
    assert divided < often < 1_000_000
    assert once < often


@pytest.mark.parametrize(
    "answers",
    [
        {"пижьмо": 1},  # kept
        {"пижьмо": 2, "письмо": 1},  # kept more often than corrected
        {"письмо": 1, "пижмо": 1, "пиджак": 1},  # no answer is given every other time
        {"": 3},  # taken out
        {" ": 3},
    ],
)
def test_no_answer_that_was_not_the_usual_one(answers: dict[str, float]) -> None:
    assert series({"пижьмо": answers}) == []


@pytest.mark.parametrize(
    ("answers", "proposed"),
    [
        ({"стал": 1}, False),
        ({"стал": 2}, False),
        ({"стал": 3}, True),
        ({"стал": 3, "стол": 1}, True),
        ({"стал": 3, "стол": 2}, False),
    ],
)
def test_a_known_word_takes_three_answers_and_hardly_any_that_kept_it(
    answers: dict[str, float], proposed: bool
) -> None:
    found = series({"стол": answers}, "Старый стол у окна.\n")
    assert [s.candidates[0].text for s in found] == (["стал"] if proposed else [])


@pytest.mark.parametrize(("word", "page"), [("ие", "не"), ("12", "13"), ("И.", "Н."), ("а-б", "а-в")])
def test_short_words_and_what_is_no_word_are_no_series(word: str, page: str) -> None:
    assert series({word: {page: 9}}, f"Здесь {word} стоит.\n") == []


def test_nothing_is_proposed_where_a_person_said_quiet() -> None:
    start = TEXT.index("пижьмо")
    assert len(series({"пижьмо": {"письмо": 1}}, quiet_spans=((start, start + 6),))) == 1


def test_the_answer_of_persons_is_heard_before_that_of_the_model() -> None:
    """Whatever the model thinks of the word, the place has one suggestion, by the series."""
    text = Text(content="Всем райкомам паргии.\n", reader="plain")
    context = Context(text=text, lexicon=open_lexicon("ru"), corrected={"паргии": {"парами": 2}})
    (one,) = Engine().suggest(context)
    assert (one.suggester, one.candidates[0].text) == ("series", "парами")
