"""What follows from the journal and is kept beside it for speed: standing, conflicts, documents, closed suggestions.

Each function runs in the transaction of the entry it follows. `rebuild` makes everything anew from the entries; a test
compares the two.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import partial

from workbench.core.answering import answers
from workbench.core.description import title
from workbench.core.documents import fold_documents
from workbench.core.entry import Entry
from workbench.core.history import History, contradict, thing
from workbench.core.suggestion import LONGEST
from workbench.core.text import overlap
from workbench.store import entries, read_lines, texts

_SHAPING = frozenset({"describe", "split", "join", "rebase"})
"""Acts that say which documents there are, and what they are called."""


def link(db: sqlite3.Connection, entry: Entry) -> None:
    rows = [(entry.id, s, "supersedes") for s in entry.supersedes] + [(entry.id, t, "targets") for t in entry.targets]
    db.executemany("INSERT INTO links (entry, target, kind) VALUES (?, ?, ?)", rows)


def appended(db: sqlite3.Connection, entry: Entry, *, in_conflict: frozenset[str]) -> None:
    """Follow an appended decision: it knows all heads, so it is live and ends just what it supersedes."""
    _stand(db, entry, effective=True, live=True)
    db.executemany("UPDATE standing SET live = 0 WHERE entry = ?", ((s,) for s in entry.supersedes))
    for side in entry.supersedes & in_conflict:
        db.execute("DELETE FROM conflicts WHERE one = ? OR other = ?", (side, side))
    _reopen(db, entry.supersedes)
    _close(db, entry)
    read_lines.refresh(db, entry)
    _follow_up(db, [entry])


def recompute(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Follow a revert, or entries that a merge brought: see anew all that is linked with them, and no more."""
    members = History(entries.select(db, component(db, ids)), knows=partial(entries.knows, db))
    before = {m.id for m in members if is_live(db, m.id)}
    for member in members:
        _stand(db, member, effective=member.id in members.effective, live=member.id in members.live)
    changed = _conflicts_anew(db, members)
    _reopen(db, before - members.live.keys())
    for member in members.live.values():
        if member.id not in before:
            _close(db, member)
    for entry in (*members, *entries.select(db, changed)):
        read_lines.refresh(db, entry)
    _follow_up(db, members)


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
    if d.text is None or d.start is None or d.end is None:
        return []
    return [e for e in entries.live_at(db, d.text, d.layer, d.start, d.end) if e.meets(entry) and e.id != entry.id]


def _follow_up(db: sqlite3.Connection, changed: Iterable[Entry]) -> None:
    changed = list(changed)
    shaping = any(e.decision.act in _SHAPING for e in changed)
    if shaping:
        rebuild_documents(db)
    if shaping or any(e.decision.act in ("word", "keep_all") for e in changed):
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


def is_effective(db: sqlite3.Connection, entry_id: str) -> bool:
    return bool(db.execute("SELECT 1 FROM standing WHERE entry = ? AND effective = 1", (entry_id,)).fetchone())


def is_live(db: sqlite3.Connection, entry_id: str) -> bool:
    return bool(db.execute("SELECT 1 FROM standing WHERE entry = ? AND live = 1", (entry_id,)).fetchone())


def _stand(db: sqlite3.Connection, entry: Entry, *, effective: bool, live: bool) -> None:
    d = entry.decision
    db.execute(
        "INSERT INTO standing (entry, seq, layer, effective, live, text, start, end_)"
        " VALUES (?, (SELECT seq FROM entries WHERE id = ?), ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (entry) DO UPDATE SET effective = excluded.effective, live = excluded.live",
        (entry.id, entry.id, d.layer, int(effective), int(live), d.text, d.start, d.end),
    )
    if d.text is not None and d.start is not None and d.end is not None:
        db.execute(
            "INSERT INTO reach (text, layer, longest) VALUES (?, ?, ?)"
            " ON CONFLICT (text, layer) DO UPDATE SET longest = max(longest, excluded.longest)",
            (d.text, d.layer, d.end - d.start),
        )


def rebuild(db: sqlite3.Connection) -> None:
    """Everything anew from the entries."""
    history = entries.history(db)
    for table in ("heads", "links", "standing", "reach", "conflicts"):
        db.execute(f"DELETE FROM {table}")
    db.executemany("INSERT INTO heads (entry) VALUES (?)", ((head,) for head in history.heads))
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


def rebuild_documents(db: sqlite3.Connection) -> None:
    """Documents and their stretches from the effective entries of the document layer."""
    rows = texts.all_texts(db)
    folded = fold_documents([(t.sha, t.length) for t in rows], entries.effective(db, "document"))
    names = {t.sha: t.name for t in rows}
    db.execute("DELETE FROM documents")
    db.execute("DELETE FROM stretches")
    for position, document in enumerate(folded):
        fallback = names[document.stretches[0].text] if document.stretches else document.id
        db.execute(
            "INSERT INTO documents (id, position, title, description) VALUES (?, ?, ?, ?)",
            (document.id, position, title(document.description, fallback),
             json.dumps(document.description, ensure_ascii=False)),
        )  # fmt: skip
        db.executemany(
            "INSERT INTO stretches (document, position, text, start, end_) VALUES (?, ?, ?, ?, ?)",
            ((document.id, n, s.text, s.start, s.end) for n, s in enumerate(document.stretches)),
        )


def _close(db: sqlite3.Connection, entry: Entry) -> None:
    d = entry.decision
    if d.text is None or d.start is None or d.end is None:
        return
    rows = db.execute(
        "SELECT id, start, end_, kind FROM suggestions WHERE text = ? AND start BETWEEN ? AND ? AND end_ >= ?"
        " AND closed_by IS NULL",
        (d.text, d.start - LONGEST, d.end, d.start),
    ).fetchall()
    hit = [(entry.id, i) for i, start, end, kind in rows if answers(d, kind) and overlap(start, end, d.start, d.end)]
    db.executemany("UPDATE suggestions SET closed_by = ? WHERE id = ?", hit)


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
            if answers(d, kind) and overlap(start, end, d.start or 0, d.end or 0):
                return entry.id
    return None


def _silenced_by(db: sqlite3.Connection, text: str, start: int, quote: str) -> str | None:
    """Id of an effective entry of the memory that silences suggestions about a quote at this place."""
    row = db.execute(
        "SELECT e.id FROM standing s JOIN entries e ON e.id = s.entry WHERE s.layer = 'memory' AND s.effective = 1"
        " AND e.act IN ('word', 'keep_all')"
        " AND coalesce(json_extract(e.data, '$.word'), json_extract(e.data, '$.pattern')) = ?"
        " AND (json_extract(e.data, '$.scope') != 'document' OR EXISTS (SELECT 1 FROM stretches h"
        " WHERE h.document = json_extract(e.data, '$.document') AND h.text = ? AND ? >= h.start AND ? < h.end_))"
        " ORDER BY e.lamport, e.id LIMIT 1",
        (quote, text, start, start),
    ).fetchone()
    return row[0] if row else None


def apply_memory(db: sqlite3.Connection) -> None:
    """Close suggestions about words accepted as right, and about readings kept wherever they stand; open the others."""
    silenced = "closed_by IN (SELECT entry FROM standing WHERE layer = 'memory')"
    before = db.execute(f"SELECT id, text, start, end_, kind FROM suggestions WHERE {silenced}").fetchall()
    db.execute(f"UPDATE suggestions SET closed_by = NULL WHERE {silenced}")
    for entry in entries.effective(db, "memory"):
        data = entry.decision.data
        pattern = data.get("word", data.get("pattern"))
        if entry.decision.act not in ("word", "keep_all"):
            continue
        if data["scope"] == "document":
            db.execute(
                "UPDATE suggestions SET closed_by = ? WHERE closed_by IS NULL AND quote = ? AND EXISTS (SELECT 1 FROM"
                " stretches h WHERE h.document = ? AND h.text = suggestions.text AND suggestions.start >= h.start"
                " AND suggestions.start < h.end_)",
                (entry.id, pattern, data["document"]),
            )
        else:
            db.execute(
                "UPDATE suggestions SET closed_by = ? WHERE closed_by IS NULL AND quote = ?", (entry.id, pattern)
            )
    opened = {i for (i,) in db.execute("SELECT id FROM suggestions WHERE closed_by IS NULL")} if before else set()
    for suggestion, text, start, end, kind in before:
        # a decision may have been recorded where the memory had closed the suggestion first
        if suggestion in opened and (closer := closed_by(db, text, start, end, kind)):
            db.execute("UPDATE suggestions SET closed_by = ? WHERE id = ?", (closer, suggestion))
