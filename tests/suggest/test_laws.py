"""What holds for any text: valid spans, probabilities in order, the same answer again, bounded time."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.suggest.conftest import Look
from workbench.core.suggestion import PPM, Suggestion
from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context, detect_language
from workbench.suggest.options import probabilities
from workbench.suggest.proofread import Proofreader

PIECES = st.sampled_from(
    ["Собрание", "паргии", "и", ",", ".", "-", "\n", "\n\n", " ", "  ", "‘", "ма-\nшина", "12", "№", "4.I.34", "\u0301",
     "XII", "«", "»", '"', "word", "т.", "А.П.", "_", "_____", "|", "ъ", "ѣ", "a" * 50, "\u202e", "😀"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join), st.text())
LAWS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def checked(content: str, found: tuple[Suggestion, ...]) -> None:
    end = 0
    for one in found:
        assert end <= one.start <= one.end <= len(content), "overlaps, or lies outside"
        end = one.end
        assert one.quote == content[one.start : one.end]
        chances = [c.ppm for c in one.candidates]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= PPM
        assert one.quote not in [c.text for c in one.candidates]
        assert len({c.text for c in one.candidates}) == len(one.candidates)
        assert one.evidence


@LAWS
@given(TEXTS, st.sampled_from(["ru", "en", "ru-petr1708"]))
def test_suggestions_are_sound_for_any_text(look: Look, content: str, language: str) -> None:
    found = look(content, language)
    checked(content, found)
    assert look(content, language) == found


@LAWS
@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_options_of_a_place_share_one_probability(content: str) -> None:
    """Keep, candidates and something else sum to one."""
    context = Context(text=Text(content=content, reader="plain"), lexicon=open_lexicon("ru"))
    reader = Proofreader()
    for offset in range(0, len(content), 7):
        for slot in reader.explain(context, offset):
            assert sum(w.probability for w in slot) == pytest.approx(1)


def test_probabilities_do_not_overflow() -> None:
    from workbench.suggest.options import Option, Slot

    slot = Slot(0, 1, [Option("a", {"x": 1e4}), Option("b", {"x": -1e4})])
    assert probabilities(slot, {"x": 5.0}) == [1.0, 0.0]


SAMPLE = "Всем райкомам паргии и ° проф-\nсоюзам. Прпказ ‘о слиске .. членов артели, вьіполнить к 5/ХП-33 г."


def test_another_process_gives_the_same_answer(look: Look) -> None:
    """No order of a set, no seed of a hash shows."""
    code = (
        "import sys;from workbench.core.text import Text;from workbench.lexicon import open_lexicon;"
        "from workbench.suggest import Context,Engine;"
        f"print(Engine().suggest(Context(text=Text(content={SAMPLE!r},reader='plain'),lexicon=open_lexicon('ru'))))"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert run.stdout.strip() == repr(look(SAMPLE))


def test_time_grows_with_the_text_and_no_faster(look: Look) -> None:
    """Different words, so that nothing is remembered."""

    def text(n: int) -> str:
        return " ".join(f"слово{chr(0x430 + k % 32)}{chr(0x430 + k // 32 % 32)}тпр ‘ паргии," for k in range(n))

    def took(content: str) -> float:
        start = time.process_time()
        look(content)
        return time.process_time() - start

    took(text(50))
    assert took(text(800)) < 10 * max(took(text(200)), 0.02)


@pytest.mark.parametrize(
    "content",
    [
        "а" * 10_000,
        "1" * 10_000,
        "\u0301" * 10_000,
        "-" * 10_000,
        "а-" * 5_000,
        "'" * 5_000,
        "а " * 5_000,
        "\x01\x02 \x9b \ufffe" * 500,
    ],
    ids=["letters", "digits", "marks", "hyphens", "hyphenated", "quotes", "singles", "controls"],
)
def test_what_is_no_prose_costs_little_and_says_little(look: Look, content: str) -> None:
    start = time.process_time()
    found = look(content)
    assert time.process_time() - start < 5
    checked(content, found)
    assert len(found) <= 100 or content.startswith("а ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Председатель доложил, что хлеб сдан и всё в порядке.", "ru"),
        ("Онъ былъ въ городѣ и не видѣлъ его.", "ru-petr1708"),
        ("The chairman reported that the grain was delivered.", "en"),
        ("Der Vorsitzende berichtete, daß das Korn nicht geliefert ist.", "de"),
        ("De voorzitter zei dat het graan niet geleverd is en van wie.", "nl"),
        ("Le président a dit que les grains ne sont pas dans la grange.", "fr"),
        ("Голова доповів, що хліб здано і це було для всіх.", "uk"),
        ("Xyz qqq", "en"),
        ("12 345 — …", "und"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert detect_language(Text(content=text, reader="plain")) == language


@pytest.mark.parametrize("sign", ["\u0301", ".", "|", "»", "\u00ad"])
def test_a_run_of_signs_costs_no_more_than_its_length(look: Look, sign: str) -> None:
    began = time.process_time()
    checked("е" + sign * 20_000, look("е" + sign * 20_000))
    assert time.process_time() - began < 2
