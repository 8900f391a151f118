"""What an edition knows that a search for suggestions rests on, and the context that it makes of a text."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from workbench.core.answering import silences
from workbench.core.text import Text
from workbench.lexicon import Lexicon, languages, open_lexicon
from workbench.services.edition import Edition
from workbench.services.suggestions.learning import Learnt, learnt
from workbench.store import authorities, entries, texts, witnesses
from workbench.suggest import WORD, Context, detect_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is the same for all texts of an edition; it crosses to other processes."""

    words: Mapping[str, int]
    """Words of all texts, lower case, with their number."""
    accepted: frozenset[str]
    learnt: Learnt
    names: tuple[str, ...] = ()
    """Of the authority lists."""

    def digest(self) -> str:
        """Changes with whatever persons decided that suggestions rest on; the words are counted apart."""
        return _digest([sorted(self.accepted), self.names, self.learnt.record()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One text to look through, with what is its own; it crosses to other processes."""

    text: Text
    language: str
    quiet_spans: tuple[tuple[int, int], ...]
    witnesses: tuple[tuple[str, str], ...]
    dictionary: str = ""
    """Path of a Hunspell dictionary to use; empty for the lexicon of the language."""

    def inputs(self, knowledge: Knowledge, engine: str, lexicon: str) -> str:
        """A digest of everything that the suggestions for this text rest on.

        Of the edition's words those count that stand in this text: how often they stand elsewhere, up to two.
        """
        own = _words(self.text)
        elsewhere = {word: min(2, knowledge.words.get(word, 0) - count) for word, count in sorted(own.items())}
        confident = [[c.start, c.ppm, *c.alternatives] for c in self.text.confidences]
        return _digest([
            engine, lexicon, self.language, self.text.sha, knowledge.digest(), elsewhere, self.quiet_spans,
            self.witnesses, confident,
        ])  # fmt: skip


class Elsewhere(Mapping[str, int]):
    """How often words stand in the other texts: in all of them, without this one."""

    def __init__(self, all_: Mapping[str, int], own: Mapping[str, int]) -> None:
        self._all, self._own = all_, own

    def __getitem__(self, word: str) -> int:
        return self._all[word] - self._own.get(word, 0)

    def __contains__(self, word: object) -> bool:
        return word in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def known(edition: Edition) -> Knowledge:
    """What the edition knows now."""
    accepted = frozenset(
        str(e.decision.data["word"]).lower()
        for e in entries.effective(edition.db, "memory")
        if e.decision.act == "word"
    )
    names = tuple(authority.name for authority in authorities.every(edition.db))
    return Knowledge(words=_all_words(edition), accepted=accepted, learnt=learnt(edition), names=names)


_counted: dict[str, tuple[int, Counter[str]]] = {}
"""Edition -> the last text counted, and the words up to it: texts are added and never change."""
_counting = Lock()


def _all_words(edition: Edition) -> Mapping[str, int]:
    (own_id,) = edition.db.execute("SELECT value FROM edition WHERE key = 'id'").fetchone()
    name = f"{edition.database.resolve()} {own_id}"  # a copy has the id, too, and other texts
    with _counting:
        last, words = _counted.get(name, (0, Counter[str]()))
        (newest,) = edition.db.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()
        lines = "SELECT content FROM lines WHERE text_id > ? AND text_id <= ?"
        for (line,) in edition.db.execute(lines, (last, newest)):
            words.update(word.lower() for word in WORD.findall(line))
        _counted[name] = newest, words
    return words


def task(edition: Edition, sha: str, dictionary: str = "") -> Task:
    """A text with what is its own."""
    text = texts.whole_text(edition.db, sha)
    quiet = tuple(
        e.decision.span for e in entries.live_at(edition.db, sha, "zone", 0, len(text.content)) if silences(e.decision)
    )  # fmt: skip
    others = tuple((w.name, w.content) for w in witnesses.of_text(edition.db, sha))
    return Task(text=text, language=_language(edition, text), quiet_spans=quiet, witnesses=others,
                dictionary=dictionary)  # fmt: skip


def _language(edition: Edition, text: Text) -> str:
    """What a description says, where it is the code of a language that there are words of; else what the text shows."""
    rows = edition.db.execute(
        "SELECT DISTINCT json_extract(d.description, '$.language') FROM documents d JOIN stretches s"
        " ON s.document = d.id WHERE s.text = ?",
        (text.sha,),
    )
    said = [str(language).strip().lower() for (language,) in rows if language]
    return next((language for language in said if language in languages()), None) or detect_language(text)


def lexicon(task: Task, knowledge: Knowledge) -> Lexicon | None:
    """The words that a text is read with."""
    return open_lexicon(task.language, task.dictionary, knowledge.names)


def context(task: Task, knowledge: Knowledge) -> Context:
    """What suggesters are given."""
    return Context(
        text=task.text, lexicon=lexicon(task, knowledge),
        accepted_words=knowledge.accepted, edition_words=Elsewhere(knowledge.words, _words(task.text)),
        quiet_spans=task.quiet_spans, witnesses=task.witnesses, confusions=knowledge.learnt.confusions,
        decided=knowledge.learnt.decided, corrected=knowledge.learnt.corrected,
    )  # fmt: skip


def _words(text: Text) -> Counter[str]:
    return Counter(word.lower() for word in WORD.findall(text.content))


def _digest(value: object) -> str:
    packed = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()
