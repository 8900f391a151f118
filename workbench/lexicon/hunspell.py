"""A Hunspell dictionary: which forms are words. How common they are is wordfreq's to say, where it has the language.

Where it has not, every known form counts as an ordinary word, and what words look like is learnt from the stems.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from workbench.core.errors import UsageError
from workbench.lexicon.frequencies import Frequencies, available
from workbench.lexicon.listed import ListedLexicon

_ORDINARY = 3.5
"""The Zipf value of a known form of which nothing more is known: of a word that a page may have."""
_SET = re.compile(rb"^SET[ \t]+([\w-]+)", re.MULTILINE)
_FOLDERS = (
    "/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell", "/usr/local/share/hunspell",
    "~/.local/share/hunspell", "~/Library/Spelling", "/Library/Spelling",
)  # fmt: skip


class HunspellLexicon(ListedLexicon):
    """Opens nothing until it is asked. Raises UsageError for a dictionary that is not there."""

    complete = True

    def __init__(self, dictionary: Path, language: str) -> None:
        for path in (dictionary, dictionary.with_suffix(".aff")):
            if not path.is_file():
                raise UsageError(f"there is no {path}; a Hunspell dictionary is a .dic with its .aff beside it")
        super().__init__(language)
        self._dictionary = dictionary
        self.name = f"{language}-hunspell-{dictionary.stem}"
        self._spells = lru_cache(maxsize=200_000)(self._asked)
        self._listed = language in available()
        if not self._listed:
            self._frequencies = Frequencies(dictionary.stem, stamp=self._digest, read=self._stems)

    @cached_property
    def version(self) -> str:
        return f"{self._digest} {self._frequencies.version}" if self._listed else self._digest

    @cached_property
    def _digest(self) -> str:
        content = self._dictionary.read_bytes() + b"\0" + self._dictionary.with_suffix(".aff").read_bytes()
        return hashlib.sha256(content).hexdigest()[:12]

    @cached_property
    def _encoding(self) -> str:
        found = _SET.search(self._dictionary.with_suffix(".aff").read_bytes())
        return found[1].decode("ascii") if found else "iso-8859-1"

    @cached_property
    def _checker(self) -> Any:
        from hunspell import Hunspell, HunspellFilePathError

        try:
            return Hunspell(self._dictionary.stem, hunspell_data_dir=str(self._dictionary.parent))
        except HunspellFilePathError as error:
            raise UsageError(f"{self._dictionary} cannot be read as a Hunspell dictionary: {error}") from error

    def _stems(self) -> Mapping[str, float]:
        """The stems with one frequency for all."""
        try:
            lines = self._dictionary.read_bytes().decode(self._encoding, "replace").splitlines()[1:]
        except LookupError as error:
            raise UsageError(f"{self._dictionary} is in an encoding that nobody knows: {self._encoding}") from error
        stems = (re.split(r"[/\t ]", line, maxsplit=1)[0].lower() for line in lines)
        return dict.fromkeys((stem for stem in stems if stem), 10 ** (_ORDINARY - 9))

    def _asked(self, word: str) -> bool:
        try:
            return any(self._checker.spell(form) for form in (word, word.capitalize(), word.upper()))
        except UnicodeEncodeError:
            return False  # letters that the dictionary's encoding has not

    def knows(self, word: str) -> bool:
        return bool(word) and self._spells(word.lower())

    def zipf(self, word: str) -> float:
        if self._listed:
            return super().zipf(word)
        return _ORDINARY if word and self._spells(word) else 0.0

    def listed(self, words: Sequence[str], before: str = "", after: str = "") -> list[str]:
        if self._listed:
            return super().listed(words, before, after)
        return [word for word in words if self._spells(before + word + after)]

    def reach(self, word: str, before: str = "") -> int:
        return super().reach(word, before) if self._listed else len(word)


def found(language: str) -> Path | None:
    """The dictionary of a language on this machine, the first by name; None where there is none."""
    return next((path for path in _on_this_machine() if re.split("[_-]", path.stem)[0] == language), None)


def languages() -> frozenset[str]:
    """Languages that have a dictionary on this machine."""
    return frozenset(re.split("[_-]", path.stem)[0] for path in _on_this_machine())


def _on_this_machine() -> Iterator[Path]:
    given = [part for part in os.environ.get("DICPATH", "").split(os.pathsep) if part]
    for folder in (*given, *_FOLDERS):
        try:
            yield from (p for p in sorted(Path(folder).expanduser().glob("*.dic")) if p.with_suffix(".aff").is_file())
        except OSError:
            continue
