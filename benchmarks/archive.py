"""An edition as a team leaves it, with a journal of any length: what the journal is measured on.

Nothing is put into the tables by hand. Texts are added, suggestions kept, entries appended and taken back by the
functions that the program itself uses, only in large transactions and by a clock of its own. So the chain and the
projections are the program's, and the same numbers give the same entries.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from workbench.core.entry import Decision, Entry
from workbench.core.line_reading import vouched
from workbench.core.suggestion import Candidate, Evidence, Suggestion
from workbench.readers import read
from workbench.services.clock import FORMAT
from workbench.services.edition import Edition
from workbench.store import connection, journal, projections, read_lines, suggestions, texts, vouching
from workbench.store.journal import Author

ENTRIES = 100
"""Of one document."""
TOGETHER = 10
"""Documents that are worked on side by side."""
LINES = 50
_WORDS_A_LINE = 10
_EVERY = 8
"""One word in so many has a suggestion."""
_CONTEXT = 24
_SYLLABLES = ("ва", "ло", "ни", "сте", "ро", "ка", "пу", "зем", "дол", "жи", "ме", "тра", "гу", "бо", "ла", "шен")
_TRANSCRIBERS = ("Анна Ветрова", "Борис Зотов", "Вера Лунина", "Глеб Носов", "Дина Орлова")
_REVIEWERS = ("Елена Павлова", "Захар Рогов")
_EDITOR = "Ирина Титова"
PEOPLE = (*_TRANSCRIBERS, *_REVIEWERS, _EDITOR)
_REASONS = ("так в другом месте того же письма", "сверено с подлинником", "по смыслу фразы", None, None, None)
_BEGAN = datetime(2019, 1, 1, 9)
_SECONDS = 25
"""From one entry to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document of one text."""

    number: int
    id: str
    text: str
    content: str
    lines: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int], ...]


def made_up(number: int) -> str:
    """The text of a document; the same number gives the same."""
    draw = random.Random(number)
    words = ("".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4))) for _ in range(LINES * _WORDS_A_LINE))
    lines = (" ".join(next(words) for _ in range(_WORDS_A_LINE)) for _ in range(LINES - 1))
    return "\n".join([f"№ {number} от {1 + number % 28} января 1934 года", *lines]) + "\n"


def approved(number: int) -> bool:
    """Is a document approved in the end? The others are still in review."""
    return number % 3 != 0


def page_of(number: int, text: str, content: str) -> Page:
    lines = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", content))
    words = tuple((m.start(), m.end()) for m in re.finditer(r"\S+", content))
    return Page(number=number, id=text[:12], text=text, content=content, lines=lines, words=words)


def proposed(page: Page) -> list[Suggestion]:
    """Suggestions about one word in `_EVERY`, with what they rest on."""
    draw = random.Random(page.number)
    found = []
    for start, end in page.words[_EVERY - 1 :: _EVERY]:
        word = page.content[start:end]
        chances = sorted((draw.randint(1, 140_000) for _ in range(4)), reverse=True)
        readings = [word + last for last in "нмтсх"]
        evidence = (
            Evidence.of("unknown-word", word=word), Evidence.of("confusion", wrong="т", right="н"),
            Evidence.of("decided-before", total=draw.randint(2, 90), times=2, page=readings[0]),
            Evidence.of("machine-unsure", percent=draw.randint(30, 90)),
        )  # fmt: skip
        found.append(
            Suggestion(
                start=start, end=end, quote=word, kind="word", change="ocr", suggester="words", version="1",
                candidates=tuple(Candidate(text=t, ppm=p) for t, p in zip(readings, [400_000, *chances], strict=True)),
                evidence=evidence,
            )
        )  # fmt: skip
    return found


def add(db: sqlite3.Connection, folder: Path, numbers: Sequence[int], now: str) -> list[Page]:
    """Add documents with their suggestions, within a write transaction; `folder`: for the files as received."""
    pages = []
    for number in numbers:
        content = made_up(number)
        name, data = f"letter-{number:05}.txt", content.encode()
        text = read(data, name=name, encoding="utf-8")
        (folder / name).write_bytes(data)
        texts.add_transcript(db, name=name, data=data, text=text, now=now)
        projections.text_added(db, text.sha)
        pages.append(page_of(number, text.sha, content))
    for page in pages:
        run = suggestions.Run(engine="made up", version="1", started=now)
        suggestions.replace_all(db, page.text, proposed(page), run)
    return pages


class Team:
    """People at work on an edition."""

    def __init__(self, edition: Edition, *, began: datetime = _BEGAN) -> None:
        """`began`: when they go on; a clock never runs back, so it matters in the first entry of all."""
        edition.upgrade()
        self.db, self._transcripts = edition.db, edition.transcripts
        self._time = began
        self._ids = {name: f"{n:012x}" for n, name in enumerate(PEOPLE, 1)}

    def author(self, name: str) -> Author:
        """Somebody who writes at the next tick of the clock."""
        self._time += timedelta(seconds=_SECONDS)
        role = "editor" if name == _EDITOR else "reviewer" if name in _REVIEWERS else "transcriber"
        return Author(person=self._ids[name], role=role, now=self._time.strftime(FORMAT))

    def id_of(self, name: str) -> str:
        return self._ids[name]

    def append(self, name: str, decision: Decision, **how: Any) -> Entry:
        return journal.append(self.db, decision, self.author(name), **how)

    def revert(self, name: str, targets: Sequence[Entry], *, batch: str | None = None) -> Entry:
        return journal.revert(self.db, [t.id for t in targets], self.author(name), batch=batch)

    def register(self) -> None:
        """Register everybody, each by an entry."""
        for name, person in self._ids.items():
            siglum = "".join(part[0] for part in name.split())
            query = "INSERT INTO persons (id, name, siglum, role) VALUES (?, ?, ?, ?)"
            self.db.execute(query, (person, name, siglum, self.author(name).role))
            self.append(name, Decision(act="person", data={"registers": person}))

    def work(self, numbers: Sequence[int]) -> None:
        """Take documents from raw to reviewed, side by side, in one transaction.

        They bring `ENTRIES` each; everybody's registration and a word taken for right count towards those of the first.
        """
        with connection.writing(self.db) as db:
            registered = not db.execute("SELECT 1 FROM entries LIMIT 1").fetchone()
            if registered:
                self.register()
            pages = add(db, self._transcripts, numbers, self._time.strftime(FORMAT))
            owed = {p.id: ENTRIES for p in pages}
            owed[pages[0].id] -= 1 + (len(PEOPLE) if registered else 0)
            going = {p.id: _Document(self, p, owed[p.id]).gestures() for p in pages}
            draw = random.Random(numbers[0])
            while going:
                one = draw.choice(list(going))
                if next(going[one], None) is None:
                    del going[one]
            word = max((s.quote for s in proposed(pages[0])), key=len)
            self.append(_EDITOR, Decision(act="word", data={"word": word, "scope": "edition"}))

    def look_again(self, pages: Sequence[Page], count: int, draw: random.Random) -> None:
        """Write so many entries more about documents that are there, within a write transaction."""
        last: Entry | None = None
        for _ in range(count):
            if last is not None and draw.random() < 0.1:
                self.append(draw.choice(_REVIEWERS), Decision(act="approve"), targets=frozenset({last.id}))
                continue
            page = draw.choice(pages)
            start, end = draw.choice(page.words)
            value = page.content[start:end] + draw.choice("абвгд")
            last = self.append(
                draw.choice(_TRANSCRIBERS), about(page, "edit", start, end, page=value, page_class="ocr")
            )


def about(page: Page, act: str, start: int, end: int, /, **values: Any) -> Decision:
    """A decision about a span of a page, with what stands on either side."""
    return Decision(
        act=act, text=page.text, start=start, end=end, quote=page.content[start:end],
        prefix=page.content[max(0, start - _CONTEXT) : start], suffix=page.content[end : end + _CONTEXT], **values,
    )  # fmt: skip


class _Document:
    """What is done about one document: entries of all kinds, one gesture after the other."""

    def __init__(self, team: Team, page: Page, owed: int) -> None:
        self._team, self._page, self._owed = team, page, owed
        self._draw = random.Random(page.number)
        self._who = self._draw.choice(_TRANSCRIBERS)
        self._second = self._draw.choice(_REVIEWERS)
        self._made = 0

    def gestures(self) -> Iterator[Entry]:
        """Each gesture as it is made, by its last entry; `owed` entries in all."""
        yield from self._prepare()
        standing = yield from self._correct()
        yield from self._read(6, self._who)
        yield from self._review(standing)
        yield from self._read(self._owed - self._made, self._second)

    def _append(self, name: str, act: str, *, data: dict[str, Any] | None = None, **how: Any) -> Entry:
        return self._write(name, Decision(act=act, data=data or {}), **how)

    def _decide(self, name: str, act: str, span: tuple[int, int], *, batch: str | None = None, **values: Any) -> Entry:
        return self._write(name, about(self._page, act, *span, **values), batch=batch)

    def _write(self, name: str, decision: Decision, **how: Any) -> Entry:
        self._made += 1
        return self._team.append(name, decision, **how)

    def _revert(self, name: str, targets: Sequence[Entry], *, batch: str | None = None) -> Entry:
        self._made += 1
        return self._team.revert(name, targets, batch=batch)

    def _prepare(self) -> Iterator[Entry]:
        page = self._page
        who = self._team.id_of(self._who)
        yield self._append(_EDITOR, "assign", data={"document": page.id, "person": who})
        yield self._append(self._who, "claim", data={"document": page.id, "until": "2019-01-01T18:00:00.000000Z"})
        fields = {
            "kind": "письмо", "author": self._who, "addressee": _EDITOR, "number": str(page.number),
            "archive": "ГАРФ", "fond": "5446", "opis": "15а", "delo": str(page.number // TOGETHER),
            "date": f"1934-01-{1 + page.number % 28:02}",
        }  # fmt: skip
        yield self._append(_EDITOR, "describe", data={"document": page.id, "fields": fields})
        yield self._decide(self._who, "leaf", (0, 0), data={"leaf": str(page.number % 300 + 1)})
        for kind, line in (("office number", 0), ("addressee", 1), ("signature", -1)):
            yield self._decide(self._who, "zone", page.lines[line], data={"kind": kind, "hand": "type"})

    def _correct(self) -> Generator[Entry, None, list[Entry]]:
        """Answers to suggestions, one by one and in bulk, changes of one's own, second thoughts; what stands of it."""
        db, page, draw, who = self._team.db, self._page, self._draw, self._who
        todo = [k.suggestion for k in suggestions.within(db, page.text, 0, len(page.content))]
        bulk, todo = todo[-24:-16], todo[:-24]
        standing = []
        for number, one in enumerate(todo):
            standing.append(self._answer(one, ("accept", "accept", "keep", "accept", "edit")[number % 5]))
            yield standing[-1]
            if number == 5:
                undo = self._revert(who, standing[-1:])
                yield undo
                yield self._revert(who, [undo])
            elif number == 10:
                yield self._revert(who, [standing.pop()])
                standing.append(self._answer(one, "edit"))
                yield standing[-1]
        for start, end in draw.sample(page.words[:: _EVERY // 2], 5):
            word, reason = page.content[start:end], draw.choice(_REASONS)
            made = self._decide(
                who, "edit", (start, end), page=f"{word},", page_class="ocr", ground="page", reason=reason
            )
            standing.append(made)
            yield made
        batch = f"bulk-{page.number:05}"
        yield [self._answer(one, "accept", batch=batch) for one in bulk][-1]
        yield self._decide(who, "unclear", page.words[0], certainty="low", data={"extent": "2"})
        yield self._decide(who, "content_note", page.words[3], data={"body": "Лицо не установлено."})
        yield self._decide(who, "tag", page.words[4], data={"kind": "person", "name": _EDITOR})
        yield self._decide(who, "check", page.words[5])
        return standing

    def _answer(self, one: Suggestion, act: str, *, batch: str | None = None) -> Entry:
        proposed = one.candidates[0 if act == "accept" else 1].text
        values = {} if act == "keep" else {"page": proposed, "page_class": "ocr"}
        return self._decide(
            self._who, act, (one.start, one.end), batch=batch, suggestion=one.provenance(), ground="internal",
            reason=self._draw.choice(_REASONS), **values,
        )  # fmt: skip

    def _read(self, lines: int, who: str) -> Iterator[Entry]:
        """Lines of the page as read, whoever may change them later."""
        db, row = self._team.db, texts.text_row(self._team.db, self._page.text)
        for start, end in self._draw.sample(self._page.lines, lines):
            reading = read_lines.reading_of(db, row, start, end)
            yield self._decide(who, "read", (start, end), data={"hash": vouched(reading)})

    def _review(self, standing: list[Entry]) -> Iterator[Entry]:
        page, draw, second = self._page, self._draw, self._second
        state = self._append(self._who, "state", data={"document": page.id, "state": "transcribed"})
        yield state
        data = {"document": page.id, "state": "reviewing"}
        state = self._append(second, "state", data=data, supersedes=frozenset({state.id}))
        yield state
        draw.shuffle(standing)
        for old in standing[:4]:
            yield self._again(second, old, "так в подлиннике")
        for first in range(4, 24, 4):
            yield self._append(second, "approve", targets=frozenset(e.id for e in standing[first : first + 4]))
        target = frozenset({standing[24].id})
        self._made += 1
        yield self._team.append(second, Decision(act="dispute", reason="почему не «по»?"), targets=target)
        yield self._append(self._who, "comment", data={"body": "Так в копии."}, targets=target)
        better = self._again(self._who, standing[24], "по копии")
        yield better
        yield self._append(second, "approve", targets=frozenset({better.id}))
        yield self._revert(_EDITOR, standing[25:27], batch=f"back-{page.number:05}")
        if approved(page.number):
            data = {"document": page.id, "state": "approved", "stands": vouching.digest(self._team.db, page.id)}
            yield self._append(second, "state", data=data, supersedes=frozenset({state.id}))

    def _again(self, name: str, old: Entry, reason: str) -> Entry:
        """Another decision where one stands."""
        d = old.decision
        assert d.start is not None and d.end is not None and d.quote is not None
        values = {"page": f"{d.quote}ъ", "page_class": "ocr", "certainty": "high", "reason": reason}
        return self._decide(name, "edit", (d.start, d.end), **values)
