"""What an approval of a document vouches for: a digest of all that stands in it, as a read mark has one of its line."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from workbench.store import holding

_STANDING = f"""
WITH here AS (
  SELECT e.id FROM stretches h JOIN texts t ON t.sha256 = h.text JOIN standing s ON s.text = h.text
    JOIN entries e ON e.seq = s.seq
    AND s.layer IN ('text', 'line', 'inline', 'zone', 'document') AND s.live = 1
    AND {holding.held("s.start")}
  WHERE h.document = ?)
SELECT id FROM here UNION
SELECT r.id FROM here CROSS JOIN links l ON l.target = here.id AND l.kind = 'targets'
  CROSS JOIN entries r ON r.id = l.entry
  CROSS JOIN standing s ON s.seq = r.seq AND s.act = 'dispute' AND s.effective = 1
ORDER BY 1
"""
"""Joined in this order, or every review of the edition would be looked at for each document."""


def digest(db: sqlite3.Connection, document: str) -> str:
    """SHA-256 of where a document lies, how it is described, what stands in it, and what of that is disputed.

    It follows from the entries alone: the same after a merge in either order, and after an undo what it was before.
    """
    lies = db.execute("SELECT text, start, end_ FROM stretches WHERE document = ? ORDER BY position", (document,))
    (described,) = db.execute("SELECT description FROM documents WHERE id = ?", (document,)).fetchone() or ("{}",)
    standing = [entry for (entry,) in db.execute(_STANDING, (document,))]
    whole = json.dumps([lies.fetchall(), json.loads(described), standing], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
