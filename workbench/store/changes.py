"""The changes of the schema of corrections.db, in order, none ever edited again.

What is true: `transcripts`, `texts`, `lines`, `markup`, `confidences`, `scans`, `boxes`, `images`, `witnesses`,
`authorities` (as received and read), `entries` (the journal), `persons`.
What follows from it and can be dropped and rebuilt: `heads`, `merged`, `links`, `standing`, `reach`, `conflicts`,
`read_lines`, `documents`, `stretches`, `suggestions`, `runs`. What people read: the views `history`,
`open_suggestions`, and `progress`, which stands on `placed`.
"""

from __future__ import annotations

from collections.abc import Mapping

_FOUNDATION = """
CREATE TABLE edition (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE transcripts (
  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL, added_at TEXT NOT NULL
);
CREATE TABLE texts (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, transcript TEXT NOT NULL REFERENCES transcripts(sha256),
  reader TEXT NOT NULL, reader_version TEXT NOT NULL, encoding TEXT NOT NULL, newline TEXT NOT NULL,
  length INTEGER NOT NULL, line_count INTEGER NOT NULL, page_starts TEXT NOT NULL, page_names TEXT NOT NULL,
  renditions TEXT NOT NULL, notices TEXT NOT NULL
);
CREATE TABLE lines (
  text_id INTEGER NOT NULL REFERENCES texts(id), line INTEGER NOT NULL, start INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (text_id, line)
) WITHOUT ROWID;
CREATE INDEX lines_by_start ON lines (text_id, start);
CREATE TABLE markup (
  text_id INTEGER NOT NULL REFERENCES texts(id), start INTEGER NOT NULL, end_ INTEGER NOT NULL, kind TEXT NOT NULL,
  replacement TEXT NOT NULL, PRIMARY KEY (text_id, start, end_)
) WITHOUT ROWID;

CREATE TABLE persons (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, siglum TEXT NOT NULL, role TEXT NOT NULL, aliases TEXT NOT NULL DEFAULT '[]'
);

CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  parents TEXT NOT NULL,
  lamport INTEGER NOT NULL,
  body TEXT NOT NULL,
  act TEXT GENERATED ALWAYS AS (json_extract(body, '$.act')) VIRTUAL,
  person TEXT GENERATED ALWAYS AS (json_extract(body, '$.person')) VIRTUAL,
  role TEXT GENERATED ALWAYS AS (json_extract(body, '$.role')) VIRTUAL,
  time TEXT GENERATED ALWAYS AS (json_extract(body, '$.time')) VIRTUAL,
  text TEXT GENERATED ALWAYS AS (json_extract(body, '$.text')) VIRTUAL,
  span_start INTEGER GENERATED ALWAYS AS (json_extract(body, '$.start')) VIRTUAL,
  span_end INTEGER GENERATED ALWAYS AS (json_extract(body, '$.end')) VIRTUAL,
  quote TEXT GENERATED ALWAYS AS (json_extract(body, '$.quote')) VIRTUAL,
  page TEXT GENERATED ALWAYS AS (json_extract(body, '$.page')) VIRTUAL,
  reading TEXT GENERATED ALWAYS AS (json_extract(body, '$.reading')) VIRTUAL,
  page_class TEXT GENERATED ALWAYS AS (json_extract(body, '$.page_class')) VIRTUAL,
  reading_class TEXT GENERATED ALWAYS AS (json_extract(body, '$.reading_class')) VIRTUAL,
  ground TEXT GENERATED ALWAYS AS (json_extract(body, '$.ground')) VIRTUAL,
  certainty TEXT GENERATED ALWAYS AS (json_extract(body, '$.certainty')) VIRTUAL,
  reason TEXT GENERATED ALWAYS AS (json_extract(body, '$.reason')) VIRTUAL,
  suggester TEXT GENERATED ALWAYS AS (json_extract(body, '$.suggestion.suggester')) VIRTUAL,
  data TEXT GENERATED ALWAYS AS (json_extract(body, '$.data')) VIRTUAL,
  batch TEXT GENERATED ALWAYS AS (json_extract(body, '$.batch')) VIRTUAL
);
CREATE INDEX entries_by_person ON entries (person, seq);
CREATE INDEX entries_by_batch ON entries (batch) WHERE batch IS NOT NULL;
CREATE TRIGGER entries_keep_no_update BEFORE UPDATE ON entries
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only: an entry is never changed'); END;
CREATE TRIGGER entries_keep_no_delete BEFORE DELETE ON entries
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only: an entry is never deleted'); END;
CREATE TRIGGER entries_keep_no_replace BEFORE INSERT ON entries
  WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.id OR seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only: an entry is never replaced'); END;

CREATE TABLE heads (entry TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE links (
  entry TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (entry, target, kind)
) WITHOUT ROWID;
CREATE INDEX links_by_target ON links (target);
CREATE TABLE standing (
  entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, layer TEXT NOT NULL, effective INTEGER NOT NULL, live INTEGER NOT NULL,
  text TEXT, start INTEGER, end_ INTEGER
) WITHOUT ROWID;
CREATE INDEX standing_by_place ON standing (text, layer, live, start);
CREATE INDEX standing_by_layer ON standing (layer, effective);
CREATE TABLE reach (
  text TEXT NOT NULL, layer TEXT NOT NULL, longest INTEGER NOT NULL, PRIMARY KEY (text, layer)
) WITHOUT ROWID;
CREATE TABLE conflicts (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;

CREATE TABLE documents (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE stretches (
  document TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end_ INTEGER NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY, engine TEXT NOT NULL, version TEXT NOT NULL, lexicon TEXT NOT NULL, started TEXT NOT NULL,
  text TEXT NOT NULL, suggestions INTEGER NOT NULL
);
CREATE TABLE suggestions (
  id TEXT PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), text TEXT NOT NULL, start INTEGER NOT NULL,
  end_ INTEGER NOT NULL, quote TEXT NOT NULL, kind TEXT NOT NULL, class TEXT NOT NULL, suggester TEXT NOT NULL,
  version TEXT NOT NULL, candidates TEXT NOT NULL, probability INTEGER NOT NULL, evidence TEXT NOT NULL, closed_by TEXT
);
CREATE INDEX suggestions_by_place ON suggestions (text, start);
CREATE INDEX suggestions_open ON suggestions (text, start) WHERE closed_by IS NULL;
CREATE INDEX suggestions_closed ON suggestions (closed_by) WHERE closed_by IS NOT NULL;

CREATE VIEW history AS
SELECT e.seq, e.time, coalesce(p.name, e.person) AS person, e.role, e.act, tr.name AS transcript,
  (SELECT max(l.line) + 1 FROM lines l WHERE l.text_id = t.id AND l.start <= e.span_start) AS line,
  e.quote, e.page, e.reading, e.page_class, e.reading_class, e.ground, e.certainty, e.reason, e.suggester, e.data,
  e.batch,
  CASE WHEN s.live THEN 'live' WHEN s.effective AND e.act = 'revert' THEN 'live'
       WHEN s.effective THEN 'superseded' ELSE 'reverted' END AS state,
  e.id
FROM entries e LEFT JOIN standing s ON s.entry = e.id LEFT JOIN persons p ON p.id = e.person
LEFT JOIN texts t ON t.sha256 = e.text LEFT JOIN transcripts tr ON tr.sha256 = t.transcript
ORDER BY e.seq;

CREATE VIEW open_suggestions AS
SELECT tr.name AS transcript,
  (SELECT max(l.line) + 1 FROM lines l WHERE l.text_id = t.id AND l.start <= s.start) AS line,
  s.quote AS raw, json_extract(s.candidates, '$[0].text') AS proposed, s.probability / 1000000.0 AS probability,
  s.kind, s.class, s.suggester, s.version, s.candidates, s.evidence, s.start, s.end_ AS "end", s.id
FROM suggestions s JOIN texts t ON t.sha256 = s.text JOIN transcripts tr ON tr.sha256 = t.transcript
WHERE s.closed_by IS NULL
ORDER BY tr.name, s.start;

CREATE VIEW placed AS
SELECT h.document, x.entry, x.layer, x.live FROM standing x JOIN stretches h ON h.text = x.text AND x.start >= h.start
  AND (x.start < h.end_ OR (x.start = h.end_ AND h.end_ = (SELECT length FROM texts t WHERE t.sha256 = x.text)));

CREATE VIEW progress AS
SELECT d.id AS document, d.title,
  (SELECT count(*) FROM suggestions s JOIN stretches h ON h.document = d.id AND h.text = s.text
     AND s.start >= h.start AND s.start < h.end_) AS suggestions,
  (SELECT count(*) FROM suggestions s JOIN stretches h ON h.document = d.id AND h.text = s.text
     AND s.start >= h.start AND s.start < h.end_ WHERE s.closed_by IS NULL) AS open,
  (SELECT count(*) FROM placed x WHERE x.document = d.id AND x.layer = 'text' AND x.live = 1) AS decisions,
  (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT coalesce(p.name, e.person) AS name
     FROM placed x JOIN entries e ON e.id = x.entry LEFT JOIN persons p ON p.id = e.person
     WHERE x.document = d.id AND x.live = 1 AND x.layer IN ('text', 'zone', 'inline') ORDER BY name)) AS persons,
  (SELECT max(e.time) FROM placed x JOIN entries e ON e.id = x.entry WHERE x.document = d.id) AS last_decision
FROM documents d ORDER BY d.position;
"""

_WITNESSES = """
CREATE TABLE witnesses (
  text TEXT NOT NULL REFERENCES texts(sha256), sha256 TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL,
  content TEXT NOT NULL, added_at TEXT NOT NULL, PRIMARY KEY (text, sha256)
) WITHOUT ROWID;
CREATE TABLE confidences (
  text_id INTEGER NOT NULL REFERENCES texts(id), start INTEGER NOT NULL, end_ INTEGER NOT NULL, ppm INTEGER NOT NULL,
  alternatives TEXT NOT NULL, PRIMARY KEY (text_id, start)
) WITHOUT ROWID;
CREATE TABLE authorities (
  name TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (name, kind)
) WITHOUT ROWID;
ALTER TABLE runs ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN inputs TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN milliseconds INTEGER;
CREATE INDEX runs_by_text ON runs (text, id);
"""

_READING = """
CREATE TABLE read_lines (
  text TEXT NOT NULL, line INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (text, line)
) WITHOUT ROWID;
CREATE INDEX suggestions_by_chance ON suggestions (text, probability, start) WHERE closed_by IS NULL;
CREATE INDEX suggestions_by_kind ON suggestions (text, kind, start) WHERE closed_by IS NULL;
"""

_IMAGES = """
CREATE TABLE scans (
  text_id INTEGER NOT NULL REFERENCES texts(id), page INTEGER NOT NULL, image TEXT NOT NULL, width INTEGER NOT NULL,
  height INTEGER NOT NULL, PRIMARY KEY (text_id, page)
) WITHOUT ROWID;
CREATE TABLE boxes (
  text_id INTEGER NOT NULL REFERENCES texts(id), start INTEGER NOT NULL, level TEXT NOT NULL, end_ INTEGER NOT NULL,
  page INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
  PRIMARY KEY (text_id, start, level)
) WITHOUT ROWID;
CREATE TABLE images (
  text TEXT NOT NULL REFERENCES texts(sha256), page INTEGER NOT NULL, sha256 TEXT NOT NULL, path TEXT NOT NULL,
  frame INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, added_at TEXT NOT NULL,
  PRIMARY KEY (text, page)
) WITHOUT ROWID;
"""

_LINES = """
DROP VIEW progress;
CREATE VIEW progress AS
SELECT d.id AS document, d.title,
  (SELECT count(*) FROM suggestions s JOIN stretches h ON h.document = d.id AND h.text = s.text
     AND s.start >= h.start AND s.start < h.end_) AS suggestions,
  (SELECT count(*) FROM suggestions s JOIN stretches h ON h.document = d.id AND h.text = s.text
     AND s.start >= h.start AND s.start < h.end_ WHERE s.closed_by IS NULL) AS open,
  (SELECT count(*) FROM placed x WHERE x.document = d.id AND x.layer IN ('text', 'line') AND x.live = 1) AS decisions,
  (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT coalesce(p.name, e.person) AS name
     FROM placed x JOIN entries e ON e.id = x.entry LEFT JOIN persons p ON p.id = e.person
     WHERE x.document = d.id AND x.live = 1 AND x.layer IN ('text', 'line', 'zone', 'inline') ORDER BY name))
     AS persons,
  (SELECT max(e.time) FROM placed x JOIN entries e ON e.id = x.entry WHERE x.document = d.id) AS last_decision
FROM documents d ORDER BY d.position;
"""

_REVIEW = """
CREATE INDEX entries_by_document ON entries (json_extract(body, '$.data.document'))
  WHERE json_extract(body, '$.data.document') IS NOT NULL;
CREATE INDEX stretches_by_text ON stretches (text, start);
ALTER TABLE persons ADD COLUMN same_as TEXT NOT NULL DEFAULT '';
"""

MERGED = """
INSERT INTO merged
WITH followed(id, by) AS (
  SELECT p.value, min(e.seq) FROM entries e, json_each('["' || replace(e.parents, ' ', '","') || '"]') p GROUP BY 1),
change(seq, heads) AS (SELECT seq, 1 FROM entries UNION ALL SELECT f.by, -1 FROM followed f WHERE f.id != ''),
count(seq, heads) AS (SELECT seq, sum(sum(heads)) OVER (ORDER BY seq) FROM change GROUP BY seq),
apart(seq, stretch) AS (SELECT seq, seq - row_number() OVER (ORDER BY seq) FROM count WHERE heads > 1)
SELECT min(seq), max(seq) FROM apart GROUP BY stretch;
"""
"""Stretches of the journal whose entries were not the only head when they were written here: a merge brought them, and
they do not know all that was here before. Who is in none of them does."""

_LARGE_JOURNALS = f"""
CREATE TABLE merged (first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
{MERGED}
CREATE INDEX entries_reverts ON entries (person, seq) WHERE act = 'revert';
CREATE INDEX entries_few ON entries (act) WHERE act IN ('join', 'rebase', 'rule', 'setting', 'split', 'style');
CREATE INDEX entries_memory ON entries
  (coalesce(json_extract(body, '$.data.word'), json_extract(body, '$.data.pattern'))) WHERE act IN ('word', 'keep_all');
CREATE INDEX entries_roots ON entries (id) WHERE lamport = 1;
DROP INDEX standing_by_place;
CREATE INDEX standing_by_place ON standing (text, layer, live, start, end_);
DROP INDEX standing_by_layer;
CREATE INDEX standing_apart ON standing (layer, effective)
  WHERE layer IN ('memory', 'document', 'review');
CREATE INDEX suggestions_by_quote ON suggestions (quote) WHERE closed_by IS NULL;
CREATE INDEX transcripts_by_name ON transcripts (name);
CREATE INDEX texts_by_transcript ON texts (transcript);
CREATE INDEX documents_by_position ON documents (position);
DROP INDEX entries_by_document;
CREATE INDEX entries_about ON entries (json_extract(body, '$.data.document'), act)
  WHERE json_extract(body, '$.data.document') IS NOT NULL;
"""

_READABLE = {
    "act": "act", "person": "person", "role": "role", "time": "time", "text": "text", "span_start": "start",
    "span_end": "end", "quote": "quote", "page": "page", "reading": "reading", "page_class": "page_class",
    "reading_class": "reading_class", "ground": "ground", "certainty": "certainty", "reason": "reason",
    "suggester": "suggestion.suggester", "data": "data", "batch": "batch",
}  # fmt: skip
"""Columns of `entries` that are read out of the body, with their keys there."""

_DECLARED_ANEW = "".join(
    [
        *(f"ALTER TABLE entries DROP COLUMN {column};\n" for column in _READABLE),
        *(
            f"ALTER TABLE entries ADD COLUMN {column} GENERATED ALWAYS AS (json_extract(body, '$.{key}')) VIRTUAL;\n"
            for column, key in _READABLE.items()
        ),
    ]
)
"""Without a type: SQLite's check of a file reads each column that has one out of every body."""

_STANDING_BY_NUMBER = f"""
DROP VIEW progress;
DROP VIEW placed;
DROP VIEW history;
DROP INDEX entries_by_person;
DROP INDEX entries_by_batch;
DROP INDEX entries_reverts;
DROP INDEX entries_few;
DROP INDEX entries_memory;
DROP INDEX entries_about;
{_DECLARED_ANEW}
ALTER TABLE standing RENAME TO standing_before;
CREATE TABLE standing (
  seq INTEGER PRIMARY KEY, layer TEXT NOT NULL, act TEXT NOT NULL, person TEXT NOT NULL, batch TEXT, document TEXT,
  word TEXT, effective INTEGER NOT NULL, live INTEGER NOT NULL, text TEXT, start INTEGER, end_ INTEGER
);
INSERT INTO standing
SELECT e.seq, s.layer, e.act, e.person, e.batch, json_extract(e.body, '$.data.document'),
  coalesce(json_extract(e.body, '$.data.word'), json_extract(e.body, '$.data.pattern')), s.effective, s.live, s.text,
  s.start, s.end_
FROM entries e JOIN standing_before s ON s.entry = e.id ORDER BY e.seq;
DROP TABLE standing_before;
CREATE INDEX standing_by_place ON standing (text, layer, live, start, end_);
CREATE INDEX standing_by_person ON standing (person);
CREATE INDEX standing_by_batch ON standing (batch) WHERE batch IS NOT NULL;
CREATE INDEX standing_about ON standing (document, act) WHERE document IS NOT NULL;
CREATE INDEX standing_by_word ON standing (word) WHERE word IS NOT NULL;
CREATE INDEX standing_apart ON standing (layer, effective) WHERE layer IN ('memory', 'document', 'review');
CREATE INDEX standing_reverts ON standing (person) WHERE act = 'revert';
CREATE INDEX standing_few ON standing (act) WHERE act IN ('join', 'rebase', 'rule', 'setting', 'split', 'style');

CREATE VIEW history AS
SELECT e.seq, e.time, coalesce(p.name, e.person) AS person, e.role, e.act, tr.name AS transcript,
  (SELECT max(l.line) + 1 FROM lines l WHERE l.text_id = t.id AND l.start <= e.span_start) AS line,
  e.quote, e.page, e.reading, e.page_class, e.reading_class, e.ground, e.certainty, e.reason, e.suggester, e.data,
  e.batch,
  CASE WHEN s.live THEN 'live' WHEN s.effective AND e.act = 'revert' THEN 'live'
       WHEN s.effective THEN 'superseded' ELSE 'reverted' END AS state,
  e.id
FROM entries e LEFT JOIN standing s ON s.seq = e.seq LEFT JOIN persons p ON p.id = e.person
LEFT JOIN texts t ON t.sha256 = e.text LEFT JOIN transcripts tr ON tr.sha256 = t.transcript
ORDER BY e.seq;

CREATE VIEW placed AS
SELECT h.document, x.seq, x.layer, x.live, x.person FROM standing x
  JOIN stretches h ON h.text = x.text AND x.start >= h.start
  AND (x.start < h.end_ OR (x.start = h.end_ AND h.end_ = (SELECT length FROM texts t WHERE t.sha256 = x.text)));

CREATE VIEW progress AS
SELECT d.id AS document, d.title,
  (SELECT count(*) FROM suggestions s JOIN stretches h ON h.document = d.id AND h.text = s.text
     AND s.start >= h.start AND s.start < h.end_) AS suggestions,
  (SELECT count(*) FROM suggestions s JOIN stretches h ON h.document = d.id AND h.text = s.text
     AND s.start >= h.start AND s.start < h.end_ WHERE s.closed_by IS NULL) AS open,
  (SELECT count(*) FROM placed x WHERE x.document = d.id AND x.layer IN ('text', 'line') AND x.live = 1) AS decisions,
  (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT coalesce(p.name, x.person) AS name
     FROM placed x LEFT JOIN persons p ON p.id = x.person
     WHERE x.document = d.id AND x.live = 1 AND x.layer IN ('text', 'line', 'zone', 'inline') ORDER BY name))
     AS persons,
  (SELECT max(e.time) FROM placed x JOIN entries e ON e.seq = x.seq WHERE x.document = d.id) AS last_decision
FROM documents d ORDER BY d.position;
"""

CHANGES: Mapping[str, str] = {
    "m001_foundation": _FOUNDATION,
    "m002_witnesses": _WITNESSES,
    "m003_reading": _READING,
    "m004_images": _IMAGES,
    "m005_lines": _LINES,
    "m006_review": _REVIEW,
    "m007_large_journals": _LARGE_JOURNALS,
    "m008_standing_by_number": _STANDING_BY_NUMBER,
}
"""The changes of the schema by name, in order, none ever edited again."""
