"""Commands that carry things out and in: export, merge, bundle, git, journal."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from workbench.cli.app import app
from workbench.cli.common import AsJson, Docs, deliver, opened, plural, print_json, progress_bar, say, show
from workbench.core.errors import UsageError


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
        wanted = library.named(edition, documents)
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
    other: Annotated[
        Path,
        typer.Argument(help="Another edition's folder or corrections.db, or a bundle.", metavar="OTHER"),
    ],
    json: AsJson = False,
) -> None:
    """Take another copy's work in: the union of both journals. Exit 1 where conflicts stand.

    All of it or nothing: a database that is not sound, of another edition, or of a newer program is refused by name.
    """
    from workbench.services.exchange import merging

    with opened(context) as edition:
        with progress_bar("merging"):
            merged = merging.merge(edition, other)
        if json:
            print_json(asdict(merged))
        say(
            f"merged {plural(merged.entries, 'entry', 'entries')}, {plural(merged.transcripts, 'transcript')}, "
            f"{plural(merged.persons, 'person')}; {plural(merged.conflicts, 'conflict')}"
        )
        if merged.conflicts:
            say("they are settled on the screen: workbench, then K")
    raise typer.Exit(1 if merged.conflicts else 0)


@app.command()
def bundle(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Documents to hand over.", metavar="DOC…")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder, or a file .zip.", metavar="PATH")],
) -> None:
    """Hand documents to somebody on another machine. `workbench merge` takes the work back."""
    from workbench.services import library
    from workbench.services.exchange import merging

    with opened(context) as edition:
        wanted = [library.resolve(edition, d).id for d in documents]
        with progress_bar("bundling"):
            count = merging.bundle(edition, wanted, output)
        say(f"wrote {output} with {plural(count, 'transcript')} and the whole journal")
        say("there: unpack it, work in its folder; back here: workbench merge")


@app.command()
def git(context: typer.Context) -> None:
    """Let git compare and merge corrections.db in this clone: once a clone, for git does not pass this on."""
    from workbench.services import git as git_

    with opened(context) as edition:
        for line in git_.set_up(edition.folder):
            say(line)


@app.command("merge-driver", hidden=True)
def merge_driver(
    ours: Annotated[Path, typer.Argument(metavar="%A")], theirs: Annotated[Path, typer.Argument(metavar="%B")]
) -> None:
    """What git calls to merge two files; the union is left in the first."""
    from workbench.services.exchange import merging

    with progress_bar("merging corrections.db"):
        merged = merging.merge_for_git(ours, theirs)
    say(f"corrections.db: {plural(merged.entries, 'entry', 'entries')} more; {plural(merged.conflicts, 'conflict')}")


journal = typer.Typer(help="The journal as JSON Lines.", no_args_is_help=True)
app.add_typer(journal, name="journal")


@journal.command("export")
def journal_export(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="[FILE|-]")] = Path("-")
) -> None:
    """Write every entry, parents first; ids can be derived again from the file alone."""
    from workbench.store import interchange

    with opened(context) as edition:
        lines = (line + "\n" for line in interchange.export_lines(edition.db))
        deliver(lines, None if str(file) == "-" else file)


@journal.command("import")
def journal_import(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="[FILE|-]")] = Path("-")
) -> None:
    """Take a journal file in: the union of both. Exit 1 where conflicts stand; all of it or nothing."""
    from workbench.services.exchange import merging

    with opened(context) as edition:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        with progress_bar("merging"):
            merged = merging.import_journal(edition, data, "standard input" if str(file) == "-" else str(file))
        say(
            f"took in {plural(merged.entries, 'entry', 'entries')} and {plural(merged.persons, 'person')};"
            f" {plural(merged.conflicts, 'conflict')}"
        )
    raise typer.Exit(1 if merged.conflicts else 0)
