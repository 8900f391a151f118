"""What second witnesses and the machine's own doubts add to the suggestions."""

from __future__ import annotations

from dataclasses import replace

from workbench.core.suggestion import Suggestion
from workbench.core.text import Confidence, Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context, Engine
from workbench.suggest.collation import Collation
from workbench.suggest.page import Page
from workbench.suggest.proofread import Proofreader

RAW = "Завтра утром поезд из Тулы привез\nновые станки для завода и письмо от сестры.\n"


def found(raw: str = RAW, *, witness: str = "", sure: tuple[Confidence, ...] = ()) -> tuple[Suggestion, ...]:
    text = Text(content=raw, reader="plain", confidences=sure)
    others = (("копия.txt", witness),) if witness else ()
    return Engine().suggest(Context(text=text, lexicon=open_lexicon("ru"), witnesses=others))


def sure_of(raw: str, **doubts: int) -> tuple[Confidence, ...]:
    """Confidence 95 % in every word, but for those named, in per cent."""
    return tuple(
        Confidence(start=c.start, end=c.end, ppm=doubts.get(c.core, 95) * 10_000)
        for c in Page(Text(content=raw, reader="plain")).chunks
    )


def test_other_line_ends_of_a_witness_are_no_difference() -> None:
    assert found(witness=RAW.replace("\n", " ").replace("для завода", "для\nзавода")) == ()


def test_a_witness_that_agrees_makes_a_reading_firmer() -> None:
    """An unknown name that both have is hardly an error."""
    raw = RAW.replace("Тулы", "Жмуринки")
    alone = [s.quote for s in found(raw)]
    assert [s.quote for s in found(raw, witness=raw)] == [q for q in alone if q != "Жмуринки"]


def test_a_reading_that_only_a_witness_knows_is_the_first_candidate_and_named() -> None:
    (one,) = found(RAW.replace("станки", "стзпкн"), witness=RAW)
    assert (one.quote, one.candidates[0].text) == ("стзпкн", "станки")
    assert ("reading", "станки") in next(e for e in one.evidence if e.code == "witness-reads").params


def test_a_sign_that_a_witness_has_more_can_be_put_in() -> None:
    page = Page(Text(content="поезд привез", reader="plain"))
    context = Context(text=page.text, witnesses=(("b", "поезд, привез"),))
    slot = Collation(context, frozenset()).added_sign(page.chunks[0])
    assert slot is not None
    assert [o.text for o in slot.options] == ["", ","]


def test_confidence_counts_by_how_far_it_lies_below_the_others() -> None:
    """An engine that is never surer than a half is not in doubt everywhere."""
    text = Text(content=RAW, reader="plain", confidences=sure_of(RAW, письмо=40))
    collation = Collation(Context(text=text), frozenset())
    chunks = {c.core: c for c in Page(text).chunks}
    assert collation.doubt(chunks["поезд"]) == 0
    assert 0.5 < collation.doubt(chunks["письмо"]) < 0.6
    assert collation.unsure(chunks["письмо"]) == 40


def test_a_doubt_of_the_machine_makes_a_reading_less_likely() -> None:
    raw = RAW.replace("станки", "стонки")

    def stands(sure: int) -> float:
        text = Text(content=raw, reader="plain", confidences=sure_of(raw, стонки=sure))
        slots = Proofreader().explain(Context(text=text, lexicon=open_lexicon("ru")), raw.index("стонки"))
        return next(w.probability for slot in slots for w in slot if w.kind == "keep")

    assert stands(20) < stands(60) < stands(95)


def test_common_words_are_looked_at_where_something_speaks_against_them() -> None:
    """Else they are passed over, for speed."""
    context = Context(text=Text(content=RAW, reader="plain"), lexicon=open_lexicon("ru"))
    against = replace(context, witnesses=(("b", RAW.replace("письмо", "пальто")),))
    at = RAW.index("письмо")
    assert Proofreader().explain(context, at) == []
    assert "пальто" in [w.text for slot in Proofreader().explain(against, at) for w in slot]
