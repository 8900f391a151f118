"""The slow replay: what stands, from the entries alone, compared with the projections that are kept for speed.

Nothing here calls what writes the projections. What is linked, by superseding or reverting, is replayed by the model of
the core (`core.standing`); what overlaps is asked of its `History`, place by place; documents are folded. So nothing is
in memory at once but the `Facts`, the links among them, and the entries of one place. How texts read is seen in
`rereading`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import zip_longest

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
        self._end()
        facts, differences = self.facts, Differences("standing")
        kept = self.db.execute("SELECT seq, act, layer, text, effective, live FROM standing ORDER BY seq")
        acts, texts_ = facts.act_of, facts.text_of
        wanted = zip(
            facts.seqs, map(self.acts.__getitem__, acts), map(self.layers.__getitem__, acts),
            map([*self.texts, None].__getitem__, texts_), self.effective, self.live, strict=True,
        )  # fmt: skip
        apart = [pair for pair in zip_longest(kept, wanted) if pair[0] != pair[1]]
        found = {row[0]: row for row, _ in apart if row}
        lacking = {row[0]: row for _, row in apart if row}
        unlike = set(facts.unlike)
        for seq in sorted(found.keys() | lacking.keys() | unlike):
            one, other = found.get(seq), lacking.get(seq)
            if one != other:
                differences.differ(str(seq), one or (None,), other or (None,))
            elif seq in unlike:
                differences.add(f"{seq}: not what the entry says")
        yield from differences.problems()

    def _end(self) -> None:
        """See what is not effective or not live, and who took something back without knowing what stands upon it."""
        links, position = dict(self.facts.links), self.facts.position
        named = {one for link in links.values() for some in (link.supersedes, link.targets) for one in some}
        query = "SELECT id, seq FROM entries WHERE id IN (SELECT value FROM json_each(?))"
        at = {one: position(seq) for one, seq in self.db.execute(query, (json.dumps(sorted(named | links.keys())),))}
        links |= {one: Link(self.facts.lamports[at[one]], one, False, (), ()) for one in at.keys() - links.keys()}
        stands = stand(links)
        self._keep(missed(links, stands, self._knows))
        for one in links.keys() - stands.live.keys():
            self.live[at[one]] = False
            self.effective[at[one]] = one in stands.effective

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

    @cached_property
    def _apart(self) -> list[int]:
        """The positions of effective entries of layers without a text: few beside the others."""
        numbers = {number for number, layer in enumerate(self.layers) if layer in ("document", "memory")}
        flags = zip(self.facts.act_of, self.effective, strict=True)
        return [at for at, (act, effective) in enumerate(flags) if act in numbers and effective]

    def _effective_of(self, *acts: str) -> list[int]:
        """The positions of effective entries of some acts of these layers."""
        numbers, act_of = {number for number, act in enumerate(self.acts) if act in acts}, self.facts.act_of
        return [at for at in self._apart if act_of[at] in numbers]

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
