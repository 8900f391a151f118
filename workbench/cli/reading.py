"""Commands that read: list, show, explain, check, status, keys."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from workbench.cli.app import app
from workbench.cli.common import (
    AsJson,
    Doc,
    Lexicon,
    bar_beside_rows,
    opened,
    plural,
    print_json,
    progress_bar,
    say,
    show,
    told_of_indexes,
)
from workbench.core.errors import UnreadableError


@app.command("list")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """The documents with state, progress and persons. JSON: one object a line."""
    from workbench.services import library

    with opened(context) as edition, bar_beside_rows("listing") as bar:
        total = len(library.ids(edition))
        for d in library.each(edition):
            bar(d.number - 1, total)
            if json:
                print_json(
                    {
                        "number": d.number, "id": d.id, "title": d.title, "state": d.state,
                        "progress": d.progress, "lines": d.lines,
                        "transcripts": d.transcripts, "suggestions": d.suggestions, "open": d.open,
                        "decisions": d.decisions, "persons": d.persons, "last_decision": d.last_decision,
                    }
                )  # fmt: skip
            else:
                people = f"  {', '.join(d.persons)}" if d.persons else ""
                show(f"{d.number:3} {d.state:12} {d.open:5} open {d.decisions:5} decided  {d.title}{people}\n")
        if not total:
            say("no documents yet; add some with: workbench add FILE…")


_FEATURES = 8
"""So many of an option's features are printed, the weightiest."""


@app.command("show")
def show_(
    context: typer.Context,
    document: Doc,
    text: Annotated[
        Literal["diplomatic", "reading", "search", "raw"], typer.Option("--text", help="Which text.")
    ] = "reading",
    style: Annotated[str | None, typer.Option("--style", help="archival or reader.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="As of a time or an entry.", metavar="TIME|ENTRY")] = None,
) -> None:
    """Print a text of a document, with its notes; `raw` is the raw OCR, exactly."""
    from workbench.services import library, moments, printing

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        moment = moments.as_of(edition, at) if at else moments.present(edition)
        if text == "raw":
            show(printing.raw_text(edition, listing.id, moment))
        else:
            made = printing.export(edition, listing.id, kind=text, style=style, moment=moment)
            show(printing.written(made, "txt"))


@app.command()
def explain(
    context: typer.Context,
    document: Doc,
    start: Annotated[int, typer.Argument(help="A place in the raw text, in code points from 0.")],
) -> None:
    """Why a word is doubted or not: all its options, with their probabilities and what speaks for each."""
    from workbench.core.visible import visible
    from workbench.services import library
    from workbench.services.suggestions import suggesting

    told_of_indexes()

    with opened(context) as edition:
        line, slots = suggesting.explain(edition, library.resolve(edition, document).id, start)
    show(f"{visible(line)}\n")
    if not slots:
        show("nothing is in doubt here: a common word, or white space\n")
    for slot in slots:
        for option in slot:
            text = "something else" if option.text is None else f"“{visible(option.text)}”"
            show(f"\n{option.probability:7.2%}  {text}  ({option.kind})\n")
            for name, value, adds in option.features[:_FEATURES]:
                show(f"         {adds:+6.2f}  {name} = {value:.4g}\n")


@app.command()
def evaluate(
    raw: Annotated[Path, typer.Argument(help="A raw file, or a folder of NAME.raw.txt.", metavar="RAW")],
    truth: Annotated[
        Path | None,
        typer.Argument(help="Its truth, or a folder of the same names; none: NAME.gt.txt.", metavar="TRUTH"),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the texts; else as each shows.")] = None,
    threshold: Annotated[float, typer.Option("--threshold", help="Accept first candidates from this chance on.")] = 0.9,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Processes that work side by side.")] = 1,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with the differences as well.", metavar="FILE")
    ] = None,
    json: AsJson = False,
) -> None:
    """How good the suggestions are where the truth is known: what they find, propose and repair."""
    from workbench.services.evaluation import evaluating, evaluation_page, evaluation_report

    told_of_indexes()

    found = evaluating.pairs(raw, truth)
    with progress_bar("evaluating") as bar:
        report = evaluating.evaluate(found, language=lang, threshold=threshold, jobs=jobs, progress=bar)
    record = report.record()
    if html is not None:
        html.write_text(evaluation_page.page(report), "utf-8")
        say(f"the differences are in {html}")
    if json:
        print_json(record)
        return
    show(evaluation_report.in_words(record, threshold))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Files; - is standard input.", metavar="FILE…|-")],
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the text; else as it shows.")] = None,
    lexicon: Lexicon = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="How to print.")] = "text",
) -> None:
    """Suggestions for files, with no edition at all; exit 1 where there are any.

    JSON: one array for one file, an object of arrays by file name for several; items have start, end (code points),
    text, kind, class, suggester, candidates [{text, probability}], evidence [sentences]; sorted, without overlaps.
    """
    from workbench.i18n.evidence import words
    from workbench.services.places import language
    from workbench.services.suggestions.suggesting import check_text

    spoken_here = language()
    told_of_indexes()

    results: dict[str, list[dict[str, Any]]] = {}
    failed = 0
    for path in files:
        name = "(standard input)" if str(path) == "-" else os.fsencode(path).decode("utf-8", "backslashreplace")
        try:
            data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
            text, found, spoken = check_text(data, name=Path(name).name, language=lang, dictionary=str(lexicon or ""))
        except OSError as error:
            say(f"workbench: {name}: {error.strerror or error}")
            failed = 3
            continue
        except UnreadableError as error:
            say(f"workbench: {error}")
            failed = 3
            continue
        say(f"{name}: {text.reader}, {text.encoding}, language {spoken}, {plural(len(found), 'suggestion')}")
        results[name] = [
            {
                "start": s.start, "end": s.end, "text": s.quote, "kind": s.kind, "class": s.change,
                "suggester": s.suggester,
                "candidates": [{"text": c.text, "probability": c.probability} for c in s.candidates],
                "evidence": [words(e, spoken_here) for e in s.evidence],
            }
            for s in found
        ]  # fmt: skip
        if format == "text":
            for s in found:
                line = text.line_at(s.start) + 1
                best = f" → “{s.candidates[0].text}” {s.candidates[0].probability:.0%}" if s.candidates else ""
                why = "; ".join(words(e, spoken_here) for e in s.evidence)
                show(f"{name}:{line}: “{' '.join(s.quote.split())}”{best}  {s.kind}, {s.change}: {why}\n")
    if format == "json":
        print_json(next(iter(results.values()), []) if len(files) == 1 else results)
    raise typer.Exit(failed or (1 if any(results.values()) else 0))


@app.command()
def status(
    context: typer.Context,
    json: AsJson = False,
    mine: Annotated[bool, typer.Option("--mine", help="Your own pace, kept for you alone.")] = False,
) -> None:
    """How far the edition is, and what a person should know about its files.

    --mine: keys and seconds a decision, counted at the desk once you set user.measure=on; kept in your own state
    folder, never in the edition.
    """
    from workbench.services import adding, library, persons
    from workbench.services.reviewing import conflicts as standing_apart
    from workbench.store import entries

    if mine:
        _own_pace(context, json)
        return
    with opened(context) as edition:
        found = library.totals(edition)
        changed = adding.changed_sources(edition)
        size = edition.database.stat().st_size
        total = edition.db.execute("SELECT count(*) FROM entries").fetchone()[0]
        conflicts = len(standing_apart.every(edition))
        facts = {
            "edition": str(edition.folder),
            "documents": found.documents,
            "decided": found.decided,
            "open_suggestions": found.open,
            "entries": total,
            "conflicts": conflicts,
            "heads": list(entries.heads(edition.db)),
            "bytes": size,
            "person": persons.named(context.obj["person"]),
            "changed_files": changed,
        }
        if json:
            print_json(facts)
            return
        for key in ("edition", "documents", "decided", "open_suggestions", "entries", "conflicts", "person"):
            show(f"{key.replace('_', ' '):17} {'–' if facts[key] is None else facts[key]}\n")
        for sentence in changed:
            say(sentence)
        if size > 20_000_000:
            say("corrections.db is above 20 MB; for git keep `workbench journal export` instead")


def _own_pace(context: typer.Context, json: bool) -> None:
    from dataclasses import asdict

    from workbench.services import mine

    with opened(context) as edition:
        pace = asdict(mine.pace(edition.folder))
    if json:
        print_json(pace)
        return
    for name, value in pace.items():
        show(f"{name.replace('_', ' '):19} {'–' if value is None else round(value, 1)}\n")
    if not mine.wanted():
        say("nothing is counted now; `workbench settings user.measure=on` begins")


@app.command()
def keys(json: AsJson = False) -> None:
    """The keys in force, as your keys.toml has them; exit 1 where something in it cannot hold."""
    from workbench.core.errors import UnreadableError
    from workbench.tui import commands, keymap
    from workbench.tui.command import shown, with_twins

    try:
        moved, problems = keymap.checked(keymap.read(keymap.path()))
    except UnreadableError as error:
        moved, problems = {}, [str(error)]
    for command in (*commands.EVERYWHERE, *(c for table in commands.SCREENS.values() for c in table)):
        reached = with_twins(moved.get(command.id, command.keys))
        if json:
            print_json({"command": command.id, "keys": reached, "title": command.title})
        else:
            show(f"{command.id:26} {' '.join(map(shown, reached)):30} {command.title}\n")
    say(f"your own keys: {keymap.path()}")
    for problem in problems:
        say(problem)
    raise typer.Exit(1 if problems else 0)
