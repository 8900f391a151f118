"""Commands that decide and take back: decide, undo, redo, revert."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.app import app
from workbench.cli.choosing import (
    Batch,
    By,
    Certainty,
    Class,
    Except,
    Ground,
    Since,
    Suggester,
    Until,
    Words,
    Yes,
    confirmed,
    selection,
    without,
)
from workbench.cli.common import STDIN, opened, plural, print_json, say, who
from workbench.core.entry import Entry
from workbench.core.errors import EditionError, RefusedError, UsageError
from workbench.services.edition import Edition
from workbench.services.persons import Person

if TYPE_CHECKING:
    from workbench.store.chronicle import Selection


@app.command()
def decide(
    context: typer.Context,
    file: Annotated[
        typer.FileText,
        typer.Argument(
            help="JSON Lines; - is standard input.", metavar="[FILE|-]", encoding="utf-8", errors="surrogateescape"
        ),
    ] = STDIN,
    atomic: Annotated[bool, typer.Option("--atomic", help="All of them or none.")] = False,
    batch: Annotated[
        str | None, typer.Option("--batch", help="Make one unit of them, undone as one.", metavar="NAME")
    ] = None,
) -> None:
    """Record decisions from JSON Lines.

    A line is an object: transcript (file name), start, end (code points), before (the raw text there, checked when
    given), act (accept edit keep unclear gap blank supply textual_note content_note check hand zone describe split
    join leaf word keep_all rule setting style), page, reading, class (or page_class, reading_class), ground,
    certainty, reason, suggestion (its id), seen (heads known to the writer), supersedes (entries a note replaces), and
    what the act has of its own: kind hand person person_certainty belongs dated · body · extent · leaf from doubtful ·
    fields · document · other · word pattern scope · rule version on · key value style.

    Each line is answered in order by {"line": n, "id": "…"} or {"line": n, "error": "…"}, once it is durable.
    """
    with opened(context) as edition:
        person = who(context, edition)
        answers = _all_or_none if atomic else _one_by_one
        failed = 0
        for answer in answers(edition, person, file, batch):
            failed += "error" in answer
            print_json(answer)
    raise typer.Exit(1 if failed else 0)


def _lines(file: IO[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(iter(file.readline, ""), 1):
        if line.strip():
            yield number, line


def _parsed(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(asked, dict):
        raise UsageError("a line holds one JSON object")
    return asked


def _one_by_one(edition: Edition, person: Person, file: IO[str], batch: str | None) -> Iterator[dict[str, Any]]:
    from workbench.services import deciding

    for number, line in _lines(file):
        try:
            (entry,) = deciding.record_all(edition, [_parsed(line)], person, batch=batch)
            yield {"line": number, "id": entry.id}
        except EditionError:
            raise
        except (RefusedError, UsageError) as error:
            yield {"line": number, "error": str(error)}


def _all_or_none(edition: Edition, person: Person, file: IO[str], batch: str | None) -> Iterator[dict[str, Any]]:
    from workbench.services import deciding

    asked = list(_lines(file))
    made: list[dict[str, Any]] = []
    failed = 0
    why = ""
    try:
        with edition.writing():
            for number, line in asked:
                failed = number
                made.append({"line": number, "id": deciding.record(edition, _parsed(line), person, batch=batch).id})
    except (RefusedError, UsageError) as error:
        why = str(error)
    if not why:
        yield from made
        return
    for number, _ in asked:
        yield {"line": number, "error": why if number == failed else f"not recorded: line {failed} failed"}


@app.command()
def undo(context: typer.Context) -> None:
    """Take back your own last decision, or your last batch."""
    from workbench.services import deciding

    with opened(context) as edition:
        _said(deciding.undo(edition, who(context, edition)), "taken back", "there is nothing of yours to take back")


@app.command()
def redo(context: typer.Context) -> None:
    """Bring back what your last undo took."""
    from workbench.services import deciding

    with opened(context) as edition:
        _said(deciding.redo(edition, who(context, edition)), "brought back", "there is nothing to bring back")


def _said(done: tuple[Entry, list[Entry]] | None, verb: str, otherwise: str) -> None:
    if done is None:
        say(otherwise)
        raise typer.Exit(1)
    entry, touched = done
    print_json({"id": entry.id, "entries": [e.id for e in touched]})
    say(f"{plural(len(touched), 'entry', 'entries')} {verb}")


@app.command()
def revert(
    context: typer.Context,
    wanted: Annotated[
        str | None, typer.Argument(help="Beginning of an entry's id, or a batch's name.", metavar="[ENTRY|BATCH]")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; who decided reads it.")] = "",
    by: By = None,
    since: Since = None,
    until: Until = None,
    class_: Class = None,
    ground: Ground = None,
    suggester: Suggester = None,
    batch: Batch = None,
    certainty: Certainty = None,
    words: Words = None,
    except_: Except = None,
    yes: Yes = False,
) -> None:
    """Take back one entry or one batch, whoever made it. A revert can be reverted.

    Without ENTRY: what stands by a person, of a period, from a suggester, …; shown first, with its count, and taken
    back as one entry.
    """
    from workbench.services import deciding

    chosen = selection(
        person=by, since=since, until=until, class_=class_, ground=ground, suggester=suggester, batch=batch,
        certainty=certainty, words=words,
    )  # fmt: skip
    with opened(context) as edition:
        person = who(context, edition)
        if wanted is not None:
            entry = deciding.revert(edition, wanted, person, reason=reason)
        else:
            entry = deciding.revert_all(edition, _standing(edition, chosen, except_, yes), person, reason=reason)
        print_json({"id": entry.id, "entries": sorted(entry.targets)})


def _standing(edition: Edition, chosen: Selection, except_: list[str] | None, yes: bool) -> list[str]:
    """Ids of the standing decisions that are meant, after a look at them."""
    from workbench.cli.history import log_line
    from workbench.core.review import REVIEWED
    from workbench.services import persons
    from workbench.services.looking_back import history, provenance

    if not chosen:
        raise UsageError("name an entry or a batch, or say which are meant: --by, --since, --suggester, …")
    names, seqs = persons.names(edition), history.choose(edition, replace(chosen, state="live"))
    told = {one.entry.id: one for one in provenance.told(edition, seqs) if one.entry.decision.layer in REVIEWED}
    meant = without(told, except_)
    confirmed([log_line(told[one], names) for one in meant], "Take back", yes)
    return meant
