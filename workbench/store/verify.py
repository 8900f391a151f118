"""Verifying an edition: everything that is hashed is hashed again, and the guards are the expected ones.

"The journal is intact" says that nothing recorded was changed. It says nothing about the text.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

from workbench.core.entry import entry_id
from workbench.core.errors import RefusedError
from workbench.store import schema, texts


def problems(db: sqlite3.Connection) -> Iterator[str]:
    """What is not as it should be, one sentence each; nothing when the journal is intact."""
    guards = schema.triggers(db)
    for name, sql in schema.expected_triggers().items():
        if guards.get(name) != sql:
            yield f"the guard {name} is {'changed' if name in guards else 'missing'}"
    for name in guards.keys() - schema.expected_triggers().keys():
        yield f"the table of entries has a trigger {name} that the program did not make"
    yield from _entries(db)
    yield from _texts(db)


def _entries(db: sqlite3.Connection) -> Iterator[str]:
    lamports: dict[str, int] = dict(db.execute("SELECT id, lamport FROM entries"))
    times: dict[str, str] = {}
    named: set[str] = set()
    # As bytes, for a body that is no UTF-8 would end the walk.
    rows = db.execute("SELECT id, parents, lamport, CAST(body AS BLOB) FROM entries ORDER BY lamport, id")
    for eid, parents, lamport, body in rows:
        above = parents.split()
        named.update(above)
        for parent in above:
            if parent not in lamports:
                yield f"entry {eid[:12]} follows {parent[:12]}, which is missing"
        if lamport != 1 + max((lamports.get(p, 0) for p in above), default=0):
            yield f"entry {eid[:12]} has a wrong place in the order"
        try:
            derived = entry_id(above, body.decode("utf-8"))
            if derived != eid:
                yield f"entry {eid[:12]} does not have the hash of its content ({derived[:12]})"
                continue
            times[eid] = json.loads(body)["time"]
        except (ValueError, KeyError, TypeError):
            yield f"entry {eid[:12]} cannot be read"
            continue
        if any(times.get(p, "") > times[eid] for p in above):
            yield f"entry {eid[:12]} is older than what it follows"
    heads = {h for (h,) in db.execute("SELECT entry FROM heads")}
    if heads != lamports.keys() - named:
        yield "the heads are not those that follow from the entries"


def _texts(db: sqlite3.Connection) -> Iterator[str]:
    for sha, name, data in db.execute("SELECT sha256, name, bytes FROM transcripts"):
        if hashlib.sha256(data).hexdigest() != sha:
            yield f"the kept bytes of {name} are not those that were received"
    for row in texts.all_texts(db):
        try:
            intact = texts.whole_text(db, row.sha).sha == row.sha
        except (RefusedError, ValueError):
            intact = False
        if not intact:
            yield f"the text of {row.name} is not the one that decisions refer to"
    if db.execute("SELECT 1 FROM edition WHERE key = 'bundle'").fetchone():
        return  # it has the whole journal, and the texts of some documents
    lost = "SELECT DISTINCT text FROM standing WHERE text IS NOT NULL AND text NOT IN (SELECT sha256 FROM texts)"
    for (sha,) in db.execute(lost):
        yield f"decisions refer to the text {sha[:12]}, which is not kept here"
