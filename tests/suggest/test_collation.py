"""Other readings of the page weigh in: witnesses by what they have, the machine by how sure it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.suggest.conftest import Look
from workbench.core.suggestion import Suggestion
from workbench.core.text import Confidence, Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context, Engine
from workbench.suggest.proofread import Proofreader

TEXT = (
    "Собрание постановило направить в район пять подвол зерна и проснть о выдаче семян для весны. "
    "Член артели хрымзуков доложил о ходе сева."
)
"""Two misread words and a name that no list has."""
CLEAN = TEXT.replace("подвол", "подвод").replace("проснть", "просить")


def sure(content: str, low: Sequence[str] = (), others: tuple[str, ...] = ()) -> tuple[Confidence, ...]:
    """A confidence for each word, much lower for some of them."""
    return tuple(
        Confidence(
            start=m.start(), end=m.end(), ppm=100_000 if m[0] in low else 950_000,
            alternatives=others if m[0] in low else (),
        ) for m in re.finditer(r"\S+", content)
    )  # fmt: skip


def context(
    content: str = TEXT, *, confidences: tuple[Confidence, ...] = (), witnesses: tuple[tuple[str, str], ...] = ()
) -> Context:
    text = Text(content=content, reader="plain", confidences=confidences)
    return Context(text=text, lexicon=open_lexicon("ru"), witnesses=witnesses)


def chance(word: str, of: str, there: Context) -> float:
    """The probability that a reading has at the place of a word."""
    slots = Proofreader().explain(there, there.text.content.index(word))
    return next((w.probability for slot in slots for w in slot if w.text == of), 0.0)


def about(found: Sequence[Suggestion], word: str) -> Suggestion:
    (one,) = (s for s in found if s.quote == word)
    return one


def said(one: Suggestion) -> list[tuple[str, dict[str, str]]]:
    return [(e.code, dict(e.params)) for e in one.evidence]


# witnesses


def test_a_witness_that_differs_brings_its_reading_and_is_named(look: Look) -> None:
    """A name that no list has is found by no search; a witness has it."""
    name = about(look(TEXT, witnesses=(("second.txt", TEXT.replace("хрымзуков", "Крымзуков")),)), "хрымзуков")
    assert about(look(TEXT), "хрымзуков").candidates == ()
    assert name.candidates[0].text == "Крымзуков"
    assert ("witness-reads", {"name": "second.txt", "reading": "Крымзуков"}) in said(name)


def test_a_witness_that_has_the_likely_reading_makes_it_surer(look: Look) -> None:
    alone, with_it = (about(look(TEXT, witnesses=w), "подвол") for w in ((), (("second.txt", CLEAN),)))
    assert alone.candidates[0].text == with_it.candidates[0].text == "подвод"
    assert with_it.candidates[0].ppm > alone.candidates[0].ppm


def test_a_witness_that_agrees_lowers_the_doubt(look: Look) -> None:
    """So far that a name is no longer shown; nothing is said of it, for it has nothing else."""
    found = look(TEXT, witnesses=(("second.txt", TEXT),))
    assert "хрымзуков" in [s.quote for s in look(TEXT)] and "хрымзуков" not in [s.quote for s in found]
    for word in ("подвол", "проснть", "хрымзуков"):
        assert chance(word, word, context(witnesses=(("a", TEXT),))) > chance(word, word, context()), word
    assert "second.txt" not in str([said(s) for s in found])


def test_two_witnesses_say_more_than_one_and_one_against_one_less() -> None:
    other = CLEAN.replace("зерна", "сена")
    one, two, divided = (
        chance("зерна", "сена", context(CLEAN, witnesses=w))
        for w in ((("a", other),), (("a", other), ("b", other)), (("a", other), ("b", CLEAN)))
    )
    assert two > one > divided > 0


def test_each_witness_is_named_with_what_it_has(look: Look) -> None:
    witnesses = (("a.txt", CLEAN), ("b.txt", TEXT), ("c.txt", TEXT.replace("подвол ", "")))
    assert said(about(look(TEXT, witnesses=witnesses), "подвол"))[-2:] == [
        ("witness-reads", {"name": "a.txt", "reading": "подвод"}), ("witness-lacks", {"name": "c.txt"}),
    ]  # fmt: skip


def test_a_witness_of_half_the_page_raises_no_doubt_about_the_words_of_the_rest(look: Look) -> None:
    page = CLEAN[: CLEAN.index("Член")]
    assert look(page) == look(page, witnesses=(("half.txt", page[: page.index("зерна")]),)) == ()


def test_other_line_breaks_of_a_witness_are_nothing(look: Look) -> None:
    assert look(TEXT, witnesses=(("a", CLEAN),)) == look(TEXT, witnesses=(("a", CLEAN.replace(" ", "\n")),))


# confidences


def test_a_low_confidence_raises_the_doubt_and_is_said(look: Look) -> None:
    for word in ("зерна", "хрымзуков"):
        low = context(confidences=sure(TEXT, [word]))
        assert chance(word, word, low) < chance(word, word, context(confidences=sure(TEXT))), word
    found = Engine().suggest(context(confidences=sure(TEXT, ["хрымзуков"])))
    assert ("machine-unsure", {"percent": "10"}) in said(about(found, "хрымзуков"))
    assert "machine-unsure" not in str(said(about(found, "подвол")))


def test_what_else_the_machine_thought_of_is_a_candidate() -> None:
    unsure = sure(TEXT, ["хрымзуков"], ("Хрымзяков",))
    found = about(Engine().suggest(context(confidences=unsure)), "хрымзуков")
    assert [c.text for c in found.candidates] == ["Хрымзяков"]


@pytest.mark.parametrize("ppm", [950_000, 400_000, 1, 0])
def test_a_machine_that_is_always_equally_sure_says_nothing(look: Look, ppm: int) -> None:
    """Engines differ in what they mean by a number: only what lies below the text's own median counts."""
    flat = tuple(Confidence(start=c.start, end=c.end, ppm=ppm) for c in sure(TEXT))
    assert Engine().suggest(context(confidences=flat)) == look(TEXT)


# with neither of them


PIECES = st.lists(
    st.sampled_from(["Собрание", "паргии", "и", ",", "‘", "ма-\nшина", "12", "т.", "вечеромна", ".\n", "хрымзуков"]),
    min_size=1, max_size=15,
).map(" ".join)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(PIECES)
def test_without_other_readings_nothing_of_them_weighs_in(look: Look, content: str) -> None:
    """No feature speaks of witnesses or confidences, so the answer is what it was before there were any."""
    there = context(content)
    assert Engine().suggest(there) == look(content)
    for offset in range(0, len(content), 5):
        for slot in Proofreader().explain(there, offset):
            names = [name for weighed in slot for name, _, _ in weighed.features]
            assert not [name for name in names if name.startswith(("also.", "sure."))]
