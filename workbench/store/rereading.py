"""Texts read again in the slow replay: what overlaps, which lines are read, what is answered, and how it reads.

The text is read again where several decisions lie together or somebody vouches for a line: as a screen does it, with
the decisions that the projections name there, and from the entries that stand there by the replay. A decision alone in
its place reads in one way only, once it is known to stand there.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from workbench.core.acts import SPANNING
from workbench.core.added_lines import LAYER, fold_lines
from workbench.core.answering import answered_by, silences
from workbench.core.documents import Stretch
from workbench.core.entry import Entry
from workbench.core.line_reading import line_reading, vouched
from workbench.core.pieces import reading, reading_apart, replay
from workbench.core.spans import Placed, Spans
from workbench.core.text import overlap
from workbench.store import added_lines, entries, read_lines, schema, texts
from workbench.store.differences import Differences
from workbench.store.facts import NONE
from workbench.store.replaying import Replay
from workbench.store.verify import Problem, Progress

_ANSWERING = frozenset({"text", "zone", "document"})
"""Layers with acts that answer suggestions."""
_answered_by = cache(answered_by)
_AT_ONCE = 200
"""Lines whose decisions are opened together."""


class _Value(NamedTuple):
    """Of a decision what says how it reads."""

    entry: str
    act: str
    page: str | None
    reading: str | None
    page_class: str | None


def _apart(spans: Sequence[Placed]) -> bool:
    """Does none overlap or touch the next?"""
    return all(one[1] < other[0] for one, other in pairwise(spans))


class Rereading:
    """All texts, one after the other, after a replay has seen what stands."""

    def __init__(self, replayed: Replay) -> None:
        self._replay, self._db = replayed, replayed.db
        self._contested = entries.in_conflict(self._db)
        """As the projection has it."""
        self._longest: set[tuple[object, ...]] = set()
        self._read: dict[tuple[str, int], set[str]] = defaultdict(set)
        """Lines that somebody vouches for as they read, with who does."""
        self._silent: dict[int, bool] = {}
        self._suggestions, self._readings = Differences("suggestions"), Differences("readings")

    def problems(self, progress: Progress) -> Iterator[Problem]:
        """Go through all texts, and compare."""
        by_text, done, total = self._replay.by_text(), 0, len(self._replay.facts.seqs)
        suggested = {text for (text,) in self._db.execute("SELECT DISTINCT text FROM suggestions")}
        kept = {row.sha: row for row in texts.all_texts(self._db)}
        for text, positions in zip(self._replay.texts, by_text, strict=True):
            progress(done, total)
            done += len(positions)
            live = self._live(text, positions)
            clusters = {layer: live[layer].clusters() for layer in SPANNING & live.keys()}
            for some in (
                *clusters.get("text", ()),
                *clusters.get("zone", ()),
                live[LAYER].all if LAYER in live else (),
            ):
                self._replay.contradict(self._replay.opened(span[2] for span in some).values())
            if text in kept:  # a bundle has the whole journal, and the texts of some documents
                self._reread(kept[text], live, clusters.get("text", []))
            if text in suggested:
                self._answers(text, live)
        for text in suggested - set(self._replay.texts):
            self._answers(text, {})
        yield from self._replay.conflict_problems()
        reach = Differences("reach")
        reach.compare(self._db.execute("SELECT text, layer, longest FROM reach"), self._longest)
        yield from reach.problems()
        if schema.has(self._db, "read_lines"):
            yield from self._compare_read()
        yield from self._suggestions.problems()
        yield from self._readings.problems()
        progress(total, total)

    def _live(self, text: str, positions: Iterable[int]) -> dict[str, Spans]:
        """The live spans of a text by layer."""
        facts, layers, live = self._replay.facts, self._replay.layers, self._replay.live
        act_of, starts, ends = facts.act_of, facts.starts, facts.ends
        found: dict[str, list[Placed]] = defaultdict(list)
        longest: dict[str, int] = {}
        for at in positions:
            start, end, layer = starts[at], ends[at], layers[act_of[at]]
            if end - start > longest.get(layer, NONE):
                longest[layer] = end - start
            if live[at]:
                found[layer].append((start, end, at))
        self._longest |= {(text, layer, length) for layer, length in longest.items()}
        return {layer: Spans(some) for layer, some in found.items()}

    # reading

    def _reread(self, row: texts.TextRow, live: dict[str, Spans], clusters: list[list[Placed]]) -> None:
        """Read again what lies together, added lines, and lines that somebody vouches for."""
        spans = live.get("text", Spans())
        for cluster in clusters:
            low, high, touching = spans.widened(cluster[0][0], max(end for _, end, _ in cluster))
            shown = read_lines.widened(self._db, row.sha, low, high, (0, row.length))
            on_screen = self._read_as(row, *shown, self._contested)
            opened = self._replay.opened(at for _, _, at in touching).values()
            if on_screen != self._read_as(row, low, high, opened, self._replay.contested):
                self._readings.add(f"{row.name} {low}..{high}")
        if LAYER in live:
            lines = fold_lines(self._replay.opened(at for _, _, at in live[LAYER].all).values())
            if lines != added_lines.within(self._db, Stretch(row.sha, 0, row.length), row.length):
                self._readings.add(f"{row.name}, added lines")
        if "read" in live:
            marks, starts = live["read"].all, texts.line_starts(self._db, row.id, 0, row.line_count)
            for first in range(0, len(marks), _AT_ONCE):
                self._vouch(row, starts, marks[first : first + _AT_ONCE], spans)

    def _read_as(
        self, row: texts.TextRow, low: int, high: int, live: Iterable[Entry], contested: frozenset[str] | set[str]
    ) -> tuple[int, int, str]:
        """A range that cuts no decision, and its reading."""
        fragment = texts.fragment(self._db, row.id, low, high)
        return low, high, reading(replay(fragment, live, in_conflict=frozenset(contested)))

    def _vouch(self, row: texts.TextRow, starts: list[int], marks: Iterable[Placed], spans: Spans) -> None:
        """See which of these read marks vouch for their lines as they read."""
        windows = [(mark, *spans.widened(mark[0], mark[1])) for mark in marks]
        said = self._vouched(at for (_, _, at), *_ in windows)
        valued = self._valued({at for *_, touching in windows for _, _, at in touching})
        whole = texts.fragment(self._db, row.id, min(w[1] for w in windows), max(w[2] for w in windows))
        for (start, end, mark), low, high, touching in windows:
            fragment = whole.part(low, high)
            if (
                (low, high) == (start, end)
                and _apart(touching)
                and not any(valued[at].entry in self._replay.contested for _, _, at in touching)
            ):
                words = reading_apart(fragment, [(s, e, valued[at]) for s, e, at in touching])
            else:
                opened = self._replay.opened(at for _, _, at in touching).values()
                pieces = replay(fragment, opened, in_conflict=frozenset(self._replay.contested))
                words, _ = line_reading(pieces, start, end)
            entry, hashed = said[mark]
            if vouched(words) == hashed:
                self._read[row.sha, bisect_right(starts, start) - 1].add(entry)

    def _valued(self, positions: Iterable[int]) -> dict[int, _Value]:
        """What decisions make of their spans, by position."""
        facts = self._replay.facts
        rows = self._db.execute(
            "SELECT seq, id, page, reading, page_class FROM entries WHERE seq IN (SELECT value FROM json_each(?))",
            (json.dumps([facts.seqs[at] for at in positions]),),
        )
        acts, act_of, position = self._replay.acts, facts.act_of, facts.position
        return {(at := position(row[0])): _Value(row[1], acts[act_of[at]], *row[2:]) for row in rows}

    def _vouched(self, marks: Iterable[int]) -> dict[int, tuple[str, str]]:
        """(id, hash of the reading) of read marks, by position."""
        facts = self._replay.facts
        rows = self._db.execute(
            "SELECT seq, id, json_extract(body, '$.data.hash') FROM entries"
            " WHERE seq IN (SELECT value FROM json_each(?))",
            (json.dumps([facts.seqs[at] for at in marks]),),
        )
        return {facts.position(seq): (entry, hashed) for seq, entry, hashed in rows}

    def _compare_read(self) -> Iterator[Problem]:
        """Of several who vouch for a line any may be named."""
        differences = Differences("read_lines")
        kept = {(text, line): e for text, line, e in self._db.execute("SELECT text, line, entry FROM read_lines")}
        for text, line in kept.keys() | self._read.keys():
            if kept.get((text, line)) not in self._read.get((text, line), ()):
                differences.add(f"{text[:12]} {line + 1}")
        yield from differences.problems()

    # suggestions

    def _answers(self, text: str, live: dict[str, Spans]) -> None:
        """Compare which suggestions of a text are closed; of several that answer one any may be named."""
        silencers, answering = self._replay.silencers, [live[layer] for layer in _ANSWERING & live.keys()]
        standing = self._by_id(span for spans in answering for span in spans.all)
        rows = self._db.execute(
            "SELECT id, start, end_, kind, quote, closed_by FROM suggestions WHERE text = ?", (text,)
        )
        for suggestion, start, end, kind, quote, closed_by in rows:
            if closed_by in standing and self._answered(standing[closed_by], start, end, kind):
                continue
            silencing = {
                entry for entry, where in silencers[quote] if where is None or self._holds(where, text, start)
            } if quote in silencers else ()  # fmt: skip
            if closed_by is not None and closed_by in silencing:
                continue
            near = [span for spans in answering for span in spans.touching(start, end)]
            if closed_by is not None or silencing or any(self._answered(span, start, end, kind) for span in near):
                self._suggestions.add(f"{suggestion[:12]} ({'open' if closed_by is None else 'closed'})")

    def _by_id(self, spans: Iterable[Placed]) -> dict[str, Placed]:
        """Spans by the ids of their entries."""
        seqs = self._replay.facts.seqs
        found = {seqs[span[2]]: span for span in spans}
        query = "SELECT id, seq FROM entries WHERE seq IN (SELECT value FROM json_each(?))"
        return {entry: found[seq] for entry, seq in self._db.execute(query, (json.dumps([*found]),))}

    def _answered(self, span: Placed, start: int, end: int, kind: str) -> bool:
        """Does a live entry answer a suggestion of a kind about a span?"""
        if not overlap(start, end, span[0], span[1]):
            return False
        act = self._replay.acts[self._replay.facts.act_of[span[2]]]
        return _answered_by(act, kind, silent=act == "zone" and self._is_silent(span[2]))

    def _is_silent(self, zone: int) -> bool:
        """Is nothing proposed in a zone?"""
        if zone not in self._silent:
            self._silent[zone] = any(silences(entry.decision) for entry in self._replay.opened([zone]).values())
        return self._silent[zone]

    def _holds(self, document: str, text: str, start: int) -> bool:
        found = (d for d in self._replay.documents if d.id == document)
        return any(s.text == text and s.start <= start < s.end for d in found for s in d.stretches)
