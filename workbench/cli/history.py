"""Commands that look back: log, blame, diff."""

from __future__ import annotations

import json as json_
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from workbench.cli.app import app
from workbench.cli.choosing import Batch, By, Certainty, Class, Ground, Since, Suggester, Until, Words, selection
from workbench.cli.common import AsJson, Doc, opened, print_json, show


@app.command()
def log(
    context: typer.Context,
    document: Annotated[str | None, typer.Argument(help="Only what touches this document.", metavar="[DOC]")] = None,
    by: By = None,
    since: Since = None,
    until: Until = None,
    act: Annotated[str | None, typer.Option("--act", help="accept, edit, keep, revert, …", metavar="ACT")] = None,
    class_: Class = None,
    ground: Ground = None,
    suggester: Suggester = None,
    batch: Batch = None,
    certainty: Certainty = None,
    state: Annotated[
        Literal["live", "superseded", "reverted"] | None, typer.Option("--state", help="What became of it.")
    ] = None,
    words: Words = None,
    order: Annotated[Literal["oldest", "newest", "text"], typer.Option("--order", help="What comes first.")] = "oldest",
    text: Annotated[
        Path | None, typer.Option("--text", help="Of this database file, wherever it is; for git.", metavar="FILE")
    ] = None,
    json: AsJson = False,
) -> None:
    """The history: every entry, who, when, what, why.

    JSON: a row of the view `history` a line, with `targets`, the ids that a revert or a review speaks of.
    """
    from workbench.services import history, library, persons

    if text is not None:
        _log_of_file(text)
        return
    chosen = selection(
        person=by, since=since, until=until, act=act, class_=class_, ground=ground, suggester=suggester, batch=batch,
        certainty=certainty, state=state, words=words,
    )  # fmt: skip
    with opened(context) as edition:
        found = library.resolve(edition, document).id if document else None
        names = persons.names(edition)
        for row in history.rows(edition, history.choose(edition, chosen, found, order)):
            if json:
                print_json(row)
            else:
                show(log_line(row, names) + "\n")


def _log_of_file(path: Path) -> None:
    """A database as text, the same for the same journal: what git compares."""
    from contextlib import closing

    from workbench.store import chronicle, connection

    with closing(connection.connect(path, read_only=True)) as db:
        names = dict(db.execute("SELECT id, name FROM persons"))
        seqs = [seq for (seq,) in db.execute("SELECT seq FROM entries ORDER BY lamport, id")]
        for row in chronicle.rows(db, seqs):
            show(log_line(row, names) + "\n")


def log_line(row: dict[str, Any], names: Mapping[str, str]) -> str:
    """A row of the history on one line."""
    from workbench.services.particulars import particulars

    change = ""
    if row["quote"] is not None:
        value = row["page"] if row["reading"] is None else row["reading"]
        change = f"  “{' '.join(row['quote'].split())}”" + (f" → “{value}”" if value is not None else "")
    if row["targets"]:
        more = f" +{len(row['targets']) - 1}" if len(row["targets"]) > 1 else ""
        change = f"  of {row['targets'][0][:10]}{more}"
    said = " ".join(particulars(row["act"], json_.loads(row["data"] or "{}"), names).split())
    where = f"  {row['transcript']}:{row['line']}" if row["transcript"] else ""
    kinds = "".join(f"  {kind}" for kind in (row["page_class"], row["reading_class"], said) if kind)
    state = "" if row["state"] == "live" else f"  [{row['state']}]"
    why = f"  — {row['reason']}" if row["reason"] else ""
    when = row["time"][:16].replace("T", " ")
    return f"{row['id'][:10]}  {when}  {row['person']}  {row['act']}{where}{change}{kinds}{why}{state}"


@app.command()
def blame(context: typer.Context, document: Doc, json: AsJson = False) -> None:
    """Who and what stands behind each span of the reading. JSON: one object a line of the text."""
    from workbench.services import library, moments, past, persons, review
    from workbench.services.placed import decided_by

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        own = review.alone(edition)
        names = persons.names(edition)
        for line in past.lines(edition, listing.id, moments.present(edition)):
            if json:
                spans = [_span(edition, r, names) for r in line.runs]
                print_json({"line": line.number, "reading": line.reading, "spans": spans})
                continue
            text = "".join(f"‹{r.text}›" if r.entries else r.text for r in line.runs).replace("\n", "⏎")
            show(f"{line.number or '+':>5}  {text}\n")
            for entry in (e for r in line.runs for e in r.entries):
                verdict = review.verdict_of(edition, entry, own=own)
                show(f"         {_behind(entry, decided_by(edition, entry, names)[0], verdict)}\n")


def _span(edition: Any, run: Any, names: dict[str, str]) -> dict[str, Any]:
    from workbench.services.placed import decided_by

    return {
        "start": run.start, "end": run.end, "text": run.text, "kind": run.kind,
        "entries": [
            {"id": e.id, "act": e.decision.act, "person": decided_by(edition, e, names)[0], "time": e.time,
             "quote": e.decision.quote, "ground": e.decision.ground, "reason": e.decision.reason} for e in run.entries
        ],
    }  # fmt: skip


def _behind(entry: Any, person: str, verdict: str) -> str:
    d = entry.decision
    facts = " ".join(filter(None, (d.act, d.page_class, d.reading_class, d.ground)))
    proposed = f" ({d.suggestion['suggester']})" if d.suggestion else ""
    raw = f" for “{' '.join(d.quote.split())}”" if d.quote else ""
    why = f" — {d.reason}" if d.reason else ""
    return f"{entry.id[:10]} {entry.time[:10]} {person}: {facts}{proposed}{raw}, {verdict}{why}"


@app.command()
def diff(
    context: typer.Context,
    document: Doc,
    from_: Annotated[str, typer.Option("--from", help="The earlier side.", metavar="MOMENT")] = "raw",
    to: Annotated[str, typer.Option("--to", help="The later side.", metavar="MOMENT")] = "now",
) -> None:
    """Two moments of a document, line by line, at first the raw text against the reading; exit 1 where they differ.

    A moment is: raw, now, a time (2026-01-31), the beginning of an entry's id, or @NAME for what one person alone
    decided.
    """
    from workbench.services import library, moments, past

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        old, new = (past.lines(edition, listing.id, moments.moment(edition, side)) for side in (from_, to))
        differs = False
        for one in past.compare(old, new):
            differs = True
            was, now = ("".join(getattr(c, side) for c in one.changes) for side in ("old", "new"))
            show(f"{one.line or '+':>5} - {was}\n      + {now}\n")
    raise typer.Exit(1 if differs else 0)
