"""Verifying an edition: everything that is hashed is hashed again, and the tables and guards are the expected ones.

"The journal is intact" says that nothing recorded was changed. It says nothing about the text.

The journal is walked in the order in which it was written here, where nearly every entry follows the one before: what
remains to be remembered of a million entries are the few that nothing follows yet. Bodies are not parsed: the time is
the last key of a canonical body, so it is cut out where it has to stand.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from workbench.core.entry import TAG, entry_id
from workbench.core.words import N_
from workbench.store import schema, texts

Area = Literal["schema", "entries", "texts", "file", "projections"]
Progress = Callable[[int, int], None]
"""Is told (done, in all), in entries."""

_STEP = 1_000
"""After so many entries the progress is told."""
_TIME = slice(-29, -2)
_BEFORE_TIME = slice(-38, -29)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be."""

    area: Area
    words: str
    """A message of the catalogue; its English is said by `str`."""
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.words.format(**self.values)


def problem(area: Area, words: str, /, **values: object) -> Problem:
    return Problem(area, words, values)


def problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """What is not as it should be; nothing when the journal is intact."""
    yield from schema_problems(db)
    yield from entry_problems(db)
    yield from text_problems(db)


def schema_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Tables, indexes, views and guards that are not as the program makes them."""
    found = schema.parts(db)
    wanted = schema.expected(schema.applied(db) or ())
    for name, part in wanted.items():
        values = {"kind": "guard" if part.kind == "trigger" else part.kind, "name": name}
        if name not in found:
            yield problem("schema", N_("the {kind} {name} is missing"), **values)
        elif " ".join(found[name].sql.split()) != " ".join(part.sql.split()):
            yield problem("schema", N_("the {kind} {name} is changed"), **values)
    for name, part in found.items():
        if part.kind == "trigger" and part.table in wanted and name not in wanted:
            yield problem(
                "schema", N_("the table {table} has a trigger {name} that the program did not make"),
                table=part.table, name=name,
            )  # fmt: skip


# entries


class Row(NamedTuple):
    """An entry as the walk meets it; text as bytes, for what is no UTF-8 would end the walk."""

    seq: int
    id: bytes
    parents: bytes
    lamport: int
    body: bytes


class _Place(NamedTuple):
    seq: int
    lamport: int
    time: bytes


_ROW = "SELECT seq, CAST(id AS BLOB), CAST(parents AS BLOB), CAST(lamport AS INTEGER), CAST(body AS BLOB)"


def entry_problems(
    db: sqlite3.Connection, *, progress: Progress = lambda done, total: None,
    visit: Callable[[Row, tuple[int, ...]], None] | None = None,
) -> Iterator[Problem]:  # fmt: skip
    """Entries whose hash, place, parents or time does not hold, and heads that do not follow from them.

    `visit` is given each entry, with the numbers of those that it follows.
    """
    sha256, total, done = hashlib.sha256, db.execute("SELECT count(*) FROM entries").fetchone()[0], 0
    tips: dict[bytes, _Place] = {}
    """Entries that nothing follows yet, the last one apart."""
    awaited: set[bytes] = set()
    """Entries that something follows that was written here before them."""
    last = b""
    place: tuple[int, int, bytes] = (0, 0, b"")
    above: tuple[int, ...]
    rows = db.execute(f"{_ROW} FROM entries ORDER BY seq")
    while some := rows.fetchmany(_STEP):
        progress(done, total)
        done += len(some)
        for seq, eid, parents, lamport, body in some:
            if sha256(TAG + parents + b"\0" + body).hexdigest().encode() != eid and (
                wrong := _rehashed(eid, parents, body)
            ):
                yield wrong
            time = body[_TIME] if body[_BEFORE_TIME] == b',"time":"' else _time(body)
            if time is None:
                yield problem("entries", N_("entry {entry} cannot be read"), entry=_short(eid))
                time = b""
            if parents == last and lamport == place[1] + 1 and time >= place[2]:
                above = (place[0],) if last else ()
            else:
                if last and last not in awaited:
                    tips[last] = _Place(*place)
                above = yield from _followed(db, eid, parents.split(), _Place(seq, lamport, time), tips, awaited)
            if visit is not None:
                visit(Row(seq, eid, parents, lamport, body), above)
            last, place = eid, (seq, lamport, time)
    progress(total, total)
    heads = {*tips, *({last} if last and last not in awaited else ())}
    if heads != {head for (head,) in db.execute("SELECT CAST(entry AS BLOB) FROM heads")}:
        yield problem("entries", N_("the heads are not those that follow from the entries"))


def _followed(
    db: sqlite3.Connection, eid: bytes, parents: list[bytes], place: _Place, tips: dict[bytes, _Place],
    awaited: set[bytes],
) -> Generator[Problem, None, tuple[int, ...]]:  # fmt: skip
    """The numbers of what an entry follows that does not just follow the one written before it."""
    found: list[_Place] = []
    for parent in parents:
        above = tips.pop(parent, None) or _look_up(db, parent)
        if above is None:
            words = N_("entry {entry} follows {parent}, which is missing")
            yield problem("entries", words, entry=_short(eid), parent=_short(parent))
            continue
        if above.seq > place.seq:
            awaited.add(parent)
        found.append(above)
    if place.lamport != 1 + max((one.lamport for one in found), default=0):
        yield problem("entries", N_("entry {entry} has a wrong place in the order"), entry=_short(eid))
    if place.time and any(place.time < one.time for one in found):
        yield problem("entries", N_("entry {entry} is older than what it follows"), entry=_short(eid))
    return tuple(one.seq for one in found)


def _rehashed(eid: bytes, parents: bytes, body: bytes) -> Problem | None:
    """The problem of an entry whose columns as they stand do not have its hash; sorted, the parents may."""
    try:
        derived = entry_id(parents.decode("utf-8").split(), body.decode("utf-8"))
    except ValueError:
        return problem("entries", N_("entry {entry} cannot be read"), entry=_short(eid))
    if derived.encode() == eid:
        return None
    words = N_("entry {entry} does not have the hash of its content ({derived})")
    return problem("entries", words, entry=_short(eid), derived=derived[:12])


def _time(body: bytes) -> bytes | None:
    """The time of a body that does not end with it; None where it says none."""
    try:
        time = json.loads(body)["time"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return time.encode("utf-8", "surrogatepass") if isinstance(time, str) else None


def _look_up(db: sqlite3.Connection, eid: bytes) -> _Place | None:
    """The place of an entry that something else followed before."""
    query = "SELECT seq, CAST(lamport AS INTEGER), CAST(body AS BLOB) FROM entries WHERE id = CAST(? AS TEXT)"
    row = db.execute(query, (eid,)).fetchone()
    if row is None:
        return None
    seq, lamport, body = row
    return _Place(seq, lamport, (body[_TIME] if body[_BEFORE_TIME] == b',"time":"' else _time(body)) or b"")


def _short(eid: bytes) -> str:
    return eid[:12].decode("utf-8", "replace")


# texts


def text_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Transcripts and texts that are not what was received and read, and texts that are gone."""
    for sha, name, data in db.execute("SELECT sha256, name, bytes FROM transcripts"):
        if hashlib.sha256(data).hexdigest() != sha:
            yield problem("texts", N_("the kept bytes of {name} are not those that were received"), name=name)
    hashed = dict(_hashed_texts(db))
    rows = db.execute(
        "SELECT t.id, t.sha256, t.transcript, t.reader, coalesce(tr.name, t.sha256) FROM texts t"
        " LEFT JOIN transcripts tr ON tr.sha256 = t.transcript"
    )
    for text_id, sha, transcript, reader, name in rows:
        if sha != (transcript if reader == texts.WORDLESS else hashed.get(text_id)):
            yield problem("texts", N_("the text of {name} is not the one that decisions refer to"), name=name)
    if db.execute("SELECT 1 FROM edition WHERE key = 'bundle'").fetchone():
        return  # it has the whole journal, and the texts of some documents
    for (sha,) in db.execute(_DECIDED_TEXTS):
        yield problem("texts", N_("decisions refer to the text {text}, which is not kept here"), text=sha[:12])


_DECIDED_TEXTS = """
WITH RECURSIVE decided(text) AS (
  SELECT min(text) FROM standing
  UNION ALL SELECT (SELECT min(text) FROM standing WHERE text > decided.text) FROM decided WHERE text IS NOT NULL
)
SELECT text FROM decided WHERE text IS NOT NULL AND text NOT IN (SELECT sha256 FROM texts)
"""
"""The texts that decisions refer to and that are lost; from one to the next by the index, for a text has many."""


def _hashed_texts(db: sqlite3.Connection) -> Iterator[tuple[int, str | None]]:
    """The hash of each text over its lines, one after the other; None where a line does not stand where it says."""
    lines = db.execute("SELECT text_id, line, start, CAST(content AS BLOB) FROM lines ORDER BY text_id, line")
    for text_id, some in groupby(lines, key=lambda row: row[0]):
        content, at, whole = hashlib.sha256(), 0, True
        for number, (_, line, start, data) in enumerate(some):
            content.update(data)
            whole = whole and line == number and start == at
            at += len(data.decode("utf-8", "replace"))
        yield text_id, content.hexdigest() if whole else None
