"""Lexicons: what is a word, how common, how it was written before; indexes that open again."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.lexicon import frequencies, open_lexicon
from workbench.lexicon.frequencies import Frequencies
from workbench.lexicon.registry import languages
from workbench.lexicon.respelling import letters_today, respelt


@pytest.mark.parametrize(
    ("language", "word", "known"),
    [
        ("ru", "председателями", True),
        ("ru", "Ёлка", True),
        ("ru", "паргии", False),
        ("en", "committee", True),
        ("en", "committoo", False),
        ("de", "Versammlung", True),
        ("ru-petr1708", "городѣ", True),
        ("ru-petr1708", "хлѣбъ", True),
        ("ru", "хлѣбъ", False),
    ],
)
def test_what_is_a_word(language: str, word: str, known: bool) -> None:
    lexicon = open_lexicon(language)
    assert lexicon is not None
    assert lexicon.knows(word) is known


@pytest.mark.parametrize(
    ("language", "word", "today"),
    [("nl", "uyt", "uit"), ("de", "Theil", "teil"), ("ru-petr1708", "новаго", "нового"), ("fr", "étoit", "était")],
)
def test_older_spellings_lead_to_words_of_today(language: str, word: str, today: str) -> None:
    assert today in set(respelt(letters_today(word.lower(), language), language))


def test_a_compound_is_related_to_its_last_part() -> None:
    lexicon = open_lexicon("de")
    assert lexicon is not None
    assert not lexicon.knows("Vereinsprotokoll")
    assert lexicon.related("vereinsprotokoll") is not None
    assert lexicon.related("xqzversammlung") is None


def test_likeness_tells_words_from_garbage() -> None:
    words, garbage = ["председатель", "заготовка", "учительница"], ["прзлсхатлъ", "ъгощщвка", "уцьпкльнпца"]
    lexicon = open_lexicon("ru")
    assert lexicon is not None
    worst = min(lexicon.likeness(word)[0] for word in words)
    assert all(lexicon.likeness(word)[0] < worst for word in garbage)
    assert worst > lexicon.ordinary - 0.5


def test_zipf_values_are_those_of_wordfreq() -> None:
    """Within the step of the index."""
    import wordfreq

    ours = Frequencies("en")
    for word in ("the", "committee", "grain", "thresher"):
        assert ours.zipf(word) == pytest.approx(wordfreq.zipf_frequency(word, "en"), abs=0.03)
    assert ours.zipf("qzxqzx") == 0


def test_an_index_is_built_once_and_survives_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(tmp_path))
    monkeypatch.setattr(frequencies, "_of_wordfreq", lambda language: {"the": 0.05, "grain": 1e-5, "x1": 1e-6})
    first = Frequencies("en")
    value = first.zipf("grain")
    assert value == pytest.approx(4, abs=0.03)
    (folder,) = tmp_path.glob("forms-en-*")
    monkeypatch.setattr(frequencies, "_of_wordfreq", lambda language: pytest.fail("read twice"))
    assert Frequencies("en").zipf("grain") == value
    monkeypatch.setattr(frequencies, "_of_wordfreq", lambda language: {"the": 0.05, "grain": 1e-5})
    for name in ("zipf", "forms.marisa", "trigrams"):
        (folder / name).write_bytes(b"cut off")
        assert Frequencies("en").zipf("grain") == value


def test_where_nothing_can_be_kept_it_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(file))
    monkeypatch.setattr(frequencies, "_of_wordfreq", lambda language: {"the": 0.05})
    assert Frequencies("en").zipf("the") > 7


def test_an_unknown_language_has_no_lexicon() -> None:
    assert open_lexicon("und") is None
    assert {"ru", "ru-petr1708", "en", "de", "nl", "uk"} <= set(languages())
