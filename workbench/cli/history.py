"""Commands that look back: log, blame, diff."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.app import app
from workbench.cli.choosing import Batch, By, Certainty, Class, Ground, Since, Suggester, Until, Words, selection
from workbench.cli.common import AsJson, Doc, deliver, opened, print_json, progress_bar, show
from workbench.core.entry import Entry
from workbench.services.edition import Edition

if TYPE_CHECKING:
    from workbench.exporters.history import Told
    from workbench.services.looking_back.past import Run


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
    format: Annotated[
        Literal["text", "jsonl", "csv", "prov"], typer.Option("--format", help="Words, rows of data, or W3C PROV-JSON.")
    ] = "text",
    json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file.", metavar="FILE")] = None,
) -> None:
    """The history: every entry, who, when, what, why.

    jsonl and csv are written row by row, however long the history is; what a spreadsheet would compute has an
    apostrophe before it. prov is made whole in memory, 40 MB for 1,000 entries. docs/formats.md explains all three.
    """
    from workbench.services import library, persons
    from workbench.services.looking_back import history, provenance

    if text is not None:
        _log_of_file(text)
        return
    chosen = selection(
        person=by, since=since, until=until, act=act, class_=class_, ground=ground, suggester=suggester, batch=batch,
        certainty=certainty, state=state, words=words,
    )  # fmt: skip
    with opened(context) as edition, edition.reading():
        found = library.resolve(edition, document).id if document else None
        seqs = history.choose(edition, chosen, found, order)
        kind = "jsonl" if json else format
        if kind == "text":
            names = persons.names(edition)
            deliver((log_line(told, names) for told in provenance.told(edition, seqs)), output)
            return
        # rows that go to the terminal are their own progress
        with progress_bar("telling") if output or kind == "prov" else nullcontext() as bar:
            deliver(provenance.written(edition, seqs, kind, bar), output)


def _log_of_file(path: Path) -> None:
    """A database as text, the same for the same journal: what git compares."""
    from contextlib import closing

    from workbench.services.edition import Edition
    from workbench.services.looking_back import provenance
    from workbench.store import connection

    with closing(connection.connect(path, read_only=True)) as db:
        names = dict(db.execute("SELECT id, name FROM persons"))
        seqs = [seq for (seq,) in db.execute("SELECT seq FROM entries ORDER BY lamport, id")]
        told = provenance.told(Edition(path.parent, db), seqs)
        deliver((log_line(one, names) for one in told), None)


def log_line(told: Told, names: Mapping[str, str]) -> str:
    """An entry of the history on one line; `names`: of persons, by id."""
    from workbench.services.looking_back.particulars import particulars

    entry, d = told.entry, told.entry.decision
    change = ""
    if d.quote is not None:
        change = f"  “{' '.join(d.quote.split())}”" + (f" → “{d.value}”" if d.value is not None else "")
    if entry.targets:
        more = f" +{len(entry.targets) - 1}" if len(entry.targets) > 1 else ""
        change = f"  of {min(entry.targets)[:10]}{more}"
    said = " ".join(particulars(d.act, d.data, names).split())
    where = f"  {told.transcript}:{told.line}" if told.transcript else ""
    kinds = "".join(f"  {kind}" for kind in (d.page_class, d.reading_class, said) if kind)
    state = "" if told.state == "live" else f"  [{told.state}]"
    why = f"  — {d.reason}" if d.reason else ""
    when = entry.time[:16].replace("T", " ")
    return f"{entry.id[:10]}  {when}  {told.person}  {d.act}{where}{change}{kinds}{why}{state}\n"


@app.command()
def blame(context: typer.Context, document: Doc, json: AsJson = False) -> None:
    """Who and what stands behind each span of the reading. JSON: one object a line of the text."""
    from workbench.services import library, moments, persons, settings, verdicts
    from workbench.services.looking_back import past
    from workbench.services.looking_back.placed import decided_by

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        own = settings.alone(edition)
        names = persons.names(edition)
        for line in past.lines(edition, listing.id, moments.present(edition)):
            if json:
                spans = [_span(edition, r, names) for r in line.runs]
                print_json({"line": line.number, "reading": line.reading, "spans": spans})
                continue
            text = "".join(f"‹{r.text}›" if r.entries else r.text for r in line.runs).replace("\n", "⏎")
            show(f"{line.number or '+':>5}  {text}\n")
            for entry in (e for r in line.runs for e in r.entries):
                verdict = verdicts.verdict_of(edition, entry, own=own)
                show(f"         {_behind(entry, decided_by(edition, entry, names)[0], verdict)}\n")


def _span(edition: Edition, run: Run, names: dict[str, str]) -> dict[str, Any]:
    from workbench.services.looking_back.placed import decided_by

    return {
        "start": run.start, "end": run.end, "text": run.text, "kind": run.kind,
        "entries": [
            {"id": e.id, "act": e.decision.act, "person": decided_by(edition, e, names)[0], "time": e.time,
             "quote": e.decision.quote, "ground": e.decision.ground, "reason": e.decision.reason} for e in run.entries
        ],
    }  # fmt: skip


def _behind(entry: Entry, person: str, verdict: str) -> str:
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
    from workbench.services import library, moments
    from workbench.services.looking_back import past

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        old, new = (past.lines(edition, listing.id, moments.moment(edition, side)) for side in (from_, to))
        differs = False
        for one in past.compare(old, new):
            differs = True
            was, now = ("".join(getattr(c, side) for c in one.changes) for side in ("old", "new"))
            show(f"{one.line or '+':>5} - {was}\n      + {now}\n")
    raise typer.Exit(1 if differs else 0)
