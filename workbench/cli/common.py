"""What commands share: the edition, the person, and how things are said."""

from __future__ import annotations

import json
import locale
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Timer
from typing import Annotated, Any, cast

import typer

from workbench.core.errors import UsageError
from workbench.core.visible import visible
from workbench.services import persons
from workbench.services.edition import Edition, open_edition, unreadable
from workbench.services.persons import Person
from workbench.services.places import set_user_setting

Doc = Annotated[
    str,
    typer.Argument(help="Number in the list, beginning of the id, file name, or words of the title.", metavar="DOC"),
]
Docs = Annotated[list[str] | None, typer.Argument(help="Documents; none: all of them.", metavar="[DOC…]")]
Lexicon = Annotated[
    Path | None, typer.Option("--lexicon", help="A Hunspell dictionary to read with.", metavar="FILE.dic")
]
STDIN = cast(typer.FileText, "-")
"""What Typer opens for a file that is not named."""
PATIENCE = 1.0
"""Seconds that a person waits before anything is said of it."""
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of words.")]


@contextmanager
def opened(context: typer.Context, *, untouched: bool = False) -> Iterator[Edition]:
    """The edition of a command, closed when the command ends; `untouched` as `open_edition` has it."""
    wait = say if sys.stderr.isatty() else None
    with open_edition(Path(context.obj["folder"]), untouched=untouched, told=wait) as edition:
        for notice in edition.notices:
            say(notice)
        try:
            yield edition
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise
            raise unreadable(edition, error) from error


def who(context: typer.Context, edition: Edition) -> Person:
    """The person who decides; raises UsageError where nobody is named, for nothing is recorded anonymously."""
    name = persons.named(context.obj["person"])
    if name is None:
        proposal = persons.proposed()
        if (
            proposal
            and sys.stdin.isatty()
            and typer.confirm(f"Record decisions as “{proposal}”?", default=True, err=True)
        ):
            set_user_setting("person", proposal)
            name = proposal
        else:
            raise UsageError(
                "nobody is named: use --person NAME, set WORKBENCH_PERSON, or `workbench settings user.person=NAME`"
            )
    with edition.writing():
        return persons.ensure(edition, name)


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's stderr that is told (done, in all), or only that something goes on; else nothing.

    It appears once somebody waits for it. What goes to stdout meanwhile is left alone: it may be a file.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(file=sys.stderr), transient=True, redirect_stdout=False)
    task = bar.add_task(words, total=None)
    appearing = Timer(PATIENCE, bar.start)
    appearing.daemon = True
    appearing.start()
    try:
        yield lambda done, total: bar.update(task, completed=done, total=total)
    finally:
        appearing.cancel()
        appearing.join()
        bar.stop()


def bar_beside_rows(words: str) -> AbstractContextManager[Callable[[int, int], None]]:
    """A bar while rows go into a file or to another program; on a terminal they are seen themselves."""
    return nullcontext(lambda done, total: None) if sys.stdout.isatty() else progress_bar(words)


def told_of_indexes() -> None:
    """Say when the index of a language's words is made: once, and for some seconds."""
    from workbench.lexicon import frequencies

    frequencies.building.append(lambda language: say(f"making the index of words of {language}, once; some seconds"))


def say(words: str) -> None:
    """Words for the person: on stderr, harmless."""
    sys.stderr.write(visible(words) + "\n")


def show(text: str) -> None:
    """Text of documents: exact where it is data, made harmless where it goes to a terminal."""
    if sys.stdout.isatty():
        text = "\n".join(visible(line) for line in text.split("\n"))
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()


def deliver(parts: Iterable[str], file: Path | None) -> None:
    """Text part by part: to stdout, or into a file that is there whole or not at all."""
    if file is None:
        for part in parts:
            show(part)
        return
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as out:
            out.writelines(parts)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    say(f"wrote {file}")


def draws() -> bool:
    """Does stdout go to a terminal whose own encoding has block characters? Ours is UTF-8 whatever the locale is."""
    return sys.stdout.isatty() and locale.getencoding().lower().replace("-", "") == "utf8"


def print_json(value: Any) -> None:
    """One JSON value on a line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def plural(number: int, one: str, many: str = "") -> str:
    """`1 entry`, `2 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
