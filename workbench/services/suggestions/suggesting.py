"""Suggesting: running the engine over texts, with what the edition knows, and keeping what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter

from workbench.core.errors import UsageError
from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.readers import read
from workbench.services import library
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.services.library import Heading
from workbench.services.pool import side_by_side
from workbench.services.suggestions import knowledge
from workbench.services.suggestions.knowledge import Knowledge, Task
from workbench.store import suggestions
from workbench.suggest import Context, Engine, detect_language
from workbench.suggest.model import prior
from workbench.suggest.proofread import Proofreader, Weighed

Progress = Callable[[int, int], None]
"""Told (steps done, steps in all); what it raises ends the run, and the texts done so far keep what was found."""


@dataclass(slots=True, kw_only=True)
class Found:
    """What a search found."""

    suggestions: int = 0
    open: int = 0
    searched: int = 0
    """Texts that were looked through."""
    unchanged: int = 0
    """Texts whose suggestions rest on what has not changed since they were made."""
    languages: Counter[str] = field(default_factory=Counter)
    """Languages of the texts, with their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    suggestions: tuple[Suggestion, ...]
    milliseconds: int


def suggest(
    edition: Edition,
    documents: Iterable[Heading],
    progress: Progress = lambda done, total: None,
    *,
    jobs: int = 1,
    dictionary: str = "",
    afresh: bool = False,
    spare: Callable[[], str | None] = lambda: None,
) -> Found:
    """Look for suggestions in the texts of documents and keep them in place of the former ones.

    A text is passed over when everything that its suggestions rest on is as it was (`afresh` looks all the same), so a
    run that was stopped goes on where it ended. What is found does not depend on the number of `jobs` (processes).
    `dictionary` is the path of a Hunspell dictionary to read with.
    `spare` says which suggestion somebody is looking at: it is not taken from under their eyes.
    """
    edition.upgrade()
    shas = list(dict.fromkeys(s.text for d in documents for s in library.stretches(edition, d.id)))
    engine = Engine()
    knows = knowledge.known(edition)
    found = Found()
    steps, done = len(engine.suggesters), 0

    def step(by: int = 1) -> None:
        nonlocal done
        done += by
        progress(done, len(shas) * steps)

    waiting: list[tuple[Task, suggestions.Run]] = []

    def stale() -> Iterator[Task]:
        for sha in shas:
            task = knowledge.task(edition, sha, dictionary)
            found.languages[task.language] += 1
            run = _run(engine, task, knows)
            kept = None if afresh else suggestions.last_run(edition.db, sha)
            if kept == run.inputs:
                found.unchanged += 1
                step(steps)
                continue
            waiting.append((task, run))
            yield task

    step(0)
    shared = (knows, step if jobs < 2 else None)  # other processes cannot tell how far they are in a text
    with closing(side_by_side(_search, shared, stale(), jobs)) as results:
        for made in results:
            task, run = waiting.pop(0)
            with edition.writing() as db:
                suggestions.replace_all(
                    db, task.text.sha, made.suggestions, run, milliseconds=made.milliseconds, spare=spare()
                )
            found.searched += 1
            if jobs > 1:
                step(steps)
    for sha in shas:
        total, still_open = suggestions.counts(edition.db, sha)
        found.suggestions += total
        found.open += still_open
    return found


def _run(engine: Engine, task: Task, knows: Knowledge) -> suggestions.Run:
    lexicon = knowledge.lexicon(task, knows)
    named = f"{lexicon.name} {lexicon.version}" if lexicon else ""
    if lexicon is not None:
        lexicon.zipf("")  # its index is made here, where that is said, and not in each process
    return suggestions.Run(
        engine=engine.name, version=engine.version, lexicon=named, started=now(),
        model=f"{prior().version} {knows.digest()[:8]}", inputs=task.inputs(knows, engine.version, named),
    )  # fmt: skip


def _search(shared: tuple[Knowledge, Callable[[], None] | None], task: Task) -> _Made:
    knows, step = shared
    begun = perf_counter()
    made = Engine().suggest(knowledge.context(task, knows), step or _nothing)
    return _Made(suggestions=made, milliseconds=round((perf_counter() - begun) * 1000))


def _nothing() -> None:
    pass


def explain(edition: Edition, document: str, start: int) -> tuple[str, list[list[Weighed]]]:
    """The word at an offset of a document's first text, and the options of its places with what speaks for each."""
    sha = library.stretches(edition, document)[0].text
    context = knowledge.context(knowledge.task(edition, sha), knowledge.known(edition))
    content = context.text.content
    if not 0 <= start < len(content):
        raise UsageError(f"{start} lies outside a text of {len(content)} code points")
    line = content[slice(*context.text.line_span(context.text.line_at(start)))].strip()
    return line, Proofreader().explain(context, start)


def check_text(
    data: bytes, *, name: str, language: str | None = None, dictionary: str = ""
) -> tuple[Text, tuple[Suggestion, ...], str]:
    """Suggestions for a file with no edition at all, and the language they were looked for in."""
    text = read(data, name=name)
    spoken = language or detect_language(text)
    context = Context(text=text, lexicon=open_lexicon(spoken, dictionary))
    return text, Engine().suggest(context), spoken
