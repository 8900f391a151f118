"""Which of many words no lexicon knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.core.text import Text
from workbench.lexicon import languages, open_lexicon
from workbench.services import library
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.store import authorities, texts
from workbench.suggest import detect_language

_SAMPLE = 40_000
"""Code points by which the language of a document is told."""


def unknown(edition: Edition, documents: Sequence[Heading], words: Iterable[str]) -> frozenset[str] | None:
    """The words that no lexicon of these documents' languages knows; None where one of the languages has none.

    Opens the lexicons, which takes a while the first time.
    """
    names = tuple(authority.name for authority in authorities.every(edition.db))
    knows = []
    for language in {_language(edition, document) for document in documents}:
        lexicon = open_lexicon(language, names=names)
        if lexicon is None:
            return None
        knows.append(lexicon.knows)
    return frozenset(word for word in words if not any(known(word) for known in knows)) if knows else None


def _language(edition: Edition, document: Heading) -> str:
    """What the description says, where there are words of it; else what the text shows."""
    said = document.description.get("language", "").strip().lower()
    if said and said in languages():
        return said
    sample = ""
    for stretch in library.stretches(edition, document.id):
        row = texts.text_row(edition.db, stretch.text)
        end = min(stretch.end, stretch.start + _SAMPLE - len(sample))
        sample += texts.fragment(edition.db, row.id, stretch.start, end).content
        if len(sample) >= _SAMPLE:
            break
    return detect_language(Text(content=sample, reader="sample"))
