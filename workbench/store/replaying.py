"""The slow replay: what stands, from the entries alone, compared with the projections that are kept for speed.

Nothing here calls what writes the projections. What is linked, by superseding or reverting, is replayed by the model of
the core (`core.standing`); what overlaps is asked of its `History`, place by place; documents are folded. So nothing is
in memory at once but the `Facts`, the links among them, and the entries of one place. How texts read is seen in
`rereading`.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from workbench.core.acts import ACTS
from workbench.core.description import title
from workbench.core.documents import Document, fold_documents
from workbench.core.entry import Entry
from workbench.core.errors import RefusedError
from workbench.core.history import History
from workbench.core.standing import Link, missed, stand
from workbench.i18n import N_
from workbench.store import schema, texts
from workbench.store.differences import Differences
from workbench.store.facts import NONE, Facts
from workbench.store.verify import Problem, problem


class Replay:
    """What stands of an intact journal. Entries are known by their position in the facts."""

    def __init__(self, db: sqlite3.Connection, facts: Facts) -> None:
        self.db, self.facts = db, facts
        self.acts, self.texts = facts.acts.names(), facts.texts.names()
        self.layers = [ACTS[act].layer for act in self.acts]
        """By the number of the act."""
        self.effective, self.live = (bytearray(b"\1" * len(facts.seqs)) for _ in range(2))
        """Flags by position; right once `standing_problems` went through all entries."""
        self.conflicts: set[tuple[object, ...]] = set()
        """Pairs of ids, those of what overlaps in a text apart until it was read again."""
        self.contested: set[str] = set()
        """The ids in them."""
        self.documents: tuple[Document, ...] = ()
        self.silencers: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        """By a word or a reading: the entries that silence it, with the document where they do (None: everywhere)."""
        self._unreadable: dict[str, str] = {}

    def opened(self, positions: Iterable[int]) -> dict[int, Entry]:
        """Entries by position; one that cannot be opened is a problem, and left out."""
        found: dict[int, Entry] = {}
        rows = self.db.execute(
            "SELECT seq, id, parents, lamport, body FROM entries WHERE seq IN (SELECT value FROM json_each(?))",
            (json.dumps([self.facts.seqs[at] for at in positions]),),
        )
        for seq, entry_id, parents, lamport, body in rows:
            try:
                opened = Entry.open(id=entry_id, parents=parents.split(), lamport=lamport, body=body)
            except (RefusedError, ValueError, KeyError, TypeError, AttributeError) as error:
                self._unreadable[entry_id] = str(error)
            else:
                found[self.facts.position(seq)] = opened
        return found

    def unreadable(self) -> Iterator[Problem]:
        for entry, why in self._unreadable.items():
            yield problem("entries", N_("entry {entry} cannot be opened: {why}"), entry=entry[:12], why=why)

    def contradict(self, some: Iterable[Entry]) -> None:
        """Keep in mind where live entries contradict each other."""
        self._keep(conflict.ids for conflict in History(some).conflicts)

    def _keep(self, conflicts: Iterable[Collection[str]]) -> None:
        for sides in conflicts:
            self.conflicts.add(tuple(sorted(sides)))
            self.contested.update(sides)

    # what stands

    def standing_problems(self) -> Iterator[Problem]:
        """See what stands of linked entries; the others do. Then compare, row by row."""
        ended = self._ended()
        facts, layers, names = self.facts, self.layers, [*self.texts, None]
        seqs, act_of, text_of, starts, ends = facts.seqs, facts.act_of, facts.text_of, facts.starts, facts.ends
        gaps, differences, stands = facts.gaps, Differences("standing"), (True, True)
        # In the order of ids, in which both tables can be read.
        rows = self.db.execute(
            "SELECT e.seq, e.id, s.seq, s.layer, s.text, coalesce(s.start, -1), coalesce(s.end_, -1), s.effective,"
            " s.live FROM entries e LEFT JOIN standing s ON s.entry = e.id ORDER BY e.id"
        )
        for seq, entry, numbered, layer, text, start, end, effective, live in rows:
            at = bisect_left(seqs, seq) if gaps else seq - 1
            flags = ended.get(entry, stands)
            if flags is not stands:
                self.effective[at], self.live[at] = flags
            kept = numbered, layer, text, start, end, effective, live
            if kept != (
                wanted := (seq, layers[act_of[at]], names[text_of[at]], starts[at], ends[at], *flags)
            ):  # fmt: skip
                differences.differ(entry, kept, wanted)
        (count,) = self.db.execute("SELECT count(*) FROM standing").fetchone()
        if count != len(seqs):
            differences.add(f"{count} rows, not {len(seqs)}")
        yield from differences.problems()

    def _ended(self) -> dict[str, tuple[bool, bool]]:
        """(effective, live) of all entries that are not both; reverts that did not know of what stands upon theirs."""
        links = dict(self.facts.links)
        named = {one for link in links.values() for some in (link.supersedes, link.targets) for one in some}
        query = "SELECT seq, id FROM entries WHERE id IN (SELECT value FROM json_each(?))"
        for seq, one in self.db.execute(query, (json.dumps(sorted(named - links.keys())),)):
            links[one] = Link(self.facts.lamports[self.facts.position(seq)], one, False, (), ())
        stands = stand(links)
        self._keep(missed(links, stands, self._knows))
        return {one: (one in stands.effective, False) for one in links.keys() - stands.live.keys()}

    def _knows(self, one: str, other: str) -> bool:
        a, b = (self.db.execute("SELECT seq FROM entries WHERE id = ?", (i,)).fetchone()[0] for i in (one, other))
        return self.facts.ancestry.knows(a, b)

    def merged_problems(self) -> Iterator[Problem]:
        """Compare which entries were brought by merges."""
        if not schema.has(self.db, "merged"):
            return  # the edition is from before there was such a table
        differences = Differences("merged")
        seqs = self.facts.seqs
        wanted = self.facts.ancestry.apart(seqs[-1]) if seqs else ()
        differences.compare(self.db.execute("SELECT first, last FROM merged"), wanted)
        yield from differences.problems()

    def link_problems(self) -> Iterator[Problem]:
        """Compare what entries say of others."""
        differences, held = Differences("links"), 0
        for row in self.db.execute("SELECT entry, target, kind FROM links"):
            if row[1] in self._says(row[0], row[2]):
                held += 1
            else:
                differences.compare([row], ())
        if held != sum(1 for _ in self._said()):
            differences.compare((), {*self._said()} - {*self.db.execute("SELECT entry, target, kind FROM links")})
        yield from differences.problems()

    def _says(self, entry: str, kind: str) -> Collection[str]:
        """What an entry says that it supersedes, or has for its targets."""
        link = self.facts.links.get(entry)
        if kind == "supersedes":
            return link.supersedes if link else ()
        return link.targets if link and link.reverts else self.facts.spoken_of.get(entry, ())

    def _said(self) -> Iterator[tuple[str, str, str]]:
        """All that entries say of others."""
        for entry in self.facts.links.keys() | self.facts.spoken_of.keys():
            for kind in ("supersedes", "targets"):
                yield from ((entry, other, kind) for other in self._says(entry, kind))

    def conflict_problems(self) -> Iterator[Problem]:
        """Compare conflicts, once all texts were read again."""
        differences = Differences("conflicts")
        differences.compare(self.db.execute("SELECT one, other FROM conflicts"), self.conflicts)
        yield from differences.problems()

    # documents and memory

    def _effective_of(self, *acts: str) -> list[int]:
        """The positions of effective entries of some acts."""
        numbers = {number for number, act in enumerate(self.acts) if act in acts}
        flags = zip(self.facts.act_of, self.effective, strict=True)
        return [at for at, (act, effective) in enumerate(flags) if effective and act in numbers]

    def _in_order(self, positions: Iterable[int]) -> list[Entry]:
        return sorted(self.opened(positions).values(), key=lambda entry: entry.key)

    def _moved(self) -> None:
        """Where copies that did not know each other moved a document, or claimed it, apart."""
        for act in ("state", "claim"):
            told: dict[str, list[int]] = defaultdict(list)
            standing = [self.facts.seqs[at] for at in self._effective_of(act) if self.live[at]]
            query = (
                "SELECT seq, json_extract(body, '$.data.document') FROM entries"
                " WHERE seq IN (SELECT value FROM json_each(?))"
            )
            for seq, document in self.db.execute(query, (json.dumps(standing),)):
                told[document].append(self.facts.position(seq))
            for several in told.values():
                if len(several) > 1:
                    self.contradict(self.opened(several).values())

    def document_problems(self) -> Iterator[Problem]:
        """Fold the documents and compare them; see what is remembered, and where copies moved a document apart."""
        self._moved()
        for entry in self._in_order(self._effective_of("word", "keep_all")):
            data = entry.decision.data
            where = str(data["document"]) if data["scope"] == "document" else None
            self.silencers[str(data.get("word", data.get("pattern")))].append((entry.id, where))
        names = {t.sha: t.name for t in texts.all_texts(self.db)}
        lengths = [(t.sha, t.length) for t in texts.all_texts(self.db)]
        shaping = self._in_order(self._effective_of("describe", "split", "join", "rebase"))
        self.documents = fold_documents(lengths, shaping)
        differences = Differences("documents")
        differences.compare(
            self.db.execute("SELECT id, position, title, description FROM documents"),
            {
                (d.id, n, title(d.description, names[d.stretches[0].text] if d.stretches else d.id),
                 json.dumps(d.description, ensure_ascii=False))
                for n, d in enumerate(self.documents)
            },
        )  # fmt: skip
        yield from differences.problems()
        differences = Differences("stretches")
        differences.compare(
            self.db.execute("SELECT document, position, text, start, end_ FROM stretches"),
            {(d.id, n, s.text, s.start, s.end) for d in self.documents for n, s in enumerate(d.stretches)},
        )
        yield from differences.problems()

    def by_text(self) -> list[list[int]]:
        """The positions of the entries of each text."""
        found: list[list[int]] = [[] for _ in self.texts]
        for at, text in enumerate(self.facts.text_of):
            if text != NONE:
                found[text].append(at)
        return found
