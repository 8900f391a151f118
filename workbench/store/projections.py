"""What follows from the journal and is kept beside it for speed: standing, conflicts, documents, closed suggestions.

Each function runs in the transaction of the entry it follows. `rebuild` makes everything anew from the entries; a test
compares the two.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from workbench.core.answering import answers
from workbench.core.description import title
from workbench.core.documents import describe, fold_documents
from workbench.core.entry import Entry
from workbench.core.history import History, contradict, thing
from workbench.core.suggestion import LONGEST
from workbench.core.text import overlap
from workbench.store import changes, entries, read_lines, texts

_SHAPING = frozenset({"split", "join", "rebase"})
"""Acts that say which documents there are, and what lies in them."""
_SILENCING = frozenset({"word", "keep_all"})
"""Acts of the memory that answer suggestions wherever the same stands."""


def link(db: sqlite3.Connection, entry: Entry) -> None:
    rows = [(entry.id, s, "supersedes") for s in entry.supersedes] + [(entry.id, t, "targets") for t in entry.targets]
    if rows:
        db.executemany("INSERT INTO links (entry, target, kind) VALUES (?, ?, ?)", rows)


def came_by_merge(db: sqlite3.Connection, seq: int) -> None:
    """Note an entry that was not the only head when it was written here (`changes.MERGED`)."""
    latest = "first = (SELECT max(first) FROM merged)"
    if not db.execute(f"UPDATE merged SET last = ?1 WHERE {latest} AND last = ?1 - 1", (seq,)).rowcount:
        db.execute("INSERT INTO merged (first, last) VALUES (?1, ?1)", (seq,))


def appended(db: sqlite3.Connection, entry: Entry, *, in_conflict: frozenset[str]) -> None:
    """Follow an appended decision: it knows all heads, so it is live and ends just what it supersedes."""
    _stand(db, entry, effective=True, live=True)
    ended = ((s,) for s in entry.supersedes)
    db.executemany(f"UPDATE standing SET live = 0 WHERE {_OF_ENTRY}", ended)
    for side in entry.supersedes & in_conflict:
        db.execute("DELETE FROM conflicts WHERE one = ? OR other = ?", (side, side))
    _reopen(db, entry.supersedes)
    _close(db, entry)
    read_lines.refresh(db, entry)
    if entry.decision.act in _SILENCING:
        data = entry.decision.data
        _silence(db, "quote = ?", data.get("word", data.get("pattern")))
    else:
        _follow_up(db, [entry])


def recompute(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Follow a revert, or entries that a merge brought: see anew all that is linked with them, and no more."""
    members = History(entries.select(db, component(db, ids)), knows=partial(entries.knows, db))
    before = {m.id for m in members if is_live(db, m.id)}
    # Place by place: what lies together in a text lies together in the file.
    placed = sorted(members, key=lambda e: (e.decision.place or ("", 0, 0), e.key))
    for member in placed:
        _stand(db, member, effective=member.id in members.effective, live=member.id in members.live)
    changed = _conflicts_anew(db, members)
    _reopen(db, before - members.live.keys())
    for member in placed:
        if member.id in members.live and member.id not in before:
            _close(db, member)
    for entry in (*placed, *entries.select(db, changed)):
        read_lines.refresh(db, entry)
    _follow_up(db, placed)


def _conflicts_anew(db: sqlite3.Connection, members: History) -> set[str]:
    """See anew where some entries are in conflict, among themselves and with others; the ids that came or went."""
    old = {
        pair for m in members
        for pair in db.execute("SELECT one, other FROM conflicts WHERE one = ?1 OR other = ?1", (m.id,))
    }  # fmt: skip
    new = {tuple(sorted(conflict.ids)) for conflict in members.conflicts}
    for member in members.live.values():
        for other in _beside(db, member):
            if other.id not in members and contradict(member, other):
                new.add(tuple(sorted((member.id, other.id))))
    db.executemany("DELETE FROM conflicts WHERE one = ? AND other = ?", old - new)
    db.executemany("INSERT INTO conflicts (one, other) VALUES (?, ?)", sorted(new - old))
    return {i for pair in old ^ new for i in pair}


def _beside(db: sqlite3.Connection, entry: Entry) -> list[Entry]:
    """Live entries about the same thing, or the same place, as an entry."""
    d = entry.decision
    if d.act in ("state", "claim"):
        found = entries.live_about(db, str(d.data["document"]))
        return [e for e in found if thing(e) == thing(entry) and e.id != entry.id]
    return [e for e in entries.meeting(db, d) if e.meets(entry) and e.id != entry.id]


def _follow_up(db: sqlite3.Connection, changed: Collection[Entry]) -> None:
    """Follow entries of the document layer and of the memory that came or went."""
    acts = {entry.decision.act for entry in changed}
    if acts & _SHAPING:
        rebuild_documents(db)
    if "describe" in acts:
        for document in {str(e.decision.data["document"]) for e in changed if e.decision.act == "describe"}:
            _describe(db, document)
    if acts & (_SHAPING | _SILENCING):
        apply_memory(db)  # what is silenced in a document depends on where the document lies


def component(db: sqlite3.Connection, ids: Iterable[str]) -> frozenset[str]:
    """Entries linked with some by superseding or reverting, either way, transitively."""
    found = set(ids)
    todo = list(found)
    while todo:
        one = todo.pop()
        near = db.execute("SELECT target FROM links WHERE entry = ? UNION SELECT entry FROM links WHERE target = ?",
                          (one, one))  # fmt: skip
        for (other,) in near.fetchall():
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)


_OF_ENTRY = "seq = (SELECT seq FROM entries WHERE id = ?)"


def is_effective(db: sqlite3.Connection, entry_id: str) -> bool:
    return bool(db.execute(f"SELECT 1 FROM standing WHERE {_OF_ENTRY} AND effective = 1", (entry_id,)).fetchone())


def is_live(db: sqlite3.Connection, entry_id: str) -> bool:
    return bool(db.execute(f"SELECT 1 FROM standing WHERE {_OF_ENTRY} AND live = 1", (entry_id,)).fetchone())


def _stand(db: sqlite3.Connection, entry: Entry, *, effective: bool, live: bool) -> None:
    d = entry.decision
    db.execute(
        "INSERT INTO standing (seq, layer, act, person, batch, document, word, effective, live, text, start, end_)"
        " VALUES ((SELECT seq FROM entries WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (seq) DO UPDATE SET effective = excluded.effective, live = excluded.live",
        (
            entry.id, d.layer, d.act, entry.person, entry.batch, d.data.get("document"),
            d.data.get("word", d.data.get("pattern")), int(effective), int(live), d.text, d.start, d.end,
        ),
    )  # fmt: skip
    if d.place is not None:
        text, start, end = d.place
        db.execute(
            "INSERT INTO reach (text, layer, longest) VALUES (?, ?, ?)"
            " ON CONFLICT (text, layer) DO UPDATE SET longest = excluded.longest WHERE longest < excluded.longest",
            (text, d.layer, end - start),
        )


def rebuild(db: sqlite3.Connection) -> None:
    """Everything anew from the entries."""
    history = entries.history(db)
    for table in ("heads", "merged", "links", "standing", "reach", "conflicts", "documents", "stretches"):
        db.execute(f"DELETE FROM {table}")
    db.executemany("INSERT INTO heads (entry) VALUES (?)", ((head,) for head in history.heads))
    db.execute(changes.MERGED)
    for entry in history:
        link(db, entry)
        _stand(db, entry, effective=entry.id in history.effective, live=entry.id in history.live)
    pairs = {tuple(sorted(conflict.ids)) for conflict in history.conflicts}
    db.executemany("INSERT INTO conflicts (one, other) VALUES (?, ?)", sorted(pairs))
    read_lines.rebuild(db)
    rebuild_documents(db)
    db.execute("UPDATE suggestions SET closed_by = NULL")
    for entry in history.live.values():
        _close(db, entry)
    apply_memory(db)


def text_added(db: sqlite3.Connection, text: str) -> None:
    """Follow a text that was added. Where its name comes last, and nothing was said of it yet, nothing else moves."""
    row, document = texts.text_row(db, text), text[:12]
    said = (
        "SELECT 1 FROM standing WHERE document = ?1 UNION ALL SELECT 1 FROM standing s JOIN entries e ON e.seq = s.seq"
        f" WHERE s.{entries.FEW} AND s.act IN ('join', 'rebase')"
        " AND ?1 IN (json_extract(e.data, '$.other'), substr(json_extract(e.data, '$.new'), 1, 12))"
    )
    others = "SELECT 1 FROM transcripts WHERE name >= ? AND sha256 != ?"
    if db.execute(said, (document,)).fetchone() or db.execute(others, (row.name, row.transcript)).fetchone():
        rebuild_documents(db)
        return
    db.execute(
        "INSERT INTO documents (id, position, title, description)"
        " VALUES (?, (SELECT 1 + coalesce(max(position), -1) FROM documents), ?, ?)",
        (document, row.name, "{}"),
    )
    db.execute(
        "INSERT INTO stretches (document, position, text, start, end_) VALUES (?, 0, ?, 0, ?)",
        (document, text, row.length),
    )


def rebuild_documents(db: sqlite3.Connection) -> None:
    """Documents and their stretches from the effective entries that shape them; what is told of one stays."""
    texts_ = db.execute(
        "SELECT t.sha256, t.length, tr.name FROM texts t JOIN transcripts tr ON tr.sha256 = t.transcript"
        " ORDER BY tr.name, t.sha256"
    ).fetchall()
    names = {sha: name for sha, _, name in texts_}
    told = {
        (document, text): columns for document, text, *columns in db.execute(
            "SELECT d.id, h.text, d.title, d.description FROM documents d"
            " LEFT JOIN stretches h ON h.document = d.id AND h.position = 0"
        )
    }  # fmt: skip
    documents, stretches = [], []
    for position, d in enumerate(
        fold_documents(((sha, length) for sha, length, _ in texts_), entries.few(db, _SHAPING))
    ):
        first = d.stretches[0].text if d.stretches else None
        columns = told.get((d.id, first)) or _told(db, d.id, names[first] if first else d.id)
        documents.append((d.id, position, *columns))
        stretches += [(d.id, n, s.text, s.start, s.end) for n, s in enumerate(d.stretches)]
    _hold(db, "documents", ("id",), documents)
    _hold(db, "stretches", ("document", "position"), stretches)


def _hold(db: sqlite3.Connection, table: str, key: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Let a table hold just these rows; `key`: its first columns. What it holds already is not written again."""
    old, new = set(db.execute(f"SELECT * FROM {table}")), set(rows)
    where = " AND ".join(f"{column} = ?" for column in key)
    db.executemany(f"DELETE FROM {table} WHERE {where}", (row[: len(key)] for row in old - new))
    if gained := new - old:
        marks = ", ".join("?" * len(next(iter(gained))))
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", gained)


def _told(db: sqlite3.Connection, document: str, fallback: str) -> tuple[str, str]:
    """The columns title and description of a document."""
    description: dict[str, str] = {}
    for entry in entries.effective_about(db, document, "describe"):
        description = describe(description, entry.decision.data["fields"])
    return title(description, fallback), json.dumps(description, ensure_ascii=False)


def _describe(db: sqlite3.Connection, document: str) -> None:
    """Title and description of one document anew."""
    row = db.execute(
        "SELECT tr.name FROM stretches h JOIN texts t ON t.sha256 = h.text JOIN transcripts tr"
        " ON tr.sha256 = t.transcript WHERE h.document = ? ORDER BY h.position LIMIT 1",
        (document,),
    ).fetchone()
    told = _told(db, document, row[0] if row else document)
    db.execute("UPDATE documents SET title = ?, description = ? WHERE id = ?", (*told, document))


def _close(db: sqlite3.Connection, entry: Entry) -> None:
    d = entry.decision
    if d.place is None:
        return
    text, low, high = d.place
    rows = db.execute(
        "SELECT rowid, start, end_, kind FROM suggestions WHERE text = ? AND start BETWEEN ? AND ? AND end_ >= ?"
        " AND closed_by IS NULL",
        (text, low - LONGEST, high, low),
    ).fetchall()
    hit = [(entry.id, i) for i, start, end, kind in rows if answers(d, kind) and overlap(start, end, low, high)]
    db.executemany("UPDATE suggestions SET closed_by = ? WHERE rowid = ?", hit)


def _reopen(db: sqlite3.Connection, ended: Iterable[str]) -> None:
    """Open what ended entries had closed, unless another live entry closes it or an effective one silences it."""
    for entry_id in ended:
        query = "SELECT id, text, start, end_, kind, quote FROM suggestions WHERE closed_by = ?"
        for suggestion, text, start, end, kind, quote in db.execute(query, (entry_id,)).fetchall():
            closer = closed_by(db, text, start, end, kind) or _silenced_by(db, text, start, quote)
            db.execute("UPDATE suggestions SET closed_by = ? WHERE id = ?", (closer, suggestion))


def closed_by(db: sqlite3.Connection, text: str, start: int, end: int, kind: str) -> str | None:
    """Id of a live entry that closes suggestions of this kind about this span."""
    for layer in ("text", "document", "zone"):
        for entry in entries.live_at(db, text, layer, start, end):
            d = entry.decision
            if answers(d, kind) and overlap(start, end, *d.span):
                return entry.id
    return None


_SILENCES = "s.layer = 'memory' AND s.act IN ('word', 'keep_all')"


def _silenced_by(db: sqlite3.Connection, text: str, start: int, quote: str) -> str | None:
    """Id of an effective entry of the memory that silences suggestions about a quote at this place."""
    row = db.execute(
        "SELECT e.id FROM standing s JOIN entries e ON e.seq = s.seq"
        f" WHERE s.word = ? AND {_SILENCES} AND s.effective = 1"
        " AND (json_extract(e.data, '$.scope') != 'document' OR EXISTS (SELECT 1 FROM stretches h"
        " WHERE h.document = s.document AND h.text = ? AND ? >= h.start AND ? < h.end_))"
        " ORDER BY e.lamport, e.id LIMIT 1",
        (quote, text, start, start),
    ).fetchone()
    return row[0] if row else None


def apply_memory(db: sqlite3.Connection, text: str | None = None) -> None:
    """Close suggestions about words accepted as right, and about readings kept wherever they stand; open the others.

    `text`: those about one text only.
    """
    within, bounds = ("", ()) if text is None else (" AND text = ?", (text,))
    memory = f"SELECT e.id FROM standing s JOIN entries e ON e.seq = s.seq WHERE {entries.of('memory')}"
    silenced = f"closed_by IN ({memory}){within}"
    before = db.execute(f"SELECT id, text, start, end_, kind FROM suggestions WHERE {silenced}", bounds).fetchall()
    db.execute(f"UPDATE suggestions SET closed_by = NULL WHERE {silenced}", bounds)
    if text is None:
        known = f"SELECT s.word FROM standing s WHERE {entries.of('memory')} AND {_SILENCES}"
        _silence(db, f"quote IN ({known})")
    else:
        _silence(db, "text = ?", text)
    for suggestion, where, start, end, kind in before:
        # a decision may have been recorded where the memory had closed the suggestion first
        if closer := closed_by(db, where, start, end, kind):
            db.execute("UPDATE suggestions SET closed_by = ? WHERE id = ? AND closed_by IS NULL", (closer, suggestion))


def _silence(db: sqlite3.Connection, which: str, *bounds: str) -> None:
    """Close those of some open suggestions that the memory answers."""
    query = f"SELECT id, text, start, quote FROM suggestions WHERE closed_by IS NULL AND {which}"
    hit = [
        (closer, suggestion) for suggestion, text, start, quote in db.execute(query, bounds).fetchall()
        if (closer := _silenced_by(db, text, start, quote))
    ]  # fmt: skip
    db.executemany("UPDATE suggestions SET closed_by = ? WHERE id = ?", hit)
