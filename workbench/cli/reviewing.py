"""Commands for editors: review what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

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
from workbench.cli.common import AsJson, bar_beside_rows, opened, plural, print_json, say, show, who
from workbench.core.entry import Entry
from workbench.core.errors import UsageError
from workbench.services.edition import Edition
from workbench.services.persons import Person

if TYPE_CHECKING:
    from workbench.services.reviewing.review import Item
    from workbench.store.chronicle import Selection

group = typer.Typer(
    help="What wants a second look: list it, approve, dispute, comment.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(group, name="review")

Entries = Annotated[list[str] | None, typer.Argument(help="Beginnings of ids, as list shows them.", metavar="[ENTRY…]")]
Only = Annotated[
    list[str] | None, typer.Option("--only", help="Only for this reason; may be repeated.", metavar="REASON")
]


def _known(only: list[str] | None) -> list[str]:
    from workbench.core.review import CONCERNS

    if unknown := set(only or ()) - set(CONCERNS):
        raise UsageError(f"{min(unknown)!r} is no reason; known: {', '.join(CONCERNS)}")
    return only or []


@group.command("list")
def list_(
    context: typer.Context,
    documents: Annotated[
        list[str] | None, typer.Argument(help="Only these documents.", metavar="[DOC]…", show_default=False)
    ] = None,
    only: Only = None,
    by: By = None,
    since: Since = None,
    until: Until = None,
    class_: Class = None,
    ground: Ground = None,
    suggester: Suggester = None,
    batch: Batch = None,
    certainty: Certainty = None,
    words: Words = None,
    all_: Annotated[bool, typer.Option("--all", help="What is approved as well.")] = False,
    json: AsJson = False,
) -> None:
    """Decisions that nobody has approved yet, with why they want a second look; exit 1 where there are any.

    Reasons: disputed, conflict, low, conjecture, internal, source, unseen, name (names, numbers, dates), bulk.
    """
    from workbench.services import library
    from workbench.services.reviewing import review

    chosen = selection(
        person=by, since=since, until=until, class_=class_, ground=ground, suggester=suggester, batch=batch,
        certainty=certainty, words=words,
    )  # fmt: skip
    with opened(context) as edition, bar_beside_rows("looking") as bar:
        wanted = library.named(edition, documents)
        done = {document.id: number for number, document in enumerate(wanted)}
        found = (
            review.items(edition, wanted, chosen)
            if all_
            else review.waiting(edition, wanted, only=_known(only), selection=chosen)
        )
        count = 0
        for item in found:
            bar(done[item.document.id], len(wanted))
            count += item.verdict != "approved"
            if json:
                print_json(_record(item))
            else:
                show(_line(item))
    say(f"{plural(count, 'decision')} not approved")
    raise typer.Exit(1 if count else 0)


def _record(item: Item) -> dict[str, Any]:
    d = item.entry.decision
    return {
        "entry": item.entry.id, "document": item.document.number, "line": item.line, "act": d.act, "quote": item.quote,
        "value": item.value, "person": item.person, "time": item.entry.time, "verdict": item.verdict,
        "concerns": list(item.concerns), "reason": d.reason, "batch": item.entry.batch,
        "said": [{"act": s.act, "person": s.person, "words": s.words, "time": s.entry.time} for s in item.said],
    }  # fmt: skip


def _line(item: Item) -> str:
    change = f"{item.quote!r} → {item.value!r}" if item.value is not None else repr(item.quote)
    why = f"  [{', '.join(item.concerns)}]" if item.concerns else ""
    said = "".join(f"\n    {s.person}: {s.act}{': ' + s.words if s.words else ''}" for s in item.said)
    where = f"{item.document.number}:{item.line}"
    return f"{item.entry.id[:12]}  {where:>7}  {item.entry.decision.act} {change}  {item.person}{why}{said}\n"


@group.command()
def approve(
    context: typer.Context,
    entries: Entries = None,
    only: Only = None,
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
    """Approve decisions of others: one entry, which undo takes back.

    Without ENTRY: what waits and is by a person, of a period, from a suggester, …; shown first, with its count.
    """
    from workbench.services.reviewing import review

    chosen = selection(
        person=by, since=since, until=until, class_=class_, ground=ground, suggester=suggester, batch=batch,
        certainty=certainty, words=words,
    )  # fmt: skip
    _review(
        context, lambda edition, person: review.approve(
            edition, entries or _meant(edition, person, "Approve", only, chosen, except_, yes), person)
    )  # fmt: skip


@group.command()
def dispute(
    context: typer.Context,
    reason: Annotated[str, typer.Option("--reason", help="What is doubtful; who decided reads it.")],
    entries: Entries = None,
    only: Only = None,
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
    """Dispute decisions, with a reason: they go back to who made them. Without ENTRY: as with approve."""
    from workbench.services.reviewing import review

    chosen = selection(
        person=by, since=since, until=until, class_=class_, ground=ground, suggester=suggester, batch=batch,
        certainty=certainty, words=words,
    )  # fmt: skip
    _review(
        context, lambda edition, person: review.dispute(
            edition, entries or _meant(edition, person, "Dispute", only, chosen, except_, yes), reason, person)
    )  # fmt: skip


def _meant(
    edition: Edition, person: Person, what: str, only: list[str] | None, chosen: Selection, except_: list[str] | None,
    yes: bool,
) -> list[str]:  # fmt: skip
    """Ids of what waits for a person and is meant, after a look at it; raises UsageError where nothing is asked for."""
    from workbench.services import library
    from workbench.services.reviewing import review

    if not chosen and not only:
        raise UsageError("name entries, or say which are meant: --by, --since, --suggester, --batch, --only, …")
    waits = review.waiting(edition, library.headings(edition), only=_known(only), person=person, selection=chosen)
    found = {item.entry.id: item for item in waits}
    meant = without(found, except_)
    confirmed([_line(found[one]) for one in meant], what, yes)
    return meant


@group.command()
def amend(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help="Beginning of its id.", metavar="ENTRY")],
    value: Annotated[str, typer.Argument(help="What should stand there.", metavar="VALUE")],
    reason: Annotated[str, typer.Option("--reason", help="Why; who decided first reads it.")],
    ground: Annotated[str, typer.Option("--ground", help="page, witness, internal, external, conjecture.")] = "",
) -> None:
    """Decide otherwise where a decision stands. It is your own then: who decided first, or another, approves it.

    In an edition of one person it is approved with that.
    """
    from workbench.services.reviewing import review
    from workbench.store import entries

    with opened(context) as edition:
        person, old = who(context, edition), entries.one(edition.db, entry)
        made = review.amend(edition, old, value, reason, person, ground=ground)
        print_json({"id": made.id, "supersedes": sorted(made.supersedes)})


@group.command()
def comment(
    context: typer.Context,
    entries: Annotated[list[str], typer.Argument(help="Beginnings of ids, as list shows them.", metavar="ENTRY…")],
    body: Annotated[str, typer.Option("--body", help="What there is to say.")],
) -> None:
    """Say something about decisions that settles nothing."""
    from workbench.services.reviewing import review

    _review(context, lambda edition, person: review.comment(edition, entries, body, person))


def _review(context: typer.Context, act: Callable[[Edition, Person], Entry]) -> None:
    with opened(context) as edition:
        made = act(edition, who(context, edition))
        print_json({"id": made.id, "entries": sorted(made.targets)})
        say(f"{made.decision.act}: {plural(len(made.targets), 'entry', 'entries')}")


@app.command()
def returned(
    context: typer.Context,
    by: Annotated[str | None, typer.Option("--by", help="Another person's, not your own.", metavar="NAME")] = None,
    json: AsJson = False,
) -> None:
    """Your decisions as others changed them: what you put, what stands now, who changed it and why."""
    from workbench.services import persons
    from workbench.services.reviewing.returned import returned as changed

    with opened(context) as edition:
        person = persons.known(edition, by) if by is not None else who(context, edition)
        for one in changed(edition, person):
            yours = one.value if one.value is not None else one.quote
            if json:
                print_json(
                    {
                        "entry": one.entry.id, "line": one.line, "quote": one.quote, "yours": yours, "now": one.now,
                        "by": [
                            {"entry": o.entry.id, "act": o.entry.decision.act, "person": o.person, "time": o.entry.time,
                             "reason": o.entry.decision.reason, "body": o.entry.decision.data.get("body")}
                            for o in one.by
                        ],
                    }
                )  # fmt: skip
                continue
            now = f", now “{one.now}”" if one.now is not None else ", stands"
            show(f"{one.entry.id[:10]}  line {one.line}: “{' '.join(one.quote.split())}” → “{yours}”{now}\n")
            for other in one.by:
                d = other.entry.decision
                words = d.reason or d.data.get("body")
                show(f"    {other.entry.time[:10]} {other.person}: {d.act}{f' — {words}' if words else ''}\n")
