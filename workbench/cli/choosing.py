"""Options that choose entries: by person, period, class, ground, suggester, batch, certainty, words; exceptions."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.common import plural, say, show
from workbench.core.errors import UsageError

if TYPE_CHECKING:
    from workbench.store.chronicle import Selection

By = Annotated[str | None, typer.Option("--by", help="Only by this person.", metavar="NAME")]
Since = Annotated[str | None, typer.Option("--since", help="2026-01-31, or less of it.", metavar="TIME")]
Until = Annotated[str | None, typer.Option("--until", help="2026-01-31, or less of it.", metavar="TIME")]
Class = Annotated[str | None, typer.Option("--class", help="Of the page or of the reading.", metavar="CLASS")]
Ground = Annotated[str | None, typer.Option("--ground", help="page, internal, conjecture, …")]
Suggester = Annotated[str | None, typer.Option("--suggester", help="What proposed it.")]
Batch = Annotated[str | None, typer.Option("--batch", help="The name of a batch.")]
Certainty = Annotated[str | None, typer.Option("--certainty", help="high, medium, low.")]
Words = Annotated[str | None, typer.Option("--words", help="In the text, the values, the reason, the particulars.")]
Except = Annotated[
    list[str] | None, typer.Option("--except", help="But not this entry; may be repeated.", metavar="ENTRY")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def without(found: Iterable[str], exceptions: Collection[str] | None) -> list[str]:
    """Ids of entries without those whose ids begin so; raises UsageError for an exception that is none of them."""
    found = list(found)
    for prefix in exceptions or ():
        if not any(one.startswith(prefix) for one in found):
            raise UsageError(f"{prefix!r} is none of those that are meant")
    return [one for one in found if not any(one.startswith(prefix) for prefix in exceptions or ())]


def confirmed(lines: Collection[str], what: str, yes: bool) -> None:
    """Show what is meant, and go on only with a yes; raises UsageError where nothing is."""
    if not lines:
        raise UsageError("nothing like this is there")
    show("".join(lines))
    count = plural(len(lines), "entry", "entries")
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"{what} {count}, as one entry?", err=True)):
        say("nothing was recorded; --yes records without asking")
        raise typer.Exit(1)


def selection(**asked: Any) -> Selection:
    """A selection of entries, by the names of its fields."""
    from workbench.store.chronicle import Selection

    return Selection(**asked)
