"""Hunspell dictionaries, in any encoding, for languages that nothing else knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.errors import UsageError
from workbench.lexicon import hunspell, languages, open_lexicon
from workbench.lexicon.hunspell import HunspellLexicon

AFF = "SET {codec}\nTRY аеиолк\nSFX A Y 2\nSFX A 0 а .\nSFX A 0 у .\n"
DIC = "4\nстол/A\nберёста\nШапур\nлодка\n"


def dictionary(folder: Path, name: str = "xq_XQ", codec: str = "UTF-8") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.aff").write_bytes(AFF.format(codec=codec).encode(codec))
    (folder / f"{name}.dic").write_bytes(DIC.encode(codec))
    return folder / f"{name}.dic"


@pytest.mark.parametrize("codec", ["UTF-8", "KOI8-R", "CP1251"])
def test_forms_are_known_with_their_endings_and_in_their_case(tmp_path: Path, codec: str) -> None:
    lexicon = HunspellLexicon(dictionary(tmp_path, codec=codec), "xq")
    assert [w for w in ("стол", "столу", "Лодка", "шапур", "столов", "кплт", "tisch") if lexicon.knows(w)] == [
        "стол", "столу", "Лодка", "шапур"
    ]  # fmt: skip


def test_without_a_list_of_frequencies_every_form_is_ordinary_and_stems_show_the_letters(tmp_path: Path) -> None:
    lexicon = HunspellLexicon(dictionary(tmp_path), "xq")
    assert lexicon.zipf("столу") == lexicon.zipf("лодка") > 0 == lexicon.zipf("кплт")
    assert lexicon.listed(["столу", "кплт", "лодка"]) == ["столу", "лодка"]
    assert set("столдка") <= set(lexicon.alphabet)
    assert lexicon.likeness("стол")[0] > lexicon.likeness("ттрьщ")[0]


def test_where_there_is_a_list_it_says_how_common_and_the_dictionary_what_is_known(tmp_path: Path) -> None:
    lexicon = HunspellLexicon(dictionary(tmp_path), "uk")
    assert lexicon.knows("столу") and not lexicon.knows("хата")
    assert lexicon.zipf("хата") > 0


def test_a_dictionary_on_the_machine_serves_a_language_that_has_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dictionary(tmp_path / "dicts")
    dictionary(tmp_path / "dicts", "de_DE")
    monkeypatch.setenv("DICPATH", str(tmp_path / "dicts"))
    open_lexicon.cache_clear()
    own, german = open_lexicon("xq"), open_lexicon("de")
    assert own is not None and german is not None
    assert (own.name, german.name) == ("xq-hunspell-xq_XQ", "de-wordfreq")
    assert "xq" in languages()
    assert hunspell.found("zz") is None


def test_the_version_is_that_of_the_content(tmp_path: Path) -> None:
    path = dictionary(tmp_path)
    before = HunspellLexicon(path, "xq").version
    path.write_bytes(DIC.replace("лодка", "лодки").encode())
    assert HunspellLexicon(path, "xq").version != before


@pytest.mark.parametrize("missing", [".dic", ".aff"])
def test_what_is_not_there_is_refused_by_name(tmp_path: Path, missing: str) -> None:
    path = dictionary(tmp_path)
    path.with_suffix(missing).unlink()
    with pytest.raises(UsageError, match=f"xq_XQ{missing}"):
        open_lexicon("xq", str(path))
