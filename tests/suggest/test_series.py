"""What was decided about a word is proposed where the word stands again."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context
from workbench.suggest.series import Series


def proposed(raw: str, corrected: Mapping[str, Mapping[str, float]]) -> list[tuple[str, str, float]]:
    context = Context(text=Text(content=raw, reader="plain"), lexicon=open_lexicon("ru"), corrected=corrected)
    return [(s.quote, s.candidates[0].text, s.candidates[0].probability) for s in Series().suggest(context)]


def test_a_correction_is_proposed_at_each_other_place_and_surer_each_time() -> None:
    raw = "Снова пижмено, и еще пижмено."
    ((quote, text, once), _) = proposed(raw, {"пижмено": {"письмена": 1}})
    assert (quote, text) == ("пижмено", "письмена")
    assert once < proposed(raw, {"пижмено": {"письмена": 4}})[0][2] < 1


@pytest.mark.parametrize(
    ("corrected", "count"),
    [
        ({"пижмено": {"пижмено": 1}}, 0),  # kept
        ({"пижмено": {"письмена": 1, "пижмено": 2}}, 0),  # kept more often
        ({"пижмено": {"письмена": 2, "пижмено": 1}}, 1),
        ({"дом": {"том": 1}}, 0),  # a word like any other
        ({"дом": {"том": 3}}, 1),
        ({"и": {"н": 9}}, 0),  # too short to be one thing
    ],
)
def test_what_it_takes(corrected: Mapping[str, Mapping[str, float]], count: int) -> None:
    assert len(proposed("Один дом и одно пижмено.", corrected)) == count
