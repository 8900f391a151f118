"""Suggesting: running the engine over texts, with what the edition knows, and keeping what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from workbench.core.errors import UsageError
from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.readers import read
from workbench.services import library
from workbench.services.clock import now
from workbench.services.desk import Counts
from workbench.services.edition import Edition
from workbench.services.learning import Learnt, learnt
from workbench.services.library import Listing
from workbench.store import entries, suggestions, texts
from workbench.store.projections import closes_suggestions
from workbench.suggest import WORD, Context, Engine, detect_language
from workbench.suggest.proofread import Proofreader, Weighed

Progress = Callable[[int, int], None]
"""Told (steps done, steps in all); what it raises ends the run, and the texts done so far keep what was found."""


def suggest(edition: Edition, documents: Iterable[Listing], progress: Progress = lambda done, total: None) -> Counts:
    """Look for suggestions in the texts of documents, each text once, and keep them in place of the former ones."""
    shas = list(dict.fromkeys(s.text for d in documents for s in library.stretches(edition, d.id)))
    engine = Engine()
    found = still_open = 0
    total, done = len(shas) * len(engine.suggesters), 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    progress(0, total)
    known = learnt(edition)
    for sha in shas:
        context = _context(edition, sha, known)
        made = engine.suggest(context, step)
        with edition.writing() as db:
            still_open += suggestions.replace_all(
                db, sha, made, engine=engine.name, version=engine.version, now=now(),
                lexicon=f"{context.lexicon.name} {context.lexicon.version}" if context.lexicon else "",
            )  # fmt: skip
        found += len(made)
    return Counts(suggestions=found, open=still_open, decisions=0)


def _context(edition: Edition, sha: str, known: Learnt) -> Context:
    text = texts.whole_text(edition.db, sha)
    others: Counter[str] = Counter()
    for row in texts.all_texts(edition.db):
        if row.sha != sha:
            for (line,) in edition.db.execute("SELECT content FROM lines WHERE text_id = ?", (row.id,)):
                others.update(word.lower() for word in WORD.findall(line))
    accepted = frozenset(
        str(e.decision.data["word"]).lower()
        for e in entries.effective(edition.db, "memory")
        if e.decision.act == "word"
    )
    quiet = tuple(
        (e.decision.start or 0, e.decision.end or 0)
        for e in entries.live_at(edition.db, sha, "zone", 0, len(text.content)) if closes_suggestions(e)
    )  # fmt: skip
    return Context(
        text=text, lexicon=open_lexicon(detect_language(text)), edition_words=others, accepted_words=accepted,
        quiet_spans=quiet, confusions=known.confusions, decided=known.decided,
    )  # fmt: skip


def explain(edition: Edition, document: str, start: int) -> tuple[str, list[list[Weighed]]]:
    """The word at an offset of a document's first text, and the options of its places with what speaks for each."""
    sha = library.stretches(edition, document)[0].text
    context = _context(edition, sha, learnt(edition))
    content = context.text.content
    if not 0 <= start < len(content):
        raise UsageError(f"{start} lies outside a text of {len(content)} code points")
    line = content[slice(*context.text.line_span(context.text.line_at(start)))].strip()
    return line, Proofreader().explain(context, start)


def check_text(data: bytes, *, name: str, language: str | None = None) -> tuple[Text, tuple[Suggestion, ...], str]:
    """Suggestions for a file with no edition at all, and the language they were looked for in."""
    text = read(data, name=name)
    spoken = language or detect_language(text)
    context = Context(text=text, lexicon=open_lexicon(spoken))
    return text, Engine().suggest(context), spoken
