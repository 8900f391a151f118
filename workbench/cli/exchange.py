"""Commands that carry things out and in: export, merge, journal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from workbench.cli.app import app
from workbench.cli.common import Docs, opened, plural, say, show
from workbench.core.errors import UnreadableError, UsageError


@app.command()
def export(
    context: typer.Context,
    documents: Docs = None,
    format: Annotated[str, typer.Option("--format", help="txt, md or jsonl.")] = "txt",
    text: Annotated[Literal["diplomatic", "reading", "search"], typer.Option("--text", help="Which text.")] = "reading",
    style: Annotated[str | None, typer.Option("--style", help="archival or reader.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder, or - for stdout.", metavar="DIR|-")] = Path(
        "-"
    ),
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
) -> None:
    """Write clean texts: a file a document into a folder, or all of them to stdout."""
    from workbench.services import library, moments, printing

    with opened(context) as edition:
        wanted = [library.resolve(edition, d) for d in documents] if documents else library.listings(edition)
        moment = moments.present(edition)
        for listing in wanted:
            made = printing.export(edition, listing.id, kind=text, style=style, moment=moment)
            content = printing.written(made, format)
            if str(output) == "-":
                show(content)
                continue
            stem = Path(listing.transcripts[0]).stem if listing.transcripts else listing.id
            path = output / f"{listing.number:03}-{stem}.{text}.{format}"
            if path.exists() and not force and path.read_bytes() != content.encode("utf-8"):
                raise UsageError(f"{path} is there already with another content; use --force to overwrite it")
            output.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8", newline="\n")
            say(f"wrote {path}")


@app.command()
def merge(
    context: typer.Context,
    other: Annotated[Path, typer.Argument(help="Another edition's folder or corrections.db.", metavar="OTHER")],
) -> None:
    """Take another copy's work in: the union of both journals. Exit 1 where conflicts stand."""
    from workbench.services.edition import DATABASE
    from workbench.store import connection, interchange

    path = other / DATABASE if other.is_dir() else other
    with opened(context) as edition:
        if path.resolve() == edition.database.resolve():
            raise UsageError("an edition cannot be merged with itself")
        theirs = connection.connect(path, read_only=True)
        try:
            with edition.writing() as db:
                merged = interchange.merge(db, theirs)
        finally:
            theirs.close()
        say(
            f"merged {plural(merged.entries, 'entry', 'entries')}, {plural(merged.transcripts, 'transcript')}, "
            f"{plural(merged.persons, 'person')}; {plural(merged.conflicts, 'conflict')}"
        )
    raise typer.Exit(1 if merged.conflicts else 0)


journal = typer.Typer(help="The journal as JSON Lines.", no_args_is_help=True)
app.add_typer(journal, name="journal")


@journal.command("export")
def journal_export(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="[FILE|-]")] = Path("-")
) -> None:
    """Write every entry, parents first; ids can be derived again from the file alone."""
    from workbench.store import interchange

    with opened(context) as edition:
        lines = "".join(line + "\n" for line in interchange.export_lines(edition.db))
        if str(file) == "-":
            sys.stdout.write(lines)
            sys.stdout.flush()
        else:
            file.write_text(lines, "utf-8", newline="\n")
            say(f"wrote {file}")


@journal.command("import")
def journal_import(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="[FILE|-]")] = Path("-")
) -> None:
    """Take a journal file in: the union of both."""
    from workbench.store import interchange

    with opened(context) as edition:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableError(f"{file} is no journal file, for it is not UTF-8: {error}") from error
        persons, entries = interchange.read_lines(text.split("\n"))
        with edition.writing() as db:
            added, new = interchange.unite(db, persons, entries)
            conflicts = db.execute("SELECT count(*) FROM conflicts").fetchone()[0]
        say(f"took in {plural(new, 'entry', 'entries')} and {plural(added, 'person')}; {plural(conflicts, 'conflict')}")
    raise typer.Exit(1 if conflicts else 0)
