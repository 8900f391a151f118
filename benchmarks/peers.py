"""What a user would pick instead: general spelling tools, asked about every word of a text.

They give no probabilities: the first answer counts as sure enough to be taken, as by a person who trusts the tool.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from workbench.core.suggestion import Candidate, Suggestion
from workbench.core.text import Text
from workbench.suggest import WORD

Ask = Callable[[str], list[str] | None]
"""Given a word: None where the tool knows it, otherwise what it proposes, best first."""

_FIRST, _OTHERS = 950_000, 10_000
_MOST = 5
_COMMONEST = 100_000
_DISTANCE = 2
_DICTIONARIES = {"cs": "cs_CZ", "da": "da_DK", "en": "en_US", "sv": "sv_SE", "uk": "uk_UA"}
"""Hunspell's names where a country is not written like its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A tool with its word list open."""

    name: str
    version: str
    ask: Ask

    def suggest(self, text: Text) -> tuple[Suggestion, ...]:
        """A suggestion for each word that the tool does not know; a word that comes again is asked about once."""
        answers: dict[str, list[str] | None] = {}
        made = []
        for m in WORD.finditer(text.content):
            word = m[0]
            if len(word) < 2:
                continue
            if word not in answers:
                answers[word] = self.ask(word)
            if (proposed := answers[word]) is not None:
                others = [p for p in dict.fromkeys(proposed) if p != word][:_MOST]
                made.append(
                    Suggestion(
                        start=m.start(), end=m.end(), quote=word, kind="word", change="ocr",
                        suggester=self.name, version=self.version,
                        candidates=tuple(Candidate(text=p, ppm=_OTHERS if n else _FIRST) for n, p in enumerate(others)),
                    )
                )  # fmt: skip
        return tuple(made)


@cache
def hunspell(language: str) -> Peer | None:
    """The program of that name, one process for all words; None where it or its dictionary is not installed."""
    if shutil.which("hunspell") is None:
        return None
    dictionary = _DICTIONARIES.get(language, f"{language}_{language.upper()}")
    command = ["hunspell", "-a", "-i", "utf-8", "-d", dictionary]
    tried = subprocess.run(command, input="^a\n", capture_output=True, encoding="utf-8", check=False)
    banner, *answer = tried.stdout.splitlines()
    if not any(answer):
        return None
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    given, answers = process.stdin, process.stdout
    assert given and answers
    answers.readline()

    def ask(word: str) -> list[str] | None:
        given.write(f"^{word}\n")
        given.flush()
        found: list[str] | None = None
        while line := answers.readline().strip():
            if line[0] in "&#":
                found = found or []
            if line[0] == "&":  # & PART COUNT OFFSET: FIRST, SECOND; a part is the word, or what stands at its hyphen
                part, proposed = line.split()[1], line.split(": ", 1)[1].split(", ")
                found = [*(found or []), *(word.replace(part, p, 1) for p in proposed)]
        return found

    return Peer(name="hunspell", version=banner.split()[-1].rstrip(")"), ask=ask)


@cache
def symspell(language: str) -> Peer | None:
    """symspellpy over wordfreq's commonest words; None where either has nothing for the language."""
    import wordfreq

    try:
        from symspellpy import SymSpell, Verbosity
    except ImportError:
        return None
    if language not in wordfreq.available_languages("small"):
        return None
    index = SymSpell(max_dictionary_edit_distance=_DISTANCE)
    for word in wordfreq.top_n_list(language, _COMMONEST):
        index.create_dictionary_entry(word, max(1, int(wordfreq.word_frequency(word, language) * 1e9)))

    def ask(word: str) -> list[str] | None:
        low = word.lower()
        if low in index.words:
            return None
        near = [str(n.term) for n in index.lookup(low, Verbosity.CLOSEST, max_edit_distance=_DISTANCE)]
        return [_cased(term, word) for term in near]

    return Peer(name="symspellpy", version=version("symspellpy"), ask=ask)


def _cased(term: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return term.upper()
    return term.capitalize() if word[0].isupper() else term
