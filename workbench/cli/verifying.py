"""Commands of trust: verify, sign."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.app import app
from workbench.cli.common import opened, plural, print_json, progress_bar, say, show, who
from workbench.core.errors import UsageError, VerifyError
from workbench.services.edition import Edition

if TYPE_CHECKING:
    from workbench.services.verification.signing import Signature
    from workbench.services.verification.verifying import Verified

_ADVICE = {
    "schema": "a good copy of the edition takes this one's work in, if its entries hold: workbench merge",
    "entries": "take a good copy of the edition; what is missing there can be merged from others: workbench merge",
    "texts": "take a good copy of the edition; what is missing there can be merged from others: workbench merge",
    "file": "copy the file to another disk before anything else; then: workbench journal export",
    "projections": "nothing recorded is touched by this; they are made anew with: workbench verify --full --rebuild",
    "signatures": "ask the person who signed; everything else was looked at as well",
}
"""What now, by what has a problem."""


@app.command()
def verify(
    context: typer.Context,
    full: Annotated[
        bool, typer.Option("--full", help="The file, and all that is kept for speed, against a slow replay, as well.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write a report to be signed, with --full.", metavar="FILE")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="With --full: make anew what does not follow from the journal.")
    ] = False,
    signers: Annotated[
        Path | None, typer.Option("--signers", help="Allowed signers, as ssh-keygen has them.", metavar="FILE")
    ] = None,
) -> None:
    """Hash everything that is hashed again. "Intact" says nothing recorded was changed; it says nothing of the text.

    Signatures of the heads are checked against the allowed signers: --signers, the setting user.signers, or git's.
    Nothing is written but the report. Exit 5 where something is not intact, 1 where a key is not among the allowed.
    """
    from workbench.services.verification import signing, verifying

    if (report is not None or rebuild) and not full:
        raise UsageError("--report and --rebuild need --full")
    with opened(context, untouched=not rebuild) as edition:
        with progress_bar("verifying") as bar:
            found = verifying.check(edition, full=full, progress=bar)
        if rebuild and not found.intact:
            verifying.rebuild(edition, found)
            say("what follows from the journal was made anew; no entry was touched")
            found = verifying.check(edition, full=True)
        signed: list[Signature] = []
        if found.journal_holds:
            signed = signing.every(edition, signers or signing.allowed_signers(edition.folder))
            found = found.with_signatures(signing.problems(signed))
        _tell(found, signed)
        if report is not None:
            _write(edition, found, signed, report)
        if not found.intact:
            holds = "; the journal itself holds" if found.journal_intact else ""
            raise VerifyError(f"{plural(len(found.problems), 'problem')} in {edition.database}{holds}")
    raise typer.Exit(1 if any(one.worth == "unknown" for one in signed) else 0)


def _tell(found: Verified, signed: list[Signature]) -> None:
    from workbench.services.verification.verification_report import said

    for problem in found.problems:
        say(str(problem))
    for area in dict.fromkeys(problem.area for problem in found.problems):
        say(f"what now: {_ADVICE[area]}")
    if found.intact:
        heads = " ".join(head[:12] for head in found.heads)
        show(f"the journal is intact: {plural(found.entries, 'entry', 'entries')}, head {heads or 'none'}\n")
        if "projections" in found.checked:
            show("the file is sound, and what is kept for speed follows from the journal\n")
    for one in signed:
        show("".join(f"{line}\n" for line in said(one)))
    if found.intact:
        say("this says that nothing recorded was changed; it says nothing about whether the text is right")


def _write(edition: Edition, found: Verified, signed: list[Signature], path: Path) -> None:
    """The report, in the person's language."""
    from workbench import i18n
    from workbench.services import places
    from workbench.services.clock import now
    from workbench.services.verification import verification_report

    i18n.use(places.language())
    try:
        written = verification_report.report(edition, found, signed, now()[:10])
    except sqlite3.DatabaseError as error:
        say(f"{path} was not written: {error}")
    else:
        path.write_text(written, "utf-8", newline="\n")
        say(f"wrote {path}")


@app.command()
def sign(
    context: typer.Context,
    key: Annotated[
        str | None,
        typer.Option("--key", help="A private key, or a public one whose private key an agent has.", metavar="FILE"),
    ] = None,
) -> None:
    """Sign the heads with your SSH key: you vouch for what is recorded until now. `workbench verify` checks it.

    The key is that of --key, the setting user.key, git's user.signingkey, or the one that ssh would try first. The
    signature is an entry, which travels with the journal. OpenSSH's ssh-keygen makes it.
    """
    from workbench.services.verification import signing, ssh

    with opened(context) as edition:
        person = who(context, edition)
        chosen = signing.chosen_key(edition.folder, key)
        say(f"signing with {chosen}; a passphrase may be asked for, or a touch of the key")
        entry = signing.sign(edition, person, chosen)
        print_json({"id": entry.id, "key": ssh.fingerprint(entry.decision.data["signature"])})
