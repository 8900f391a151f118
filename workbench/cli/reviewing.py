"""Commands for editors: review what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from workbench.cli.app import app
from workbench.cli.common import AsJson, opened, plural, print_json, say, show, who
from workbench.core.errors import UsageError

group = typer.Typer(
    help="What wants a second look: list it, approve, dispute, comment.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(group, name="review")

Entries = Annotated[list[str], typer.Argument(help="Beginnings of ids, as list shows them.", metavar="ENTRY…")]


@group.command("list")
def list_(
    context: typer.Context,
    documents: Annotated[
        list[str] | None, typer.Argument(help="Only these documents.", metavar="[DOC]…", show_default=False)
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only for this reason; may be repeated.", metavar="REASON")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="What is approved as well.")] = False,
    json: AsJson = False,
) -> None:
    """Decisions that nobody has approved yet, with why they want a second look; exit 1 where there are any.

    Reasons: disputed, conflict, low, conjecture, internal, source, unseen, name (names, numbers, dates), bulk.
    """
    from workbench.core.review import CONCERNS
    from workbench.services import library, review

    if unknown := set(only or ()) - set(CONCERNS):
        raise UsageError(f"{min(unknown)!r} is no reason; known: {', '.join(CONCERNS)}")
    with opened(context) as edition:
        wanted = [library.resolve(edition, d) for d in documents] if documents else library.listings(edition)
        found = review.items(edition, wanted) if all_ else review.waiting(edition, wanted, only=only or ())
        count = 0
        for item in found:
            count += item.verdict != "approved"
            if json:
                print_json(_record(item))
            else:
                show(_line(item))
    say(f"{plural(count, 'decision')} not approved")
    raise typer.Exit(1 if count else 0)


def _record(item: Any) -> dict[str, Any]:
    d = item.entry.decision
    return {
        "entry": item.entry.id, "document": item.document.number, "line": item.line, "act": d.act, "quote": item.quote,
        "value": item.value, "person": item.person, "time": item.entry.time, "verdict": item.verdict,
        "concerns": list(item.concerns), "reason": d.reason, "batch": item.entry.batch,
        "said": [{"act": s.act, "person": s.person, "words": s.words, "time": s.entry.time} for s in item.said],
    }  # fmt: skip


def _line(item: Any) -> str:
    change = f"{item.quote!r} → {item.value!r}" if item.value is not None else repr(item.quote)
    why = f"  [{', '.join(item.concerns)}]" if item.concerns else ""
    said = "".join(f"\n    {s.person}: {s.act}{': ' + s.words if s.words else ''}" for s in item.said)
    where = f"{item.document.number}:{item.line}"
    return f"{item.entry.id[:12]}  {where:>7}  {item.entry.decision.act} {change}  {item.person}{why}{said}\n"


@group.command()
def approve(context: typer.Context, entries: Entries) -> None:
    """Approve decisions of others: one entry, which undo takes back."""
    from workbench.services import review

    _review(context, lambda edition, person: review.approve(edition, entries, person))


@group.command()
def dispute(
    context: typer.Context,
    entries: Entries,
    reason: Annotated[str, typer.Option("--reason", help="What is doubtful; who decided reads it.")],
) -> None:
    """Dispute decisions, with a reason: they go back to who made them."""
    from workbench.services import review

    _review(context, lambda edition, person: review.dispute(edition, entries, reason, person))


@group.command()
def comment(
    context: typer.Context, entries: Entries, body: Annotated[str, typer.Option("--body", help="What there is to say.")]
) -> None:
    """Say something about decisions that settles nothing."""
    from workbench.services import review

    _review(context, lambda edition, person: review.comment(edition, entries, body, person))


def _review(context: typer.Context, act: Callable[[Any, Any], Any]) -> None:
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
    from workbench.services.returned import returned as changed

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
