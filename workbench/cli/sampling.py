"""Commands for the quality of a text: sample, collate."""

from __future__ import annotations

import json as json_
import sys
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.app import app
from workbench.cli.common import STDIN, AsJson, Doc, opened, plural, print_json, progress_bar, say, show, who
from workbench.core.errors import UsageError
from workbench.services.edition import Edition

if TYPE_CHECKING:
    from workbench.services.quality.sampling import Sample

group = typer.Typer(
    help="How many errors are left: lines at random, looked at blind.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(group, name="sample")

Which = Annotated[str, typer.Argument(help="Beginning of its id; none: the last one.", metavar="[SAMPLE]")]
Among = Annotated[
    list[str] | None,
    typer.Argument(help="Documents; none: all that are transcribed.", metavar="[DOC…]", show_default=False),
]


@group.command()
def plan(context: typer.Context, documents: Among = None) -> None:
    """How much text a claim needs, and how much there is."""
    from workbench.core.sampling import CONFIDENCE, STANDARD, needed
    from workbench.services.quality import sampling

    with opened(context) as edition:
        with progress_bar("counting"):
            text = sampling.there_is(edition, _meant(edition, documents))
        characters, strata = text.characters, plural(text.strata, "stratum", "strata")
        show(f"there are {characters:,} characters in {text.lines:,} lines, {strata}\n")
        show(
            f"the standard of two careful readers is 1 error in {round(1 / STANDARD):,} characters: to claim it at"
            f" {CONFIDENCE:.0%}, about {needed():,} characters have to be looked at without an error\n"
        )
        if characters < needed():
            show(
                f"that is more than there is: all of it without an error shows no more than 1 in {characters // 3:,}\n"
            )


def _meant(edition: Edition, documents: list[str] | None) -> list[str]:
    from workbench.services import library
    from workbench.services.quality import sampling

    wanted = [library.resolve(edition, d).id for d in documents] if documents else sampling.finished(edition)
    if not wanted:
        raise UsageError("no document is transcribed yet (workbench state DOC transcribed); or name documents")
    return wanted


@group.command()
def draw(
    context: typer.Context,
    documents: Among = None,
    characters: Annotated[int, typer.Option("--characters", help="About how much to look at.", min=1)] = 10_000,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed draws the same lines.")] = None,
) -> None:
    """Draw lines at random, by person and by whether anything was flagged; look at them in the screen (S there)."""
    import secrets

    from workbench.services.quality import sampling

    with opened(context) as edition:
        chosen = seed if seed is not None else secrets.randbelow(2**31)
        person = who(context, edition)
        with progress_bar("drawing"):
            made = sampling.make(edition, _meant(edition, documents), characters, chosen, person)
        print_json({"id": made.entry.id, "lines": len(made.lines), "characters": sum(x.characters for x in made.lines)})


def _sample(edition: Edition, prefix: str) -> Sample:
    from workbench.services.quality import sampling

    if prefix:
        return sampling.sample(edition, prefix)
    drawn = sampling.every(edition)
    if not drawn:
        raise UsageError("no sample was drawn yet; draw one with: workbench sample draw")
    return sampling.sample(edition, drawn[-1].id)


@group.command()
def lines(context: typer.Context, sample: Which = "") -> None:
    """The lines that wait for an answer, blind: a JSON object a line, to be answered with `truth`.

    `document` and `at` say where to find it: the number of the document, and of the line in its transcript.
    """
    from workbench.services import library
    from workbench.services.quality import sampling

    with opened(context) as edition:
        drawn, numbers = _sample(edition, sample), {d: n for n, d in enumerate(library.ids(edition), 1)}
        for number, one in sampling.shown(edition, drawn.open).items():
            print_json(
                {"line": number, "document": numbers[one.document], "at": one.number, "reading": one.reading}
            )  # fmt: skip


@group.command()
def answer(
    context: typer.Context,
    sample: Which = "",
    file: Annotated[
        typer.FileText, typer.Option("--file", help="JSON Lines; - is standard input.", encoding="utf-8")
    ] = STDIN,
) -> None:
    """Take answers in: JSON Lines with `line`, and `truth` as it should read (the same where it is right)."""
    from workbench.services.quality import sampling

    with opened(context) as edition:
        person, drawn, count = who(context, edition), _sample(edition, sample), 0
        for number, said in enumerate(_records(file), 1):
            at, truth = said.get("line"), said.get("truth")
            if not isinstance(at, int) or not 0 <= at < len(drawn.lines) or not isinstance(truth, str):
                raise UsageError(f"answer {number} needs the `line` of the sample and the `truth`")
            sampling.answer(edition, drawn, at, truth, person)
            count += 1
        say(f"took in {plural(count, 'answer')}")


def _records(file: IO[str]) -> list[dict[str, Any]]:
    try:
        found = [json_.loads(line) for line in file if line.strip()]
    except ValueError as error:
        raise UsageError(f"not JSON: {error}") from error
    if not all(isinstance(one, dict) for one in found):
        raise UsageError("a line holds one JSON object")
    return found


@group.command()
def report(context: typer.Context, sample: Which = "", json: AsJson = False) -> None:
    """The residual error rate with its interval, against the standard of two careful readers."""
    from workbench.core.sampling import STANDARD
    from workbench.services.quality import sampling

    with opened(context) as edition:
        drawn = _sample(edition, sample)
        found = sampling.report(edition, drawn)
        guess = found.estimate
        if json:
            print_json(
                {
                    "id": drawn.entry.id, "lines": found.lines, "looked_at": found.looked_at,
                    "characters": found.characters, "errors": found.errors,
                    "rate": guess and guess.rate, "low": guess and guess.low, "high": guess and guess.high,
                    "bound": guess and guess.bound, "standard": STANDARD,
                    "meets_standard": bool(guess and guess.meets_standard),
                    "strata": [
                        {"person": s.person, "flagged": s.flagged, "characters": s.stratum.characters,
                         "looked_at": s.stratum.looked_at, "errors": s.stratum.errors} for s in found.strata
                    ],
                }
            )  # fmt: skip
            return
        show(f"sample {drawn.id}: {found.looked_at} of {plural(found.lines, 'line')} looked at,"
             f" {plural(found.characters, 'character')}, {plural(found.errors, 'error')}\n")  # fmt: skip
        for s in found.strata:
            flagged = "flagged" if s.flagged else "not flagged"
            errors = plural(s.stratum.errors, "error")
            show(f"  {s.person or 'nobody':20} {flagged:12} {errors:>10} in {s.stratum.looked_at:8,}"
                 f" of {s.stratum.characters:,} characters\n")  # fmt: skip
        if guess is None:
            say("nothing was looked at yet: workbench, then S")
            return
        show(f"residual errors: {_rate(guess.rate)} (95 %: {_rate(guess.low)} to {_rate(guess.high)})\n")
        verdict = "is met" if guess.meets_standard else "is not shown"
        show(f"the standard of 1 in {round(1 / STANDARD):,} {verdict}: at 95 % no more than {_rate(guess.bound)}\n")
        for line, truth in found.wrong:
            show(f"  line {sampling.line_number(edition, line)}: should read “{truth}”\n")


def _rate(rate: float) -> str:
    return f"1 in {round(1 / rate):,} characters" if rate else "no error"


@app.command()
def collate(
    context: typer.Context,
    document: Doc,
    first: Annotated[str, typer.Argument(help="One person.", metavar="PERSON")],
    second: Annotated[str, typer.Argument(help="The other.", metavar="PERSON")],
    json: AsJson = False,
) -> None:
    """Double keying: what two persons made of a document, each alone: their CER and every difference. Exit 1 if any.

    The differences are settled in the screen (C in the list of documents).
    """
    from workbench.services import library, persons
    from workbench.services.quality import collating

    with opened(context) as edition:
        listing = library.resolve(edition, document)
        two = [persons.known(edition, name) for name in (first, second)]
        one, other = (person.name for person in two)
        found = collating.collate(edition, listing.id, *(person.id for person in two))
        for line in found.lines:
            if json:
                print_json({"line": line.one.number, one: line.one.reading, other: line.other.reading, "now": line.now,
                            "settled": line.settled})  # fmt: skip
            else:
                settled = "  settled" if line.settled else ""
                show(f"{line.one.number or '+':>5} 1 {line.one.reading}{settled}\n      2 {line.other.reading}\n")
        rate = found.rate
        say(f"CER {rate.value:.4%} ({plural(rate.errors, 'edit')} in {plural(rate.units, 'character')}),"
            f" {plural(len(found.lines), 'line')} differ")  # fmt: skip
        sys.stdout.flush()
    raise typer.Exit(1 if found.lines else 0)
