"""Commands that make and fill an edition: init, add, suggest, describe, split, join, settings, demo, open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.app import app
from workbench.cli.common import (
    AsJson,
    Doc,
    Docs,
    Lexicon,
    opened,
    plural,
    print_json,
    progress_bar,
    say,
    show,
    told_of_indexes,
    who,
)
from workbench.core.errors import UsageError

if TYPE_CHECKING:
    from workbench.services.suggestions.suggesting import Found


@app.command("open")
def open_(
    context: typer.Context,
    edition: Annotated[str | None, typer.Argument(help="Edition folder, or a document.", metavar="[EDITION]")] = None,
    document: Annotated[str | None, typer.Argument(help="Document to open.", metavar="[DOC]")] = None,
) -> None:
    """Open the screen: the library, or a document at the desk."""
    from workbench.tui.app import run

    folder = Path(context.obj["folder"])
    if edition is not None and Path(edition).is_dir():
        folder = Path(edition)
    elif edition is not None and document is None:
        document = edition
    elif edition is not None:
        raise UsageError(f"there is no folder {edition}")
    raise typer.Exit(run(folder, document=document, person=context.obj["person"]))


@app.command()
def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to keep it.", metavar="[DIR]")] = Path("workbench-demo"),
    open_screen: Annotated[bool, typer.Option("--open/--no-open", help="Open the screen on it.")] = True,
) -> None:
    """Two real letters to try things on: one finished, one waiting. Kept between runs."""
    from workbench.services.demo import make_demo

    told_of_indexes()
    with progress_bar("looking for suggestions") as bar:
        made = make_demo(folder, bar)
    if made:
        say(f"made a demo edition in {folder}")
    if open_screen:
        from workbench.tui.app import run

        raise typer.Exit(run(folder, person=context.obj["person"]))


@app.command()
def init(
    context: typer.Context, folder: Annotated[Path | None, typer.Argument(help="Folder.", metavar="[DIR]")] = None
) -> None:
    """Make an edition: corrections.db and transcripts/."""
    from workbench.services.edition import init as make

    target = folder or Path(context.obj["folder"])
    make(target).close()
    say(f"made an edition in {target.resolve()}; next: workbench add FILE…")


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Files and folders of raw OCR.", metavar="FILE|FOLDER…")],
    reader: Annotated[
        str | None, typer.Option(help="plain, markdown, tsv, alto, hocr or page; else by the look.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the files; else detected.")] = None,
    witness: Annotated[
        Path | None,
        typer.Option("--witness", help="Attach this file to a document, named instead of files.", metavar="FILE"),
    ] = None,
    image: Annotated[
        Path | None,
        typer.Option(
            "--image", help="Attach this image to a page of a document, named instead of files.", metavar="FILE"
        ),
    ] = None,
    page: Annotated[int | None, typer.Option("--page", help="The page that the image shows, from 1.")] = None,
) -> None:
    """Add raw OCR. The files are kept as they are; what is passed over is said.

    With --witness FILE DOC: attach another reading of the document: a second OCR of the same pages, another copy, a
    publication. Where it differs is evidence, what it has there a candidate.

    With --image FILE DOC: attach the image of a page, copied into transcripts/images/; --page N, else the first page
    without one. An image that a file of OCR names and that lies beside it is attached by itself.

    An image named as a FILE is a document to be transcribed from nothing; --reader image takes all those of a folder.
    """
    from workbench.services import adding, images, library

    if image is not None and (witness is not None or len(paths) != 1):
        raise UsageError("--image goes with one document: workbench add --image FILE DOC")
    if page is not None and image is None:
        raise UsageError("--page goes with --image: workbench add --image FILE --page N DOC")
    refused = 0
    with opened(context) as edition:
        if witness is not None:
            for document in paths:
                listing = library.resolve(edition, document)
                new = adding.add_witness(edition, witness, listing.id, encoding=encoding)
                say(f"{'added' if new else 'known'}: {witness.name} is a witness of {listing.title}")
            say("next: workbench suggest")
            return
        if image is not None:
            listing = library.resolve(edition, paths[0])
            attached = images.attach(edition, image, listing.id, page=page)
            pages = ", ".join(map(str, attached.pages))
            said = f"shows page{'s' if len(attached.pages) > 1 else ''} {pages} of {listing.title}"
            say(f"{'added' if attached.new else 'known'}: {image.name} {said}")
            return
        for one in adding.add(edition, map(Path, paths), reader=reader, encoding=encoding):
            refused += one.outcome == "refused"
            say(f"{one.outcome.replace('-', ' ')}: {one.path.name}" + (f" ({one.detail})" if one.detail else ""))
    raise typer.Exit(1 if refused else 0)


@app.command()
def suggest(
    context: typer.Context,
    documents: Docs = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that work side by side.")] = 1,
    lexicon: Lexicon = None,
    afresh: Annotated[bool, typer.Option("--afresh", help="Also where nothing has changed.")] = False,
    accept_above: Annotated[
        float | None,
        typer.Option("--accept-above", help="Then accept first candidates from this chance on.", metavar="P"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Accept without asking.")] = False,
) -> None:
    """Look for suggestions and keep them in the edition. Nothing is decided by that.

    Texts whose suggestions rest on nothing that has changed are passed over; a run that was stopped goes on.

    With --accept-above P what would be accepted is shown, and accepted as one batch once you say so: only from
    suggesters that are known to be right so often, and no name, number, date or abbreviation. `undo` takes it back.
    """
    from workbench.services import library
    from workbench.services.suggestions import bulk, bulk_report, suggesting

    told_of_indexes()

    with opened(context) as edition:
        wanted = library.named(edition, documents)
        with progress_bar("suggesting") as bar:
            found = suggesting.suggest(edition, wanted, bar, jobs=jobs, afresh=afresh, dictionary=str(lexicon or ""))
        _tell(found)
        if accept_above is None:
            return
        offered = bulk.offer(edition, wanted, accept_above)
        show("".join(f"{line}\n" for line in bulk_report.in_words(edition, offered)))
        count = plural(len(offered.accepted), "suggestion")
        if not offered.accepted:
            raise typer.Exit(1)
        if not yes and not (sys.stdin.isatty() and typer.confirm(f"Accept {count} as one batch?", err=True)):
            say("nothing was accepted; --yes accepts without asking")
            raise typer.Exit(1)
        bulk.accept(edition, offered, who(context, edition))
        say(f"accepted {count}; workbench undo takes them back together")


def _tell(found: Found) -> None:
    spoken = ", ".join(f"{language} {n}" for language, n in found.languages.most_common())
    say(f"searched {plural(found.searched, 'text')}, {found.unchanged} unchanged; languages: {spoken or 'none'}")
    say(f"{plural(found.suggestions, 'suggestion')}, {found.open} open")


@app.command()
def authorities(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Lists to import.", metavar="[FILE…]")] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", help="Take a list out, by the name of its file.", metavar="NAME")
    ] = None,
    json: AsJson = False,
) -> None:
    """Names of persons, places and bodies that the documents may hold: import lists, or print them.

    A list is CSV or TSV with the columns name, kind (person, place, body, other) and note; only the name is needed.
    Its names are known in all their forms, and misread ones find them. A file of the same name takes its place.
    """
    from workbench.services import authorities as lists
    from workbench.store import authorities as kept

    with opened(context) as edition:
        if remove is not None:
            with edition.writing() as db:
                gone = kept.remove(db, remove)
            if not gone:
                raise UsageError(f"there is no list {remove!r}; see: workbench authorities")
            say(f"took out {plural(gone, 'name')}")
        for path in files or ():
            say(f"{path.name}: {plural(lists.add(edition, path), 'name')}")
        if files or remove is not None:
            say("next: workbench suggest")
            return
        for one in kept.every(edition.db):
            record = {"name": one.name, "kind": one.kind, "note": one.note, "source": one.source}
            if json:
                print_json(record)
            else:
                show("\t".join(record.values()) + "\n")


@app.command()
def describe(
    context: typer.Context,
    document: Doc,
    fields: Annotated[
        list[str] | None, typer.Argument(help="Fields to set; none: print them.", metavar="FIELD=VALUE…")
    ] = None,
    json: AsJson = False,
) -> None:
    """Say what a document is: archive, fond, author, addressee, date, … An empty value makes it unknown again."""
    from workbench.core.description import FIELDS
    from workbench.services import deciding, library

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        if fields:
            pairs = {name: value for name, _, value in (field.partition("=") for field in fields)}
            if bad := [f for f in fields if "=" not in f]:
                raise UsageError(f"{bad[0]!r} is not FIELD=VALUE; fields: {', '.join(FIELDS)}")
            asked = {"act": "describe", "document": listing.id, "fields": pairs}
            deciding.record_all(edition, [asked], who(context, edition))
        elif json:
            print_json(listing.description)
        else:
            show("".join(f"{name}: {listing.description.get(name, '')}\n" for name in FIELDS))


@app.command()
def split(
    context: typer.Context,
    document: Doc,
    at: Annotated[
        str, typer.Argument(help="TRANSCRIPT:OFFSET in code points, or TRANSCRIPT:LINE with --line.", metavar="PLACE")
    ],
    line: Annotated[bool, typer.Option("--line", help="The place is a line number, from 1.")] = False,
) -> None:
    """Split a document in two where another one begins."""
    from workbench.services import deciding, library
    from workbench.store import texts

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        name, _, number = at.rpartition(":")
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise UsageError(f"{at!r} is no place; write TRANSCRIPT:OFFSET")
        row = deciding.text_of(edition, name or listing.transcripts[0])
        offset = int(number)
        if line:
            starts = texts.line_starts(edition.db, row.id, offset - 1, offset)
            if not starts:
                raise UsageError(f"{row.name} has no line {offset}")
            offset = starts[0]
        if not any(s.text == row.sha and s.start < offset < s.end for s in library.stretches(edition, listing.id)):
            raise UsageError(f"{offset} does not lie inside {listing.title}")
        asked = {"act": "split", "document": listing.id, "transcript": row.sha, "start": offset}
        deciding.record_all(edition, [asked], who(context, edition))
        say("two documents now; see: workbench list")


@app.command()
def join(context: typer.Context, document: Doc, other: Annotated[str, typer.Argument(metavar="OTHER")]) -> None:
    """Append another document to one; the two become one."""
    from workbench.services import deciding, library

    with opened(context) as edition:
        one, two = library.resolve(edition, document), library.resolve(edition, other)
        if one.id == two.id:
            raise UsageError("a document cannot be joined with itself")
        deciding.record_all(edition, [{"act": "join", "document": one.id, "other": two.id}], who(context, edition))


@app.command()
def settings(
    context: typer.Context,
    pairs: Annotated[
        list[str] | None, typer.Argument(help="Settings to set; none: print them.", metavar="KEY=VALUE…")
    ] = None,
    json: AsJson = False,
) -> None:
    """Settings of the edition: language, style, rules, marks, placing.

    Your own: `user.person`, `user.language`, `user.images` (auto, kitty, sixel, halfblocks, off), `user.learn` and
    `user.measure` (on, off), `user.key` and `user.signers` (files, for `sign` and `verify`).
    """
    from workbench.services import deciding
    from workbench.services import settings as kept
    from workbench.services.places import USER_SETTINGS, set_user_setting

    if pairs and (bad := [p for p in pairs if "=" not in p]):
        raise UsageError(f"{bad[0]!r} is not KEY=VALUE")
    own = [p.split("=", 1) for p in pairs or () if p.startswith("user.")]
    for key, value in own:
        name = key.removeprefix("user.")
        if name not in USER_SETTINGS:
            raise UsageError(f"there is no setting {key}; known: {', '.join(f'user.{n}' for n in USER_SETTINGS)}")
        if USER_SETTINGS[name] and value not in USER_SETTINGS[name]:
            raise UsageError(f"{key} has no value {value!r}; known: {', '.join(USER_SETTINGS[name])}")
        set_user_setting(name, value)
    edition_pairs = [p.split("=", 1) for p in pairs or () if not p.startswith("user.")]
    if own and not edition_pairs:
        return
    with opened(context) as edition:
        if edition_pairs:
            person = who(context, edition)
            for key, value in edition_pairs:
                deciding.put_setting(edition, key, value, person)
            return
        found = kept.every(edition)
        if json:
            for s in found:
                print_json({"key": s.key, "value": s.value, "settled": s.settled, "help": s.help})
        else:
            show(
                "".join(
                    f"{'*' if s.settled else ' '} {s.key}={s.value}{'   ' + s.help if s.help else ''}\n" for s in found
                )
            )


@app.command()
def rebase(
    context: typer.Context,
    document: Doc,
    file: Annotated[Path, typer.Argument(help="The new machine reading of the same page.", metavar="NEWFILE")],
    replaces: Annotated[
        str | None, typer.Option("--replaces", help="Which transcript of the document, if it has several.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each decision.")] = False,
    json: AsJson = False,
) -> None:
    """Put a new machine reading in the place of an old one, and carry the decisions over; `undo` takes it back.

    Each decision is kept, moved, found right in the new text already, or, where its place is not to be found, put on
    the checking list for a person. The old text stays, with all that was decided about it. Exit 1 where a person
    has to look.
    """
    from workbench.services import library
    from workbench.services.exchange import rebasing

    with opened(context) as edition:
        if not file.is_file():
            raise UsageError(f"there is no file {file}")
        listing = library.resolve(edition, document)
        person = None if dry else who(context, edition)
        done = rebasing.rebase(edition, listing.id, file, person, replaces=replaces)
        for one in done.carried:
            d = one.entry.decision
            if json:
                print_json(
                    {"entry": one.entry.id, "fate": one.fate, "act": d.act, "quote": d.quote, "page": d.page,
                     "reading": d.reading, "start": one.start, "end": one.end}
                )  # fmt: skip
            elif one.fate == "look":
                show(f"look: “{d.quote}” ({d.act}) should be about {one.start} of {done.new}\n")
        counts = ", ".join(f"{count} {fate}" for fate, count in done.counts.items())
        say(f"{done.old} → {done.new}: {counts}; {plural(done.lines, 'added line')}; "
            f"{plural(done.unread, 'line')} to be read anew")  # fmt: skip
        if not dry:
            say("what a person has to look at is on the checking list; suggestions: workbench suggest")
    raise typer.Exit(1 if done.counts["look"] else 0)
