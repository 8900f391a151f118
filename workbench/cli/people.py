"""Commands about who does what: state, claim, assign, board, persons."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.app import app
from workbench.cli.common import AsJson, Doc, bar_beside_rows, opened, plural, print_json, say, show, who
from workbench.core.errors import UsageError

Who = Annotated[str, typer.Argument(help="A name, a siglum, an alias or an id.", metavar="PERSON")]


@app.command()
def state(
    context: typer.Context,
    document: Doc,
    to: Annotated[
        str | None,
        typer.Argument(help="raw, transcribing, transcribed, reviewing, approved or reopened.", metavar="[STATE]"),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.")] = None,
) -> None:
    """Say in what state a document is, or move it to another, as your role allows."""
    from workbench.core.states import MOVES
    from workbench.services import library, states
    from workbench.services.reviewing import moving, review

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        if to is not None:
            entry = moving.move(edition, listing.id, to, who(context, edition), reason)
            print_json({"id": entry.id, "state": to})
            if to == "approved" and (count := review.unapproved(edition, listing.id)):
                say(f"{plural(count, 'decision')} of it nobody approved one by one: workbench review list")
            return
        now = states.standing(edition, listing.id)
        show(f"{listing.title}: {now.state}\n")
        if now.contested:
            say("two copies moved it apart: the less advanced state holds until somebody moves it on")
        for (from_, next_), roles in MOVES.items():
            if from_ == now.state:
                say(f"  {next_}, by {' or '.join(sorted(roles))}")


@app.command()
def claim(
    context: typer.Context,
    document: Doc,
    hours: Annotated[float, typer.Option("--hours", help="How long it holds.", min=0.1, max=24 * 14)] = 8.0,
    release: Annotated[bool, typer.Option("--release", help="Give it back.")] = False,
) -> None:
    """Say that you are at work on a document, so that nobody begins it beside you. It ends by itself."""
    from workbench.services import library
    from workbench.services.reviewing import moving

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        entry = moving.claim(edition, listing.id, who(context, edition), hours=0 if release else hours)
        print_json({"id": entry.id, "until": entry.decision.data["until"]})


@app.command()
def assign(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Documents, then the person.", metavar="DOC… PERSON")],
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody's: give documents only.")] = False,
) -> None:
    """Make documents a person's work."""
    from workbench.services import library, persons
    from workbench.services.reviewing import moving

    with opened(context) as edition:
        whose = None
        if not nobody:
            if len(documents) < 2:
                raise UsageError("name one or more documents, and then the person whose work they are")
            *documents, name = documents
            with edition.writing():
                whose = persons.meant_or_new(edition, name)
        wanted = [library.resolve(edition, d).id for d in documents]
        made = moving.assign(edition, wanted, whose, who(context, edition))
        say(f"{plural(len(made), 'document')} assigned to {whose.name if whose else 'nobody'}")


@app.command()
def board(
    context: typer.Context,
    by: Annotated[str | None, typer.Option("--by", help="Only this person's work.", metavar="NAME")] = None,
    json: AsJson = False,
) -> None:
    """What is left, with whom, how far, in leaves. JSON: one object a document a line."""
    from workbench.services import library, persons
    from workbench.services.reviewing import board

    with opened(context) as edition, bar_beside_rows("counting leaves") as bar:
        names, total = persons.names(edition), len(library.ids(edition))
        wanted = persons.known(edition, by).name if by is not None else None
        left: dict[str, float] = {}
        for post in board.posts(edition):
            bar(post.number - 1, total)
            now = post.standing
            assigned, holder = (names.get(i, i) if i else None for i in (now.assigned, now.holder))
            if wanted is not None and wanted not in (assigned, holder):
                continue
            left[assigned or holder or ""] = left.get(assigned or holder or "", 0) + post.left
            if json:
                print_json(
                    {
                        "number": post.number, "document": post.document, "state": now.state,
                        "contested": now.contested, "assigned": assigned, "claimed": holder, "until": now.until,
                        "leaves": post.leaves, "left": post.left, "lines": post.lines, "read": post.read,
                    }
                )  # fmt: skip
                continue
            held = f" (at work until {(now.until or '')[:16].replace('T', ' ')})" if holder else ""
            show(
                f"{post.number:4} {now.state:12} {post.done:4.0%} of {plural(post.leaves, 'leaf', 'leaves'):10}"
                f" {assigned or holder or 'nobody':20}{held}  {library.heading(edition, post.document)}\n"
            )
        for name, leaves in sorted(left.items()):
            say(f"{name or 'nobody'}: {leaves:g} {'leaf' if leaves == 1 else 'leaves'} left")


persons_app = typer.Typer(help="Who works here: names, sigla, roles.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(persons_app, name="persons")


@persons_app.command("list")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """Everybody, with siglum, role, aliases. JSON: one object a line."""
    from workbench.services import persons

    with opened(context) as edition:
        for p in persons.everyone(edition):
            if json:
                print_json({"id": p.id, "name": p.name, "siglum": p.siglum, "role": p.role, "aliases": p.aliases})
            else:
                also = f"  also {', '.join(p.aliases)}" if p.aliases else ""
                show(f"{p.siglum:6} {p.role:12} {p.name}{also}\n")


@persons_app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[str, typer.Option("--role", help="transcriber, reviewer or editor.")] = "transcriber",
) -> None:
    """Register a person before the first decision."""
    from workbench.core.states import ROLES
    from workbench.services import persons

    if role not in ROLES:
        raise UsageError(f"{role!r} is no role; known: {', '.join(ROLES)}")
    with opened(context) as edition:
        if persons.find(edition, name) is not None:
            raise UsageError(f"{name!r} is registered already")
        with edition.writing():
            persons.ensure(edition, name, role=role)


@persons_app.command()
def role(context: typer.Context, person: Who, role: Annotated[str, typer.Argument(metavar="ROLE")]) -> None:
    """Let a person be transcriber, reviewer or editor from now on."""
    from workbench.services import persons

    with opened(context) as edition:
        persons.set_role(edition, persons.known(edition, person), role)


@persons_app.command()
def rename(context: typer.Context, person: Who, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Correct a name; the old one is known as an alias."""
    from workbench.services import persons

    with opened(context) as edition:
        persons.rename(edition, persons.known(edition, person), name)


@persons_app.command()
def alias(context: typer.Context, person: Who, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Know a person by another name too."""
    from workbench.services import persons

    with opened(context) as edition:
        persons.add_alias(edition, persons.known(edition, person), name)


@persons_app.command()
def siglum(context: typer.Context, person: Who, siglum: Annotated[str, typer.Argument(metavar="SIGLUM")]) -> None:
    """The short sign of a person in lists and notes."""
    from workbench.services import persons

    with opened(context) as edition:
        persons.set_siglum(edition, persons.known(edition, person), siglum)


@persons_app.command()
def same(
    context: typer.Context, person: Who, other: Annotated[str, typer.Argument(help="Who is the same.", metavar="OTHER")]
) -> None:
    """Two turned out to be one: OTHER counts as PERSON from now on, in reviews too."""
    from workbench.services import persons

    with opened(context) as edition:
        persons.unite(edition, persons.known(edition, person), persons.known(edition, other))


@persons_app.command()
def erase(
    context: typer.Context,
    person: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a person's names out of the table. What was decided stays, under an id that says nothing."""
    from workbench.services import persons

    with opened(context) as edition:
        found = persons.known(edition, person)
        if not yes:
            typer.confirm(f"Take the names of {found.name} out, for good?", abort=True, err=True)
        persons.erase(edition, found)
        say("taken out here; other copies of the edition and its backups still have the names")
