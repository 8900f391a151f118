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
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Literal, NamedTuple, Protocol

from workbench.core.entry import TAG, entry_id
from workbench.i18n import N_, _
from workbench.store import schema, texts

Area = Literal["schema", "entries", "texts", "file", "projections", "signatures"]
Progress = Callable[[int, int], None]
"""Is told (done, in all), in entries."""

_STEP = 500
"""After so many entries the progress is told."""
_TIME = b',"time":"'
"""What stands before the time in a canonical body: no other string that ends with a key and a quote can be there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be."""

    area: Area
    words: str
    """A message of the catalogue; its English is said by `str`."""
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.words.format(**self.values)

    def said(self) -> str:
        """In the language in use."""
        return _(self.words).format(**self.values)


def problem(area: Area, words: str, /, **values: object) -> Problem:
    return Problem(area, words, values)


def problems(db: sqlite3.Connection, *, progress: Progress = lambda done, total: None) -> Iterator[Problem]:
    """What is not as it should be; nothing when the journal is intact."""
    yield from schema_problems(db)
    yield from entry_problems(db, progress=progress)
    yield from text_problems(db)


def schema_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Tables, indexes, views and guards that are not as the program makes them."""
    found = schema.parts(db)
    wanted = schema.expected(schema.applied(db) or ())
    for name, part in wanted.items():
        guard = part.kind == "trigger"
        if name not in found:
            words = N_("the guard {name} is missing") if guard else N_("the table, index or view {name} is missing")
            yield problem("schema", words, name=name)
        elif " ".join(found[name].sql.split()) != " ".join(part.sql.split()):
            words = N_("the guard {name} is changed") if guard else N_("the table, index or view {name} is changed")
            yield problem("schema", words, name=name)
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
    start: int
    """Its span, below 0 where it has none or the walk has no visitor."""
    end: int
    repeated: int
    """Does `standing` repeat what it says? 0 where it does not."""


class Visitor(Protocol):
    """Who is told of the entries on the walk."""

    def take(self, rows: Sequence[Row]) -> None:
        """The next entries; plain tuples, for a million of them are made."""

    def begin(self, seq: int, parents: Sequence[int]) -> None:
        """The entry of this number follows others than the one before it, named by their numbers."""


class _Place(NamedTuple):
    seq: int
    lamport: int
    time: bytes


_NOWHERE = -(1 << 63)
"""The first entry does not come next after it."""
_ROW = "e.seq, CAST(id AS BLOB), CAST(parents AS BLOB), CAST(lamport AS INTEGER), CAST(body AS BLOB)"
_REPEATED = """
  iif(json_valid(body), s.start IS e.span_start AND s.end_ IS e.span_end AND s.person IS e.person AND s.batch IS e.batch
    AND iif(e.data IS NULL, s.document IS NULL AND s.word IS NULL, s.document IS json_extract(body, '$.data.document')
      AND s.word IS coalesce(json_extract(body, '$.data.word'), json_extract(body, '$.data.pattern'))), 0)
"""
"""Act and text are compared where all of `standing` is: the walk cuts them out of the body."""


def entry_problems(
    db: sqlite3.Connection, *, progress: Progress = lambda done, total: None, visitor: Visitor | None = None
) -> Iterator[Problem]:
    """Entries whose hash, place, parents or time does not hold, and heads that do not follow from them."""
    sha256, tag = hashlib.sha256, TAG
    (total,) = db.execute("SELECT count(*) FROM entries").fetchone()
    tips: dict[bytes, _Place] = {}
    """Entries that nothing follows yet, the last one apart."""
    awaited: set[bytes] = set()
    """Entries that something follows that was written here before them."""
    last, last_seq, last_lamport, last_time = b"", _NOWHERE, 0, b""
    query = f"SELECT {_ROW}, -1, -1, 1 FROM entries e ORDER BY e.seq"
    if visitor is not None:
        span = "CAST(coalesce(s.start, -1) AS INTEGER), CAST(coalesce(s.end_, -1) AS INTEGER)"
        joined = "FROM entries e LEFT JOIN standing s ON s.seq = e.seq ORDER BY e.seq"
        query = f"SELECT {_ROW}, {span}, {_REPEATED} {joined}"
    rows = db.execute(query)
    for done in range(0, total, _STEP):
        progress(done, total)
        some: list[Row] = [*islice(rows, _STEP)]
        if visitor is not None and some:
            visitor.take(some := [row if row[7] else _own_span(db, Row(*row)) for row in some])
        for seq, eid, parents, lamport, body, _start, _end, _repeated in some:
            if sha256(tag + parents + b"\0" + body).hexdigest().encode() != eid and (
                wrong := _rehashed(eid, parents, body)
            ):
                yield wrong
            time = body[-29:-2] if body[-38:-29] == _TIME else _time(body)
            if time is None:
                yield problem("entries", N_("entry {entry} cannot be read"), entry=_short(eid))
                time = b""
            if parents != last or lamport != last_lamport + 1 or time < last_time or seq != last_seq + 1:
                if last and last not in awaited:
                    tips[last] = _Place(last_seq, last_lamport, last_time)
                above = yield from _followed(db, eid, parents.split(), _Place(seq, lamport, time), tips, awaited)
                if visitor is not None:
                    visitor.begin(seq, above)
            last, last_seq, last_lamport, last_time = eid, seq, lamport, time
    progress(total, total)
    heads = {*tips, *({last} if last and last not in awaited else ())}
    if heads != {head for (head,) in db.execute("SELECT CAST(entry AS BLOB) FROM heads")}:
        yield problem("entries", N_("the heads are not those that follow from the entries"))


def unknown_problems(db: sqlite3.Connection, seqs: Iterable[int]) -> Iterator[Problem]:
    """Entries that no program of this version can open, by their numbers."""
    for seq in seqs:
        (entry,) = db.execute("SELECT CAST(id AS BLOB) FROM entries WHERE seq = ?", (seq,)).fetchone()
        yield problem("entries", N_("entry {entry} says nothing that this program knows"), entry=_short(entry))


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
        derived = entry_id(parents.decode().split(), body.decode())
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


def _own_span(db: sqlite3.Connection, row: Row) -> Row:
    """The entry with the span that it names itself, for `standing` has another."""
    query = (
        "SELECT CAST(coalesce(span_start, -1) AS INTEGER), CAST(coalesce(span_end, -1) AS INTEGER)"
        " FROM entries WHERE seq = ? AND json_valid(body)"
    )
    start, end = db.execute(query, (row.seq,)).fetchone() or (-1, -1)
    return row._replace(start=start, end=end)


def _look_up(db: sqlite3.Connection, eid: bytes) -> _Place | None:
    """The place of an entry that something else followed before."""
    row = db.execute(f"SELECT {_ROW} FROM entries e WHERE id = CAST(? AS TEXT)", (eid,)).fetchone()
    if row is None:
        return None
    seq, _, _, lamport, body = row
    return _Place(seq, lamport, (body[-29:-2] if body[-38:-29] == _TIME else _time(body)) or b"")


def _short(eid: bytes) -> str:
    return eid[:12].decode("utf-8", "replace")


# the file


def file_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """What SQLite itself finds: damaged pages, indexes that are not their tables', rows that point to nothing."""
    for (said,) in db.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield problem("file", N_("SQLite finds the file damaged: {what}"), what=" ".join(str(said).split()))
    dangling = Counter((table, parent) for table, _, parent, _ in db.execute("PRAGMA foreign_key_check"))
    for (table, parent), count in dangling.items():
        words = N_("rows of the table {table} name what is not in the table {parent}: {count}")
        yield problem("file", words, count=count, table=table, parent=parent)


def unread_problem(error: sqlite3.DatabaseError) -> Problem:
    """What ends a verification that cannot go on."""
    return problem("file", N_("the file cannot be read to the end: {error}"), error=str(error))


# texts


def text_problems(db: sqlite3.Connection, decided: Iterable[str] | None = None) -> Iterator[Problem]:
    """Transcripts and texts that are not what was received and read, and texts that are gone.

    `decided`: the texts that decisions refer to, where they are known; else the projection is asked.
    """
    for sha, name, data in db.execute("SELECT sha256, name, bytes FROM transcripts"):
        if hashlib.sha256(data).hexdigest() != sha:
            yield problem("texts", N_("the kept bytes of {name} are not those that were received"), name=name)
    rows = db.execute(
        "SELECT t.id, t.sha256, t.transcript, t.reader, coalesce(tr.name, t.sha256) FROM texts t"
        " LEFT JOIN transcripts tr ON tr.sha256 = t.transcript"
    )
    for text_id, sha, transcript, reader, name in rows:
        if sha != (transcript if reader == texts.WORDLESS else _rehashed_text(db, text_id)):
            yield problem("texts", N_("the text of {name} is not the one that decisions refer to"), name=name)
    if db.execute("SELECT 1 FROM edition WHERE key = 'bundle'").fetchone():
        return  # it has the whole journal, and the texts of some documents
    kept = {sha for (sha,) in db.execute("SELECT sha256 FROM texts")}
    for sha in sorted({*(decided if decided is not None else _decided(db))} - kept):
        yield problem("texts", N_("decisions refer to the text {text}, which is not kept here"), text=sha[:12])


def _decided(db: sqlite3.Connection) -> Iterator[str]:
    """The texts that the projection has decisions of: from one to the next by the index, for a text has many."""
    (text,) = db.execute("SELECT min(text) FROM standing").fetchone()
    while text is not None:
        yield text
        (text,) = db.execute("SELECT min(text) FROM standing WHERE text > ?", (text,)).fetchone()


def _rehashed_text(db: sqlite3.Connection, text_id: int) -> str | None:
    """The hash of a text over its lines; None where a line does not stand where it says, or is no text."""
    try:
        rows = db.execute(
            "SELECT line, start, content FROM lines WHERE text_id = ? ORDER BY line", (text_id,)
        ).fetchall()
    except sqlite3.OperationalError:
        return None
    lines = [content for _, _, content in rows]
    places = enumerate(accumulate(map(len, lines), initial=0))
    if any(row[:2] != place for row, place in zip(rows, places, strict=False)):
        return None
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
