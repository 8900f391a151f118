"""Commands of what nobody has seen or read yet: checklist, unread."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from workbench.cli.app import app
from workbench.cli.common import AsJson, Docs, bar_beside_rows, opened, plural, print_json, say, show, who
from workbench.core.errors import UnreadableError, UsageError
from workbench.services.edition import Edition


@app.command()
def checklist(
    context: typer.Context,
    documents: Docs = None,
    format: Annotated[Literal["text", "html", "csv"], typer.Option("--format", help="How to write it.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file.", metavar="FILE")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Take a filled-in list back in.", metavar="FILE")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Record the answers without asking.")] = False,
) -> None:
    """Places to be checked at the original, for the reading room; --answers takes the answers in.

    An answer is what stands on the page, `=` for "as read", `?` for "cannot be read", `∅` or `[]` for "nothing stands
    there": in the column `answer` of the CSV, or as lines `CODE = answer`. All of them are one batch, recorded with
    the ground `page`.
    """
    from workbench import i18n
    from workbench.services import checking, checking_sheet, library, places

    i18n.use(places.language())
    with opened(context) as edition:
        if answers is not None:
            _take_in(context, edition, answers, yes)
            return
        wanted = library.named(edition, documents)
        found = checking.places(edition, wanted)
        written = checking_sheet.sheet(found, format)
        if output is None:
            show(written)
        else:
            output.write_text(written, "utf-8", newline="")
            say(f"wrote {output}")
        say(f"{plural(len(found), 'place')} to check")


def _take_in(context: typer.Context, edition: Edition, path: Path, yes: bool) -> None:
    from workbench.services import checking

    try:
        written = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from error
    given = checking.answers(edition, written)
    good = [answer for answer in given if answer.place is not None]
    for answer in given:
        if answer.place is None:
            say(f"{answer.code}: {answer.problem}")
        else:
            say(f"{answer.code}  “{' '.join(answer.place.reads.split())}” → {answer.typed}")
    if not good:
        raise UsageError(f"{path} answers no place of the list")
    if yes or typer.confirm(f"Record {plural(len(good), 'answer')} as one batch?", err=True):
        made = checking.take_in(edition, good, who(context, edition))
        say(f"{plural(len(good), 'answer')} recorded; undo takes them back together")
        print_json({"batch": made[0].batch, "entries": [entry.id for entry in made]})


@app.command()
def unread(context: typer.Context, documents: Docs = None, json: AsJson = False) -> None:
    """Lines that no person has read as they read now; exit 1 where there are any. JSON: one object a line."""
    from workbench.services import library
    from workbench.services.document import reading
    from workbench.services.document.desk import Desk

    left = 0
    with opened(context) as edition, bar_beside_rows("looking") as bar:
        wanted = library.named(edition, documents)
        for done, listing in enumerate(wanted):
            bar(done, len(wanted))
            desk = Desk(edition, listing.id)
            for row in reading.unread_rows(desk):
                left += 1
                line = desk.lines.number_of(row)
                words = desk.line_reading(row)
                if json:
                    print_json({"document": listing.number, "line": line, "reading": words})
                else:
                    show(f"{listing.number}:{line}: {words}\n")
    say(f"{plural(left, 'line')} that nobody has read")
    raise typer.Exit(1 if left else 0)
