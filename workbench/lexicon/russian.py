"""Russian words: pymorphy3's dictionary of three million forms, and those of them that its corpus attests.

The dictionary says what is a word. Its corpus (OpenCorpora, through the tag probabilities that pymorphy3 ships) says
which forms are common: candidates come from these. Their list takes seconds to read and is cached by version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import platformdirs

Progress = Callable[[int, int], None]

_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad")


class RussianLexicon:
    """Opens nothing until it is asked."""

    name = "ru-opencorpora"

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self.knows = lru_cache(maxsize=200_000)(self._knows)

    @cached_property
    def _morph(self) -> Any:
        from pymorphy3 import MorphAnalyzer

        return MorphAnalyzer(lang="ru")

    @cached_property
    def version(self) -> str:
        meta = self._morph.dictionary.meta
        return str(meta.get("source_revision", "?"))

    def _knows(self, word: str) -> bool:
        return bool(
            self._morph.word_is_known(word.lower().replace("ё", "е")) or self._morph.word_is_known(word.lower())
        )

    def common(self, word: str) -> bool:
        return word.lower() in self._attested

    @cached_property
    def _attested(self) -> frozenset[str]:
        return frozenset(w for bucket in self._buckets.values() for w in bucket)

    @cached_property
    def _buckets(self) -> dict[int, list[str]]:
        """Attested forms by length."""
        buckets: dict[int, list[str]] = {}
        for word in _cached(self.version, self._read_attested):
            buckets.setdefault(len(word), []).append(word)
        return buckets

    def _read_attested(self) -> list[str]:
        keys = self._morph.prob_estimator.p_t_given_w.keys()
        if self._progress is not None:
            self._progress(len(keys), len(keys))
        return sorted({key.partition(":")[0] for key in keys if key[0].isalpha()})

    def near(self, word: str, limit: int = 64) -> Sequence[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        low = word.lower()
        most = 2 if len(low) > 4 else 1
        pool = [w for n in range(len(low) - most, len(low) + most + 1) for w in self._buckets.get(n, ())]
        found = process.extract(low, pool, scorer=Levenshtein.distance, score_cutoff=most, limit=limit)
        return [w for w, _, _ in sorted(found, key=lambda f: (f[1], f[0]))]

    def is_name(self, word: str) -> bool:
        return any(any(sign in parse.tag for sign in _NAMES) for parse in self._morph.parse(word.lower())[:4])

    def cases(self, word: str) -> frozenset[str]:
        return frozenset(str(p.tag.case) for p in self._morph.parse(word.lower()) if p.tag.case and "sing" in p.tag)

    def inflected(self, word: str, case: str) -> str | None:
        for parse in self._morph.parse(word.lower()):
            if parse.tag.POS == "NOUN" and "sing" in parse.tag:
                form = parse.inflect({case, "sing"})
                if form is not None:
                    return str(form.word)
        return None

    def same_word(self, one: str, other: str) -> bool:
        left = {p.normal_form for p in self._morph.parse(one.lower())}
        return not left.isdisjoint(p.normal_form for p in self._morph.parse(other.lower()))


def _cached(version: str, make: Callable[[], list[str]]) -> list[str]:
    """The list from the user's cache, made when it is not there; where nothing can be written it is made each time."""
    path = Path(platformdirs.user_cache_dir("ocr-workbench")) / f"ru-attested-{version}.json"
    try:
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, list) and found:
            return found
    except (OSError, ValueError):
        pass
    made = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        partial.replace(path)
    except OSError:
        pass
    return made
