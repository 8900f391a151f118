"""Editions to measure the desk on: one page, and a volume of a million words, with suggestions equally dense."""

from __future__ import annotations

import random
from pathlib import Path

from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.services import adding, library
from workbench.services.clock import now
from workbench.services.edition import init
from workbench.store import suggestions, texts

WORDS_A_LINE = 10
EVERY = 20
"""One word in so many has a suggestion."""
_SYLLABLES = ("ва", "ло", "ни", "сте", "ро", "ка", "пу", "зем", "дол", "жи", "ме", "тра", "гу", "бо", "ла", "шен")


def text(lines: int, *, seed: int = 1) -> tuple[str, list[Suggestion]]:
    """Lines of made-up words, and suggestions about one word in `EVERY`; the same seed gives the same."""
    draw = random.Random(seed)
    out: list[str] = []
    found: list[Suggestion] = []
    at = count = 0
    for _ in range(lines):
        words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4))) for _ in range(WORDS_A_LINE)]
        for word in words:
            count += 1
            if count % EVERY == 0:
                found.append(_about(word, at, draw))
            at += len(word) + 1
        out.append(" ".join(words))
    return "\n".join(out) + "\n", found


def _about(word: str, start: int, draw: random.Random) -> Suggestion:
    first = draw.randint(500_000, 950_000)
    return Suggestion(
        start=start, end=start + len(word), quote=word, kind="word", change="ocr", suggester="words", version="1",
        candidates=(Candidate(text=word + "н", ppm=first), Candidate(text=word + "м", ppm=990_000 - first)),
        evidence=(Evidence.of("unknown-word", word=word),),
    )  # fmt: skip


def make(folder: Path, lines: int) -> str:
    """An edition of one document with its suggestions; the document's id."""
    content, found = text(lines)
    folder.parent.mkdir(parents=True, exist_ok=True)
    source = folder.parent / f"{folder.name}.txt"
    source.write_text(content, "utf-8")
    with init(folder) as edition:
        list(adding.add(edition, [source]))
        (row,) = texts.all_texts(edition.db)
        with edition.writing() as db:
            suggestions.replace_all(db, row.sha, found, suggestions.Run(engine="made", version="1", started=now()))
        return library.listings(edition)[0].id
